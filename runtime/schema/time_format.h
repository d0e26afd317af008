// Dates and times as text. Any year of four digits is a date here; what the program then takes for a date of business
// (base/time.h, 1900 to 2200) is narrower and is said where the value is parsed.
//
// Thread rule: pure functions. Source: RFC 3339 section 5.6 and appendix A (durations).
#pragma once

#include <string_view>

namespace deskhand::schema {

bool is_date(std::string_view text);       // 2026-03-01
bool is_time(std::string_view text);       // 14:30:00.5+02:00; a 60th second only where UTC may have one
bool is_date_time(std::string_view text);  // both with T or t between
bool is_duration(std::string_view text);   // P1Y2M3DT4H5M6S, P3W

}  // namespace deskhand::schema
