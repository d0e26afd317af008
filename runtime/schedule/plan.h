// A plan says on which dates a behaviour runs and at what time of that date. It is read from a cron expression ("30 7 *
// * 1-5") or from plain words ("weekdays 07:30", "Monday 08:00", "first of the month", "off"); " UTC" behind either
// makes its dates and times those of UTC instead of the business's zone.
//
// A behaviour runs at most once on a date: that is what its job is keyed by, so an expression with several times a day
// is refused. A time that a date does not have (the clock went forward) means the first instant after the gap; a time
// it has twice means the earlier one; a date that the zone skipped is none (Pacific/Apia had no 2011-12-30).
//
// Thread rule: value types and pure functions. Source of the cron form: crontab(5); when both day fields are
// restricted, either fits. Codes: invalid_argument with what is wrong and how to write it.
#pragma once

#include <bitset>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "base/time.h"
#include "crm/business_calendar.h"
#include "procedure/when.h"

namespace deskhand::schedule {

inline constexpr int kUsualMinute = 8 * 60;  // where no time is said: the reminders' 08:00 (S4-J2)

struct Plan {
  bool is_off = false;
  int minute_of_day = kUsualMinute;
  bool in_utc = false;
  std::string words;  // as written

  std::bitset<32> days_of_month;  // 1 to 31; none: any
  bool last_day = false;          // the month's last day is meant as well
  bool clamps = false;      // a day that the month does not have is its last day (plain words); cron skips the month
  std::bitset<13> months;   // 1 to 12; none: any
  std::bitset<8> weekdays;  // 1 Monday to 7 Sunday; none: any
  bool business_days_only = false;
  bool skips_holidays = false;
  bool on_next_business_day =
      false;  // the first business day from days_of_month on; with last_day the last one of the month

  bool falls_on(Day day, const BusinessCalendar& calendar) const;
  Zone zone_in(const Zone& business) const { return in_utc ? Zone() : business; }
  // When it runs on that date.
  Instant instant_on(Day day, const Zone& business) const;
};

Result<Plan> parse_plan(std::string_view text);
// A procedure's own words; nullopt when they name no recurrence that is run.
std::optional<Plan> plan_of(const procedure::When& when);

// The latest date whose time has come at `now`, and the first one whose time is still to come. nullopt: none within the
// bounds of a look (about a year back, nine years ahead: February 29 is eight years away around 2100).
std::optional<Day> latest_due(const Plan& plan, const BusinessCalendar& calendar, const Zone& business, Instant now);
std::optional<Day> next_due(const Plan& plan, const BusinessCalendar& calendar, const Zone& business, Instant now);
// How many dates of the plan lie between the two, both left out; at most limits::kMissedRuns.
int dates_between(const Plan& plan, const BusinessCalendar& calendar, const Zone& business, Day after, Day before);

}  // namespace deskhand::schedule
