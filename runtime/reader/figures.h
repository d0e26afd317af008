// One number with its multiplier and currency inside a text, the part of amounts.h that starts at one token.
//
// Thread rule: pure functions over tokens.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "base/money.h"
#include "reader/tokenizer.h"

namespace deskhand::reader {

struct Figure {
  std::int64_t digits = 0;      // all digits as one number
  int decimals = 0;             // how many of them stand after the point
  std::int64_t multiplier = 1;  // 1000 for k
  std::string mark;             // "$", "EUR", "dollars", or "" when no currency was said
  bool is_multiplied = false;   // k, grand, thousand, hundred behind it
  bool is_firm = false;         // grand, or a currency: it is money whatever stands around it
  bool in_words = false;        // "twenty four hundred"
  bool is_grouped = false;      // "2,400"
  bool is_vague = false;        // "a couple hundred"
  std::size_t first = 0, end = 0;
};

// Reads "$2,400", "2.4k", "400 bucks", "two and a half grand", "€1.200,50", "1 200 €". A number that can be read in two
// ways
// ("$1.200") or is broken ("1,2,3") is none.
std::optional<Figure> read_figure(const Tokens& tokens, std::size_t index, std::string_view default_currency);

// The amount, in the currency of its mark or else of `mark`; nullopt when base/money.h refuses it.
std::optional<Money> money_of(const Figure& figure, std::string_view mark, std::string_view default_currency);

}  // namespace deskhand::reader
