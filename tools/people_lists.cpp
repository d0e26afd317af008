#include "tools/people_lists.h"

#include "base/limits.h"
#include "base/text.h"
#include "ports/store/store.h"
#include "tools/arguments.h"
#include "tools/interactions_subject.h"
#include "tools/local_time.h"
#include "tools/present.h"
#include "tools/schema_parts.h"

namespace deskhand::tools {
namespace {

constexpr std::int64_t kCustomersShown = 10;

std::string dated(Day day) { return to_short_text(day) + ", " + std::to_string(day.year()); }

std::string ago(Day day, Day today) {
  const int days = days_between(day, today);
  if (days == 0) return "today";
  if (days == 1) return "yesterday";
  return count_of(static_cast<std::size_t>(days < 0 ? 0 : days), "day", "days") + " ago";
}

Json entry_data(const Interaction& interaction, const ToolContext& context) {
  Json data = to_data(interaction, context);
  const Day day = local_day(interaction.at, context);
  data["date"] = to_iso(day);
  data["days_ago"] = days_between(day, context.today);
  data["summary"] = summary_line(interaction);
  return data;
}

Result<ToolOutcome> run_last_touch(const Json& arguments, ToolContext& context) {
  Result<Subject> subject = resolve_subject(arguments, context, Scope::open_first);
  if (!subject) return subject.error();
  if (subject->empty()) return make_error(Code::invalid_argument, "With whom? Name a contact or a lead.");
  // A person's whole history counts, whichever of their leads it was about.
  Result<std::vector<Interaction>> history =
      subject->contact ? context.txn.interactions().of_contact(subject->contact->id, limits::kPageRowsMax)
                       : context.txn.interactions().of_lead(subject->lead_id(), limits::kPageRowsMax);
  if (!history) return history.error();
  const Interaction* newest = history->empty() ? nullptr : &history->front();
  const Interaction* talk = last_talk(*history);

  ToolOutcome outcome;
  const std::string name =
      subject->contact ? name_with_ref(*subject->contact) : subject->name() + " (" + subject->main_ref() + ")";
  Json data{{"name", subject->name()}, {"ref", subject->main_ref()}};
  if (talk != nullptr) {
    outcome.text = "Last touchpoint with " + name + ": " + touch_text(*talk, context) + ".";
    data["last"] = entry_data(*talk, context);
    if (newest != talk) outcome.text += "\nNoted since: " + touch_text(*newest, context) + ".";
  } else if (newest != nullptr) {
    outcome.text =
        "No conversation with " + name + " is on record. The latest entry: " + touch_text(*newest, context) + ".";
  } else {
    outcome.text = "Nothing is logged with " + name + " yet.";
  }
  if (newest != nullptr && newest != talk) data["newest_entry"] = entry_data(*newest, context);
  outcome.data = share(std::move(data));
  return outcome;
}

Result<ToolOutcome> run_newest_customers(const Json& arguments, ToolContext& context) {
  ContactFilter filter;
  filter.lifecycle = Lifecycle::customer;
  filter.order = ContactFilter::Order::updated_newest;
  filter.rows_max = static_cast<std::size_t>(integer(arguments, "count", kCustomersShown, 1, limits::kPageRowsMax));
  Result<std::vector<Contact>> customers = context.txn.contacts().list(filter);
  if (!customers) return customers.error();
  ToolOutcome outcome;
  Json rows = Json::array();
  outcome.text = customers->empty() ? "There are no customers yet; a contact becomes one when a deal is won."
                                    : "Newest customers:";
  int number = 0;
  for (const Contact& customer : *customers) {
    std::string label = contact_label(customer, context.org);
    outcome.text += "\n" + std::to_string(++number) + ". " + label + " (" + ref_of(customer) + ")";
    if (customer.became_customer_at)
      outcome.text += " — customer since " + dated(local_day(*customer.became_customer_at, context));
    outcome.list.push_back({Noun::contact, ref_of(customer), std::move(label)});
    rows.push_back(to_data(customer, context));
  }
  outcome.data = share(Json{{"customers", std::move(rows)}});
  return outcome;
}

ToolSpec read_spec(std::string name, std::string description, Json arguments) {
  ToolSpec spec;
  spec.name = std::move(name);
  spec.description = std::move(description);
  spec.arguments = share(std::move(arguments));
  return spec;
}

}  // namespace

const Interaction* last_talk(const std::vector<Interaction>& newest_first) {
  for (const Interaction& interaction : newest_first)
    if (interaction.type != InteractionType::note && interaction.type != InteractionType::system) return &interaction;
  return nullptr;
}

std::string last_summary(const std::vector<Interaction>& newest_first) {
  if (newest_first.empty()) return {};
  const Interaction* talk = last_talk(newest_first);
  std::string summary = summary_line(talk == nullptr ? newest_first.front() : *talk);
  if (summary.ends_with('.') && !summary.ends_with("..")) summary.pop_back();
  return summary;
}

std::string touch_text(const Interaction& interaction, const ToolContext& context) {
  const Day day = local_day(interaction.at, context);
  std::string text = dated(day) + " (" + ago(day, context.today) + "), " + spoken(name_of(interaction.type));
  const std::string summary = summary_line(interaction);
  if (summary != name_of(interaction.type)) text += ": " + summary;
  return text + " (" + ref_of(interaction) + ")";
}

Tools people_list_tools() {
  Tools tools;
  tools.push_back(
      make_tool(read_spec("last_touch",
                          "How long since we talked to somebody: the latest touchpoint, its date and what was said.",
                          closed_schema(subject_properties(), {})),
                propose_read, run_last_touch));
  tools.push_back(
      make_tool(read_spec("newest_customers", "The newest customers, the latest first.",
                          closed_schema({{"count", number_of("How many, 10 when left out.", 1,
                                                             static_cast<std::int64_t>(limits::kPageRowsMax))}},
                                        {})),
                propose_read, run_newest_customers));
  return tools;
}

}  // namespace deskhand::tools
