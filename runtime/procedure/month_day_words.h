// Days of the month in words: "the 1st and 15th", "day 10", "last day", "mid-month". Internal to the folder.
//
// Thread rule: pure functions and value types.
#pragma once

#include <string_view>
#include <vector>

#include "procedure/words.h"

namespace deskhand::procedure {

struct MonthDayReading {
  std::vector<int> days;        // 1 to 31, -1 for the last day
  bool has_digits = false;      // "1st", not "first"
  bool is_nth_weekday = false;  // "the second Tuesday", "the last Friday"
  bool is_misread = false;      // "the 1st to the 5th", "the third business day", "the 32nd", "the first week"
  std::vector<bool> taken;      // per word: it was read as part of this
};

MonthDayReading month_days_in(std::string_view text, const std::vector<Word>& words);

}  // namespace deskhand::procedure
