#include "crm/business_calendar.h"

#include <algorithm>
#include <cstdlib>

namespace deskhand {
namespace {

constexpr int kSpanDaysMax = 110'000;  // the 300 years that a Day may be written in
constexpr int kDaysPerWeek = 7;

bool is_worked_weekday(const BusinessCalendar& calendar, Day day) {
  return calendar.business_days.empty() || calendar.business_days.contains(day.weekday());
}

// Worked weekdays after `from` up to and including `to`, holidays not looked at; from <= to.
int weekdays_between(const BusinessCalendar& calendar, Day from, Day to) {
  const int span = days_between(from, to);
  const int worked_per_week =
      calendar.business_days.empty() ? kDaysPerWeek : static_cast<int>(calendar.business_days.size());
  int count = span / kDaysPerWeek * worked_per_week;
  for (int left = span % kDaysPerWeek; left > 0; --left) {
    if (is_worked_weekday(calendar, to.plus_days(1 - left))) ++count;
  }
  return count;
}

}  // namespace

bool BusinessCalendar::is_business_day(Day day) const {
  return is_worked_weekday(*this, day) && !holidays.contains(day);
}

Day BusinessCalendar::add_business_days(Day day, int count) const {
  const int step = count < 0 ? -1 : 1;
  int left = std::min(std::abs(std::max(count, -kSpanDaysMax)), kSpanDaysMax);
  Day reached = day;
  for (int moved = 0; left > 0 && moved < kSpanDaysMax; ++moved) {
    reached = reached.plus_days(step);
    if (is_business_day(reached)) --left;
  }
  return reached;
}

int BusinessCalendar::business_days_between(Day from, Day to) const {
  if (to < from) return -business_days_between(to, from);
  int count = weekdays_between(*this, from, to);
  // Only the holidays inside the span are looked at, and only those on a day that would have been worked.
  for (auto holiday = holidays.upper_bound(from); holiday != holidays.end() && *holiday <= to; ++holiday) {
    if (is_worked_weekday(*this, *holiday)) --count;
  }
  return count;
}

Day BusinessCalendar::next_business_day(Day day) const { return add_business_days(day, 1); }
Day BusinessCalendar::previous_business_day(Day day) const { return add_business_days(day, -1); }

}  // namespace deskhand
