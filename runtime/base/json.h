// The one way JSON text is read and written. nlohmann/json is the library; its depth and its handling of bad UTF-8 are
// settled here so that no caller can forget.
//
// Thread rule: pure functions.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

#include "base/result.h"

namespace deskhand {

using Json = nlohmann::json;                 // object keys in order of the alphabet: canonical
using OrderedJson = nlohmann::ordered_json;  // keys in the order written: what people read

// invalid_argument with line-free, one-line text: bad JSON, deeper than 64, longer than `bytes_max`, or a key given twice.
Result<Json> parse_json(std::string_view text, std::size_t bytes_max);
Result<OrderedJson> parse_ordered_json(std::string_view text, std::size_t bytes_max);

// No white space; invalid UTF-8 becomes U+FFFD. Equal values give equal bytes for Json.
std::string to_text(const Json& value);
std::string to_text(const OrderedJson& value);
// Indented by two, for people.
std::string to_pretty_text(const OrderedJson& value);

// The words under that key; "" where there are none or something else.
std::string text_at(const Json& object, const char* key);

}  // namespace deskhand
