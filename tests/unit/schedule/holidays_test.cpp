#include "schedule/holidays.h"

#include <gtest/gtest.h>

#include <vector>

namespace deskhand::schedule {
namespace {

Day date_of(int year, int month, int number) { return *make_day(year, month, number); }

std::string calendar(const std::string& events) {
  return "BEGIN:VCALENDAR\r\nVERSION:2.0\r\n" + events + "END:VCALENDAR\r\n";
}
std::string event(const std::string& lines) { return "BEGIN:VEVENT\r\n" + lines + "END:VEVENT\r\n"; }

std::vector<std::string> days(const std::string& text, Day from = date_of(2026, 1, 1),
                              Day until = date_of(2027, 12, 31)) {
  auto read = read_holidays(text, from, until);
  EXPECT_TRUE(read) << (read ? "" : read.error().message);
  std::vector<std::string> found;
  if (read)
    for (const Day one : read->days) found.push_back(to_iso(one));
  return found;
}
using Texts = std::vector<std::string>;

TEST(Holidays, are_whole_days_and_spans_whose_end_is_left_out) {
  EXPECT_EQ(days(calendar(event("SUMMARY:Christmas\r\nDTSTART;VALUE=DATE:20261225\r\nDTEND;VALUE=DATE:20261227\r\n"))),
            (Texts{"2026-12-25", "2026-12-26"}));
  EXPECT_EQ(days(calendar(event("DTSTART:20260703T000000Z\nDTEND:20260704T000000Z\n"))), (Texts{"2026-07-03"}));
  EXPECT_EQ(days(calendar(event("DTSTART;VALUE=DATE:20260703\nBEGIN:VALARM\nDTSTART:20260101\nEND:VALARM\n"))),
            (Texts{"2026-07-03"}));
}

TEST(Holidays, come_again_every_year_by_date_and_by_weekday) {
  EXPECT_EQ(days(calendar(event("DTSTART;VALUE=DATE:20200704\r\nRRULE:FREQ=YEARLY\r\n"))),
            (Texts{"2026-07-04", "2027-07-04"}));
  EXPECT_EQ(days(calendar(event("DTSTART;VALUE=DATE:20201126\r\nRRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=4TH\r\n"))),
            (Texts{"2026-11-26", "2027-11-25"}));
  EXPECT_EQ(
      days(calendar(event(
          "DTSTART;VALUE=DATE:20200525\r\nRRULE:FREQ=YEARLY;BYMONTH=5;BYDAY=-1MO\r\nEXDATE;VALUE=DATE:20270531\r\n"))),
      (Texts{"2026-05-25"}));
  EXPECT_EQ(days(calendar(event("DTSTART;VALUE=DATE:20240229\r\nRRULE:FREQ=YEARLY;COUNT=2\r\n")), date_of(2024, 1, 1),
                 date_of(2040, 1, 1)),
            (Texts{"2024-02-29", "2028-02-29"}));
  EXPECT_TRUE(days(calendar(event("DTSTART;VALUE=DATE:20200704\r\nRRULE:FREQ=YEARLY;UNTIL=20250101\r\n"))).empty());
}

TEST(Holidays, that_were_cancelled_are_none_and_folded_lines_are_joined) {
  EXPECT_TRUE(days(calendar(event("DTSTART;VALUE=DATE:20260704\r\nSTATUS:CANCELLED\r\n"))).empty());
  EXPECT_EQ(days(calendar(event("DTSTART;VALUE=DA\r\n TE:2026\r\n 0704\r\n"))), (Texts{"2026-07-04"}));
}

TEST(Holidays, last_as_long_as_their_duration) {
  EXPECT_EQ(days(calendar(event("DTSTART;VALUE=DATE:20261224\r\nDURATION:P3D\r\n"))),
            (Texts{"2026-12-24", "2026-12-25", "2026-12-26"}));
  EXPECT_EQ(days(calendar(event("DTSTART;VALUE=DATE:20260803\r\nDURATION:P1W\r\n"))).size(), 7u);
  EXPECT_EQ(days(calendar(event("DTSTART:20260703T000000Z\r\nDURATION:PT24H\r\n"))), (Texts{"2026-07-03"}));
}

TEST(Holidays, come_on_days_of_the_month_narrowed_to_weekdays_and_places) {
  const std::string memorial = "DTSTART;VALUE=DATE:20200525\r\nRRULE:FREQ=YEARLY;BYMONTH=5;";
  EXPECT_EQ(days(calendar(event(memorial + "BYDAY=MO;BYMONTHDAY=25,26,27,28,29,30,31\r\n"))),
            (Texts{"2026-05-25", "2027-05-31"}));
  EXPECT_EQ(days(calendar(event(memorial + "BYDAY=MO;BYSETPOS=-1\r\n"))), (Texts{"2026-05-25", "2027-05-31"}));
  EXPECT_EQ(days(calendar(event("DTSTART;VALUE=DATE:20201225\r\nRRULE:FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=25,26\r\n"))),
            (Texts{"2026-12-25", "2026-12-26", "2027-12-25", "2027-12-26"}));
  EXPECT_EQ(days(calendar(event("DTSTART;VALUE=DATE:20201231\r\nRRULE:FREQ=YEARLY;BYMONTH=6,12;BYMONTHDAY=-1\r\n"))),
            (Texts{"2026-06-30", "2026-12-31", "2027-06-30", "2027-12-31"}));
}

TEST(Holidays, leave_out_appointments_and_what_repeats_otherwise_and_say_so) {
  const auto read =
      read_holidays(calendar(event("SUMMARY:Dentist\r\nDTSTART:20260310T100000\r\nDTEND:20260310T110000\r\n") +
                             event("DTSTART;VALUE=DATE:20260105\r\nRRULE:FREQ=WEEKLY\r\n") +
                             event("DTSTART;VALUE=DATE:20260105\r\nRRULE:FREQ=YEARLY;BYWEEKNO=2\r\n") +
                             event("DTSTART;TZID=America/Chicago:20260311T000000\r\nDURATION:PT1H\r\n") +
                             event("DTSTART;VALUE=DATE:20260704\r\n")),
                    date_of(2026, 1, 1), date_of(2026, 12, 31));
  ASSERT_TRUE(read);
  EXPECT_EQ(read->days, (std::set<Day>{date_of(2026, 7, 4)}));
  ASSERT_EQ(read->problems.size(), 4u);
  EXPECT_NE(read->problems[0].find("\"Dentist\" at line 5"), std::string::npos) << read->problems[0];
  EXPECT_NE(read->problems[1].find("repeats weekly"), std::string::npos) << read->problems[1];
  EXPECT_NE(read->problems[2].find("BYWEEKNO"), std::string::npos) << read->problems[2];
}

TEST(Holidays, say_which_line_is_wrong) {
  const auto problem = [](const std::string& text) {
    auto read = read_holidays(text, date_of(2026, 1, 1), date_of(2026, 12, 31));
    return read ? std::string("read") : read.error().message;
  };
  EXPECT_NE(problem(calendar(event("DTSTART;VALUE=DATE:20261345\r\n"))).find("line 4"), std::string::npos);
  EXPECT_NE(problem(calendar(event("SUMMARY:x\r\n"))).find("DTSTART"), std::string::npos);
  EXPECT_NE(problem("<html>"), "read");
  EXPECT_NE(problem(""), "read");
  EXPECT_NE(problem("BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:20260101\n"), "read");
  EXPECT_NE(problem(std::string(5 * 1024 * 1024, 'x')), "read");
}

}  // namespace
}  // namespace deskhand::schedule
