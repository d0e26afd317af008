// What the vendors refuse, written from their documents and not from our code. Each broken rule is one line.
//
// Sources, read 2026-11: OpenAI's API description (CreateChatCompletionRequest, its message, tool and stream types, "Structured
// model outputs"), its servers' refusals as reported in public threads; Anthropic's API reference (Messages, tool use, prompt
// caching, errors) and the parameter types of its SDK; Mistral's rules for ids and roles.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "base/json.h"

namespace deskhand::test {

using Broken = std::vector<std::string>;

struct ChatRules {
  bool mistral = false;           // ids of nine letters; no user right after a tool; no stream_options
  bool first_reasoning = false;   // o1 and its kin: no parallel_tool_calls, no max_tokens, no system role
};
Broken broken_chat_rules(const Json& body, ChatRules rules);
Broken broken_messages_rules(const Json& body);

// Shared by both.
void check_keys(const Json& object, const std::string& where, const std::vector<std::string>& required, const std::vector<std::string>& optional, Broken& broken);
void check_parameters(const Json& schema, const std::string& where, Broken& broken);
bool is_name(const std::string& text, std::size_t letters_max);

}  // namespace deskhand::test
