// What the files of the scheduler share; internal to the folder.
#pragma once

#include "crm/org.h"
#include "schedule/scheduler.h"

namespace deskhand::schedule {

struct Scheduler::Place {
  Org org;
  Zone zone;
  Instant now;
};

// Jobs of their own beside the behaviours of the settings: "reminder R-3", "first_step" with an enrolment.
const Behaviour& reminder_behaviour();
const Behaviour& first_step_behaviour();

std::vector<User> owners_of(const std::vector<User>& users);
// "Late: this was due Mon Mar 2, 8:00 AM; it also stands for 4 earlier runs that were missed."; "" when it is not late.
std::string late_line(const Job& job, const Plan& plan, const Zone& business, Instant now);

// A failure of the store itself, as opposed to one of what was asked: the job stays as it is and is tried again.
inline bool is_the_stores(Code code) {
  return code == Code::unavailable || code == Code::unknown_outcome || code == Code::corrupt;
}

}  // namespace deskhand::schedule
