#include "procedure/when.h"

#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

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
      {"First Monday of the month", Cadence::unsupported, -1, {}, 1},
      {"Inquiry (no estimate yet)", Cadence::none, -1, {}, 0},
      {"Business hours", Cadence::none, -1, {}, 0},
  };
  for (const auto& expected : cases) {
    const auto when = when_of(expected.words);
    EXPECT_EQ(when.cadence, expected.cadence) << expected.words;
    EXPECT_EQ(when.minute_or(-1), expected.minute) << expected.words;
    EXPECT_EQ(when.weekdays, expected.weekdays) << expected.words;
    EXPECT_EQ(when.days_of_month.empty() ? 0 : when.days_of_month.front(), expected.day_of_month) << expected.words;
  }
  EXPECT_TRUE(when_of("First business day of the month").on_business_day);
}

std::string days_of(const When& when) {
  static const char* kNames[] = {"", "Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"};
  std::string names;
  switch (when.cadence) {
    case Cadence::daily:
      names = "daily";
      break;
    case Cadence::weekdays:
      names = "weekdays";
      break;
    case Cadence::weekly:
      for (const auto day : when.weekdays) names += kNames[static_cast<int>(day)];
      break;
    case Cadence::monthly:
      for (const int day : when.days_of_month) names += (names.empty() ? "" : ",") + std::to_string(day);
      break;
    case Cadence::unsupported:
      return "unsupported";
    case Cadence::none:
      return "none";
  }
  if (when.on_business_day) names += " open";
  if (when.skips_holidays) names += " no holidays";
  return names;
}

TEST(When, reads_stretches_of_weekdays_exceptions_and_lists_of_days) {
  const std::pair<const char*, const char*> cases[] = {
      {"Mon-Sat 07:30", "MoTuWeThFrSa"},
      {"Monday to Saturday", "MoTuWeThFrSa"},
      {"Monday up to Thursday", "MoTuWeTh"},
      {"Tuesdays through Saturdays at 9", "TuWeThFrSa"},
      {"between Monday and Thursday", "MoTuWeTh"},
      {"Sat-Tue", "MoTuSaSu"},
      {"Mon.–Wed. and Fri", "MoTuWeFr"},
      {"M-F 7:30", "weekdays"},
      {"Mo-Sa 7:30", "MoTuWeThFrSa"},
      {"Mon/Wed/Fri", "MoWeFr"},
      {"Daily, Mon-Sat at 8", "MoTuWeThFrSa"},
      {"weekdays and Saturdays 07:30", "MoTuWeThFrSa"},
      {"every week day at 7", "weekdays"},
      {"weekdays, also on Sundays", "MoTuWeThFrSu"},
      {"weekdays and weekends", "daily"},
      {"weekends 9:00", "SaSu"},
      {"every weekend", "SaSu"},
      {"daily, including weekends", "daily"},
      {"daily except Sunday", "MoTuWeThFrSa"},
      {"daily except on Sundays and Mondays", "TuWeThFrSa"},
      {"every day but Sunday at 7", "MoTuWeThFrSa"},
      {"every day except weekends", "weekdays"},
      {"Daily (closed Sundays)", "MoTuWeThFrSa"},
      {"every day other than Wednesday", "MoTuThFrSaSu"},
      {"every weekday except Friday 07:00", "MoTuWeTh"},
      {"weekdays, not Friday", "MoTuWeTh"},
      {"Mon-Fri except Wed and Fri", "MoTuTh"},
      {"weekdays except public holidays", "weekdays no holidays"},
      {"daily except Sundays and holidays", "MoTuWeThFrSa no holidays"},
      {"business days 08:00", "weekdays open"},
      {"business days except Friday", "MoTuWeThSaSu open"},
      {"every day of the week", "daily"},
      {"7 days a week", "daily"},
      {"on the 1st and 15th", "1,15"},
      {"the 1st, 10th and 20th of each month", "1,10,20"},
      {"on the first and the fifteenth", "1,15"},
      {"days 1 and 15 of the month", "1,15"},
      {"on the 15th and the last day of the month", "15,-1"},
      {"1st & 15th 08:00", "1,15"},
      {"day 1 of each month, 07:30", "1"},
      {"monthly, day 1, 07:30", "1"},
      {"on the thirty-first of every month", "31"},
      {"Every Monday, list the deals due by Friday", "Mo"},
      {"Every day, what came in over the weekend", "daily"},
      {"Every Friday afternoon, list open deals", "Fr"},
      {"Weekend inquiries", "none"},
  };
  for (const auto& [words, expected] : cases) EXPECT_EQ(days_of(when_of(words)), expected) << words;
}

TEST(When, does_not_run_what_has_a_clock_or_a_restriction_that_is_not_understood) {
  for (const char* words : {"24:00 daily",
                            "daily at 25:00",
                            "every day at half seven",
                            "Daily 8:00 EST",
                            "daily 07:30 UTC",
                            "daily at 8ish",
                            "weekdays 8-9am",
                            "daily 8:00 and 17:00",
                            "weekdays at 7 and Saturdays at 9",
                            "every morning and evening",
                            "Monday morning and Friday afternoon",
                            "on the 1st of June",
                            "every Monday in June",
                            "daily from May to September",
                            "weekdays during the summer",
                            "the second Tuesday",
                            "last Friday of the month",
                            "1st and 3rd Monday",
                            "every second Monday",
                            "alternate Mondays",
                            "twice weekly",
                            "3 times a week",
                            "bi-weekly",
                            "five days a week",
                            "third business day of the month",
                            "the 1st to the 5th of the month",
                            "first week of the month",
                            "the 32nd of the month",
                            "monthly on the 15th or the business day before",
                            "business days and Saturdays",
                            "Mondays except Mondays",
                            "once a quarter",
                            "end of the year, every month"})
    EXPECT_EQ(days_of(when_of(words)), "unsupported") << words;
}

TEST(When, reads_the_time_of_day_in_the_ways_it_is_written) {
  const std::pair<const char*, int> cases[] = {
      {"daily 0730", 450},
      {"weekdays 1730", 1050},
      {"daily 0730 hours", 450},
      {"daily 17h", 1020},
      {"daily 17h30", 1050},
      {"at 730am on weekdays", 450},
      {"daily 7", 420},
      {"Mondays @ 7", 420},
      {"half past seven every day", 450},
      {"every day at a quarter to eight", 465},
      {"Mondays at quarter past 3 pm", 915},
      {"daily at ten to six", 350},
      {"20 minutes past 8 every morning", 500},
      {"daily at seven", 420},
      {"daily at eight thirty", 510},
      {"every evening at 7", 1140},
      {"Friday evening, 7:30", 1170},
      {"daily at 7 in the evening", 1140},
      {"every afternoon at 3", 900},
      {"every morning at 3", 180},
      {"every night at 11", 1380},
      {"nightly at 2", 120},
      {"nightly", 1080},
      {"every evening at 19:15", 1155},
      {"daily 07:30:00", 450},
      {"daily at 12 midnight", 0},
      {"daily at 12 noon", 720},
      {"Weekly: the 2026 pipeline", -1},
      {"Every day, list leads over $7.50 quiet for 48h", -1},
      {"Monthly, on the 1st, from 12.05.2026", -1},
      {"Every day at 7:30, what was written after 17:00", 450},
  };
  for (const auto& [words, expected] : cases) {
    EXPECT_EQ(when_of(words).minute_or(-1), expected) << words;
    EXPECT_NE(when_of(words).cadence, Cadence::unsupported) << words;
    EXPECT_NE(when_of(words).cadence, Cadence::none) << words;
  }
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
