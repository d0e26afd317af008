#include "schedule/plan.h"

#include <gtest/gtest.h>

#include <set>

namespace deskhand::schedule {
namespace {

Plan plan(std::string_view text) {
  auto read = parse_plan(text);
  EXPECT_TRUE(read) << text << ": " << (read ? "" : read.error().message);
  return read ? *read : Plan{};
}
Zone zone(std::string_view name) {
  auto found = Zone::find(name);
  EXPECT_TRUE(found);
  return *found;
}
Day day(int year, int month, int number) { return *make_day(year, month, number); }
Instant at(std::string_view text) {
  auto instant = parse_rfc3339(text);
  EXPECT_TRUE(instant) << text;
  return *instant;
}

// The dates of a plan in a span, as ISO text.
std::vector<std::string> dates(const Plan& plan, Day from, Day to, const BusinessCalendar& calendar = {}) {
  std::vector<std::string> found;
  for (Day day = from; day <= to; day = day.plus_days(1))
    if (plan.falls_on(day, calendar)) found.push_back(to_iso(day));
  return found;
}

using Texts = std::vector<std::string>;

TEST(Plan, is_read_from_plain_words) {
  EXPECT_EQ(dates(plan("weekdays 07:30"), day(2026, 3, 6), day(2026, 3, 10)),
            (Texts{"2026-03-06", "2026-03-09", "2026-03-10"}));
  EXPECT_EQ(plan("weekdays 07:30").minute_of_day, 7 * 60 + 30);
  EXPECT_EQ(dates(plan("Monday 08:00"), day(2026, 3, 1), day(2026, 3, 31)),
            (Texts{"2026-03-02", "2026-03-09", "2026-03-16", "2026-03-23", "2026-03-30"}));
  EXPECT_EQ(dates(plan("first of the month"), day(2026, 2, 27), day(2026, 4, 2)), (Texts{"2026-03-01", "2026-04-01"}));
  EXPECT_EQ(plan("first of the month").minute_of_day, kUsualMinute);
  EXPECT_EQ(dates(plan("last day of the month 18:00"), day(2026, 2, 1), day(2026, 3, 31)),
            (Texts{"2026-02-28", "2026-03-31"}));
  EXPECT_EQ(dates(plan("daily 06:15"), day(2026, 3, 7), day(2026, 3, 9)).size(), 3u);
  EXPECT_EQ(dates(plan("06:15"), day(2026, 3, 7), day(2026, 3, 9)).size(), 3u);
  EXPECT_TRUE(dates(plan("off"), day(2026, 1, 1), day(2026, 12, 31)).empty());
}

TEST(Plan, takes_the_last_of_the_month_for_its_last_day_and_what_it_can_not_run_for_nothing) {
  for (const char* words : {"last of the month", "last of each month 17:00", "end of every month", "month end"})
    EXPECT_EQ(dates(plan(words), day(2026, 2, 1), day(2026, 3, 31)), (Texts{"2026-02-28", "2026-03-31"})) << words;
  EXPECT_EQ(dates(plan("middle of the month"), day(2026, 2, 1), day(2026, 3, 31)), (Texts{"2026-02-15", "2026-03-15"}));
  EXPECT_EQ(dates(plan("business days 08:00"), day(2026, 3, 6), day(2026, 3, 10)),
            (Texts{"2026-03-06", "2026-03-09", "2026-03-10"}));
  for (const char* words : {"second to last day of the month", "every 4 weeks", "every third day", "every 10 days"})
    EXPECT_FALSE(parse_plan(words)) << words;
}

TEST(Plan, has_the_days_that_the_words_name_and_no_others) {
  // March 7, 2026 is a Saturday.
  EXPECT_EQ(dates(plan("Mon-Sat 07:30"), day(2026, 3, 6), day(2026, 3, 9)),
            (Texts{"2026-03-06", "2026-03-07", "2026-03-09"}));
  EXPECT_EQ(dates(plan("daily except Sunday"), day(2026, 3, 6), day(2026, 3, 9)),
            (Texts{"2026-03-06", "2026-03-07", "2026-03-09"}));
  EXPECT_EQ(dates(plan("weekends 9:00"), day(2026, 3, 6), day(2026, 3, 9)), (Texts{"2026-03-07", "2026-03-08"}));
  EXPECT_EQ(dates(plan("on the 1st and 15th"), day(2026, 2, 1), day(2026, 3, 20)),
            (Texts{"2026-02-01", "2026-02-15", "2026-03-01", "2026-03-15"}));
  BusinessCalendar calendar;
  calendar.holidays = {day(2026, 3, 9)};
  EXPECT_EQ(dates(plan("daily except Sundays and holidays"), day(2026, 3, 6), day(2026, 3, 10), calendar),
            (Texts{"2026-03-06", "2026-03-07", "2026-03-10"}));
  EXPECT_EQ(dates(plan("business days except Friday 8:00"), day(2026, 3, 5), day(2026, 3, 10), calendar),
            (Texts{"2026-03-05", "2026-03-10"}));
}

TEST(Plan, of_words_that_are_not_all_understood_is_refused) {
  for (const char* words :
       {"daily 07:30 in spring", "daily 24:00", "weekdays 7:30 EST", "daily 7:30 while it rains", "in spring 08:00",
        "first and third Monday", "weekdays 7:30 and 16:30", "Monday 08:00 report"})
    EXPECT_FALSE(parse_plan(words)) << words;
}

TEST(Plan, of_the_31st_in_words_means_the_last_day_of_a_shorter_month_and_in_cron_skips_it) {
  EXPECT_EQ(dates(plan("monthly on the 31st"), day(2026, 2, 1), day(2026, 4, 30)),
            (Texts{"2026-02-28", "2026-03-31", "2026-04-30"}));
  EXPECT_EQ(dates(plan("0 8 31 * *"), day(2026, 2, 1), day(2026, 4, 30)), (Texts{"2026-03-31"}));
  EXPECT_EQ(dates(plan("0 8 L * *"), day(2026, 2, 1), day(2026, 4, 30)),
            (Texts{"2026-02-28", "2026-03-31", "2026-04-30"}));
}

TEST(Plan, on_business_days_leaves_out_holidays_and_moves_the_first_of_a_month) {
  BusinessCalendar calendar;
  calendar.holidays = {day(2026, 3, 2)};
  EXPECT_EQ(dates(plan("every business day 08:00"), day(2026, 2, 27), day(2026, 3, 4), calendar),
            (Texts{"2026-02-27", "2026-03-03", "2026-03-04"}));
  // March 1, 2026 is a Sunday and the 2nd a holiday.
  EXPECT_EQ(dates(plan("first business day of the month"), day(2026, 3, 1), day(2026, 4, 30), calendar),
            (Texts{"2026-03-03", "2026-04-01"}));
  EXPECT_EQ(dates(plan("last business day of the month"), day(2026, 1, 1), day(2026, 3, 31), calendar),
            (Texts{"2026-01-30", "2026-02-27", "2026-03-31"}));
}

TEST(Plan, is_read_from_cron_expressions) {
  EXPECT_EQ(dates(plan("30 7 * * 1-5"), day(2026, 3, 6), day(2026, 3, 10)),
            (Texts{"2026-03-06", "2026-03-09", "2026-03-10"}));
  EXPECT_EQ(dates(plan("0 8 * * mon"), day(2026, 3, 1), day(2026, 3, 10)), (Texts{"2026-03-02", "2026-03-09"}));
  EXPECT_EQ(dates(plan("0 8 * * 0"), day(2026, 3, 1), day(2026, 3, 10)), (Texts{"2026-03-01", "2026-03-08"}));
  EXPECT_EQ(dates(plan("0 8 * * 7"), day(2026, 3, 1), day(2026, 3, 10)), (Texts{"2026-03-01", "2026-03-08"}));
  EXPECT_EQ(dates(plan("0 8 29 2 *"), day(2026, 1, 1), day(2029, 1, 1)), (Texts{"2028-02-29"}));
  EXPECT_EQ(dates(plan("0 8 */10 jan,mar *"), day(2026, 1, 1), day(2026, 3, 31)),
            (Texts{"2026-01-01", "2026-01-11", "2026-01-21", "2026-01-31", "2026-03-01", "2026-03-11", "2026-03-21",
                   "2026-03-31"}));
  // Both day fields restricted: either fits (crontab(5)).
  EXPECT_EQ(dates(plan("0 8 13 * fri"), day(2026, 3, 9), day(2026, 3, 20)), (Texts{"2026-03-13", "2026-03-20"}));
  EXPECT_EQ(dates(plan("0 8 15 * fri"), day(2026, 3, 9), day(2026, 3, 20)),
            (Texts{"2026-03-13", "2026-03-15", "2026-03-20"}));
  EXPECT_EQ(plan("@monthly").minute_of_day, 0);
}

TEST(Plan, that_means_nothing_is_refused_in_words) {
  for (const char* text : {"", "whenever", "every other week", "hourly", "61 8 * * *", "0 24 * * *", "0 8 0 * *",
                           "0 8 * 13 *", "0 8 * * 8", "* 8 * * *", "0 8,9 * * *", "0 8 5-1 * *", "0 8 * * */0",
                           "0 8 * *", "0 8 * * * *", "@reboot", "0 8 x * *"})
    EXPECT_FALSE(parse_plan(text)) << text;
  EXPECT_NE(parse_plan("*/5 * * * *").error().message.find("several times a day"), std::string::npos);
}

// Runs a year and a half minute hand over a zone and counts how often each date came due.
void expect_each_date_once(const std::string& name, Instant from, Instant to, const std::string& when) {
  const Zone place = zone(name);
  const Plan wanted = plan(when);
  std::set<Day> seen;
  std::optional<Day> last;
  for (Instant now = from; now < to; now = now.plus_seconds(600)) {
    const auto due = latest_due(wanted, {}, place, now);
    if (!due) continue;
    if (last) {
      EXPECT_GE(*due, *last) << name << " went back at " << to_rfc3339(now);
      EXPECT_LE(days_between(*last, *due), place.has_day(last->plus_days(1)) ? 1 : 2)
          << name << " left a date out at " << to_rfc3339(now);
    }
    last = due;
    seen.insert(*due);
    const auto next = next_due(wanted, {}, place, now);
    ASSERT_TRUE(next);
    EXPECT_GT(wanted.instant_on(*next, place), now);
    EXPECT_GT(*next, *due);
  }
  EXPECT_EQ(static_cast<int>(seen.size()), days_between(*seen.begin(), *seen.rbegin()) + 1 -
                                               (place.has_day(day(2011, 12, 30)) || *seen.begin() > day(2011, 12, 30) ||
                                                        *seen.rbegin() < day(2011, 12, 30)
                                                    ? 0
                                                    : 1));
}

TEST(Plan, comes_due_once_on_each_local_date_when_clocks_go_forward_and_back) {
  for (const char* when : {"daily 02:30", "daily 00:00", "daily 01:45", "daily 23:59", "daily 02:00"}) {
    expect_each_date_once("America/Chicago", at("2026-03-05T00:00:00Z"), at("2026-03-12T00:00:00Z"), when);
    expect_each_date_once("America/Chicago", at("2026-10-29T00:00:00Z"), at("2026-11-04T00:00:00Z"), when);
    expect_each_date_once("Europe/Berlin", at("2026-03-26T00:00:00Z"), at("2026-04-01T00:00:00Z"), when);
    expect_each_date_once("Europe/Berlin", at("2026-10-22T00:00:00Z"), at("2026-10-29T00:00:00Z"), when);
    expect_each_date_once("Australia/Lord_Howe", at("2026-04-02T00:00:00Z"), at("2026-04-08T00:00:00Z"), when);
    expect_each_date_once("Australia/Lord_Howe", at("2026-10-01T00:00:00Z"), at("2026-10-07T00:00:00Z"), when);
    expect_each_date_once("Pacific/Apia", at("2011-12-26T00:00:00Z"), at("2012-01-04T00:00:00Z"), when);
    expect_each_date_once("Pacific/Apia", at("2011-09-21T00:00:00Z"), at("2011-09-28T00:00:00Z"), when);
    expect_each_date_once("America/Chicago", at("2028-02-26T00:00:00Z"), at("2028-03-03T00:00:00Z"), when);  // leap day
    expect_each_date_once("Pacific/Apia", at("2026-12-29T00:00:00Z"), at("2027-01-03T00:00:00Z"), when);     // year end
  }
}

TEST(Plan, in_a_gap_runs_at_the_first_instant_after_it_and_in_an_overlap_at_the_earlier_time) {
  const Zone chicago = zone("America/Chicago");
  EXPECT_EQ(to_rfc3339(plan("daily 02:30").instant_on(day(2026, 3, 8), chicago)), "2026-03-08T08:00:00Z");
  EXPECT_EQ(to_rfc3339(plan("daily 01:30").instant_on(day(2026, 11, 1), chicago)), "2026-11-01T06:30:00Z");
  EXPECT_EQ(to_rfc3339(plan("daily 08:00 UTC").instant_on(day(2026, 11, 1), chicago)), "2026-11-01T08:00:00Z");
}

TEST(Plan, has_no_run_on_a_date_that_its_zone_skipped) {
  const Zone apia = zone("Pacific/Apia");
  // The whole of Friday, December 30, 2011 was left out.
  EXPECT_EQ(latest_due(plan("daily 08:00"), {}, apia, at("2011-12-30T12:00:00Z")), day(2011, 12, 29));
  EXPECT_EQ(latest_due(plan("daily 08:00"), {}, apia, at("2011-12-30T20:00:00Z")), day(2011, 12, 31));
  EXPECT_EQ(dates_between(plan("daily 08:00"), {}, apia, day(2011, 12, 28), day(2012, 1, 1)), 2);
}

TEST(Plan, finds_a_leap_day_eight_years_ahead) {
  EXPECT_EQ(next_due(plan("0 8 29 2 *"), {}, zone("UTC"), at("2096-03-01T00:00:00Z")), day(2104, 2, 29));
}

}  // namespace
}  // namespace deskhand::schedule
