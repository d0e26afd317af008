// Stages as a business sets them up, enrolments, what happened in them, and how long a lead stands in its stage.
#include "store_fixture.h"

namespace deskhand::testing {
namespace {

const Day kMonday = *make_day(2026, 3, 2);

Lead lead_named(std::string title) {
  Lead lead;
  lead.title = std::move(title);
  return lead;
}

Enrolment enrolment_of(const Lead& lead, Day next) {
  Enrolment enrolment;
  enrolment.lead = lead.id;
  enrolment.sequence = "Estimate follow-up";
  enrolment.next_step_on = next;
  enrolment.enrolled_on = kMonday;
  enrolment.entered_state = lead.state;
  enrolment.entered_status = lead.status;
  return enrolment;
}

TEST_P(StoreConformance, a_stage_is_set_up_once_and_then_changed) {
  write([&](Txn& txn) {
    StageSetting stage;
    stage.state = CanonicalState::quoted;
    stage.name = "Proposal out";
    stage.sla_days = 5;
    stage = must(txn.nurture().put(stage));
    EXPECT_FALSE(stage.id.empty());
    stage.auto_nurture = true;
    stage.sla_days.reset();
    must(txn.nurture().put(stage));
  });
  read([&](Txn& txn) {
    const std::vector<StageSetting> stages = must(txn.nurture().stages());
    ASSERT_EQ(stages.size(), 1u);
    EXPECT_EQ(stages.front().name, "Proposal out");
    EXPECT_EQ(stages.front().auto_nurture, true);
    EXPECT_FALSE(stages.front().sla_days);
    EXPECT_FALSE(stages.front().colour);
  });
}

TEST_P(StoreConformance, an_enrolment_comes_back_as_it_was_stored_and_shows_on_its_lead) {
  const Lead lead = add(lead_named("Leaking shower"));
  EXPECT_EQ(lead.nurture_status, NurtureStatus::not_enrolled);
  Enrolment stored;
  write([&](Txn& txn) { stored = must(txn.nurture().insert(enrolment_of(lead, kMonday.plus_days(3)))); });
  read([&](Txn& txn) {
    const Lead shown = must(txn.leads().find(lead.id));
    EXPECT_EQ(shown.nurture_status, NurtureStatus::active);
    EXPECT_EQ(shown.current_sequence, "Estimate follow-up");
    EXPECT_EQ(shown.next_nurture_step_on, kMonday.plus_days(3));
    EXPECT_EQ(shown.head.version, lead.head.version) << "somebody who changes the lead meanwhile is not in the way";
    const auto open = must(txn.nurture().open_of(lead.id));
    ASSERT_TRUE(open);
    EXPECT_EQ(open->id, stored.id);
    EXPECT_EQ(open->enrolled_on, kMonday);
  });
  stored.status = NurtureStatus::exited;
  stored.exit = NurtureExit::replied;
  stored.next_step_on.reset();
  stored.ended_at = clock_.now();
  write([&](Txn& txn) { must(txn.nurture().update(stored)); });
  read([&](Txn& txn) {
    EXPECT_FALSE(must(txn.nurture().open_of(lead.id)));
    const Lead shown = must(txn.leads().find(lead.id));
    EXPECT_EQ(shown.nurture_status, NurtureStatus::exited);
    EXPECT_EQ(shown.current_sequence, "");
    EXPECT_FALSE(shown.next_nurture_step_on);
    EXPECT_EQ(must(txn.nurture().all_of(lead.id, 10)).front().exit, NurtureExit::replied);
  });
}

TEST_P(StoreConformance, a_lead_is_in_one_sequence_at_a_time) {
  const Lead lead = add(lead_named("Leaking shower"));
  write([&](Txn& txn) { must(txn.nurture().insert(enrolment_of(lead, kMonday))); });
  const Done second = store_->write(org_.id, [&](Txn& txn) -> Done {
    auto stored = txn.nurture().insert(enrolment_of(lead, kMonday));
    return stored ? Done{} : Done{stored.error()};
  });
  EXPECT_EQ(code_of(second), Code::conflict);
}

TEST_P(StoreConformance, a_step_taken_by_another_is_a_conflict) {
  const Lead lead = add(lead_named("Leaking shower"));
  Enrolment mine;
  write([&](Txn& txn) { mine = must(txn.nurture().insert(enrolment_of(lead, kMonday))); });
  Enrolment theirs = mine;
  theirs.next_step = 2;
  write([&](Txn& txn) { must(txn.nurture().update(theirs)); });
  mine.next_step = 2;
  const Done late = store_->write(org_.id, [&](Txn& txn) -> Done {
    auto stored = txn.nurture().update(mine);
    return stored ? Done{} : Done{stored.error()};
  });
  EXPECT_EQ(code_of(late), Code::conflict);
}

TEST_P(StoreConformance, only_active_enrolments_whose_day_has_come_are_due_and_the_longest_due_come_first) {
  std::vector<Lead> leads;
  for (const char* title : {"one", "two", "three", "four"}) leads.push_back(add(lead_named(title)));
  write([&](Txn& txn) {
    must(txn.nurture().insert(enrolment_of(leads[0], kMonday.plus_days(1))));
    must(txn.nurture().insert(enrolment_of(leads[1], kMonday)));
    must(txn.nurture().insert(enrolment_of(leads[2], kMonday.plus_days(2))));
    Enrolment paused = enrolment_of(leads[3], kMonday);
    paused.status = NurtureStatus::paused;
    must(txn.nurture().insert(paused));
  });
  read([&](Txn& txn) {
    const auto due = must(txn.nurture().due(kMonday.plus_days(1), 10));
    ASSERT_EQ(due.size(), 2u);
    EXPECT_EQ(due[0].lead, leads[1].id);
    EXPECT_EQ(due[1].lead, leads[0].id);
    EXPECT_EQ(must(txn.nurture().open(10)).size(), 4u);
  });
}

TEST_P(StoreConformance, what_happened_in_a_sequence_is_listed_and_never_rewritten) {
  const Lead lead = add(lead_named("Leaking shower"));
  write([&](Txn& txn) {
    const Enrolment enrolment = must(txn.nurture().insert(enrolment_of(lead, kMonday)));
    NurtureEntry entry;
    entry.enrolment = enrolment.id;
    entry.lead = lead.id;
    entry.sequence = enrolment.sequence;
    entry.event = NurtureEvent::held;
    entry.step = 2;
    entry.at = clock_.now();
    entry.day = kMonday;
    entry.note = "a visit is booked already";
    must(txn.nurture().append(entry));
  });
  read([&](Txn& txn) {
    const auto entries = must(txn.nurture().entries_of(lead.id, 10));
    ASSERT_EQ(entries.size(), 1u);
    EXPECT_EQ(entries.front().note, "a visit is booked already");
    EXPECT_EQ(entries.front().step, 2);
    EXPECT_EQ(must(txn.nurture().entries_since(clock_.now(), NurtureEvent::held, 10)).size(), 1u);
    EXPECT_TRUE(must(txn.nurture().entries_since(clock_.now().plus_seconds(1), NurtureEvent::held, 10)).empty());
    EXPECT_TRUE(must(txn.nurture().entries_since(clock_.now(), NurtureEvent::proposed, 10)).empty());
  });
}

TEST_P(StoreConformance, a_lead_is_too_long_in_its_stage_once_for_each_stay) {
  Lead lead = add(lead_named("Leaking shower"));
  const auto overdue = [&](CanonicalState state) {
    std::size_t found = 0;
    read([&](Txn& txn) {
      const Instant now = clock_.now().plus_seconds(3600);
      found = must(txn.nurture().overdue_in_stage(state, now, 10)).size();
      EXPECT_EQ(must(txn.nurture().count_overdue_in_stage(state, now)), static_cast<std::int64_t>(found));
      EXPECT_TRUE(must(txn.nurture().overdue_in_stage(state, clock_.now().plus_seconds(-3600), 10)).empty());
    });
    return found;
  };
  EXPECT_EQ(overdue(CanonicalState::fresh), 1u);
  write([&](Txn& txn) { must(txn.nurture().set_sla_raised(lead.id, kMonday)); });
  EXPECT_EQ(overdue(CanonicalState::fresh), 0u);
  write([&](Txn& txn) {
    lead = must(txn.leads().find(lead.id));
    lead.title = "Leaking bath";
    lead = must(txn.leads().update(lead));
    EXPECT_TRUE(lead.sla_raised_on) << "a change that leaves the stage alone begins no new stay";
    lead.status = LeadStatus::working;
    lead.stage = LeadStage::estimate_sent;
    lead = must(txn.leads().update(lead));
    EXPECT_FALSE(lead.sla_raised_on);
  });
  EXPECT_EQ(overdue(CanonicalState::quoted), 1u);
}

TEST_P(StoreConformance, news_of_leads_is_taken_once_and_that_of_a_failed_part_is_none) {
  Lead lead = add(lead_named("Leaking shower"));
  write([&](Txn& txn) {
    txn.nurture().take_news();
    const Done failed = txn.nested([&]() -> Done {
      Lead moved = lead;
      moved.status = LeadStatus::working;
      moved.stage = LeadStage::estimate_sent;
      must(txn.leads().update(moved));
      return make_error(Code::conflict, "no");
    });
    EXPECT_FALSE(failed);
    EXPECT_TRUE(txn.nurture().take_news().empty());
    lead.status = LeadStatus::working;
    lead.stage = LeadStage::estimate_sent;
    lead = must(txn.leads().update(lead));
    Interaction call;
    call.type = InteractionType::phone_call;
    call.lead = lead.id;
    call.at = clock_.now();
    must(txn.interactions().insert(call));
    const LeadNews news = txn.nurture().take_news();
    EXPECT_TRUE(news.entered.contains(lead.id.text()));
    EXPECT_TRUE(news.touched.contains(lead.id.text()));
    EXPECT_TRUE(txn.nurture().take_news().empty());
  });
}

}  // namespace
}  // namespace deskhand::testing
