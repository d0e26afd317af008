#include "model/openai/answer.h"

#include "base/json.h"
#include "base/limits.h"
#include "base/text.h"

namespace deskhand::model::openai {
namespace {

constexpr std::size_t kPartsMax = 1000;  // of a content that is a list

StopReason stop_reason(std::string_view reason) {
  if (reason == "length") return StopReason::length;
  if (reason == "content_filter") return StopReason::refused;
  if (reason == "tool_calls" || reason == "function_call") return StopReason::calls;
  return StopReason::done;
}

// An error in the middle of a stream, or in an answer that calls itself a success.
bool read_error(const Json& body, AnswerBuilder& answer) {
  if (!body.is_object() || !body.contains("error") || body["error"].is_null()) return false;
  const VendorWords words = vendor_words(body);
  const std::string detail = words.type + " " + words.code + ": " + words.message;
  const bool is_busy = words.code == "429" || words.code == "503" || words.code == "529" || words.type == "overloaded_error" || words.type == "rate_limit_error";
  answer.fail({make_error(Code::unavailable, is_busy ? "is overloaded" : "broke off with an error of its own", detail), true, {}});
  return true;
}

void read_usage(const Json& body, AnswerBuilder& answer) {
  const Json& usage = member(body, "usage");
  if (!usage.is_object() || !usage.contains("prompt_tokens")) return;
  const std::int64_t input = count_member(usage, "prompt_tokens");
  const std::int64_t cached = std::min(input, count_member(member(usage, "prompt_tokens_details"), "cached_tokens"));
  answer.set_counts({input - cached, cached, 0, count_member(usage, "completion_tokens")});
}

// Text, or a list of parts of which only text is read.
void read_content(const Json& content, AnswerBuilder& answer) {
  if (content.is_string()) return answer.add_text(content.get_ref<const std::string&>());
  if (!content.is_array()) return;
  for (std::size_t part = 0; part < content.size() && part < kPartsMax; ++part)
    if (text_member(content[part], "type") == "text") answer.add_text(text_member(content[part], "text"));
}

void read_calls(const Json& calls, bool is_whole, AnswerBuilder& answer) {
  if (!calls.is_array()) return;
  std::int64_t place = 0;
  for (const Json& call : calls) {
    if (answer.has_enough()) return;
    const Json& function = member(call, "function");
    const Json& arguments = member(function, "arguments");
    // Some servers give the object itself instead of its text.
    const std::string text = arguments.is_string() ? arguments.get<std::string>() : arguments.is_null() ? std::string() : to_text(arguments);
    const bool has_index = !is_whole && member(call, "index").is_number_integer();
    answer.add_call(has_index ? count_member(call, "index") : place, text_member(call, "id"), text_member(function, "name"), text);
    ++place;
  }
}

class ChatAnswerFormat final : public AnswerFormat {
 public:
  void read_event(const net::ServerEvent& event, AnswerBuilder& answer) override {
    const std::string_view data = trim(event.data);
    if (data == "[DONE]") return answer.end_stream();
    if (data.empty()) return;
    auto chunk = parse_server_json(data, limits::kSseEventBytes);
    if (!chunk) return answer.fail(not_understood(chunk.error().message));
    if (read_error(*chunk, answer)) return;
    read_usage(*chunk, answer);
    const Json& choices = member(*chunk, "choices");
    if (!choices.is_array() || choices.empty()) return;  // the chunk that only tells the usage, or one of another kind
    read_message(member(choices.front(), "delta"), false, answer);
    read_end(choices.front(), answer);
  }

  void read_whole(const Json& body, AnswerBuilder& answer) override {
    if (read_error(body, answer)) return;
    const Json& choices = member(body, "choices");
    if (!choices.is_array() || choices.empty() || !member(choices.front(), "message").is_object())
      return answer.fail(not_understood("no choices[0].message"));
    read_usage(body, answer);
    read_message(member(choices.front(), "message"), true, answer);
    read_end(choices.front(), answer);
    answer.finish(StopReason::done);  // when it names no reason, it is whole all the same
  }

 private:
  static void read_message(const Json& message, bool is_whole, AnswerBuilder& answer) {
    read_content(member(message, "content"), answer);
    answer.add_refusal(text_member(message, "refusal"));
    read_calls(member(message, "tool_calls"), is_whole, answer);
  }

  static void read_end(const Json& choice, AnswerBuilder& answer) {
    const std::string_view reason = text_member(choice, "finish_reason");
    if (!reason.empty()) answer.finish(stop_reason(reason));
  }
};

}  // namespace

std::unique_ptr<AnswerFormat> make_answer_format() { return std::make_unique<ChatAnswerFormat>(); }

}  // namespace deskhand::model::openai
