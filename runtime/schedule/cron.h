// Cron expressions of five fields: minute, hour, day of month, month, weekday. Numbers, lists, ranges, steps, names of
// months and weekdays, L for the last day; @daily, @weekly and @monthly. Inside of plan.cpp.
//
// Thread rule: pure. Codes: invalid_argument.
#pragma once

#include <string_view>

#include "schedule/plan.h"

namespace deskhand::schedule {

bool looks_like_cron(std::string_view text);
Result<Plan> parse_cron(std::string_view text);

}  // namespace deskhand::schedule
