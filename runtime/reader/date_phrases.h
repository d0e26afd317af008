// One whole date or time that starts at a token, for readers in which a date is only a part ("3 later on Friday").
//
// Thread rule: pure functions over tokens.
#pragma once

#include <optional>

#include "reader/dates.h"
#include "reader/tokenizer.h"

namespace deskhand::reader {

struct DatePhrase {
  When when;
  Certainty certainty = Certainty::sure;
  bool is_impossible = false;  // "Feb 30": it means to be a date and is none
  std::size_t end = 0;         // token after it
};

std::optional<DatePhrase> read_date_phrase(const Tokens& tokens, const DateContext& context, std::size_t index);

}  // namespace deskhand::reader
