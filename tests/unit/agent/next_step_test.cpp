#include <gtest/gtest.h>

#include "agent/turn_state.h"
#include "base/limits.h"

namespace deskhand::agent {
namespace {

ProposedCall call(const std::string& tool, const std::string& arguments = "{}") { return {"id", tool, arguments}; }

template <class Step>
bool is(const NextStep& step) {
  return std::holds_alternative<Step>(step);
}

TEST(NextStep, asks_the_model_first) { EXPECT_TRUE(is<AskModel>(next_step({}))); }

TEST(NextStep, runs_proposed_calls_one_at_a_time_in_order) {
  TurnState state;
  state.model_answers = 1;
  state.waiting = {call("first"), call("second")};
  const NextStep step = next_step(state);
  ASSERT_TRUE(is<RunTools>(step));
  EXPECT_EQ(std::get<RunTools>(step).call.tool, "first");
}

TEST(NextStep, asks_again_after_the_calls_and_replies_when_an_answer_has_none) {
  TurnState state;
  state.model_answers = 1;
  state.results = {{call("find_contact"), true, false}};
  EXPECT_TRUE(is<AskModel>(next_step(state)));
  state.answered_without_calls = true;
  EXPECT_TRUE(is<Reply>(next_step(state)));
}

TEST(NextStep, rests_after_the_reply_only_while_something_waits_for_a_yes) {
  TurnState state;
  state.replied = true;
  EXPECT_TRUE(is<Finished>(next_step(state)));
  state.parked = true;
  EXPECT_TRUE(is<WaitForPerson>(next_step(state)));
}

TEST(NextStep, halts_at_the_bound_of_calls) {
  TurnState state;
  state.waiting = {call("next")};
  for (int i = 0; i < limits::kCallsPerTurn; ++i) state.results.push_back({call("tool", std::to_string(i)), true, false});
  EXPECT_TRUE(is<Halt>(next_step(state)));
}

TEST(NextStep, halts_at_the_fourth_equal_call_in_a_row) {
  TurnState state;
  state.waiting = {call("find_contact", R"({"query":"x"})")};
  for (int i = 0; i < limits::kEqualCallsInARow - 2; ++i) state.results.push_back({call("find_contact", R"({"query":"x"})"), true, false});
  EXPECT_TRUE(is<RunTools>(next_step(state)));
  state.results.push_back({call("find_contact", R"({"query":"x"})"), true, false});
  EXPECT_TRUE(is<Halt>(next_step(state)));
}

TEST(NextStep, gives_a_mistaken_model_two_more_tries) {
  TurnState state;
  for (int i = 0; i < limits::kRepairsPerTurn; ++i) state.results.push_back({call("tool", std::to_string(i)), false, true});
  EXPECT_TRUE(is<AskModel>(next_step(state)));
  state.results.push_back({call("tool", "again"), false, true});
  EXPECT_TRUE(is<Halt>(next_step(state)));
}

TEST(NextStep, halts_when_cancelled_whatever_waits) {
  TurnState state;
  state.cancelled = true;
  state.waiting = {call("tool")};
  EXPECT_TRUE(is<Halt>(next_step(state)));
}

}  // namespace
}  // namespace deskhand::agent
