// Telephone numbers in any writing: (512) 555-0142, 512.555.0142, +44 20 7946 0958, "five one two 555 0142", 555-0142.
//
// Thread rule: pure functions. What makes a number possible: base/phone.h (libphonenumber).
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/phone.h"
#include "reader/reading.h"

namespace deskhand::reader {

struct PhoneNumber {
  Phone phone;            // e164 is empty when the number is not complete; spoken digits are "typed" as digits
  std::string extension;  // "4" of "ext 4", else ""
  // False for a local number such as 555-0142: the area code must be asked for, it is never guessed.
  bool is_complete = true;
  bool operator==(const PhoneNumber&) const = default;
};

// Left to right. Spoken digits are likely; so are local numbers that no dash or word marks as a telephone number.
std::vector<Reading<PhoneNumber>> find_phone_numbers(std::string_view text, std::string_view region);

}  // namespace deskhand::reader
