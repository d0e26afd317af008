#include "app/holidays.h"

#include "app/read_file.h"
#include "base/hash.h"
#include "base/limits.h"
#include "schedule/holidays.h"

namespace deskhand::app {
namespace {

constexpr std::string_view kSetting = "holidays_of_configuration";

Result<std::set<Day>> configured(const Config& config, Day today) {
  std::set<Day> days = config.calendar.holidays;
  for (const std::string& file : config.holiday_files) {
    auto text = read_file(file, limits::kCalendarBytes + 1);
    if (!text) return text.error();
    auto read =
        schedule::read_holidays(*text, today.plus_months(-12), today.plus_months(12 * limits::kHolidayYearsAhead));
    if (!read) return make_error(read.error().code, "hours.holidays, " + file + ": " + read.error().message);
    days.insert(read->begin(), read->end());
  }
  return days;
}

// With the year, so that yearly holidays are carried on.
std::string mark_of(const std::set<Day>& days, Day today) {
  std::string text = std::to_string(today.year());
  for (const Day day : days) text += " " + to_iso(day);
  return sha256_hex(text);
}

}  // namespace

Done take_holidays(Store& store, Org& org, const Config& config, Instant now) {
  if (config.calendar.holidays.empty() && config.holiday_files.empty()) return {};
  const auto zone = Zone::find(org.timezone);
  if (!zone) return zone.error();
  auto days = configured(config, zone->day_of(now));
  if (!days) return days.error();
  const std::string mark = mark_of(*days, zone->day_of(now));
  std::string known;
  const Done read = store.read(org.id, [&](Txn& txn) -> Done {
    auto setting = txn.org().setting(kSetting);
    if (!setting) return setting.error();
    known = *setting;
    return {};
  });
  if (!read || known == mark) return read;
  return store.write(org.id, [&](Txn& txn) -> Done {
    auto stored = txn.org().get();
    if (!stored) return stored.error();
    stored->calendar.holidays.insert(days->begin(), days->end());
    auto updated = txn.org().update(std::move(*stored));
    if (!updated) return updated.error();
    if (auto done = txn.org().set_setting(kSetting, mark); !done) return done;
    org = std::move(*updated);
    AuditEntry entry;
    entry.at = now;
    entry.actor = "system:configuration";
    entry.action = "take_holidays";
    entry.verdict = "allow";
    auto appended = txn.audit().append(std::move(entry), false);
    return appended ? Done{} : Done{appended.error()};
  });
}

}  // namespace deskhand::app
