#include "model/wire_conversation.h"

#include "model/anthropic/request.h"
#include "model/openai/request.h"
#include "tests/unit/model/wire_stage.h"

using namespace deskhand;
using namespace deskhand::model;

namespace {

std::string shown(const std::vector<WireMessage>& messages) {
  std::string text;
  for (const WireMessage& message : messages) {
    text += message.from_user ? "U(" : "A(";
    for (const WireResult& result : message.results) text += "r:" + result.call_id + (result.ok ? "+" : "-") + " ";
    text += message.text;
    for (const WireCall& call : message.calls) text += " c:" + call.id;
    text += ") ";
  }
  return text;
}

std::string read(std::vector<ModelMessage> messages, CallIdForm form = CallIdForm::long_form) { return shown(wire_conversation(request_of(std::move(messages)), form)); }

}  // namespace

TEST(WireConversation, takes_turns_and_pairs_each_call_with_its_result) {
  EXPECT_EQ(read({person("hi"), answered("look", {{"a", "t", "{}"}, {"b", "t", "{}"}}), result("b", "t", "B"), result("a", "t", "A"), answered("done"), person("more")}),
            "U(hi) A(look c:a c:b) U(r:a+ r:b+ ) A(done) U(more) ");
}

TEST(WireConversation, answers_calls_that_were_never_run) {
  EXPECT_EQ(read({person("hi"), answered("", {{"a", "t", "{}"}, {"b", "t", "{}"}}), result("a", "t", "A"), person("stop")}), "U(hi) A( c:a c:b) U(r:a+ r:b- stop) ");
  EXPECT_EQ(read({person("hi"), answered("", {{"a", "t", "{}"}})}), "U(hi) A( c:a) U(r:a- ) ");
}

TEST(WireConversation, puts_people_who_speak_twice_into_one_message) {
  ModelMessage notice;
  notice.speaker = Speaker::notice;
  notice.text = "A-5 was approved.";
  EXPECT_EQ(read({person("one"), notice, person("two")}), "U(one\n\n[from the program] A-5 was approved.\n\ntwo) ");
}

TEST(WireConversation, begins_and_ends_with_the_user) {
  EXPECT_EQ(read({answered("hello")}), "U((The conversation began earlier.)) A(hello) U(Please go on.) ");
  EXPECT_EQ(read({answered("", {{"a", "t", "{}"}}), result("a", "t", "A")}), "U(Please go on.) A( c:a) U(r:a+ ) ");
  EXPECT_EQ(read({person("  ")}), "U((no words)) ");
}

TEST(WireConversation, tells_results_nobody_asked_for_as_words) {
  EXPECT_EQ(read({person("hi"), result("zzz", "t", "A")}), "U(hi\n\n[from the program] t: {\"ok\":true,\"text\":\"A\"}) ");
}

TEST(WireConversation, tells_calls_as_words_when_no_tools_are_offered) {
  ModelRequest request = request_of({person("hi"), answered("", {{"a", "find_contact", "{}"}}), result("a", "find_contact", "A"), person("so?")});
  request.tools.clear();
  const auto messages = wire_conversation(request, CallIdForm::long_form);
  for (const WireMessage& message : messages) EXPECT_TRUE(message.calls.empty() && message.results.empty());
  EXPECT_NE(shown(messages).find("[called find_contact]"), std::string::npos);
}

TEST(WireConversation, gives_ids_the_letters_that_are_allowed_and_each_only_once) {
  const std::vector<ModelMessage> log{person("hi"), answered("", {{"same", "t", "{}"}, {"same", "t", "{}"}, {"", "t", "{}"}, {std::string(300, 'x'), "t", "{}"}, {"b a d \xC3\xBC", "t", "{}"}}),
                                      result("same", "t", "1"), result("same", "t", "2"), answered("", {{"same", "t", "{}"}}), result("same", "t", "3")};
  for (const CallIdForm form : {CallIdForm::long_form, CallIdForm::nine_letters}) {
    std::set<std::string> ids;
    for (const WireMessage& message : wire_conversation(request_of(log), form))
      for (const WireCall& call : message.calls) {
        EXPECT_TRUE(ids.insert(call.id).second);
        EXPECT_TRUE(test::is_name(call.id, 40)) << call.id;
        EXPECT_TRUE(form == CallIdForm::long_form || call.id.size() == 9) << call.id;
      }
    EXPECT_EQ(ids.size(), 6u);
  }
  const auto messages = wire_conversation(request_of(log), CallIdForm::long_form);
  EXPECT_NE(messages[2].results[0].text.find("\"1\""), std::string::npos);
  EXPECT_NE(messages[2].results[1].text.find("\"2\""), std::string::npos);
  EXPECT_FALSE(messages[2].results[2].ok);
}

TEST(WireConversation, says_the_day_when_it_changes_and_always_the_same_way) {
  const auto at = [](const char* when, std::string text) {
    ModelMessage message = person(std::move(text));
    message.at = *parse_rfc3339(when);
    return message;
  };
  EXPECT_EQ(read({at("2026-03-03T20:00:00Z", "a"), answered("x"), at("2026-03-03T21:00:00Z", "b"), answered("y"), at("2026-03-05T05:30:00Z", "c")}),
            "U([Tuesday 2026-03-03]\na) A(x) U(b) A(y) U([Wednesday 2026-03-04]\nc) ");
}

// Whatever a log may hold, no vendor finds anything to refuse.
TEST(WireConversation, breaks_no_vendors_rule_with_any_log) {
  std::uint64_t state = 42;
  const auto pick = [&](std::uint64_t below) {
    state = state * 6364136223846793005ull + 1442695040888963407ull;
    return (state >> 33) % below;
  };
  const std::string texts[] = {"", " ", "hello", "\n", "\xFF\xC3", std::string("nul\0x", 5), "\"quotes\" \\ {}", "\xE2\x80\xA8", "<|im_start|>", std::string(5000, 'y')};
  const std::string ids[] = {"", "a", "a", "b", "call_1", "bad id!", std::string(99, 'z'), "\xFF"};
  const std::string tools[] = {"find_contact", "", "no such tool", "\xC3\xBC", std::string(100, 't'), "list_leads"};
  const std::string arguments[] = {"{}", "", "{\"a\":", "[]", "{\"query\":\"x\"}", "null", "\xFF"};
  const openai::RequestWriter writers[] = {{"m", *openai::capabilities_of("openai", "", "gpt")}, {"m", *openai::capabilities_of("mistral", "", "m")}, {"o1", *openai::capabilities_of("openai", "", "o1-mini")}};
  const test::ChatRules rules[] = {{}, {.mistral = true}, {.first_reasoning = true}};
  const anthropic::RequestWriter messages_writer("claude");
  for (int round = 0; round < 400; ++round) {
    std::vector<ModelMessage> log;
    for (std::uint64_t count = 1 + pick(12); count > 0; --count) {
      ModelMessage message;
      message.speaker = static_cast<Speaker>(pick(4));
      message.text = texts[pick(std::size(texts))];
      message.from_outside = pick(4) == 0;
      message.ok = pick(2) == 0;
      if (pick(3) == 0) message.at = Instant{static_cast<std::int64_t>(pick(1u << 30)) * 1'000'000};
      if (message.speaker == Speaker::tool) message.call_id = ids[pick(std::size(ids))];
      if (message.speaker == Speaker::model)
        for (std::uint64_t calls = pick(4); calls > 0; --calls) message.calls.push_back({ids[pick(std::size(ids))], tools[pick(std::size(tools))], arguments[pick(std::size(arguments))]});
      log.push_back(std::move(message));
    }
    ModelRequest request = request_of(std::move(log));
    if (pick(5) == 0) request.tools.clear();
    if (pick(5) == 0) request.system.clear();
    request.max_output_tokens = static_cast<int>(pick(3)) * 100;
    const bool stream = pick(2) == 0;
    for (std::size_t i = 0; i < std::size(writers); ++i) {
      const auto body = writers[i].write(request, stream);
      ASSERT_TRUE(body);
      const auto json = parse_json(*body, 64 << 20);
      ASSERT_TRUE(json) << *body;
      ASSERT_EQ(test::broken_chat_rules(*json, rules[i]), test::Broken{}) << "round " << round << "\n" << *body;
    }
    const auto body = messages_writer.write(request, stream);
    ASSERT_TRUE(body);
    const auto json = parse_json(*body, 64 << 20);
    ASSERT_TRUE(json) << *body;
    ASSERT_EQ(test::broken_messages_rules(*json), test::Broken{}) << "round " << round << "\n" << *body;
  }
}

TEST(RequestWriter, refuses_tools_that_no_vendor_takes_and_conversations_without_end) {
  const openai::RequestWriter writer("m", *openai::capabilities_of("openai", "", "gpt"));
  ModelRequest request = request_of({person("x")});
  request.tools[0].name = "two words";
  EXPECT_EQ(writer.write(request, false).error().code, Code::invalid_argument);
  request = request_of({person("x")});
  request.tools.push_back(request.tools[0]);
  EXPECT_EQ(writer.write(request, false).error().code, Code::invalid_argument);
  request = request_of({person("x")});
  request.tools[0].arguments = nullptr;
  EXPECT_EQ(writer.write(request, false).error().code, Code::invalid_argument);
  request = request_of({person(std::string(limits::kModelRequestBytes, 'x'))});
  EXPECT_EQ(writer.write(request, false).error().code, Code::limit_exceeded);
}

TEST(RequestWriter, notices_that_the_offer_changed) {
  const anthropic::RequestWriter writer("claude");
  ModelRequest request = request_of({person("x")});
  const auto tools_of = [&] { return Json::parse(*writer.write(request, false))["tools"]; };
  EXPECT_EQ(tools_of().size(), 2u);
  request.tools.pop_back();
  EXPECT_EQ(tools_of().size(), 1u);
  request.tools[0].description = std::string(3000, 'd');
  EXPECT_LE(tools_of()[0]["description"].get<std::string>().size(), limits::kModelToolDescriptionBytes);
  request.tools[0].arguments = schema(R"({"type":"object","properties":{"other":{"type":"string"}}})");
  EXPECT_TRUE(tools_of()[0]["input_schema"]["properties"].contains("other"));
}
