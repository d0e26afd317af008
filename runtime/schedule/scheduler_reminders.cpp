// Reminders with a time of day, each a job of its own that is done once. One whose day went by while nobody looked stands in the
// next morning list and is not told a second time.
#include "base/ids.h"
#include "base/limits.h"
#include "base/text.h"
#include "schedule/place.h"

namespace deskhand::schedule {
namespace {

constexpr std::string_view kBehaviour = "reminder";  // a job's is "reminder R-3"

std::string job_name_of(const Reminder& reminder) {
  return std::string(kBehaviour) + " " + Ref{ref_prefix::kReminder, reminder.head.ref_number}.text();
}

// "Reminder, 3:00 PM: call back about the boiler — Ana Ruiz"
std::string words_of(const Reminder& reminder, Txn& txn) {
  std::string words = printable_line(reminder.text);
  if (reminder.contact.empty()) return words;
  const auto contact = txn.contacts().find_live(reminder.contact);
  const std::string name = contact ? printable_line(contact->full_name()) : "";
  return name.empty() || words.find(name) != std::string::npos ? words : words + " — " + name;
}

}  // namespace

const Behaviour& reminder_behaviour() {
  static const Behaviour behaviour{std::string(kBehaviour), "", "Reminder", "a reminder that has a time of day", "set_reminder", Work::reminder, {}};
  return behaviour;
}

Done Scheduler::add_timed_reminders(const Place& place, Txn& txn, std::vector<Due>& found) const {
  const Day today = place.zone.day_of(place.now);
  Result<std::vector<Reminder>> reminders = txn.interactions().timed_reminders(today, limits::kPageRowsMax);
  if (!reminders) return reminders.error();
  for (const Reminder& reminder : *reminders) {
    const Instant due_at = place.zone.to_instant({today, *reminder.due_minute, 0});
    if (due_at > place.now) continue;
    if (Done done = add_unless_known(place, reminder_behaviour(), job_name_of(reminder), due_at, txn, found); !done) return done;
  }
  return {};
}

Result<RanJob> Scheduler::tell_reminder(const Place& place, const Due& due, bool is_last) {
  RanJob ran{place.org.id, due.job.behaviour, due.job.day, false, "", ""};
  const auto ref = parse_ref(std::string_view(due.job.behaviour).substr(kBehaviour.size() + 1));
  if (!ref) return make_error(Code::internal, "A reminder's job has no reminder.", due.job.behaviour);
  const Done told = store_.write(place.org.id, [&](Txn& txn) -> Done {
    ran.result = "nothing";
    ran.text.clear();
    Result<Reminder> reminder = txn.interactions().find_reminder_by_ref(ref->number);
    if (!reminder) return reminder.error();
    if (reminder->status == FollowUpStatus::pending && reminder->due == due.job.day) {
      Result<std::vector<User>> users = txn.org().users();
      if (!users) return users.error();
      const std::string words = words_of(*reminder, txn);
      const std::string late = late_line(due.job, due.behaviour->plan, place.zone, clock_.now());
      ran.text = (late.empty() ? "" : late + "\n") + "Reminder, " + to_clock_text(reminder->due_minute.value_or(0)) + ":\n1. " + words;
      ran.result = "told";
      const ListItem item{1, Noun::reminder, ref->text(), shorten(words, limits::kNameBytes)};
      if (Done done = tell(txn, due, owners_of(*users), ran.text, {item}); !done) return done;
    }
    return finish(txn, place, due, ran.result, is_last);
  });
  ran.done = told.has_value();
  if (!told && told.error().code != Code::conflict) return told.error();  // conflict: another worker took it over
  return ran;
}

}  // namespace deskhand::schedule
