// What the calendar of a business runs and leaves behind: a job is one behaviour on one local date, once; a digest is what it
// had to say to a person; a naming is when a quiet lead was last named in full.
//
// Thread rule: value types. The key of a job is org + behaviour + local date: whatever happens to clocks, processes and power,
// the database lets it be done once.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.h"
#include "crm/conversation.h"
#include "crm/record.h"

namespace deskhand {

enum class JobState { leased, done, failed };
std::string_view name_of(JobState state);
std::optional<JobState> parse_job_state(std::string_view name);

struct Job {
  std::string behaviour;  // "morning_list"
  Day day;                // the local date it is for
  JobState state = JobState::leased;
  Instant due_at;         // when it should have run
  std::string worker;     // who holds the lease
  Instant lease_until;
  int attempts = 0;
  int missed = 0;         // earlier dates that this run stands in for
  Instant started_at;
  std::optional<Instant> ended_at;
  std::string result;     // one line: "3 items", "nothing", or why it failed
};

// What one behaviour had to say to one person on one date. Its lines are numbered from 1 in `items`; delivery numbers several
// digests through.
struct Digest {
  std::string id;
  std::string behaviour;
  Day day;
  UserId user;             // whom it is for
  std::string text;
  std::vector<ListItem> items;
  Instant made_at;
};

struct LeadNaming {
  LeadId lead;
  Day named_on;
  Day quiet_since;  // the last touch it was named for; a later touch begins a new silence
};

// Who paused a behaviour, or let it go on again.
struct BehaviourPause {
  std::string behaviour;
  bool paused = true;
  std::string by;  // login
  Instant at;
};

// Several digests as one text with one numbering, so that "3" means one thing.
struct NumberedDigests {
  std::string text;
  std::vector<ListItem> items;
};
NumberedDigests number_through(const std::vector<Digest>& digests);

}  // namespace deskhand
