// Interactions and reminders in SQL; ports/store/interaction_store.h says what each method promises.
//
// Thread rule: part of a Txn.
#pragma once

#include "ports/store/interaction_store.h"
#include "store/session.h"

namespace deskhand::store {

class SqlInteractionStore final : public InteractionStore {
 public:
  explicit SqlInteractionStore(Session& session) : session_(session) {}

  Result<Interaction> insert(Interaction interaction) override;
  Result<Interaction> set_follow_up(const InteractionId& id, std::optional<Day> day, FollowUpStatus status) override;
  Result<Interaction> set_summary(const InteractionId& id, std::string_view summary, std::string_view by) override;
  Done set_voided(const InteractionId& id) override;
  Result<Interaction> find_by_ref(std::int64_t number) const override;
  Result<std::vector<Interaction>> of_contact(const ContactId& id, std::size_t rows_max) const override;
  Result<std::vector<Interaction>> of_lead(const LeadId& id, std::size_t rows_max) const override;
  Result<std::vector<DueFollowUp>> follow_ups_due(Day on_or_before, std::size_t rows_max) const override;
  Result<std::vector<DueFollowUp>> due_page(const DueFilter& filter, std::size_t rows_max) const override;
  Result<std::int64_t> count_due(const DueFilter& filter) const override;
  Result<std::vector<Interaction>> pending_follow_ups(const ContactId& contact, std::size_t rows_max) const override;

  Result<Reminder> insert(Reminder reminder) override;
  Result<Reminder> update(Reminder reminder) override;
  Result<Reminder> find_reminder_by_ref(std::int64_t number) const override;
  Result<std::vector<Reminder>> reminders_due(Day on_or_before, std::size_t rows_max) const override;
  Result<std::vector<Reminder>> timed_reminders(Day on, std::size_t rows_max) const override;

 private:
  Result<Interaction> find(const InteractionId& id) const;
  Result<std::vector<DueFollowUp>> due(const DueFilter& filter, std::size_t rows_max, bool only_asked_for) const;
  Done touch_contacts(const Interaction& interaction);
  Done touch_lead(const Interaction& interaction);

  Session& session_;
};

}  // namespace deskhand::store
