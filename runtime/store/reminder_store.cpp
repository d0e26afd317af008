// The reminders part of InteractionStore.
#include "store/interaction_store.h"

namespace deskhand::store {
namespace {

constexpr std::string_view kReminderColumns =
    "id, ref_number, version, created_at, updated_at, due, due_minute, text, contact_id, lead_id, opportunity_id, status";

Result<Reminder> read_reminder(const Row& row) {
  ColumnReader in(row);
  Reminder reminder;
  reminder.id = in.id<ReminderId>();
  reminder.head = in.head();
  reminder.due = in.day();
  if (const auto minute = in.maybe_number()) reminder.due_minute = static_cast<int>(*minute);
  reminder.text = in.text();
  reminder.contact = in.id<ContactId>();
  reminder.lead = in.id<LeadId>();
  reminder.opportunity = in.id<OpportunityId>();
  reminder.status = in.name(parse_follow_up_status);
  return in.finish(std::move(reminder));
}

Fields reminder_fields(const Reminder& reminder) {
  return {{"due", day(reminder.due)},
          {"due_minute", reminder.due_minute ? Value{std::int64_t{*reminder.due_minute}} : Value{}},
          {"text", reminder.text},
          {"contact_id", id(reminder.contact)},
          {"lead_id", id(reminder.lead)},
          {"opportunity_id", id(reminder.opportunity)},
          {"status", text(name_of(reminder.status))}};
}

}  // namespace

Result<Reminder> SqlInteractionStore::insert(Reminder reminder) {
  std::string id = reminder.id.text();
  Done inserted = session_.insert(record_table("reminders"), id, reminder.head, reminder_fields(reminder));
  if (!inserted) return inserted.error();
  reminder.id = ReminderId(id);
  return reminder;
}

Result<Reminder> SqlInteractionStore::update(Reminder reminder) {
  Done updated = session_.update(record_table("reminders"), reminder.id.text(), reminder.head, reminder_fields(reminder));
  if (!updated) return updated.error();
  return find_reminder_by_ref(reminder.head.ref_number);
}

Result<Reminder> SqlInteractionStore::find_reminder_by_ref(std::int64_t number) const {
  return session_.one("SELECT " + std::string(kReminderColumns) + " FROM reminders WHERE org_id = $1 AND ref_number = $2",
                      {number}, read_reminder, "reminder " + Ref{ref_prefix::kReminder, number}.text());
}

Result<std::vector<Reminder>> SqlInteractionStore::reminders_due(Day on_or_before, std::size_t rows_max) const {
  return session_.all(
      "SELECT " + std::string(kReminderColumns) +
          " FROM reminders WHERE org_id = $1 AND status = 'pending' AND due <= $2 ORDER BY due, ref_number LIMIT $3",
      {day(on_or_before), page(rows_max)}, read_reminder);
}

Result<std::vector<Reminder>> SqlInteractionStore::timed_reminders(Day on, std::size_t rows_max) const {
  return session_.all(
      "SELECT " + std::string(kReminderColumns) +
          " FROM reminders WHERE org_id = $1 AND status = 'pending' AND due = $2 AND due_minute IS NOT NULL ORDER BY due_minute, ref_number LIMIT $3",
      {day(on), page(rows_max)}, read_reminder);
}

}  // namespace deskhand::store
