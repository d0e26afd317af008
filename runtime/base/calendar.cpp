// The calendar half of base/time.h: days, RFC 3339 and clock texts. Zones are in time.cpp.
#include <algorithm>
#include <array>
#include <cstdio>

#include "base/time.h"

namespace deskhand {
namespace {

struct Civil {
  std::int64_t year;
  int month, day;
};

// The proleptic Gregorian calendar in eras of 400 years that start on March 1, so that a leap day ends its year
// (H. Hinnant, "chrono-compatible low-level date algorithms"). Exact for every day count of 32 bits.
std::int64_t days_of(Civil civil) {
  const std::int64_t year = civil.year - (civil.month <= 2 ? 1 : 0);
  const std::int64_t era = floor_divide(year, 400);
  const std::int64_t year_of_era = year - era * 400;
  const std::int64_t day_of_year = (153 * (civil.month + (civil.month > 2 ? -3 : 9)) + 2) / 5 + civil.day - 1;
  return era * 146'097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - 719'468;
}

Civil civil_of(std::int64_t days) {
  const std::int64_t shifted = days + 719'468;
  const std::int64_t era = floor_divide(shifted, 146'097);
  const std::int64_t day_of_era = shifted - era * 146'097;
  const std::int64_t year_of_era = (day_of_era - day_of_era / 1'460 + day_of_era / 36'524 - day_of_era / 146'096) / 365;
  const std::int64_t day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  const int march_month = static_cast<int>((5 * day_of_year + 2) / 153);
  const int day = static_cast<int>(day_of_year) - (153 * march_month + 2) / 5 + 1;
  const int month = march_month < 10 ? march_month + 3 : march_month - 9;
  return {year_of_era + era * 400 + (month <= 2 ? 1 : 0), month, day};
}

bool is_leap(std::int64_t year) { return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0; }

int days_in_month(std::int64_t year, int month) {
  constexpr std::array<int, 12> kDays = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  return month == 2 && is_leap(year) ? 29 : kDays[static_cast<std::size_t>(month - 1)];
}

template <class... Arguments>
std::string format(const char* pattern, Arguments... arguments) {
  std::array<char, 96> buffer{};
  std::snprintf(buffer.data(), buffer.size(), pattern, arguments...);
  return buffer.data();
}

// Reads a fixed form from left to right; after the first mismatch every further read fails too.
class Reader {
 public:
  explicit Reader(std::string_view text) : rest_(text) {}

  // Exactly `digits` ASCII digits.
  int number(std::size_t digits) {
    int value = 0;
    if (rest_.size() < digits) good_ = false;
    for (std::size_t index = 0; good_ && index < digits; ++index) {
      if (rest_[index] < '0' || rest_[index] > '9') good_ = false;
      value = value * 10 + (rest_[index] - '0');
    }
    if (good_) rest_.remove_prefix(digits);
    return good_ ? value : 0;
  }

  bool skip_one_of(std::string_view characters) {
    if (!good_ || rest_.empty() || characters.find(rest_.front()) == std::string_view::npos) return false;
    rest_.remove_prefix(1);
    return true;
  }

  void expect_one_of(std::string_view characters) {
    if (!skip_one_of(characters)) good_ = false;
  }

  bool next_is_digit() const { return good_ && !rest_.empty() && rest_.front() >= '0' && rest_.front() <= '9'; }
  bool good() const { return good_; }
  bool done() const { return good_ && rest_.empty(); }

 private:
  std::string_view rest_;
  bool good_ = true;
};

Error bad_instant() {
  return make_error(Code::invalid_argument,
                    "That is not a date and time; write it like 2026-03-01T14:05:00Z or 2026-03-01T08:05:00-06:00.");
}

// The fraction of a second in microseconds; digits beyond the sixth are dropped.
std::int64_t read_fraction(Reader& reader) {
  std::int64_t us = 0, worth = 100'000;
  constexpr int kDigitsMax = 12;
  if (!reader.next_is_digit()) reader.expect_one_of("0");
  for (int digit = 0; digit < kDigitsMax && reader.next_is_digit(); ++digit) {
    us += reader.number(1) * worth;
    worth /= 10;
  }
  return us;
}

// Seconds east of UTC.
std::int64_t read_offset(Reader& reader) {
  if (reader.skip_one_of("Zz")) return 0;
  const bool west = reader.skip_one_of("-");
  if (!west) reader.expect_one_of("+");
  const int hours = reader.number(2);
  reader.expect_one_of(":");
  const int minutes = reader.number(2);
  if (hours > 23 || minutes > 59) reader.expect_one_of("");
  return (west ? -1 : 1) * (hours * 3'600 + minutes * 60);
}

}  // namespace

std::string to_rfc3339(Instant instant) {
  const std::int64_t seconds = floor_divide(instant.us, kUsPerSecond);
  const std::int64_t days = floor_divide(seconds, kSecondsPerDay);
  const int second_of_day = static_cast<int>(seconds - days * kSecondsPerDay);
  const Civil civil = civil_of(days);
  return format("%04lld-%02d-%02dT%02d:%02d:%02dZ", static_cast<long long>(civil.year), civil.month, civil.day,
                second_of_day / 3'600, second_of_day / 60 % 60, second_of_day % 60);
}

Result<Instant> parse_rfc3339(std::string_view text) {
  Reader reader(text);
  const int year = reader.number(4);
  reader.expect_one_of("-");
  const int month = reader.number(2);
  reader.expect_one_of("-");
  const int day_of_month = reader.number(2);
  reader.expect_one_of("Tt ");
  const int hour = reader.number(2);
  reader.expect_one_of(":");
  const int minute = reader.number(2);
  reader.expect_one_of(":");
  const int second = reader.number(2);
  const std::int64_t fraction_us = reader.skip_one_of(".") ? read_fraction(reader) : 0;
  const std::int64_t offset_seconds = read_offset(reader);
  if (!reader.done()) return bad_instant();
  const std::optional<Day> day = make_day(year, month, day_of_month);
  // RFC 3339 allows second 60 for a leap second; it becomes the first second of the next minute.
  if (!day || hour > 23 || minute > 59 || second > 60) return bad_instant();
  const std::int64_t seconds = day->days * kSecondsPerDay + hour * 3'600 + minute * 60 + second - offset_seconds;
  return Instant{seconds * kUsPerSecond + fraction_us};
}

Day Day::plus_months(int count) const {
  const Civil civil = civil_of(days);
  // Far outside the years anybody may write, but inside what 32 bits of days hold.
  constexpr std::int64_t kMonthMin = -1'000'000 * 12ll, kMonthMax = 1'000'000 * 12ll;
  const std::int64_t months = std::clamp(civil.year * 12 + (civil.month - 1) + count, kMonthMin, kMonthMax);
  const std::int64_t year = floor_divide(months, 12);
  const int month = static_cast<int>(months - year * 12) + 1;
  return {static_cast<std::int32_t>(days_of({year, month, std::min(civil.day, days_in_month(year, month))}))};
}

Weekday Day::weekday() const {
  // 1970-01-01 was a Thursday.
  const std::int64_t since_monday = std::int64_t{days} + 3;
  return static_cast<Weekday>(since_monday - floor_divide(since_monday, 7) * 7 + 1);
}

int Day::year() const { return static_cast<int>(civil_of(days).year); }
int Day::month() const { return civil_of(days).month; }
int Day::day_of_month() const { return civil_of(days).day; }

std::optional<Day> make_day(int year, int month, int day_of_month) {
  if (year < kYearMin || year > kYearMax || month < 1 || month > 12) return std::nullopt;
  if (day_of_month < 1 || day_of_month > days_in_month(year, month)) return std::nullopt;
  return Day{static_cast<std::int32_t>(days_of({year, month, day_of_month}))};
}

std::string to_iso(Day day) {
  const Civil civil = civil_of(day.days);
  return format("%04lld-%02d-%02d", static_cast<long long>(civil.year), civil.month, civil.day);
}

Result<Day> parse_iso_day(std::string_view text) {
  Reader reader(text);
  const int year = reader.number(4);
  reader.expect_one_of("-");
  const int month = reader.number(2);
  reader.expect_one_of("-");
  const int day_of_month = reader.number(2);
  if (!reader.done()) return make_error(Code::invalid_argument, "That is not a date; write it like 2026-03-01.");
  const std::optional<Day> day = make_day(year, month, day_of_month);
  if (day) return *day;
  return make_error(Code::invalid_argument, "There is no such date as " + std::string(text) +
                                                "; write year-month-day between 1900 and 2200, like 2026-03-01.");
}

std::string_view weekday_name(Weekday weekday) {
  switch (weekday) {
    case Weekday::monday:
      return "Monday";
    case Weekday::tuesday:
      return "Tuesday";
    case Weekday::wednesday:
      return "Wednesday";
    case Weekday::thursday:
      return "Thursday";
    case Weekday::friday:
      return "Friday";
    case Weekday::saturday:
      return "Saturday";
    case Weekday::sunday:
      return "Sunday";
  }
  return "";
}

std::string_view month_name(int month) {
  constexpr std::array<std::string_view, 12> kNames = {"January",   "February", "March",    "April",
                                                       "May",       "June",     "July",     "August",
                                                       "September", "October",  "November", "December"};
  return month >= 1 && month <= 12 ? kNames[static_cast<std::size_t>(month - 1)] : std::string_view();
}

std::string to_long_text(Day day) {
  return std::string(weekday_name(day.weekday())) + ", " + std::string(month_name(day.month())) + " " +
         std::to_string(day.day_of_month());
}

std::string to_short_text(Day day) {
  return std::string(weekday_name(day.weekday()).substr(0, 3)) + " " +
         std::string(month_name(day.month()).substr(0, 3)) + " " + std::to_string(day.day_of_month());
}

std::string to_iso_clock(int minute_of_day) {
  const int minute = ((minute_of_day % 1'440) + 1'440) % 1'440;
  return format("%02d:%02d", minute / 60, minute % 60);
}

std::string to_clock_text(int minute_of_day) {
  const int minute = ((minute_of_day % 1'440) + 1'440) % 1'440;
  const int hour = minute / 60;
  return format("%d:%02d %s", hour % 12 == 0 ? 12 : hour % 12, minute % 60, hour < 12 ? "AM" : "PM");
}

Result<int> parse_clock(std::string_view text) {
  const bool one_digit_hour = text.size() == 4;
  Reader reader(text);
  const int hour = reader.number(one_digit_hour ? 1 : 2);
  reader.expect_one_of(":");
  const int minute = reader.number(2);
  if (!reader.done() || hour > 23 || minute > 59) {
    return make_error(Code::invalid_argument, "That is not a time of day; write it in 24 hours, like 14:30.");
  }
  return hour * 60 + minute;
}

}  // namespace deskhand
