#include "tools/follow_ups.h"

#include <algorithm>

#include "base/limits.h"
#include "base/text.h"
#include "ports/store/store.h"
#include "tools/arguments.h"
#include "tools/interactions_subject.h"
#include "tools/present.h"
#include "tools/schema_parts.h"

namespace deskhand::tools {
namespace {

constexpr std::size_t kFollowUpRows = limits::kPageRowsMax;
constexpr int kUpcomingDays = 7;
constexpr int kUpcomingDaysMax = 366;
constexpr std::size_t kTopicBytes = 120;

// One of the two things that can wait for a day.
struct Waiting {
  std::optional<Interaction> interaction;
  std::optional<Reminder> reminder;
  std::string ref() const { return interaction ? ref_of(*interaction) : ref_of(*reminder); }
  ContactId contact() const { return interaction ? interaction->contact : reminder->contact; }
  LeadId lead() const { return interaction ? interaction->lead : reminder->lead; }
  FollowUpStatus status() const { return interaction ? interaction->follow_up_status : reminder->status; }
  std::string topic() const {
    if (reminder) return (reminder->due_minute ? to_clock_text(*reminder->due_minute) + " " : "") + printable_line(reminder->text);
    return interaction->follow_up_topic.empty() ? summary_line(*interaction)
                                                : printable_line(interaction->follow_up_topic);
  }
};

Result<Waiting> resolve_waiting(const ToolContext& context, std::string_view words) {
  Waiting waiting;
  const auto reminder_of = [&](Result<Reminder> reminder) -> Result<Waiting> {
    if (!reminder) return reminder.error();
    waiting.reminder = std::move(*reminder);
    return waiting;
  };
  if (is_ref_of(Noun::reminder, words)) return reminder_of(resolve_reminder(context, words));
  Result<Interaction> interaction = resolve_interaction(context, words);
  if (interaction) {
    waiting.interaction = std::move(*interaction);
    return waiting;
  }
  if (interaction.error().code != Code::not_found || parse_ref(words)) return interaction.error();
  Result<Reminder> reminder = resolve_reminder(context, words);
  return reminder ? reminder_of(std::move(reminder)) : Result<Waiting>(interaction.error());
}

Result<Waiting> named_waiting(const Json& arguments, const ToolContext& context) {
  const std::string words = line(arguments, "follow_up");
  if (words.empty()) return make_error(Code::invalid_argument, "Which follow-up? Name its ref (I-12) or the person.");
  return resolve_waiting(context, words);
}

Result<Day> day_to_come(const Json& arguments, const ToolContext& context) {
  Result<std::optional<Day>> date = day(arguments, "date", context.today);
  if (!date) return date.error();
  if (!*date)
    return make_error(Code::invalid_argument,
                      "For which day? Give date, such as " + to_iso(context.today.plus_days(1)) + ".");
  if (**date < context.today)
    return make_error(Code::invalid_argument, "date " + to_iso(**date) + " is past; give today or a later day");
  return **date;
}

Proposal follow_up_proposal(Json resolved, Noun noun, bool creates, const ContactId& contact) {
  Proposal proposal;
  proposal.effects = {ChangesRecord{noun, creates}};
  proposal.arguments = share(std::move(resolved));
  proposal.contact = contact;
  return proposal;
}

ToolOutcome outcome_for_waiting(const Waiting& waiting, const ToolContext& context, std::string text) {
  ToolOutcome outcome;
  outcome.data =
      share(waiting.interaction ? to_data(*waiting.interaction, context) : to_data(*waiting.reminder, context));
  outcome.text = std::move(text);
  outcome.touched = {waiting.ref()};
  if (std::string contact = ref_of_contact(context, waiting.contact()); !contact.empty())
    outcome.touched.push_back(std::move(contact));
  return outcome;
}

Done move_to(ToolContext& context, Waiting& waiting, std::optional<Day> date, FollowUpStatus status) {
  if (waiting.reminder) {
    if (date) waiting.reminder->due = *date;
    waiting.reminder->status = status;
    Result<Reminder> stored = context.txn.interactions().update(std::move(*waiting.reminder));
    if (!stored) return stored.error();
    waiting.reminder = std::move(*stored);
    return {};
  }
  Result<Interaction> stored = context.txn.interactions().set_follow_up(
      waiting.interaction->id, date ? date : waiting.interaction->follow_up, status);
  if (!stored) return stored.error();
  waiting.interaction = std::move(*stored);
  return refresh_next_follow_up(context, waiting.interaction->contact);
}

std::string with_name(const Waiting& waiting, const ToolContext& context) {
  const std::string name = name_of_contact(context, waiting.contact());
  return (name.empty() ? "" : printable_line(name) + ": ") + waiting.topic() + " (" + waiting.ref() + ")";
}

// --- set_follow_up ---------------------------------------------------------------------------------------------------

Result<Proposal> propose_set_follow_up(const Json& arguments, const ToolContext& context) {
  Json resolved = arguments;
  Result<Day> date = day_to_come(arguments, context);
  if (!date) return date.error();
  resolved["date"] = to_iso(*date);
  if (given(arguments, "follow_up")) {
    Result<Waiting> waiting = named_waiting(arguments, context);
    if (!waiting) return waiting.error();
    if (given(arguments, "topic"))
      return make_error(Code::invalid_argument,
                        "topic can't be changed while a follow-up is moved; cancel it and set a new one");
    resolved["follow_up"] = waiting->ref();
    return follow_up_proposal(std::move(resolved), waiting->reminder ? Noun::reminder : Noun::interaction, false,
                              waiting->contact());
  }
  Result<Subject> subject = resolve_subject(arguments, context, Scope::open_first);
  if (!subject) return subject.error();
  if (subject->empty())
    return make_error(Code::invalid_argument, "Follow up with whom? Name a contact, a lead or an opportunity.");
  put_refs(*subject, resolved);
  return follow_up_proposal(std::move(resolved), Noun::interaction, true, subject->contact_id());
}

Result<ToolOutcome> move_follow_up(const Json& arguments, ToolContext& context, Day date) {
  Result<Waiting> waiting = named_waiting(arguments, context);
  if (!waiting) return waiting.error();
  if (waiting->interaction && waiting->interaction->voided)
    return make_error(Code::conflict, waiting->ref() + " was taken back; set a new follow-up");
  if (Done done = move_to(context, *waiting, date, FollowUpStatus::pending); !done) return done.error();
  return outcome_for_waiting(*waiting, context, "Moved to " + to_short_text(date) + " — " + with_name(*waiting, context) + ".");
}

Result<ToolOutcome> run_set_follow_up(const Json& arguments, ToolContext& context) {
  Result<Day> date = day_to_come(arguments, context);
  if (!date) return date.error();
  if (given(arguments, "follow_up")) return move_follow_up(arguments, context, *date);
  Result<Subject> subject = resolve_subject(arguments, context, Scope::open_first);
  if (!subject) return subject.error();
  std::string topic = line(arguments, "topic");
  if (topic.empty()) topic = subject->job();

  Interaction promise;
  promise.type = InteractionType::note;
  promise.at = context.now;
  promise.contact = subject->contact_id();
  promise.lead = subject->lead_id();
  promise.opportunity = subject->opportunity_id();
  promise.subject = "Follow-up set for " + to_short_text(*date);
  promise.body = topic;
  promise.follow_up = *date;
  promise.follow_up_status = FollowUpStatus::pending;
  promise.follow_up_topic = shorten(topic, kTopicBytes);
  promise.origin = context.origin;
  Result<Interaction> stored = context.txn.interactions().insert(std::move(promise));
  if (!stored) return stored.error();
  if (Done done = refresh_next_follow_up(context, stored->contact); !done) return done.error();

  std::string said = "Follow-up set: " + subject->name() + " on " + to_short_text(*date);
  if (!topic.empty() && topic != subject->name()) said += ", " + shorten(topic, kTopicBytes);
  Waiting waiting;
  waiting.interaction = std::move(*stored);
  const std::string ref = waiting.ref();
  return outcome_for_waiting(waiting, context, said + " (" + ref + ").");
}

// --- complete_follow_up, cancel_follow_up ----------------------------------------------------------------------------

Result<Waiting> waiting_to_end(const Json& arguments, const ToolContext& context) {
  Result<Waiting> waiting = named_waiting(arguments, context);
  if (!waiting) return waiting.error();
  switch (waiting->status()) {
    case FollowUpStatus::pending:
      return waiting;
    case FollowUpStatus::none:
      return make_error(Code::invalid_argument, waiting->ref() + " has no follow-up");
    case FollowUpStatus::completed:
      return make_error(Code::conflict, waiting->ref() + " is done already");
    case FollowUpStatus::canceled:
      return make_error(Code::conflict, waiting->ref() + " was cancelled already");
  }
  return waiting;
}

Result<Proposal> propose_end(const Json& arguments, const ToolContext& context) {
  Result<Waiting> waiting = waiting_to_end(arguments, context);
  if (!waiting) return waiting.error();
  Json resolved = arguments;
  resolved["follow_up"] = waiting->ref();
  return follow_up_proposal(std::move(resolved), waiting->reminder ? Noun::reminder : Noun::interaction, false,
                            waiting->contact());
}

Result<ToolOutcome> end_with(const Json& arguments, ToolContext& context, FollowUpStatus status,
                             std::string_view said) {
  Result<Waiting> waiting = waiting_to_end(arguments, context);
  if (!waiting) return waiting.error();
  if (Done done = move_to(context, *waiting, std::nullopt, status); !done) return done.error();
  return outcome_for_waiting(*waiting, context, std::string(said) + " — " + with_name(*waiting, context) + ".");
}

// --- list_follow_ups -------------------------------------------------------------------------------------------------

struct Span {
  Day from, to;
  std::string words;  // "due", "overdue", "due in the next 7 days"
};
constexpr int kPastDays = 36500;

Span span_of(const Json& arguments, Day today) {
  const std::string when = line(arguments, "when");
  const int days = static_cast<int>(integer(arguments, "days", kUpcomingDays, 1, kUpcomingDaysMax));
  const Day ever = today.plus_days(-kPastDays);
  if (when == "today") return {today, today, "due today"};
  if (when == "overdue") return {ever, today.plus_days(-1), "overdue"};
  if (when == "upcoming")
    return {today.plus_days(1), today.plus_days(days),
            "due in the next " + count_of(static_cast<std::size_t>(days), "day", "days")};
  if (when == "all") return {ever, today.plus_days(kPastDays), "waiting"};
  return {ever, today, "due"};
}

bool is_of(const ContactId& contact, const std::vector<ContactId>& identities) {
  return identities.empty() || std::find(identities.begin(), identities.end(), contact) != identities.end();
}

Result<std::vector<ContactId>> wanted_people(const Json& arguments, const ToolContext& context) {
  std::vector<ContactId> identities;
  const std::string words = line(arguments, "contact");
  if (words.empty()) return identities;
  Result<Contact> contact = resolve_contact(context, words);
  if (!contact) return contact.error();
  Result<std::vector<ContactId>> merged = context.txn.contacts().merged_into(contact->id);
  if (!merged) return merged.error();
  identities = std::move(*merged);
  identities.push_back(contact->id);
  return identities;
}

Result<std::vector<Waiting>> waiting_in(const Span& span, const std::vector<ContactId>& people,
                                        const ToolContext& context) {
  std::vector<Waiting> found;
  Result<std::vector<DueFollowUp>> due = context.txn.interactions().follow_ups_due(span.to, kFollowUpRows);
  if (!due) return due.error();
  for (DueFollowUp& one : *due)
    if (one.interaction.follow_up && *one.interaction.follow_up >= span.from && is_of(one.interaction.contact, people))
      found.push_back({std::move(one.interaction), std::nullopt});
  Result<std::vector<Reminder>> reminders = context.txn.interactions().reminders_due(span.to, kFollowUpRows);
  if (!reminders) return reminders.error();
  for (Reminder& reminder : *reminders)
    if (reminder.due >= span.from && is_of(reminder.contact, people))
      found.push_back({std::nullopt, std::move(reminder)});
  return found;
}

Result<ToolOutcome> run_list_follow_ups(const Json& arguments, ToolContext& context) {
  const Span span = span_of(arguments, context.today);
  Result<std::vector<ContactId>> people = wanted_people(arguments, context);
  if (!people) return people.error();
  Result<std::vector<Waiting>> found = waiting_in(span, *people, context);
  if (!found) return found.error();

  ToolOutcome outcome;
  Json rows = Json::array();
  outcome.text = found->empty() ? "Nothing is " + span.words + "."
                                : count_of(found->size(), "follow-up", "follow-ups") + " " + span.words + ":";
  const std::size_t shown = std::min(found->size(), limits::kPageRows);
  for (std::size_t at = 0; at < shown; ++at) {
    const Waiting& waiting = (*found)[at];
    const Day due = waiting.interaction ? *waiting.interaction->follow_up : waiting.reminder->due;
    const std::string label = with_name(waiting, context);
    const std::string bar = bar_text(context, waiting.contact(), waiting.lead());
    outcome.text += "\n" + std::to_string(at + 1) + ". " + label + " — " + due_text(due, context.today) +
                    (bar.empty() ? "" : " (" + bar + ")");
    outcome.list.push_back({waiting.interaction ? Noun::interaction : Noun::reminder, waiting.ref(), label});
    rows.push_back(waiting.interaction ? to_data(*waiting.interaction, context) : to_data(*waiting.reminder, context));
  }
  if (found->size() > shown) outcome.text += "\nand " + std::to_string(found->size() - shown) + " more";
  outcome.data = share(Json{{"follow_ups", std::move(rows)}, {"count", found->size()}});
  return outcome;
}

Json which_follow_up() {
  return text_of("The follow-up or reminder: I-12, R-3, or the person when only one waits.", limits::kNameBytes);
}

ToolSpec set_follow_up_spec() {
  Json properties = subject_properties();
  properties["date"] = date_of("The day it is due.");
  properties["topic"] = text_of("What is to be done, in a few words.", limits::kSubjectBytes);
  properties["follow_up"] = which_follow_up();
  properties["follow_up"]["description"] =
      "To move one that waits already: I-12, R-3, or the person when only one waits.";
  return tool_spec(
      "set_follow_up",
      "Put down a follow-up with a contact, a lead or a deal for a day; or move one that waits to another day.",
      closed_schema(std::move(properties), {"date"}), EffectClass::write);
}

ToolSpec end_spec(std::string name, std::string description) {
  return tool_spec(std::move(name), std::move(description),
                   closed_schema({{"follow_up", which_follow_up()}}, {"follow_up"}), EffectClass::write);
}

ToolSpec list_spec() {
  Json properties{{"when", one_of("Which ones; due is today's and the overdue ones.",
                                  {"due", "today", "overdue", "upcoming", "all"})},
                  {"days", number_of("For upcoming: how many days ahead, 7 when left out.", 1, kUpcomingDaysMax)},
                  {"contact", text_of("Only those of this person.", limits::kNameBytes)}};
  return tool_spec("list_follow_ups", "List follow-ups and reminders that are due, overdue or coming up.",
                   closed_schema(std::move(properties), {}), EffectClass::read);
}

}  // namespace

Tools follow_up_tools() {
  Tools tools;
  tools.push_back(make_tool(set_follow_up_spec(), propose_set_follow_up, run_set_follow_up));
  tools.push_back(make_tool(end_spec("complete_follow_up", "Mark a follow-up or a reminder as done."), propose_end,
                            [](const Json& arguments, ToolContext& context) {
                              return end_with(arguments, context, FollowUpStatus::completed, "Done");
                            }));
  tools.push_back(make_tool(
      end_spec("cancel_follow_up", "Cancel a follow-up that is not needed any more; it stays in the history."),
      propose_end, [](const Json& arguments, ToolContext& context) {
        return end_with(arguments, context, FollowUpStatus::canceled, "Cancelled");
      }));
  tools.push_back(make_tool(list_spec(), propose_read, run_list_follow_ups));
  return tools;
}

Done refresh_next_follow_up(ToolContext& context, const ContactId& id) {
  if (id.empty()) return {};
  Result<Contact> contact = context.txn.contacts().find_live(id);
  if (!contact) return contact.error();
  Result<std::vector<Interaction>> pending = context.txn.interactions().pending_follow_ups(contact->id, kFollowUpRows);
  if (!pending) return pending.error();
  std::optional<Day> next;
  for (const Interaction& waiting : *pending)
    if (waiting.follow_up && (!next || *waiting.follow_up < *next)) next = waiting.follow_up;
  if (contact->next_follow_up == next) return {};
  contact->next_follow_up = next;
  Result<Contact> stored = context.txn.contacts().update(std::move(*contact));
  return stored ? Done{} : Done{stored.error()};
}

std::string bar_text(const ToolContext& context, const ContactId& contact, const LeadId& lead) {
  ContactId person = contact;
  std::string ended;
  if (!lead.empty())
    if (const Result<Lead> found = context.txn.leads().find(lead)) {
      if (person.empty()) person = found->contact;
      if (found->state == CanonicalState::lost || found->state == CanonicalState::disqualified)
        ended = "lead " + std::string(state_name(found->state));
    }
  if (person.empty()) return ended;
  const Result<Contact> found = context.txn.contacts().find_live(person);
  if (!found) return ended;
  if (found->archived) return "archived";
  return found->do_not_contact ? "not to be contacted" : ended;
}

std::string due_text(Day due, Day today) {
  const int days = days_between(due, today);
  if (days == 0) return "today";
  if (days == -1) return "tomorrow";
  if (days < 0) return "on " + to_short_text(due);
  return count_of(static_cast<std::size_t>(days), "day", "days") + " overdue (since " + to_short_text(due) + ")";
}

}  // namespace deskhand::tools
