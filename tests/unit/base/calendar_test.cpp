// Days, RFC 3339 and clock texts of base/time.h; zones are in zone_test.cpp.
#include <gtest/gtest.h>

#include <limits>
#include <random>

#include "base/time.h"

namespace deskhand {
namespace {

Day day(int year, int month, int day_of_month) { return make_day(year, month, day_of_month).value(); }

TEST(Day, counts_from_the_first_of_january_1970) {
  EXPECT_EQ(day(1970, 1, 1).days, 0);
  EXPECT_EQ(day(1969, 12, 31).days, -1);
  EXPECT_EQ(day(2000, 3, 1).days, 11'017);
  EXPECT_EQ(day(2026, 3, 1).days, 20'513);
}

TEST(Day, of_every_date_from_1900_to_2200_follows_the_one_before) {
  Day expected = day(1900, 1, 1);
  Weekday weekday = Weekday::monday;  // 1900-01-01
  int count = 0;
  for (int year = 1900; year <= 2200; ++year) {
    for (int month = 1; month <= 12; ++month) {
      for (int day_of_month = 1; day_of_month <= 31; ++day_of_month) {
        const auto made = make_day(year, month, day_of_month);
        if (!made) {
          ASSERT_GT(day_of_month, 28);
          continue;
        }
        ASSERT_EQ(*made, expected);
        ASSERT_EQ(made->year(), year);
        ASSERT_EQ(made->month(), month);
        ASSERT_EQ(made->day_of_month(), day_of_month);
        ASSERT_EQ(made->weekday(), weekday);
        ASSERT_EQ(*parse_iso_day(to_iso(*made)), *made);
        expected = expected.plus_days(1);
        weekday = weekday == Weekday::sunday ? Weekday::monday : static_cast<Weekday>(static_cast<int>(weekday) + 1);
        ++count;
      }
    }
  }
  EXPECT_EQ(count, 301 * 365 + 73);  // leap years: 75 of four, less 1900, 2100 and 2200, and 2000 stays
}

TEST(Day, exists_only_on_the_calendar) {
  EXPECT_TRUE(make_day(2024, 2, 29));
  EXPECT_TRUE(make_day(2000, 2, 29));
  EXPECT_FALSE(make_day(2026, 2, 29));
  EXPECT_FALSE(make_day(2100, 2, 29));
  EXPECT_FALSE(make_day(2026, 4, 31));
  EXPECT_FALSE(make_day(2026, 13, 1));
  EXPECT_FALSE(make_day(2026, 0, 1));
  EXPECT_FALSE(make_day(2026, 1, 0));
  EXPECT_FALSE(make_day(2026, -1, -1));
  EXPECT_FALSE(make_day(1899, 12, 31));
  EXPECT_FALSE(make_day(2201, 1, 1));
}

TEST(Day, months_on_is_the_same_day_or_the_last_of_a_shorter_month) {
  EXPECT_EQ(day(2026, 1, 15).plus_months(1), day(2026, 2, 15));
  EXPECT_EQ(day(2026, 1, 31).plus_months(1), day(2026, 2, 28));
  EXPECT_EQ(day(2024, 1, 31).plus_months(1), day(2024, 2, 29));
  EXPECT_EQ(day(2024, 2, 29).plus_months(12), day(2025, 2, 28));
  EXPECT_EQ(day(2026, 12, 31).plus_months(2), day(2027, 2, 28));
  EXPECT_EQ(day(2026, 3, 31).plus_months(-1), day(2026, 2, 28));
  EXPECT_EQ(day(2026, 1, 15).plus_months(-1), day(2025, 12, 15));
  EXPECT_EQ(day(2026, 5, 5).plus_months(0), day(2026, 5, 5));
}

TEST(Day, months_on_without_measure_stays_a_day) {
  const Day far = day(2026, 3, 1).plus_months(std::numeric_limits<int>::max());
  const Day early = day(2026, 3, 1).plus_months(std::numeric_limits<int>::min());
  EXPECT_GT(far, day(2200, 12, 31));
  EXPECT_LT(early, day(1900, 1, 1));
  EXPECT_GE(far.month(), 1);
  EXPECT_LE(early.day_of_month(), 31);
}

TEST(Day, is_read_in_one_form_only) {
  EXPECT_EQ(*parse_iso_day("2026-03-01"), day(2026, 3, 1));
  for (const char* text :
       {"", "2026-3-1", "2026/03/01", "03/01/2026", "20260301", "2026-03-01T00:00:00Z", " 2026-03-01", "2026-03-01 ",
        "2026-02-30", "2026-00-10", "1899-12-31", "2201-01-01", "99999-01-01", "-026-03-01", "+026-03-01", "2026-03-0x",
        "\xD9\xA2"
        "026-03-01"}) {
    const auto parsed = parse_iso_day(text);
    ASSERT_FALSE(parsed) << text;
    EXPECT_EQ(parsed.error().code, Code::invalid_argument);
  }
}

TEST(Day, reads_well_in_a_sentence) {
  EXPECT_EQ(to_iso(day(2026, 3, 3)), "2026-03-03");
  EXPECT_EQ(to_long_text(day(2026, 3, 3)), "Tuesday, March 3");
  EXPECT_EQ(to_short_text(day(2026, 3, 3)), "Tue Mar 3");
  EXPECT_EQ(to_long_text(day(2026, 12, 31)), "Thursday, December 31");
  EXPECT_EQ(to_short_text(day(2028, 2, 29)), "Tue Feb 29");
}

TEST(Names, of_weekdays_and_months_are_english) {
  EXPECT_EQ(weekday_name(Weekday::monday), "Monday");
  EXPECT_EQ(weekday_name(Weekday::sunday), "Sunday");
  EXPECT_EQ(month_name(1), "January");
  EXPECT_EQ(month_name(12), "December");
  EXPECT_EQ(month_name(0), "");
  EXPECT_EQ(month_name(13), "");
}

TEST(DaysBetween, counts_forward_and_back) {
  EXPECT_EQ(days_between(day(2026, 2, 28), day(2026, 3, 1)), 1);
  EXPECT_EQ(days_between(day(2024, 2, 28), day(2024, 3, 1)), 2);
  EXPECT_EQ(days_between(day(2026, 12, 31), day(2026, 1, 1)), -364);
}

TEST(Instant, is_written_in_utc_to_the_second) {
  EXPECT_EQ(to_rfc3339(Instant{0}), "1970-01-01T00:00:00Z");
  EXPECT_EQ(to_rfc3339(Instant{1'772'373'900'999'999}), "2026-03-01T14:05:00Z");
  EXPECT_EQ(to_rfc3339(Instant{-1}), "1969-12-31T23:59:59Z");
  EXPECT_EQ(to_rfc3339(Instant{-1'000'000}), "1969-12-31T23:59:59Z");
}

TEST(Instant, can_be_written_however_far_away_it_is) {
  EXPECT_FALSE(to_rfc3339(Instant{std::numeric_limits<std::int64_t>::max()}).empty());
  EXPECT_FALSE(to_rfc3339(Instant{std::numeric_limits<std::int64_t>::min()}).empty());
}

TEST(Instant, is_read_with_any_offset) {
  const std::int64_t expected = 1'772'373'900'000'000;
  for (const char* text : {"2026-03-01T14:05:00Z", "2026-03-01T08:05:00-06:00", "2026-03-01T19:35:00+05:30",
                           "2026-03-01t14:05:00z", "2026-03-01 14:05:00Z", "2026-03-02T04:05:00+14:00",
                           "2026-03-01T14:05:00-00:00", "2026-03-01T14:05:00.000Z", "2026-03-01T14:05:00.0000009Z"}) {
    const auto instant = parse_rfc3339(text);
    ASSERT_TRUE(instant) << text;
    EXPECT_EQ(instant->us, expected) << text;
  }
}

TEST(Instant, keeps_a_fraction_to_the_microsecond) {
  EXPECT_EQ(parse_rfc3339("1970-01-01T00:00:01.5Z")->us, 1'500'000);
  EXPECT_EQ(parse_rfc3339("1970-01-01T00:00:00.000001Z")->us, 1);
  EXPECT_EQ(parse_rfc3339("1969-12-31T23:59:59.999999Z")->us, -1);
}

TEST(Instant, takes_a_leap_second_for_the_next_minute) {
  EXPECT_EQ(parse_rfc3339("2016-12-31T23:59:60Z")->us, parse_rfc3339("2017-01-01T00:00:00Z")->us);
}

TEST(Instant, is_refused_without_day_time_and_offset) {
  for (const char* text :
       {"", "2026-03-01", "14:05:00Z", "2026-03-01T14:05:00", "2026-03-01T14:05Z", "2026-03-01T24:00:00Z",
        "2026-03-01T14:60:00Z", "2026-03-01T14:05:61Z", "2026-02-29T14:05:00Z", "2026-03-01T14:05:00+0600",
        "2026-03-01T14:05:00+24:00", "2026-03-01T14:05:00+06:60", "2026-03-01T14:05:00.Z", "2026-03-01T14:05:00Zjunk",
        " 2026-03-01T14:05:00Z", "2026-03-01X14:05:00Z", "now", "1772373900", "2026-03-01T14:05:00.1234567890123Z"}) {
    const auto instant = parse_rfc3339(text);
    ASSERT_FALSE(instant) << text;
    EXPECT_EQ(instant.error().code, Code::invalid_argument);
  }
}

TEST(Instant, comes_back_from_its_own_text) {
  std::mt19937_64 random(3);
  const std::int64_t first = parse_rfc3339("1900-01-01T00:00:00Z")->us / 1'000'000,
                     last = parse_rfc3339("2200-12-31T23:59:59Z")->us / 1'000'000;
  for (int round = 0; round < 20'000; ++round) {
    const Instant instant{(first + static_cast<std::int64_t>(random() % static_cast<std::uint64_t>(last - first))) *
                          1'000'000};
    ASSERT_EQ(*parse_rfc3339(to_rfc3339(instant)), instant);
  }
}

TEST(ClockText, reads_as_people_say_it) {
  EXPECT_EQ(to_clock_text(0), "12:00 AM");
  EXPECT_EQ(to_clock_text(9 * 60 + 5), "9:05 AM");
  EXPECT_EQ(to_clock_text(12 * 60), "12:00 PM");
  EXPECT_EQ(to_clock_text(14 * 60 + 30), "2:30 PM");
  EXPECT_EQ(to_clock_text(1'439), "11:59 PM");
}

TEST(Clock, is_read_in_24_hours) {
  EXPECT_EQ(*parse_clock("14:30"), 870);
  EXPECT_EQ(*parse_clock("00:00"), 0);
  EXPECT_EQ(*parse_clock("23:59"), 1'439);
  EXPECT_EQ(*parse_clock("9:05"), 545);
  for (const char* text :
       {"", "24:00", "12:60", "2:30 PM", "14.30", "1430", "14:3", "14:300", "-1:00", ":30", "14:", " 14:30"}) {
    EXPECT_FALSE(parse_clock(text)) << text;
  }
}

}  // namespace
}  // namespace deskhand
