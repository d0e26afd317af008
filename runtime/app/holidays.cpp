#include "app/holidays.h"

#include "app/read_file.h"
#include "base/hash.h"
#include "base/limits.h"
#include "base/text.h"
#include "schedule/holidays.h"

namespace deskhand::app {
namespace {

constexpr std::string_view kMarkSetting = "holidays_of_configuration";
constexpr std::string_view kDaysSetting = "holiday_days_of_configuration";  // ISO days, one space between them

// What the configuration says today.
struct Configured {
  std::set<Day> days;
  Day from, until;                    // within these it says all there is to say
  std::vector<std::string> failures;  // files that can not be read
  std::vector<std::string> left_out;  // events that are no holidays
};

Configured configured(const Config& config, Day today) {
  Configured result;
  result.from = today.plus_months(-12);
  result.until = today.plus_months(12 * limits::kHolidayYearsAhead);
  result.days = config.calendar.holidays;
  for (const std::string& file : config.holiday_files) {
    const std::string about = "hours.holidays, " + file + ": ";
    const auto text = read_file(file, limits::kCalendarBytes + 1);
    if (!text) {
      result.failures.push_back(about + text.error().message);
      continue;
    }
    auto read = schedule::read_holidays(*text, result.from, result.until);
    if (!read) {
      result.failures.push_back(about + read.error().message);
      continue;
    }
    result.days.insert(read->days.begin(), read->days.end());
    for (const std::string& problem : read->problems) result.left_out.push_back(about + problem);
  }
  return result;
}

// With the year, so that yearly holidays are carried on.
std::string mark_of(const Configured& said, Day today) {
  std::string text = std::to_string(today.year());
  for (const Day day : said.days) text += " " + to_iso(day);
  for (const std::string& problem : said.left_out) text += "\n" + problem;
  return sha256_hex(text);
}

std::set<Day> days_in(const std::string& text) {
  std::set<Day> days;
  for (const std::string& iso : split(text, ' '))
    if (const auto day = parse_iso_day(iso)) days.insert(*day);
  return days;
}

std::string text_of(const std::set<Day>& days) {
  std::string text;
  for (const Day day : days) text += (text.empty() ? "" : " ") + to_iso(day);
  return text;
}

struct Known {
  std::string mark;
  std::set<Day> days;
};

Result<Known> known_of(Store& store, const Org& org) {
  Known known;
  const Done read = store.read(org.id, [&](Txn& txn) -> Done {
    auto mark = txn.org().setting(kMarkSetting);
    if (!mark) return mark.error();
    auto days = txn.org().setting(kDaysSetting);
    if (!days) return days.error();
    known.mark = *mark;
    known.days = days_in(*days);
    return {};
  });
  if (!read) return read.error();
  return known;
}

Done write(Txn& txn, Org& org, const Configured& said, const Known& known, const std::string& mark, Instant now) {
  auto stored = txn.org().get();
  if (!stored) return stored.error();
  auto& holidays = stored->calendar.holidays;
  for (const Day day : known.days)
    if (day >= said.from && day <= said.until && !said.days.contains(day)) holidays.erase(day);
  holidays.insert(said.days.begin(), said.days.end());
  auto updated = txn.org().update(std::move(*stored));
  if (!updated) return updated.error();
  if (auto done = txn.org().set_setting(kMarkSetting, mark); !done) return done;
  if (auto done = txn.org().set_setting(kDaysSetting, text_of(said.days)); !done) return done;
  org = std::move(*updated);
  AuditEntry entry;
  entry.at = now;
  entry.actor = "system:configuration";
  entry.action = "take_holidays";
  entry.verdict = "allow";
  auto appended = txn.audit().append(std::move(entry), false);
  return appended ? Done{} : Done{appended.error()};
}

}  // namespace

Result<std::vector<std::string>> take_holidays(Store& store, Org& org, const Config& config, Instant now) {
  const auto zone = Zone::find(org.timezone);
  if (!zone) return zone.error();
  const Day today = zone->day_of(now);
  auto known = known_of(store, org);
  if (!known) return known.error();
  if (known->mark.empty() && config.calendar.holidays.empty() && config.holiday_files.empty())
    return std::vector<std::string>{};
  Configured said = configured(config, today);
  std::vector<std::string> problems = said.failures;
  if (!said.failures.empty()) {
    for (std::string& problem : problems) problem += " The holidays that were known last go on.";
    said.days.insert(known->days.begin(), known->days.end());
  }
  const std::string mark = mark_of(said, today);
  if (known->mark == mark) return problems;
  problems.insert(problems.end(), said.left_out.begin(), said.left_out.end());
  const Done written = store.write(org.id, [&](Txn& txn) { return write(txn, org, said, *known, mark, now); });
  if (!written) return written.error();
  return problems;
}

}  // namespace deskhand::app
