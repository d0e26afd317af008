// URIs as references between schemas need them: split, resolved against a base, and checked character by character.
//
// Thread rule: pure functions. Source: RFC 3986 sections 3 and 5.2; RFC 3987 for the forms with letters of all scripts.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace deskhand::schema {

struct Uri {
  std::optional<std::string_view> scheme, authority, query, fragment;
  std::string_view path;
};
Uri split_uri(std::string_view text);  // never fails: whatever is no other part is path

// The absolute form of `reference` seen from `base`; an empty base leaves it as it is.
std::string resolve_uri(std::string_view base, std::string_view reference);

// "%25" becomes "%"; a "%" without two hexadecimal digits stays.
std::string percent_decoded(std::string_view text);

enum class Letters { ascii, any_script };
bool is_uri_reference(std::string_view text, Letters letters);
bool is_uri(std::string_view text, Letters letters);  // the same with a scheme

}  // namespace deskhand::schema
