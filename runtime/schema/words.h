// How values, places and names are shown in messages. Whatever comes from outside is quoted, shortened and cleaned of
// characters that would change how a terminal or a card reads.
//
// Thread rule: pure functions; a Step lives on the caller's stack and must not outlive the steps before it.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "base/json_fwd.h"
#include "schema/tree.h"

namespace deskhand::schema {

// One step from a value to a value inside it; the way back to the root is the chain of `before`.
struct Step {
  const Step* before = nullptr;
  std::string_view key;
  std::size_t index = 0;
  bool is_index = false;
};

std::string pointer_of(const Step* step);  // /phones/0; "" for the root, which is nullptr
std::string place_of(const Step* step);    // phones[0]; "the value" for the root
std::string escape_pointer(std::string_view name);

std::string shown(const Json& value);           // "opne", 12, a list of 3, an object with 2 fields
std::string described(const Json& value);       // the string "opne", 12, ...
std::string shown_text(std::string_view text);  // quoted
std::string shown_name(std::string_view name);  // bare where it is a plain word, else quoted
std::string listed(
    const std::vector<std::string>& names);  // a, b, c; the first ones and how many more when there are many
std::string described_types(TypeSet types);  // a string or null
TypeSet type_of(const Json& value);

// ` (did you mean "open"?)`, or "" when nothing known is near.
std::string did_you_mean(std::string_view word, const std::vector<std::string>& known);

}  // namespace deskhand::schema
