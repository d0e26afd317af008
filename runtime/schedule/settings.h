// What runs when: the behaviours this program knows, each with the plan that the procedure, the configuration or the
// documents give it. The configuration leads, then the procedure; a behaviour of the procedure (T1 to T4) that it does
// not have is off.
//
// Thread rule: value types and pure functions. Made anew when the procedure or the configuration has changed.
// Codes: invalid_argument (a behaviour nobody knows, with the nearest one; a time that can not be read).
#pragma once

#include <map>
#include <string>
#include <vector>

#include "base/result.h"
#include "procedure/procedure.h"
#include "schedule/plan.h"

namespace deskhand::schedule {

// How a behaviour is carried out.
enum class Work {
  report,      // one reading tool, its text to the owners
  rep_report,  // the same for each person who has leads of their own
  rescore,     // the same system tool for each open lead (S4-J3)
  sequences,   // the steps of sequences that have come, then a report of them to each person and the owners
  first_step,  // of one lead that has just come into a sequence whose first step waits for nothing
  reminder,    // one reminder that has a time of day
};

struct Behaviour {
  std::string name;    // "morning_list": what configuration, command line and jobs call it
  std::string tool;    // what it calls
  std::string title;   // "Morning list": the subject of its mail
  std::string what;    // one line for `deskhand schedule list`
  std::string source;  // "procedures/crm.md line 58", "the configuration", "S4-J2"
  Work work = Work::report;
  Plan plan;
};

struct Settings {
  std::vector<Behaviour> behaviours;  // in the order in which they run when several are due
  int again_after = 5;                // business or calendar days after which a lead still quiet is named again
  bool again_counts_business_days = true;
  bool tells_empty_days = false;
  bool limits_stages = false;  // the procedure says for some stage how long a lead may stand in it
  std::string procedure_version;

  const Behaviour* find(std::string_view name) const;  // by name; nullptr: no such behaviour
};

// `config` is the configuration's schedule section: a behaviour's name (or T1 to T4) and when; "again_after" with a
// number of days such as "5 business days"; "empty_days" with say or silent.
Result<Settings> make_settings(const procedure::Procedure& core, const std::map<std::string, std::string>& config);

}  // namespace deskhand::schedule
