#include "schedule/holidays.h"

#include <algorithm>
#include <map>
#include <optional>
#include <vector>

#include "base/limits.h"
#include "base/text.h"

namespace deskhand::schedule {
namespace {

constexpr std::size_t kLineBytes = 16 * 1024;
constexpr int kDaysPerEvent = 366;
constexpr int kDaysPerWeek = 7;

std::string to_upper(std::string_view text) {
  std::string upper(text);
  for (char& c : upper)
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  return upper;
}

struct Line {
  std::string name, value;
  int number = 0;  // in the file
};

Error wrong_line(const Line& line, const std::string& what) {
  return make_error(Code::invalid_argument, "The calendar's line " + std::to_string(line.number) + ": " + what + ".");
}

// Folded lines joined; parameters behind the name are left out (a date is a date whatever its TZID).
Result<std::vector<Line>> lines_of(std::string_view ics) {
  if (ics.size() > limits::kCalendarBytes)
    return make_error(Code::limit_exceeded,
                      "The calendar is larger than " + std::to_string(limits::kCalendarBytes / 1024) + " KB.");
  std::vector<std::pair<std::string, int>> joined;
  int number = 0;
  for (const std::string& raw : split(ics, '\n')) {
    ++number;
    std::string_view line = raw;
    if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
    if (!line.empty() && (line.front() == ' ' || line.front() == '\t') && !joined.empty()) {
      joined.back().first += line.substr(1);
      if (joined.back().first.size() > kLineBytes)
        return make_error(Code::limit_exceeded,
                          "The calendar's line " + std::to_string(joined.back().second) + " is too long.");
    } else if (!line.empty()) {
      joined.emplace_back(line, number);
    }
  }
  std::vector<Line> lines;
  for (auto& [text, at] : joined) {
    const std::size_t colon = text.find(':');
    if (colon == std::string::npos) continue;
    lines.push_back({to_upper(text.substr(0, std::min(colon, text.find(';')))), text.substr(colon + 1), at});
  }
  return lines;
}

std::optional<int> digits(std::string_view text) {
  if (text.empty() || text.size() > 4) return std::nullopt;
  int value = 0;
  for (const char c : text) {
    if (c < '0' || c > '9') return std::nullopt;
    value = value * 10 + (c - '0');
  }
  return value;
}

// 20261225 and 20261225T000000Z alike: the date as written.
std::optional<Day> date_of(std::string_view value) {
  if (value.size() < 8 || (value.size() > 8 && value[8] != 'T')) return std::nullopt;
  const auto year = digits(value.substr(0, 4)), month = digits(value.substr(4, 2)), day = digits(value.substr(6, 2));
  if (!year || !month || !day) return std::nullopt;
  return make_day(*year, *month, *day);
}

struct Weekdays {
  int which = 0;  // 1 the first, -1 the last
  Weekday weekday{};
};

struct Event {
  std::optional<Day> start, end;  // end: the first day that does not belong to it
  bool ends_at_time = false;      // DTEND with a time: that day still belongs to it unless it is midnight
  bool is_cancelled = false, is_yearly = false;
  int interval = 1, count = 0;
  std::optional<Day> until;
  std::optional<int> month;
  std::optional<Weekdays> by_day;
  std::set<Day> except, extra;
};

std::optional<Weekdays> weekday_rule(std::string_view text) {
  static constexpr std::string_view kNames[] = {"MO", "TU", "WE", "TH", "FR", "SA", "SU"};
  if (text.size() < 3 || text.size() > 5) return std::nullopt;
  const std::string_view name = text.substr(text.size() - 2);
  std::string_view which = text.substr(0, text.size() - 2);
  const bool negative = which.front() == '-';
  if (negative || which.front() == '+') which.remove_prefix(1);
  const auto count = digits(which);
  if (!count || *count < 1 || *count > 5) return std::nullopt;
  for (int index = 0; index < kDaysPerWeek; ++index)
    if (kNames[index] == name) return Weekdays{negative ? -*count : *count, static_cast<Weekday>(index + 1)};
  return std::nullopt;
}

Done read_rule(const Line& line, Event& event) {
  for (const std::string& part : split(line.value, ';')) {
    const std::size_t equals = part.find('=');
    if (equals == std::string::npos) continue;
    const std::string key = to_upper(part.substr(0, equals)), value = to_upper(part.substr(equals + 1));
    if (key == "FREQ") {
      if (value != "YEARLY")
        return wrong_line(line, "only yearly events are holidays; this one repeats " + to_lower(printable_line(value)));
      event.is_yearly = true;
    } else if (key == "INTERVAL" || key == "COUNT" || key == "BYMONTH") {
      const auto number = digits(value);
      if (!number || *number < 1 || (key == "BYMONTH" && *number > 12))
        return wrong_line(line, key + " \"" + printable_line(value) + "\" is no number that fits");
      if (key == "INTERVAL")
        event.interval = *number;
      else if (key == "COUNT")
        event.count = *number;
      else
        event.month = *number;
    } else if (key == "UNTIL") {
      event.until = date_of(value);
      if (!event.until) return wrong_line(line, "UNTIL is no date");
    } else if (key == "BYDAY") {
      event.by_day = weekday_rule(value);
      if (!event.by_day)
        return wrong_line(line,
                          "BYDAY \"" + printable_line(value) + "\" is not understood; write 4TH for the fourth Thursday");
    } else if (key != "BYMONTHDAY" && key != "WKST" && key != "BYHOUR" && key != "BYMINUTE" && key != "BYSECOND") {
      return wrong_line(line, "the rule " + printable_line(key) + " is not understood");
    }
  }
  return {};
}

Done read_line(const Line& line, Event& event) {
  if (line.name == "DTSTART" || line.name == "DTEND") {
    const auto day = date_of(line.value);
    if (!day) return wrong_line(line, line.name + " \"" + shorten(printable_line(line.value), 40) + "\" is no date");
    (line.name == "DTSTART" ? event.start : event.end) = day;
    if (line.name == "DTEND") event.ends_at_time = line.value.size() > 8 && line.value.substr(8, 7) != "T000000";
  } else if (line.name == "STATUS") {
    event.is_cancelled = to_upper(trim(line.value)) == "CANCELLED";
  } else if (line.name == "RRULE") {
    return read_rule(line, event);
  } else if (line.name == "EXDATE" || line.name == "RDATE") {
    for (const std::string& value : split(line.value, ','))
      if (const auto day = date_of(value)) (line.name == "EXDATE" ? event.except : event.extra).insert(*day);
  }
  return {};
}

// The day of that year on which a yearly event begins.
std::optional<Day> start_in(const Event& event, int year) {
  const int month = event.month.value_or(event.start->month());
  if (!event.by_day) return make_day(year, month, event.start->day_of_month());  // no February 29 in most years
  const Day first = *make_day(year, month, 1);
  const Day last = first.plus_months(1).plus_days(-1);
  const int wanted = static_cast<int>(event.by_day->weekday);
  Day day = event.by_day->which > 0 ? first : last;
  const int away = event.by_day->which > 0
                       ? (wanted - static_cast<int>(day.weekday()) + kDaysPerWeek) % kDaysPerWeek
                       : -((static_cast<int>(day.weekday()) - wanted + kDaysPerWeek) % kDaysPerWeek);
  day = day.plus_days(away +
                      (event.by_day->which > 0 ? event.by_day->which - 1 : event.by_day->which + 1) * kDaysPerWeek);
  if (day.month() != month) return std::nullopt;
  return day;
}

void add_days(const Event& event, Day from, Day until, std::set<Day>& holidays) {
  if (!event.start || event.is_cancelled) return;
  int length = event.end ? days_between(*event.start, *event.end) + (event.ends_at_time ? 1 : 0) : 1;
  length = std::clamp(length, 1, kDaysPerEvent);
  const auto add = [&](Day start) {
    if (event.except.contains(start)) return;
    for (int day = 0; day < length; ++day)
      if (const Day one = start.plus_days(day); one >= from && one <= until) holidays.insert(one);
  };
  for (const Day day : event.extra) add(day);
  if (!event.is_yearly) return add(*event.start);
  int seen = 0;
  for (int year = event.start->year(); year <= until.year(); year += event.interval) {
    const auto start = start_in(event, year);
    if (!start || *start < *event.start) continue;
    if (event.until && *start > *event.until) return;
    if (event.count > 0 && ++seen > event.count) return;
    add(*start);
  }
}

}  // namespace

Result<std::set<Day>> read_holidays(std::string_view ics, Day from, Day until) {
  Result<std::vector<Line>> lines = lines_of(ics);
  if (!lines) return lines.error();
  if (lines->empty() || lines->front().name.find("BEGIN") == std::string::npos)
    return make_error(Code::invalid_argument, "That is no calendar: an .ics file begins with BEGIN:VCALENDAR.");
  std::set<Day> holidays;
  std::optional<Event> event;
  int inner = 0;  // an alarm inside an event has dates of its own
  for (const Line& line : *lines) {
    const std::string value = to_upper(trim(line.value));
    if (line.name == "BEGIN" && value == "VEVENT")
      event.emplace();
    else if (line.name == "BEGIN" && event)
      ++inner;
    else if (line.name == "END" && value == "VEVENT" && event) {
      if (!event->start) return wrong_line(line, "an event has no DTSTART");
      add_days(*event, from, until, holidays);
      event.reset();
      inner = 0;
    } else if (line.name == "END" && event)
      inner = std::max(0, inner - 1);
    else if (event && inner == 0) {
      if (Done done = read_line(line, *event); !done) return done.error();
    }
  }
  if (event) return make_error(Code::invalid_argument, "The calendar ends in the middle of an event.");
  return holidays;
}

}  // namespace deskhand::schedule
