// What models cost is on the record, and no limit is passed.
#include "tests/unit/app/model_stage.h"

using namespace deskhand;
using namespace deskhand::app;
using test::Vendor;
using test::VendorAnswer;

namespace {

VendorAnswer dear(std::string text, int input_tokens, int output_tokens) {
  VendorAnswer answer;
  answer.text = std::move(text);
  answer.input_tokens = input_tokens;
  answer.output_tokens = output_tokens;
  return answer;
}

ModelLimits no_limits() {
  ModelLimits limits;
  limits.turn_cost_micros = limits.conversation_cost_micros = limits.day_cost_micros = std::nullopt;
  return limits;
}

}  // namespace

TEST(ModelSpending, counts_tokens_and_money_of_every_answer_by_day_model_and_conversation) {
  ModelStage stage({Vendor::anthropic, false});
  stage.wire.vendor.answer(dear("Yes?", 1000, 100));
  stage.wire.vendor.answer(dear("Yes.", 2000, 200));
  stage.say("hello there");
  stage.say("hello again");
  for (const SpendBy by : {SpendBy::day, SpendBy::model, SpendBy::conversation}) {
    const auto lines = stage.spent(by);
    ASSERT_EQ(lines.size(), 1u);
    EXPECT_EQ(lines[0].sum.answers, 2);
    EXPECT_EQ(lines[0].sum.input_tokens, 3000);
    EXPECT_EQ(lines[0].sum.output_tokens, 300);
    EXPECT_EQ(lines[0].sum.cost_micros, 3000 * 3 + 300 * 15);
  }
  EXPECT_EQ(stage.spent(SpendBy::model)[0].key, "claude");
}

TEST(ModelSpending, asks_embedded_and_says_so_when_a_limit_of_the_day_would_be_passed) {
  ModelLimits limits = no_limits();
  limits.day_cost_micros = 2'000'000;
  ModelStage stage({Vendor::openai, false}, limits);
  stage.wire.vendor.answer(dear("Yes?", 650'000, 100));  // 1.95
  stage.say("hello there");
  const TurnReply reply = stage.say("Add a new customer: Ana Ruiz, 512-555-0142");
  EXPECT_NE(reply.text.find("Answered by embedded because gpt was not asked: the limit of $2.00 a day is reached."),
            std::string::npos)
      << reply.text;
  EXPECT_EQ(stage.contacts(), 1u);
  EXPECT_EQ(stage.wire.vendor.received().size(), 1u);
  stage.wire.clock.advance(std::chrono::hours(24));
  stage.wire.vendor.answer(dear("A new day.", 10, 10));
  EXPECT_EQ(stage.say("hello").text, "A new day.");
}

TEST(ModelSpending, holds_a_turn_and_a_conversation_to_their_tokens) {
  ModelLimits limits = no_limits();
  limits.conversation_tokens = 200'000;
  ModelStage stage({Vendor::anthropic, false}, limits);
  stage.wire.vendor.answer(dear("Yes?", 190'000, 1'000));
  stage.say("hello there");
  EXPECT_NE(stage.say("hello again").text.find("the limit of 200000 tokens a conversation is reached"),
            std::string::npos);
  ModelLimits turn = no_limits();
  turn.turn_tokens = 10;
  ModelStage strict({Vendor::anthropic, false}, turn);
  EXPECT_NE(strict.say("hello").text.find("the limit of 10 tokens a turn is reached"), std::string::npos);
  EXPECT_TRUE(strict.wire.vendor.received().empty());
}

TEST(ModelSpending, counts_an_answer_that_could_not_be_used) {
  ModelLimits limits = no_limits();
  limits.day_cost_micros = 2'000'000;
  ModelStage stage({Vendor::openai, false}, limits);
  VendorAnswer cut = dear("", 650'000, 2'048);
  cut.stop = "length";
  stage.wire.vendor.answer(cut);
  EXPECT_NE(stage.say("hello there").text.find("used up its tokens before it answered"), std::string::npos);
  const auto lines = stage.spent(SpendBy::model);
  ASSERT_EQ(lines.size(), 1u);
  EXPECT_EQ(lines[0].key, "gpt");
  EXPECT_EQ(lines[0].sum.input_tokens, 650'000);
  EXPECT_EQ(lines[0].sum.output_tokens, 2'048);
  EXPECT_NE(stage.say("hello again").text.find("the limit of $2.00 a day is reached"), std::string::npos);
  EXPECT_EQ(stage.wire.vendor.received().size(), 1u);
}

TEST(ModelSpending, says_that_an_answer_was_cut_off_at_its_length) {
  ModelStage stage({Vendor::openai, false}, no_limits());
  VendorAnswer cut = dear("The first is Ana, the second is to", 10, 2'048);
  cut.stop = "length";
  stage.wire.vendor.answer(cut);
  EXPECT_NE(stage.say("hello there").text.find("was cut off: it reached its length"), std::string::npos);
}
