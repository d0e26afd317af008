// One turn as a value, and the pure function that decides its future. Streaming, resume, schedule and approval are inputs to
// it or observers of it; there is no second loop.
//
// Thread rule: value types and pure functions. Source: design 7.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "crm/conversation.h"
#include "ports/model.h"

namespace deskhand::agent {

struct ToolResult {
  ProposedCall call;
  bool ok = false;
  bool models_mistake = false;  // bad arguments or an unknown tool: it may try again, twice
};

// Everything the decision needs, folded from the run's steps; equal steps give an equal state, before and after a crash.
struct TurnState {
  int model_answers = 0;
  std::vector<ProposedCall> waiting;   // of the last answer, not run yet, in order
  std::vector<ToolResult> results;     // of the whole turn, in order
  bool answered_without_calls = false; // the last answer had none: it is the reply
  bool replied = false;                // the reply is committed
  bool picked = false;                 // the person chose the tool: no model is asked
  int resumes = 0;                     // processes that went on with it after the first
  bool answers_cards = false;          // its words answered cards: no model is asked
  bool parked = false;                 // some call of this turn waits for a yes
  bool cancelled = false;
};

struct AskModel {};
struct RunTools { ProposedCall call; };  // one at a time, so that each is a step of its own
struct WaitForPerson {};                 // replied; the run rests until the card is answered
struct Reply {};
struct Halt { std::string why; };        // one sentence for the person; what was done stays done
struct Finished {};
using NextStep = std::variant<AskModel, RunTools, WaitForPerson, Reply, Halt, Finished>;

NextStep next_step(const TurnState& state);

}  // namespace deskhand::agent
