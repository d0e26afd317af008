// Everything that can go wrong between us and a vendor ends in a defined way, within its deadlines, without the key in any
// text, for both formats.
#include "tests/unit/model/wire_stage.h"

using namespace deskhand;
using namespace deskhand::model;
using namespace std::chrono_literals;
using test::Connection;
using test::ReceivedRequest;
using test::Vendor;

namespace {

struct Way {
  Vendor vendor;
  bool stream;
};

class WireFaultTest : public testing::TestWithParam<Way> {
 protected:
  WireStage stage{GetParam().vendor};
  bool stream() const { return GetParam().stream; }
  bool is_openai() const { return GetParam().vendor == Vendor::openai; }

  // Asks, expects a failure, and returns its code and message; the key is in neither, nor in the detail.
  std::string failure() {
    const auto reply = stage.say(stream());
    EXPECT_FALSE(reply);
    if (reply) return "answered: " + reply->text;
    for (const std::string& text : {reply.error().message, reply.error().detail}) EXPECT_EQ(text.find("0123456789"), std::string::npos) << text;
    EXPECT_EQ(reply.error().message.find('\n'), std::string::npos);
    EXPECT_EQ(reply.error().message.back(), '.');
    EXPECT_EQ(reply.error().message.rfind(std::string(stage.model->name()) + " ", 0), 0u) << reply.error().message;
    return std::string(code_name(reply.error().code)) + ": " + reply.error().message;
  }
  void expect_answer(std::string_view text = "yes") {
    const auto reply = stage.say(stream());
    ASSERT_TRUE(reply) << shown_of(reply.error());
    EXPECT_EQ(reply->text, text);
  }
  void then_answer() { stage.vendor.answer({.text = "yes", .calls = {}, .refusal = {}}); }
  std::size_t asked() const { return stage.vendor.received().size(); }
  // A body in the form of a success that is being sent.
  std::vector<std::pair<std::string, std::string>> success_headers() const { return {{"Content-Type", stream() ? "text/event-stream" : "application/json"}}; }
};

std::string way_name(const testing::TestParamInfo<Way>& info) {
  return std::string(info.param.vendor == Vendor::openai ? "openai" : "anthropic") + (info.param.stream ? "_streamed" : "_whole");
}

INSTANTIATE_TEST_SUITE_P(Wire, WireFaultTest,
                         testing::Values(Way{Vendor::openai, false}, Way{Vendor::openai, true}, Way{Vendor::anthropic, false}, Way{Vendor::anthropic, true}), way_name);

}  // namespace

TEST_P(WireFaultTest, waits_as_long_as_a_busy_server_asks_and_tries_again) {
  stage.vendor.refuse(429, {{"Retry-After", "7"}}, test::vendor_error(GetParam().vendor, "rate_limit_error", "slow down"));
  then_answer();
  expect_answer();
  ASSERT_EQ(stage.waiter.waits.size(), 1u);
  EXPECT_GE(stage.waiter.waits[0], 7000);
  EXPECT_LT(stage.waiter.waits[0], 9000);
}

TEST_P(WireFaultTest, passes_over_a_server_that_asks_for_more_than_anyone_waits) {
  stage.vendor.refuse(429, {{"Retry-After", "3600"}}, "{}");
  EXPECT_NE(failure().find("unavailable: "), std::string::npos);
  EXPECT_TRUE(stage.waiter.waits.empty());
}

TEST_P(WireFaultTest, backs_off_and_gives_up_after_a_bounded_number_of_tries) {
  for (const int status : {500, 502, 503, 529}) stage.vendor.refuse(status, {}, "{}");
  const std::string words = failure();
  EXPECT_NE(words.find("overloaded (HTTP 529), asked 4 times."), std::string::npos) << words;
  EXPECT_EQ(asked(), 4u);
  ASSERT_EQ(stage.waiter.waits.size(), 3u);
  EXPECT_LT(stage.waiter.waits[0], stage.waiter.waits[1]);
  EXPECT_LT(stage.waiter.waits[1], stage.waiter.waits[2]);
  EXPECT_LE(stage.waiter.waits[2], limits::kModelBackoffMaxMs);
}

TEST_P(WireFaultTest, does_not_wait_past_the_callers_deadline) {
  stage.vendor.refuse(503, {{"Retry-After", "15"}}, "{}");
  const auto request = request_of({person("x")});
  const auto reply = stream() ? stage.watch(request, 10s) : stage.ask(request, 10s);
  ASSERT_FALSE(reply);
  EXPECT_EQ(reply.error().code, Code::unavailable);
  EXPECT_TRUE(stage.waiter.waits.empty());
}

TEST_P(WireFaultTest, asks_nobody_when_no_time_is_left) {
  const auto reply = stage.ask(request_of({person("x")}), 0s);
  ASSERT_FALSE(reply);
  EXPECT_EQ(reply.error().code, Code::unavailable);
  EXPECT_EQ(asked(), 0u);
}

TEST_P(WireFaultTest, does_not_repeat_what_a_server_refuses_for_good) {
  struct Refusal {
    int status;
    const char *type, *words;
  };
  const Refusal refusals[] = {{400, "invalid_request_error", "invalid_argument: "}, {401, "authentication_error", "did not accept the key"},
                              {403, "permission_error", "did not accept the key"},  {404, "not_found_error", "does not know that address or model"},
                              {402, "billing_error", "has no credit left"},         {413, "request_too_large", "finds the request too large"},
                              {422, "invalid_request_error", "refused the request"}, {429, "insufficient_quota", "has no credit left"}};
  std::size_t count = 0;
  for (const Refusal& refusal : refusals) {
    stage.vendor.refuse(refusal.status, {{"Content-Type", "application/json"}}, test::vendor_error(GetParam().vendor, refusal.type, "Incorrect API key provided: " + kKey + ". See sk-test-0123****cret"));
    EXPECT_NE(failure().find(refusal.words), std::string::npos) << refusal.status;
    EXPECT_EQ(asked(), ++count) << refusal.status;
  }
  EXPECT_TRUE(stage.waiter.waits.empty());
}

TEST_P(WireFaultTest, does_not_carry_the_key_along_a_redirect) {
  test::LoopbackServer elsewhere([](Connection& connection, const ReceivedRequest&) { connection.send(test::http_answer(200, {}, "{}")); });
  for (const int status : {301, 302, 307, 308}) {
    stage.vendor.refuse(status, {{"Location", elsewhere.url() + "/v1/chat/completions"}}, "");
    EXPECT_NE(failure().find("sends us to another address"), std::string::npos);
  }
  EXPECT_TRUE(elsewhere.received().empty());
  EXPECT_TRUE(stage.waiter.waits.empty());
}

TEST_P(WireFaultTest, knows_a_web_page_when_it_sees_one) {
  stage.vendor.bytes("text/html", "<!DOCTYPE html><html><body>Sign in to the hotel's network</body></html>");
  EXPECT_NE(failure().find("answered with a web page"), std::string::npos);
  stage.vendor.refuse(200, {}, "\n  <html></html>");
  EXPECT_NE(failure().find("answered with a web page"), std::string::npos);
  for (int i = 0; i < 4; ++i) stage.vendor.refuse(502, {{"Content-Type", "text/html"}}, "<html>Bad Gateway " + kKey + "</html>");
  EXPECT_NE(failure().find("is out of order (HTTP 502)"), std::string::npos);
}

TEST_P(WireFaultTest, asks_again_when_an_answer_is_cut_or_nonsense) {
  const std::string whole = is_openai() ? test::chat_whole({.text = "no", .calls = {}, .refusal = {}}) : test::messages_whole({.text = "no", .calls = {}, .refusal = {}});
  const std::string broken[] = {whole.substr(0, whole.size() / 2), "", "null", "[]", "42", "{}", R"({"choices":[]})", R"({"choices":{"message":{}}})", R"({"content":"x"})",
                                R"({"choices":[{"message":7}]})", std::string(200, '['), "\x00\x01\x02", R"({"choices":[{"message":{}}],"choices":1})", "not json at all"};
  for (const std::string& body : broken) {
    stage.vendor.bytes("application/json", body);
    then_answer();
    expect_answer();
  }
  EXPECT_EQ(stage.waiter.waits.size(), std::size(broken));
}

TEST_P(WireFaultTest, asks_again_when_a_stream_is_nonsense_or_ends_too_early) {
  const std::string broken[] = {"data: {\"choices\":\n\n", "data: nonsense\n\n", ": only a comment\n\n", "event: ping\ndata: {\"type\":\"ping\"}\n\n", "data: [1,2\n\n"};
  for (const std::string& body : broken) {
    stage.vendor.bytes("text/event-stream", body);
    then_answer();
    expect_answer();
  }
}

TEST_P(WireFaultTest, asks_again_when_the_connection_breaks_anywhere_before_the_end) {
  const test::VendorAnswer answer{.text = "A longer answer in several pieces.", .calls = {{"c", "find_contact", R"({"query":"Ana"})"}}, .refusal = {}};
  for (const std::size_t after : {1u, 40u, 200u, 600u}) {
    stage.vendor.break_off(answer, after);
    then_answer();
    stage.shown.clear();
    expect_answer();
    if (stream() && stage.shown != "yes") {
      EXPECT_NE(stage.shown.find("(again)"), std::string::npos) << stage.shown;
    }
  }
  stage.vendor.play([](Connection& connection, const ReceivedRequest&) { connection.reset(); });
  then_answer();
  expect_answer();
}

TEST_P(WireFaultTest, takes_an_answer_that_is_complete_although_the_end_of_the_connection_is_not) {
  const test::VendorAnswer answer{.text = "All of it.", .calls = {}, .refusal = {}};
  const std::string body = is_openai() ? test::chat_stream(answer, true) : test::messages_stream(answer);
  const std::size_t last = body.rfind(is_openai() ? "data: [DONE]" : "event: message_stop");
  if (!stream()) return;
  stage.vendor.break_off(answer, last);
  const auto reply = stage.say(true);
  ASSERT_TRUE(reply) << shown_of(reply.error());
  EXPECT_EQ(reply->text, "All of it.");
  EXPECT_EQ(asked(), 1u);
}

TEST_P(WireFaultTest, passes_over_a_server_that_says_nothing) {
  stage.vendor.play([this](Connection& connection, const ReceivedRequest&) {
    stage.clock.advance(stream() ? 61s : 119s);
    connection.wait_until_client_leaves();
  });
  const auto request = request_of({person("x")});
  const auto reply = stream() ? stage.watch(request, 119s) : stage.ask(request, 119s);
  ASSERT_FALSE(reply);
  EXPECT_EQ(reply.error().code, Code::unavailable);
  EXPECT_NE(reply.error().message.find(stream() ? "did not answer in time" : "took too long"), std::string::npos) << reply.error().message;
  EXPECT_EQ(asked(), 1u);
}

TEST_P(WireFaultTest, ends_a_slow_drip_with_its_deadline) {
  stage.vendor.play([this](Connection& connection, const ReceivedRequest&) {
    connection.send(test::chunked_head(200, success_headers()));
    while (connection.send(test::chunk(" "))) stage.clock.advance(1s);
    connection.close();
  });
  const std::string words = failure();
  EXPECT_NE(words.find("took too long to answer"), std::string::npos) << words;
}

TEST_P(WireFaultTest, gives_up_when_it_is_told_to_stop) {
  stage.vendor.play([this](Connection& connection, const ReceivedRequest&) {
    stage.stop.request_stop();
    connection.wait_until_client_leaves();
  });
  EXPECT_NE(failure().find("cancelled: "), std::string::npos);
}

TEST_P(WireFaultTest, gives_up_when_it_is_told_to_stop_while_waiting) {
  stage.vendor.play([this](Connection& connection, const ReceivedRequest&) {
    connection.send(test::http_answer(503, {}, "{}"));
    stage.stop.request_stop();
  });
  EXPECT_NE(failure().find("cancelled: "), std::string::npos);
}

TEST_P(WireFaultTest, stops_reading_an_answer_without_end) {
  stage.vendor.play([this](Connection& connection, const ReceivedRequest&) {
    connection.send(test::chunked_head(200, success_headers()));
    const std::string filler = stream() ? ": " + std::string(60'000, 'x') + "\n\n" : std::string(60'000, ' ');
    while (connection.send(test::chunk(filler))) {
    }
    connection.close();
  });
  const std::string words = failure();
  EXPECT_NE(words.find("limit_exceeded: "), std::string::npos) << words;
  EXPECT_EQ(asked(), 1u);
}

TEST_P(WireFaultTest, cuts_ten_megabytes_of_words_at_its_bound) {
  const std::string words(10 * 1024 * 1024, 'w');
  test::VendorAnswer answer{.text = words, .calls = {}, .refusal = {}};
  answer.piece_bytes = 50'000;
  stage.vendor.answer(answer);
  const auto reply = stage.say(stream());
  if (!stream()) {  // one JSON that is not read beyond its bound
    ASSERT_FALSE(reply);
    EXPECT_EQ(reply.error().code, Code::limit_exceeded);
    return;
  }
  ASSERT_TRUE(reply) << shown_of(reply.error());
  EXPECT_EQ(reply->stop, StopReason::length);
  EXPECT_EQ(reply->text.size(), limits::kModelTextBytes);
}

TEST_P(WireFaultTest, cuts_arguments_without_end_so_that_they_can_not_pass_for_whole) {
  test::VendorAnswer answer{.text = {}, .calls = {{"a", "list_leads", R"({"status":"new"})"}, {"b", "find_contact", "{\"query\":\"" + std::string(1024 * 1024, 'q') + "\"}"}}, .refusal = {}};
  answer.piece_bytes = 20'000;
  stage.vendor.answer(answer);
  const auto reply = stage.say(stream());
  ASSERT_TRUE(reply) << shown_of(reply.error());
  ASSERT_EQ(reply->calls.size(), 2u);
  EXPECT_EQ(reply->calls[0].arguments_text, R"({"status":"new"})");
  EXPECT_GT(reply->calls[1].arguments_text.size(), limits::kToolArgumentsBytes);
  EXPECT_LE(reply->calls[1].arguments_text.size(), limits::kToolArgumentsBytes + 1);
  EXPECT_FALSE(parse_json(reply->calls[1].arguments_text, 10 << 20));
}

TEST_P(WireFaultTest, proposes_a_bounded_number_of_calls) {
  test::VendorAnswer answer{.text = {}, .calls = {}, .refusal = {}};
  for (int i = 0; i < 500; ++i) answer.calls.push_back({"c" + std::to_string(i), "list_leads", R"({"status":"new"})"});
  stage.vendor.answer(answer);
  const auto reply = stage.say(stream());
  ASSERT_TRUE(reply) << shown_of(reply.error());
  EXPECT_EQ(reply->calls.size(), limits::kModelCalls);
}

TEST_P(WireFaultTest, repairs_bytes_that_are_no_text) {
  const test::VendorAnswer answer{.text = "Caf%% ok \x1b[31mred", .calls = {}, .refusal = {}};
  std::string body = is_openai() ? (stream() ? test::chat_stream(answer, true) : test::chat_whole(answer)) : (stream() ? test::messages_stream(answer) : test::messages_whole(answer));
  const std::size_t at = body.find("%");
  ASSERT_NE(at, std::string::npos);
  body.replace(at, 1, "\xC3\x28");  // a lead byte without its tail
  const std::size_t second = body.find("%");
  body.replace(second, 1, "\\ud83d");  // half of a pair
  stage.vendor.bytes(success_headers()[0].second, body);
  const auto reply = stage.say(stream());
  ASSERT_TRUE(reply) << shown_of(reply.error());
  EXPECT_EQ(reply->text, "Caf\xEF\xBF\xBD(\xEF\xBF\xBD ok [31mred");
  EXPECT_EQ(stage.shown, stream() ? reply->text : "");
}

TEST_P(WireFaultTest, understands_an_answer_in_the_form_that_was_not_asked_for) {
  const test::VendorAnswer answer{.text = "either way", .calls = {}, .refusal = {}};
  const std::string whole = is_openai() ? test::chat_whole(answer) : test::messages_whole(answer);
  const std::string streamed = is_openai() ? test::chat_stream(answer, true) : test::messages_stream(answer);
  stage.vendor.bytes("application/json", whole);
  expect_answer("either way");
  stage.vendor.bytes("text/event-stream", streamed);
  expect_answer("either way");
  stage.vendor.bytes("text/plain", streamed);
  expect_answer("either way");
}

TEST_P(WireFaultTest, says_when_nobody_listens) {
  WireOptions options;
  options.name = "claude";
  options.base_url = "http://127.0.0.1:" + std::to_string(test::closed_port());
  options.model = "m";
  auto lonely = make_anthropic_model(options, {stage.http, stage.clock, stage.random, stage.waiter});
  ASSERT_TRUE(lonely);
  const auto reply = (*lonely)->complete(request_of({person("x")}), stage.clock.steady() + 100s, {});
  ASSERT_FALSE(reply);
  EXPECT_EQ(reply.error().code, Code::unavailable);
  EXPECT_EQ(reply.error().message, "claude could not be reached, asked 4 times.");
}

TEST(AnthropicModel, asks_again_when_it_is_overloaded_in_the_middle_of_a_stream) {
  WireStage stage(Vendor::anthropic);
  stage.vendor.bytes("text/event-stream", "event: message_start\ndata: {\"type\":\"message_start\",\"message\":{\"usage\":{\"input_tokens\":5,\"output_tokens\":1}}}\n\n"
                                          "event: error\ndata: {\"type\":\"error\",\"error\":{\"type\":\"overloaded_error\",\"message\":\"Overloaded\"}}\n\n");
  stage.vendor.answer({.text = "yes", .calls = {}, .refusal = {}});
  const auto reply = stage.say(true);
  ASSERT_TRUE(reply) << shown_of(reply.error());
  EXPECT_EQ(reply->text, "yes");
}

TEST(OpenaiModel, asks_again_when_an_error_comes_in_the_middle_of_a_stream) {
  WireStage stage(Vendor::openai);
  stage.vendor.bytes("text/event-stream", "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"Hal\"}}]}\n\ndata: {\"error\":{\"message\":\"The server had an error\",\"code\":502}}\n\n");
  stage.vendor.answer({.text = "yes", .calls = {}, .refusal = {}});
  const auto reply = stage.say(true);
  ASSERT_TRUE(reply) << shown_of(reply.error());
  EXPECT_EQ(reply->text, "yes");
  EXPECT_EQ(stage.shown, "Hal\n(again)\nyes");
}
