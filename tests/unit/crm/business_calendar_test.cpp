#include "crm/business_calendar.h"

#include <gtest/gtest.h>

#include <limits>
#include <random>

namespace deskhand {
namespace {

Day day(int year, int month, int day_of_month) { return make_day(year, month, day_of_month).value(); }

// March 2026: the 2nd, 9th, 16th ... are Mondays.
Day march(int day_of_month) { return day(2026, 3, day_of_month); }

TEST(BusinessCalendar, works_from_monday_to_friday_unless_told_otherwise) {
  const BusinessCalendar calendar;
  for (int date = 2; date <= 6; ++date) EXPECT_TRUE(calendar.is_business_day(march(date)));
  EXPECT_FALSE(calendar.is_business_day(march(7)));
  EXPECT_FALSE(calendar.is_business_day(march(8)));
}

TEST(BusinessCalendar, rests_on_holidays) {
  BusinessCalendar calendar;
  calendar.holidays = {march(4)};
  EXPECT_FALSE(calendar.is_business_day(march(4)));
  EXPECT_EQ(calendar.next_business_day(march(3)), march(5));
  EXPECT_EQ(calendar.previous_business_day(march(5)), march(3));
}

TEST(BusinessCalendar, may_have_any_weekdays) {
  BusinessCalendar calendar;
  calendar.business_days = {Weekday::saturday, Weekday::sunday};
  EXPECT_EQ(calendar.next_business_day(march(2)), march(7));
  EXPECT_EQ(calendar.business_days_between(march(2), march(31)), 8);
}

TEST(BusinessCalendar, without_any_weekday_works_every_day) {
  BusinessCalendar calendar;
  calendar.business_days.clear();
  EXPECT_TRUE(calendar.is_business_day(march(8)));
  EXPECT_EQ(calendar.add_business_days(march(6), 3), march(9));
  EXPECT_EQ(calendar.business_days_between(march(6), march(9)), 3);
}

TEST(BusinessCalendar, adds_days_over_weekends_and_holidays) {
  BusinessCalendar calendar;
  EXPECT_EQ(calendar.add_business_days(march(2), 3), march(5));
  EXPECT_EQ(calendar.add_business_days(march(6), 1), march(9));
  EXPECT_EQ(calendar.add_business_days(march(6), 5), march(13));
  EXPECT_EQ(calendar.add_business_days(march(7), 1), march(9));
  calendar.holidays = {march(9), march(10)};
  EXPECT_EQ(calendar.add_business_days(march(6), 1), march(11));
}

TEST(BusinessCalendar, goes_back_the_same_way) {
  const BusinessCalendar calendar;
  EXPECT_EQ(calendar.add_business_days(march(9), -1), march(6));
  EXPECT_EQ(calendar.add_business_days(march(8), -1), march(6));
  EXPECT_EQ(calendar.add_business_days(march(13), -5), march(6));
}

TEST(BusinessCalendar, adding_nothing_moves_nothing) {
  EXPECT_EQ(BusinessCalendar().add_business_days(march(7), 0), march(7));
}

TEST(BusinessCalendar, counts_the_days_after_the_first_up_to_the_last) {
  const BusinessCalendar calendar;
  EXPECT_EQ(calendar.business_days_between(march(2), march(2)), 0);
  EXPECT_EQ(calendar.business_days_between(march(2), march(3)), 1);
  EXPECT_EQ(calendar.business_days_between(march(6), march(7)), 0);
  EXPECT_EQ(calendar.business_days_between(march(6), march(8)), 0);
  EXPECT_EQ(calendar.business_days_between(march(6), march(9)), 1);
  EXPECT_EQ(calendar.business_days_between(march(7), march(9)), 1);
  EXPECT_EQ(calendar.business_days_between(march(1), march(31)), 22);
}

TEST(BusinessCalendar, calls_a_lead_stale_after_three_business_days_without_a_word) {
  const BusinessCalendar calendar;
  const auto is_stale = [&](Day last, Day today) { return calendar.business_days_between(last, today) >= 3; };
  EXPECT_FALSE(is_stale(march(2), march(4)));   // Monday to Wednesday
  EXPECT_TRUE(is_stale(march(2), march(5)));    // Monday to Thursday
  EXPECT_FALSE(is_stale(march(6), march(10)));  // Friday to Tuesday
  EXPECT_TRUE(is_stale(march(6), march(11)));   // Friday to Wednesday
}

TEST(BusinessCalendar, does_not_count_a_holiday_and_does_not_count_it_twice) {
  BusinessCalendar calendar;
  calendar.holidays = {march(2), march(4), march(7), march(9)};  // the 7th is a Saturday
  EXPECT_EQ(calendar.business_days_between(march(2), march(9)), 3);
  EXPECT_EQ(calendar.business_days_between(march(3), march(4)), 0);
}

TEST(BusinessCalendar, counts_backwards_as_negative) {
  const BusinessCalendar calendar;
  EXPECT_EQ(calendar.business_days_between(march(9), march(6)), -1);
  EXPECT_EQ(calendar.business_days_between(march(31), march(1)), -22);
}

TEST(BusinessCalendar, crosses_leap_days_and_year_ends) {
  BusinessCalendar calendar;
  EXPECT_EQ(calendar.add_business_days(day(2024, 2, 28), 1), day(2024, 2, 29));
  EXPECT_EQ(calendar.add_business_days(day(2024, 2, 29), 1), day(2024, 3, 1));
  calendar.holidays = {day(2026, 12, 25), day(2027, 1, 1)};
  EXPECT_EQ(calendar.add_business_days(day(2026, 12, 24), 1), day(2026, 12, 28));
  EXPECT_EQ(calendar.add_business_days(day(2026, 12, 31), 1), day(2027, 1, 4));
}

TEST(BusinessCalendar, ends_also_when_no_day_is_ever_worked) {
  BusinessCalendar calendar;
  calendar.business_days = {Weekday::monday};
  for (Day monday = march(2); monday < day(2200, 1, 1); monday = monday.plus_days(7)) calendar.holidays.insert(monday);
  EXPECT_GT(calendar.next_business_day(march(2)), march(2));
  EXPECT_EQ(calendar.business_days_between(march(2), day(2199, 12, 31)), 0);
}

TEST(BusinessCalendar, ends_for_counts_without_measure) {
  const BusinessCalendar calendar;
  EXPECT_GT(calendar.add_business_days(march(2), std::numeric_limits<int>::max()), march(2));
  EXPECT_LT(calendar.add_business_days(march(2), std::numeric_limits<int>::min()), march(2));
}

// Any calendar, checked against counting day by day.
TEST(BusinessCalendar, agrees_with_counting_day_by_day) {
  std::mt19937 random(19);
  for (int round = 0; round < 2'000; ++round) {
    BusinessCalendar calendar;
    calendar.business_days.clear();
    for (int weekday = 1; weekday <= 7; ++weekday) {
      if (random() % 2 == 0) calendar.business_days.insert(static_cast<Weekday>(weekday));
    }
    for (int holiday = 0; holiday < 10; ++holiday)
      calendar.holidays.insert(march(1).plus_days(static_cast<int>(random() % 60)));
    const Day from = march(1).plus_days(static_cast<int>(random() % 40));
    const Day to = from.plus_days(static_cast<int>(random() % 60));
    int expected = 0;
    for (Day date = from.plus_days(1); date <= to; date = date.plus_days(1))
      expected += calendar.is_business_day(date) ? 1 : 0;
    ASSERT_EQ(calendar.business_days_between(from, to), expected);
    ASSERT_EQ(calendar.business_days_between(to, from), -expected);
    const int count = static_cast<int>(random() % 20) + 1;
    const Day later = calendar.add_business_days(from, count);
    ASSERT_TRUE(calendar.is_business_day(later));
    ASSERT_EQ(calendar.business_days_between(from, later), count);
    ASSERT_EQ(calendar.previous_business_day(calendar.next_business_day(to)) <= to, true);
  }
}

}  // namespace
}  // namespace deskhand
