// Plays one scenario and says what did not hold.
//
// Thread rule: one thread per scenario; several may run at once.
#pragma once

#include <iosfwd>
#include <string>
#include <vector>

#include "app/eval/scenario.h"
#include "ports/model.h"

namespace deskhand::app::eval {

struct Failure {
  int line = 0;
  std::string what;
};
struct Verdict {
  bool passed = false;
  std::vector<Failure> failures;  // the first one that stops a scenario is the last
};

struct PlayOptions {
  bool restart_after_each = false;  // the program ends and starts again after everything the owner says
  std::ostream* trace = nullptr;    // gets every message with what was called, weighed and answered
  Model* model = nullptr;    // asked instead of embedded where the scenario wrote no script; must outlive the play
  bool record_only = false;  // a model of its own words is judged by the record, never by what it says or calls
};
Verdict play(const Scenario& scenario, const std::string& share, const PlayOptions& options);

}  // namespace deskhand::app::eval
