// Times of day inside a text: "2pm", "14:30", "at 2", "noon", "half past two", "2-4pm", "in the morning", "after
// lunch".
//
// Thread rule: pure functions over tokens. Units: minutes of the local day. Rule for an hour without am or pm: 7 to 11
// are in the morning, 12 is noon, 1 to 6 in the afternoon, and the reading is `likely`; a part of the day said beside
// it settles it.
#pragma once

#include <optional>

#include "reader/dates.h"
#include "reader/tokenizer.h"

namespace deskhand::reader {

// What may stand after a bare number that is a time or a day: nothing that makes it a count ("at 2 sites").
bool may_follow_bare_number(const Tokens& tokens, std::size_t index);

struct ClockPhrase {
  std::optional<int> minute, minute_end;
  std::optional<DayPart> part;
  Relation relation = Relation::on;
  Certainty certainty = Certainty::sure;
  bool is_explicit = true;        // stands without a day beside it: "2pm", "14:30", "noon", but not "at 2"
  bool is_half_day_open = false;  // no am or pm was said
  bool is_impossible = false;     // "25:00", "13pm": it means to be a time and is none
  std::size_t end = 0;            // token after it
};

// `beside_day`: the words before are a date, so that "at 2" is a time and not an address or a count.
std::optional<ClockPhrase> read_clock(const Tokens& tokens, std::size_t index, bool beside_day);

// Adds what a second phrase says to the first ("in the morning" + "at 9"); nullopt when they do not fit together.
std::optional<ClockPhrase> merge_clocks(const ClockPhrase& first, const ClockPhrase& second);

}  // namespace deskhand::reader
