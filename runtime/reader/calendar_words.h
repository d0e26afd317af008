// The small words of dates and durations: weekdays, months, units and quantities, with the misspellings people make.
//
// Thread rule: pure functions over tokens.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "base/time.h"
#include "reader/reading.h"
#include "reader/tokenizer.h"

namespace deskhand::reader {

template <class T>
struct WordAt {
  T value{};
  std::size_t end = 0;    // token after it
  bool is_short = false;  // "fri", "mar": a full stop may follow
  Certainty certainty = Certainty::sure;
};

// A weekday by any name. "sat" and "sun" in small letters count only beside another word of dates.
std::optional<WordAt<Weekday>> read_weekday(const Tokens& tokens, std::size_t index);
// A month by any name; whether "may" and "march" are months is for the caller to see from what follows.
std::optional<WordAt<int>> read_month(const Tokens& tokens, std::size_t index);
// "today", "tomorrow", "tmrw", "yesterday": days from today.
std::optional<WordAt<int>> read_near_day(const Tokens& tokens, std::size_t index);

enum class Unit { minute, hour, day, business_day, week, month, year };
std::optional<WordAt<Unit>> read_unit(const Tokens& tokens, std::size_t index);

// "3", "three", "a", "an", "a couple of" (likely), "1.5", "two and a half": in hundredths, 150 for 1.5. Bound: 10,000
// whole.
std::optional<WordAt<std::int64_t>> read_quantity(const Tokens& tokens, std::size_t index);

// A quantity with its unit: "3 business days", "an hour and a half", "half an hour", "90 min", "2h", "a fortnight".
struct Measure {
  std::int64_t hundredths = 0;
  Unit unit = Unit::day;
  bool is_whole() const { return hundredths % 100 == 0; }
  int whole() const { return static_cast<int>(hundredths / 100); }
};
std::optional<WordAt<Measure>> read_measure(const Tokens& tokens, std::size_t index);

}  // namespace deskhand::reader
