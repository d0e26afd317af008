// Interactions and reminders in the store. Reached only through a Txn (one org). An interaction's content is refused any
// change by the database itself; what may move is its follow-up, its summary (once) and its voiding.
//
// Codes: not_found; conflict; unavailable; corrupt.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "crm/interaction.h"

namespace deskhand {

struct DueFollowUp {
  Interaction interaction;
  std::int64_t value_minor = 0;  // of its lead or opportunity, 0 when unknown
};

// Follow-ups that wait, due from `from` (absent: however long ago) up to and including `through`; of an assignee those of
// leads and deals that are theirs.
struct DueFilter {
  std::optional<Day> from;
  Day through;
  UserId assignee;
};

class InteractionStore {
 public:
  virtual ~InteractionStore() = default;
  // Also moves last_activity_at of its contact and lead, and last_contacted_at and Lead::contacted where counts_as_contact().
  virtual Result<Interaction> insert(Interaction interaction) = 0;
  virtual Result<Interaction> set_follow_up(const InteractionId& id, std::optional<Day> day, FollowUpStatus status) = 0;
  // `by` is the model that wrote it, "" for none. conflict when there is a summary.
  virtual Result<Interaction> set_summary(const InteractionId& id, std::string_view summary, std::string_view by) = 0;
  virtual Done set_voided(const InteractionId& id) = 0;
  virtual Result<Interaction> find_by_ref(std::int64_t number) const = 0;
  // Newest first; of the contact and of records merged into it, with those of its leads and opportunities. Voided left out.
  virtual Result<std::vector<Interaction>> of_contact(const ContactId& id, std::size_t rows_max) const = 0;
  virtual Result<std::vector<Interaction>> of_lead(const LeadId& id, std::size_t rows_max) const = 0;  // and of its opportunity
  virtual Result<std::vector<DueFollowUp>> follow_ups_due(Day on_or_before, std::size_t rows_max) const = 0;  // highest value, then oldest
  virtual Result<std::vector<Interaction>> pending_follow_ups(const ContactId& contact, std::size_t rows_max) const = 0;

  virtual Result<Reminder> insert(Reminder reminder) = 0;
  virtual Result<Reminder> update(Reminder reminder) = 0;
  virtual Result<Reminder> find_reminder_by_ref(std::int64_t number) const = 0;
  virtual Result<std::vector<Reminder>> reminders_due(Day on_or_before, std::size_t rows_max) const = 0;
  virtual Result<std::vector<Reminder>> timed_reminders(Day on, std::size_t rows_max) const = 0;  // pending ones with a time of day, earliest first

  // In the order of follow_ups_due(day), without those of ended leads and deals and of people archived or not to be contacted.
  virtual Result<std::vector<DueFollowUp>> due_page(const DueFilter& filter, std::size_t rows_max) const = 0;
  virtual Result<std::int64_t> count_due(const DueFilter& filter) const = 0;
};

}  // namespace deskhand
