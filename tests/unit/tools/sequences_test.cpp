// Sequences on the whole set of tools: which day a step falls on, who hears of it, what stands in its way.
#include "tools/sequences.h"

#include "tests/unit/tools/shop.h"

namespace deskhand::tools::testing {
namespace {

procedure::SequenceStep step_after(int count, procedure::DurationUnit unit, bool from_start = false) {
  procedure::SequenceStep step;
  step.wait = procedure::Duration{count, unit, 0, 0};
  step.counts_from_start = from_start;
  return step;
}

TEST(StepDay, counts_business_days_and_moves_calendar_days_to_the_next_one) {
  BusinessCalendar calendar;
  const Day friday = *make_day(2026, 3, 6), monday = *make_day(2026, 3, 9);
  calendar.holidays.insert(monday);
  using procedure::DurationUnit;
  EXPECT_EQ(step_day(step_after(1, DurationUnit::business_days), friday, friday, calendar), *make_day(2026, 3, 10));
  EXPECT_EQ(step_day(step_after(2, DurationUnit::days), friday, friday, calendar), *make_day(2026, 3, 10));
  EXPECT_EQ(step_day(step_after(1, DurationUnit::weeks), friday, friday, calendar), *make_day(2026, 3, 13));
  EXPECT_EQ(step_day(step_after(1, DurationUnit::months), friday, friday, calendar), *make_day(2026, 4, 6));
  EXPECT_EQ(step_day(step_after(0, DurationUnit::business_days), friday, friday, calendar), friday);
  EXPECT_EQ(step_day(step_after(0, DurationUnit::business_days), monday, monday, calendar), *make_day(2026, 3, 10));
  EXPECT_EQ(step_day({}, friday, friday, calendar), *make_day(2026, 3, 10));
  // "Day 2" of an enrolment long ago is today, not the past.
  EXPECT_EQ(step_day(step_after(2, DurationUnit::business_days, true), friday, *make_day(2026, 2, 2), calendar),
            friday);
}

class SequenceStory : public Shop {
 protected:
  void SetUp() override {
    Shop::SetUp();
    follow("../../../procedures/nurture.md");
  }
  toolbox::CallResult step(const Lead& lead) {
    return call_as(program("clock"), "advance_sequence", {{"lead", lead.id.text()}});
  }
  std::string notice(const Json& more = Json::object()) {
    Json arguments{{"since", to_rfc3339(clock_.at.plus_seconds(-3600))}};
    arguments.update(more);
    const toolbox::CallResult told = call_as(program("clock"), "sequence_notice", arguments);
    EXPECT_TRUE(told.ok) << told.error;
    return told.text;
  }
  Lead quoted() { return lead(ana(), "Leaking shower", 450, LeadStage::estimate_sent, LeadStatus::working); }
};

TEST_F(SequenceStory, a_step_is_proposed_on_its_day_and_not_before) {
  const Lead shower = quoted();
  done("enrol_sequence", {{"lead", "L-1"}});
  EXPECT_TRUE(step(shower).parked.empty());
  days_later(3);
  const toolbox::CallResult proposed = step(shower);
  ASSERT_EQ(proposed.parked.size(), 1u) << proposed.error;
  EXPECT_EQ(proposed.parked.front().kind, ApprovalKind::send_message);
  EXPECT_TRUE(step(shower).parked.empty()) << "a second look does nothing";
  EXPECT_EQ(waiting().size(), 1u);
  EXPECT_EQ(fresh(shower).next_nurture_step_on, *make_day(2026, 3, 12));
}

TEST_F(SequenceStory, no_permission_to_send_covers_a_step) {
  done("grant_auto_send", {{"template", "estimate_sent"}, {"channel", "email"}, {"uses", 10}, {"until", "2026-06-01"}});
  const Lead shower = quoted();
  done("enrol_sequence", {{"lead", "L-1"}});
  days_later(3);
  EXPECT_EQ(step(shower).parked.size(), 1u);
}

TEST_F(SequenceStory, whoever_has_the_lead_hears_of_its_step_and_nobody_else_but_the_owner) {
  User bo;
  bo.name = "Bo Hall";
  bo.login = "bo";
  User cy;
  cy.name = "Cy Nash";
  cy.login = "cy";
  write([&](Txn& txn) -> Done {
    for (const User& user : {bo, cy})
      if (auto stored = txn.org().insert(user); !stored) return stored.error();
    return {};
  });
  const Lead shower = quoted();
  done("assign_lead", {{"lead", "L-1"}, {"assignee", "bo"}});
  done("enrol_sequence", {{"lead", "L-1"}});
  days_later(3);
  step(shower);
  EXPECT_TRUE(says(notice(), "L-1 Leaking shower — Ana Ruiz: step 1 of Estimate follow-up (A-1)"));
  EXPECT_TRUE(says(notice({{"assignee", "bo"}}), "step 1 of Estimate follow-up"));
  EXPECT_FALSE(says(notice({{"assignee", "cy"}}), "step 1 of Estimate follow-up"));
}

TEST_F(SequenceStory, a_decided_draft_lets_the_wait_of_the_next_step_begin) {
  const Lead shower = quoted();
  done("enrol_sequence", {{"lead", "L-1"}});
  days_later(3);
  const Approval first = step(shower).parked.front();
  days_later(7);
  step(shower);
  EXPECT_TRUE(says(notice(), "is held, because the draft of step 1 (A-1) still waits for your yes"));
  EXPECT_EQ(waiting().size(), 1u);
  decide(first, "reject");
  days_later(1);
  step(shower);
  EXPECT_TRUE(waiting().empty());
  EXPECT_EQ(fresh(shower).next_nurture_step_on, *make_day(2026, 3, 19)) << "five business days from Thursday the 12th";
  days_later(7);
  EXPECT_EQ(step(shower).parked.size(), 1u);
}

TEST_F(SequenceStory, the_last_step_completes_it) {
  const Lead shower = quoted();
  done("enrol_sequence", {{"lead", "L-1"}});
  for (const int wait : {3, 7, 14}) {
    days_later(wait);
    const toolbox::CallResult proposed = step(shower);
    ASSERT_EQ(proposed.parked.size(), 1u) << wait << ": " << proposed.text << proposed.error;
    if (wait == 14) {
      EXPECT_TRUE(step(shower).parked.empty());
    }
    EXPECT_EQ(fresh(shower).nurture_status, NurtureStatus::active) << "its draft still waits for a yes";
    decide(proposed.parked.front(), "reject");
  }
  days_later(1);
  step(shower);
  EXPECT_EQ(fresh(shower).nurture_status, NurtureStatus::completed);
  EXPECT_EQ(fresh(shower).current_sequence, "");
  EXPECT_EQ(call("resume_sequence", {{"lead", "L-1"}}).code, Code::conflict);
}

TEST_F(SequenceStory, a_booked_visit_holds_it) {
  const Lead shower = quoted();
  done("enrol_sequence", {{"lead", "L-1"}});
  done("book_appointment", {{"lead", "L-1"}, {"date", "2026-03-10"}, {"time", "10:00"}});
  days_later(3);
  step(shower);
  EXPECT_TRUE(waiting().empty());
}

TEST_F(SequenceStory, enrolling_can_be_taken_back_and_an_undone_lead_leaves_nothing_open) {
  const Lead shower = quoted();
  const std::string undo = done("enrol_sequence", {{"lead", "L-1"}}).undo_ref;
  EXPECT_EQ(fresh(shower).nurture_status, NurtureStatus::active);
  done("undo", {{"ref", undo}});
  EXPECT_EQ(fresh(shower).nurture_status, NurtureStatus::not_enrolled);
  days_later(5);
  EXPECT_TRUE(step(shower).parked.empty());
  done("enrol_sequence", {{"lead", "L-1"}});
  EXPECT_EQ(fresh(shower).nurture_status, NurtureStatus::active);
}

TEST_F(SequenceStory, a_stage_that_begins_one_does_so_as_part_of_the_move_and_is_taken_back_with_it) {
  done("set_stage", {{"stage", "quoted"}, {"auto_nurture", true}});
  const Lead shower = lead(ana(), "Leaking shower");
  const std::string undo = done("move_stage", {{"lead", "L-1"}, {"stage", "estimate_sent"}}).undo_ref;
  EXPECT_EQ(fresh(shower).nurture_status, NurtureStatus::active);
  done("undo", {{"ref", undo}});
  EXPECT_EQ(fresh(shower).nurture_status, NurtureStatus::not_enrolled);
  done("move_stage", {{"lead", "L-1"}, {"stage", "estimate_sent"}});
  EXPECT_EQ(fresh(shower).nurture_status, NurtureStatus::active) << "what was undone was not";
}

TEST_F(SequenceStory, back_in_its_stage_a_lead_goes_on_where_it_was) {
  done("set_stage", {{"stage", "quoted"}, {"auto_nurture", true}});
  const Lead shower = lead(ana(), "Leaking shower");
  done("move_stage", {{"lead", "L-1"}, {"stage", "estimate_sent"}});
  days_later(3);
  decide(step(shower).parked.front(), "reject");
  done("move_stage", {{"lead", "L-1"}, {"stage", "follow_up"}});
  EXPECT_EQ(fresh(shower).nurture_status, NurtureStatus::exited);
  done("move_stage", {{"lead", "L-1"}, {"stage", "estimate_sent"}});
  EXPECT_EQ(fresh(shower).nurture_status, NurtureStatus::active);
  EXPECT_EQ(look([&](Txn& txn) { return txn.nurture().all_of(shower.id, 5); }).front().next_step, 2);
}

TEST_F(SequenceStory, the_longest_in_a_stage_are_named_ten_at_a_time_by_value) {
  done("set_stage", {{"stage", "quoted"}, {"sla_days", 2}});
  for (int number = 1; number <= 12; ++number)
    lead(person("P" + std::to_string(number), "Lee"), "Job " + std::to_string(number), number * 100,
         LeadStage::estimate_sent, LeadStatus::working);
  days_later(2);
  const std::string first = notice();
  EXPECT_TRUE(says(first, "1. L-12 Job 12")) << first;
  EXPECT_TRUE(says(first, "and 2 more")) << first;
  const std::string second = notice();
  EXPECT_TRUE(says(second, "1. L-2 Job 2 ") || says(second, "1. L-2 Job 2")) << second;
  EXPECT_FALSE(says(second, "Job 12")) << second;
  EXPECT_FALSE(says(notice(), "Job")) << "once for each stay";
}

}  // namespace
}  // namespace deskhand::tools::testing
