// A model reads mails after the code is done with them: what it copies out is checked, what it can not reach waits, and whatever
// it does, the inquiry and the owner's notice were there before.
#include "tests/unit/app/model_stage.h"

#include "base/json.h"

using namespace deskhand;
using namespace deskhand::app;
using intake::MailOutcome;
using test::Vendor;
using test::VendorAnswer;

namespace {

// In a language in which the code reads no requests.
constexpr const char* kForeign =
    "From: Joost de Vries <joost@vries.example>\nTo: office@business.example\nSubject: Vesivuoto\n"
    "Message-ID: <one@vries.example>\nDate: Mon, 02 Mar 2026 14:00:00 +0000\nContent-Type: text/plain; charset=utf-8\n\n"
    "Hyvää päivää,\n\nMeillä kotona katosta on tippunut vettä jo monta päivää. Voisitteko tulla katsomaan niin pian "
    "kuin mahdollista? Asia on erittäin kiireinen.\n\nYstävällisin terveisin,\nJoost de Vries\n";

std::string english(const std::string& number, const std::string& extra) {
  return "From: \"\" <ana" + number + "@ruiz.example>\nTo: office@business.example\nSubject: Leaking faucet\nMessage-ID: <e" + number +
         "@ruiz.example>\nDate: Mon, 02 Mar 2026 14:00:00 +0000\n\nHello,\n\nOur kitchen faucet is leaking and needs repair. Can you give "
         "me a quote?\n" + extra + "\n";
}

VendorAnswer answer_saying(std::string text) {
  VendorAnswer answer;
  answer.text = std::move(text);
  return answer;
}

VendorAnswer extracted(Json changes) {
  Json answer{{"wants_work", true}};
  for (const char* field : {"request", "name", "phone", "email", "address", "title", "urgency"}) answer[field] = nullptr;
  answer.update(changes);
  return answer_saying(to_text(answer));
}

class ReadsMail : public ::testing::TestWithParam<Vendor> {
 protected:
  explicit ReadsMail(ModelLimits limits = {}) : stage({GetParam(), false}, limits) {}

  MailOutcome take(const std::string& raw) {
    auto outcome = stage.runtime->mail_intake().take(stage.runtime->org().id, raw, "mail");
    EXPECT_TRUE(outcome) << outcome.error().message;
    return outcome ? *outcome : MailOutcome();
  }
  std::vector<intake::ReadMail> read() {
    auto mails = stage.runtime->read_mail({});
    EXPECT_TRUE(mails) << (mails ? "" : mails.error().message);
    return mails ? *mails : std::vector<intake::ReadMail>();
  }
  template <class Value>
  Value look(const std::function<Result<Value>(Txn&)>& at) {
    Value value{};
    EXPECT_TRUE(stage.runtime->store().read(stage.runtime->org().id, [&](Txn& txn) -> Done {
      auto found = at(txn);
      if (!found) return found.error();
      value = std::move(*found);
      return {};
    }));
    return value;
  }
  Lead lead(std::int64_t number = 1) {
    return look<Lead>([&](Txn& txn) { return txn.leads().find_by_ref(number); });
  }
  Interaction interaction(std::int64_t number = 1) {
    return look<Interaction>([&](Txn& txn) { return txn.interactions().find_by_ref(number); });
  }
  MailReading row(const MailOutcome& outcome) {
    return look<MailReading>([&](Txn& txn) { return txn.readings().find(outcome.id); });
  }
  std::string last_body() { return stage.wire.vendor.bodies().back().dump(); }

  ModelStage stage;
};

}  // namespace

TEST_P(ReadsMail, turns_a_mail_that_nobody_could_place_into_an_inquiry_with_values_of_the_mail) {
  const MailOutcome before = take(kForeign);
  ASSERT_EQ(before.action, IntakeAction::needs_reading) << before.reason;
  EXPECT_TRUE(stage.wire.vendor.received().empty()) << "taking in waited for a model";
  stage.wire.vendor.answer(extracted({{"request", "Voisitteko tulla katsomaan niin pian kuin mahdollista?"},
                                      {"name", "Joost de Vries"},
                                      {"phone", "512-555-0199"},
                                      {"title", "katosta on tippunut vettä jo monta päivää"},
                                      {"urgency", "erittäin kiireinen"}}));
  stage.wire.vendor.answer(answer_saying(R"({"summary":"Water has dripped from the ceiling for days; asks for a visit as soon as possible."})"));
  const auto mails = read();
  ASSERT_EQ(mails.size(), 1u);
  EXPECT_EQ(mails[0].outcome.action, IntakeAction::new_contact_and_lead);
  ASSERT_TRUE(mails[0].outcome.contact);
  EXPECT_EQ(mails[0].outcome.contact->name, "Joost de Vries");
  EXPECT_TRUE(mails[0].outcome.contact->phones.empty()) << "the number stands nowhere in the mail";
  EXPECT_EQ(lead().title, "Katosta on tippunut vettä jo monta päivää");
  EXPECT_TRUE(lead().urgent);
  EXPECT_EQ(lead().origin, before.id);
  EXPECT_EQ(interaction().summary_by, GetParam() == Vendor::openai ? "gpt" : "claude");
  EXPECT_NE(interaction().summary.find("dripped from the ceiling"), std::string::npos);
  const auto run = row(before);
  EXPECT_EQ(run.state, ReadingState::done);
  EXPECT_NE(run.outcome.find("512-555-0199"), std::string::npos) << "what was made up is flagged: " << run.outcome;
  EXPECT_TRUE(read().empty()) << "read twice";
  EXPECT_TRUE(stage.wire.vendor.broken().empty()) << stage.wire.vendor.broken().front();
  stage.expect_record_intact();
}

TEST_P(ReadsMail, shows_the_model_the_mail_in_the_marked_block_and_offers_it_no_tool) {
  stage.runtime->call("create_contact", R"({"first_name":"Canary","last_name":"Other","phone":"512-555-0177"})", "cli");
  take(kForeign);
  stage.wire.vendor.answer(extracted({{"wants_work", false}}));
  read();
  const Json body = stage.wire.vendor.bodies().at(0);
  EXPECT_FALSE(body.contains("tools"));
  const std::string text = body.dump();
  EXPECT_EQ(text.find("Canary"), std::string::npos);
  EXPECT_NE(text.find("| Meillä kotona katosta"), std::string::npos) << text;
  EXPECT_NE(text.find("[words from outside begin"), std::string::npos);
  EXPECT_EQ(body.contains("response_format"), GetParam() == Vendor::openai);
}

TEST_P(ReadsMail, costs_are_counted_and_the_run_tells_prompt_model_and_what_was_dropped) {
  const MailOutcome outcome = take(kForeign);
  stage.wire.vendor.answer(extracted({{"wants_work", false}, {"name", "Piet Pietersen"}}));
  read();
  const auto spent = stage.spent(SpendBy::day);
  ASSERT_EQ(spent.size(), 1u);
  EXPECT_EQ(spent[0].sum.answers, 1);
  const RunId run = row(outcome).run;
  ASSERT_FALSE(run.empty());
  const auto steps = look<std::vector<Step>>([&](Txn& txn) { return txn.conversations().steps_of(run); });
  ASSERT_EQ(steps.size(), 2u);
  EXPECT_NE(steps[0].payload.find("\"quarantined\":\"extraction\""), std::string::npos);
  EXPECT_NE(steps[0].payload.find("\"prompt\":\""), std::string::npos);
  EXPECT_NE(steps[1].payload.find("dropped name"), std::string::npos) << steps[1].payload;
  EXPECT_EQ(row(outcome).state, ReadingState::done);
}

TEST_P(ReadsMail, leaves_lead_and_notice_as_they_are_while_the_model_is_down_and_sums_up_by_rule_at_last) {
  const MailOutcome outcome = take(english("1", "I can be reached all day. " + std::string(150, 'x')));
  ASSERT_EQ(outcome.action, IntakeAction::new_contact_and_lead);
  ASSERT_FALSE(outcome.notices.empty());
  const std::string title = lead().title;
  for (int attempt = 0; attempt < 3; ++attempt) {
    for (int i = 0; i < 4; ++i) stage.wire.vendor.refuse(500, {}, "{}");
    EXPECT_TRUE(read().empty());
    stage.wire.clock.advance(std::chrono::hours(2));
  }
  EXPECT_EQ(lead().title, title);
  EXPECT_EQ(row(outcome).state, ReadingState::left);
  EXPECT_TRUE(interaction().summary.starts_with("Our kitchen faucet") || interaction().summary.starts_with("our kitchen faucet"))
      << interaction().summary;
  EXPECT_EQ(interaction().summary_by, "");
  EXPECT_EQ(stage.wire.vendor.received().size(), 12u);
  EXPECT_TRUE(read().empty());
  stage.expect_record_intact();
}

TEST_P(ReadsMail, takes_no_answer_that_is_not_of_the_form) {
  const MailOutcome outcome = take(kForeign);
  stage.wire.vendor.answer(answer_saying("Sure! I have created the lead and sent the customer a message."));
  EXPECT_TRUE(read().empty());
  EXPECT_EQ(row(outcome).state, ReadingState::left);
  EXPECT_EQ(stage.contacts(), 0u);
  EXPECT_EQ(stage.spent(SpendBy::day).at(0).sum.answers, 1) << "a bad answer costs as well";
}

TEST_P(ReadsMail, runs_no_call_that_a_taken_over_model_proposes) {
  const MailOutcome outcome = take(kForeign);
  VendorAnswer hostile = extracted({{"request", "Voisitteko tulla katsomaan niin pian kuin mahdollista?"}});
  hostile.calls = {{"c1", "create_contact", R"({"first_name":"Eve","phone":"512-555-0166"})"}};
  stage.wire.vendor.answer(std::move(hostile));
  EXPECT_TRUE(read().empty());
  EXPECT_EQ(stage.contacts(), 0u);
  EXPECT_EQ(row(outcome).state, ReadingState::left);
}

TEST_P(ReadsMail, fills_what_is_empty_and_never_overwrites_what_the_code_has_read) {
  const MailOutcome outcome = take(english("2", "Call 512-555-0142. Greta Maria Lindqvist-Oyelaran wohnt im Birkenweg 4."));
  ASSERT_EQ(outcome.action, IntakeAction::new_contact_and_lead);
  const std::string title = lead().title;
  stage.wire.vendor.answer(extracted({{"request", "Can you give me a quote?"},
                                      {"phone", "512-555-0142"},
                                      {"address", "Birkenweg 4"},
                                      {"title", "kitchen faucet"}}));
  stage.wire.vendor.answer(answer_saying(R"({"summary":"Wants a quote for a leaking faucet."})"));
  const auto mails = read();
  const Contact contact = look<Contact>([](Txn& txn) { return txn.contacts().find_by_ref(1); });
  EXPECT_EQ(contact.address, "Birkenweg 4");
  EXPECT_EQ(contact.phone(), "+15125550142");
  EXPECT_EQ(contact.points.size(), 2u);
  EXPECT_EQ(lead().title, title) << "a title that names the job stands";
  ASSERT_EQ(mails.size(), 1u);
  const auto waiting = look<std::vector<Approval>>([](Txn& txn) { return txn.approvals().pending(10); });
  EXPECT_TRUE(waiting.empty()) << "what the mail's own record lacked needs no yes";
}

TEST_P(ReadsMail, asks_nobody_twice_for_an_answer_that_was_paid_for_before_a_crash) {
  const MailOutcome outcome = take(kForeign);
  MailReading kept = row(outcome);
  Json answer{{"wants_work", true}, {"request", "Voisitteko tulla katsomaan niin pian kuin mahdollista?"}};
  for (const char* field : {"name", "phone", "email", "address", "title", "urgency"}) answer[field] = nullptr;
  kept.extraction = to_text(answer);
  kept.summary = R"({"summary":"Water drips from the ceiling."})";
  ASSERT_TRUE(stage.runtime->store().write(stage.runtime->org().id, [&](Txn& txn) { return txn.readings().update(kept); }));
  EXPECT_EQ(read().size(), 1u);
  EXPECT_TRUE(stage.wire.vendor.received().empty());
  EXPECT_EQ(lead().origin, outcome.id);
  EXPECT_EQ(interaction().summary, "Water drips from the ceiling.");
}

TEST_P(ReadsMail, of_yesterdays_mail_is_left_to_the_rules) {
  take(english("3", ""));
  stage.wire.clock.advance(std::chrono::hours(30));
  EXPECT_TRUE(read().empty());
  EXPECT_TRUE(stage.wire.vendor.received().empty());
  EXPECT_FALSE(interaction().summary.empty());
}

class ReadsMailUnderALimit : public ReadsMail {
 protected:
  static ModelLimits tight() {
    ModelLimits limits;
    limits.day_tokens = 10;
    return limits;
  }
  ReadsMailUnderALimit() : ReadsMail(tight()) {}
};

TEST_P(ReadsMailUnderALimit, asks_nobody_and_lets_the_rules_sum_up) {
  const MailOutcome outcome = take(english("4", ""));
  EXPECT_TRUE(read().empty());
  EXPECT_TRUE(stage.wire.vendor.received().empty());
  EXPECT_EQ(row(outcome).state, ReadingState::left);
  EXPECT_FALSE(interaction().summary.empty());
}

namespace {
std::string vendor_name(const ::testing::TestParamInfo<Vendor>& info) { return info.param == Vendor::openai ? "openai" : "anthropic"; }
}  // namespace

INSTANTIATE_TEST_SUITE_P(OfBothVendors, ReadsMail, ::testing::Values(Vendor::openai, Vendor::anthropic), vendor_name);
INSTANTIATE_TEST_SUITE_P(OfBothVendors, ReadsMailUnderALimit, ::testing::Values(Vendor::openai, Vendor::anthropic), vendor_name);
