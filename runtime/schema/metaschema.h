// The schema of draft-07 schemas, for documents that refer to it.
//
// Thread rule: pure functions. Source: JSON Schema draft-07, http://json-schema.org/draft-07/schema, the rules of its
// published metaschema; remarks and defaults, which check nothing, are left out.
#pragma once

#include <string_view>

#include "base/json_fwd.h"

namespace deskhand::schema {

inline constexpr std::string_view kMetaschemaUri = "http://json-schema.org/draft-07/schema";
Json metaschema();

}  // namespace deskhand::schema
