// Zones of base/time.h. This is the only file that names the time-zone library; its exceptions end here.
// The library reads the transitions listed in the system's files, which end with 2037 for most zones; later summers
// keep the last offset of 2037. Appointments and reminders do not reach that far.
#include "base/time.h"

#include <date/tz.h>

#include <algorithm>
#include <cstdlib>
#include <exception>
#include <vector>

#include "base/text.h"

namespace deskhand {
namespace {

using std::chrono::seconds;

constexpr std::int32_t kDayMax = 100'000'000;  // farther days do not fit into 64 bits of microseconds
constexpr std::size_t kZoneNameBytes = 64;     // the longest of the database has 32

// Null when there is no such zone or its file can not be read. The file is read here, so that nothing later can fail.
const date::time_zone* locate(const std::string& name, std::string& fault) {
  try {
    const date::time_zone* zone = date::locate_zone(name);
    static_cast<void>(zone->get_info(date::sys_seconds{}));
    return zone;
  } catch (const std::exception& problem) {
    fault = problem.what();
    return nullptr;
  }
}

// What people call a zone where the database has no such name; an edit distance would offer "CET" for "CST".
std::string_view zone_of_everyday_name(std::string_view name) {
  struct EverydayName {
    std::string_view name, zone;
  };
  constexpr EverydayName kNames[] = {{"eastern", "America/New_York"},
                                     {"et", "America/New_York"},
                                     {"edt", "America/New_York"},
                                     {"central", "America/Chicago"},
                                     {"ct", "America/Chicago"},
                                     {"cst", "America/Chicago"},
                                     {"cdt", "America/Chicago"},
                                     {"mountain", "America/Denver"},
                                     {"mt", "America/Denver"},
                                     {"mdt", "America/Denver"},
                                     {"pacific", "America/Los_Angeles"},
                                     {"pt", "America/Los_Angeles"},
                                     {"pst", "America/Los_Angeles"},
                                     {"pdt", "America/Los_Angeles"},
                                     {"bst", "Europe/London"},
                                     {"cest", "Europe/Berlin"},
                                     {"ist", "Asia/Kolkata"},
                                     {"jst", "Asia/Tokyo"},
                                     {"aest", "Australia/Sydney"},
                                     {"aedt", "Australia/Sydney"}};
  for (const EverydayName& everyday : kNames) {
    if (equal_ignoring_case(name, everyday.name)) return everyday.zone;
  }
  return "";
}

std::string_view city_of(std::string_view zone_name) { return zone_name.substr(zone_name.rfind('/') + 1); }

// The zone a person most likely meant: another case, the city alone ("chicago", "new york"), or a typing error.
std::string suggestion(std::string_view wanted) {
  if (const std::string_view zone = zone_of_everyday_name(wanted); !zone.empty()) return std::string(zone);
  const std::string name = replace_all(to_lower(wanted), " ", "_");
  std::string by_city;
  std::vector<std::string> known;
  try {
    for (const date::time_zone& zone : date::get_tzdb().zones) {
      if (equal_ignoring_case(zone.name(), name)) return zone.name();
      const bool is_continental = zone.name().find('/') != std::string::npos;
      if (is_continental && by_city.empty() && equal_ignoring_case(city_of(zone.name()), city_of(name)))
        by_city = zone.name();
      known.push_back(zone.name());
    }
  } catch (const std::exception&) {
    return "";  // no database, no suggestion
  }
  return by_city.empty() ? nearest(name, known) : by_city;
}

seconds offset_at(const date::time_zone* zone, std::int64_t unix_seconds) {
  try {
    return zone->get_info(date::sys_seconds{seconds{unix_seconds}}).offset;
  } catch (const std::exception&) {
    return seconds{0};  // can not happen: the zone was read when it was found
  }
}

}  // namespace

Zone::Zone() : zone_(nullptr), name_("UTC") {}  // null is UTC, so that UTC needs no database

Result<Zone> Zone::find(std::string_view iana_name) {
  const std::string name(iana_name);
  if (name == "UTC") return Zone();
  std::string fault = "name too long";
  const date::time_zone* zone = name.size() <= kZoneNameBytes ? locate(name, fault) : nullptr;
  if (zone != nullptr) return Zone(zone, name);
  const std::string meant = name.size() <= kZoneNameBytes ? suggestion(name) : "";
  const std::string hint = meant.empty() ? "use an IANA name such as America/Chicago" : "did you mean " + meant + "?";
  return make_error(Code::invalid_argument,
                    "There is no time zone \"" + shorten(printable_line(name), kZoneNameBytes) + "\"; " + hint, fault);
}

Zone Zone::system() {
  // TZ leads, as it does for every other program of the machine; POSIX rule strings in it are not zone names.
  if (const char* variable = std::getenv("TZ"); variable != nullptr && *variable != '\0') {
    const std::string name = *variable == ':' ? variable + 1 : variable;
    std::string fault;
    if (name == "UTC") return Zone();
    if (const date::time_zone* zone = locate(name, fault); zone != nullptr) return Zone(zone, name);
  }
  try {
    const std::string name = date::current_zone()->name();
    std::string fault;
    if (const date::time_zone* zone = locate(name, fault); zone != nullptr) return Zone(zone, name);
  } catch (const std::exception&) {
    // A machine that names no zone is on UTC.
  }
  return Zone();
}

LocalTime Zone::to_local(Instant instant) const {
  const std::int64_t utc = floor_divide(instant.us, kUsPerSecond);
  const std::int64_t local = utc + (zone_ == nullptr ? 0 : offset_at(zone_, utc).count());
  const std::int64_t days = floor_divide(local, kSecondsPerDay);
  const auto second_of_day = static_cast<int>(local - days * kSecondsPerDay);
  return {Day{static_cast<std::int32_t>(days)}, second_of_day / 60, second_of_day % 60};
}

Instant Zone::to_instant(LocalTime local) const {
  const std::int64_t day = std::clamp(local.day.days, -kDayMax, kDayMax);
  const std::int64_t wall = day * kSecondsPerDay + local.minute_of_day * std::int64_t{60} + local.second;
  if (zone_ == nullptr) return {wall * kUsPerSecond};
  try {
    const date::local_info info = zone_->get_info(date::local_seconds{seconds{wall}});
    if (info.result == date::local_info::nonexistent) {
      return {info.second.begin.time_since_epoch().count() * kUsPerSecond};
    }
    return {(wall - info.first.offset.count()) * kUsPerSecond};  // in an overlap `first` is the earlier one
  } catch (const std::exception&) {
    return {wall * kUsPerSecond};  // can not happen: the zone was read when it was found
  }
}

Instant Zone::start_of(Day day) const { return to_instant({day, 0, 0}); }

bool Zone::has_day(Day day) const { return day_of(start_of(day)) == day; }

}  // namespace deskhand
