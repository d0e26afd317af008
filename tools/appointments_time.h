// When a visit can be: free half days, what overlaps, and local times that do not exist because the clocks change.
//
// Thread rule: pure functions.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "base/time.h"
#include "crm/lead.h"
#include "crm/org.h"

namespace deskhand::tools {

// Two parts of a working day, before noon and after it. A business that opens after noon has no morning.
struct HalfDay {
  Day day;
  bool morning = true;
};

// The first half of a business day after `today` in which no scheduled visit lies; today itself is left out because a
// message is read and answered later. nullopt: none within kHalfDaysAhead days.
inline constexpr int kHalfDaysAhead = 60;
std::optional<HalfDay> next_free_half_day(const Org& org, const Zone& zone, const std::vector<Appointment>& booked,
                                          Day today);
// "Tuesday morning" within the next six days, later "Tuesday, March 17 in the morning": a weekday alone would mean the
// nearest.
std::string half_day_text(HalfDay half, Day today);

// The instant of a local day and minute. invalid_argument when the clocks skip it that day.
Result<Instant> local_instant(const Zone& zone, Day day, int minute_of_day);

bool overlap(const Appointment& left, const Appointment& right);

// Why the time is unusual for this business, one clause; "" when it is not: "it is a Sunday", "we close at 5:00 PM".
std::string unusual_time(const Org& org, const Zone& zone, const Appointment& visit);

}  // namespace deskhand::tools
