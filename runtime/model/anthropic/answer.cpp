#include "model/anthropic/answer.h"

#include <algorithm>

#include "base/json.h"
#include "base/limits.h"

namespace deskhand::model::anthropic {
namespace {

StopReason stop_reason(std::string_view reason) {
  if (reason == "max_tokens" || reason == "model_context_window_exceeded") return StopReason::length;
  if (reason == "refusal") return StopReason::refused;
  if (reason == "tool_use") return StopReason::calls;
  return StopReason::done;  // end_turn, stop_sequence, pause_turn
}

bool read_error(const Json& body, AnswerBuilder& answer) {
  if (!body.is_object() || text_member(body, "type") != "error") return false;
  const VendorWords words = vendor_words(body);
  const bool is_busy = words.type == "overloaded_error" || words.type == "rate_limit_error";
  const bool is_ours = words.type == "invalid_request_error";
  answer.fail({make_error(is_ours ? Code::invalid_argument : Code::unavailable,
                          is_busy ? "is overloaded" : is_ours ? "refused the request: " + words.message : "broke off with an error of its own",
                          words.type + ": " + words.message),
               !is_ours,
               {}});
  return true;
}

// Counts of one usage object over those known before; later ones of a stream tell the whole again.
TokenCounts read_usage(const Json& usage, TokenCounts known) {
  const auto read = [&](std::string_view key, std::int64_t& count) {
    if (member(usage, key).is_number_integer()) count = count_member(usage, key);
  };
  read("input_tokens", known.fresh_input);  // without what the cache held or took
  read("cache_read_input_tokens", known.cached_input);
  read("cache_creation_input_tokens", known.cache_write);
  read("output_tokens", known.output);
  return known;
}

class MessagesAnswerFormat final : public AnswerFormat {
 public:
  void read_event(const net::ServerEvent& event, AnswerBuilder& answer) override {
    auto data = parse_server_json(event.data, limits::kSseEventBytes);
    if (!data) return answer.fail(not_understood(data.error().message));
    if (read_error(*data, answer)) return;
    const std::string_view type = text_member(*data, "type");
    if (type == "message_start") note_usage(member(member(*data, "message"), "usage"), answer);
    else if (type == "content_block_start") begin_block(*data, answer);
    else if (type == "content_block_delta") read_delta(*data, answer);
    else if (type == "content_block_stop") end_block(count_member(*data, "index"), answer);
    else if (type == "message_delta") read_end(*data, answer);
    else if (type == "message_stop") answer.end_stream();
    // "ping", and whatever else a later version sends, says nothing that is needed.
  }

  void read_whole(const Json& body, AnswerBuilder& answer) override {
    if (read_error(body, answer)) return;
    const Json& content = member(body, "content");
    if (!content.is_array()) return answer.fail(not_understood("no content"));
    note_usage(member(body, "usage"), answer);
    std::int64_t index = 0;
    for (const Json& block : content) {
      if (answer.has_enough()) break;
      if (text_member(block, "type") == "text") answer.add_text(text_member(block, "text"));
      if (text_member(block, "type") == "tool_use") answer.add_call(index, text_member(block, "id"), text_member(block, "name"), to_text(member(block, "input")));
      ++index;
    }
    answer.finish(stop_reason(text_member(body, "stop_reason")));
  }

 private:
  void note_usage(const Json& usage, AnswerBuilder& answer) {
    if (usage.is_object()) answer.set_counts(read_usage(usage, answer.counts()));
  }

  void begin_block(const Json& event, AnswerBuilder& answer) {
    const Json& block = member(event, "content_block");
    if (text_member(block, "type") == "text") answer.add_text(text_member(block, "text"));
    if (text_member(block, "type") != "tool_use") return;
    const std::int64_t index = count_member(event, "index");
    answer.add_call(index, text_member(block, "id"), text_member(block, "name"), "");
    // The arguments come as deltas; a server that gives them here, whole, sends none.
    const Json& input = member(block, "input");
    open_ = {index, input.is_object() && !input.empty() ? to_text(input) : std::string(), false};
  }

  void read_delta(const Json& event, AnswerBuilder& answer) {
    const Json& delta = member(event, "delta");
    const std::string_view type = text_member(delta, "type");
    if (type == "text_delta") answer.add_text(text_member(delta, "text"));
    if (type != "input_json_delta") return;  // thoughts and citations are not shown
    const std::string_view piece = text_member(delta, "partial_json");
    const std::int64_t index = count_member(event, "index");
    if (index == open_.index && !piece.empty()) open_.has_pieces = true;
    answer.add_call(index, "", "", piece);
  }

  void end_block(std::int64_t index, AnswerBuilder& answer) {
    if (index == open_.index && !open_.has_pieces && !open_.whole_input.empty()) answer.add_call(index, "", "", open_.whole_input);
    if (index == open_.index) open_ = {};
  }

  void read_end(const Json& event, AnswerBuilder& answer) {
    note_usage(member(event, "usage"), answer);
    const std::string_view reason = text_member(member(event, "delta"), "stop_reason");
    if (!reason.empty()) answer.finish(stop_reason(reason));
  }

  struct OpenBlock {
    std::int64_t index = -1;
    std::string whole_input;
    bool has_pieces = false;
  };
  OpenBlock open_;
};

}  // namespace

std::unique_ptr<AnswerFormat> make_answer_format() { return std::make_unique<MessagesAnswerFormat>(); }

}  // namespace deskhand::model::anthropic
