#include <algorithm>
#include <set>

#include "tests/support/vendor_server/rules.h"

namespace deskhand::test {
namespace {

std::string at(const std::string& where, std::size_t index) { return where + "[" + std::to_string(index) + "]"; }

// A subset of JSON Schema: closed objects, everything required.
void check_strict(const Json& schema, const std::string& where, Broken& broken) {
  static const std::set<std::string> kKnown{"type", "properties", "required", "additionalProperties", "items", "enum", "description", "title", "anyOf", "const", "$ref", "$defs"};
  if (!schema.is_object()) return;
  for (const auto& [key, value] : schema.items())
    if (!kKnown.contains(key)) broken.push_back(where + ": '" + key + "' is not permitted in strict mode");
  if (schema.value("type", Json()) == "object") {
    if (schema.value("additionalProperties", Json(true)) != false) broken.push_back(where + ": 'additionalProperties' is required to be supplied and to be false");
    const Json properties = schema.value("properties", Json::object()), required = schema.value("required", Json::array());
    for (const auto& [name, property] : properties.items()) {
      if (std::find(required.begin(), required.end(), name) == required.end()) broken.push_back(where + ": 'required' has to hold every property; missing '" + name + "'");
      check_strict(property, where + "." + name, broken);
    }
  }
  if (schema.contains("items")) check_strict(schema["items"], where + "[]", broken);
}

void check_tools(const Json& tools, Broken& broken) {
  if (!tools.is_array() || tools.empty()) return broken.push_back("tools: must be a list with at least one tool");
  if (tools.size() > 128) broken.push_back("tools: at most 128");
  std::set<std::string> names;
  for (std::size_t i = 0; i < tools.size(); ++i) {
    const std::string where = at("tools", i);
    check_keys(tools[i], where, {"type", "function"}, {}, broken);
    if (tools[i].value("type", "") != "function") broken.push_back(where + ".type: must be 'function'");
    const Json function = tools[i].value("function", Json::object());
    check_keys(function, where + ".function", {"name"}, {"description", "parameters", "strict"}, broken);
    const std::string name = function.value("name", "");
    if (!is_name(name, 64)) broken.push_back(where + ".function.name: does not match '^[a-zA-Z0-9_-]{1,64}$'");
    if (!names.insert(name).second) broken.push_back(where + ".function.name: given twice");
    if (function.value("description", "").size() > 1024) broken.push_back(where + ".function.description: longer than 1024");
    if (function.contains("parameters")) check_parameters(function["parameters"], where + ".function.parameters", broken);
    if (function.value("strict", false)) check_strict(function["parameters"], where + ".function.parameters", broken);
  }
}

void check_content(const Json& message, const std::string& where, bool may_be_null, Broken& broken) {
  if (!message.contains("content")) {
    if (!may_be_null) broken.push_back(where + ".content: missing");
    return;
  }
  const Json& content = message["content"];
  if (content.is_string() || (content.is_null() && may_be_null)) return;
  if (!content.is_array() || content.empty()) return broken.push_back(where + ".content: expected a string or a list of parts");
  for (const Json& part : content) check_keys(part, where + ".content[]", {"type", "text"}, {}, broken);
}

std::vector<std::string> check_calls(const Json& calls, const std::string& where, ChatRules rules, Broken& broken) {
  std::vector<std::string> ids;
  if (!calls.is_array() || calls.empty()) {
    broken.push_back(where + ": must hold at least one call");
    return ids;
  }
  for (const Json& call : calls) {
    check_keys(call, where, {"id", "type", "function"}, {}, broken);
    const std::string id = call.value("id", "");
    if (id.empty() || id.size() > 40) broken.push_back(where + ".id: must have 1 to 40 characters, has " + std::to_string(id.size()));
    if (rules.mistral && (id.size() != 9 || !is_name(id, 9) || id.find_first_of("_-") != std::string::npos)) broken.push_back("Tool call id was " + id + " but must be a-z, A-Z, 0-9, with a length of 9.");
    if (std::find(ids.begin(), ids.end(), id) != ids.end()) broken.push_back(where + ".id: given twice");
    ids.push_back(id);
    const Json function = call.value("function", Json::object());
    check_keys(function, where + ".function", {"name", "arguments"}, {}, broken);
    if (!is_name(function.value("name", ""), 64)) broken.push_back(where + ".function.name: does not match '^[a-zA-Z0-9_-]+$'");
    if (!function.contains("arguments") || !function["arguments"].is_string()) broken.push_back(where + ".function.arguments: expected a string");
    else if (auto read = parse_json(function["arguments"].get<std::string>(), 1 << 20); !read || !read->is_object()) broken.push_back(where + ".function.arguments: no JSON object (servers that read it back fail)");
  }
  return ids;
}

// Reads the messages in order; `open` are the calls that have no result yet.
class Messages {
 public:
  Messages(ChatRules rules, Broken& broken) : rules_(rules), broken_(broken) {}

  void check(const Json& message, std::size_t index) {
    const std::string where = at("messages", index);
    if (!message.is_object()) return broken_.push_back(where + ": expected an object");
    const std::string role = message.value("role", "");
    if (role != "tool" && !open_.empty()) {
      broken_.push_back("An assistant message with 'tool_calls' must be followed by tool messages responding to each 'tool_call_id'. The following tool_call_ids did not have response messages: " + open_.front());
      open_.clear();
    }
    if (role == "system" || role == "developer") check_instruction(message, where, role, index);
    else if (role == "user") check_user(message, where);
    else if (role == "assistant") check_assistant(message, where);
    else if (role == "tool") check_tool(message, where);
    else broken_.push_back(where + ".role: '" + role + "' is no role");
    last_role_ = role;
  }

  void check_end() {
    if (!open_.empty()) broken_.push_back("An assistant message with 'tool_calls' must be followed by tool messages");
    if (last_role_ == "assistant") broken_.push_back("messages: the last one must not be the assistant's");
  }

 private:
  void check_instruction(const Json& message, const std::string& where, const std::string& role, std::size_t index) {
    check_keys(message, where, {"role", "content"}, {"name"}, broken_);
    check_content(message, where, false, broken_);
    if (index > 0) broken_.push_back(where + ": many servers take the system's words only at the beginning");
    if (rules_.first_reasoning && role == "system") broken_.push_back(where + ".role: 'system' is not supported with this model");
  }
  void check_user(const Json& message, const std::string& where) {
    check_keys(message, where, {"role", "content"}, {"name"}, broken_);
    check_content(message, where, false, broken_);
    if (last_role_ == "user") broken_.push_back(where + ": roles must alternate");
    if (rules_.mistral && last_role_ == "tool") broken_.push_back("Unexpected role 'user' after role 'tool'");
  }
  void check_assistant(const Json& message, const std::string& where) {
    check_keys(message, where, {"role"}, {"content", "refusal", "name", "tool_calls"}, broken_);
    const bool has_calls = message.contains("tool_calls");
    check_content(message, where, has_calls, broken_);
    if (last_role_ == "assistant") broken_.push_back(where + ": roles must alternate");
    if (last_role_.empty() || last_role_ == "system" || last_role_ == "developer") broken_.push_back(where + ": a user must speak first");
    if (has_calls) open_ = check_calls(message["tool_calls"], where + ".tool_calls", rules_, broken_);
  }
  void check_tool(const Json& message, const std::string& where) {
    check_keys(message, where, {"role", "content", "tool_call_id"}, {}, broken_);
    check_content(message, where, false, broken_);
    const std::string id = message.value("tool_call_id", "");
    if (std::erase(open_, id) == 0) broken_.push_back(where + ": messages with role 'tool' must be a response to a preceding message with 'tool_calls': " + id);
  }

  ChatRules rules_;
  Broken& broken_;
  std::vector<std::string> open_;
  std::string last_role_;
};

// "Structured outputs" of the API reference: a name, a schema, and with "strict" every property required and none beside them.
void check_response_format(const Json& format, Broken& broken) {
  const std::string type = format.is_object() ? format.value("type", "") : "";
  if (type != "text" && type != "json_object" && type != "json_schema") {
    broken.push_back("response_format.type: supported values are 'json_object', 'json_schema', and 'text'");
    return;
  }
  if (type != "json_schema") return check_keys(format, "response_format", {"type"}, {}, broken);
  check_keys(format, "response_format", {"type", "json_schema"}, {}, broken);
  const Json& form = format.value("json_schema", Json::object());
  check_keys(form, "response_format.json_schema", {"name", "schema"}, {"description", "strict"}, broken);
  const std::string name = form.value("name", "");
  const bool named = !name.empty() && name.size() <= 64 && std::all_of(name.begin(), name.end(), [](unsigned char c) { return std::isalnum(c) != 0 || c == '_' || c == '-'; });
  if (!named) broken.push_back("response_format.json_schema.name: must match ^[a-zA-Z0-9_-]{1,64}$");
  if (!form.value("strict", false)) return;
  const Json schema = form.value("schema", Json::object());
  if (schema.value("additionalProperties", true)) broken.push_back("Invalid schema for response_format: 'additionalProperties' is required to be supplied and to be false.");
  const Json properties = schema.value("properties", Json::object()), required = schema.value("required", Json::array());
  for (const auto& [key, property] : properties.items()) {
    if (std::find(required.begin(), required.end(), key) == required.end()) broken.push_back("Invalid schema for response_format: 'required' must include every key in properties. Missing '" + key + "'.");
  }
}

}  // namespace

Broken broken_chat_rules(const Json& body, ChatRules rules) {
  Broken broken;
  check_keys(body, "body", {"model", "messages"},
             {"max_tokens", "max_completion_tokens", "tools", "tool_choice", "parallel_tool_calls", "stream", "stream_options", "temperature", "top_p", "n", "stop",
              "seed", "user", "metadata", "store", "response_format", "reasoning_effort", "service_tier", "prompt_cache_key", "safety_identifier", "verbosity",
              "frequency_penalty", "presence_penalty", "logit_bias", "logprobs", "top_logprobs", "modalities", "prediction", "audio", "web_search_options"},
             broken);
  if (!body.is_object()) return broken;
  if (body.value("model", "").empty()) broken.push_back("model: you must provide a model parameter");
  for (const char* key : {"max_tokens", "max_completion_tokens"})
    if (body.contains(key) && (!body[key].is_number_integer() || body[key].get<std::int64_t>() < 1)) broken.push_back(std::string(key) + ": must be at least 1");
  if (body.contains("max_tokens") && body.contains("max_completion_tokens")) broken.push_back("max_tokens and max_completion_tokens can not both be set");
  if (rules.first_reasoning && body.contains("max_tokens")) broken.push_back("Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.");
  if (rules.first_reasoning && body.contains("parallel_tool_calls")) broken.push_back("Unsupported parameter: 'parallel_tool_calls' is not supported with this model.");
  if (body.contains("stream") && !body["stream"].is_boolean()) broken.push_back("stream: expected a boolean");
  if (body.contains("stream_options")) {
    if (!body.value("stream", false)) broken.push_back("The 'stream_options' parameter is only allowed when 'stream' is enabled.");
    if (rules.mistral) broken.push_back("stream_options: extra inputs are not permitted");
    check_keys(body["stream_options"], "stream_options", {}, {"include_usage", "include_obfuscation"}, broken);
  }
  if (body.contains("tools")) check_tools(body["tools"], broken);
  if (body.contains("response_format")) check_response_format(body["response_format"], broken);
  for (const char* key : {"tool_choice", "parallel_tool_calls"})
    if (body.contains(key) && !body.contains("tools")) broken.push_back(std::string("'") + key + "' is only allowed when 'tools' are specified.");
  const Json messages = body.value("messages", Json());
  if (!messages.is_array() || messages.empty()) {
    broken.push_back("messages: must hold at least one message");
    return broken;
  }
  Messages reader(rules, broken);
  for (std::size_t i = 0; i < messages.size(); ++i) reader.check(messages[i], i);
  reader.check_end();
  return broken;
}

}  // namespace deskhand::test
