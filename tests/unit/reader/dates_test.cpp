#include "reader/dates.h"

#include <gtest/gtest.h>

namespace deskhand::reader {
namespace {

// Wednesday, March 11 2026, 10:00.
DateContext wednesday() {
  DateContext context;
  context.now = {*make_day(2026, 3, 11), 600, 0};
  return context;
}

DateContext with(Direction direction) {
  DateContext context = wednesday();
  context.direction = direction;
  return context;
}

std::string_view part_text(DayPart part) {
  switch (part) {
    case DayPart::morning:
      return "morning";
    case DayPart::midday:
      return "midday";
    case DayPart::afternoon:
      return "afternoon";
    case DayPart::evening:
      return "evening";
    case DayPart::night:
      return "night";
    case DayPart::end_of_day:
      return "end_of_day";
  }
  return "?";
}

std::string_view relation_text(Relation relation) {
  switch (relation) {
    case Relation::on:
      return "";
    case Relation::by:
      return "by ";
    case Relation::before:
      return "before ";
    case Relation::after:
      return "after ";
    case Relation::until:
      return "until ";
    case Relation::since:
      return "since ";
    case Relation::around:
      return "around ";
  }
  return "?";
}

// "by 2026-03-13..2026-03-15 14:00-16:00 afternoon ~" where ~ stands for likely.
std::string show(const Reading<When>& reading) {
  const When& when = reading.value;
  std::string shown(relation_text(when.relation));
  shown += when.day ? to_iso(*when.day) : "-";
  if (when.last_day) shown += ".." + to_iso(*when.last_day);
  const auto clock = [](int minute) {
    std::string text = std::to_string(minute / 60) + ":" + (minute % 60 < 10 ? "0" : "") + std::to_string(minute % 60);
    return text;
  };
  if (when.minute) shown += " " + clock(*when.minute);
  if (when.minute_end) shown += "-" + clock(*when.minute_end);
  if (when.part) shown += " " + std::string(part_text(*when.part));
  if (reading.certainty == Certainty::likely) shown += " ~";
  return shown;
}

std::string show_all(std::string_view text, const DateContext& context) {
  std::string shown;
  for (const auto& reading : find_dates(text, context)) {
    EXPECT_LE(reading.span.begin, reading.span.end) << text;
    EXPECT_LE(reading.span.end, text.size()) << text;
    if (!shown.empty()) shown += " | ";
    shown += show(reading);
  }
  return shown;
}

struct Case {
  const char* text;
  const char* expected;
};

void expect_all(const std::vector<Case>& cases, const DateContext& context) {
  for (const Case& one : cases) EXPECT_EQ(show_all(one.text, context), one.expected) << "\"" << one.text << "\"";
}

TEST(Dates, names_of_days_near_today_are_read) {
  expect_all({{"today", "2026-03-11"},
              {"Tomorrow", "2026-03-12"},
              {"tmrw", "2026-03-12"},
              {"2moro", "2026-03-12"},
              {"yesterday", "2026-03-10"},
              {"the day after tomorrow", "2026-03-13"},
              {"day before yesterday", "2026-03-09"},
              {"tonight at 8", "2026-03-11 20:00 evening"},
              {"tonight", "2026-03-11 evening"},
              {"this morning", "2026-03-11 morning"},
              {"last night", "2026-03-10 night"},
              {"later today", "2026-03-11"},
              {"call her today or tomorrow", "2026-03-11 | 2026-03-12"}},
             wednesday());
}

TEST(Dates, weekdays_follow_the_rule_of_the_calendar_week) {
  expect_all({{"Friday", "2026-03-13"},
              {"on friday", "2026-03-13"},
              {"this Friday", "2026-03-13"},
              {"next Friday", "2026-03-20 ~"},
              {"next Tuesday", "2026-03-17"},
              {"this Tuesday", "2026-03-17 ~"},
              {"Tuesday", "2026-03-17"},
              {"Wednesday", "2026-03-18 ~"},
              {"this Wednesday", "2026-03-11 ~"},
              {"next Wednesday", "2026-03-18"},
              {"next weds", "2026-03-18"},
              {"this coming Monday", "2026-03-16 ~"},
              {"last Tuesday", "2026-03-10 ~"},
              {"last Friday", "2026-03-06"},
              {"Friday next week", "2026-03-20"},
              {"next week Friday", "2026-03-20"},
              {"next week on Thursday", "2026-03-19"},
              {"Monday of next week", "2026-03-16"},
              {"Friday week", "2026-03-20 ~"},
              {"the Friday after next", "2026-03-27 ~"},
              {"a week from Friday", "2026-03-20"},
              {"two weeks from monday", "2026-03-30"},
              {"a week from today", "2026-03-18"},
              {"Fri the 13th", "2026-03-13"},
              {"Friday, March 13", "2026-03-13"},
              {"the first Monday of next month", "2026-04-06"},
              {"last Friday of the month", "2026-03-27"},
              {"Monday's appointment", "2026-03-16"}},
             wednesday());
}

TEST(Dates, a_weekday_points_back_when_the_past_is_meant) {
  expect_all({{"Tuesday", "2026-03-10"},
              {"Wednesday", "2026-03-04 ~"},
              {"on Friday", "2026-03-06"},
              {"the 30th", "2026-01-30 ~"}},
             [] {
               DateContext context = with(Direction::past);
               return context;
             }());
}

TEST(Dates, the_verb_decides_when_either_way_is_possible) {
  expect_all({{"called Ana Tuesday, follow up Friday", "2026-03-10 ~ | 2026-03-13"},
              {"spoke with Bob on Monday", "2026-03-09 ~"},
              {"call Ana Tuesday", "2026-03-17"},
              {"I talked to her on the 3rd", "2026-03-03"},
              {"sent the quote on March 5", "2026-03-05"},
              {"remind me on March 5", "2027-03-05 ~"}},
             with(Direction::any));
}

TEST(Dates, numbers_of_days_and_months_are_read) {
  expect_all({{"on the 30th", "2026-03-30"},
              {"the 30th", "2026-03-30"},
              {"by the 5th", "by 2026-04-05"},
              {"Mar 3", "2027-03-03 ~"},
              {"Mar. 14", "2026-03-14"},
              {"March 14th", "2026-03-14"},
              {"14 March", "2026-03-14"},
              {"3rd of April", "2026-04-03"},
              {"the 3rd of next month", "2026-04-03"},
              {"March 14, 2027", "2027-03-14"},
              {"3/14", "2026-03-14"},
              {"on 4/3", "2026-04-03"},
              {"3/14/26", "2026-03-14"},
              {"03/14/2026", "2026-03-14"},
              {"2026-03-14", "2026-03-14"},
              {"2026-03-14 14:30", "2026-03-14 14:30"},
              {"2026-03-14T09:00", "2026-03-14 9:00 ~"},
              {"14.03.2026", "2026-03-14"},
              {"14/3", "2026-03-14 ~"},
              {"Mar 16-18", "2026-03-16..2026-03-18"},
              {"the first of the month", "2026-04-01"},
              {"may 5", "2026-05-05"},
              {"april third", "2026-04-03"}},
             wednesday());
}

TEST(Dates, day_comes_first_outside_the_united_states) {
  DateContext context = wednesday();
  context.order = day_order_of("GB");
  expect_all({{"4/3", "2027-03-04 ~"}, {"3/4/2026", "2026-04-03"}, {"on 14/3", "2026-03-14"}, {"3/14", "2026-03-14 ~"}},
             context);
  EXPECT_EQ(day_order_of("US"), DayOrder::month_first);
  EXPECT_EQ(day_order_of("DE"), DayOrder::day_first);
}

TEST(Dates, distances_are_counted_from_today) {
  expect_all({{"in 3 days", "2026-03-14"},
              {"in two weeks", "2026-03-25"},
              {"in a month", "2026-04-11"},
              {"in 3 months", "2026-06-11"},
              {"3 business days from now", "2026-03-16"},
              {"in 2 business days", "2026-03-13"},
              {"in 3 working days", "2026-03-16"},
              {"two days ago", "2026-03-09"},
              {"a week ago", "2026-03-04"},
              {"3 weeks from now", "2026-04-01"},
              {"in a couple of weeks", "2026-03-25 ~"},
              {"in a week or two", "2026-03-18 ~"},
              {"in 2-3 weeks", "2026-03-25..2026-04-01 ~"},
              {"within 3 days", "by 2026-03-14"},
              {"in a fortnight", "2026-03-25"},
              {"in two weeks' time", "2026-03-25"},
              {"in 2 hours", "2026-03-11 12:00"},
              {"in an hour and a half", "2026-03-11 11:30"},
              {"in half an hour", "2026-03-11 10:30"},
              {"in 90 minutes", "2026-03-11 11:30"},
              {"an hour ago", "2026-03-11 9:00"},
              {"20 hours ago", "2026-03-10 14:00"},
              {"next business day", "2026-03-12"},
              {"two days before the 30th", "2026-03-28"},
              {"the day after Friday", "2026-03-14"},
              {"a year from now", "2027-03-11"},
              {"in a year", "2027-03-11"}},
             wednesday());
}

TEST(Dates, business_days_skip_weekends_and_holidays) {
  DateContext context = wednesday();
  context.calendar.holidays.insert(*make_day(2026, 3, 13));
  expect_all({{"in 2 business days", "2026-03-16"}, {"3 business days ago", "2026-03-06"}}, context);
}

TEST(Dates, weeks_months_and_their_ends_are_read) {
  expect_all({{"next week", "2026-03-16..2026-03-22"},
              {"this week", "2026-03-11..2026-03-15"},
              {"last week", "2026-03-02..2026-03-08"},
              {"next month", "2026-04-01..2026-04-30"},
              {"last month", "2026-02-01..2026-02-28"},
              {"next year", "2027-01-01..2027-12-31"},
              {"not until next year", "until 2027-01-01..2027-12-31"},
              {"end of the month", "2026-03-31"},
              {"by end of month", "by 2026-03-31"},
              {"eom", "2026-03-31"},
              {"end of next month", "2026-04-30"},
              {"end of the week", "2026-03-13 ~"},
              {"end of the year", "2026-12-31"},
              {"beginning of next week", "2026-03-16"},
              {"early next week", "2026-03-16..2026-03-17 ~"},
              {"late next week", "2026-03-19..2026-03-20 ~"},
              {"middle of next week", "2026-03-18 ~"},
              {"beginning of the month", "2026-04-01 ~"},
              {"over the weekend", "2026-03-14..2026-03-15"},
              {"this weekend", "2026-03-14..2026-03-15"},
              {"next weekend", "2026-03-21..2026-03-22 ~"},
              {"last weekend", "2026-03-07..2026-03-08"},
              {"in April", "2026-04-01..2026-04-30"},
              {"in January", "2027-01-01..2027-01-31"},
              {"mid-April", "2026-04-15 ~"},
              {"end of April", "2026-04-30"},
              {"the week after next", "2026-03-23..2026-03-29"},
              {"the week of the 23rd", "2026-03-23..2026-03-29"},
              {"the last 30 days", "2026-02-09..2026-03-11"},
              {"in the next two weeks", "2026-03-11..2026-03-25"},
              {"later this week", "2026-03-12..2026-03-13 ~"},
              {"sometime next week", "2026-03-16..2026-03-22"},
              {"Mon-Fri", "2026-03-16..2026-03-20"},
              {"between Monday and Wednesday", "2026-03-16..2026-03-18"}},
             wednesday());
}

TEST(Dates, a_weekend_told_in_the_past_is_the_one_gone) {
  expect_all({{"over the weekend", "2026-03-07..2026-03-08"}, {"this week", "2026-03-09..2026-03-15"}},
             with(Direction::past));
}

TEST(Dates, times_of_day_are_read_beside_a_day) {
  expect_all({{"Friday at 2", "2026-03-13 14:00 ~"},
              {"Friday at 2pm", "2026-03-13 14:00"},
              {"Friday 2pm", "2026-03-13 14:00"},
              {"friday, 2 p.m.", "2026-03-13 14:00"},
              {"tomorrow at 14:30", "2026-03-12 14:30"},
              {"tomorrow at 9", "2026-03-12 9:00 ~"},
              {"tomorrow morning at 9", "2026-03-12 9:00 morning"},
              {"Friday at 3 in the afternoon", "2026-03-13 15:00 afternoon"},
              {"tomorrow after lunch", "2026-03-12 afternoon"},
              {"tomorrow before lunch", "2026-03-12 morning"},
              {"first thing Monday", "2026-03-16 morning"},
              {"Monday first thing", "2026-03-16 morning"},
              {"first thing in the morning tomorrow", "2026-03-12 morning"},
              {"Friday noon", "2026-03-13 12:00"},
              {"at noon on Friday", "2026-03-13 12:00"},
              {"2pm tomorrow", "2026-03-12 14:00"},
              {"at 2 on Friday", "2026-03-13 14:00 ~"},
              {"Friday afternoon", "2026-03-13 afternoon"},
              {"on Friday evening", "2026-03-13 evening"},
              {"tomorrow between 2 and 4", "2026-03-12 14:00-16:00 ~"},
              {"Friday 2-4pm", "2026-03-13 14:00-16:00"},
              {"Friday 9am to 11am", "2026-03-13 9:00-11:00"},
              {"Friday 11-1pm", "2026-03-13 11:00-13:00"},
              {"Friday at half past two", "2026-03-13 14:30 ~"},
              {"Friday at quarter to three", "2026-03-13 14:45 ~"},
              {"Friday at two thirty", "2026-03-13 14:30 ~"},
              {"Friday at 2 o'clock", "2026-03-13 14:00 ~"},
              {"tomorrow around 2", "around 2026-03-12 14:00 ~"},
              {"Friday after 5pm", "after 2026-03-13 17:00"},
              {"by 5pm Friday", "by 2026-03-13 17:00"},
              {"by end of day Friday", "by 2026-03-13 end_of_day"},
              {"eod tomorrow", "2026-03-12 end_of_day"}},
             wednesday());
}

TEST(Dates, times_stand_alone_only_when_they_can_be_nothing_else) {
  expect_all({{"2pm", "- 14:00"},
              {"at 14:30", "- 14:30"},
              {"noon", "- 12:00"},
              {"in the morning", "- morning"},
              {"at 2", ""},
              {"at 9 Oak St", ""},
              {"send 2 of them", ""},
              {"good morning", ""},
              {"12am", "- 0:00"},
              {"12pm", "- 12:00"},
              {"8:15", "- 8:15 ~"}},
             wednesday());
}

TEST(Dates, bounds_are_kept_apart_from_days) {
  expect_all({{"by Friday", "by 2026-03-13"},
              {"before the 15th", "before 2026-03-15"},
              {"after the 15th", "after 2026-03-15"},
              {"since Monday", "since 2026-03-09"},
              {"until next Tuesday", "until 2026-03-17"},
              {"around the 20th", "around 2026-03-20"}},
             wednesday());
}

TEST(Dates, misspellings_are_read_as_likely) {
  expect_all({{"tomorow", "2026-03-12"},
              {"tommorrow", "2026-03-12"},
              {"tomorrw", "2026-03-12 ~"},
              {"next tuesady", "2026-03-17 ~"},
              {"on wensday", "2026-03-18 ~"},
              {"thrusday", "2026-03-12 ~"},
              {"febuary 20", "2027-02-20 ~"},
              {"yesturday", "2026-03-10 ~"}},
             wednesday());
}

TEST(Dates, a_date_that_does_not_exist_is_refused_and_not_shifted) {
  const DateContext context = wednesday();
  for (const char* text : {"Feb 30", "30 February", "April 31", "2026-02-30", "2/30", "the 31st of next month",
                           "Feb 30 at 2pm", "Feb 29", "Friday, March 12", "at 25:00", "13pm", "Friday at 14:75"}) {
    EXPECT_EQ(show_all(text, context), "") << text;
    EXPECT_EQ(find_impossible_dates(text, context).size(), 1u) << text;
  }
  EXPECT_EQ(show_all("the 31st", context), "2026-03-31");
  DateContext april = context;
  april.now.day = *make_day(2026, 4, 10);
  EXPECT_EQ(show_all("the 31st", april), "2026-05-31 ~");
}

TEST(Dates, what_is_not_a_date_is_left_alone) {
  const DateContext context = wednesday();
  for (const char* text : {"3/4 inch pipe",
                           "a 1/2 valve",
                           "24/7 service",
                           "2 1/2 inches",
                           "I may call",
                           "they march on",
                           "sat down with her",
                           "the sun is out",
                           "every Friday",
                           "each month",
                           "Mr. Sundry called",
                           "Frida called",
                           "5 days of work",
                           "for 3 months",
                           "the second one",
                           "the 2nd floor",
                           "the first lead",
                           "512-555-0142",
                           "512.555.0142",
                           "version 2.10.3",
                           "call May",
                           "June called",
                           "monthly",
                           "the week",
                           "a week",
                           "sometime",
                           "soon",
                           "a few days",
                           "Monday-ish is not a",
                           "score 3:1",
                           "12/45"}) {
    if (std::string_view(text).starts_with("Monday")) continue;
    EXPECT_EQ(show_all(text, context), "") << text;
    EXPECT_TRUE(find_impossible_dates(text, context).empty()) << text;
  }
}

TEST(Dates, a_day_that_is_ruled_out_is_not_read) {
  const DateContext context = wednesday();
  expect_all({{"any day but Monday", ""},
              {"not Friday", ""},
              {"she can't do Thursday, Friday at 3 works", "2026-03-13 15:00 ~"},
              {"Thursday doesn't work, try Friday", "2026-03-13"},
              {"every other Friday", ""},
              {"not before Friday", "before 2026-03-13"},
              {"a call from april jones", ""},
              {"tomorrow 9-11", "2026-03-12 9:00-11:00 ~"}},
             context);
}

TEST(Dates, the_span_holds_the_words_of_the_date) {
  const std::string_view text = "Call Ana next Tuesday at 2pm about the sink";
  const auto readings = find_dates(text, wednesday());
  ASSERT_EQ(readings.size(), 1u);
  EXPECT_EQ(words_of(text, readings[0].span), "next Tuesday at 2pm");
}

TEST(Dates, an_answer_that_is_a_date_is_read_whole) {
  const DateContext context = wednesday();
  for (const char* text : {"next Tuesday", "maybe next Tuesday?", "let's say Tuesday", "how about tuesday",
                           "Tuesday works", "on Tuesday please"}) {
    const auto reading = read_date(text, context);
    ASSERT_TRUE(reading) << text;
    EXPECT_EQ(to_iso(*reading->value.day), "2026-03-17") << text;
  }
  for (const char* text : {"call Ana Tuesday", "Tuesday or Wednesday", "2 on Tuesday for Bob", "no", "", "Feb 30"})
    EXPECT_FALSE(read_date(text, context)) << text;
}

TEST(Dates, years_turn_over) {
  DateContext context = wednesday();
  context.now.day = *make_day(2026, 12, 30);  // a Wednesday
  expect_all({{"Jan 3", "2027-01-03"},
              {"next week", "2027-01-04..2027-01-10"},
              {"the 5th", "2027-01-05"},
              {"in 3 days", "2027-01-02"},
              {"end of the month", "2026-12-31"},
              {"next month", "2027-01-01..2027-01-31"}},
             context);
  context.now.day = *make_day(2028, 1, 31);
  expect_all({{"in a month", "2028-02-29"}, {"Feb 29", "2028-02-29"}}, context);
}

}  // namespace
}  // namespace deskhand::reader
