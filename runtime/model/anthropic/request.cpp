#include "model/anthropic/request.h"

#include <algorithm>

#include "base/json.h"
#include "base/limits.h"
#include "base/text.h"
#include "model/wire_conversation.h"
#include "model/wire_text.h"

namespace deskhand::model::anthropic {
namespace {

constexpr std::string_view kCacheMark = R"(,"cache_control":{"type":"ephemeral"})";

void write_tool(std::string& out, const OfferedTool& tool, const std::string& description) {
  out += R"({"name":)";
  append_json(out, tool.name);
  out += R"(,"description":)";
  append_json(out, description);
  out += R"(,"input_schema":)" + to_text(wire_schema(*tool.arguments)) + "}";
}

void write_text(std::string& out, std::string_view text, bool is_marked) {
  out += R"({"type":"text","text":)";
  append_json(out, text);
  if (is_marked) out += kCacheMark;
  out += '}';
}

void write_call(std::string& out, const WireCall& call) {
  out += R"({"type":"tool_use","id":)";
  append_json(out, call.id);
  out += R"(,"name":)";
  append_json(out, call.tool);
  out += R"(,"input":)" + call.arguments + "}";
}

void write_result(std::string& out, const WireResult& result, bool is_marked) {
  out += R"({"type":"tool_result","tool_use_id":)";
  append_json(out, result.call_id);
  out += R"(,"content":)";
  append_json(out, result.text);
  if (!result.ok) out += R"(,"is_error":true)";
  if (is_marked) out += kCacheMark;
  out += '}';
}

// The blocks of one message; the last one of `is_last` carries the mark, and the state follows it unmarked.
void write_message(std::string& out, const WireMessage& message, bool is_last, std::string_view state) {
  out += out.empty() ? R"({"role":)" : R"(,{"role":)";
  out += message.from_user ? R"("user","content":[)" : R"("assistant","content":[)";
  const std::size_t blocks = message.results.size() + message.calls.size() + (message.text.empty() ? 0 : 1);
  std::size_t block = 0;
  const auto next = [&] {
    if (block++ > 0) out += ',';
    return is_last && block == blocks;
  };
  for (const WireResult& result : message.results) {
    const bool is_marked = next();
    write_result(out, result, is_marked);
  }
  if (!message.text.empty()) {
    const bool is_marked = next();
    write_text(out, message.text, is_marked);
  }
  for (const WireCall& call : message.calls) {
    next();
    write_call(out, call);
  }
  if (is_last && !state.empty()) {
    out += ',';
    write_text(out, state, false);
  }
  out += "]}";
}

}  // namespace

RequestWriter::RequestWriter(std::string model) : model_(std::move(model)), tools_(write_tool) {}

Result<std::string> RequestWriter::write(const ModelRequest& request, bool stream) const {
  auto tools = tools_.text_of(request.tools);
  if (!tools) return tools.error();
  std::string body = R"({"model":)";
  append_json(body, model_);
  body += R"(,"max_tokens":)" + std::to_string(std::max(1, request.max_output_tokens));
  body += R"(,"system":[{"type":"text","text":)" + *system_.json_of(system_text(request));
  body += kCacheMark;
  body += "}]";
  if (!(*tools)->empty()) body += R"(,"tools":)" + **tools;
  const std::vector<WireMessage> conversation = wire_conversation(request, CallIdForm::long_form);
  std::string messages;
  const std::string state = state_text(request);
  for (const WireMessage& message : conversation) write_message(messages, message, &message == &conversation.back(), state);
  body += R"(,"messages":[)" + messages + "]";
  if (stream) body += R"(,"stream":true)";
  body += '}';
  if (body.size() > limits::kModelRequestBytes) return make_error(Code::limit_exceeded, "The conversation is too long for a model; please start a new one.");
  return body;
}

}  // namespace deskhand::model::anthropic
