// Holidays from an iCalendar file (.ics), as calendars of public holidays are published: whole-day events, events over
// several days, yearly ones by date ("every December 25") and by weekday ("the fourth Thursday of November").
//
// Thread rule: pure. Source: RFC 5545 (folded lines 3.1, DTSTART and DTEND 3.6.1, RRULE 3.3.10). What repeats more
// often than yearly is no holiday and is refused. Codes: invalid_argument, limit_exceeded; the line is named.
#pragma once

#include <set>
#include <string_view>

#include "base/result.h"
#include "base/time.h"

namespace deskhand::schedule {

// The days from `from` to `until`, both included. Cancelled events and exception dates are left out.
Result<std::set<Day>> read_holidays(std::string_view ics, Day from, Day until);

}  // namespace deskhand::schedule
