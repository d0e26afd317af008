// Whole numbers as people write them: 12, 1,200, twelve, twenty-four hundred, a hundred and fifty, two thousand.
//
// Thread rule: pure functions. Bounds: values to 999,999,999; anything larger is not read.
#pragma once

#include <cstdint>
#include <optional>

#include "reader/tokenizer.h"

namespace deskhand::reader {

struct NumberAt {
  std::int64_t value = 0;
  std::size_t end = 0;          // token after the number
  bool in_words = false;        // "twelve" rather than 12
  bool has_scale = false;       // hundred or thousand was said
  std::size_t digit_count = 0;  // of the first group when written in digits
};

// A number in words: "four", "twenty four", "twenty-four hundred", "a hundred", "two thousand five hundred", "fifteen
// hundred". "a" alone is not a number here; callers that mean "an hour" say so themselves. A row of numbers ("two
// fifty", "five one two") is a price, a year or a telephone number and is not read.
std::optional<NumberAt> read_number_words(const Tokens& tokens, std::size_t index);
// Digits ("12", "1,200", "2 400" is two) or words, also "15 hundred" and "3 thousand".
std::optional<NumberAt> read_whole_number(const Tokens& tokens, std::size_t index);
// "first" to "thirty-first" in words, or 1st, 2nd, 30th; the value of the ordinal.
std::optional<NumberAt> read_ordinal(const Tokens& tokens, std::size_t index);

}  // namespace deskhand::reader
