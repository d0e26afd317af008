#include "reader/durations.h"

#include <gtest/gtest.h>

namespace deskhand::reader {
namespace {

std::string show(std::string_view text) {
  std::string shown;
  for (const auto& reading : find_durations(text)) {
    EXPECT_LE(reading.span.end, text.size());
    if (!shown.empty()) shown += ", ";
    const Duration& duration = reading.value;
    std::string one;
    if (duration.months != 0) one += std::to_string(duration.months) + "mo";
    if (duration.days != 0) one += std::to_string(duration.days) + "d";
    if (duration.business_days != 0) one += std::to_string(duration.business_days) + "bd";
    if (duration.minutes != 0) one += std::to_string(duration.minutes) + "m";
    shown += one;
    if (reading.certainty == Certainty::likely) shown += " ~";
  }
  return shown;
}

struct Case {
  const char* text;
  const char* expected;
};

TEST(Durations, lengths_of_time_are_read) {
  const Case cases[] = {{"2 hours", "120m"},
                        {"an hour and a half", "90m"},
                        {"90 min", "90m"},
                        {"3 months", "3mo"},
                        {"half an hour", "30m"},
                        {"1.5 hours", "90m"},
                        {"two and a half hours", "150m"},
                        {"2 hours and 30 minutes", "150m"},
                        {"1h30", "90m"},
                        {"45 mins", "45m"},
                        {"a week", "7d"},
                        {"two weeks", "14d"},
                        {"3 business days", "3bd"},
                        {"a year", "12mo"},
                        {"six months", "6mo"},
                        {"90 days", "90d"},
                        {"a 2-hour visit", "120m"},
                        {"a couple of weeks", "14d ~"},
                        {"a fortnight", "14d"},
                        {"2 hrs", "120m"},
                        {"30-minute call", "30m"},
                        {"a year and 3 months", "15mo"},
                        {"half a day", ""},
                        {"a few days", ""},
                        {"2 visits", ""},
                        {"the weekend", ""}};
  for (const Case& one : cases) EXPECT_EQ(show(one.text), one.expected) << one.text;
}

TEST(Durations, counts_of_times_are_read) {
  const struct {
    const char* text;
    int count;
  } cases[] = {{"called 5 times", 5}, {"twice", 2}, {"three times", 3}, {"tried 3x", 3}, {"called once", 1}};
  for (const auto& one : cases) {
    const auto readings = find_counts(one.text);
    ASSERT_EQ(readings.size(), 1u) << one.text;
    EXPECT_EQ(readings[0].value, one.count) << one.text;
  }
  for (const char* text : {"once he calls", "2x4 lumber", "at once", "5 leads", "time"})
    EXPECT_TRUE(find_counts(text).empty()) << text;
}

}  // namespace
}  // namespace deskhand::reader
