// Calendar days inside a text, the part of dates.h that starts at one token: "next Tuesday", "Mar 3", "in two weeks".
//
// Thread rule: pure functions over tokens. Four kinds, one file each: day_phrases.cpp (days by their name),
// written_days.cpp (by number), day_distances.cpp (counted from another day), day_stretches.cpp (weeks, months, years
// and their ends).
#pragma once

#include <optional>

#include "reader/dates.h"
#include "reader/tokenizer.h"

namespace deskhand::reader {

struct DayPhrase {
  std::optional<Day> day, last_day;
  std::optional<int> minute;       // "in 2 hours"
  std::optional<DayPart> part;     // "tonight"
  std::optional<Weekday> weekday;  // it was a plain weekday, which a following date or range may settle
  Relation relation = Relation::on;
  Certainty certainty = Certainty::sure;
  bool is_impossible = false;  // it means to be a date and is none
  std::size_t end = 0;         // token after it
};

// What a day is read against. `direction` is never `any` here except for stretches, which then stay whole.
struct DayScene {
  const Tokens& tokens;
  const DateContext& context;
  Direction direction = Direction::future;
  Day today() const { return context.now.day; }
  bool is_past() const { return direction == Direction::past; }
};

// The day phrase that starts exactly at this token.
std::optional<DayPhrase> read_day(const DayScene& scene, std::size_t index);

// Its four kinds.
std::optional<DayPhrase> read_written_day(const DayScene& scene, std::size_t index);   // 3/14, Mar 3, the 30th
std::optional<DayPhrase> read_named_day(const DayScene& scene, std::size_t index);     // Friday, tomorrow, tonight
std::optional<DayPhrase> read_day_distance(const DayScene& scene, std::size_t index);  // in 3 days, a week from Friday
std::optional<DayPhrase> read_day_stretch(const DayScene& scene, std::size_t index);   // next week, end of the month

DayPhrase plain_day(Day day, std::size_t end, Certainty certainty = Certainty::sure);
DayPhrase stretch_of(Day first, Day last, std::size_t end, Certainty certainty = Certainty::sure);
DayPhrase impossible_day(std::size_t end);
// The day of that number and month that comes next, or came last; nullopt when neither this year nor the neighbour has
// it.
std::optional<Day> nearest_month_day(const DayScene& scene, int month, int day_of_month);
// Monday of the week of `day`.
Day monday_of(Day day);
Day first_of_month(Day day);
Day last_of_month(Day day);
// Whether a result is still within the years the calendar of base/time.h knows.
bool is_within_calendar(Day day);

}  // namespace deskhand::reader
