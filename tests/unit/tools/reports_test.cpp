// The reports in the procedure's words (T1 … T4, RQ3), on the core procedure and on those of other businesses.
#include "tests/unit/tools/office.h"
#include "tools/reports_figures.h"

namespace deskhand::tools::testing {
namespace {

bool report_has(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

class Reports : public Office {
 protected:
  Opportunity deal(const Lead& lead, OpportunityStage stage, std::optional<std::int64_t> dollars,
                   LostReason reason = LostReason::none) {
    Opportunity deal;
    deal.name = lead.title;
    deal.lead = lead.id;
    deal.contact = lead.contact;
    deal.stage = stage;
    deal.lost_reason = reason;
    if (dollars) deal.amount = Money{*dollars * 100, "USD"};
    if (stage == OpportunityStage::won) deal.close_date = Day{static_cast<std::int32_t>(clock_.at.us / 86'400'000'000)};
    write([&](Txn& txn) -> Done {
      auto stored = txn.opportunities().insert(deal);
      if (!stored) return stored.error();
      deal = *stored;
      return {};
    });
    Lead converted = fresh(lead);
    converted.status = LeadStatus::converted;
    converted.opportunity = deal.id;
    converted.handed_off_at = clock_.at;
    if (stage == OpportunityStage::won || stage == OpportunityStage::lost) converted.closed_at = clock_.at;
    store(converted);
    return deal;
  }
  void estimate(const Lead& lead, std::int64_t minor, const std::string& currency = "USD",
                EstimateStatus status = EstimateStatus::sent) {
    Estimate estimate;
    estimate.lead = lead.id;
    estimate.contact = lead.contact;
    estimate.amount = Money{minor, currency};
    estimate.status = status;
    estimate.sent_on = *make_day(2026, 2, 24);
    write([&](Txn& txn) -> Done {
      auto stored = txn.opportunities().insert(estimate);
      return stored ? Done{} : Done{stored.error()};
    });
  }
};

// --- T1 --------------------------------------------------------------------------------------------------------------

TEST_F(Reports, name_a_lead_that_was_silent_for_three_business_days_in_the_procedures_words) {
  go_to("2026-02-26T10:00:00-06:00");  // Thursday
  const Contact contact = ana();
  const Lead shower = lead(contact, "Leaking shower");
  logged(contact, shower, "Wants a quote");
  go_to("2026-03-02T09:00:00-06:00");  // two business days later
  EXPECT_TRUE(done("stale_leads").list.empty());
  go_to("2026-03-03T09:00:00-06:00");  // three
  const auto result = done("stale_leads");
  ASSERT_EQ(result.list.size(), 1u) << result.text;
  EXPECT_EQ(result.text,
            "1. Heads up: the Leaking shower lead from Ana Ruiz has had no activity in 5 days. Last touchpoint: Wants "
            "a quote. "
            "Want me to draft a follow-up message?");
  EXPECT_EQ(result.list[0].ref, "L-1");
}

TEST_F(Reports, take_another_number_of_days_when_an_owner_asks_with_one) {
  go_to("2026-02-27T10:00:00-06:00");
  lead(ana(), "Leaking shower");
  go_to("2026-03-02T09:00:00-06:00");
  EXPECT_TRUE(done("stale_leads").list.empty());
  EXPECT_EQ(done("stale_leads", {{"days", 3}}).list.size(), 1u);
  EXPECT_TRUE(done("stale_leads", {{"days", 4}}).list.empty());
}

TEST_F(Reports, take_a_holiday_for_no_business_day) {
  go_to("2026-02-26T10:00:00-06:00");
  lead(ana(), "Leaking shower");
  write([&](Txn& txn) -> Done {
    Org org = txn.org().get().value();
    org.calendar.holidays.insert(*make_day(2026, 3, 2));
    auto stored = txn.org().update(org);
    return stored ? Done{} : Done{stored.error()};
  });
  go_to("2026-03-03T09:00:00-06:00");
  EXPECT_TRUE(done("stale_leads").list.empty());
}

TEST_F(Reports, leave_out_leads_that_are_closed_or_handed_off_and_keep_those_marked_qualified) {
  go_to("2026-02-16T10:00:00-06:00");
  const Contact contact = ana();
  lead(contact, "Gone", {}, LeadStage::inquiry, LeadStatus::disqualified);
  deal(lead(contact, "Handed off"), OpportunityStage::estimating, 900);
  lead(contact, "Qualified one", {}, LeadStage::inquiry, LeadStatus::qualified);
  go_to("2026-03-02T09:00:00-06:00");
  const auto result = done("stale_leads");
  ASSERT_EQ(result.list.size(), 1u) << result.text;
  EXPECT_EQ(result.list[0].ref, "L-3");
  EXPECT_TRUE(report_has(result.text, "Last touchpoint: none yet")) << result.text;
}

TEST_F(Reports, count_calendar_days_where_the_procedure_says_days) {
  rebuild(script_from("roofing.md"));
  go_to("2026-02-20T10:00:00-06:00");
  lead(ana(), "Hail damage");
  go_to("2026-03-01T10:00:00-06:00");
  EXPECT_TRUE(done("stale_leads").list.empty());
  go_to("2026-03-02T10:00:00-06:00");
  EXPECT_TRUE(report_has(done("stale_leads").text, "Hail damage (Ana Ruiz) has gone quiet, 10 days now."));
}

TEST_F(Reports, show_ten_silent_leads_dearest_first_and_say_how_many_more) {
  go_to("2026-02-16T10:00:00-06:00");
  const Contact contact = ana();
  for (int number = 1; number <= 12; ++number) lead(contact, "Job " + std::to_string(number), number * 100);
  go_to("2026-03-02T09:00:00-06:00");
  const auto result = done("stale_leads");
  EXPECT_EQ(result.list.size(), 10u);
  EXPECT_EQ(result.list[0].ref, "L-12");
  EXPECT_TRUE(report_has(result.text, "\nand 2 more")) << result.text;
  EXPECT_EQ((*result.data)["count"], 12);
}

// --- T2 --------------------------------------------------------------------------------------------------------------

TEST_F(Reports, list_the_mornings_promises_by_the_procedures_lines) {
  ana();
  person("Bob", "Stone", "+15125550143");
  done("set_follow_up", {{"contact", "Ana Ruiz"}, {"date", "2026-03-02"}, {"topic", "the heater"}});
  done("set_follow_up", {{"contact", "Bob Stone"}, {"date", "2026-03-02"}, {"topic", "send the proposal"}});
  done("set_follow_up", {{"contact", "Ana Ruiz"}, {"date", "2026-03-03"}, {"topic", "not yet"}});
  const auto result = done("morning_list");
  EXPECT_EQ(result.text,
            "Today's follow-ups:\n1. Call back Ana Ruiz re: the heater\n2. Bob Stone expects a proposal by today");
  ASSERT_EQ(result.list.size(), 2u);
  EXPECT_EQ(result.list[1].ref, "I-2");
}

TEST_F(Reports, list_what_is_overdue_what_is_remembered_todays_visits_and_what_slipped) {
  const Contact contact = ana();
  done("set_follow_up", {{"contact", "Ana Ruiz"}, {"date", "2026-03-02"}, {"topic", "the heater"}});
  done("set_reminder", {{"date", "2026-03-03"}, {"text", "Order pipe"}});
  done("book_appointment", {{"contact", "Ana Ruiz"}, {"date", "2026-03-04"}, {"time", "14:30"}, {"service", "Shower"}});
  Lead shower = lead(contact, "Leaking shower", 2400);
  shower.expected_close = *make_day(2026, 3, 1);
  store(shower);
  go_to("2026-03-04T08:00:00-06:00");
  const auto result = done("morning_list");
  EXPECT_TRUE(report_has(result.text, "Overdue:\n1. Call back Ana Ruiz re: the heater — 2 days overdue")) << result.text;
  EXPECT_TRUE(report_has(result.text, "Reminders:\n2. Order pipe")) << result.text;
  EXPECT_TRUE(report_has(result.text, "Visits today:\n3. 2:30 PM Ana Ruiz, Shower")) << result.text;
  EXPECT_TRUE(report_has(result.text, "Past their expected close:\n4. Leaking shower — Ana Ruiz, $2,400")) << result.text;
  EXPECT_EQ(result.list.size(), 4u);
}

TEST_F(Reports, remind_in_the_morning_of_cards_that_were_put_off_until_then) {
  lead(ana(), "Leaking shower");
  done("draft_follow_up", {{"lead", "L-1"}});
  EXPECT_EQ(done("morning_list").text, "Nothing is due today.");
  done("decide_approval", {{"approval", "A-1"}, {"verdict", "later"}, {"day", "2026-03-04"}});
  go_to("2026-03-03T08:00:00-06:00");
  EXPECT_EQ(done("morning_list").text, "Nothing is due today.");
  go_to("2026-03-04T08:30:00-06:00");
  EXPECT_EQ(done("morning_list").text, "Still waiting for your yes:\n1. E-mail to Ana Ruiz: Your leaking shower (A-1)");
}

TEST_F(Reports, say_plainly_that_nothing_is_due) { EXPECT_EQ(done("morning_list").text, "Nothing is due today."); }

TEST_F(Reports, word_the_morning_as_another_business_does) {
  rebuild(script_from("roofing.md"));
  ana();
  done("set_follow_up", {{"contact", "Ana Ruiz"}, {"date", "2026-03-02"}, {"topic", "the skylight"}});
  EXPECT_EQ(done("morning_list").text, "Before you climb a ladder:\n1. Call Ana Ruiz about the skylight");
}

// --- T3, RQ3 ---------------------------------------------------------------------------------------------------------

TEST_F(Reports, draw_up_the_pipeline_in_the_procedures_block) {
  go_to("2026-02-10T10:00:00-06:00");
  const Contact contact = ana();
  const Lead old = lead(contact, "Old boiler", 500, LeadStage::follow_up, LeadStatus::working);
  go_to("2026-02-20T10:00:00-06:00");
  lead(contact, "Fence", {}, LeadStage::follow_up, LeadStatus::working);
  estimate(lead(contact, "Bath", 100, LeadStage::estimate_sent, LeadStatus::working), 240000);
  go_to("2026-02-25T10:00:00-06:00");
  deal(lead(contact, "Won one"), OpportunityStage::won, 1200);
  deal(lead(contact, "Lost one"), OpportunityStage::lost, 700, LostReason::price);
  go_to("2026-03-02T08:00:00-06:00");
  const auto result = call_as(program("clock"), "pipeline_summary", Json::object());
  ASSERT_TRUE(result.ok) << result.error;
  EXPECT_TRUE(report_has(result.text,
                  "New leads this week: 2\n"
                  "Leads in follow-up: 2 (avg age: 15 days)\n"
                  "Proposals out: 1 (total value: $2,400)\n"
                  "Won this week: 1 ($1,200)\n"
                  "Lost this week: 1\n"
                  "\n"
                  "Oldest open lead: Ana Ruiz — 20 days, stage: follow up"))
      << result.text;
  EXPECT_TRUE(report_has(result.text, "Monday, March 2, 2026") && report_has(result.text, "Mon Feb 23 to Mon Mar 2")) << result.text;
}

TEST_F(Reports, read_naturally_when_there_is_nothing) {
  const std::string text = done("pipeline_summary").text;
  EXPECT_TRUE(report_has(
      text, "Leads in follow-up: 0\nProposals out: 0\nWon this week: 0\nLost this week: 0\n\nOldest open lead: none"))
      << text;
}

TEST_F(Reports, count_the_week_from_monday_between_reports_and_seven_days_on_the_reports_day) {
  go_to("2026-02-27T10:00:00-06:00");  // Friday
  lead(ana(), "Last week's");
  go_to("2026-03-02T09:00:00-06:00");  // Monday, the report's day
  EXPECT_TRUE(report_has(done("pipeline_summary").text, "New leads this week: 1"));
  go_to("2026-03-04T09:00:00-06:00");  // Wednesday
  lead(person("Bob", "Stone"), "This week's");
  EXPECT_TRUE(report_has(done("pipeline_summary").text, "New leads this week: 1"));
  EXPECT_TRUE(report_has(call_as(program("clock"), "pipeline_summary", Json::object()).text, "New leads this week: 2"));
}

TEST_F(Reports, add_what_is_past_its_expected_close_when_an_owner_asks) {
  Lead shower = lead(ana(), "Leaking shower", 2400);
  shower.expected_close = *make_day(2026, 2, 27);
  store(shower);
  const auto asked = done("pipeline_summary");
  EXPECT_TRUE(report_has(asked.text,
                  "Past their expected close:\n1. Leaking shower — Ana Ruiz, $2,400, expected Fri Feb 27 (3 days ago)"))
      << asked.text;
  ASSERT_EQ(asked.list.size(), 1u);
  EXPECT_FALSE(report_has(done("pipeline_summary", {{"scheduled", true}}).text, "Past their"));
}

TEST_F(Reports, never_add_up_different_currencies) {
  const Contact contact = ana();
  estimate(lead(contact, "Bath", {}, LeadStage::estimate_sent, LeadStatus::working), 240000);
  estimate(lead(contact, "Roof", {}, LeadStage::estimate_sent, LeadStatus::working), 30000, "CHF");
  const std::string text = done("pipeline_summary").text;
  EXPECT_TRUE(report_has(text, "Proposals out: 2") && report_has(text, "300 CHF") && report_has(text, "2,400") && !report_has(text, "2,700"))
      << text;
}

TEST_F(Reports, say_the_currency_of_the_business_and_not_the_templates_dollar) {
  estimate(lead(ana(), "Bath", {}, LeadStage::estimate_sent, LeadStatus::working), 30000, "CHF");
  EXPECT_TRUE(report_has(done("pipeline_summary").text, "Proposals out: 1 (total value: 300 CHF)"))
      << done("pipeline_summary").text;
}

TEST_F(Reports, leave_answered_estimates_out_of_the_proposals) {
  const Contact contact = ana();
  estimate(lead(contact, "Bath", {}, LeadStage::estimate_sent, LeadStatus::working), 240000, "USD",
           EstimateStatus::accepted);
  estimate(lead(contact, "Roof", {}, LeadStage::follow_up, LeadStatus::working), 50000);
  EXPECT_TRUE(report_has(done("pipeline_summary").text, "Proposals out: 1 (total value: $500)"));
}

TEST_F(Reports, say_one_day_where_it_is_one) {
  lead(ana(), "Leaking shower");
  days_later(1);
  EXPECT_TRUE(report_has(done("pipeline_summary").text, "Ana Ruiz — 1 day, stage: inquiry"));
}

TEST_F(Reports, fill_the_blocks_of_other_businesses) {
  const Contact contact = ana();
  estimate(lead(contact, "Bath", {}, LeadStage::estimate_sent, LeadStatus::working), 240000);
  rebuild(script_from("roofing.md"));
  EXPECT_TRUE(report_has(done("pipeline_summary").text, "Bids on kitchen tables: 1, $2,400")) << done("pipeline_summary").text;
  EXPECT_TRUE(report_has(done("pipeline_summary").text, "Stalest: Ana Ruiz, 0 days in estimate sent"));
  rebuild(script_from("law_clinic.md"));
  EXPECT_TRUE(report_has(done("pipeline_summary").text, "Fee letters out: 1 (together $2,400)"))
      << done("pipeline_summary").text;
  rebuild(script_from("dog_groomer.md"));
  EXPECT_TRUE(report_has(done("pipeline_summary").text, "Prices given, no answer yet: 1, worth $2,400"))
      << done("pipeline_summary").text;
}

// --- T4 --------------------------------------------------------------------------------------------------------------

TEST_F(Reports, put_a_month_of_wins_and_losses_on_one_page) {
  go_to("2026-01-20T10:00:00-06:00");
  const Contact contact = ana();
  const Lead first = lead(contact, "First"), second = lead(contact, "Second");
  go_to("2026-02-10T10:00:00-06:00");
  deal(first, OpportunityStage::won, 1000);
  deal(second, OpportunityStage::lost, 300, LostReason::price);
  lead(contact, "Third");
  go_to("2026-03-02T09:00:00-06:00");
  const std::string text = done("win_loss_summary").text;
  EXPECT_TRUE(report_has(text, "February 2026")) << text;
  EXPECT_TRUE(report_has(text, "Won: 1 ($1,000)") && report_has(text, "Lost: 1 ($300) — price 1")) << text;
  EXPECT_TRUE(report_has(text, "Top sources: referral 3 (1 won)")) << text;
  EXPECT_TRUE(report_has(text, "Average days to close: 21")) << text;
  EXPECT_TRUE(report_has(done("win_loss_summary", {{"month", "2026-01"}}).text, "January 2026"));
  EXPECT_EQ(call("win_loss_summary", {{"month", "2026-04"}}).code, Code::invalid_argument);
}

TEST_F(Reports, cover_this_month_once_it_is_under_way_and_tell_what_closed_since_before_that) {
  const Lead first = lead(ana(), "First");
  deal(first, OpportunityStage::won, 1000);
  EXPECT_TRUE(report_has(done("win_loss_summary").text, "March so far: won 1 ($1,000)"));
  go_to("2026-03-20T09:00:00-05:00");
  const std::string text = done("win_loss_summary").text;
  EXPECT_TRUE(report_has(text, "March 2026") && report_has(text, "Won: 1 ($1,000)")) << text;
}

// --- cards -----------------------------------------------------------------------------------------------------------

TEST_F(Reports, list_the_cards_that_wait) {
  EXPECT_EQ(done("list_approvals").text, "Nothing waits for your yes.");
  lead(ana(), "Leaking shower");
  done("draft_follow_up", {{"lead", "L-1"}});
  const auto result = done("list_approvals");
  ASSERT_EQ(result.list.size(), 1u);
  EXPECT_EQ(result.list[0].ref, "A-1");
  EXPECT_TRUE(report_has(result.text, "1 question waits") && report_has(result.text, "E-mail to Ana Ruiz: Your leaking shower"))
      << result.text;
}

// --- visits ----------------------------------------------------------------------------------------------------------

class Visits : public Office {};

TEST_F(Visits, move_the_lead_to_its_visit_and_stand_in_the_history) {
  const Contact contact = ana();
  const Lead shower = lead(contact, "Leaking shower");
  const auto result = done("book_appointment", {{"lead", "L-1"}, {"date", "2026-03-10"}, {"time", "14:30"}});
  EXPECT_TRUE(report_has(result.text, "V-1") && report_has(result.text, "Tue Mar 10, 2:30 PM") && report_has(result.text, "9 Oak St"))
      << result.text;
  EXPECT_EQ((*result.data)["starts_at"], "2026-03-10T19:30:00Z") << "daylight saving began on the 8th";
  EXPECT_EQ(fresh(shower).state, CanonicalState::booked);
  EXPECT_EQ(fresh(shower).status, LeadStatus::working);
  EXPECT_EQ(history(contact).size(), 1u);
  EXPECT_EQ(call("book_appointment", {{"lead", "L-1"}, {"date", "2026-03-10"}, {"time", "14:30"}}).code,
            Code::conflict);
}

TEST_F(Visits, leave_a_lead_whose_price_is_out_among_the_proposals) {
  const Lead shower = lead(ana(), "Leaking shower", {}, LeadStage::estimate_sent, LeadStatus::working);
  done("book_appointment", {{"lead", "L-1"}, {"date", "2026-03-10"}, {"time", "14:30"}});
  EXPECT_EQ(fresh(shower).stage, LeadStage::estimate_sent);
}

TEST_F(Visits, refuse_a_time_that_is_past_or_does_not_exist_and_mind_unusual_ones) {
  ana();
  const Json base{{"contact", "Ana Ruiz"}, {"time", "02:30"}};
  Json past = base, skipped = base, sunday = base;
  past["date"] = "2026-03-02";
  skipped["date"] = "2026-03-08";  // the clocks go from 2 to 3
  EXPECT_EQ(call("book_appointment", past).code, Code::invalid_argument);
  EXPECT_EQ(call("book_appointment", skipped).code, Code::invalid_argument);
  sunday["date"] = "2026-03-15";
  EXPECT_TRUE(report_has(done("book_appointment", sunday).text, "Mind: it is a Sunday"));
}

TEST_F(Visits, say_what_they_overlap) {
  ana();
  person("Bob", "Stone", "+15125550143");
  done("book_appointment", {{"contact", "Ana Ruiz"}, {"date", "2026-03-10"}, {"time", "14:00"}});
  EXPECT_TRUE(report_has(done("book_appointment", {{"contact", "Bob Stone"}, {"date", "2026-03-10"}, {"time", "14:30"}}).text,
                  "overlaps V-1 with Ana Ruiz"));
  EXPECT_FALSE(report_has(done("book_appointment", {{"contact", "Bob Stone"}, {"date", "2026-03-10"}, {"time", "16:00"}}).text,
                   "overlaps"));
}

TEST_F(Visits, are_moved_and_cancelled_and_say_where_the_lead_stands) {
  const Contact contact = ana();
  lead(contact, "Leaking shower");
  done("book_appointment", {{"lead", "L-1"}, {"date", "2026-03-10"}, {"time", "14:30"}});
  const auto moved = done("reschedule_appointment", {{"appointment", "Ana Ruiz"}, {"date", "2026-03-12"}});
  EXPECT_TRUE(report_has(moved.text, "Thu Mar 12, 2:30 PM")) << moved.text;
  EXPECT_EQ(history(contact)[0].outcome, Outcome::rescheduled);
  const auto cancelled = done("cancel_appointment", {{"appointment", "V-1"}, {"reason", "rain"}});
  EXPECT_TRUE(report_has(cancelled.offer, "L-1")) << cancelled.offer;
  EXPECT_EQ(call("cancel_appointment", {{"appointment", "V-1"}}).code, Code::conflict);
}

}  // namespace
}  // namespace deskhand::tools::testing
