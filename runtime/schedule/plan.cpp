#include "schedule/plan.h"

#include "base/limits.h"
#include "base/text.h"
#include "schedule/cron.h"

namespace deskhand::schedule {
namespace {

constexpr int kLookBackDays = 400;
constexpr int kLookAheadDays = 9 * 366;
constexpr std::size_t kPlanBytes = 200;

Day last_day_of_month(Day day) { return day.plus_days(1 - day.day_of_month()).plus_months(1).plus_days(-1); }

// The days of the month that are meant, before weekends and holidays are looked at.
bool is_meant_day(const Plan& plan, Day day) {
  const std::size_t number = static_cast<std::size_t>(day.day_of_month());
  if (plan.days_of_month.test(number)) return true;
  const bool is_last = day == last_day_of_month(day);
  if (!is_last) return false;
  if (plan.last_day) return true;
  if (!plan.clamps) return false;
  for (std::size_t later = number + 1; later <= 31; ++later)
    if (plan.days_of_month.test(later)) return true;
  return false;
}

// The first business day from a meant day on; at the end of a month the last one before.
bool is_shifted_day(const Plan& plan, Day day, const BusinessCalendar& calendar) {
  if (!calendar.is_business_day(day)) return false;
  if (plan.last_day) return calendar.next_business_day(day).month() != day.month();
  const Day before = calendar.previous_business_day(day);
  for (Day meant = day; meant > before; meant = meant.plus_days(-1))
    if (is_meant_day(plan, meant)) return true;
  return false;
}

bool is_off_word(std::string_view text) {
  const std::string word = to_lower(text);
  return word == "off" || word == "never" || word == "no" || word == "false";
}

}  // namespace

bool Plan::falls_on(Day day, const BusinessCalendar& calendar) const {
  if (is_off) return false;
  if (months.any() && !months.test(static_cast<std::size_t>(day.month()))) return false;
  if (skips_holidays && calendar.holidays.contains(day)) return false;
  if (business_days_only && !calendar.is_business_day(day)) return false;
  const bool has_days = days_of_month.any() || last_day;
  if (has_days && on_next_business_day) return is_shifted_day(*this, day, calendar);
  const bool day_fits = has_days && is_meant_day(*this, day);
  const bool weekday_fits = weekdays.any() && weekdays.test(static_cast<std::size_t>(day.weekday()));
  if (has_days && weekdays.any()) return day_fits || weekday_fits;
  if (has_days) return day_fits;
  return !weekdays.any() || weekday_fits;
}

Instant Plan::instant_on(Day day, const Zone& business) const {
  return zone_in(business).to_instant({day, minute_of_day, 0});
}

std::optional<Plan> plan_of(const procedure::When& when) {
  Plan plan;
  plan.words = when.words;
  plan.minute_of_day = when.minute_or(kUsualMinute);
  switch (when.cadence) {
    case procedure::Cadence::none:
    case procedure::Cadence::unsupported:
      return std::nullopt;
    case procedure::Cadence::daily:
      break;
    case procedure::Cadence::weekdays:
      plan.business_days_only = when.on_business_day;
      if (!plan.business_days_only)
        for (std::size_t weekday = 1; weekday <= 5; ++weekday) plan.weekdays.set(weekday);
      break;
    case procedure::Cadence::weekly:
      plan.business_days_only = when.on_business_day;
      for (const Weekday weekday : when.weekdays) plan.weekdays.set(static_cast<std::size_t>(weekday));
      if (when.weekdays.empty()) plan.weekdays.set(static_cast<std::size_t>(Weekday::monday));
      break;
    case procedure::Cadence::monthly:
      for (const int day : when.days_of_month) {
        if (day < 0)
          plan.last_day = true;
        else
          plan.days_of_month.set(static_cast<std::size_t>(day));
      }
      if (when.days_of_month.empty()) plan.days_of_month.set(1);
      plan.clamps = true;
      plan.on_next_business_day = when.on_business_day;
      break;
  }
  plan.skips_holidays = when.skips_holidays;
  return plan;
}

Result<Plan> parse_plan(std::string_view text) {
  std::string words = squeeze(text);
  const Error unknown =
      make_error(Code::invalid_argument, "\"" + shorten(printable_line(words), kPlanBytes) +
                                             "\" is no time I can run at; write weekdays 07:30, Monday 08:00, first of "
                                             "the month, a cron expression such as 30 7 * * 1-5, or off.");
  if (words.empty() || words.size() > kPlanBytes) return unknown;
  bool in_utc = false;
  if (words.size() > 4 && to_lower(words).ends_with(" utc")) {
    in_utc = true;
    words.resize(words.size() - 4);
  }
  Plan plan;
  plan.words = words;
  if (is_off_word(words)) {
    plan.is_off = true;
    return plan;
  }
  if (looks_like_cron(words)) {
    Result<Plan> cron = parse_cron(words);
    if (!cron) return cron;
    plan = std::move(*cron);
  } else {
    procedure::When when = procedure::when_of(words);
    // A subject ("Monday 08:00 report") has no place here, and what is not understood may be a restriction.
    if (!when.unread.empty()) return unknown;
    // A time alone is one of every day.
    if (when.cadence == procedure::Cadence::none && when.minute_of_day) when.cadence = procedure::Cadence::daily;
    std::optional<Plan> read = plan_of(when);
    if (!read) return unknown;
    plan = std::move(*read);
  }
  plan.in_utc = in_utc;
  if (in_utc) plan.words += " UTC";
  return plan;
}

std::optional<Day> latest_due(const Plan& plan, const BusinessCalendar& calendar, const Zone& business, Instant now) {
  if (plan.is_off) return std::nullopt;
  const Zone zone = plan.zone_in(business);
  const Day today = zone.day_of(now);
  for (int back = -1; back < kLookBackDays;
       ++back) {  // from tomorrow: a gap at midnight can move a time into the day before
    const Day day = today.plus_days(-back);
    if (plan.falls_on(day, calendar) && zone.has_day(day) && plan.instant_on(day, business) <= now) return day;
  }
  return std::nullopt;
}

std::optional<Day> next_due(const Plan& plan, const BusinessCalendar& calendar, const Zone& business, Instant now) {
  if (plan.is_off) return std::nullopt;
  const Zone zone = plan.zone_in(business);
  const Day today = zone.day_of(now);
  for (int ahead = 0; ahead < kLookAheadDays; ++ahead) {
    const Day day = today.plus_days(ahead);
    if (plan.falls_on(day, calendar) && zone.has_day(day) && plan.instant_on(day, business) > now) return day;
  }
  return std::nullopt;
}

int dates_between(const Plan& plan, const BusinessCalendar& calendar, const Zone& business, Day after, Day before) {
  const Zone zone = plan.zone_in(business);
  int count = 0;
  for (Day day = before.plus_days(-1); day > after && count < limits::kMissedRuns; day = day.plus_days(-1))
    if (plan.falls_on(day, calendar) && zone.has_day(day)) ++count;
  return count;
}

}  // namespace deskhand::schedule
