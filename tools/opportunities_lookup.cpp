// show_opportunity and list_opportunities; see opportunities.h.
#include <algorithm>

#include "base/limits.h"
#include "base/text.h"
#include "ports/store/store.h"
#include "tools/arguments.h"
#include "tools/deals.h"
#include "tools/opportunities.h"
#include "tools/present.h"
#include "tools/resolve.h"
#include "tools/schema_parts.h"

namespace deskhand::tools {
namespace {

Result<OpportunityFilter> read_opportunity_filter(const Json& arguments, const ToolContext& context) {
  OpportunityFilter filter;
  for (const std::string& word : lines(arguments, "stage", 4)) {
    const auto stage = parse_opportunity_stage(word);
    if (!stage)
      return make_error(Code::invalid_argument,
                        "Stage \"" + shorten(word, 60) + "\" is none of estimating, scheduled, won, lost.");
    filter.stages.push_back(*stage);
  }
  if (const std::string words = line(arguments, "contact"); !words.empty()) {
    const Result<Contact> contact = resolve_contact(context, words);
    if (!contact) return contact.error();
    filter.contact = contact->id;
  }
  const auto read = [&](std::string_view name, int days_on, std::optional<Day>& bound) -> Done {
    const auto date = day(arguments, name, context.today);
    if (!date) return date.error();
    if (*date) bound = (*date)->plus_days(days_on);
    return {};
  };
  for (const Done& done : {read("closed_from", 0, filter.closed_from), read("closed_to", 1, filter.closed_before),
                           read("expected_before", 0, filter.expected_before)})
    if (!done) return done.error();
  filter.open_only = flag(arguments, "open", filter.stages.empty() && !filter.closed_from && !filter.closed_before);
  return filter;
}

bool opportunity_passes(const Opportunity& opportunity, const OpportunityFilter& filter) {
  const bool staged = filter.stages.empty() ||
                      std::find(filter.stages.begin(), filter.stages.end(), opportunity.stage) != filter.stages.end();
  return staged && (!filter.open_only || is_open(opportunity)) &&
         (!filter.closed_from || (opportunity.close_date && *opportunity.close_date >= *filter.closed_from)) &&
         (!filter.closed_before || (opportunity.close_date && *opportunity.close_date < *filter.closed_before)) &&
         (!filter.expected_before ||
          (opportunity.expected_close && *opportunity.expected_close < *filter.expected_before));
}

// One row more than a page, to know whether there is another.
Result<std::vector<Opportunity>> rows_of(const Json& arguments, const ToolContext& context, OpportunityFilter filter) {
  const std::string words = line(arguments, "text");
  if (words.empty() && filter.contact.empty()) {
    filter.rows_max = std::min(filter.rows_max + 1, limits::kPageRowsMax);
    return context.txn.opportunities().list(filter);
  }
  Result<std::vector<Opportunity>> found =
      words.empty() ? opportunities_of(context, filter.contact)
                    : context.txn.opportunities().search(words, filter.open_only, limits::kPageRowsMax);
  if (!found) return found;
  std::erase_if(*found, [&](const Opportunity& each) {
    return !opportunity_passes(each, filter) || (!words.empty() && !filter.contact.empty() && each.contact != filter.contact);
  });
  found->erase(found->begin(), found->begin() + static_cast<std::ptrdiff_t>(std::min(filter.offset, found->size())));
  if (found->size() > filter.rows_max + 1) found->resize(filter.rows_max + 1);
  return found;
}

Result<ToolOutcome> run_list_opportunities(const Json& arguments, ToolContext& context) {
  Result<OpportunityFilter> filter = read_opportunity_filter(arguments, context);
  if (!filter) return filter.error();
  filter->rows_max =
      static_cast<std::size_t>(integer(arguments, "limit", limits::kPageRows, 1, limits::kPageRowsMax - 1));
  const auto number = integer(arguments, "page", 1, 1, 100'000);
  filter->offset = static_cast<std::size_t>(number - 1) * filter->rows_max;
  Result<std::vector<Opportunity>> found = rows_of(arguments, context, *filter);
  if (!found) return found.error();
  const bool more = found->size() > filter->rows_max;
  if (more) found->resize(filter->rows_max);
  ToolOutcome outcome;
  Json opportunities = Json::array();
  std::vector<std::string> shown;
  for (const Opportunity& opportunity : *found) {
    opportunities.push_back(brief(to_data(opportunity, context)));
    const Choice choice = choice_of(context, opportunity);
    outcome.list.push_back(choice);
    shown.push_back(std::to_string(outcome.list.size()) + ". " + choice.ref + " " + choice.label);
  }
  const std::string open = filter->open_only ? "open " : "";
  outcome.text = shown.empty()
                     ? "No " + open + "opportunity fits."
                     : count_of(shown.size(), open + "opportunity", open + "opportunities") + ":\n" + join(shown, "\n");
  if (more) outcome.text += "\nMore on page " + std::to_string(number + 1) + ".";
  outcome.data =
      share({{"opportunities", std::move(opportunities)}, {"count", shown.size()}, {"page", number}, {"more", more}});
  return outcome;
}

Result<std::vector<Interaction>> history_of(const ToolContext& context, const Opportunity& opportunity) {
  if (!opportunity.lead.empty()) return context.txn.interactions().of_lead(opportunity.lead, kInteractionsShown);
  if (opportunity.contact.empty()) return std::vector<Interaction>();
  Result<std::vector<Interaction>> history =
      context.txn.interactions().of_contact(opportunity.contact, limits::kPageRowsMax);
  if (!history) return history;
  std::erase_if(*history, [&](const Interaction& each) { return each.opportunity != opportunity.id; });
  if (history->size() > kInteractionsShown) history->resize(kInteractionsShown);
  return history;
}

Result<ToolOutcome> run_show_opportunity(const Json& arguments, ToolContext& context) {
  const Result<Opportunity> opportunity =
      resolve_opportunity(context, line(arguments, "opportunity"), Scope::open_first);
  if (!opportunity) return opportunity.error();
  const auto history = history_of(context, *opportunity);
  if (!history) return history.error();
  const Result<std::optional<Contact>> contact = contact_of(context, opportunity->contact);
  if (!contact) return contact.error();
  std::vector<std::string> shown = opportunity_card(*opportunity, context);
  Json data = to_data(*opportunity, context);
  if (*contact) {
    shown.push_back("Contact: " + contact_label(**contact, context.org) + " (" + ref_of(**contact) + ")");
    data["contact"] = to_data(**contact, context);
  }
  data["interactions"] = Json::array();
  for (const Interaction& interaction : *history) {
    shown.push_back(interaction_line(interaction, context));
    data["interactions"].push_back(brief(to_data(interaction, context)));
  }
  ToolOutcome outcome;
  outcome.text = join(shown, "\n");
  outcome.data = share(std::move(data));
  outcome.touched = {ref_of(*opportunity)};
  return outcome;
}

}  // namespace

Tools opportunity_lookup_tools(const schema::RecordSchemas& records) {
  const Json date = text_of("A day: 2026-03-05.", 20);
  const Json stage = records.property("opportunity", "stage");
  Tools tools;
  ToolSpec list;
  list.name = "list_opportunities";
  list.description =
      "Deals by stage, customer, day of closing or words; open ones unless something closed is asked for.";
  list.arguments = share(
      closed_schema({{"open", yes_or_no("true: open ones only; false: closed ones as well.")},
                     {"stage",
                      {{"anyOf", Json::array({stage, Json{{"type", "array"}, {"maxItems", 4}, {"items", stage}}})},
                       {"description", "One stage or several."}}},
                     {"contact", text_of("Only this customer's: a ref or a name.", limits::kNameBytes)},
                     {"closed_from", date},
                     {"closed_to", date},
                     {"expected_before", text_of("Only those expected to close before this day.", 20)},
                     {"text", text_of("Words of the name or of the customer's.", limits::kNameBytes)},
                     {"page", number_of("Which page, from 1.", 1, 100'000)},
                     {"limit", number_of("How many on a page.", 1, limits::kPageRowsMax - 1)}},
                    {}));
  tools.push_back(make_tool(std::move(list), propose_read, run_list_opportunities));

  ToolSpec show;
  show.name = "show_opportunity";
  show.description =
      "Everything on file about one deal: whose it is, how far, what it is worth and the latest history.";
  show.arguments = share(closed_schema(
      {{"opportunity", text_of("A ref such as O-7, or the customer's name.", limits::kNameBytes)}}, {"opportunity"}));
  tools.push_back(make_tool(std::move(show), propose_read, run_show_opportunity));
  return tools;
}

}  // namespace deskhand::tools
