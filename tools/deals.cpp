#include "tools/deals.h"

#include <algorithm>

#include "base/limits.h"
#include "base/text.h"
#include "ports/store/store.h"
#include "tools/present.h"

namespace deskhand::tools {
namespace {

template <class Deal>
void append_new(std::vector<Deal>& all, const std::vector<Deal>& more) {
  for (const Deal& deal : more)
    if (std::none_of(all.begin(), all.end(), [&](const Deal& known) { return known.id == deal.id; }))
      all.push_back(deal);
}

}  // namespace

Result<std::vector<ContactId>> identities(const ToolContext& context, const ContactId& contact) {
  Result<std::vector<ContactId>> merged = context.txn.contacts().merged_into(contact);
  if (merged) merged->insert(merged->begin(), contact);
  return merged;
}

Result<std::vector<Lead>> leads_of(const ToolContext& context, const ContactId& contact) {
  const Result<std::vector<ContactId>> ids = identities(context, contact);
  if (!ids) return ids.error();
  std::vector<Lead> leads;
  for (const ContactId& id : *ids) {
    LeadFilter filter;
    filter.contact = id;
    filter.rows_max = limits::kPageRowsMax;
    const Result<std::vector<Lead>> found = context.txn.leads().list(filter);
    if (!found) return found.error();
    append_new(leads, *found);
  }
  return leads;
}

Result<std::vector<Opportunity>> opportunities_of(const ToolContext& context, const ContactId& contact) {
  const Result<std::vector<ContactId>> ids = identities(context, contact);
  if (!ids) return ids.error();
  std::vector<Opportunity> opportunities;
  for (const ContactId& id : *ids) {
    OpportunityFilter filter;
    filter.contact = id;
    filter.rows_max = limits::kPageRowsMax;
    const Result<std::vector<Opportunity>> found = context.txn.opportunities().list(filter);
    if (!found) return found.error();
    append_new(opportunities, *found);
  }
  return opportunities;
}

CanonicalState state_of(OpportunityStage stage) {
  return canonical_state(LeadStatus::converted, LeadStage::inquiry, true, stage);
}

About about(const Lead& lead) { return {lead.contact, lead.id, lead.opportunity}; }
About about(const Opportunity& opportunity) { return {opportunity.contact, opportunity.lead, opportunity.id}; }

Result<Interaction> log(ToolContext& context, const About& about, Interaction interaction) {
  interaction.at = context.now;
  interaction.contact = about.contact;
  interaction.lead = about.lead;
  interaction.opportunity = about.opportunity;
  interaction.subject = shorten(interaction.subject, limits::kSubjectBytes);
  interaction.body = shorten(interaction.body, limits::kBodyBytes);
  return context.txn.interactions().insert(std::move(interaction));
}

Result<Interaction> log_system(ToolContext& context, const About& about, std::string subject, std::string body) {
  Interaction interaction;
  interaction.type = InteractionType::system;
  interaction.subject = std::move(subject);
  interaction.body = std::move(body);
  return log(context, about, std::move(interaction));
}

Result<Lead> store_lead(ToolContext& context, Lead lead, std::optional<OpportunityStage> opportunity) {
  const CanonicalState before = lead.state;
  lead.state = canonical_state(lead.status, lead.stage, lead.contacted, opportunity);
  if (!is_closed(lead.state)) {
    lead.closed_at.reset();
    lead.won_at.reset();
  } else if (before != lead.state || !lead.closed_at) {
    lead.closed_at = context.now;
    lead.won_at = lead.state == CanonicalState::won ? std::optional<Instant>(context.now) : std::nullopt;
  }
  return context.txn.leads().update(std::move(lead));
}

Result<Lead> store_lead(ToolContext& context, Lead lead) {
  if (lead.opportunity.empty()) return store_lead(context, std::move(lead), std::nullopt);
  const Result<Opportunity> opportunity = context.txn.opportunities().find(lead.opportunity);
  if (!opportunity) return opportunity.error();
  return store_lead(context, std::move(lead), opportunity->stage);
}

Result<Handoff> hand_off(ToolContext& context, HandoffTo to, const About& about, std::string what) {
  Handoff handoff;
  handoff.to = to;
  handoff.lead = about.lead;
  handoff.opportunity = about.opportunity;
  handoff.contact = about.contact;
  handoff.what = shorten(printable_line(what), limits::kSubjectBytes);
  return context.txn.opportunities().insert(std::move(handoff));
}

std::string text_of(const Handoff& handoff) {
  return "Handed to " + std::string(name_of(handoff.to)) + ": " + handoff.what + " (" + ref_of(handoff) + ").";
}

Result<std::optional<Contact>> contact_of(const ToolContext& context, const ContactId& id) {
  if (id.empty()) return std::optional<Contact>();
  Result<Contact> found = context.txn.contacts().find_live(id);
  if (!found) return found.error();
  return std::optional<Contact>(std::move(*found));
}

Error ask_reason(std::string_view action, std::vector<std::string> reasons) {
  for (std::string& reason : reasons) reason = spoken(reason);
  const std::string last = reasons.empty() ? std::string() : reasons.back();
  if (!reasons.empty()) reasons.pop_back();
  return make_error(Code::invalid_argument,
                    std::string(action) + ": ask for the reason: " + join(reasons, ", ") + " or " + last + ".");
}

}  // namespace deskhand::tools
