// Days of the week in words: "Mon-Sat", "weekdays and Saturdays", "every day but Sunday". Internal to the folder.
//
// Thread rule: pure functions and value types.
#pragma once

#include <bitset>
#include <optional>
#include <string_view>
#include <vector>

#include "base/time.h"
#include "procedure/words.h"

namespace deskhand::procedure {

std::optional<Weekday> weekday_named(std::string_view word);  // monday, mondays, mon

struct WeekdayReading {
  std::bitset<8> days;          // 1 Monday to 7 Sunday, with what is excepted taken out; none: the words name none
  bool names_weekdays = false;  // single days or a stretch of them are named, not only "daily" and "weekdays"
  bool on_business_days = false;
  bool excludes = false;        // "except Fridays"
  bool skips_holidays = false;  // "except holidays"
  bool is_misread = false;      // "business days and Saturdays", a set of days that is empty
  std::vector<bool> taken;      // per word: it was read as part of this
};

WeekdayReading weekdays_in(std::string_view text, const std::vector<Word>& words, bool is_daily);

}  // namespace deskhand::procedure
