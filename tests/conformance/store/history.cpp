#include "store_fixture.h"

namespace deskhand::testing {
namespace {

Interaction talk(InteractionType type, std::int64_t at_us) {
  Interaction interaction;
  interaction.type = type;
  interaction.at = {at_us};
  interaction.body = "talked";
  return interaction;
}

TEST_P(StoreConformance, an_interaction_comes_back_as_it_was_stored) {
  const Contact ana = add(person("Ana", "Ruiz"));
  Interaction interaction = talk(InteractionType::meeting, 77);
  interaction.contact = ana.id;
  interaction.subject = "Visit";
  interaction.body = "Saw the \"shower\".\nWet.";
  interaction.outcome = Outcome::accepted_proposal;
  interaction.follow_up = make_day(2026, 3, 3);
  interaction.follow_up_status = FollowUpStatus::pending;
  interaction.follow_up_topic = "call about the tiles";
  interaction.origin = "M-9";
  interaction.inbound = true;
  write([&](Txn& txn) { interaction = must(txn.interactions().insert(interaction)); });
  read([&](Txn& txn) {
    const Interaction back = must(txn.interactions().find_by_ref(1));
    EXPECT_EQ(back.id, interaction.id);
    EXPECT_EQ(back.type, InteractionType::meeting);
    EXPECT_EQ(back.at, Instant{77});
    EXPECT_EQ(back.subject, "Visit");
    EXPECT_EQ(back.body, interaction.body);
    EXPECT_EQ(back.outcome, Outcome::accepted_proposal);
    EXPECT_EQ(back.follow_up, interaction.follow_up);
    EXPECT_EQ(back.follow_up_topic, interaction.follow_up_topic);
    EXPECT_EQ(back.origin, "M-9");
    EXPECT_TRUE(back.inbound);
    EXPECT_FALSE(back.voided);
  });
}

TEST_P(StoreConformance, an_interaction_that_belongs_to_nobody_is_refused) {
  EXPECT_EQ(code_of(try_write([&](Txn& txn) -> Done {
              auto inserted = txn.interactions().insert(talk(InteractionType::note, 1));
              return inserted ? Done{} : Done(inserted.error());
            })),
            Code::invalid_argument);
}

TEST_P(StoreConformance, an_interaction_moves_last_activity_and_only_contact_moves_last_contacted) {
  const Contact ana = add(person("Ana", "Ruiz"));
  Lead lead;
  lead.title = "shower";
  lead.contact = ana.id;
  lead = add(lead);
  const auto log = [&](InteractionType type, std::int64_t at_us) {
    Interaction interaction = talk(type, at_us);
    interaction.lead = lead.id;
    write([&](Txn& txn) { must(txn.interactions().insert(interaction)); });
  };
  log(InteractionType::note, 100);
  EXPECT_EQ(contact(ana.id).last_activity_at, Instant{100});
  EXPECT_FALSE(contact(ana.id).last_contacted_at.has_value());
  EXPECT_EQ(this->lead(lead.id).last_activity_at, Instant{100});
  EXPECT_FALSE(this->lead(lead.id).contacted);
  EXPECT_EQ(this->lead(lead.id).state, CanonicalState::fresh);
  log(InteractionType::email_outbound, 200);
  EXPECT_EQ(contact(ana.id).last_contacted_at, Instant{200});
  EXPECT_TRUE(this->lead(lead.id).contacted);
  EXPECT_EQ(this->lead(lead.id).state, CanonicalState::engaged);
  // What is logged late does not move anything back.
  log(InteractionType::phone_call, 150);
  EXPECT_EQ(contact(ana.id).last_contacted_at, Instant{200});
  EXPECT_EQ(contact(ana.id).last_activity_at, Instant{200});
  expect_verified();
}

TEST_P(StoreConformance, logging_does_not_spoil_a_change_somebody_is_making) {
  Contact ana = add(person("Ana", "Ruiz"));
  write([&](Txn& txn) {
    Interaction interaction = talk(InteractionType::phone_call, 100);
    interaction.contact = ana.id;
    must(txn.interactions().insert(interaction));
    ana.notes = "called";
    ana = must(txn.contacts().update(ana));
  });
  EXPECT_EQ(contact(ana.id).notes, "called");
  EXPECT_EQ(contact(ana.id).last_activity_at, Instant{100});  // the older copy did not take it back
}

TEST_P(StoreConformance, the_history_of_a_contact_holds_that_of_its_leads_and_deals_newest_first) {
  const Contact ana = add(person("Ana", "Ruiz"));
  const Contact bo = add(person("Bo", "Lee"));
  Lead lead;
  lead.title = "shower";
  lead.contact = ana.id;
  lead = add(lead);
  Opportunity deal;
  deal.name = "shower";
  deal.contact = ana.id;
  deal.lead = lead.id;
  write([&](Txn& txn) { deal = must(txn.opportunities().insert(deal)); });
  const auto log = [&](std::int64_t at_us, ContactId contact, LeadId of_lead, OpportunityId of_deal) {
    Interaction interaction = talk(InteractionType::note, at_us);
    interaction.contact = contact;
    interaction.lead = of_lead;
    interaction.opportunity = of_deal;
    write([&](Txn& txn) { must(txn.interactions().insert(interaction)); });
  };
  log(1, ana.id, {}, {});
  log(3, {}, {}, deal.id);
  log(2, {}, lead.id, {});
  log(9, bo.id, {}, {});
  read([&](Txn& txn) {
    std::vector<std::int64_t> times;
    for (const Interaction& each : must(txn.interactions().of_contact(ana.id, 10))) times.push_back(each.at.us);
    EXPECT_EQ(times, (std::vector<std::int64_t>{3, 2, 1}));
    EXPECT_EQ(must(txn.interactions().of_contact(ana.id, 2)).size(), 2u);
    EXPECT_EQ(must(txn.interactions().of_lead(lead.id, 10)).size(), 2u);
  });
}

TEST_P(StoreConformance, a_voided_interaction_leaves_the_history_and_stays_readable) {
  const Contact ana = add(person("Ana", "Ruiz"));
  Interaction interaction = talk(InteractionType::note, 1);
  interaction.contact = ana.id;
  interaction.follow_up = make_day(2026, 3, 1);
  interaction.follow_up_status = FollowUpStatus::pending;
  write([&](Txn& txn) { interaction = must(txn.interactions().insert(interaction)); });
  write([&](Txn& txn) { must(txn.interactions().set_voided(interaction.id)); });
  read([&](Txn& txn) {
    EXPECT_TRUE(must(txn.interactions().of_contact(ana.id, 10)).empty());
    EXPECT_TRUE(must(txn.interactions().follow_ups_due(*make_day(2026, 4, 1), 10)).empty());
    EXPECT_TRUE(must(txn.interactions().find_by_ref(1)).voided);
  });
}

TEST_P(StoreConformance, a_summary_is_written_once) {
  const Contact ana = add(person("Ana", "Ruiz"));
  Interaction interaction = talk(InteractionType::note, 1);
  interaction.contact = ana.id;
  write([&](Txn& txn) {
    interaction = must(txn.interactions().insert(interaction));
    EXPECT_EQ(must(txn.interactions().set_summary(interaction.id, "short", "")).summary, "short");
  });
  EXPECT_EQ(code_of(try_write([&](Txn& txn) -> Done {
              auto set = txn.interactions().set_summary(interaction.id, "other", "");
              return set ? Done{} : Done(set.error());
            })),
            Code::conflict);
}

TEST_P(StoreConformance, follow_ups_due_come_by_value_and_then_by_age) {
  const Contact ana = add(person("Ana", "Ruiz"));
  Lead big, small;
  big.title = "big";
  big.estimated_value = Money{900'00, "USD"};
  small.title = "small";
  small.estimated_value = Money{10'00, "USD"};
  big = add(big);
  small = add(small);
  const auto promise = [&](std::string subject, LeadId lead, ContactId contact, int day) {
    Interaction interaction = talk(InteractionType::note, 1);
    interaction.subject = std::move(subject);
    interaction.lead = lead;
    interaction.contact = contact;
    interaction.follow_up = make_day(2026, 3, day);
    interaction.follow_up_status = FollowUpStatus::pending;
    write([&](Txn& txn) { interaction = must(txn.interactions().insert(interaction)); });
    return interaction;
  };
  promise("later unknown", {}, ana.id, 2);
  promise("earlier unknown", {}, ana.id, 1);
  promise("small", small.id, {}, 1);
  promise("big", big.id, {}, 3);
  promise("future", big.id, {}, 4);
  const Interaction done = promise("done", big.id, {}, 1);
  write([&](Txn& txn) { must(txn.interactions().set_follow_up(done.id, done.follow_up, FollowUpStatus::completed)); });
  read([&](Txn& txn) {
    std::vector<std::string> subjects;
    for (const DueFollowUp& each : must(txn.interactions().follow_ups_due(*make_day(2026, 3, 3), 10)))
      subjects.push_back(each.interaction.subject);
    EXPECT_EQ(subjects, (std::vector<std::string>{"big", "small", "earlier unknown", "later unknown"}));
    EXPECT_EQ(must(txn.interactions().pending_follow_ups(ana.id, 10)).size(), 2u);
    EXPECT_EQ(code_of(txn.interactions().find_by_ref(99)), Code::not_found);
  });
  EXPECT_EQ(code_of(try_write([&](Txn& txn) -> Done {
              auto set = txn.interactions().set_follow_up(InteractionId("none"), {}, FollowUpStatus::none);
              return set ? Done{} : Done(set.error());
            })),
            Code::not_found);
}

TEST_P(StoreConformance, reminders_are_listed_while_they_wait) {
  Reminder reminder;
  reminder.due = *make_day(2026, 3, 1);
  reminder.text = "order parts";
  write([&](Txn& txn) { reminder = must(txn.interactions().insert(reminder)); });
  read([&](Txn& txn) {
    EXPECT_EQ(must(txn.interactions().reminders_due(*make_day(2026, 3, 1), 5)).size(), 1u);
    EXPECT_TRUE(must(txn.interactions().reminders_due(*make_day(2026, 2, 28), 5)).empty());
    EXPECT_EQ(must(txn.interactions().find_reminder_by_ref(1)).text, "order parts");
  });
  reminder.status = FollowUpStatus::canceled;
  write([&](Txn& txn) { must(txn.interactions().update(reminder)); });
  read([&](Txn& txn) { EXPECT_TRUE(must(txn.interactions().reminders_due(*make_day(2026, 3, 1), 5)).empty()); });
}

TEST_P(StoreConformance, reminders_with_a_time_are_found_on_their_day_in_the_order_of_it) {
  const Day on = *make_day(2026, 3, 1);
  const auto add_reminder = [&](const char* text, Day due, std::optional<int> minute) {
    Reminder reminder;
    reminder.due = due;
    reminder.due_minute = minute;
    reminder.text = text;
    write([&](Txn& txn) { must(txn.interactions().insert(reminder)); });
  };
  add_reminder("late", on, 900);
  add_reminder("any time", on, std::nullopt);
  add_reminder("early", on, 0);
  add_reminder("tomorrow", on.plus_days(1), 480);
  read([&](Txn& txn) {
    const auto timed = must(txn.interactions().timed_reminders(on, 5));
    ASSERT_EQ(timed.size(), 2u);
    EXPECT_EQ(timed[0].text, "early");
    EXPECT_EQ(timed[0].due_minute, 0);
    EXPECT_EQ(timed[1].text, "late");
    EXPECT_EQ(must(txn.interactions().timed_reminders(on, 1)).size(), 1u);
    EXPECT_EQ(must(txn.interactions().reminders_due(on, 5)).size(), 3u);
  });
  Reminder none;
  none.due = on;
  none.due_minute = 1440;
  EXPECT_FALSE(try_write([&](Txn& txn) -> Done {
    auto inserted = txn.interactions().insert(none);
    return inserted ? Done{} : Done(inserted.error());
  }));
}

TEST_P(StoreConformance, a_draft_is_a_row_of_revisions_and_one_number_is_taken_once) {
  const Contact ana = add(person("Ana", "Ruiz"));
  Message draft;
  draft.contact = ana.id;
  draft.content.to_address = "ana@ruiz.example";
  draft.content.to_name = "Ana Ruiz";
  draft.content.cc = {"bo@lee.example"};
  draft.content.subject = "Checking in";
  draft.content.text = "Hi Ana,\n\nstill dripping?";
  draft.content.html = "<p>Hi</p>";
  draft.content.attachments = {{"plan.pdf", "application/pdf", std::string(64, 'a'), 12}};
  draft.internet_message_id = "<1@flores.example>";
  draft.in_reply_to = "<0@ruiz.example>";
  draft.template_stage = "inquiry";
  write([&](Txn& txn) { draft = must(txn.messages().insert(draft)); });
  EXPECT_EQ(draft.draft_root, draft.id);
  Message revised = draft;
  revised.id = {};
  revised.revision = 2;
  revised.content.text = "Hi Ana, is it still dripping?";
  write([&](Txn& txn) {
    revised = must(txn.messages().insert(revised));
    must(txn.messages().set_status(draft.id, DraftStatus::open, DraftStatus::superseded));
  });
  Message twice = revised;
  twice.id = {};
  EXPECT_EQ(code_of(try_write([&](Txn& txn) -> Done {
              auto inserted = txn.messages().insert(twice);
              return inserted ? Done{} : Done(inserted.error());
            })),
            Code::conflict);
  read([&](Txn& txn) {
    const Message back = must(txn.messages().find_by_ref(1));
    EXPECT_EQ(canonical_bytes(back.content), canonical_bytes(draft.content));
    EXPECT_EQ(back.status, DraftStatus::superseded);
    EXPECT_EQ(back.internet_message_id, draft.internet_message_id);
    EXPECT_EQ(back.template_stage, "inquiry");
    const auto open = must(txn.messages().open_drafts(10));
    ASSERT_EQ(open.size(), 1u);
    EXPECT_EQ(open[0].id, revised.id);
    EXPECT_EQ(must(txn.messages().of_contact(ana.id, 10)).size(), 2u);
  });
}

TEST_P(StoreConformance, a_draft_moves_only_along_its_way) {
  Message draft;
  write([&](Txn& txn) { draft = must(txn.messages().insert(draft)); });
  const auto move = [&](DraftStatus from, DraftStatus to) {
    return try_write([&](Txn& txn) { return txn.messages().set_status(draft.id, from, to); });
  };
  EXPECT_EQ(code_of(move(DraftStatus::approved, DraftStatus::open)), Code::conflict);
  must(move(DraftStatus::open, DraftStatus::approved));
  EXPECT_EQ(code_of(move(DraftStatus::open, DraftStatus::approved)), Code::conflict);
  EXPECT_EQ(code_of(move(DraftStatus::approved, DraftStatus::discarded)), Code::conflict);
  must(move(DraftStatus::approved, DraftStatus::open));
  must(move(DraftStatus::open, DraftStatus::discarded));
  EXPECT_EQ(code_of(move(DraftStatus::discarded, DraftStatus::open)), Code::conflict);
}

}  // namespace
}  // namespace deskhand::testing
