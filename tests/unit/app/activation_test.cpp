// Procedures join a conversation by their own words and events, several at once, and stay (S2-P4).
#include <fstream>

#include "base/json.h"
#include "tests/unit/app/model_stage.h"

using namespace deskhand;
using namespace deskhand::app;
using test::Vendor;
using test::VendorAnswer;

namespace {

// A module that says nothing but when it is in force and a word to know it by.
std::string module_file(const std::string& folder, const std::string& name, const std::string& when) {
  const std::string path = folder + "/" + name + ".md";
  std::ofstream(path) << "# Procedure: " << name << " — Module\n\n**Version:** 1.0\n**Applies to:** Tier 1 — every service business\n"
                      << "**Requires:** schemas/crm.json\n**Extended by:** (none)\n**Last updated:** 2026-11-20\n\n## Purpose\n\nMark of "
                      << name << ".\n\n## When This Procedure Is Active\n\n" << when << "\n";
  return path;
}

class Activation : public ::testing::Test {
 protected:
  Activation() {
    std::string name = std::filesystem::temp_directory_path().string() + "/deskhand-modules-XXXXXX";
    EXPECT_NE(::mkdtemp(name.data()), nullptr);
    folder = name;
    stage = std::make_unique<ModelStage>(
        Way{Vendor::openai, false}, ModelLimits{},
        std::vector<std::string>{module_file(folder, "Moves", "- An opportunity changes its stage"),
                                 module_file(folder, "Letters", "- An inbound email or a web form inquiry arrives"),
                                 module_file(folder, "Reports", "- The weekly pipeline summary is due"),
                                 module_file(folder, "Words", "- \"warranty\" in what the owner says")});
  }
  ~Activation() override {
    stage.reset();
    std::error_code ignored;
    std::filesystem::remove_all(folder, ignored);
  }
  void says(std::string text) {
    VendorAnswer answer;
    answer.text = std::move(text);
    stage->wire.vendor.answer(std::move(answer));
  }
  // The names of the modules that the last request was told, in their order.
  std::string told() const {
    const std::string system = stage->wire.vendor.bodies().back()["messages"][0].dump();
    std::string names;
    for (const char* name : {"Moves", "Letters", "Reports", "Words"})
      if (system.find("Mark of " + std::string(name)) != std::string::npos) names += std::string(names.empty() ? "" : " ") + name;
    return names;
  }
  void talk(const std::string& words) {
    says("Noted.");
    stage->say(words);
  }
  void mail_comes() {
    const auto outcome = stage->runtime->mail_intake().take(
        stage->runtime->org().id,
        "From: Ana Ruiz <ana@ruiz.example>\nTo: office@business.example\nSubject: Leaking faucet\nMessage-ID: <1@ruiz.example>\n\nHello, our kitchen "
        "faucet is leaking. Can you send me a quote for the repair? Ana Ruiz, 512-555-0142\n",
        "mail");
    ASSERT_TRUE(outcome);
    ASSERT_EQ(outcome->action, IntakeAction::new_contact_and_lead);
  }

  std::string folder;
  std::unique_ptr<ModelStage> stage;
};

}  // namespace

TEST_F(Activation, begins_with_the_business_own_procedure_alone) {
  talk("What is new with you?");
  EXPECT_EQ(told(), "");
}

TEST_F(Activation, follows_a_word_and_stays) {
  talk("Does the warranty cover it?");
  EXPECT_EQ(told(), "Words");
  talk("And tomorrow?");
  EXPECT_EQ(told(), "Words");
}

TEST_F(Activation, follows_a_stage_that_moved_in_the_middle_of_a_turn_and_stays) {
  ASSERT_TRUE(stage->runtime->call("capture_inquiry", R"({"name":"Ana Ruiz","phone":"512-555-0142","title":"Leaking shower","source":"phone_call"})", "cli").ok);
  VendorAnswer moves;
  moves.calls = {{"c1", "qualify_lead", R"({"lead":"L-1"})"}};
  stage->wire.vendor.answer(std::move(moves));
  says("Anything else?");
  stage->say("Ana Ruiz is worth pursuing");
  EXPECT_EQ(stage->wire.vendor.bodies().front()["messages"][0].dump().find("Mark of Moves"), std::string::npos);
  EXPECT_EQ(told(), "Moves");
  talk("Good.");
  EXPECT_EQ(told(), "Moves");
}

TEST_F(Activation, follows_mail_that_came_since_the_conversation_was_last_spoken_in) {
  talk("Good morning");
  EXPECT_EQ(told(), "");
  stage->wire.clock.advance(std::chrono::minutes(5));
  mail_comes();
  talk("Is there anything new?");
  EXPECT_EQ(told(), "Letters");
  stage->wire.clock.advance(std::chrono::hours(30));
  talk("And the warranty?");
  EXPECT_EQ(told(), "Letters Words") << "several at once";
}

TEST_F(Activation, follows_a_report_that_was_told_in_the_conversation) {
  talk("Good morning");
  stage->wire.clock.advance(std::chrono::minutes(5));
  ASSERT_TRUE(stage->runtime->store().write(stage->runtime->org().id, [&](Txn& txn) -> Done {
    auto shown = txn.conversations().show(ListCopy{stage->conversation, 0, "digest", {{1, Noun::lead, "L-1", "a lead"}}, stage->wire.clock.now()});
    return shown ? Done{} : Done{shown.error()};
  }));
  talk("Tell me more");
  EXPECT_EQ(told(), "Reports");
}

TEST_F(Activation, is_written_into_the_run_so_that_a_restart_sees_the_same) {
  mail_comes();
  talk("Good morning");
  EXPECT_EQ(told(), "Letters");
  stage->open();
  stage->wire.clock.advance(std::chrono::hours(30));
  talk("And now?");
  EXPECT_EQ(told(), "Letters");
}
