// "1 draft" to a numbered list: a model in quarantine may word the follow-up from the stage's template and that lead's own record.
#include "tests/unit/app/model_stage.h"

#include "agent/draft_wording.h"
#include "base/json.h"

using namespace deskhand;
using namespace deskhand::app;
using test::Vendor;
using test::VendorAnswer;

namespace {

VendorAnswer says(std::string text) {
  VendorAnswer answer;
  answer.text = std::move(text);
  return answer;
}

class DraftWording : public ::testing::TestWithParam<Vendor> {
 protected:
  DraftWording() : stage({GetParam(), false}) {
    call("capture_inquiry", {{"name", "Ana Ruiz"}, {"email", "ana@ruiz.example"}, {"title", "Leaking shower"}, {"description", "The shower in the guest bath leaks."}, {"source", "email"}});
    call("capture_inquiry", {{"name", "Canary Birdsong"}, {"email", "canary@other.example"}, {"title", "Secret vault door"}, {"description", "Canary words."}, {"source", "email"}});
  }
  void call(const std::string& tool, const Json& arguments) {
    const auto result = stage.runtime->call(tool, to_text(arguments), "cli");
    EXPECT_TRUE(result.ok) << result.error;
  }
  // The list is shown by a tool that the person picks, so that no model is asked for it.
  void show_list() {
    stage.wire.clock.advance(std::chrono::seconds(1));
    PersonMessage message{stage.runtime->org().id, stage.runtime->actor("terminal"), stage.conversation, "list", stage.wire.clock.now(), {}};
    auto listed = stage.runtime->agent().pick(message, "list_leads", "{}");
    ASSERT_TRUE(listed);
    ASSERT_EQ(listed->list.size(), 2u);
    first = listed->list.front().ref;
  }
  std::string number_of(const std::string& ref) const { return first == ref ? "1" : "2"; }
  std::string draft() {
    std::string text;
    EXPECT_TRUE(stage.runtime->store().read(stage.runtime->org().id, [&](Txn& txn) -> Done {
      auto open = txn.messages().open_drafts(10);
      if (!open) return open.error();
      for (const Message& message : *open) text += message.content.text + "\n";
      return {};
    }));
    return text;
  }
  ModelStage stage;
  std::string first;
};

agent::DraftMaterial material() {
  return {"L-1", "Two leaking taps", "Hi [name], about [job description]. Would [suggested day/time] suit you?", "They: hello",
          {"[name]", "[job description]", "[suggested day/time]"}};
}

}  // namespace

TEST_P(DraftWording, comes_from_the_template_and_that_leads_own_record_and_from_nobody_elses) {
  show_list();
  stage.wire.vendor.answer(says(R"({"text":"Hi [name], shall I look at the shower that leaks? Would [suggested day/time] be good?"})"));
  const TurnReply reply = stage.say(number_of("L-1") + " draft");
  ASSERT_EQ(reply.cards.size(), 1u) << reply.text;
  EXPECT_NE(draft().find("Hi Ana, shall I look at the shower that leaks? Would"), std::string::npos) << draft();
  EXPECT_EQ(draft().find('['), std::string::npos);
  ASSERT_EQ(stage.wire.vendor.bodies().size(), 1u);
  const Json body = stage.wire.vendor.bodies().front();
  EXPECT_FALSE(body.contains("tools"));
  const std::string text = body.dump();
  EXPECT_NE(text.find("[suggested day/time]"), std::string::npos) << text;
  EXPECT_NE(text.find("| The shower in the guest bath leaks."), std::string::npos);
  for (const char* others : {"Canary", "vault", "ana@ruiz", "other.example"}) EXPECT_EQ(text.find(others), std::string::npos) << others;
  EXPECT_TRUE(stage.wire.vendor.broken().empty()) << stage.wire.vendor.broken().front();
  stage.expect_record_intact();
}

TEST_P(DraftWording, falls_back_to_the_template_when_the_model_adds_a_price_or_says_nothing_of_use) {
  show_list();
  stage.wire.vendor.answer(says(R"({"text":"Hi [name], it will cost $50, pay at www.evil.example."})"));
  stage.wire.vendor.answer(says("I sent it."));
  EXPECT_EQ(stage.say(number_of("L-1") + " draft; " + number_of("L-2") + " draft").cards.size(), 2u);
  EXPECT_EQ(draft().find("$50"), std::string::npos);
  EXPECT_NE(draft().find("I wanted to check in about leaking shower"), std::string::npos) << draft();
  EXPECT_NE(draft().find("I wanted to check in about secret vault door"), std::string::npos) << draft();
}

TEST_P(DraftWording, falls_back_to_the_template_when_no_model_answers) {
  show_list();
  for (int i = 0; i < 4; ++i) stage.wire.vendor.refuse(500, {}, "{}");
  EXPECT_EQ(stage.say(number_of("L-1") + " draft").cards.size(), 1u);
  EXPECT_NE(draft().find("I wanted to check in about"), std::string::npos) << draft();
}

TEST(DraftWords, may_keep_the_templates_placeholders_and_bring_no_figure_address_or_link) {
  const auto fine = [](const char* text) { return agent::why_not_worded_so(text, material()).empty(); };
  EXPECT_TRUE(fine("Hi [name], your two taps: would [suggested day/time] suit you?"));
  EXPECT_FALSE(fine(""));
  EXPECT_FALSE(fine("Hi [name], it is $50."));
  EXPECT_FALSE(fine("Hi [name], I come at 9."));
  EXPECT_FALSE(fine("Hi [name], see www.evil.example"));
  EXPECT_FALSE(fine("Hi [name], write to me@evil.example"));
  EXPECT_FALSE(fine("Hi [first name], hello"));
  EXPECT_FALSE(fine("Hi [name, hello"));
  EXPECT_FALSE(fine(std::string(5000, 'x').c_str()));
}

INSTANTIATE_TEST_SUITE_P(OfBothVendors, DraftWording, ::testing::Values(Vendor::openai, Vendor::anthropic),
                         [](const auto& info) { return info.param == Vendor::openai ? "openai" : "anthropic"; });
