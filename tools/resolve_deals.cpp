// Leads and opportunities by ref or by the words people use for them; see resolve.h.
#include <algorithm>
#include <set>

#include "base/limits.h"
#include "base/text.h"
#include "ports/store/store.h"
#include "tools/deals.h"
#include "tools/present.h"
#include "tools/resolve.h"
#include "tools/words.h"

namespace deskhand::tools {
namespace {

constexpr std::size_t kDealRows = 50;
constexpr std::size_t kPeopleMax = 20;  // whose deals are looked at for one name

std::string_view title_of(const Lead& lead) { return lead.title; }
std::string_view title_of(const Opportunity& opportunity) { return opportunity.name; }
std::string more_of(const Lead& lead) { return lead.description + " " + lead.source_words; }
std::string more_of(const Opportunity&) { return {}; }
std::string_view noun_of(const Lead&) { return "lead"; }
std::string_view noun_of(const Opportunity&) { return "opportunity"; }

template <class Deal>
Result<std::vector<Deal>> list_of(const ToolContext& context, const ContactId& contact);
template <>
Result<std::vector<Lead>> list_of<Lead>(const ToolContext& context, const ContactId& contact) {
  LeadFilter filter;
  filter.contact = contact;
  filter.rows_max = kDealRows;
  return context.txn.leads().list(filter);
}
template <>
Result<std::vector<Opportunity>> list_of<Opportunity>(const ToolContext& context, const ContactId& contact) {
  OpportunityFilter filter;
  filter.contact = contact;
  filter.rows_max = kDealRows;
  return context.txn.opportunities().list(filter);
}

template <class Deal>
Result<std::vector<Deal>> search_for(const ToolContext& context, std::string_view words);
template <>
Result<std::vector<Lead>> search_for<Lead>(const ToolContext& context, std::string_view words) {
  return context.txn.leads().search(words, false, kDealRows);
}
template <>
Result<std::vector<Opportunity>> search_for<Opportunity>(const ToolContext& context, std::string_view words) {
  return context.txn.opportunities().search(words, false, kDealRows);
}

template <class Deal>
class Deals {
 public:
  Done add(const Result<std::vector<Deal>>& found) {
    if (!found) return found.error();
    for (const Deal& deal : *found)
      if (seen_.insert(deal.id.text()).second) deals.push_back(deal);
    return {};
  }
  std::vector<Deal> deals;

 private:
  std::set<std::string> seen_;
};

template <class Deal>
Result<std::vector<Deal>> deals_of(const ToolContext& context, const ContactId& contact) {
  const Result<std::vector<ContactId>> ids = identities(context, contact);
  if (!ids) return ids.error();
  Deals<Deal> deals;
  for (const ContactId& id : *ids)
    if (Done done = deals.add(list_of<Deal>(context, id)); !done) return done.error();
  return std::move(deals.deals);
}

// People one of whose name words is one of the query's.
Result<std::vector<ContactId>> people_named(const ToolContext& context, const Words& query) {
  std::vector<ContactId> people;
  std::set<std::string> seen;
  for (const std::string& word : query) {
    const Result<std::vector<Contact>> found = context.txn.contacts().search(word, true, kPeopleMax);
    if (!found) return found.error();
    for (const Contact& contact : *found) {
      if (people.size() == kPeopleMax || !all_begin({word}, words_of(contact.full_name()))) continue;
      const ContactId& live = contact.root.empty() ? contact.id : contact.root;
      if (seen.insert(live.text()).second) people.push_back(live);
    }
  }
  return people;
}

template <class Deal>
Result<std::vector<Deal>> gather(const ToolContext& context, const Words& query) {
  Deals<Deal> deals;
  if (Done done = deals.add(search_for<Deal>(context, join(query, " "))); !done) return done.error();
  for (const std::string& word : query)
    if (Done done = deals.add(search_for<Deal>(context, word)); !done) return done.error();
  const Result<std::vector<ContactId>> people = people_named(context, query);
  if (!people) return people.error();
  for (const ContactId& person : *people)
    if (Done done = deals.add(deals_of<Deal>(context, person)); !done) return done.error();
  return std::move(deals.deals);
}

template <class Deal>
Error only_closed(const ToolContext& context, const std::vector<Deal>& closed, std::string_view words) {
  std::vector<Choice> choices;
  for (const Deal& deal : closed) choices.push_back(choice_of(context, deal));
  if (choices.size() > 3) choices.resize(3);
  return error_with_choices(
      Code::not_found,
      "No open " + std::string(noun_of(closed.front())) + " is meant by " + in_quotes(words) + "; closed: ",
      std::move(choices));
}

// Among those that fit the words equally well, the ones the caller can use.
template <class Deal>
Result<Deal> one_deal(const ToolContext& context, const std::vector<Deal>& fitting, std::string_view words, Scope scope) {
  std::vector<Deal> open, closed;
  for (const Deal& deal : fitting) (is_open(deal) ? open : closed).push_back(deal);
  if (scope == Scope::closed && closed.empty()) {
    return make_error(Code::conflict,
                      ref_of(open.front()) + " " + printable_line(title_of(open.front())) + " is open already.");
  }
  const std::vector<Deal>& usable =
      scope == Scope::closed || (scope == Scope::open_first && open.empty()) ? closed : open;
  if (usable.empty()) return only_closed(context, closed, words);
  if (usable.size() == 1) return usable.front();
  std::vector<Choice> choices;
  for (const Deal& deal : usable) choices.push_back(choice_of(context, deal));
  return error_with_choices(Code::ambiguous, in_quotes(words) + " could be ", std::move(choices));
}

template <class Deal>
Result<Deal> of_person(const ToolContext& context, const Contact& contact, std::string_view words, Scope scope) {
  const Result<std::vector<Deal>> deals = deals_of<Deal>(context, contact.id);
  if (!deals) return deals.error();
  if (deals->empty())
    return make_error(Code::not_found,
                      name_with_ref(contact) + " has no " + std::string(noun_of(Deal{})) + " yet; open one first.");
  return one_deal(context, *deals, words, scope);
}

template <class Deal>
std::vector<Deal> fitting_of(const ToolContext& context, const Words& query, const std::vector<Deal>& deals) {
  std::vector<Named> names;
  for (const Deal& deal : deals)
    names.push_back(
        {words_of(name_of_contact(context, deal.contact)), words_of(title_of(deal)), words_of(more_of(deal))});
  std::vector<Deal> fitting;
  for (const std::size_t place : best_fits(query, names)) fitting.push_back(deals[place]);
  return fitting;
}

template <class Deal>
Result<Deal> by_words(const ToolContext& context, std::string_view words, Scope scope) {
  const Words query = query_words(words);
  const Result<std::vector<Deal>> deals = gather<Deal>(context, query);
  if (!deals) return deals.error();
  for (const Words& tried : {query, without_mistyped(query)}) {
    const std::vector<Deal> fitting = fitting_of(context, tried, *deals);
    if (!fitting.empty()) return one_deal(context, fitting, words, scope);
  }
  if (const Words owners = without_genitives(query); !owners.empty()) {
    const Result<std::vector<Deal>> theirs = gather<Deal>(context, owners);
    if (!theirs) return theirs.error();
    const std::vector<Deal> fitting = fitting_of(context, owners, *theirs);
    if (!fitting.empty()) return one_deal(context, fitting, words, scope);
  }
  // A phone, an e-mail or a person without any deal.
  const Result<Contact> contact = resolve_contact(context, words);
  if (contact) return of_person<Deal>(context, *contact, words, scope);
  if (contact.error().code == Code::ambiguous) return contact.error();
  const std::string opening = "There is no " + std::string(noun_of(Deal{})) + " " + in_quotes(words);
  std::vector<Choice> nearest;
  for (const Deal& deal : *deals)
    if (nearest.size() < 3) nearest.push_back(choice_of(context, deal));
  if (nearest.empty()) return make_error(Code::not_found, opening + "; say the person's name or a word of the title.");
  return error_with_choices(Code::not_found, opening + "; nearest: ", std::move(nearest));
}

template <class Deal>
Result<Deal> unknown(Result<Deal> found, std::string_view ref) {
  if (!found && found.error().code == Code::not_found)
    return make_error(Code::not_found, "There is no " + std::string(ref) + "; look it up by name.");
  return found;
}

}  // namespace

Choice choice_of(const ToolContext& context, const Lead& lead) {
  return {Noun::lead, ref_of(lead), lead_line(lead, context).substr(ref_of(lead).size() + 1)};
}

Choice choice_of(const ToolContext& context, const Opportunity& opportunity) {
  return {Noun::opportunity, ref_of(opportunity),
          opportunity_line(opportunity, context).substr(ref_of(opportunity).size() + 1)};
}

Result<Lead> resolve_lead(const ToolContext& context, std::string_view given_words, Scope scope) {
  const std::string words(trim(given_words));
  if (words.empty())
    return make_error(Code::invalid_argument,
                      "Say which lead: a person's name, a word of its title or a ref such as L-1042.");
  if (is_uuid(words)) return unknown(context.txn.leads().find(LeadId(to_lower(words))), words);
  const std::optional<Ref> ref = parse_ref(words);
  if (!ref) return by_words<Lead>(context, words, scope);
  if (ref->prefix == ref_prefix::kLead) return unknown(context.txn.leads().find_by_ref(ref->number), ref->text());
  if (ref->prefix == ref_prefix::kContact) {
    const Result<Contact> contact = resolve_contact(context, words);
    if (!contact) return contact.error();
    return of_person<Lead>(context, *contact, words, scope);
  }
  if (ref->prefix == ref_prefix::kOpportunity) {
    const Result<Opportunity> opportunity = resolve_opportunity(context, words, Scope::open_first);
    if (!opportunity) return opportunity.error();
    if (opportunity->lead.empty()) return make_error(Code::not_found, ref->text() + " came from no lead.");
    return context.txn.leads().find(opportunity->lead);
  }
  return make_error(Code::invalid_argument, ref->text() + " does not name a lead; use one such as L-1042.");
}

Result<Opportunity> resolve_opportunity(const ToolContext& context, std::string_view given_words, Scope scope) {
  const std::string words(trim(given_words));
  if (words.empty())
    return make_error(Code::invalid_argument,
                      "Say which opportunity: a person's name, a word of its name or a ref such as O-7.");
  if (is_uuid(words)) return unknown(context.txn.opportunities().find(OpportunityId(to_lower(words))), words);
  const std::optional<Ref> ref = parse_ref(words);
  if (!ref) return by_words<Opportunity>(context, words, scope);
  if (ref->prefix == ref_prefix::kOpportunity)
    return unknown(context.txn.opportunities().find_by_ref(ref->number), ref->text());
  if (ref->prefix == ref_prefix::kContact) {
    const Result<Contact> contact = resolve_contact(context, words);
    if (!contact) return contact.error();
    return of_person<Opportunity>(context, *contact, words, scope);
  }
  if (ref->prefix == ref_prefix::kLead) {
    const Result<Lead> lead = resolve_lead(context, words, Scope::open_first);
    if (!lead) return lead.error();
    if (lead->opportunity.empty())
      return make_error(Code::not_found, ref->text() + " has not been converted to an opportunity yet.");
    return context.txn.opportunities().find(lead->opportunity);
  }
  return make_error(Code::invalid_argument, ref->text() + " does not name an opportunity; use one such as O-7.");
}

}  // namespace deskhand::tools
