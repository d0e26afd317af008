#include "schema/time_format.h"

#include <algorithm>
#include <optional>

#include "base/text.h"

namespace deskhand::schema {
namespace {


// The number of exactly `digits` digits at the front, which are taken away.
std::optional<int> take_number(std::string_view& text, std::size_t digits) {
  if (text.size() < digits ||
      !std::all_of(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(digits), is_digit)) {
    return std::nullopt;
  }
  int value = 0;
  for (const char digit : text.substr(0, digits)) value = value * 10 + (digit - '0');
  text.remove_prefix(digits);
  return value;
}

bool take(std::string_view& text, char character) {
  if (text.empty() || text.front() != character) return false;
  text.remove_prefix(1);
  return true;
}

int days_in(int year, int month) {
  constexpr int kDays[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
  return month == 2 && leap ? 29 : kDays[month - 1];
}

bool take_date(std::string_view& text) {
  const auto year = take_number(text, 4);
  if (!year || !take(text, '-')) return false;
  const auto month = take_number(text, 2);
  if (!month || !take(text, '-')) return false;
  const auto day = take_number(text, 2);
  return day && *month >= 1 && *month <= 12 && *day >= 1 && *day <= days_in(*year, *month);
}

// Minutes east of UTC.
std::optional<int> take_offset(std::string_view& text) {
  if (take(text, 'Z') || take(text, 'z')) return 0;
  const bool west = !text.empty() && text.front() == '-';
  if (!take(text, '+') && !take(text, '-')) return std::nullopt;
  const auto hours = take_number(text, 2);
  if (!hours || !take(text, ':')) return std::nullopt;
  const auto minutes = take_number(text, 2);
  if (!minutes || *hours > 23 || *minutes > 59) return std::nullopt;
  const int offset = *hours * 60 + *minutes;
  return west ? -offset : offset;
}

bool take_time(std::string_view& text) {
  const auto hour = take_number(text, 2);
  if (!hour || !take(text, ':')) return false;
  const auto minute = take_number(text, 2);
  if (!minute || !take(text, ':')) return false;
  const auto second = take_number(text, 2);
  if (!second || *hour > 23 || *minute > 59 || *second > 60) return false;
  if (take(text, '.')) {
    if (text.empty() || !is_digit(text.front())) return false;
    while (!text.empty() && is_digit(text.front())) text.remove_prefix(1);
  }
  const auto offset = take_offset(text);
  if (!offset) return false;
  // Leap seconds are added at the end of a day of UTC.
  constexpr int kMinutesPerDay = 24 * 60;
  const int utc = ((*hour * 60 + *minute - *offset) % kMinutesPerDay + kMinutesPerDay) % kMinutesPerDay;
  return *second < 60 || utc == kMinutesPerDay - 1;
}

// Numbers followed by letters of `units`, each at most once and in that order; counts them.
std::optional<int> take_units(std::string_view& text, std::string_view units) {
  int count = 0;
  while (!text.empty() && is_digit(text.front())) {
    while (!text.empty() && is_digit(text.front())) text.remove_prefix(1);
    const std::size_t unit = text.empty() ? std::string_view::npos : units.find(text.front());
    if (unit == std::string_view::npos) return std::nullopt;
    units.remove_prefix(unit + 1);
    text.remove_prefix(1);
    ++count;
  }
  return count;
}

}  // namespace

bool is_date(std::string_view text) { return take_date(text) && text.empty(); }

bool is_time(std::string_view text) { return take_time(text) && text.empty(); }

bool is_date_time(std::string_view text) {
  return take_date(text) && (take(text, 'T') || take(text, 't')) && take_time(text) && text.empty();
}

bool is_duration(std::string_view text) {
  if (!take(text, 'P')) return false;
  if (!text.empty() && text.back() == 'W') return take_units(text, "W") == 1 && text.empty();
  const auto days = take_units(text, "YMD");
  if (!days) return false;
  if (text.empty()) return *days > 0;
  if (!take(text, 'T')) return false;
  const auto hours = take_units(text, "HMS");
  return hours && *hours > 0 && text.empty();
}

}  // namespace deskhand::schema
