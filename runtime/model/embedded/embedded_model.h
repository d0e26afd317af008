// The embedded model: understands an owner's plain English by rules and phrase files, with no network and no state of its own.
// Equal requests give equal replies.
//
// It proposes tool calls or asks a short question, and never makes up a value: every argument comes from words of the messages,
// from the records in focus or from a list that was shown. docs/adr/0006-embedded-model.md says how it decides.
//
// Thread rule: complete() may be called from several threads. It does not wait, so the deadline is never reached.
#pragma once

#include <memory>
#include <string>

#include "ports/model.h"

namespace deskhand::embedded {

// Reads every *.txt file of the folder (prompts/embedded). Codes: not_found, unavailable (the folder or a file can't be read),
// invalid_argument (a line that can't be understood, with file and line), limit_exceeded.
Result<std::unique_ptr<Model>> make_embedded_model(const std::string& prompts_folder);

}  // namespace deskhand::embedded
