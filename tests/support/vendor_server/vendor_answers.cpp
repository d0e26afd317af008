// Answers as the vendors' documents show them.
#include "tests/support/vendor_server/vendor_server.h"

namespace deskhand::test {
namespace {

std::string event(const std::string& name, const Json& data) { return "event: " + name + "\ndata: " + data.dump() + "\n\n"; }

std::vector<std::string> pieces(const std::string& text, std::size_t piece_bytes) {
  std::vector<std::string> cut;
  for (std::size_t begin = 0; begin < text.size();) {
    std::size_t end = std::min(text.size(), begin + piece_bytes);
    while (end < text.size() && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) ++end;  // JSON holds whole characters
    cut.push_back(text.substr(begin, end - begin));
    begin = end;
  }
  return cut;
}

std::string finish_of(const VendorAnswer& answer) { return answer.stop == "stop" && !answer.calls.empty() ? "tool_calls" : answer.stop; }

Json chat_usage(const VendorAnswer& answer) {
  return {{"prompt_tokens", answer.input_tokens},
          {"completion_tokens", answer.output_tokens},
          {"total_tokens", answer.input_tokens + answer.output_tokens},
          {"prompt_tokens_details", {{"cached_tokens", answer.cached_tokens}, {"audio_tokens", 0}}},
          {"completion_tokens_details", {{"reasoning_tokens", 0}}}};
}

Json chat_chunk(const Json& delta, const Json& finish) {
  return {{"id", "chatcmpl-1"},
          {"object", "chat.completion.chunk"},
          {"created", 1700000000},
          {"model", "gpt-test"},
          {"choices", Json::array({{{"index", 0}, {"delta", delta}, {"logprobs", nullptr}, {"finish_reason", finish}}})}};
}

std::string messages_stop(const VendorAnswer& answer) {
  const std::string finish = finish_of(answer);
  if (finish == "tool_calls") return "tool_use";
  if (finish == "length") return "max_tokens";
  if (finish == "content_filter" || !answer.refusal.empty()) return "refusal";
  return finish == "stop" ? "end_turn" : finish;
}

Json messages_usage(const VendorAnswer& answer, int output) {
  return {{"input_tokens", answer.input_tokens - answer.cached_tokens - answer.cache_write_tokens},
          {"cache_creation_input_tokens", answer.cache_write_tokens},
          {"cache_read_input_tokens", answer.cached_tokens},
          {"output_tokens", output}};
}

Json input_of(const VendorCall& call) {
  auto input = parse_json(call.arguments, 1 << 24);
  return input ? *input : Json::object();
}

}  // namespace

std::string chat_whole(const VendorAnswer& answer) {
  Json message{{"role", "assistant"}, {"content", answer.text.empty() ? Json() : Json(answer.text)}, {"refusal", answer.refusal.empty() ? Json() : Json(answer.refusal)}};
  for (const VendorCall& call : answer.calls)
    message["tool_calls"].push_back({{"id", call.id}, {"type", "function"}, {"function", {{"name", call.tool}, {"arguments", call.arguments}}}});
  return Json{{"id", "chatcmpl-1"},
              {"object", "chat.completion"},
              {"created", 1700000000},
              {"model", "gpt-test"},
              {"choices", Json::array({{{"index", 0}, {"message", message}, {"logprobs", nullptr}, {"finish_reason", finish_of(answer)}}})},
              {"usage", chat_usage(answer)}}
      .dump();
}

std::string chat_stream(const VendorAnswer& answer, bool with_usage) {
  std::string stream;
  const auto send = [&](Json chunk) {
    if (with_usage) chunk["usage"] = nullptr;
    stream += "data: " + chunk.dump() + "\n\n";
  };
  send(chat_chunk({{"role", "assistant"}, {"content", answer.calls.empty() ? Json("") : Json()}, {"refusal", nullptr}}, nullptr));
  for (const std::string& piece : pieces(answer.text, answer.piece_bytes)) send(chat_chunk({{"content", piece}}, nullptr));
  for (const std::string& piece : pieces(answer.refusal, answer.piece_bytes)) send(chat_chunk({{"refusal", piece}}, nullptr));
  for (std::size_t i = 0; i < answer.calls.size(); ++i) {
    const VendorCall& call = answer.calls[i];
    send(chat_chunk({{"tool_calls", Json::array({{{"index", i}, {"id", call.id}, {"type", "function"}, {"function", {{"name", call.tool}, {"arguments", ""}}}}})}}, nullptr));
    for (const std::string& piece : pieces(call.arguments, answer.piece_bytes))
      send(chat_chunk({{"tool_calls", Json::array({{{"index", i}, {"function", {{"arguments", piece}}}}})}}, nullptr));
  }
  send(chat_chunk(Json::object(), finish_of(answer)));
  if (with_usage) stream += "data: " + Json{{"id", "chatcmpl-1"}, {"object", "chat.completion.chunk"}, {"created", 1700000000}, {"model", "gpt-test"}, {"choices", Json::array()}, {"usage", chat_usage(answer)}}.dump() + "\n\n";
  return stream + "data: [DONE]\n\n";
}

std::string messages_whole(const VendorAnswer& answer) {
  Json content = Json::array();
  if (!answer.text.empty()) content.push_back({{"type", "text"}, {"text", answer.text}});
  for (const VendorCall& call : answer.calls) content.push_back({{"type", "tool_use"}, {"id", call.id}, {"name", call.tool}, {"input", input_of(call)}});
  return Json{{"id", "msg_1"},           {"type", "message"},      {"role", "assistant"}, {"model", "claude-test"}, {"content", content},
              {"stop_reason", messages_stop(answer)}, {"stop_sequence", nullptr}, {"usage", messages_usage(answer, answer.output_tokens)}}
      .dump();
}

std::string messages_stream(const VendorAnswer& answer) {
  std::string stream = event("message_start", {{"type", "message_start"},
                                               {"message", {{"id", "msg_1"}, {"type", "message"}, {"role", "assistant"}, {"model", "claude-test"}, {"content", Json::array()},
                                                            {"stop_reason", nullptr}, {"stop_sequence", nullptr}, {"usage", messages_usage(answer, 1)}}}});
  stream += event("ping", {{"type", "ping"}});
  int index = 0;
  const auto block = [&](const Json& start, const std::string& type, const std::string& key, const std::string& text) {
    stream += event("content_block_start", {{"type", "content_block_start"}, {"index", index}, {"content_block", start}});
    for (const std::string& piece : pieces(text, answer.piece_bytes))
      stream += event("content_block_delta", {{"type", "content_block_delta"}, {"index", index}, {"delta", {{"type", type}, {key, piece}}}});
    stream += event("content_block_stop", {{"type", "content_block_stop"}, {"index", index++}});
  };
  if (!answer.text.empty()) block({{"type", "text"}, {"text", ""}}, "text_delta", "text", answer.text);
  for (const VendorCall& call : answer.calls)
    block({{"type", "tool_use"}, {"id", call.id}, {"name", call.tool}, {"input", Json::object()}}, "input_json_delta", "partial_json", call.arguments);
  stream += event("message_delta", {{"type", "message_delta"}, {"delta", {{"stop_reason", messages_stop(answer)}, {"stop_sequence", nullptr}}}, {"usage", {{"output_tokens", answer.output_tokens}}}});
  return stream + event("message_stop", {{"type", "message_stop"}});
}

std::string vendor_error(Vendor vendor, const std::string& type, const std::string& message) {
  if (vendor == Vendor::openai) return Json{{"error", {{"message", message}, {"type", type}, {"param", nullptr}, {"code", nullptr}}}}.dump();
  return Json{{"type", "error"}, {"error", {{"type", type}, {"message", message}}}, {"request_id", "req_1"}}.dump();
}

}  // namespace deskhand::test
