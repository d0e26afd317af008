// What a scenario's lines expect, held against what happened and against the record. A check that does not hold is
// Code::conflict with one line: what was expected and what was there.
//
// Thread rule: one thread.
#pragma once

#include <string>
#include <vector>

#include "app/eval/scenario.h"
#include "app/eval/stage.h"

namespace deskhand::app::eval {

struct HappenedCall {
  std::string tool, code, rule;
  std::shared_ptr<const Json> arguments;
  bool ok = false, writes = false;
};

// The last thing that happened.
struct Happened {
  std::string text;  // the reply
  std::vector<HappenedCall> calls;
  std::vector<Card> cards;
  std::size_t sent_at_start = 0;  // messages that left while the stage was set

  void take(TurnReply reply, const toolbox::Toolbox& toolbox);
  void take(const std::string& tool, toolbox::CallResult result, const toolbox::Toolbox& toolbox);
  std::string everything() const;  // text and cards
};

Done check(const ScenarioLine& line, const Happened& happened, Stage& stage);

}  // namespace deskhand::app::eval
