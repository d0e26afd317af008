// What every step of the pipeline does to rows: the stored state of a lead, the line in the history, the hand-off to
// another module, the deals of a person.
//
// Thread rule: reads and writes through the caller's Txn only. Codes: those of the store.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "crm/contact.h"
#include "crm/interaction.h"
#include "crm/lead.h"
#include "ports/tool.h"

namespace deskhand::tools {

// The person and every record merged into them; the person is the first.
Result<std::vector<ContactId>> identities(const ToolContext& context, const ContactId& contact);
// Those of the person and of the records merged into them; bounded, newest first per record.
Result<std::vector<Lead>> leads_of(const ToolContext& context, const ContactId& contact);
Result<std::vector<Opportunity>> opportunities_of(const ToolContext& context, const ContactId& contact);

inline bool is_open(const Lead& lead) { return !is_closed(lead.state); }
inline bool is_open(const Opportunity& opportunity) {
  return opportunity.stage != OpportunityStage::won && opportunity.stage != OpportunityStage::lost;
}
CanonicalState state_of(OpportunityStage stage);

// What a line of the history is about; the opportunity and the contact of a lead are filled in.
struct About {
  ContactId contact;
  LeadId lead;
  OpportunityId opportunity;
};
About about(const Lead& lead);
About about(const Opportunity& opportunity);

// A line the program itself writes (type system).
Result<Interaction> log_system(ToolContext& context, const About& about, std::string subject, std::string body);
Result<Interaction> log(ToolContext& context, const About& about, Interaction interaction);

// Brings state, closed_at and won_at to what status, stage and the opportunity's stage say, and stores the lead.
Result<Lead> store_lead(ToolContext& context, Lead lead, std::optional<OpportunityStage> opportunity);
// The same with the stage its opportunity stands at now.
Result<Lead> store_lead(ToolContext& context, Lead lead);

Result<Handoff> hand_off(ToolContext& context, HandoffTo to, const About& about, std::string what);
// "Handed to scheduling: Job is ready to book: Leaking shower (H-3)."
std::string text_of(const Handoff& handoff);

// The record an opportunity or a lead is for, merged ones as their survivor; nullopt when nobody is known.
Result<std::optional<Contact>> contact_of(const ToolContext& context, const ContactId& id);

// "Which reason?" in one line with the words the schema knows.
Error ask_reason(std::string_view action, std::vector<std::string> reasons);

}  // namespace deskhand::tools
