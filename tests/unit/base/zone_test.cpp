#include <gtest/gtest.h>

#include <cstdlib>
#include <limits>
#include <random>

#include "base/time.h"

namespace deskhand {
namespace {

Zone zone(std::string_view name) { return Zone::find(name).value(); }
Day day(int year, int month, int day_of_month) { return make_day(year, month, day_of_month).value(); }

LocalTime local(int year, int month, int day_of_month, int hour, int minute, int second = 0) {
  return {day(year, month, day_of_month), hour * 60 + minute, second};
}

std::string utc_of(const Zone& zone, const LocalTime& time) { return to_rfc3339(zone.to_instant(time)); }

TEST(Zone, is_utc_when_nothing_else_is_said) {
  const Zone utc;
  EXPECT_EQ(utc.name(), "UTC");
  EXPECT_EQ(utc_of(utc, local(2026, 3, 1, 14, 5, 9)), "2026-03-01T14:05:09Z");
  EXPECT_EQ(utc.to_local(Instant{-1}), local(1969, 12, 31, 23, 59, 59));
  EXPECT_EQ(zone("UTC").name(), "UTC");
}

TEST(Zone, turns_instants_into_local_time_summer_and_winter) {
  const Zone chicago = zone("America/Chicago");
  EXPECT_EQ(chicago.name(), "America/Chicago");
  EXPECT_EQ(chicago.to_local(*parse_rfc3339("2026-01-15T18:00:00Z")), local(2026, 1, 15, 12, 0));
  EXPECT_EQ(chicago.to_local(*parse_rfc3339("2026-07-15T18:00:00Z")), local(2026, 7, 15, 13, 0));
  EXPECT_EQ(chicago.day_of(*parse_rfc3339("2026-01-15T05:59:59Z")), day(2026, 1, 14));
  EXPECT_EQ(chicago.day_of(*parse_rfc3339("2026-01-15T06:00:00Z")), day(2026, 1, 15));
}

TEST(Zone, takes_a_time_in_the_gap_for_the_first_instant_after_it) {
  const Zone chicago = zone("America/Chicago");  // 2026-03-08: 02:00 becomes 03:00
  EXPECT_EQ(utc_of(chicago, local(2026, 3, 8, 1, 59, 59)), "2026-03-08T07:59:59Z");
  for (const LocalTime& time : {local(2026, 3, 8, 2, 0), local(2026, 3, 8, 2, 30), local(2026, 3, 8, 2, 59, 59)}) {
    EXPECT_EQ(utc_of(chicago, time), "2026-03-08T08:00:00Z");
  }
  EXPECT_EQ(utc_of(chicago, local(2026, 3, 8, 3, 0)), "2026-03-08T08:00:00Z");
  const Zone berlin = zone("Europe/Berlin");  // 2026-03-29: 02:00 becomes 03:00
  EXPECT_EQ(utc_of(berlin, local(2026, 3, 29, 2, 30)), "2026-03-29T01:00:00Z");
}

TEST(Zone, takes_a_time_in_the_overlap_for_the_earlier_one) {
  const Zone chicago = zone("America/Chicago");  // 2026-11-01: 02:00 becomes 01:00
  EXPECT_EQ(utc_of(chicago, local(2026, 11, 1, 0, 59, 59)), "2026-11-01T05:59:59Z");
  EXPECT_EQ(utc_of(chicago, local(2026, 11, 1, 1, 0)), "2026-11-01T06:00:00Z");
  EXPECT_EQ(utc_of(chicago, local(2026, 11, 1, 1, 59, 59)), "2026-11-01T06:59:59Z");
  EXPECT_EQ(utc_of(chicago, local(2026, 11, 1, 2, 0)), "2026-11-01T08:00:00Z");
  EXPECT_EQ(utc_of(zone("Europe/Berlin"), local(2026, 10, 25, 2, 30)), "2026-10-25T00:30:00Z");
}

TEST(Zone, knows_the_half_hour_of_lord_howe) {
  const Zone lord_howe = zone("Australia/Lord_Howe");  // +11:00 in summer, +10:30 in winter
  EXPECT_EQ(utc_of(lord_howe, local(2026, 1, 15, 12, 0)), "2026-01-15T01:00:00Z");
  EXPECT_EQ(utc_of(lord_howe, local(2026, 7, 15, 12, 0)), "2026-07-15T01:30:00Z");
  EXPECT_EQ(utc_of(lord_howe, local(2026, 4, 5, 1, 45)), "2026-04-04T14:45:00Z");   // 02:00 becomes 01:30
  EXPECT_EQ(utc_of(lord_howe, local(2026, 10, 4, 2, 15)), "2026-10-03T15:30:00Z");  // 02:00 becomes 02:30
  EXPECT_EQ(lord_howe.to_local(lord_howe.to_instant(local(2026, 10, 4, 2, 15))), local(2026, 10, 4, 2, 30));
}

TEST(Zone, knows_quarter_hours) {
  EXPECT_EQ(utc_of(zone("Asia/Kathmandu"), local(2026, 1, 1, 0, 0)), "2025-12-31T18:15:00Z");
  EXPECT_EQ(utc_of(zone("Pacific/Chatham"), local(2026, 7, 1, 0, 0)), "2026-06-30T11:15:00Z");
}

TEST(Zone, knows_the_day_that_apia_never_had) {
  const Zone apia = zone("Pacific/Apia");
  EXPECT_TRUE(apia.has_day(day(2011, 12, 29)));
  EXPECT_FALSE(apia.has_day(day(2011, 12, 30)));
  EXPECT_TRUE(apia.has_day(day(2011, 12, 31)));
  EXPECT_EQ(to_rfc3339(apia.start_of(day(2011, 12, 30))), "2011-12-30T10:00:00Z");
  EXPECT_EQ(apia.start_of(day(2011, 12, 30)), apia.start_of(day(2011, 12, 31)));
  EXPECT_EQ(apia.day_of(apia.start_of(day(2011, 12, 30)).plus_seconds(-1)), day(2011, 12, 29));
}

TEST(Zone, starts_a_day_later_where_midnight_falls_into_the_gap) {
  const Zone beirut = zone("Asia/Beirut");  // 2026-03-29: 00:00 becomes 01:00
  const Instant start = beirut.start_of(day(2026, 3, 29));
  EXPECT_EQ(beirut.to_local(start), local(2026, 3, 29, 1, 0));
  EXPECT_EQ(beirut.day_of(start.plus_seconds(-1)), day(2026, 3, 28));
  EXPECT_TRUE(beirut.has_day(day(2026, 3, 29)));
}

TEST(Zone, starts_every_day_of_many_years_with_its_first_instant) {
  for (const char* name :
       {"UTC", "America/Chicago", "Europe/Berlin", "Australia/Lord_Howe", "Asia/Beirut", "America/Havana",
        "America/St_Johns", "Africa/Casablanca", "America/Sao_Paulo", "Asia/Tehran", "Pacific/Apia"}) {
    const Zone here = zone(name);
    Instant last{std::numeric_limits<std::int64_t>::min()};
    for (Day date = day(2000, 1, 1); date <= day(2037, 12, 31); date = date.plus_days(1)) {
      const Instant start = here.start_of(date);
      if (!here.has_day(date)) {
        ASSERT_STREQ(name, "Pacific/Apia");
        continue;
      }
      ASSERT_LT(last, start) << name << " " << to_iso(date);
      ASSERT_EQ(here.day_of(start), date) << name;
      ASSERT_LT(here.day_of(start.plus_seconds(-1)), date) << name << " " << to_iso(date);
      last = start;
    }
  }
}

TEST(Zone, gives_every_local_time_back_unless_it_is_in_a_gap) {
  std::mt19937_64 random(5);
  for (const char* name : {"America/Chicago", "Europe/Berlin", "Australia/Lord_Howe", "America/St_Johns",
                           "Asia/Kathmandu", "Pacific/Apia"}) {
    const Zone here = zone(name);
    for (int round = 0; round < 20'000; ++round) {
      const Day date = day(1990, 1, 1).plus_days(static_cast<int>(random() % 17'000));
      const LocalTime time{date, static_cast<int>(random() % 1'440), static_cast<int>(random() % 60)};
      const Instant instant = here.to_instant(time);
      const LocalTime back = here.to_local(instant);
      if (back == time) {
        // The earlier of two: an hour before can not read the same.
        for (const int seconds : {1'800, 3'600}) ASSERT_NE(here.to_local(instant.plus_seconds(-seconds)), time) << name;
      } else {
        // A gap: what reads later than asked is the first instant after it.
        ASSERT_GT(back, time) << name;
        ASSERT_LT(here.to_local(instant.plus_seconds(-1)), time) << name;
      }
    }
  }
}

TEST(Zone, crosses_the_year_with_its_own_midnight) {
  EXPECT_EQ(zone("America/Chicago").day_of(*parse_rfc3339("2026-01-01T05:59:59Z")), day(2025, 12, 31));
  EXPECT_EQ(zone("Pacific/Auckland").day_of(*parse_rfc3339("2025-12-31T11:00:00Z")), day(2026, 1, 1));
}

TEST(Zone, survives_times_beyond_every_calendar) {
  for (const char* name : {"UTC", "America/Chicago"}) {
    const Zone here = zone(name);
    for (const std::int64_t us : {std::numeric_limits<std::int64_t>::min(), std::numeric_limits<std::int64_t>::max()}) {
      const LocalTime time = here.to_local(Instant{us});
      EXPECT_GE(time.minute_of_day, 0);
      EXPECT_LT(time.minute_of_day, 1'440);
    }
    EXPECT_LT(here.start_of(Day{std::numeric_limits<std::int32_t>::min()}), here.start_of(Day{0}));
    EXPECT_GT(here.start_of(Day{std::numeric_limits<std::int32_t>::max()}), here.start_of(Day{0}));
  }
}

TEST(UnknownZone, is_answered_with_the_name_that_was_meant) {
  for (const auto& [wrong, meant] : {std::pair{"america/chicago", "America/Chicago"},
                                     {"America/Chicgo", "America/Chicago"},
                                     {"Chicago", "America/Chicago"},
                                     {"New York", "America/New_York"},
                                     {"Europe/Berlim", "Europe/Berlin"},
                                     {"CST", "America/Chicago"},
                                     {"Pacific", "America/Los_Angeles"}}) {
    const auto found = Zone::find(wrong);
    ASSERT_FALSE(found) << wrong;
    EXPECT_EQ(found.error().code, Code::invalid_argument);
    EXPECT_NE(found.error().message.find(std::string("did you mean ") + meant + "?"), std::string::npos)
        << found.error().message;
  }
}

TEST(UnknownZone, is_a_clean_error_whatever_was_written) {
  for (const std::string& wrong :
       {std::string(), std::string("Middle/Earth"), std::string("../../etc/passwd"), std::string("/etc/localtime"),
        std::string("UTC\0x", 5), std::string("\x1b[2J\nzone"), std::string(100'000, 'A')}) {
    const auto found = Zone::find(wrong);
    ASSERT_FALSE(found);
    EXPECT_EQ(found.error().code, Code::invalid_argument);
    EXPECT_LT(found.error().message.size(), 300u);
    EXPECT_EQ(found.error().message.find_first_of("\n\x1b"), std::string::npos);
  }
}

class SystemZone : public ::testing::Test {
 protected:
  void SetUp() override {
    if (const char* value = std::getenv("TZ")) before_ = value;
  }
  void TearDown() override {
    if (before_.empty()) {
      unsetenv("TZ");
    } else {
      setenv("TZ", before_.c_str(), 1);
    }
  }

 private:
  std::string before_;
};

TEST_F(SystemZone, follows_tz) {
  setenv("TZ", "Europe/Berlin", 1);
  EXPECT_EQ(Zone::system().name(), "Europe/Berlin");
  setenv("TZ", ":America/Chicago", 1);
  EXPECT_EQ(Zone::system().name(), "America/Chicago");
}

TEST_F(SystemZone, is_some_real_zone_when_tz_says_nothing_useful) {
  for (const char* value : {"", "CST6CDT,M3.2.0,M11.1.0", "no such zone"}) {
    setenv("TZ", value, 1);
    EXPECT_TRUE(Zone::find(Zone::system().name()));
  }
}

}  // namespace
}  // namespace deskhand
