// How records read: for a person (text) and for a model or --json (data). Every sentence a tool says is built from
// these.
//
// Thread rule: reads through the caller's Txn only. Names of data fields are those of schemas/crm.json and
// schemas/opportunity.json; a field that names another record holds its ref (C-12), never its UUID, and "ref" is its
// own. Absent values are left out of data. Money in data is a number of whole units (2400, 2400.5), S2-L1h.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/json_fwd.h"
#include "base/money.h"
#include "base/time.h"
#include "crm/contact.h"
#include "crm/interaction.h"
#include "crm/lead.h"
#include "crm/message.h"
#include "ports/store/attachment_store.h"
#include "ports/tool.h"

namespace deskhand::tools {

std::string ref_of(const Contact& contact);          // C-12
std::string ref_of(const Company& company);          // B-3
std::string ref_of(const Lead& lead);                // L-1042
std::string ref_of(const Opportunity& opportunity);  // O-7
std::string ref_of(const Interaction& interaction);
std::string ref_of(const Estimate& estimate);
std::string ref_of(const Appointment& appointment);
std::string ref_of(const Reminder& reminder);
std::string due_text(const Reminder& reminder);  // Tue Mar 3, or Tue Mar 3, 2:30 PM when it has a time
std::string ref_of(const Handoff& handoff);
std::string ref_of(const Message& message);
std::string ref_of(const Approval& approval);

// "" when the id is empty or the record is gone from view.
std::string ref_of_contact(const ToolContext& context, const ContactId& id);
std::string ref_of_lead(const ToolContext& context, const LeadId& id);
std::string ref_of_opportunity(const ToolContext& context, const OpportunityId& id);
std::string ref_of_company(const ToolContext& context, const CompanyId& id);
std::string name_of_contact(const ToolContext& context, const ContactId& id);  // Ana Ruiz; "" as above
std::string name_of_user(const ToolContext& context, const UserId& id);        // Dana Flores
std::string owner_name(const ToolContext& context);                            // of the business; "" when it has none

std::string phone_text(std::string_view e164, const Org& org);      // (512) 555-0142; "" stays ""
std::string phone_of(const Contact& contact, const Org& org);       // the primary one, as a person reads it
std::string name_with_ref(const Contact& contact);                  // Ana Ruiz (C-1)
std::string name_with_ref(const Company& company);                  // Acme Ltd (B-1)
std::string contact_label(const Contact& contact, const Org& org);  // Ana Ruiz, (512) 555-0142 (or e-mail, or nothing)
std::string days_ago(Day day, Day today);  // today, yesterday, 3 days ago, in 2 days, on Mar 3, 2026
std::string when_text(Instant instant, const ToolContext& context);  // Tue Mar 3, 2:30 PM
std::string spoken(std::string_view name);                           // estimate_sent -> estimate sent
std::string as_name(std::string_view words);                         // "Estimate sent" -> estimate_sent

// "new", "working, estimate sent", "converted, estimating": the pair as a person says it.
std::string status_text(const Lead& lead, const ToolContext& context);
// L-1042 Leaking shower — Ana Ruiz, new, $2,400
std::string lead_line(const Lead& lead, const ToolContext& context);
// O-7 Leaking shower — Ana Ruiz, estimating, $2,400
std::string opportunity_line(const Opportunity& opportunity, const ToolContext& context);
// Tue Mar 3 · phone call: wants a quote (I-88)
std::string interaction_line(const Interaction& interaction, const ToolContext& context);
inline constexpr std::size_t kInteractionsShown = 5;  // the latest of a record that is shown whole
// What was attached to the mail that interaction is about; the names are its sender's words.
std::vector<FiledAttachment> attachments_of(const Interaction& interaction, const ToolContext& context);
// The whole record on a few lines: what the owner must see before a merge or a QuickBooks customer is made.
std::vector<std::string> contact_card(const Contact& contact, const ToolContext& context);
std::vector<std::string> company_card(const Company& company, const ToolContext& context);
std::vector<std::string> lead_card(const Lead& lead, const ToolContext& context);
std::vector<std::string> opportunity_card(const Opportunity& opportunity, const ToolContext& context);

Json to_data(const Contact& contact, const ToolContext& context);
Json to_data(const Company& company, const ToolContext& context);
Json to_data(const Lead& lead, const ToolContext& context);
Json to_data(const Opportunity& opportunity, const ToolContext& context);
Json to_data(const Interaction& interaction, const ToolContext& context);
Json to_data(const Estimate& estimate, const ToolContext& context);
Json to_data(const Appointment& appointment, const ToolContext& context);
Json to_data(const Reminder& reminder, const ToolContext& context);
Json to_data(const Handoff& handoff, const ToolContext& context);
Json to_data(const Message& message, const ToolContext& context);
// The same with long texts cut, for where many records stand side by side.
Json brief(Json data);

VersionStamp stamp_of(const Contact& contact);
VersionStamp stamp_of(const Lead& lead);
VersionStamp stamp_of(const Opportunity& opportunity);
VersionStamp stamp_of(const Message& message);

}  // namespace deskhand::tools
