// Holidays from an iCalendar file (.ics), as calendars of public holidays are published: whole-day events, events over
// several days, yearly ones by date ("every December 25") and by weekday ("the fourth Thursday of November", "the
// Monday from May 25 to 31").
//
// An event with a time of day is an appointment, and one that repeats more or less often than yearly no holiday: they
// are left out and named in the problems, as is a rule that is not understood. A timed event from midnight to midnight
// is a whole day.
//
// Thread rule: pure. Source: RFC 5545 (folded lines 3.1, DTSTART and DTEND 3.6.1, DURATION 3.3.6, RRULE 3.3.10; without
// BYMONTH a rule is about the month of its DTSTART). Codes: invalid_argument, limit_exceeded; the line is named.
#pragma once

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/time.h"

namespace deskhand::schedule {

struct Holidays {
  std::set<Day> days;
  std::vector<std::string> problems;  // events that were left out, with their line; at most ten
};

// The days from `from` to `until`, both included. Cancelled events and exception dates are left out.
Result<Holidays> read_holidays(std::string_view ics, Day from, Day until);

}  // namespace deskhand::schedule
