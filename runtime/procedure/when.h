// When something happens, read from words: "Weekly (Monday morning)", "every weekday at 7:30", "on the 1st", "3
// business days".
//
// Thread rule: pure functions and value types. A time of day is local to the business; minutes count from midnight.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.h"

namespace deskhand::procedure {

// Business days are days on which the business is open; the calendar is the org's.
enum class DurationUnit { business_days, days, weeks, months };

struct Duration {
  int count = 0;
  DurationUnit unit = DurationUnit::days;
  std::size_t begin = 0;  // where it stands in the text it was read from
  std::size_t end = 0;
};

std::string to_text(const Duration& duration);  // "3 business days"
// A week of business days is five; a month is 30 days where only days will do.
int in_days(const Duration& duration);

// Every span of time in the text, in order; hours become days, rounded up. "9:00" and dates are none.
std::vector<Duration> durations_of(std::string_view text);

enum class Cadence { none, daily, weekdays, weekly, monthly, unsupported };
enum class DayPart { none, morning, midday, afternoon, evening };

struct When {
  Cadence cadence = Cadence::none;
  std::vector<Weekday> weekdays;     // of a weekly run, from Monday on; empty: the words name none
  std::optional<int> minute_of_day;  // written as a clock
  DayPart part = DayPart::none;      // written as a word
  std::vector<int> days_of_month;  // of a monthly run: 1 to 31, -1 for the last day; a short month's last day stands in
  // "first business day of the month": the first such day from each of days_of_month on. Of a weekly run and of one on
  // weekdays: only on days the business is open.
  bool on_business_day = false;
  bool skips_holidays = false;  // "except holidays"
  std::string words;
  std::string unread;  // the first word that says nothing of when: the subject of a heading, "" when there is none
  int line = 0;

  // The clock, else what the word means (morning 8:00, midday 12:00, afternoon 14:00, evening 18:00), else `otherwise`.
  int minute_or(int otherwise) const;
};

// `none` when the words say nothing of recurrence; `unsupported` for "every other week", "quarterly", "hourly", and for
// a clock or a restriction that is not understood: "8:00 EST", "on the 1st of June", "at 8:00 and 17:00".
When when_of(std::string_view words);

// "8:00", "8 am", "7.30 pm", "0730", "half past seven", "noon": minutes of the day, of the first that is named. nullopt
// also when something is a time of day but none that is understood: "25:00".
std::optional<int> clock_of(std::string_view words);

}  // namespace deskhand::procedure
