#include "tools/deal.h"

#include "base/json.h"
#include "ports/store/store.h"
#include "tools/arguments.h"
#include "tools/deals.h"
#include "tools/present.h"

namespace deskhand::tools {

CanonicalState Deal::state() const {
  if (opportunity) return state_of(opportunity->stage);
  return lead ? lead->state : CanonicalState::fresh;
}
std::string Deal::title() const { return opportunity ? opportunity->name : lead ? lead->title : std::string(); }
std::string Deal::ref() const { return opportunity ? ref_of(*opportunity) : lead ? ref_of(*lead) : std::string(); }
std::string Deal::line(const ToolContext& context) const {
  if (opportunity) return opportunity_line(*opportunity, context);
  return lead ? lead_line(*lead, context) : std::string();
}
std::string Deal::who() const { return contact ? contact->full_name() : title(); }

Result<Deal> deal_of(const ToolContext& context, Lead lead) {
  Deal deal;
  if (!lead.opportunity.empty()) {
    Result<Opportunity> opportunity = context.txn.opportunities().find(lead.opportunity);
    if (!opportunity) return opportunity.error();
    deal.opportunity = std::move(*opportunity);
  }
  Result<std::optional<Contact>> contact = contact_of(context, lead.contact);
  if (!contact) return contact.error();
  deal.contact = std::move(*contact);
  deal.lead = std::move(lead);
  return deal;
}

Result<Deal> deal_of(const ToolContext& context, Opportunity opportunity) {
  if (!opportunity.lead.empty()) {
    Result<Lead> lead = context.txn.leads().find(opportunity.lead);
    if (!lead) return lead.error();
    return deal_of(context, std::move(*lead));
  }
  Deal deal;
  Result<std::optional<Contact>> contact = contact_of(context, opportunity.contact);
  if (!contact) return contact.error();
  deal.contact = std::move(*contact);
  deal.opportunity = std::move(opportunity);
  return deal;
}

namespace {

Result<Deal> by_opportunity(const ToolContext& context, std::string_view words, Scope scope) {
  Result<Opportunity> found = resolve_opportunity(context, words, scope);
  if (!found) return found.error();
  return deal_of(context, std::move(*found));
}

Result<Deal> by_lead(const ToolContext& context, std::string_view words, Scope scope) {
  Result<Lead> found = resolve_lead(context, words, scope);
  if (!found) return found.error();
  return deal_of(context, std::move(*found));
}

// What the other kind says counts only when it found something: the first kind's error names what was asked for.
Result<Deal> either(Result<Deal> first, auto second) {
  if (first || first.error().code != Code::not_found) return first;
  Result<Deal> other = second();
  return other || other.error().code == Code::ambiguous ? std::move(other) : std::move(first);
}

}  // namespace

Result<Deal> resolve_deal(const Json& arguments, const ToolContext& context, Scope scope) {
  const std::string opportunity = line(arguments, "opportunity"), lead = line(arguments, "lead");
  if (opportunity.empty() && lead.empty())
    return make_error(Code::invalid_argument,
                      "Say which lead or opportunity is meant: a name, a word of its title, or a ref.");
  if (!opportunity.empty() && !lead.empty()) {
    Result<Deal> deal = by_opportunity(context, opportunity, Scope::open_first);
    if (!deal) return deal;
    const Result<Lead> other = resolve_lead(context, lead, Scope::open_first);
    if (!other) return other.error();
    if (!deal->lead || deal->lead->id != other->id)
      return make_error(Code::invalid_argument,
                        deal->ref() + " did not come from " + ref_of(*other) + "; name only one of the two.");
    return deal;
  }
  if (!opportunity.empty())
    return either(by_opportunity(context, opportunity, scope), [&] { return by_lead(context, opportunity, scope); });
  return either(by_lead(context, lead, scope), [&] { return by_opportunity(context, lead, scope); });
}

void put_refs(const Deal& deal, Json& arguments) {
  arguments.erase("lead");
  arguments.erase("opportunity");
  // One ref says it: the lead's, because it stays the same when the lead is converted.
  if (deal.lead)
    arguments["lead"] = ref_of(*deal.lead);
  else if (deal.opportunity)
    arguments["opportunity"] = ref_of(*deal.opportunity);
}

void put_subject(const Deal& deal, Proposal& proposal) {
  if (deal.contact) {
    proposal.contact = deal.contact->id;
    proposal.stamps.push_back(stamp_of(*deal.contact));
  }
  if (deal.lead) {
    proposal.lead = deal.lead->id;
    proposal.stamps.push_back(stamp_of(*deal.lead));
  }
  if (deal.opportunity) proposal.stamps.push_back(stamp_of(*deal.opportunity));
}

MovesState move_of(const Deal& deal, CanonicalState to) {
  if (deal.opportunity) return {Noun::opportunity, deal.opportunity->id.text(), deal.state(), to};
  return {Noun::lead, deal.lead ? deal.lead->id.text() : std::string(), deal.state(), to};
}

}  // namespace deskhand::tools
