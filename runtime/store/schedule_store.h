// ScheduleStore in SQL.
//
// Thread rule: part of the unit of work its session belongs to.
#pragma once

#include "ports/store/schedule_store.h"
#include "store/session.h"

namespace deskhand::store {

class SqlScheduleStore final : public ScheduleStore {
 public:
  explicit SqlScheduleStore(Session& session) : session_(session) {}

  Result<std::optional<Job>> claim(const Job& job, Instant now) override;
  Done finish(const Job& job, JobState state, std::string_view result, Instant now) override;
  Done release(const Job& job, std::string_view why, Instant again_at) override;
  Result<std::optional<Job>> find_job(std::string_view behaviour, Day day) const override;
  Result<std::optional<Job>> job_before(std::string_view behaviour, Day day) const override;
  Result<std::optional<Job>> last_job(std::string_view behaviour) const override;
  Result<std::vector<BehaviourPause>> pauses() const override;
  Result<bool> set_paused(std::string_view behaviour, bool paused, std::string_view by, Instant now) override;
  Result<Digest> insert(Digest digest) override;
  Result<std::vector<Digest>> undelivered(const UserId& user, std::string_view channel,
                                          std::size_t rows_max) const override;
  Done mark_delivered(const Digest& digest, std::string_view channel, Instant now) override;
  Result<std::optional<LeadNaming>> naming_of(const LeadId& lead) const override;
  Done set_naming(const LeadNaming& naming) override;

 private:
  Session& session_;
};

}  // namespace deskhand::store
