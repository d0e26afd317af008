// Jobs, digests and what they remember, in the store. Reached only through a Txn (one org). None of it is a record of a
// customer; all of it is kept. Codes: not_found; conflict (somebody else has the job); unavailable; corrupt.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "crm/job.h"

namespace deskhand {

class ScheduleStore {
 public:
  virtual ~ScheduleStore() = default;

  // Takes the job of that behaviour and day until job.lease_until: when nobody has it yet, or when whoever had it let its lease
  // end without finishing. nullopt: it is done, failed for good, or in other hands. Exactly one of several callers gets it.
  virtual Result<std::optional<Job>> claim(const Job& job, Instant now) = 0;
  // leased by `worker` -> done or failed. conflict when another worker has taken it over: the caller's unit of work must fail,
  // so that what it did is taken back.
  virtual Done finish(const Job& job, JobState state, std::string_view result, Instant now) = 0;
  // The lease ends at `again_at`; the attempt counts.
  virtual Done release(const Job& job, std::string_view why, Instant again_at) = 0;
  virtual Result<std::optional<Job>> find_job(std::string_view behaviour, Day day) const = 0;
  // The newest job of that behaviour for an earlier day.
  virtual Result<std::optional<Job>> job_before(std::string_view behaviour, Day day) const = 0;
  virtual Result<std::optional<Job>> last_job(std::string_view behaviour) const = 0;

  virtual Result<std::vector<BehaviourPause>> pauses() const = 0;
  // false: it was so already.
  virtual Result<bool> set_paused(std::string_view behaviour, bool paused, std::string_view by, Instant now) = 0;

  // A second digest of that behaviour, day and person is a conflict.
  virtual Result<Digest> insert(Digest digest) = 0;
  // Newest first, those that this channel has not had yet. What of them is told: telling.h.
  virtual Result<std::vector<Digest>> undelivered(const UserId& user, std::string_view channel, std::size_t rows_max) const = 0;
  // conflict: this channel has had it.
  virtual Done mark_delivered(const Digest& digest, std::string_view channel, Instant now) = 0;

  virtual Result<std::optional<LeadNaming>> naming_of(const LeadId& lead) const = 0;
  virtual Done set_naming(const LeadNaming& naming) = 0;
};

}  // namespace deskhand
