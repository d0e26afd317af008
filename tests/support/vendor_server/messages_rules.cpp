#include <algorithm>
#include <set>

#include "tests/support/vendor_server/rules.h"

namespace deskhand::test {
namespace {

std::string part(const std::string& where, std::size_t index) { return where + "." + std::to_string(index); }

bool is_blank(const std::string& text) { return text.find_first_not_of(" \t\r\n") == std::string::npos; }

class Checker {
 public:
  Broken broken;

  void check_mark(const Json& block, const std::string& where) {
    if (!block.contains("cache_control")) return;
    if (++marks_ > 4) broken.push_back("A maximum of 4 blocks with cache_control may be provided. Found " + std::to_string(marks_) + ".");
    check_keys(block["cache_control"], where + ".cache_control", {"type"}, {"ttl"}, broken);
    if (block["cache_control"].value("type", "") != "ephemeral") broken.push_back(where + ".cache_control.type: must be 'ephemeral'");
  }

  void check_text(const Json& block, const std::string& where) {
    check_keys(block, where, {"type", "text"}, {"cache_control", "citations"}, broken);
    if (is_blank(block.value("text", ""))) broken.push_back(where + ": text content blocks must contain non-whitespace text");
    check_mark(block, where);
  }

  void check_system(const Json& system) {
    if (system.is_string()) return;
    if (!system.is_array()) return broken.push_back("system: expected a string or a list of text blocks");
    for (std::size_t i = 0; i < system.size(); ++i) {
      if (system[i].value("type", "") != "text") broken.push_back(part("system", i) + ".type: must be 'text'");
      check_text(system[i], part("system", i));
    }
  }

  void check_tools(const Json& tools) {
    if (!tools.is_array()) return broken.push_back("tools: expected a list");
    std::set<std::string> names;
    for (std::size_t i = 0; i < tools.size(); ++i) {
      const std::string where = part("tools", i) + ".custom";
      check_keys(tools[i], where, {"name", "input_schema"}, {"description", "cache_control", "type", "strict"}, broken);
      const std::string name = tools[i].value("name", "");
      if (!is_name(name, 64)) broken.push_back(where + ".name: String should match pattern '^[a-zA-Z0-9_-]{1,64}$'");
      if (!names.insert(name).second) broken.push_back("tools: Tool names must be unique.");
      if (tools[i].contains("input_schema")) check_parameters(tools[i]["input_schema"], where + ".input_schema", broken);
      check_mark(tools[i], where);
    }
  }

  void check_messages(const Json& messages, bool has_tools) {
    if (!messages.is_array() || messages.empty()) return broken.push_back("messages: at least one message is required");
    std::string last_role;
    for (std::size_t i = 0; i < messages.size(); ++i) {
      const std::string where = part("messages", i), role = messages[i].value("role", "");
      check_keys(messages[i], where, {"role", "content"}, {}, broken);
      if (role != "user" && role != "assistant") broken.push_back(where + ".role: Input should be 'user' or 'assistant'");
      if (i == 0 && role != "user") broken.push_back("messages: first message must use the \"user\" role");
      if (role == last_role) broken.push_back("messages: roles must alternate between \"user\" and \"assistant\"");
      last_role = role;
      check_content(messages[i].value("content", Json()), where, role == "user", has_tools);
    }
    if (!open_.empty()) broken.push_back("`tool_use` ids were found without `tool_result` blocks immediately after: " + *open_.begin());
    if (last_role != "user") broken.push_back("This model does not support assistant message prefill. The conversation must end with a user message.");
  }

 private:
  void check_content(const Json& content, const std::string& where, bool is_user, bool has_tools) {
    Json blocks = content;
    if (content.is_string()) blocks = Json::array({Json{{"type", "text"}, {"text", content}}});
    if (!blocks.is_array() || blocks.empty()) return broken.push_back(where + ": all messages must have non-empty content");
    const std::set<std::string> awaited = std::exchange(open_, {});
    std::set<std::string> given;
    bool only_results = true;
    for (std::size_t i = 0; i < blocks.size(); ++i) {
      const std::string here = part(where + ".content", i), type = blocks[i].value("type", "");
      if (type == "tool_result") {
        if (!is_user || !has_tools) broken.push_back(here + ": `tool_result` blocks can only be in `user` messages of requests that define tools");
        if (!only_results) broken.push_back(here + ": tool_result blocks must come first in content");
        check_result(blocks[i], here, awaited, given);
        continue;
      }
      only_results = false;
      if (type == "text") check_text(blocks[i], here);
      else if (type == "tool_use" && !is_user) check_use(blocks[i], here, has_tools);
      else broken.push_back(here + ".type: '" + type + "' may not stand here");
    }
    for (const std::string& id : awaited)
      if (!given.contains(id)) broken.push_back(where + ": `tool_use` ids were found without `tool_result` blocks immediately after: " + id);
  }

  void check_result(const Json& block, const std::string& where, const std::set<std::string>& awaited, std::set<std::string>& given) {
    check_keys(block, where, {"type", "tool_use_id"}, {"content", "is_error", "cache_control"}, broken);
    const std::string id = block.value("tool_use_id", "");
    if (!awaited.contains(id)) broken.push_back(where + ": unexpected `tool_use_id` found in `tool_result` blocks: " + id);
    if (!given.insert(id).second) broken.push_back(where + ": each tool_use must have a single result. Found multiple `tool_result` blocks with id: " + id);
    if (block.contains("content") && !block["content"].is_string() && !block["content"].is_array()) broken.push_back(where + ".content: expected a string or a list");
    if (block.contains("is_error") && !block["is_error"].is_boolean()) broken.push_back(where + ".is_error: expected a boolean");
    if (block.value("is_error", false) && block.value("content", Json("")) == "") broken.push_back(where + ": content cannot be empty if `is_error` is true");
    check_mark(block, where);
  }

  void check_use(const Json& block, const std::string& where, bool has_tools) {
    check_keys(block, where, {"type", "id", "name", "input"}, {"cache_control"}, broken);
    const std::string id = block.value("id", "");
    if (!has_tools) broken.push_back(where + ": requests which include `tool_use` or `tool_result` blocks must define tools");
    if (!is_name(id, 256)) broken.push_back(where + ".id: String should match pattern '^[a-zA-Z0-9_-]+$'");
    if (!all_ids_.insert(id).second) broken.push_back(where + ": `tool_use` ids must be unique");
    if (!is_name(block.value("name", ""), 64)) broken.push_back(where + ".name: String should match pattern '^[a-zA-Z0-9_-]{1,64}$'");
    if (!block.value("input", Json()).is_object()) broken.push_back(where + ".input: Input should be a valid dictionary");
    check_mark(block, where);
    open_.insert(id);
  }

  int marks_ = 0;
  std::set<std::string> open_, all_ids_;
};

}  // namespace

void check_keys(const Json& object, const std::string& where, const std::vector<std::string>& required, const std::vector<std::string>& optional, Broken& broken) {
  if (!object.is_object()) return broken.push_back(where + ": expected an object");
  for (const std::string& key : required)
    if (!object.contains(key)) broken.push_back(where + "." + key + ": Field required");
  for (const auto& [key, value] : object.items())
    if (std::find(required.begin(), required.end(), key) == required.end() && std::find(optional.begin(), optional.end(), key) == optional.end())
      broken.push_back(where + "." + key + ": Extra inputs are not permitted");
}

void check_parameters(const Json& schema, const std::string& where, Broken& broken) {
  if (!schema.is_object() || schema.value("type", Json()) != "object") return broken.push_back(where + ": schema must have type 'object'");
  for (const char* key : {"oneOf", "anyOf", "allOf", "enum", "not"})
    if (schema.contains(key)) broken.push_back(where + ": does not support oneOf, allOf, anyOf, enum or not at the top level");
  if (!schema.contains("properties") || !schema["properties"].is_object()) broken.push_back(where + ": object schema missing properties");
}

bool is_name(const std::string& text, std::size_t letters_max) {
  return !text.empty() && text.size() <= letters_max &&
         text.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-") == std::string::npos;
}

Broken broken_messages_rules(const Json& body) {
  Checker checker;
  check_keys(body, "body", {"model", "max_tokens", "messages"},
             {"system", "tools", "tool_choice", "stream", "temperature", "top_k", "top_p", "stop_sequences", "metadata", "service_tier", "thinking", "container",
              "cache_control", "output_config", "inference_geo"},
             checker.broken);
  if (!body.is_object()) return checker.broken;
  if (!body.value("max_tokens", Json()).is_number_integer() || body["max_tokens"].get<std::int64_t>() < 1) checker.broken.push_back("max_tokens: must be at least 1");
  if (!body.value("model", Json()).is_string() || body["model"] == "") checker.broken.push_back("model: Field required");
  if (body.contains("stream") && !body["stream"].is_boolean()) checker.broken.push_back("stream: expected a boolean");
  const bool has_tools = body.contains("tools") && !body["tools"].empty();
  if (body.contains("tool_choice") && !has_tools) checker.broken.push_back("tool_choice may only be specified while providing tools");
  if (body.contains("tools")) checker.check_tools(body["tools"]);
  if (body.contains("system")) checker.check_system(body["system"]);
  checker.check_messages(body.value("messages", Json()), has_tools);
  return checker.broken;
}

}  // namespace deskhand::test
