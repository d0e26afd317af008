// How a long conversation stays short: its older part becomes one step of the log, a digest made of what the person
// said and of what tools reported, so that turn 200 reads and costs what turn 20 does. The steps themselves stay in the
// log.
//
// Thread rule: value types and pure functions. Codes: corrupt when a payload can not be read.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "agent/run_log.h"
#include "base/result.h"

namespace deskhand::agent {

// The payload of a summary step of `history` (which may begin with an earlier summary), when it has grown beyond
// limits::kMessagesInContext; it leaves about the last third. `procedures` are the names of those in force by then.
Result<std::optional<std::string>> summary_of(const std::vector<Step>& history,
                                              const std::vector<std::string>& procedures);

// The conversation as it is read: the latest summary first, then the steps it does not cover. Without one, as it is.
Result<std::vector<Step>> with_summary_first(std::vector<Step> steps);

// Read by fold_messages() and fold_focus(); empty when the step is no summary.
struct SummaryNote {
  std::string text;
  std::vector<Choice> focus;  // most recent first
  std::vector<std::string> procedures;
};
Result<std::optional<SummaryNote>> read_summary(const Step& step);

}  // namespace deskhand::agent
