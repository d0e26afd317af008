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
constexpr std::size_t kProblems = 10;  // told of one calendar; a person's own one may have hundreds of appointments

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

// An event lasts whole days, or has a time of day and is none of ours.
constexpr std::string_view kMidnight = "T000000";

bool has_time(std::string_view value) { return value.size() > 8; }
bool is_midnight(std::string_view value) { return value.substr(8, kMidnight.size()) == kMidnight; }

struct Weekdays {
  int which = 0;  // 1 the first, -1 the last, 0 every
  Weekday weekday{};
};

struct Event {
  std::optional<Day> start, end;  // end: the first day that does not belong to it
  std::optional<int> length;      // in days, of a DURATION
  bool is_timed = false;
  bool is_cancelled = false, is_yearly = false;
  int interval = 1, count = 0;
  std::optional<Day> until;
  std::set<int> months, month_days;  // -1: the last day
  std::vector<Weekdays> weekdays;
  std::vector<int> positions;
  std::set<Day> except, extra;
  int line = 0;
  std::string summary, problem;  // why it is left out
};

std::optional<int> signed_digits(std::string_view text) {
  const bool negative = text.starts_with("-");
  if (negative || text.starts_with("+")) text.remove_prefix(1);
  const auto number = digits(text);
  if (!number) return std::nullopt;
  return negative ? -*number : *number;
}

std::optional<Weekdays> weekday_rule(std::string_view text) {
  static constexpr std::string_view kNames[] = {"MO", "TU", "WE", "TH", "FR", "SA", "SU"};
  if (text.size() < 2 || text.size() > 5) return std::nullopt;
  const std::string_view name = text.substr(text.size() - 2);
  const std::string_view which = text.substr(0, text.size() - 2);
  const auto count = which.empty() ? std::optional(0) : signed_digits(which);
  if (!count || *count < -5 || *count > 5 || (*count == 0 && !which.empty())) return std::nullopt;
  for (int index = 0; index < kDaysPerWeek; ++index)
    if (kNames[index] == name) return Weekdays{*count, static_cast<Weekday>(index + 1)};
  return std::nullopt;
}

// P3D, P1W, PT24H: whole days; nullopt for what is none.
std::optional<int> days_of_duration(std::string_view value) {
  if (value.starts_with("+")) value.remove_prefix(1);
  if (value.size() < 3 || value.front() != 'P') return std::nullopt;
  long long seconds = 0;
  bool in_time = false;
  std::size_t begin = 1;
  for (std::size_t at = 1; at < value.size(); ++at) {
    const char unit = value[at];
    if (unit >= '0' && unit <= '9') continue;
    if (unit == 'T' && !in_time && at == begin) {
      in_time = true;
    } else {
      const auto count = digits(value.substr(begin, at - begin));
      const long long each = !in_time && unit == 'W'   ? 7 * 86400
                             : !in_time && unit == 'D' ? 86400
                             : in_time && unit == 'H'  ? 3600
                             : in_time && unit == 'M'  ? 60
                             : in_time && unit == 'S'  ? 1
                                                       : 0;
      if (!count || each == 0) return std::nullopt;
      seconds += *count * each;
    }
    begin = at + 1;
  }
  if (begin != value.size() || seconds < 86400 || seconds % 86400 != 0) return std::nullopt;
  return static_cast<int>(std::min<long long>(seconds / 86400, kDaysPerEvent));
}

void leave_out(Event& event, const std::string& why) {
  if (event.problem.empty()) event.problem = why;
}

// "25,26,-1" into `numbers`; false when one is none that fits.
template <typename Numbers>
bool read_numbers(std::string_view value, int limit, Numbers& numbers) {
  for (const std::string& part : split(value, ',')) {
    const auto number = signed_digits(trim(part));
    if (!number || *number == 0 || *number > limit || *number < -limit) return false;
    numbers.insert(numbers.end(), *number);
  }
  return true;
}

// One part of a rule; false when it is not understood.
bool read_rule_part(const std::string& key, const std::string& value, Event& event) {
  if (key == "INTERVAL" || key == "COUNT") {
    const auto number = digits(value);
    if (!number || *number < 1) return false;
    (key == "INTERVAL" ? event.interval : event.count) = *number;
    return true;
  }
  if (key == "UNTIL") {
    event.until = date_of(value);
    return event.until.has_value();
  }
  if (key == "BYMONTH") return read_numbers(value, 12, event.months) && *event.months.begin() > 0;
  if (key == "BYMONTHDAY") return read_numbers(value, 31, event.month_days);
  if (key == "BYSETPOS") return read_numbers(value, 366, event.positions);
  if (key == "BYDAY") {
    for (const std::string& part : split(value, ',')) {
      const auto weekday = weekday_rule(trim(part));
      if (!weekday) return false;
      event.weekdays.push_back(*weekday);
    }
    return true;
  }
  return key == "WKST" || key == "BYHOUR" || key == "BYMINUTE" || key == "BYSECOND" || key.starts_with("X-");
}

void read_rule(const Line& line, Event& event) {
  for (const std::string& part : split(line.value, ';')) {
    const std::size_t equals = part.find('=');
    if (equals == std::string::npos) continue;
    const std::string key = to_upper(trim(part.substr(0, equals))), value = to_upper(trim(part.substr(equals + 1)));
    if (key == "FREQ" && value == "YEARLY")
      event.is_yearly = true;
    else if (key == "FREQ")
      leave_out(event, "only yearly events are holidays; this one repeats " + to_lower(printable_line(value)));
    else if (!read_rule_part(key, value, event))
      leave_out(event, "the rule " + shorten(printable_line(part), 60) + " is not understood");
  }
}

Done read_line(const Line& line, Event& event) {
  const std::string_view value = trim(line.value);
  if (line.name == "DTSTART" || line.name == "DTEND") {
    const auto day = date_of(value);
    if (!day) return wrong_line(line, line.name + " \"" + shorten(printable_line(value), 40) + "\" is no date");
    (line.name == "DTSTART" ? event.start : event.end) = day;
    if (line.name == "DTSTART") event.line = line.number;
    if (has_time(value)) {
      event.is_timed = true;
      if (!is_midnight(value)) leave_out(event, "it has a time of day, and only whole days are holidays");
    }
  } else if (line.name == "DURATION") {
    event.length = days_of_duration(to_upper(value));
    if (!event.length) leave_out(event, "it does not last whole days, and only those are holidays");
  } else if (line.name == "SUMMARY") {
    event.summary = shorten(printable_line(value), 60);
  } else if (line.name == "STATUS") {
    event.is_cancelled = to_upper(value) == "CANCELLED";
  } else if (line.name == "RRULE") {
    read_rule(line, event);
  } else if (line.name == "EXDATE" || line.name == "RDATE") {
    for (const std::string& one : split(value, ','))
      if (const auto day = date_of(trim(one))) (line.name == "EXDATE" ? event.except : event.extra).insert(*day);
  }
  return {};
}

// Whether one of the weekday rules means this day: every such weekday, or the n-th of its month.
bool is_meant_weekday(const Event& event, Day day, int days_in_month) {
  return std::any_of(event.weekdays.begin(), event.weekdays.end(), [&](const Weekdays& rule) {
    if (day.weekday() != rule.weekday) return false;
    const int number = day.day_of_month();
    if (rule.which == 0) return true;
    return rule.which > 0 ? (number - 1) / kDaysPerWeek + 1 == rule.which
                          : (days_in_month - number) / kDaysPerWeek + 1 == -rule.which;
  });
}

// The days of that year on which a yearly event begins, in order.
std::vector<Day> starts_in(const Event& event, int year) {
  std::vector<Day> starts;
  const std::set<int> months = event.months.empty() ? std::set<int>{event.start->month()} : event.months;
  for (const int month : months) {
    const Day first = *make_day(year, month, 1);
    const int length = days_between(first, first.plus_months(1));
    for (int number = 1; number <= length; ++number) {
      const Day day = first.plus_days(number - 1);
      const bool is_number = event.month_days.contains(number) || event.month_days.contains(number - length - 1);
      if (!event.month_days.empty() && !is_number) continue;
      if (!event.weekdays.empty() && !is_meant_weekday(event, day, length)) continue;
      const bool is_ruled = !event.month_days.empty() || !event.weekdays.empty();
      if (!is_ruled && number != event.start->day_of_month()) continue;  // no February 29 in most years
      starts.push_back(day);
    }
  }
  if (event.positions.empty()) return starts;
  std::set<Day> chosen;
  const int count = static_cast<int>(starts.size());
  for (const int position : event.positions) {
    const int index = position > 0 ? position - 1 : count + position;
    if (index >= 0 && index < count) chosen.insert(starts[static_cast<std::size_t>(index)]);
  }
  return {chosen.begin(), chosen.end()};
}

int days_of(const Event& event) {
  int length = event.length.value_or(1);
  if (event.end) length = days_between(*event.start, *event.end);
  return std::clamp(length, 1, kDaysPerEvent);
}

void add_days(const Event& event, Day from, Day until, std::set<Day>& holidays) {
  const int length = days_of(event);
  const auto add = [&](Day start) {
    if (event.except.contains(start)) return;
    for (int day = 0; day < length; ++day)
      if (const Day one = start.plus_days(day); one >= from && one <= until) holidays.insert(one);
  };
  for (const Day day : event.extra) add(day);
  if (!event.is_yearly) return add(*event.start);
  int seen = 0;
  for (int year = event.start->year(); year <= until.year(); year += event.interval) {
    for (const Day start : starts_in(event, year)) {
      if (start < *event.start) continue;
      if (event.until && start > *event.until) return;
      if (event.count > 0 && ++seen > event.count) return;
      add(start);
    }
  }
}

// Takes in one event that was read to its end.
void finish(Event& event, Day from, Day until, Holidays& holidays) {
  if (event.is_cancelled) return;
  if (event.is_timed && !event.length && !event.end)
    leave_out(event, "it has a time of day, and only whole days are holidays");
  if (event.is_timed && event.end && *event.end <= *event.start)
    leave_out(event, "it has a time of day, and only whole days are holidays");
  if (event.problem.empty()) return add_days(event, from, until, holidays.days);
  if (holidays.problems.size() >= kProblems) return;
  holidays.problems.push_back("The event" + (event.summary.empty() ? "" : " \"" + event.summary + "\"") + " at line " +
                              std::to_string(event.line) + " is left out: " + event.problem + ".");
}

}  // namespace

Result<Holidays> read_holidays(std::string_view ics, Day from, Day until) {
  Result<std::vector<Line>> lines = lines_of(ics);
  if (!lines) return lines.error();
  if (lines->empty() || lines->front().name.find("BEGIN") == std::string::npos)
    return make_error(Code::invalid_argument, "That is no calendar: an .ics file begins with BEGIN:VCALENDAR.");
  Holidays holidays;
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
      finish(*event, from, until, holidays);
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
