// Questions about JSON values that the library answers too loosely: numbers are compared by what they are worth and not
// after rounding to double, and 1 equals 1.0 but never true.
//
// Thread rule: pure functions. Values are not deeper than limits::kJsonDepth (nests_deeper_than says so first).
#pragma once

#include <cstddef>
#include <string_view>

#include "base/json_fwd.h"

namespace deskhand::schema {

bool nests_deeper_than(const Json& value, std::size_t levels);

// True for 3 and 3.0, false for 3.5 and for anything that is no number.
bool is_whole(const Json& value);
// Below 0, 0 or above 0 as `left` is less, equal or more. Both are numbers.
int compare_numbers(const Json& left, const Json& right);
// Whether `value` is a whole number of times `divisor`, both taken as the decimals they were written as: 0.3 is a
// multiple of 0.1. `divisor` is above 0.
bool is_multiple(const Json& value, const Json& divisor);

// A total order over all values in which 0 means equal as JSON Schema defines it.
int compare_values(const Json& left, const Json& right);

// Characters, not bytes, of UTF-8.
std::size_t count_characters(std::string_view text);

}  // namespace deskhand::schema
