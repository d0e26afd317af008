// Answers as servers really write them, with the habits that differ from the documents.
#include "model/wire_answer.h"

#include "base/text.h"
#include "model/anthropic/answer.h"
#include "model/openai/answer.h"
#include "tests/unit/model/wire_stage.h"

using namespace deskhand;
using namespace deskhand::model;

namespace {

struct Heard {
  tl::expected<ModelReply, WireFailure> reply;
  std::string shown;
};

Heard hear(std::unique_ptr<AnswerFormat> format, const std::vector<std::string>& events) {
  std::string shown;
  AnswerBuilder builder([&](std::string_view text) { shown += text; });
  for (const std::string& data : events) format->read_event({"message", data}, builder);
  return {builder.take({}, 400), shown};
}

std::string delta(const std::string& json) { return R"({"choices":[{"index":0,"delta":)" + json + "}]}"; }
std::string calls(const std::string& json) { return delta(R"({"tool_calls":[)" + json + "]}"); }
const std::string kEnd = R"({"choices":[{"index":0,"delta":{},"finish_reason":"tool_calls"}]})";

std::string proposed(const Heard& heard) {
  if (!heard.reply) return "failed: " + heard.reply.error().error.message;
  std::string text;
  for (const ProposedCall& call : heard.reply->calls) text += call.id + " " + call.tool + " " + call.arguments_text + "; ";
  return text;
}

}  // namespace

TEST(ChatStream, assembles_arguments_by_index_even_when_the_pieces_mix) {
  EXPECT_EQ(proposed(hear(openai::make_answer_format(), {calls(R"({"index":1,"id":"b","function":{"name":"two","arguments":"{\"x\""}})"), calls(R"({"index":0,"id":"a","function":{"name":"one","arguments":""}})"),
                                                           calls(R"({"index":1,"function":{"arguments":":2}"}})"), calls(R"({"index":0,"function":{"arguments":"{}"}})"), kEnd, "[DONE]"})),
            "a one {}; b two {\"x\":2}; ");
}

TEST(ChatStream, tells_calls_apart_that_all_carry_index_zero) {
  EXPECT_EQ(proposed(hear(openai::make_answer_format(), {calls(R"({"index":0,"id":"a","function":{"name":"one","arguments":"{\"x\":1}"}})"), calls(R"({"index":0,"id":"b","function":{"name":"two","arguments":"{}"}})"), kEnd})),
            "a one {\"x\":1}; b two {}; ");
}

TEST(ChatStream, takes_calls_without_index_or_id_and_arguments_that_are_an_object) {
  EXPECT_EQ(proposed(hear(openai::make_answer_format(), {calls(R"({"function":{"name":"one","arguments":{"x":1}}},{"function":{"name":"two","arguments":null}})"), kEnd})), "call-1 one {\"x\":1}; call-2 two {}; ");
}

TEST(ChatStream, does_not_double_a_name_that_every_piece_repeats) {
  EXPECT_EQ(proposed(hear(openai::make_answer_format(), {calls(R"({"index":0,"id":"a","function":{"name":"one","arguments":"{"}})"), calls(R"({"index":0,"id":"a","function":{"name":"one","arguments":"}"}})"), kEnd})), "a one {}; ");
}

TEST(ChatStream, keeps_a_call_whose_arguments_were_cut_so_that_the_model_hears_of_it) {
  const Heard heard = hear(openai::make_answer_format(), {calls(R"({"index":0,"id":"a","function":{"name":"one","arguments":"{\"x\": \"ab"}})"), R"({"choices":[{"index":0,"delta":{},"finish_reason":"length"}]})"});
  EXPECT_EQ(proposed(heard), "a one {\"x\": \"ab; ");
  EXPECT_EQ(heard.reply->stop, StopReason::length);
}

TEST(ChatStream, takes_a_call_cut_before_its_arguments_for_a_broken_one_and_not_for_one_without_any) {
  const Heard heard = hear(openai::make_answer_format(), {calls(R"({"index":0,"id":"a","function":{"name":"one","arguments":""}})"), R"({"choices":[{"index":0,"delta":{},"finish_reason":"length"}]})"});
  EXPECT_EQ(proposed(heard), "a one {; ");
}

TEST(ChatStream, tells_calls_apart_that_are_all_numbered_0_and_have_no_id) {
  EXPECT_EQ(proposed(hear(openai::make_answer_format(), {calls(R"({"index":0,"function":{"name":"one","arguments":"{}"}})"), calls(R"({"index":0,"function":{"name":"two","arguments":"{\"x\":1}"}})"), calls(R"({"index":0,"function":{"name":"two","arguments":"{\"x\":2}"}})"), kEnd})),
            "call-1 one {}; call-2 two {\"x\":1}; call-3 two {\"x\":2}; ");
}

TEST(ChatStream, reads_past_fields_of_the_wrong_type) {
  const Heard heard = hear(openai::make_answer_format(), {R"({"choices":[{"index":0,"delta":{"content":7,"tool_calls":"x","refusal":[]},"finish_reason":3}],"usage":"none"})", R"({"choices":"x"})", R"({"choices":[7]})", R"(7)",
                                                            calls(R"(7,{"index":"x","id":5,"function":7},{"index":-9,"id":"n","function":{"name":["x"],"arguments":7}})"), delta(R"({"content":"ok"})"), kEnd});
  ASSERT_TRUE(heard.reply);
  EXPECT_EQ(heard.reply->text, "ok");
  EXPECT_FALSE(heard.reply->calls.empty());  // of no name: the toolbox says what is wrong with them
}

TEST(ChatStream, estimates_tokens_when_the_server_counts_none) {
  const Heard heard = hear(openai::make_answer_format(), {delta(R"({"content":"12345678"})"), "[DONE]"});
  ASSERT_TRUE(heard.reply);
  EXPECT_EQ(heard.reply->usage.input_tokens, 100);
  EXPECT_EQ(heard.reply->usage.output_tokens, 3);
}

TEST(ChatStream, takes_usage_that_is_told_with_every_chunk_or_is_absurd) {
  const Heard heard = hear(openai::make_answer_format(), {R"({"choices":[{"index":0,"delta":{"content":"a"}}],"usage":{"prompt_tokens":10,"completion_tokens":1}})",
                                                            R"({"choices":[],"usage":{"prompt_tokens":10,"completion_tokens":-5,"prompt_tokens_details":{"cached_tokens":99999999999999}}})", "[DONE]"});
  ASSERT_TRUE(heard.reply);
  EXPECT_EQ(heard.reply->usage.input_tokens, 10);
  EXPECT_EQ(heard.reply->usage.cached_tokens, 10);
  EXPECT_EQ(heard.reply->usage.output_tokens, 0);
}

TEST(ChatStream, does_not_show_what_a_model_thinks_before_it_answers) {
  const Heard heard = hear(openai::make_answer_format(), {delta(R"({"content":"\n<th"})"), delta(R"({"content":"ink>secret plan </thi"})"), delta(R"({"content":"nk>\n\nHello "})"), delta(R"({"content":"<think> there"})"), delta(R"({"reasoning_content":"more"})"), "[DONE]"});
  ASSERT_TRUE(heard.reply);
  EXPECT_EQ(heard.reply->text, "Hello <think> there");
  EXPECT_EQ(heard.shown, heard.reply->text);
  const Heard only_thoughts = hear(openai::make_answer_format(), {delta(R"({"content":"<think>no end"})"), "[DONE]"});
  ASSERT_FALSE(only_thoughts.reply);
  EXPECT_TRUE(only_thoughts.reply.error().may_retry);
  EXPECT_EQ(hear(openai::make_answer_format(), {delta(R"({"content":"<thi"})"), "[DONE]"}).reply->text, "<thi");
}

TEST(ChatWhole, reads_content_given_in_parts) {
  AnswerBuilder builder(nullptr);
  openai::make_answer_format()->read_whole(Json::parse(R"({"choices":[{"message":{"content":[{"type":"thinking","thinking":"x"},{"type":"text","text":"a"},{"type":"text","text":"b"}]}}]})"), builder);
  EXPECT_EQ(builder.take({}, 0)->text, "ab");
}

TEST(MessagesStream, takes_arguments_given_whole_at_the_beginning_or_in_pieces_but_not_twice) {
  const auto start = [](const std::string& input) { return R"({"type":"content_block_start","index":1,"content_block":{"type":"tool_use","id":"t","name":"one","input":)" + input + "}}"; };
  const std::string piece = R"({"type":"content_block_delta","index":1,"delta":{"type":"input_json_delta","partial_json":"{\"x\":1}"}})";
  const std::string stop = R"({"type":"content_block_stop","index":1})", end = R"({"type":"message_delta","delta":{"stop_reason":"tool_use"}})";
  EXPECT_EQ(proposed(hear(anthropic::make_answer_format(), {start("{}"), piece, stop, end})), "t one {\"x\":1}; ");
  EXPECT_EQ(proposed(hear(anthropic::make_answer_format(), {start("{\"x\":1}"), piece, stop, end})), "t one {\"x\":1}; ");
  EXPECT_EQ(proposed(hear(anthropic::make_answer_format(), {start("{\"x\":1}"), stop, end})), "t one {\"x\":1}; ");
  EXPECT_EQ(proposed(hear(anthropic::make_answer_format(), {start("{}"), stop, end})), "t one {}; ");
}

TEST(MessagesStream, passes_over_thoughts_and_events_of_later_versions) {
  const Heard heard = hear(anthropic::make_answer_format(), {R"({"type":"message_start","message":{"usage":{"input_tokens":9,"cache_read_input_tokens":4,"output_tokens":1}}})",
                                                               R"({"type":"content_block_start","index":0,"content_block":{"type":"thinking","thinking":""}})", R"({"type":"content_block_delta","index":0,"delta":{"type":"thinking_delta","thinking":"plan"}})",
                                                               R"({"type":"content_block_delta","index":0,"delta":{"type":"signature_delta","signature":"x"}})", R"({"type":"content_block_stop","index":0})", R"({"type":"something_new","x":1})", R"(7)", R"({"type":7})",
                                                               R"({"type":"content_block_start","index":1,"content_block":{"type":"text","text":"Hel"}})", R"({"type":"content_block_delta","index":1,"delta":{"type":"text_delta","text":"lo"}})",
                                                               R"({"type":"message_delta","delta":{"stop_reason":"end_turn"},"usage":{"output_tokens":12}})", R"({"type":"message_stop"})"});
  ASSERT_TRUE(heard.reply);
  EXPECT_EQ(heard.reply->text, "Hello");
  EXPECT_EQ(heard.reply->usage.input_tokens, 13);
  EXPECT_EQ(heard.reply->usage.cached_tokens, 4);
  EXPECT_EQ(heard.reply->usage.output_tokens, 12);
}

TEST(MessagesStream, counts_a_full_context_as_a_length_stop) {
  EXPECT_EQ(hear(anthropic::make_answer_format(), {R"({"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"a"}})", R"({"type":"message_delta","delta":{"stop_reason":"model_context_window_exceeded"}})"}).reply->stop, StopReason::length);
}

TEST(ServerJson, survives_halves_of_surrogate_pairs_and_nothing_more) {
  const auto text = [](std::string_view json) {
    auto read = parse_server_json(json, 1000);
    return read ? read->get<std::string>() : "refused";
  };
  EXPECT_EQ(text(R"("\ud83d\udc4b")"), "\xF0\x9F\x91\x8B");
  EXPECT_EQ(text(R"("a\ud83dz")"), "a\xEF\xBF\xBDz");
  EXPECT_EQ(text(R"("\udc4b\ud83d\ud83d\udc4b")"), "\xEF\xBF\xBD\xEF\xBF\xBD\xF0\x9F\x91\x8B");
  EXPECT_EQ(text(R"("\\ud83d \u00e9 \ud83d")"), "\\ud83d \xC3\xA9 \xEF\xBF\xBD");
  EXPECT_EQ(text(R"("\uD8zz")"), "refused");
  EXPECT_EQ(text(R"("\ud83d)"), "refused");
}

// Bytes turned, dropped and doubled at random: every answer ends as a reply within its bounds or as a failure in words.
TEST(AnswerReader, ends_in_a_defined_way_with_any_bytes) {
  const test::VendorAnswer answer{.text = "Grüße <think> \"x\"", .calls = {{"a", "find_contact", R"({"query":"Ana \u00e9"})"}, {"b", "list_leads", "{}"}}, .refusal = {}};
  const std::string bodies[] = {test::chat_whole(answer), test::chat_stream(answer, true), test::messages_whole(answer), test::messages_stream(answer)};
  std::uint64_t state = 7;
  const auto pick = [&](std::uint64_t below) {
    state = state * 6364136223846793005ull + 1442695040888963407ull;
    return static_cast<std::size_t>((state >> 33) % below);
  };
  int replies = 0;
  for (int round = 0; round < 4000; ++round) {
    const std::size_t kind = pick(4);
    std::string body = bodies[kind];
    for (std::size_t edits = pick(4); edits > 0 && !body.empty(); --edits) {
      const std::size_t at = pick(body.size());
      switch (pick(5)) {
        case 0: body[at] = static_cast<char>(pick(256)); break;
        case 1: body.erase(at, pick(40)); break;
        case 2: body.insert(at, body.substr(pick(body.size()), pick(60))); break;
        case 3: body.resize(at + 1); break;
        default: body.insert(at, std::string(pick(4), "{}[]\",:\n\\"[pick(9)])); break;
      }
    }
    const auto format = kind < 2 ? openai::make_answer_format() : anthropic::make_answer_format();
    AnswerBuilder builder([](std::string_view text) { ASSERT_TRUE(is_utf8(text)); });
    AnswerReader reader(*format, builder);
    const HttpHead head{200, {{"content-type", kind % 2 == 1 && pick(4) > 0 ? "text/event-stream" : "application/json"}}};
    const std::size_t piece = 1 + pick(200);
    for (std::size_t at = 0; at < body.size(); at += piece) reader.take(head, std::string_view(body).substr(at, piece));
    reader.end();
    if (!builder.has_failed() && !builder.is_finished()) continue;
    const auto reply = builder.take({}, body.size());
    if (!reply) {
      ASSERT_FALSE(reply.error().error.message.empty());
      continue;
    }
    ++replies;
    ASSERT_TRUE(is_utf8(reply->text));
    ASSERT_LE(reply->calls.size(), limits::kModelCalls);
    ASSERT_TRUE(!reply->text.empty() || !reply->calls.empty());
  }
  EXPECT_GT(replies, 1000);
}
