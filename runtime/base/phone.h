// Telephone numbers: the E.164 form that identifies a person and the text somebody typed.
//
// Thread rule: all functions may be called from any thread. The metadata loads on first use (a few milliseconds).
// Source of numbering plans: Google libphonenumber as packaged by Debian 12.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace deskhand {

struct Phone {
  std::string e164;      // +15125550142
  std::string as_typed;  // 512-555-0142
  auto operator<=>(const Phone&) const = default;
};

// `region` is ISO 3166 ("US"), used when the text has no country code. invalid_argument when the number can not exist;
// the message shows a valid example of that region. Extensions ("x12") are kept in as_typed only.
Result<Phone> parse_phone(std::string_view text, std::string_view region);

// How a person of `region` reads it: (512) 555-0142, or +44 20 7123 4567 from abroad. Unknown text comes back unchanged.
std::string format_phone(std::string_view e164, std::string_view region);

struct PhoneMatch {
  Phone phone;
  std::size_t begin = 0, end = 0;  // bytes of the text it was read from
};
// Every possible number in running text, left to right, at most `count_max`.
std::vector<PhoneMatch> find_phones(std::string_view text, std::string_view region, std::size_t count_max);

// Only the digits, at most 20 of them; what a phone search compares.
std::string phone_digits(std::string_view text);

bool is_region(std::string_view region);

}  // namespace deskhand
