// A conversation of any length reads like a short one, and what it was about is not lost.
#include "agent/summary.h"

#include <gtest/gtest.h>

#include "agent/agent.h"
#include "base/json.h"
#include "base/limits.h"

using namespace deskhand;
using namespace deskhand::agent;

namespace {

class Talk {
 public:
  void turn(const std::string& words) {
    const RunId run("run" + std::to_string(++runs_));
    int number = 0;
    const auto add = [&](StepKind kind, std::string payload) {
      steps.push_back({run, ++number, kind, std::move(payload), Instant{runs_}});
    };
    add(StepKind::person_said, person_said(words));
    if (auto payload = summary_of(steps, {"Core"}); payload && *payload) {
      add(StepKind::noted, **payload);
      summaries += 1;
      auto read = with_summary_first(std::move(steps));
      ASSERT_TRUE(read);
      steps = std::move(*read);
    }
    ModelReply reply;
    reply.calls.push_back({"c" + std::to_string(runs_), "create_contact", "{}"});
    add(StepKind::model_answered, model_answered(reply, "", 0));
    toolbox::CallResult result;
    result.ok = true;
    result.text = "Added: person " + std::to_string(runs_) + ".\nAnything else?";
    result.touched = {"C-" + std::to_string(runs_)};
    add(StepKind::tool_called, tool_called(reply.calls[0], result, EffectClass::write));
    reply.calls.clear();
    reply.text = "There.";
    add(StepKind::model_answered, model_answered(reply, "", 0));
    ReplyRecord record;
    record.text = "There.";
    add(StepKind::replied, replied(record));
  }
  std::vector<Step> steps;
  int summaries = 0;

 private:
  int runs_ = 0;
};

std::size_t messages_of(const std::vector<Step>& steps) {
  auto messages = fold_messages(steps);
  EXPECT_TRUE(messages);
  return messages ? messages->size() : 0;
}

}  // namespace

TEST(Summary, keeps_a_conversation_of_any_length_within_its_bound) {
  Talk talk;
  std::size_t longest = 0;
  for (int i = 1; i <= 200; ++i) {
    talk.turn("add person " + std::to_string(i));
    longest = std::max(longest, messages_of(talk.steps));
  }
  EXPECT_LE(longest, limits::kMessagesInContext + 5);
  EXPECT_GT(talk.summaries, 8);
  EXPECT_LT(talk.summaries, 40) << "a prefix that changes with every turn is in no cache";
}

TEST(Summary, says_first_what_was_said_and_done_before_and_marks_it) {
  Talk talk;
  for (int i = 1; i <= 20; ++i) talk.turn("add person " + std::to_string(i));
  ASSERT_EQ(talk.summaries, 1);
  auto messages = fold_messages(talk.steps);
  ASSERT_TRUE(messages);
  EXPECT_EQ(messages->front().speaker, Speaker::notice);
  EXPECT_TRUE(messages->front().from_outside);
  EXPECT_NE(messages->front().text.find("- said: add person 1\n- done: Added: person 1.\n- said: add person 2"),
            std::string::npos)
      << messages->front().text;
  EXPECT_EQ((*messages)[1].speaker, Speaker::person);
}

TEST(Summary, keeps_the_records_that_were_spoken_of) {
  Talk talk;
  for (int i = 1; i <= 17; ++i) talk.turn("add person " + std::to_string(i));
  ASSERT_EQ(talk.summaries, 1);
  auto focus = fold_focus(talk.steps, 12);
  ASSERT_TRUE(focus);
  ASSERT_EQ(focus->size(), 12u);
  EXPECT_EQ(focus->front().ref, "C-17");
  EXPECT_EQ(focus->back().ref, "C-6") << "one that only the summary remembers";
}

TEST(Summary, stays_within_its_bytes_by_losing_the_oldest_lines) {
  Talk talk;
  for (int i = 1; i <= 300; ++i) talk.turn("add person " + std::to_string(i) + " " + std::string(500, 'x'));
  auto messages = fold_messages(talk.steps);
  ASSERT_TRUE(messages);
  EXPECT_LT(messages->front().text.size(), 3500u);
  EXPECT_EQ(messages->front().text.find("person 1 "), std::string::npos);
}

TEST(Procedures, come_into_force_by_their_words_and_events_and_stay) {
  const std::vector<BriefedProcedure> all = {{"Core", "", {}, {"lead"}, {}},
                                             {"Estimating", "", {}, {"estimate", "price list"}, {}},
                                             {"Morning", "", {}, {"agenda"}, {procedure::ActivationEvent::scheduled_run}}};
  const auto said = [](std::string text) {
    ModelMessage message;
    message.text = std::move(text);
    return std::vector<ModelMessage>{message};
  };
  using Names = std::vector<std::string>;
  EXPECT_EQ(active_procedures(all, said("hello"), {}, {}), (Names{"Core"}));
  EXPECT_EQ(active_procedures(all, said("Two Estimates, please"), {}, {}), (Names{"Core", "Estimating"}));
  EXPECT_EQ(active_procedures(all, said("underestimated"), {}, {}), (Names{"Core"}));
  EXPECT_EQ(active_procedures(all, said("hello"), Events{procedure::ActivationEvent::scheduled_run}, {}), (Names{"Core", "Morning"}));
  EXPECT_EQ(active_procedures(all, said("hello"), {}, {"Estimating"}), (Names{"Core", "Estimating"}));
}
