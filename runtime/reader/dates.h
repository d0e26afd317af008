// Days and times as people say them, relative to the clock of the business: "next Tuesday", "the 30th", "in 3 business
// days", "tomorrow after lunch", "end of the month", "3/14", "Friday at 2".
//
// Thread rule: pure functions. Units: local days and minutes of the day; nothing here is an instant, so that a change
// of the clocks can not shift a day (crm or the caller turns the result into an instant by its Zone).
//
// Rules, where English leaves a choice (docs/adr/0005-readers.md says why):
//   a week runs from Monday to Sunday · "this X" and "X" are the coming X, "next X" is the X of the next calendar week;
//   where the two differ the reading is likely · "X" said on an X is a week away, likely · "last X" is the latest X
//   before today · "the 30th" is the next one to come; where a month has no such day, the next month that has one,
//   likely · a month and day without a year is the next to come, or for the past the latest · "end of the week" is
//   Friday, likely · 3/4 is March 4 where months come first (US) and April 3 elsewhere · an hour without am or pm: see
//   clock_times.h · a date that does not exist ("Feb 30", "the 31st of next month") is never shifted: it gives no
//   reading at all, and find_impossible_dates says where it stands · "every Friday" is a rule, not a day: not read.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "base/time.h"
#include "crm/business_calendar.h"
#include "reader/reading.h"

namespace deskhand::reader {

// Which way a day points that says it neither way ("Tuesday", "the 3rd"). `any` looks at the verb before it: "called
// Ana Tuesday" is past, "call Ana Tuesday" to come.
enum class Direction { future, past, any };
enum class DayOrder { month_first, day_first };
DayOrder day_order_of(std::string_view region);  // ISO 3166; month_first in the United States and where its habit rules

enum class DayPart { morning, midday, afternoon, evening, night, end_of_day };
// How a date or time bounds what is said: "by Friday", "after the 15th", "since Monday", "around noon".
enum class Relation { on, by, before, after, until, since, around };

struct When {
  std::optional<Day> day;       // the first day meant; absent when only a time of day was said
  std::optional<Day> last_day;  // for a stretch: next week, over the weekend, Mar 3-5
  std::optional<int> minute, minute_end;
  std::optional<DayPart> part;
  Relation relation = Relation::on;
  bool operator==(const When&) const = default;
};

struct DateContext {
  LocalTime now;
  Direction direction = Direction::future;
  DayOrder order = DayOrder::month_first;
  BusinessCalendar calendar;
};

// All dates and times, left to right, not overlapping.
std::vector<Reading<When>> find_dates(std::string_view text, const DateContext& context);
// The text is expected to be a date and nothing else but small talk ("maybe next Tuesday?", "let's say Friday at 2"):
// exactly one reading, no words left that could matter.
std::optional<Reading<When>> read_date(std::string_view text, const DateContext& context);
// Where dates and times stand that do not exist ("Feb 30", "25:00"), so that the owner can be asked.
std::vector<Span> find_impossible_dates(std::string_view text, const DateContext& context);

}  // namespace deskhand::reader
