// Leads (S2-L1): capture_inquiry (S2-EV1), create_lead, update_lead, assign_lead, list_leads, show_lead. How a lead
// moves along is in qualifying.h, stages.h and closing.h.
//
// Thread rule: the tools are immutable.
#pragma once

#include "schema/records.h"
#include "tools/function_tool.h"
#include "tools/wording.h"

namespace deskhand::tools {

Tools lead_tools(const schema::RecordSchemas& records, const Wording& wording);

// The parts, one file each.
std::unique_ptr<Tool> make_capture_inquiry(const schema::RecordSchemas& records, const Wording& wording);
Tools lead_record_tools(const schema::RecordSchemas& records);
Tools lead_lookup_tools(const schema::RecordSchemas& records);

// A short label for what somebody asked: the first sentence or line, at most some 80 characters.
std::string title_from(std::string_view words);

}  // namespace deskhand::tools
