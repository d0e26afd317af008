#include "model/openai/request.h"

#include <algorithm>

#include "base/json.h"
#include "base/limits.h"
#include "model/openai/strict.h"
#include "model/wire_conversation.h"
#include "model/wire_text.h"

namespace deskhand::model::openai {
namespace {

constexpr std::string_view kClosing = "(done)";  // where a template wants the assistant to speak after results

void write_tool(std::string& out, const OfferedTool& tool, const std::string& description, const Capabilities& capabilities) {
  Json schema = wire_schema(*tool.arguments);
  if (!capabilities.patterns) schema = without_patterns(schema);
  out += R"({"type":"function","function":{"name":)";
  append_json(out, tool.name);
  out += R"(,"description":)";
  append_json(out, description);
  out += R"(,"parameters":)" + to_text(schema);
  if (capabilities.strict_schemas && fits_strict_mode(schema)) out += R"(,"strict":true)";
  out += "}}";
}

void begin_message(std::string& out, std::string_view role) {
  out += out.empty() ? R"({"role":")" : R"(,{"role":")";
  out += role;
  out += '"';
}

void write_words(std::string& out, std::string_view role, std::string_view text) {
  begin_message(out, role);
  out += R"(,"content":)";
  append_json(out, text);
  out += '}';
}

void write_answer(std::string& out, const WireMessage& message) {
  begin_message(out, "assistant");
  out += R"(,"content":)";
  if (message.text.empty()) out += "null";
  else append_json(out, message.text);
  for (const WireCall& call : message.calls) {
    out += &call == &message.calls.front() ? R"(,"tool_calls":[{"id":)" : R"(,{"id":)";
    append_json(out, call.id);
    out += R"(,"type":"function","function":{"name":)";
    append_json(out, call.tool);
    out += R"(,"arguments":)";
    append_json(out, call.arguments);
    out += "}}";
  }
  out += message.calls.empty() ? "}" : "]}";
}

void write_result(std::string& out, const WireResult& result, std::string_view state) {
  begin_message(out, "tool");
  out += R"(,"tool_call_id":)";
  append_json(out, result.call_id);
  out += R"(,"content":)";
  append_json(out, state.empty() ? result.text : result.text + "\n\n" + std::string(state));
  out += '}';
}

// The answer held to a form. "strict" only where the schema is one that strict mode takes; the whole request fails otherwise.
void write_answer_form(std::string& out, const ModelRequest& request, const Capabilities& capabilities) {
  Json schema = wire_schema(*request.answer_form);
  if (!capabilities.patterns) schema = without_patterns(schema);
  out += R"(,"response_format":{"type":"json_schema","json_schema":{"name":)";
  append_json(out, name_of(request.purpose));
  out += R"(,"schema":)" + to_text(schema);
  if (capabilities.strict_schemas && fits_strict_mode(schema)) out += R"(,"strict":true)";
  out += "}}";
}

// The state stands at the end of whatever the user's side says last, because many servers take no system's words there and
// some no user's words after a result.
void write_users_side(std::string& out, const WireMessage& message, std::string_view state, bool closes_results) {
  for (const WireResult& result : message.results) write_result(out, result, message.text.empty() && &result == &message.results.back() ? state : "");
  if (message.text.empty()) return;
  if (!message.results.empty() && closes_results) write_words(out, "assistant", kClosing);
  write_words(out, "user", state.empty() ? message.text : message.text + "\n\n" + std::string(state));
}

}  // namespace

RequestWriter::RequestWriter(std::string model, const Capabilities& capabilities)
    : model_(std::move(model)), capabilities_(capabilities), tools_([capabilities](std::string& out, const OfferedTool& tool, const std::string& description) {
        write_tool(out, tool, description, capabilities);
      }) {}

Result<std::string> RequestWriter::write(const ModelRequest& request, bool stream) const {
  auto tools = tools_.text_of(request.tools);
  if (!tools) return tools.error();
  std::string messages;
  begin_message(messages, capabilities_.system_role);
  messages += R"(,"content":)" + *system_.json_of(system_text(request)) + "}";
  const std::vector<WireMessage> conversation = wire_conversation(request, capabilities_.call_ids);
  for (const WireMessage& message : conversation) {
    if (message.from_user) write_users_side(messages, message, &message == &conversation.back() ? state_text(request) : "", capabilities_.closes_results);
    else write_answer(messages, message);
  }
  std::string body = R"({"model":)";
  append_json(body, model_);
  body += R"(,"messages":[)" + messages + "]";
  body += capabilities_.max_completion_tokens ? R"(,"max_completion_tokens":)" : R"(,"max_tokens":)";
  body += std::to_string(std::max(1, request.max_output_tokens));
  if (!(*tools)->empty()) {
    body += R"(,"tools":)" + **tools;
    if (capabilities_.parallel_calls_flag) body += R"(,"parallel_tool_calls":true)";
  }
  if (request.answer_form && capabilities_.answer_forms) write_answer_form(body, request, capabilities_);
  if (stream) body += R"(,"stream":true)";
  if (stream && capabilities_.usage_in_stream) body += R"(,"stream_options":{"include_usage":true})";
  body += '}';
  if (body.size() > limits::kModelRequestBytes) return make_error(Code::limit_exceeded, "The conversation is too long for a model; please start a new one.");
  return body;
}

}  // namespace deskhand::model::openai
