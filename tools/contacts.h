// People: find_contact, show_contact, show_timeline, create_contact (S2-RQ1, S2-HS3), update_contact, archive_contact,
// restore_contact, set_do_not_contact. Nothing here deletes (S2-HS2).
//
// Thread rule: the tools are immutable.
#pragma once

#include "schema/records.h"
#include "tools/function_tool.h"
#include "tools/wording.h"

namespace deskhand::tools {

Tools contact_tools(const schema::RecordSchemas& records, const Wording& wording);

// The parts, one file each.
Tools contact_lookup_tools();
std::unique_ptr<Tool> make_create_contact(const schema::RecordSchemas& records, const Wording& wording);
std::unique_ptr<Tool> make_update_contact(const schema::RecordSchemas& records);
Tools contact_standing_tools();

// Everybody, each once, who holds one of the points: HS3's question. Merged records answer as their survivors.
Result<std::vector<Contact>> holders_of(const ToolContext& context, const std::vector<ContactPoint>& points);
// "phone (512) 555-0142, e-mail ana@ruiz.example"
std::string points_text(const std::vector<ContactPoint>& points, const Org& org);

}  // namespace deskhand::tools
