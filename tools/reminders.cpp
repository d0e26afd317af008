#include "tools/reminders.h"

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

constexpr std::int64_t kDaysAheadMax = 3650;
constexpr std::int64_t kMonthsAheadMax = 120;

struct Due {
  Day day;
  std::optional<int> minute;
};

Result<Day> due_day(const Json& arguments, const ToolContext& context) {
  const int said = given(arguments, "date") + given(arguments, "in_days") + given(arguments, "in_months");
  if (said != 1)
    return make_error(Code::invalid_argument, said == 0 ? "For when? Give date, in_days, in_months or time."
                                                        : "Give only one of date, in_days and in_months.");
  if (given(arguments, "in_days"))
    return context.today.plus_days(static_cast<int>(integer(arguments, "in_days", 1, 1, kDaysAheadMax)));
  if (given(arguments, "in_months"))
    return context.today.plus_months(static_cast<int>(integer(arguments, "in_months", 1, 1, kMonthsAheadMax)));
  Result<std::optional<Day>> date = day(arguments, "date", context.today);
  if (!date) return date.error();
  if (!*date || **date < context.today)
    return make_error(Code::invalid_argument,
                      "date " + line(arguments, "date") + " is past; give today or a later day");
  if (days_between(context.today, **date) > kDaysAheadMax)
    return make_error(Code::invalid_argument, "date " + to_iso(**date) + " is more than ten years away");
  return **date;
}

Result<Due> due_of(const Json& arguments, const ToolContext& context) {
  Due due;
  if (given(arguments, "time")) {
    const std::string clock = line(arguments, "time");
    const Result<int> minute = parse_clock(clock);
    if (!minute) return make_error(Code::invalid_argument, "time " + clock + " is no time of day; write it as 14:30");
    due.minute = *minute;
  }
  const int minute_now = zone_of(context.org).to_local(context.now).minute_of_day;
  const bool has_day = given(arguments, "date") || given(arguments, "in_days") || given(arguments, "in_months");
  if (due.minute && !has_day) {  // the next time the clock shows it
    due.day = context.today.plus_days(*due.minute > minute_now ? 0 : 1);
    return due;
  }
  Result<Day> day = due_day(arguments, context);
  if (!day) return day.error();
  due.day = *day;
  if (due.minute && due.day == context.today && *due.minute <= minute_now)
    return make_error(Code::invalid_argument, "Today, " + to_clock_text(*due.minute) + " is past; give a time to come.");
  return due;
}

struct WantedReminder {
  Subject subject;
  Reminder reminder;
};

Result<WantedReminder> read_wanted_reminder(const Json& arguments, const ToolContext& context) {
  WantedReminder wanted;
  Result<Due> due = due_of(arguments, context);
  if (!due) return due.error();
  Result<Subject> subject = resolve_subject(arguments, context, Scope::open_first);
  if (!subject) return subject.error();
  wanted.subject = std::move(*subject);
  wanted.reminder.due = due->day;
  wanted.reminder.due_minute = due->minute;
  wanted.reminder.text = shorten(line(arguments, "text"), limits::kSubjectBytes);
  if (wanted.reminder.text.empty() && wanted.subject.empty())
    return make_error(Code::invalid_argument,
                      "Remind you of what? Give text, or name a contact, a lead or an opportunity.");
  if (wanted.reminder.text.empty()) wanted.reminder.text = "Check back with " + wanted.subject.name();
  wanted.reminder.contact = wanted.subject.contact_id();
  wanted.reminder.lead = wanted.subject.lead_id();
  wanted.reminder.opportunity = wanted.subject.opportunity_id();
  return wanted;
}

Result<Proposal> propose_set_reminder(const Json& arguments, const ToolContext& context) {
  Result<WantedReminder> wanted = read_wanted_reminder(arguments, context);
  if (!wanted) return wanted.error();
  Json resolved = arguments;
  put_refs(wanted->subject, resolved);
  resolved.erase("in_days");
  resolved.erase("in_months");
  resolved["date"] = to_iso(wanted->reminder.due);
  if (wanted->reminder.due_minute) resolved["time"] = to_iso_clock(*wanted->reminder.due_minute);
  Proposal proposal;
  proposal.effects = {ChangesRecord{Noun::reminder, true}};
  proposal.arguments = share(std::move(resolved));
  proposal.summary = "Reminder on " + due_text(wanted->reminder) + ": " + wanted->reminder.text;
  proposal.contact = wanted->subject.contact_id();
  proposal.lead = wanted->subject.lead_id();
  return proposal;
}

Result<ToolOutcome> run_set_reminder(const Json& arguments, ToolContext& context) {
  Result<WantedReminder> wanted = read_wanted_reminder(arguments, context);
  if (!wanted) return wanted.error();
  Result<Reminder> stored = context.txn.interactions().insert(wanted->reminder);
  if (!stored) return stored.error();
  ToolOutcome outcome;
  outcome.data = share(to_data(*stored, context));
  outcome.text = "Reminder set for " + to_short_text(stored->due) + ", " + std::to_string(stored->due.year()) +
                 (stored->due_minute ? ", " + to_clock_text(*stored->due_minute) : "") + ": " +
                 printable_line(stored->text) + " (" + ref_of(*stored) + ").";
  outcome.touched = {ref_of(*stored)};
  if (const std::string about = wanted->subject.main_ref(); !about.empty()) outcome.touched.push_back(about);
  return outcome;
}

Result<Reminder> reminder_to_cancel(const Json& arguments, const ToolContext& context) {
  const std::string words = line(arguments, "reminder");
  if (words.empty()) return make_error(Code::invalid_argument, "Which reminder? Name its ref (R-3) or the person.");
  Result<Reminder> reminder = resolve_reminder(context, words);
  if (!reminder) return reminder;
  if (reminder->status != FollowUpStatus::pending)
    return make_error(Code::conflict, ref_of(*reminder) + " is " + std::string(name_of(reminder->status)) + " already");
  return reminder;
}

Result<Proposal> propose_cancel_reminder(const Json& arguments, const ToolContext& context) {
  Result<Reminder> reminder = reminder_to_cancel(arguments, context);
  if (!reminder) return reminder.error();
  Proposal proposal;
  proposal.effects = {ChangesRecord{Noun::reminder, false}};
  proposal.arguments = share(Json{{"reminder", ref_of(*reminder)}});
  proposal.contact = reminder->contact;
  return proposal;
}

Result<ToolOutcome> run_cancel_reminder(const Json& arguments, ToolContext& context) {
  Result<Reminder> reminder = reminder_to_cancel(arguments, context);
  if (!reminder) return reminder.error();
  reminder->status = FollowUpStatus::canceled;
  Result<Reminder> stored = context.txn.interactions().update(std::move(*reminder));
  if (!stored) return stored.error();
  ToolOutcome outcome;
  outcome.data = share(to_data(*stored, context));
  outcome.text = "Cancelled the reminder for " + due_text(*stored) + ": " + printable_line(stored->text) +
                 " (" + ref_of(*stored) + ").";
  outcome.touched = {ref_of(*stored)};
  return outcome;
}

ToolSpec set_reminder_spec() {
  Json properties = subject_properties();
  properties["date"] = date_of("The day of the reminder; or in_days, or in_months.");
  properties["in_days"] = number_of("So many days from today.", 1, kDaysAheadMax);
  properties["in_months"] = number_of("So many months from today.", 1, kMonthsAheadMax);
  properties["time"] = clock_of("When on that day, in the business's own time: 14:30. Without a day: the next time it is that late.");
  properties["text"] =
      text_of("What to be reminded of; \"Check back with\" the person when left out.", limits::kSubjectBytes);
  ToolSpec spec;
  spec.name = "set_reminder";
  spec.description =
      "Remind the business of something on a day, at a time when one is given, such as checking back with somebody some months after a lost deal.";
  spec.arguments = share(closed_schema(std::move(properties), {}));
  spec.effect = EffectClass::write;
  spec.undoable = true;
  return spec;
}

ToolSpec cancel_reminder_spec() {
  ToolSpec spec;
  spec.name = "cancel_reminder";
  spec.description = "Cancel a reminder that is not needed any more.";
  spec.arguments = share(closed_schema(
      {{"reminder",
        text_of("The reminder: R-3, some of its words, or the person when only one waits.", limits::kNameBytes)}},
      {"reminder"}));
  spec.effect = EffectClass::write;
  spec.undoable = true;
  return spec;
}

}  // namespace

Tools reminder_tools() {
  Tools tools;
  tools.push_back(make_tool(set_reminder_spec(), propose_set_reminder, run_set_reminder));
  tools.push_back(make_tool(cancel_reminder_spec(), propose_cancel_reminder, run_cancel_reminder));
  return tools;
}

}  // namespace deskhand::tools
