#include "procedure/when.h"

#include <gtest/gtest.h>

namespace deskhand::procedure {
namespace {

TEST(When, reads_the_cadence_day_and_time_that_an_owner_writes) {
  struct Case {
    const char* words;
    Cadence cadence;
    int minute;  // -1: none said
    std::vector<Weekday> weekdays;
    int day_of_month;  // 0: none said
  };
  const Case cases[] = {
      {"Daily", Cadence::daily, -1, {}, 0},
      {"Every day at 6:45 AM", Cadence::daily, 6 * 60 + 45, {}, 0},
      {"Every morning", Cadence::daily, 8 * 60, {}, 0},
      {"Every weekday at 7:30", Cadence::weekdays, 7 * 60 + 30, {}, 0},
      {"Monday to Friday, 7.30", Cadence::weekdays, 7 * 60 + 30, {}, 0},
      {"Mon–Fri at 8am", Cadence::weekdays, 8 * 60, {}, 0},
      {"Monday, Friday", Cadence::weekly, -1, {Weekday::monday, Weekday::friday}, 0},
      {"Weekly (Monday morning)", Cadence::weekly, 8 * 60, {Weekday::monday}, 0},
      {"Monday at 8:00", Cadence::weekly, 8 * 60, {Weekday::monday}, 0},
      {"Mondays and Thursdays, first thing", Cadence::weekly, 8 * 60, {Weekday::monday, Weekday::thursday}, 0},
      {"Friday at 16:00", Cadence::weekly, 16 * 60, {Weekday::friday}, 0},
      {"Weekly", Cadence::weekly, -1, {}, 0},
      {"Weekly (Friday, 4:30 pm)", Cadence::weekly, 16 * 60 + 30, {Weekday::friday}, 0},
      {"Wed at 12 p.m.", Cadence::weekly, 12 * 60, {Weekday::wednesday}, 0},
      {"Tuesday at noon", Cadence::weekly, 12 * 60, {Weekday::tuesday}, 0},
      {"Monthly", Cadence::monthly, -1, {}, 0},
      {"On the 1st", Cadence::monthly, -1, {}, 1},
      {"on the 15th of each month at 9", Cadence::monthly, 9 * 60, {}, 15},
      {"Mornings at 7", Cadence::daily, 7 * 60, {}, 0},
      {"Monthly (last day of the month)", Cadence::monthly, -1, {}, -1},
      {"First of the month", Cadence::monthly, -1, {}, 1},
      {"Monthly (first working day, 7:00 am)", Cadence::monthly, 7 * 60, {}, 1},
      {"Every other week", Cadence::unsupported, -1, {}, 0},
      {"Quarterly", Cadence::unsupported, -1, {}, 0},
      {"Hourly", Cadence::unsupported, -1, {}, 0},
      {"First Monday of the month", Cadence::unsupported, -1, {Weekday::monday}, 1},
      {"Inquiry (no estimate yet)", Cadence::none, -1, {}, 0},
      {"Business hours", Cadence::none, -1, {}, 0},
  };
  for (const auto& expected : cases) {
    const auto when = when_of(expected.words);
    EXPECT_EQ(when.cadence, expected.cadence) << expected.words;
    EXPECT_EQ(when.minute_or(-1), expected.minute) << expected.words;
    EXPECT_EQ(when.weekdays, expected.weekdays) << expected.words;
    EXPECT_EQ(when.day_of_month.value_or(0), expected.day_of_month) << expected.words;
  }
  EXPECT_TRUE(when_of("First business day of the month").on_business_day);
}

TEST(When, reads_clocks_and_refuses_impossible_ones) {
  EXPECT_EQ(clock_of("8:00"), 480);
  EXPECT_EQ(clock_of("12 am"), 0);
  EXPECT_EQ(clock_of("12:05 pm"), 725);
  EXPECT_EQ(clock_of("7 o'clock"), 420);
  EXPECT_EQ(clock_of("25:00"), std::nullopt);
  EXPECT_EQ(clock_of("13 pm"), std::nullopt);
  EXPECT_EQ(clock_of("the 1st"), std::nullopt);
  EXPECT_EQ(clock_of("3 business days"), std::nullopt);
}

TEST(Duration, is_read_in_digits_and_words_with_its_unit) {
  const std::pair<const char*, const char*> cases[] = {{"the past 3 business days", "3 business days"},
                                                       {"five (5) working days", "5 business days"},
                                                       {"three business days", "3 business days"},
                                                       {"for two weeks", "2 weeks"},
                                                       {"a week", "1 week"},
                                                       {"48 hours", "2 days"},
                                                       {"a fortnight", "14 days"},
                                                       {"10 calendar days", "10 days"},
                                                       {"check back in 90 days?", "90 days"},
                                                       {"in six months", "6 months"},
                                                       {"ten weekdays", "10 business days"}};
  for (const auto& [words, expected] : cases) {
    const auto found = durations_of(words);
    ASSERT_EQ(found.size(), 1u) << words;
    EXPECT_EQ(to_text(found.front()), expected) << words;
  }
  EXPECT_TRUE(durations_of("at 9:00 on the 3rd, once a day, for [N] days").empty());
  EXPECT_EQ(durations_of("after 3 days and again every 5 days").size(), 2u);
}

}  // namespace
}  // namespace deskhand::procedure
