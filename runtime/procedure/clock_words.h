// Times of day in words: "7:30", "0730", "17h", "7.30 pm", "half past seven", "at 7 in the evening". Internal to the
// folder.
//
// Thread rule: pure functions. Minutes count from midnight.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "procedure/words.h"

namespace deskhand::procedure {

struct ClockWords {
  int minute = 0;
  std::size_t begin = 0;  // the first of its words
  std::size_t end = 0;    // the one behind its last
};

struct ClockReading {
  std::vector<ClockWords> clocks;  // in the order of the text
  bool is_misread = false;         // something is a time of day but none that is understood: "25:00", "8:00 EST"
};

ClockReading clocks_in(std::string_view text, const std::vector<Word>& words);

// "the day after 3 days": whether a unit of time stands at this word, so that the number before it is a span.
bool is_unit_at(const std::vector<Word>& words, std::size_t at);

}  // namespace deskhand::procedure
