// NurtureStore in SQL.
//
// Thread rule: part of the unit of work its session belongs to.
#pragma once

#include "ports/store/nurture_store.h"
#include "store/session.h"

namespace deskhand::store {

class SqlNurtureStore final : public NurtureStore {
 public:
  explicit SqlNurtureStore(Session& session) : session_(session) {}

  Result<std::vector<StageSetting>> stages() const override;
  Result<StageSetting> put(StageSetting stage) override;
  Result<Enrolment> insert(Enrolment enrolment) override;
  Result<Enrolment> update(Enrolment enrolment) override;
  Result<std::optional<Enrolment>> open_of(const LeadId& lead) const override;
  Result<std::vector<Enrolment>> all_of(const LeadId& lead, std::size_t rows_max) const override;
  Result<std::vector<Enrolment>> open_of_contact(const ContactId& contact, std::size_t rows_max) const override;
  Result<std::vector<Enrolment>> open(std::size_t rows_max) const override;
  Result<std::vector<Enrolment>> due(Day on_or_before, std::size_t rows_max) const override;
  Result<std::int64_t> newest_interaction() const override;
  Done append(NurtureEntry entry) override;
  Result<std::vector<NurtureEntry>> entries_of(const LeadId& lead, std::size_t rows_max) const override;
  Result<std::vector<NurtureEntry>> entries_since(Instant from, NurtureEvent event,
                                                  std::size_t rows_max) const override;
  Result<std::vector<LeadId>> overdue_in_stage(CanonicalState state, Instant entered_before,
                                               std::size_t rows_max) const override;
  Result<std::int64_t> count_overdue_in_stage(CanonicalState state, Instant entered_before) const override;
  Done set_sla_raised(const LeadId& lead, Day day) override;
  LeadNews take_news() override;

 private:
  Done set_snapshot(const Enrolment& enrolment);

  Session& session_;
};

}  // namespace deskhand::store
