// Whatever a vendor does, a turn ends with one sentence that says so, the record as it was or as the embedded model
// made it, and the next turn works. Through the whole program, for both formats, streamed and whole.
#include "tests/unit/app/model_stage.h"

using namespace deskhand;
using namespace deskhand::app;
using namespace std::chrono_literals;
using test::Connection;
using test::ReceivedRequest;
using test::Vendor;
using test::VendorAnswer;

namespace {

constexpr const char* kAdd = "Add a new customer: Ana Ruiz, 512-555-0142";
constexpr const char* kArguments = R"({"first_name":"Ana","last_name":"Ruiz","phone":"512-555-0142"})";

VendorAnswer says(std::string text) {
  VendorAnswer answer;
  answer.text = std::move(text);
  return answer;
}

VendorAnswer calls(std::vector<test::VendorCall> calls) {
  VendorAnswer answer;
  answer.calls = std::move(calls);
  return answer;
}

class ModelFaults : public testing::TestWithParam<Way> {
 protected:
  ModelStage stage{GetParam()};
  test::VendorServer& vendor() { return stage.wire.vendor; }
  const char* name() const { return GetParam().vendor == Vendor::openai ? "gpt" : "claude"; }

  // The vendor is of no use: the turn says who answered instead and why, and did what was asked exactly once.
  void expect_embedded_does_it(const std::string& why) {
    const TurnReply reply = stage.say(kAdd);
    EXPECT_NE(reply.text.find("Answered by embedded because " + std::string(name()) + " " + why), std::string::npos)
        << reply.text;
    EXPECT_EQ(reply.text.find("SECRET"), std::string::npos);
    EXPECT_EQ(stage.contacts(), 1u);
    stage.expect_record_intact();
  }
  void expect_answer(const std::string& text) {
    const TurnReply reply = stage.say("Who is Ana?");
    EXPECT_EQ(reply.text, text);
    stage.expect_record_intact();
  }
  std::string error(const std::string& type) const {
    return test::vendor_error(GetParam().vendor, type, "words of the vendor");
  }
  void play_forever(int status, const std::string& body,
                    std::vector<std::pair<std::string, std::string>> headers = {}) {
    for (int i = 0; i < 4; ++i) vendor().refuse(status, headers, body);
  }
  std::vector<std::pair<std::string, std::string>> success() const {
    return {{"Content-Type", GetParam().stream ? "text/event-stream" : "application/json"}};
  }
};

INSTANTIATE_TEST_SUITE_P(Turn, ModelFaults,
                         testing::Values(Way{Vendor::openai, false}, Way{Vendor::openai, true},
                                         Way{Vendor::anthropic, false}, Way{Vendor::anthropic, true}),
                         way_name);

}  // namespace

TEST_P(ModelFaults, waits_for_a_busy_vendor_as_long_as_it_asks) {
  vendor().refuse(429, {{"Retry-After", "3"}}, error("rate_limit_error"));
  vendor().answer(says("Nobody of that name."));
  expect_answer("Nobody of that name.");
  ASSERT_EQ(stage.wire.waiter.waits.size(), 1u);
  EXPECT_GE(stage.wire.waiter.waits[0], 3000);
}

TEST_P(ModelFaults, goes_on_with_embedded_when_every_try_is_refused_and_rests_the_vendor) {
  play_forever(529, error("overloaded_error"));
  expect_embedded_does_it("is overloaded (HTTP 529), asked 4 times.");
  const std::size_t asked = vendor().received().size();
  const TurnReply next = stage.say("What's Ana's number?");
  EXPECT_NE(next.text.find("555"), std::string::npos) << next.text;
  EXPECT_EQ(vendor().received().size(), asked) << "it rests for a while";
}

TEST_P(ModelFaults, names_every_refusal_in_one_sentence) {
  const std::vector<std::tuple<int, std::string, std::string>> refusals = {
      {500, "{}", "is out of order (HTTP 500), asked 4 times."},
      {502, "<html><body>Bad gateway</body></html>", "is out of order (HTTP 502), asked 4 times."},
      {401, error("authentication_error"), "did not accept the key (HTTP 401); check it."},
      {402, error("billing_error"), "has no credit left (HTTP 402)."},
      {404, error("not_found_error"), "does not know that address or model (HTTP 404): words of the vendor."},
      {400, error("invalid_request_error"), "refused the request (HTTP 400): words of the vendor."},
      {413, error("request_too_large"), "finds the request too large (HTTP 413)."},
      {302, "", "sends us to another address (HTTP 302); check base_url."}};
  for (const auto& [status, body, why] : refusals) {
    ModelStage one(GetParam());
    for (int i = 0; i < 4; ++i) one.wire.vendor.refuse(status, {}, body);
    const TurnReply reply = one.say(kAdd);
    EXPECT_NE(reply.text.find("Answered by embedded because " + std::string(name()) + " " + why), std::string::npos)
        << status << ": " << reply.text;
    EXPECT_EQ(one.contacts(), 1u);
    one.expect_record_intact();
  }
}

TEST_P(ModelFaults, survives_what_is_no_answer_at_all) {
  for (const std::string& body : {std::string("<html><body>Please log in</body></html>"), std::string("null"),
                                  std::string("{\"choices\":"), std::string(5, '\0'), std::string()}) {
    ModelStage one(GetParam());
    for (int i = 0; i < 4; ++i) one.wire.vendor.bytes("text/html", body);
    const TurnReply reply = one.say(kAdd);
    EXPECT_NE(reply.text.find("Answered by embedded because " + std::string(name())), std::string::npos)
        << body << ": " << reply.text;
    EXPECT_EQ(one.contacts(), 1u);
    one.expect_record_intact();
  }
}

TEST_P(ModelFaults, gives_up_on_silence_within_its_deadline) {
  vendor().play([this](Connection& connection, const ReceivedRequest&) {
    stage.wire.clock.advance(GetParam().stream ? 61s : 121s);
    connection.wait_until_client_leaves();
  });
  expect_embedded_does_it(GetParam().stream ? "did not answer in time." : "took too long to answer.");
}

TEST_P(ModelFaults, gives_up_on_a_slow_drip_within_its_deadline) {
  vendor().play([this](Connection& connection, const ReceivedRequest&) {
    connection.send(test::chunked_head(200, success()));
    while (connection.send(test::chunk(" "))) stage.wire.clock.advance(1s);
    connection.close();
  });
  expect_embedded_does_it("took too long to answer.");
}

TEST_P(ModelFaults, asks_again_after_a_reset_in_the_middle_and_shows_nothing_twice) {
  const VendorAnswer answer = says("Nobody of that name. Shall I look for an Anna instead?");
  vendor().break_off(answer, 420);
  vendor().answer(answer);
  expect_answer("Nobody of that name. Shall I look for an Anna instead?");
}

TEST_P(ModelFaults, does_not_take_ten_megabytes_for_an_answer) {
  VendorAnswer answer = says(std::string(10 * 1024 * 1024, 'w'));
  answer.piece_bytes = 50'000;
  vendor().answer(answer);
  const TurnReply reply = stage.say(kAdd);
  EXPECT_LT(reply.text.size(), limits::kToolResultBytes + 1000);
  if (!GetParam().stream) {
    EXPECT_NE(reply.text.find("gave an answer that is far too long"), std::string::npos) << reply.text;
  }
  stage.expect_record_intact();
}

TEST_P(ModelFaults, shows_a_refusal_as_what_it_is) {
  VendorAnswer answer;
  if (GetParam().vendor == Vendor::openai)
    answer.refusal = "I can't help with that.";
  else
    answer = says("I can't help with that.");
  if (GetParam().vendor == Vendor::anthropic) answer.stop = "refusal";
  vendor().answer(answer);
  const TurnReply reply = stage.say("Who is Ana?");
  EXPECT_NE(reply.text.find("I can't help with that."), std::string::npos) << reply.text;
  stage.expect_record_intact();
}

TEST_P(ModelFaults, tells_an_unknown_tool_and_wrong_arguments_to_the_model_twice_and_then_stops) {
  vendor().answer(calls({{"a", "delete_everything", "{}"}}));
  vendor().answer(calls({{"b", "create_contact", R"({"first_name":7})"}}));
  vendor().answer(calls({{"c", "create_contact", "{\"first_name\":\"An"}}));
  const TurnReply reply = stage.say(kAdd);
  EXPECT_NE(reply.text.find("Please say it differently."), std::string::npos) << reply.text;
  EXPECT_EQ(stage.contacts(), 0u);
  EXPECT_TRUE(vendor().broken().empty()) << vendor().broken().front();
  stage.expect_record_intact();
}

TEST_P(ModelFaults, runs_parallel_calls_in_order_and_each_once_though_their_ids_are_equal) {
  vendor().answer(calls({{"same", "create_contact", kArguments}, {"same", "find_contact", R"({"query":"Ruiz"})"}}));
  vendor().answer(says("Anything else?"));
  const TurnReply reply = stage.say(kAdd);
  ASSERT_EQ(reply.calls.size(), 2u);
  EXPECT_EQ(reply.calls[0].tool, "create_contact");
  EXPECT_EQ(reply.calls[1].tool, "find_contact");
  EXPECT_TRUE(reply.calls[0].ok && reply.calls[1].ok);
  EXPECT_EQ(stage.contacts(), 1u);
  EXPECT_TRUE(vendor().broken().empty()) << vendor().broken().front();
  stage.expect_record_intact();
}

TEST_P(ModelFaults, keeps_what_was_done_when_the_vendor_fails_after_it) {
  vendor().answer(calls({{"a", "create_contact", kArguments}}));
  play_forever(503, "{}");
  const TurnReply reply = stage.say(kAdd);
  EXPECT_NE(reply.text.find("Ana Ruiz"), std::string::npos) << reply.text;
  EXPECT_EQ(stage.contacts(), 1u);
  stage.expect_record_intact();
}

TEST_P(ModelFaults, ends_a_turn_that_its_person_stops) {
  vendor().play([this](Connection& connection, const ReceivedRequest&) {
    stage.wire.stop.request_stop();
    connection.wait_until_client_leaves();
  });
  const TurnReply reply = stage.say(kAdd);
  EXPECT_EQ(reply.text, "Stopped, as you asked. What was done before stays done.");
  EXPECT_EQ(stage.contacts(), 0u);
  stage.expect_record_intact();
}

TEST_P(ModelFaults, asks_nobody_while_nobody_speaks) {
  EXPECT_TRUE(stage.runtime->deliver());
  stage.open();
  stage.wire.clock.advance(24h);
  EXPECT_TRUE(stage.runtime->deliver());
  EXPECT_TRUE(vendor().received().empty());
}
