// What servers that speak OpenAI's Chat Completions do differently, as a table. A new quirk is a column, a new server a row;
// nothing else in the program asks who the server is.
//
// Thread rule: a value type and pure functions. Sources: the vendors' API references and their servers' issue threads as read
// 2026-11; each row says what it rests on.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/wire_conversation.h"

namespace deskhand::model::openai {

struct Capabilities {
  std::string_view server;                  // as configuration names it
  std::string_view model_prefix;            // the row is for models whose name begins so; "" for all
  bool streaming = true;
  bool usage_in_stream = true;              // stream_options.include_usage
  bool parallel_calls_flag = false;         // parallel_tool_calls may be sent
  bool max_completion_tokens = false;       // instead of max_tokens
  std::string_view system_role = "system";  // "developer" for models that have no other
  bool strict_schemas = false;              // "strict": true where a schema allows it
  bool answer_forms = false;                // response_format of type json_schema holds a model to a form
  bool patterns = true;                     // "pattern" and "format" in schemas are understood
  bool closes_results = false;              // after results the assistant must speak before the user does
  CallIdForm call_ids = CallIdForm::long_form;
};

// `server` by name, or guessed from the address when it is empty; nullopt: no such server.
std::optional<Capabilities> capabilities_of(std::string_view server, std::string_view base_url, std::string_view model);
std::vector<std::string> server_names();

}  // namespace deskhand::model::openai
