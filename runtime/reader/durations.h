// Lengths of time and numbers of times: "2 hours", "an hour and a half", "90 min", "3 months", "twice", "5 times".
//
// Thread rule: pure functions. Units: months and days stay apart from minutes because neither has a fixed length.
#pragma once

#include <string_view>
#include <vector>

#include "reader/reading.h"

namespace deskhand::reader {

inline constexpr int kDaysMax = 366 * 100;  // a century; a larger number is a typing error
inline constexpr int kMinutesMax = 60 * 24 * 366;

struct Duration {
  int months = 0;  // 12 for a year
  int days = 0;    // 7 for a week
  int business_days = 0;
  int minutes = 0;
  bool operator==(const Duration&) const = default;
};

// Also inside dates: "in 3 days" holds the duration of 3 days. A caller that wants days reads dates first.
std::vector<Reading<Duration>> find_durations(std::string_view text);
// "5 times", "twice", "3x", "once".
std::vector<Reading<int>> find_counts(std::string_view text);

}  // namespace deskhand::reader
