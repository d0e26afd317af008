// The days on which a business works. Procedures count in business days ("no word in the past 3 business days"); this
// is the one place that says what such a day is.
//
// Thread rule: a value type without shared state. Source of the rule: inventory, "Clock" (business days per org, S2).
// Bound: every loop ends within kSpanDaysMax days; farther apart is answered by that bound.
#pragma once

#include <set>

#include "base/time.h"

namespace deskhand {

struct BusinessCalendar {
  // Empty means that every weekday is worked: a calendar without a single working day would never let anything fall
  // due.
  std::set<Weekday> business_days = {Weekday::monday, Weekday::tuesday, Weekday::wednesday, Weekday::thursday,
                                     Weekday::friday};
  std::set<Day> holidays;

  bool is_business_day(Day day) const;

  // The `count`-th business day after `day` (count > 0) or before it (count < 0). 0 gives `day` itself, worked or not.
  Day add_business_days(Day day, int count) const;

  // How many business days lie after `from`, up to and including `to`; negative when `to` is earlier, and then
  // -business_days_between(to, from). Friday to the following Monday is 1. So "no interaction in the past 3 business
  // days" is business_days_between(last_interaction, today) >= 3: Monday's call is stale on Thursday, Friday's on
  // Wednesday.
  int business_days_between(Day from, Day to) const;

  Day next_business_day(Day day) const;      // the first one after `day`
  Day previous_business_day(Day day) const;  // the last one before `day`
};

}  // namespace deskhand
