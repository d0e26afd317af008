// find_contact, show_contact and show_timeline; see contacts.h.
#include <algorithm>

#include "base/limits.h"
#include "base/phone.h"
#include "base/text.h"
#include "ports/store/store.h"
#include "tools/arguments.h"
#include "tools/contacts.h"
#include "tools/deals.h"
#include "tools/present.h"
#include "tools/resolve.h"
#include "tools/schema_parts.h"

namespace deskhand::tools {
namespace {

constexpr std::size_t kDealsShown = 20;

// A page of contacts for the words: who is named exactly, then what the search found.
Result<std::vector<Contact>> search(const Json& arguments, const ToolContext& context, std::size_t rows_max) {
  const std::string query = line(arguments, "query");
  const bool archived = flag(arguments, "include_archived");
  std::vector<Contact> found;
  const auto add = [&](const Contact& contact) {
    if (std::none_of(found.begin(), found.end(), [&](const Contact& known) { return known.id == contact.id; }))
      found.push_back(contact);
  };
  if (is_ref_of(Noun::contact, query)) {
    const Result<Contact> exact = resolve_contact(context, query);
    if (exact) add(*exact);
    if (!exact && exact.error().code != Code::not_found) return exact.error();
    return found;
  }
  constexpr std::size_t kPhoneDigitsMin = 5;  // no numbering plan is shorter, and reading its rules takes a while
  const bool is_email = query.find('@') != std::string::npos;
  Json as_points = Json::object();
  if (is_email || phone_digits(query).size() >= kPhoneDigitsMin) as_points[is_email ? "email" : "phone"] = query;
  if (const auto points = contact_points(as_points, context.org, ""); points) {
    const Result<std::vector<Contact>> holders = holders_of(context, *points);
    if (!holders) return holders.error();
    for (const Contact& contact : *holders) add(contact);
  }
  const Result<std::vector<Contact>> searched = context.txn.contacts().search(query, archived, rows_max);
  if (!searched) return searched.error();
  for (const Contact& contact : *searched) add(contact);
  return found;
}

Result<std::vector<Contact>> list(const Json& arguments, const ToolContext& context, std::size_t rows_max) {
  ContactFilter filter;
  const auto lifecycle = choice(arguments, "lifecycle_stage", parse_lifecycle);
  if (!lifecycle) return lifecycle.error();
  filter.lifecycle = *lifecycle;
  filter.tag = line(arguments, "tag");
  filter.include_archived = flag(arguments, "include_archived");
  filter.rows_max = rows_max;
  return context.txn.contacts().list(filter);
}

Result<ToolOutcome> run_find(const Json& arguments, ToolContext& context) {
  const auto limit = static_cast<std::size_t>(integer(arguments, "limit", limits::kPageRows, 1, limits::kPageRowsMax));
  const auto offset = static_cast<std::size_t>(integer(arguments, "offset", 0, 0, limits::kPageRowsMax));
  const std::size_t rows_max = std::min(limits::kPageRowsMax, offset + limit + 1);
  const std::string query = line(arguments, "query");
  Result<std::vector<Contact>> found =
      query.empty() ? list(arguments, context, rows_max) : search(arguments, context, rows_max);
  if (!found) return found.error();
  if (!query.empty()) {
    const auto lifecycle = choice(arguments, "lifecycle_stage", parse_lifecycle);
    if (!lifecycle) return lifecycle.error();
    const std::string tag = line(arguments, "tag");
    std::erase_if(*found, [&](const Contact& contact) {
      const bool tagged =
          tag.empty() || std::any_of(contact.tags.begin(), contact.tags.end(),
                                     [&](const std::string& own) { return equal_ignoring_case(own, tag); });
      return !tagged || (*lifecycle && contact.lifecycle != **lifecycle);
    });
  }
  const bool more = found->size() > offset + limit;
  ToolOutcome outcome;
  Json contacts = Json::array();
  std::vector<std::string> lines_shown;
  for (std::size_t place = offset; place < std::min(found->size(), offset + limit); ++place) {
    const Contact& contact = (*found)[place];
    contacts.push_back(brief(to_data(contact, context)));
    const Choice choice = choice_of(context, contact);
    lines_shown.push_back(std::to_string(outcome.list.size() + 1) + ". " + choice.label + " (" + choice.ref + ")");
    outcome.list.push_back(choice);
  }
  const std::string what = query.empty() ? "" : " for \"" + shorten(query, 80) + "\"";
  if (lines_shown.empty()) {
    outcome.text = "No contact found" + what + ".";
  } else {
    outcome.text = count_of(lines_shown.size(), "contact", "contacts") + what + ":\n" + join(lines_shown, "\n");
    if (more) outcome.text += "\nThere are more.";
  }
  outcome.data = share({{"contacts", std::move(contacts)}, {"count", outcome.list.size()}, {"more", more}});
  return outcome;
}

std::unique_ptr<Tool> make_find_contact() {
  ToolSpec spec;
  spec.name = "find_contact";
  spec.description =
      "Find customers by name, phone in any formatting (the last four digits are enough), e-mail, company, tag or ref. "
      "Without a query, list them.";
  spec.arguments =
      share(closed_schema({{"query", text_of("What to look for.", limits::kNameBytes)},
                           {"lifecycle_stage", one_of("Only these.", {"prospect", "customer", "past_customer"})},
                           {"tag", text_of("Only those with this tag.", limits::kTagBytes)},
                           {"include_archived", yes_or_no("Archived ones as well.")},
                           {"limit", number_of("How many at most.", 1, limits::kPageRowsMax)},
                           {"offset", number_of("How many to skip.", 0, limits::kPageRowsMax)}},
                          {}));
  return make_tool(std::move(spec), propose_read, run_find);
}

Result<std::vector<Contact>> merged_records(const ToolContext& context, const ContactId& survivor) {
  const Result<std::vector<ContactId>> ids = context.txn.contacts().merged_into(survivor);
  if (!ids) return ids.error();
  std::vector<Contact> merged;
  for (const ContactId& id : *ids) {
    Result<Contact> contact = context.txn.contacts().find(id);
    if (!contact) return contact.error();
    merged.push_back(std::move(*contact));
  }
  return merged;
}

Result<ToolOutcome> run_show_contact(const Json& arguments, ToolContext& context) {
  const Result<Contact> contact = resolve_contact(context, line(arguments, "contact"));
  if (!contact) return contact.error();
  const auto leads = leads_of(context, contact->id);
  if (!leads) return leads.error();
  const auto opportunities = opportunities_of(context, contact->id);
  if (!opportunities) return opportunities.error();
  const auto history = context.txn.interactions().of_contact(contact->id, kInteractionsShown);
  if (!history) return history.error();
  const auto merged = merged_records(context, contact->id);
  if (!merged) return merged.error();

  Json data = to_data(*contact, context);
  std::vector<std::string> shown = contact_card(*contact, context);
  for (const Contact& other : *merged) {
    shown.push_back("Merged: " + name_with_ref(other) + ", " + points_text(other.points, context.org));
    data["merged"].push_back(brief(to_data(other, context)));
  }
  data["leads"] = Json::array();
  data["opportunities"] = Json::array();
  data["interactions"] = Json::array();
  for (const Lead& lead : *leads) {
    if (data["leads"].size() == kDealsShown) break;
    data["leads"].push_back(brief(to_data(lead, context)));
    shown.push_back(lead_line(lead, context));
  }
  for (const Opportunity& opportunity : *opportunities) {
    if (data["opportunities"].size() == kDealsShown) break;
    data["opportunities"].push_back(brief(to_data(opportunity, context)));
    shown.push_back(opportunity_line(opportunity, context));
  }
  for (const Interaction& interaction : *history) {
    data["interactions"].push_back(brief(to_data(interaction, context)));
    shown.push_back(interaction_line(interaction, context));
  }
  ToolOutcome outcome;
  outcome.text = join(shown, "\n");
  outcome.data = share(std::move(data));
  outcome.touched = {ref_of(*contact)};
  return outcome;
}

std::unique_ptr<Tool> make_show_contact() {
  ToolSpec spec;
  spec.name = "show_contact";
  spec.description =
      "Everything on file about one person: how to reach them, standing, leads, deals and the latest history.";
  spec.arguments = share(closed_schema(
      {{"contact", text_of("A ref such as C-12, or a name, phone or e-mail.", limits::kNameBytes)}}, {"contact"}));
  return make_tool(std::move(spec), propose_read, run_show_contact);
}

struct Timeline {
  std::string whose;
  std::vector<Interaction> interactions;  // newest first
};

Result<Timeline> timeline_of(const Json& arguments, const ToolContext& context, std::size_t rows_max) {
  Timeline timeline;
  const auto take = [&](Result<std::vector<Interaction>> found) -> Done {
    if (!found) return found.error();
    timeline.interactions = std::move(*found);
    return {};
  };
  if (const std::string words = line(arguments, "lead"); !words.empty()) {
    const Result<Lead> lead = resolve_lead(context, words, Scope::open_first);
    if (!lead) return lead.error();
    timeline.whose = ref_of(*lead) + " " + lead->title;
    if (Done done = take(context.txn.interactions().of_lead(lead->id, rows_max)); !done) return done.error();
    return timeline;
  }
  if (const std::string words = line(arguments, "opportunity"); !words.empty()) {
    const Result<Opportunity> deal = resolve_opportunity(context, words, Scope::open_first);
    if (!deal) return deal.error();
    timeline.whose = ref_of(*deal) + " " + deal->name;
    const Done done = deal->lead.empty()
                          ? take(context.txn.interactions().of_contact(deal->contact, limits::kPageRowsMax))
                          : take(context.txn.interactions().of_lead(deal->lead, rows_max));
    if (!done) return done.error();
    if (deal->lead.empty())
      std::erase_if(timeline.interactions, [&](const Interaction& each) { return each.opportunity != deal->id; });
    return timeline;
  }
  const std::string words = line(arguments, "contact");
  if (words.empty())
    return make_error(Code::invalid_argument, "show_timeline: name a contact, a lead or an opportunity.");
  const Result<Contact> contact = resolve_contact(context, words);
  if (!contact) return contact.error();
  timeline.whose = name_with_ref(*contact);
  if (Done done = take(context.txn.interactions().of_contact(contact->id, rows_max)); !done) return done.error();
  return timeline;
}

Result<ToolOutcome> run_timeline(const Json& arguments, ToolContext& context) {
  const auto limit = static_cast<std::size_t>(integer(arguments, "limit", limits::kPageRows, 1, limits::kPageRowsMax));
  const auto offset = static_cast<std::size_t>(integer(arguments, "offset", 0, 0, limits::kPageRowsMax));
  Result<Timeline> timeline = timeline_of(arguments, context, std::min(limits::kPageRowsMax, limit + offset + 1));
  if (!timeline) return timeline.error();
  std::vector<std::string> shown;
  Json entries = Json::array();
  const std::vector<Interaction>& all = timeline->interactions;
  for (std::size_t place = offset; place < std::min(all.size(), offset + limit); ++place) {
    shown.push_back(interaction_line(all[place], context));
    entries.push_back(brief(to_data(all[place], context)));
  }
  const bool more = all.size() > offset + limit;
  ToolOutcome outcome;
  outcome.text = shown.empty() ? "No history yet for " + timeline->whose + "."
                               : "History of " + timeline->whose + ", newest first:\n" + join(shown, "\n");
  if (more) outcome.text += "\nThere is more.";
  outcome.data = share({{"interactions", std::move(entries)}, {"count", shown.size()}, {"more", more}});
  return outcome;
}

std::unique_ptr<Tool> make_show_timeline() {
  ToolSpec spec;
  spec.name = "show_timeline";
  spec.description =
      "The history of a person, a lead or a deal, newest first: every call, message, visit, note and change of stage.";
  Json properties = subject_properties();
  properties["limit"] = number_of("How many at most.", 1, limits::kPageRowsMax);
  properties["offset"] = number_of("How many of the newest to skip.", 0, limits::kPageRowsMax);
  spec.arguments = share(closed_schema(std::move(properties), {}));
  return make_tool(std::move(spec), propose_read, run_timeline);
}

}  // namespace

Tools contact_lookup_tools() {
  Tools tools;
  tools.push_back(make_find_contact());
  tools.push_back(make_show_contact());
  tools.push_back(make_show_timeline());
  return tools;
}

}  // namespace deskhand::tools
