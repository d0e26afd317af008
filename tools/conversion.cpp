#include "tools/conversion.h"

#include <algorithm>

#include "base/limits.h"
#include "base/text.h"
#include "ports/store/store.h"
#include "tools/arguments.h"
#include "tools/contacts.h"
#include "tools/deals.h"
#include "tools/present.h"
#include "tools/schema_parts.h"

namespace deskhand::tools {

Result<Completion> complete_contact(const Json& arguments, const ToolContext& context, const Contact& contact) {
  Completion completion;
  completion.contact = contact;
  if (contact.phone().empty() && given(arguments, "phone")) {
    Result<std::vector<ContactPoint>> points =
        contact_points({{"phone", arguments.at("phone")}}, context.org, context.origin);
    if (!points) return points.error();
    // One card asks one question: whether two people share a phone is settled before the deal moves.
    const Result<std::vector<Contact>> holders = holders_of(context, *points);
    if (!holders) return holders.error();
    for (const Contact& holder : *holders)
      if (holder.id != contact.id)
        return make_error(Code::conflict,
                          name_with_ref(holder) + " has that phone already; settle it with update_contact first.");
    for (ContactPoint& point : *points) {
      completion.told.push_back(points_text({point}, context.org));
      completion.added.push_back(point);
      completion.contact.points.push_back(std::move(point));
    }
  }
  if (const std::string address = line(arguments, "address"); contact.address.empty() && !address.empty()) {
    completion.contact.address = address;
    completion.told.push_back("address " + address);
  }
  if (contact.first_name.empty() && contact.last_name.empty()) completion.missing.push_back("the customer's name");
  if (completion.contact.phone().empty()) completion.missing.push_back("the phone number");
  if (completion.contact.address.empty()) completion.missing.push_back("the service address");
  return completion;
}

void put_effects(const Completion& completion, const ToolContext& context, Proposal& proposal) {
  if (completion.told.empty()) return;
  proposal.effects.push_back(ChangesRecord{Noun::contact});
  if (!completion.added.empty()) proposal.effects.push_back(AddsContactPoints{completion.contact.id, completion.added});
  if (!context.origin.empty()) proposal.effects.push_back(ChangesIdentityFromOutside{completion.contact.id});
  proposal.card_lines.push_back("Added to " + name_with_ref(completion.contact) + ": " + join(completion.told, ", "));
}

Result<Contact> store_completion(ToolContext& context, Completion completion) {
  if (completion.told.empty()) return std::move(completion.contact);
  return context.txn.contacts().update(std::move(completion.contact));
}

Error missing_error(const Deal& deal, std::string_view deed, const std::vector<std::string>& missing) {
  std::string asked;
  for (std::size_t place = 0; place < missing.size(); ++place)
    asked += (place == 0 ? "" : place + 1 == missing.size() ? " and " : ", ") + missing[place];
  return make_error(Code::invalid_argument, deal.ref() + " " + printable_line(deal.title()) + " can't be " +
                                                std::string(deed) + " yet; ask for " + asked + ".");
}

Result<std::optional<Money>> amount_of(const Json& arguments, const ToolContext& context, const Deal& deal) {
  Result<std::optional<Money>> said = money(arguments, "amount", context.org);
  if (!said || *said) return said;
  if (deal.opportunity && deal.opportunity->amount) return deal.opportunity->amount;
  if (!deal.lead) return std::optional<Money>();
  const auto estimates = context.txn.opportunities().estimates_of(deal.lead->id);
  if (!estimates) return estimates.error();
  for (const Estimate& estimate : *estimates)
    if (estimate.status != EstimateStatus::rejected) return std::optional<Money>(estimate.amount);
  return deal.lead->estimated_value;
}

Result<Deal> convert(ToolContext& context, const Deal& deal, OpportunityStage stage, std::string name,
                     std::optional<Money> amount) {
  if (!deal.lead || deal.opportunity)
    return make_error(Code::internal, "Only a lead without an opportunity is converted.");
  Lead lead = *deal.lead;
  Opportunity opportunity;
  opportunity.name = name.empty() ? lead.title : std::move(name);
  opportunity.lead = lead.id;
  opportunity.contact = lead.contact;
  opportunity.stage = stage;
  opportunity.amount = amount;
  opportunity.expected_close = lead.expected_close;
  opportunity.assignee = lead.assignee;
  const auto estimates = context.txn.opportunities().estimates_of(lead.id);
  if (!estimates) return estimates.error();
  if (!estimates->empty()) opportunity.estimate = estimates->front().id;
  Result<Opportunity> made = context.txn.opportunities().insert(std::move(opportunity));
  if (!made) return made.error();
  lead.status = LeadStatus::converted;
  lead.opportunity = made->id;
  lead.handed_off_at = context.now;
  Result<Lead> stored = store_lead(context, std::move(lead), stage);
  if (!stored) return stored.error();
  const std::string title = ref_of(*made) + " " + made->name;
  const auto logged = log_system(context, about(*stored), "",
                                 "Lead converted to opportunity " + title + ", " + spoken(name_of(stage)) + ".");
  if (!logged) return logged.error();
  // The line may have moved the lead's activity; read it as it stands.
  stored = context.txn.leads().find(stored->id);
  if (!stored) return stored.error();
  return deal_of(context, std::move(*stored));
}

Json completion_properties() {
  return {{"phone", text_of("The customer's phone, where the record has none yet.", limits::kPhoneBytes)},
          {"address", text_of("The service address, where the record has none yet.", limits::kAddressBytes)}};
}

}  // namespace deskhand::tools
