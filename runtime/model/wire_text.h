// How a typed request reads as text: what the models over the network are told, whatever their format. The same request gives
// the same bytes, and what is said once is said the same way later, so that prompt caches work.
//
// Thread rule: pure functions. All text is UTF-8.
#pragma once

#include <string>
#include <string_view>

#include "base/json_fwd.h"
#include "base/result.h"
#include "ports/model.h"

namespace deskhand::model {

// Prompts, procedures and what holds for the whole conversation: the business, the person, the rules of the marks below.
std::string system_text(const ModelRequest& request);
// What changes with every answer: the time, the open cards, the records spoken of. It stands at the very end of a request.
std::string state_text(const ModelRequest& request);

// Words of other people as a block that they can not end: a line before it, a line after it, and "| " before each of theirs.
std::string quoted_outside(std::string_view text);
// Character sequences that some servers read as the frame of a conversation ("<|im_start|>", "[INST]") taken apart.
std::string without_control_words(std::string_view text);
// The result of a call as one JSON object.
std::string result_text(const ModelMessage& message);

// Appends `text` as a JSON string with its quotes; bytes that are no UTF-8 become U+FFFD.
void append_json(std::string& out, std::string_view text);

// [A-Za-z0-9_-]{1,64}: a model may have made a name up, and a vendor refuses the whole request for it.
std::string wire_tool_name(std::string_view name);
bool is_wire_tool_name(std::string_view name);
// The JSON text of an object: `arguments_text` when it is one, else an object that shows what came instead.
std::string wire_arguments(std::string_view arguments_text);
// A schema of arguments as the vendors take it: an object at the top, and no alternatives there. The toolbox checks the
// arguments against the whole schema, so nothing is let through by it.
Json wire_schema(const Json& schema);

}  // namespace deskhand::model
