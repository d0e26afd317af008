// The lines by which a scenario sets its stage ("given contact: ..."), as tool calls of the owner.
//
// Thread rule: pure functions.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "app/eval/scenario.h"
#include "base/result.h"

namespace deskhand::app::eval {

struct GivenCall {
  std::string tool, arguments;
  std::string at;  // the day it stands for, or ""
};
// In order. invalid_argument: a part that is not understood.
Result<std::vector<GivenCall>> given_calls(const ScenarioLine& line);

}  // namespace deskhand::app::eval
