#include "tools/appointments_time.h"

#include <algorithm>

#include "tools/local_time.h"

namespace deskhand::tools {
namespace {

constexpr int kWeekdayAloneDays = 6;

Instant end_of(const Appointment& visit) {
  return visit.starts_at.plus_seconds(std::int64_t{60} * visit.duration_minutes);
}

bool is_free(const Zone& zone, const std::vector<Appointment>& booked, Day day, int from_minute, int to_minute) {
  if (from_minute >= to_minute) return false;  // the business has no such half
  const Instant from = zone.to_instant({day, from_minute, 0});
  const Instant to = zone.to_instant({day, to_minute, 0});
  return std::none_of(booked.begin(), booked.end(), [&](const Appointment& visit) {
    return visit.status == AppointmentStatus::scheduled && visit.starts_at < to && end_of(visit) > from;
  });
}

}  // namespace

std::optional<HalfDay> next_free_half_day(const Org& org, const Zone& zone, const std::vector<Appointment>& booked,
                                          Day today) {
  for (int ahead = 1; ahead <= kHalfDaysAhead; ++ahead) {
    const Day day = today.plus_days(ahead);
    if (!org.calendar.is_business_day(day) || !zone.has_day(day)) continue;
    if (is_free(zone, booked, day, org.hours.open_minute, std::min(org.hours.close_minute, kNoon)))
      return HalfDay{day, true};
    if (is_free(zone, booked, day, std::max(org.hours.open_minute, kNoon), org.hours.close_minute))
      return HalfDay{day, false};
  }
  return std::nullopt;
}

std::string half_day_text(HalfDay half, Day today) {
  if (days_between(today, half.day) <= kWeekdayAloneDays)
    return std::string(weekday_name(half.day.weekday())) + (half.morning ? " morning" : " afternoon");
  return to_long_text(half.day) + (half.morning ? " in the morning" : " in the afternoon");
}

Result<Instant> local_instant(const Zone& zone, Day day, int minute_of_day) {
  const LocalTime wanted{day, minute_of_day, 0};
  const Instant instant = zone.to_instant(wanted);
  if (zone.to_local(instant) == wanted) return instant;
  return make_error(Code::invalid_argument, "There is no " + to_clock_text(minute_of_day) + " on " +
                                                to_short_text(day) + ": the clocks change then; choose another time.");
}

bool overlap(const Appointment& left, const Appointment& right) {
  return left.starts_at < end_of(right) && right.starts_at < end_of(left);
}

std::string unusual_time(const Org& org, const Zone& zone, const Appointment& visit) {
  const LocalTime begin = zone.to_local(visit.starts_at);
  const LocalTime end = zone.to_local(end_of(visit));
  if (org.calendar.holidays.contains(begin.day)) return "it is a holiday";
  if (!org.calendar.is_business_day(begin.day)) return "it is a " + std::string(weekday_name(begin.day.weekday()));
  if (begin.minute_of_day < org.hours.open_minute) return "we open at " + to_clock_text(org.hours.open_minute);
  if (end.day > begin.day || end.minute_of_day > org.hours.close_minute)
    return "we close at " + to_clock_text(org.hours.close_minute);
  return {};
}

}  // namespace deskhand::tools
