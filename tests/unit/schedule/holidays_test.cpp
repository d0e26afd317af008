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

std::vector<std::string> days(const std::string& text, Day from = date_of(2026, 1, 1), Day until = date_of(2027, 12, 31)) {
  auto read = read_holidays(text, from, until);
  EXPECT_TRUE(read) << (read ? "" : read.error().message);
  std::vector<std::string> found;
  if (read)
    for (const Day one : *read) found.push_back(to_iso(one));
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

TEST(Holidays, say_which_line_is_wrong) {
  const auto problem = [](const std::string& text) {
    auto read = read_holidays(text, date_of(2026, 1, 1), date_of(2026, 12, 31));
    return read ? std::string("read") : read.error().message;
  };
  EXPECT_NE(problem(calendar(event("DTSTART;VALUE=DATE:20261345\r\n"))).find("line 4"), std::string::npos);
  EXPECT_NE(problem(calendar(event("DTSTART;VALUE=DATE:20260101\r\nRRULE:FREQ=WEEKLY\r\n"))).find("weekly"),
            std::string::npos);
  EXPECT_NE(problem(calendar(event("SUMMARY:x\r\n"))).find("DTSTART"), std::string::npos);
  EXPECT_NE(problem("<html>"), "read");
  EXPECT_NE(problem(""), "read");
  EXPECT_NE(problem("BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:20260101\n"), "read");
  EXPECT_NE(problem(std::string(5 * 1024 * 1024, 'x')), "read");
}

}  // namespace
}  // namespace deskhand::schedule
