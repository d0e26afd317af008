// The conversation as every vendor wants it: it begins and ends with the user, the two sides take turns, each call has its
// result in the very next message, and ids and names are of the letters that are allowed. What the log holds may be anything:
// a turn that was stopped half way, results nobody asked for, names a model made up.
//
// Thread rule: value types and pure functions.
#pragma once

#include <string>
#include <vector>

#include "ports/model.h"

namespace deskhand::model {

struct WireCall {
  std::string id, tool;
  std::string arguments;  // JSON text of an object
};

struct WireResult {
  std::string call_id, tool, text;
  bool ok = false;
};

// Of the user: results first, then text. Of the assistant: text, then calls. Never without any of them.
struct WireMessage {
  bool from_user = true;
  std::vector<WireResult> results;
  std::string text;
  std::vector<WireCall> calls;
};

enum class CallIdForm { long_form, nine_letters };  // [A-Za-z0-9_-]{1,40}, or Mistral's [A-Za-z0-9]{9}

// Calls and results are told as text when `request` offers no tools: the vendors refuse them then.
std::vector<WireMessage> wire_conversation(const ModelRequest& request, CallIdForm form);

}  // namespace deskhand::model
