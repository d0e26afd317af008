// Time as the record keeps it: instants are microseconds since 1970 UTC, days are calendar dates, and only a Zone turns
// one into the other. Nothing here reads a clock; ports/clock.h does.
//
// Thread rule: value types; Zone is immutable and cheap to copy. Zone data is the system's tz database (IANA).
// In a DST gap a local time means the first instant after the gap; in an overlap it means the earlier of the two.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"

namespace date {
class time_zone;
}

namespace deskhand {

inline constexpr std::int64_t kUsPerSecond = 1'000'000;
inline constexpr std::int64_t kSecondsPerDay = 24 * 3600;  // of time; a local day of a clock change is shorter or longer
inline constexpr int kYearMin = 1900, kYearMax = 2200;     // of a Day, where it is parsed

// Rounds down below zero as well, so that an instant before 1970 falls on its own day.
constexpr std::int64_t floor_divide(std::int64_t value, std::int64_t by) { return value / by - (value % by < 0 ? 1 : 0); }

struct Instant {
  std::int64_t us = 0;  // microseconds since 1970-01-01T00:00:00Z
  auto operator<=>(const Instant&) const = default;
  Instant plus_seconds(std::int64_t seconds) const { return {us + seconds * kUsPerSecond}; }
  std::int64_t unix_ms() const { return us / 1000; }
};

// RFC 3339 in UTC with microseconds dropped: 2026-03-01T14:05:00Z.
std::string to_rfc3339(Instant instant);
// Reads RFC 3339 with any offset ("2026-03-01T08:05:00-06:00", "...Z"); a date alone is refused.
Result<Instant> parse_rfc3339(std::string_view text);

enum class Weekday { monday = 1, tuesday, wednesday, thursday, friday, saturday, sunday };

// A calendar date in no zone. Years 1900 to 2200; anything else is refused where it is parsed.
struct Day {
  std::int32_t days = 0;  // since 1970-01-01
  auto operator<=>(const Day&) const = default;
  Day plus_days(int count) const { return {days + count}; }
  // Same day of the month `count` months on, or that month's last day where it is shorter.
  Day plus_months(int count) const;
  Weekday weekday() const;
  int year() const;
  int month() const;         // 1 to 12
  int day_of_month() const;  // 1 to 31
};
inline int days_between(Day from, Day to) { return to.days - from.days; }

std::optional<Day> make_day(int year, int month, int day_of_month);  // nullopt: no such date
std::string to_iso(Day day);                                         // 2026-03-01
Result<Day> parse_iso_day(std::string_view text);
std::string_view weekday_name(Weekday weekday);    // Monday
std::string_view month_name(int month);            // January
std::string to_long_text(Day day);                 // Tuesday, March 3
std::string to_short_text(Day day);                // Tue Mar 3

struct LocalTime {
  Day day;
  int minute_of_day = 0;  // 0 to 1439
  int second = 0;         // 0 to 59
  auto operator<=>(const LocalTime&) const = default;
};

class Zone {
 public:
  Zone();  // UTC
  static Result<Zone> find(std::string_view iana_name);  // invalid_argument: no such zone, with the nearest name
  static Zone system();                                  // the machine's own, UTC when it can't be told
  const std::string& name() const { return name_; }
  LocalTime to_local(Instant instant) const;
  Day day_of(Instant instant) const { return to_local(instant).day; }
  Instant to_instant(LocalTime local) const;  // gaps and overlaps as said above
  Instant start_of(Day day) const;            // the first instant of that local date
  // Whether that local date exists at all (Pacific/Apia had no 2011-12-30).
  bool has_day(Day day) const;

 private:
  Zone(const date::time_zone* zone, std::string name) : zone_(zone), name_(std::move(name)) {}
  const date::time_zone* zone_;  // owned by the tz library for the life of the process
  std::string name_;
};

// "14:30" and "2:30 PM"; minutes of the day.
std::string to_clock_text(int minute_of_day);       // 2:30 PM
std::string to_iso_clock(int minute_of_day);        // 14:30
Result<int> parse_clock(std::string_view text);     // "14:30" only

}  // namespace deskhand
