// list_leads and show_lead; see leads.h.
#include <algorithm>

#include "base/limits.h"
#include "base/text.h"
#include "ports/store/store.h"
#include "tools/arguments.h"
#include "tools/deals.h"
#include "tools/leads.h"
#include "tools/local_time.h"
#include "tools/present.h"
#include "tools/resolve.h"
#include "tools/schema_parts.h"
#include "tools/stages.h"

namespace deskhand::tools {
namespace {

Result<std::optional<Instant>> start_of(const Json& arguments, const ToolContext& context, std::string_view name,
                                        int days_on) {
  const auto date = day(arguments, name, context.today);
  if (!date) return date.error();
  if (!*date) return std::optional<Instant>();
  return std::optional<Instant>(zone_of(context.org).start_of((*date)->plus_days(days_on)));
}

Result<LeadFilter> read_lead_filter(const Json& arguments, const ToolContext& context) {
  LeadFilter filter;
  for (const std::string& word : lines(arguments, "status", 10)) {
    const auto status = parse_lead_status(word);
    if (!status)
      return make_error(Code::invalid_argument,
                        "Status \"" + word + "\" is none of new, working, qualified, disqualified, converted.");
    filter.statuses.push_back(*status);
  }
  for (const std::string& word : lines(arguments, "stage", 10)) {
    const auto stage = parse_lead_stage(word);
    if (!stage)
      return make_error(
          Code::invalid_argument,
          "Stage \"" + word + "\" is none of inquiry, needs_analysis, estimate_sent, follow_up, scheduled_visit.");
    filter.stages.push_back(*stage);
  }
  for (const std::string& word : lines(arguments, "state", 10)) {
    const std::vector<CanonicalState> states = states_named(word);
    if (states.empty())
      return make_error(Code::invalid_argument,
                        "State \"" + shorten(word, 60) + "\" is no word for how far a lead is.");
    filter.states.insert(filter.states.end(), states.begin(), states.end());
  }
  const auto source = choice(arguments, "source", parse_lead_source);
  if (!source) return source.error();
  filter.source = *source;
  if (const std::string words = line(arguments, "contact"); !words.empty()) {
    const Result<Contact> contact = resolve_contact(context, words);
    if (!contact) return contact.error();
    filter.contact = contact->id;
  }
  if (const std::string words = line(arguments, "owner"); !words.empty()) {
    const Result<User> user = resolve_user(context, words);
    if (!user) return user.error();
    filter.assignee = user->id;
  }
  for (const auto& [name, bound] :
       {std::pair("value_min", &filter.value_minor_min), std::pair("value_max", &filter.value_minor_max)}) {
    const auto value = money(arguments, name, context.org);
    if (!value) return value.error();
    if (*value) *bound = (*value)->minor;
  }
  const auto read = [&](std::string_view name, int days_on, std::optional<Instant>& bound) -> Done {
    auto instant = start_of(arguments, context, name, days_on);
    if (!instant) return instant.error();
    bound = *instant;
    return {};
  };
  for (const Done& done : {read("created_from", 0, filter.created_from), read("created_to", 1, filter.created_before),
                           read("closed_from", 0, filter.closed_from), read("closed_to", 1, filter.closed_before),
                           read("no_activity_since", 0, filter.active_before)})
    if (!done) return done.error();
  // Unless something closed is asked for, closed leads are history.
  const bool asks_closed =
      !filter.statuses.empty() || !filter.states.empty() || filter.closed_from || filter.closed_before;
  filter.open_only = flag(arguments, "open", !asks_closed);
  const std::string order = line(arguments, "order");
  if (order == "oldest") filter.order = LeadFilter::Order::created_oldest;
  if (order == "highest_value") filter.order = LeadFilter::Order::value_highest;
  if (order == "longest_quiet") filter.order = LeadFilter::Order::activity_oldest;
  return filter;
}

bool lead_passes(const Lead& lead, const LeadFilter& filter) {
  const auto among = [](const auto& list, auto value) {
    return list.empty() || std::find(list.begin(), list.end(), value) != list.end();
  };
  const auto within = [](const std::optional<Instant>& value, const std::optional<Instant>& from,
                         const std::optional<Instant>& before) {
    return (!from || (value && *value >= *from)) && (!before || (value && *value < *before));
  };
  const std::int64_t value = lead.estimated_value ? lead.estimated_value->minor : 0;
  return (!filter.open_only || is_open(lead)) && among(filter.states, lead.state) &&
         among(filter.statuses, lead.status) && among(filter.stages, lead.stage) &&
         (!filter.source || lead.source == *filter.source) &&
         (filter.contact.empty() || lead.contact == filter.contact) &&
         (filter.assignee.empty() || lead.assignee == filter.assignee) &&
         (!filter.value_minor_min || (lead.estimated_value && value >= *filter.value_minor_min)) &&
         (!filter.value_minor_max || (lead.estimated_value && value <= *filter.value_minor_max)) &&
         within(lead.head.created_at, filter.created_from, filter.created_before) &&
         within(lead.closed_at, filter.closed_from, filter.closed_before) &&
         (!filter.active_before || !lead.last_activity_at || *lead.last_activity_at < *filter.active_before);
}

struct Page {
  std::vector<Lead> leads;
  std::int64_t total = 0;
};

// A search ranks by words, so the other conditions are applied to what it found; without words the store pages by
// itself.
Result<Page> page_of(const Json& arguments, const ToolContext& context, LeadFilter filter) {
  Page page;
  const std::string words = line(arguments, "text");
  if (words.empty()) {
    Result<std::vector<Lead>> leads =
        filter.contact.empty() ? context.txn.leads().list(filter) : leads_of(context, filter.contact);
    if (!leads) return leads.error();
    if (filter.contact.empty()) {
      const Result<std::int64_t> total = context.txn.leads().count(filter);
      if (!total) return total.error();
      page.leads = std::move(*leads);
      page.total = *total;
      return page;
    }
    filter.contact = ContactId();  // leads_of has followed merged records, which the filter would leave out
    std::erase_if(*leads, [&](const Lead& lead) { return !lead_passes(lead, filter); });
    page.leads = std::move(*leads);
  } else {
    Result<std::vector<Lead>> found = context.txn.leads().search(words, filter.open_only, limits::kPageRowsMax);
    if (!found) return found.error();
    std::erase_if(*found, [&](const Lead& lead) { return !lead_passes(lead, filter); });
    page.leads = std::move(*found);
  }
  page.total = static_cast<std::int64_t>(page.leads.size());
  const std::size_t begin = std::min(filter.offset, page.leads.size());
  const std::size_t end = std::min(page.leads.size(), begin + filter.rows_max);
  page.leads = std::vector<Lead>(page.leads.begin() + static_cast<std::ptrdiff_t>(begin),
                                 page.leads.begin() + static_cast<std::ptrdiff_t>(end));
  return page;
}

Result<ToolOutcome> run_list_leads(const Json& arguments, ToolContext& context) {
  Result<LeadFilter> filter = read_lead_filter(arguments, context);
  if (!filter) return filter.error();
  filter->rows_max = static_cast<std::size_t>(integer(arguments, "limit", limits::kPageRows, 1, limits::kPageRowsMax));
  const auto number = integer(arguments, "page", 1, 1, 100'000);
  filter->offset = static_cast<std::size_t>(number - 1) * filter->rows_max;
  const Result<Page> page = page_of(arguments, context, *filter);
  if (!page) return page.error();
  ToolOutcome outcome;
  Json leads = Json::array();
  std::vector<std::string> shown;
  for (const Lead& lead : page->leads) {
    leads.push_back(brief(to_data(lead, context)));
    const Choice choice = choice_of(context, lead);
    outcome.list.push_back(choice);
    shown.push_back(std::to_string(outcome.list.size()) + ". " + choice.ref + " " + choice.label);
  }
  const std::string_view open = filter->open_only ? "open " : "";
  const std::string counted =
      count_of(static_cast<std::size_t>(page->total), std::string(open) + "lead", std::string(open) + "leads");
  outcome.text = page->total == 0 ? "No " + std::string(open) + "lead fits." : counted + ":\n" + join(shown, "\n");
  if (page->total > static_cast<std::int64_t>(filter->offset + shown.size()) && !shown.empty())
    outcome.text += "\nMore on page " + std::to_string(number + 1) + ".";
  outcome.data =
      share({{"leads", std::move(leads)}, {"total", page->total}, {"page", number}, {"limit", filter->rows_max}});
  return outcome;
}

Result<ToolOutcome> run_show_lead(const Json& arguments, ToolContext& context) {
  const Result<Lead> lead = resolve_lead(context, line(arguments, "lead"), Scope::open_first);
  if (!lead) return lead.error();
  const auto history = context.txn.interactions().of_lead(lead->id, kInteractionsShown);
  if (!history) return history.error();
  const auto estimates = context.txn.opportunities().estimates_of(lead->id);
  if (!estimates) return estimates.error();
  const Result<std::optional<Contact>> contact = contact_of(context, lead->contact);
  if (!contact) return contact.error();
  std::vector<std::string> shown = lead_card(*lead, context);
  Json data = to_data(*lead, context);
  if (*contact) {
    shown.push_back("Contact: " + contact_label(**contact, context.org) + " (" + ref_of(**contact) + ")");
    data["contact"] = to_data(**contact, context);
  }
  if (!lead->opportunity.empty())
    if (const auto opportunity = context.txn.opportunities().find(lead->opportunity)) {
      shown.push_back(opportunity_line(*opportunity, context));
      data["opportunity"] = to_data(*opportunity, context);
    }
  data["estimates"] = Json::array();
  for (const Estimate& estimate : *estimates) {
    shown.push_back("Estimate " + ref_of(estimate) + ": " + to_short_text(estimate.amount) + ", " +
                    std::string(name_of(estimate.status)) + " " + to_short_text(estimate.sent_on));
    data["estimates"].push_back(brief(to_data(estimate, context)));
  }
  data["interactions"] = Json::array();
  for (const Interaction& interaction : *history) {
    shown.push_back(interaction_line(interaction, context));
    data["interactions"].push_back(brief(to_data(interaction, context)));
  }
  ToolOutcome outcome;
  outcome.text = join(shown, "\n");
  outcome.data = share(std::move(data));
  outcome.touched = {ref_of(*lead)};
  return outcome;
}

// One word or several of an enum.
Json words_of_field(const Json& property, std::string_view description) {
  Json one = property;
  one["description"] = description;
  Json many = {{"type", "array"}, {"maxItems", 10}, {"items", property}};
  return {{"anyOf", Json::array({one, many})}, {"description", description}};
}

}  // namespace

Tools lead_lookup_tools(const schema::RecordSchemas& records) {
  const Json amount = money_of("An estimated value.");
  const Json date = text_of("A day: 2026-03-05.", 20);
  Tools tools;
  ToolSpec list;
  list.name = "list_leads";
  list.description =
      "Leads by status, stage, source, value, age, assignee or words; open ones unless something closed is asked for.";
  Json one_or_more = {
      {"anyOf", Json::array({text_of("One word.", limits::kTagBytes), list_of("Several.", 10, limits::kTagBytes)})},
      {"description",
       "How far along in any vocabulary: new, contacted, qualified, booked, quoted, proposal, negotiating, won, lost, "
       "disqualified, prospect, customer."}};
  list.arguments = share(closed_schema(
      {{"open", yes_or_no("true: open ones only; false: closed ones as well.")},
       {"status", words_of_field(records.property("lead", "status"), "Status exactly as stored.")},
       {"stage", words_of_field(records.property("lead", "pipeline_stage"), "Pipeline stage exactly as stored.")},
       {"state", std::move(one_or_more)},
       {"source", records.property("lead", "source")},
       {"contact", text_of("Only this person's: a ref or a name.", limits::kNameBytes)},
       {"owner", text_of("Only those this person of the business follows up.", limits::kNameBytes)},
       {"value_min", amount},
       {"value_max", amount},
       {"created_from", date},
       {"created_to", date},
       {"closed_from", date},
       {"closed_to", date},
       {"no_activity_since", text_of("Only those without activity on or after this day.", 20)},
       {"text", text_of("Words of title, description or the person's name.", limits::kNameBytes)},
       {"order", one_of("Newest first when left out.", {"newest", "oldest", "highest_value", "longest_quiet"})},
       {"page", number_of("Which page, from 1.", 1, 100'000)},
       {"limit", number_of("How many on a page.", 1, limits::kPageRowsMax)}},
      {}));
  tools.push_back(make_tool(std::move(list), propose_read, run_list_leads));

  ToolSpec show;
  show.name = "show_lead";
  show.description =
      "Everything on file about one lead: who asked, what, how far it is, estimates and the latest history.";
  show.arguments = share(
      closed_schema({{"lead", text_of("A ref such as L-1042, or the person's name.", limits::kNameBytes)}}, {"lead"}));
  tools.push_back(make_tool(std::move(show), propose_read, run_show_lead));
  return tools;
}

}  // namespace deskhand::tools
