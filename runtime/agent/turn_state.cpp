#include "agent/turn_state.h"

#include <algorithm>

#include "base/limits.h"

namespace deskhand::agent {
namespace {

bool same_call(const ProposedCall& left, const ProposedCall& right) {
  return left.tool == right.tool && left.arguments_text == right.arguments_text;
}

int equal_calls_at_end(const TurnState& state, const ProposedCall& next) {
  int equal = 0;
  for (auto result = state.results.rbegin(); result != state.results.rend() && same_call(result->call, next); ++result) ++equal;
  return equal;
}

int mistakes(const TurnState& state) {
  return static_cast<int>(
      std::count_if(state.results.begin(), state.results.end(), [](const ToolResult& result) { return result.models_mistake; }));
}

}  // namespace

NextStep next_step(const TurnState& state) {
  if (state.replied && state.parked) return WaitForPerson{};
  if (state.replied) return Finished{};
  if (state.cancelled) return Halt{"Stopped, as you asked. What was done before stays done."};
  if (!state.waiting.empty()) {
    const ProposedCall& next = state.waiting.front();
    if (static_cast<int>(state.results.size()) >= limits::kCallsPerTurn)
      return Halt{"I stopped after " + std::to_string(limits::kCallsPerTurn) + " steps; say what is still missing and I'll go on."};
    if (equal_calls_at_end(state, next) >= limits::kEqualCallsInARow - 1)
      return Halt{"I kept trying the same thing, so I stopped. Please say it differently."};
    return RunTools{next};
  }
  if (state.answered_without_calls || state.picked) return Reply{};
  if (mistakes(state) > limits::kRepairsPerTurn) return Halt{"I could not put that into a proper request. Please say it differently."};
  if (state.model_answers >= limits::kModelAnswersPerTurn) return Halt{"I stopped because this took too many steps."};
  return AskModel{};
}

}  // namespace deskhand::agent
