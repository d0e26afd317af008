// OpenAI's strict mode takes a part of JSON Schema: closed objects whose properties are all required, and a short list of
// keywords.
//
// Thread rule: pure functions. Source: OpenAI, "Structured model outputs", supported schemas, read 2026-11.
#pragma once

#include "base/json_fwd.h"

namespace deskhand::model::openai {

// Whether the schema may be sent with "strict": true as it is.
bool fits_strict_mode(const Json& schema);
// Without "pattern" and "format", for servers that turn schemas into grammars and know few of them.
Json without_patterns(const Json& schema);

}  // namespace deskhand::model::openai
