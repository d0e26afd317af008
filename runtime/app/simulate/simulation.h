// A synthetic business on a virtual clock: customers write, call, go quiet, accept and complain, and some of them lie;
// the owner answers cards and lists; machines are off for days, programs end in the middle of a write, disks fill up,
// another process does the same work, clocks are set wrong, mail can not leave, the model is away. All of it goes
// through the real runtime in one process, and what design 1 promises is checked after every step.
//
// The same seed gives the same run. Thread rule: one thread, one simulation at a time. The folder is the simulation's
// own, in memory where there is some, and removed when it goes.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/result.h"

namespace deskhand::app::simulate {

struct Wish {
  int days = 30;
  int customers = 40;
  std::uint64_t seed = 1;
  std::string share;  // folder with procedures, schemas and prompts
};

struct Told {
  std::string zone;
  std::int64_t steps = 0, mails_in = 0, leads = 0, jobs = 0, sent = 0, notices = 0, wins = 0, restarts = 0, faults = 0,
               days_off = 0, checks = 0;
  std::string violation;  // "" when every promise held; else what broke, on which day, after which step
};

// Errors are those of the machine (no folder, no files); a broken promise is in `violation`.
Result<Told> simulate(const Wish& wish);

}  // namespace deskhand::app::simulate
