#include "store_fixture.h"

namespace deskhand::testing {
namespace {

class UndoSteps {
 public:
  UndoSteps(Store& store, OrgId org) : store_(store), org_(std::move(org)) {}

  Done undo(std::int64_t number) {
    return store_.write(org_, [&](Txn& txn) -> Done {
      auto entry = txn.audit().find_undo(number);
      if (!entry) return entry.error();
      Done undone = txn.audit().undo(*entry);
      if (!undone) return undone;
      auto noted = txn.audit().append(audit_entry("undo"), true);
      if (!noted) return noted.error();
      last_undo = noted->undo_number;
      return {};
    });
  }
  std::int64_t last_undo = 0;

 private:
  Store& store_;
  OrgId org_;
};

TEST_P(StoreConformance, undoing_a_change_puts_the_old_values_back_and_tells_the_log) {
  Contact ana = person("Ana", "Ruiz", {phone("+15125550142")});
  ana.tags = {"vip"};
  ana = add(ana);
  ana.last_name = "Castellanos";
  ana.tags = {"slow"};
  ana.points = {phone("+15125550177")};
  const AuditEntry changed = write([&](Txn& txn) { ana = must(txn.contacts().update(ana)); }, true);
  ASSERT_EQ(changed.undo_number, 1);
  UndoSteps steps(*store_, org_.id);
  must(steps.undo(1));
  const Contact back = contact(ana.id);
  EXPECT_EQ(back.last_name, "Ruiz");
  EXPECT_EQ(back.tags, std::vector<std::string>{"vip"});
  EXPECT_EQ(back.phone(), "+15125550142");
  EXPECT_GT(back.head.version, ana.head.version);
  EXPECT_EQ(found("ruiz").size(), 1u);
  EXPECT_EQ(found("castellanos").size(), 0u);
  EXPECT_EQ(found("0177").size(), 0u);
  read([&](Txn& txn) {
    EXPECT_TRUE(must(txn.audit().find_undo(1)).undone);
    ContactFilter vip;
    vip.tag = "vip";
    EXPECT_EQ(must(txn.contacts().list(vip)).size(), 1u);
  });
  EXPECT_EQ(code_of(steps.undo(1)), Code::conflict);
  expect_verified();
  // And the undo can be taken back like any other change.
  must(steps.undo(steps.last_undo));
  EXPECT_EQ(contact(ana.id).last_name, "Castellanos");
  EXPECT_EQ(contact(ana.id).phone(), "+15125550177");
  expect_verified();
}

TEST_P(StoreConformance, an_undo_that_is_not_told_to_the_log_does_not_happen) {
  Contact ana = add(person("Ana", "Ruiz"));
  ana.notes = "x";
  write([&](Txn& txn) { ana = must(txn.contacts().update(ana)); }, true);
  EXPECT_EQ(code_of(store_->write(org_.id,
                                  [&](Txn& txn) -> Done { return txn.audit().undo(must(txn.audit().find_undo(1))); })),
            Code::internal);
  EXPECT_EQ(contact(ana.id).notes, "x");
}

TEST_P(StoreConformance, undoing_what_was_made_archives_it_and_frees_its_phone) {
  Contact ana;
  write([&](Txn& txn) { ana = must(txn.contacts().insert(person("Ana", "Ruiz", {phone("+15125550142")}))); }, true);
  UndoSteps steps(*store_, org_.id);
  must(steps.undo(1));
  EXPECT_TRUE(contact(ana.id).archived);
  EXPECT_EQ(add(person("Ana", "Ruiz", {phone("+15125550142")})).phone(), "+15125550142");
  // Taking that undo back would make two people of one phone.
  EXPECT_EQ(code_of(steps.undo(steps.last_undo)), Code::conflict);
  EXPECT_TRUE(contact(ana.id).archived);
  expect_verified();
}

TEST_P(StoreConformance, an_undone_lead_is_found_by_nothing_and_comes_back_when_the_undo_is_undone) {
  Lead lead;
  lead.title = "shower";
  write([&](Txn& txn) { lead = must(txn.leads().insert(lead)); }, true);
  UndoSteps steps(*store_, org_.id);
  must(steps.undo(1));
  read([&](Txn& txn) {
    EXPECT_EQ(code_of(txn.leads().find(lead.id)), Code::not_found);
    EXPECT_EQ(code_of(txn.leads().find_by_ref(1)), Code::not_found);
    EXPECT_TRUE(must(txn.leads().list({})).empty());
    EXPECT_EQ(must(txn.leads().count({})), 0);
    EXPECT_TRUE(must(txn.leads().search("shower", false, 5)).empty());
    EXPECT_TRUE(must(txn.leads().count_by_state()).empty());
  });
  must(steps.undo(steps.last_undo));
  EXPECT_EQ(this->lead(lead.id).title, "shower");
  expect_verified();
}

TEST_P(StoreConformance, a_change_that_was_changed_again_is_not_undone) {
  Contact ana = add(person("Ana", "Ruiz"));
  ana.notes = "first";
  write([&](Txn& txn) { ana = must(txn.contacts().update(ana)); }, true);
  ana.address = "9 Oak St";
  change(ana);
  UndoSteps steps(*store_, org_.id);
  const Done done = steps.undo(1);
  EXPECT_EQ(code_of(done), Code::conflict);
  EXPECT_NE(done.error().message.find("C-1"), std::string::npos);
  EXPECT_EQ(contact(ana.id).notes, "first");
  expect_verified();
}

TEST_P(StoreConformance, later_talk_does_not_stand_in_the_way_of_an_undo) {
  Contact ana = add(person("Ana", "Ruiz"));
  ana.notes = "first";
  write([&](Txn& txn) { ana = must(txn.contacts().update(ana)); }, true);
  Interaction call;
  call.type = InteractionType::phone_call;
  call.contact = ana.id;
  call.at = {5};
  write([&](Txn& txn) { must(txn.interactions().insert(call)); });
  UndoSteps steps(*store_, org_.id);
  must(steps.undo(1));
  EXPECT_EQ(contact(ana.id).notes, "");
  EXPECT_EQ(contact(ana.id).last_contacted_at, Instant{5});
  expect_verified();
}

TEST_P(StoreConformance, what_something_later_depends_on_is_not_undone_until_that_is) {
  Contact ana;
  write([&](Txn& txn) { ana = must(txn.contacts().insert(person("Ana", "Ruiz"))); }, true);
  Lead lead;
  lead.title = "shower";
  lead.contact = ana.id;
  write([&](Txn& txn) { lead = must(txn.leads().insert(lead)); }, true);
  UndoSteps steps(*store_, org_.id);
  const Done refused = steps.undo(1);
  EXPECT_EQ(code_of(refused), Code::conflict);
  EXPECT_NE(refused.error().message.find("L-1"), std::string::npos) << refused.error().message;
  EXPECT_FALSE(contact(ana.id).archived);
  must(steps.undo(2));
  must(steps.undo(1));
  EXPECT_TRUE(contact(ana.id).archived);
  expect_verified();
}

TEST_P(StoreConformance, undoing_a_logged_call_voids_it_and_moves_the_derived_times_back) {
  const Contact ana = add(person("Ana", "Ruiz"));
  Lead lead;
  lead.title = "shower";
  lead.contact = ana.id;
  lead = add(lead);
  Interaction call;
  call.type = InteractionType::phone_call;
  call.lead = lead.id;
  call.at = {50};
  write([&](Txn& txn) { call = must(txn.interactions().insert(call)); }, true);
  EXPECT_EQ(this->lead(lead.id).state, CanonicalState::engaged);
  UndoSteps steps(*store_, org_.id);
  must(steps.undo(1));
  EXPECT_FALSE(contact(ana.id).last_contacted_at.has_value());
  EXPECT_FALSE(this->lead(lead.id).contacted);
  EXPECT_EQ(this->lead(lead.id).state, CanonicalState::fresh);
  read([&](Txn& txn) { EXPECT_TRUE(must(txn.interactions().of_lead(lead.id, 5)).empty()); });
  expect_verified();
}

TEST_P(StoreConformance, undoing_an_older_call_keeps_what_a_newer_one_moved) {
  const Contact ana = add(person("Ana", "Ruiz"));
  const auto log = [&](std::int64_t at_us) {
    Interaction call;
    call.type = InteractionType::phone_call;
    call.contact = ana.id;
    call.at = {at_us};
    write([&](Txn& txn) { must(txn.interactions().insert(call)); }, true);
  };
  log(50);
  log(60);
  UndoSteps steps(*store_, org_.id);
  must(steps.undo(1));
  EXPECT_EQ(contact(ana.id).last_contacted_at, Instant{60});
}

TEST_P(StoreConformance, undoing_a_merge_parts_the_two_again_and_keeps_what_came_after) {
  const Contact survivor = add(person("Ana", "Ruiz"));
  Contact loser = add(person("Anna", "Ruis", {phone("+15125550143")}));
  Approval open = card(ApprovalKind::win, "open card", clock_.now());
  open.contact = loser.id;
  write([&](Txn& txn) { open = must(txn.approvals().insert(open)); });
  loser.root = survivor.id;
  write(
      [&](Txn& txn) {
        loser = must(txn.contacts().update(loser));
        must(txn.approvals().close(open.id, ApprovalStatus::superseded, "merged", clock_.now()));
      },
      true);
  Interaction note;
  note.contact = survivor.id;
  note.at = {9};
  write([&](Txn& txn) { must(txn.interactions().insert(note)); });
  UndoSteps steps(*store_, org_.id);
  must(steps.undo(1));
  EXPECT_TRUE(contact(loser.id).root.empty());
  EXPECT_EQ(found("Ruis"), std::vector<std::string>{"Anna Ruis"});
  read([&](Txn& txn) {
    EXPECT_TRUE(must(txn.contacts().merged_into(survivor.id)).empty());
    EXPECT_EQ(must(txn.contacts().find_by_point(PointKind::phone, "+15125550143")).front().id, loser.id);
    EXPECT_EQ(must(txn.interactions().of_contact(survivor.id, 5)).size(), 1u);
    EXPECT_EQ(must(txn.approvals().find(open.id)).status, ApprovalStatus::superseded);  // what died stays dead
  });
  expect_verified();
}

TEST_P(StoreConformance, undoing_a_conversion_takes_the_deal_away_and_the_leads_state_back) {
  Lead lead;
  lead.title = "shower";
  lead.status = LeadStatus::qualified;
  lead = add(lead);
  Opportunity deal;
  write(
      [&](Txn& txn) {
        deal.name = "shower";
        deal.lead = lead.id;
        deal = must(txn.opportunities().insert(deal));
        lead.opportunity = deal.id;
        lead.status = LeadStatus::converted;
        lead = must(txn.leads().update(lead));
      },
      true);
  UndoSteps steps(*store_, org_.id);
  must(steps.undo(1));
  EXPECT_EQ(this->lead(lead.id).status, LeadStatus::qualified);
  EXPECT_EQ(this->lead(lead.id).state, CanonicalState::qualified);
  EXPECT_TRUE(this->lead(lead.id).opportunity.empty());
  read([&](Txn& txn) { EXPECT_EQ(code_of(txn.opportunities().find(deal.id)), Code::not_found); });
  expect_verified();
}

TEST_P(StoreConformance, undoing_a_reminder_a_visit_an_estimate_and_a_handoff_withdraws_each) {
  const Contact ana = add(person("Ana", "Ruiz"));
  Lead lead;
  lead.title = "shower";
  lead = add(lead);
  write(
      [&](Txn& txn) {
        Reminder reminder;
        reminder.due = *make_day(2026, 3, 1);
        must(txn.interactions().insert(reminder));
        Appointment visit;
        visit.contact = ana.id;
        must(txn.opportunities().insert(visit));
        Estimate estimate;
        estimate.lead = lead.id;
        must(txn.opportunities().insert(estimate));
        must(txn.opportunities().insert(Handoff{}));
        Company company;
        company.name = "Zephyr";
        must(txn.contacts().insert(company));
        must(txn.messages().insert(Message{}));
      },
      true);
  UndoSteps steps(*store_, org_.id);
  must(steps.undo(1));
  read([&](Txn& txn) {
    EXPECT_EQ(must(txn.interactions().find_reminder_by_ref(1)).status, FollowUpStatus::canceled);
    EXPECT_EQ(must(txn.opportunities().find_appointment_by_ref(1)).status, AppointmentStatus::cancelled);
    EXPECT_TRUE(must(txn.opportunities().estimates_of(lead.id)).empty());
    EXPECT_TRUE(must(txn.opportunities().open_handoffs(5)).empty());
    EXPECT_TRUE(must(txn.contacts().search_companies("zephyr", 5)).empty());
    EXPECT_EQ(must(txn.messages().find_by_ref(1)).status, DraftStatus::discarded);
  });
  expect_verified();
}

TEST_P(StoreConformance, what_was_granted_or_queued_is_not_undone) {
  const Approval approval = approved(ApprovalKind::send_message, "bytes");
  write(
      [&](Txn& txn) {
        Grant grant;
        grant.approval = approval.id;
        grant.fingerprint = approval.fingerprint;
        grant.granted_at = clock_.now();
        grant.expires_at = clock_.now().plus_seconds(60);
        must(txn.approvals().insert(grant));
      },
      true);
  UndoSteps steps(*store_, org_.id);
  EXPECT_EQ(code_of(steps.undo(1)), Code::conflict);
  expect_verified();
}

TEST_P(StoreConformance, an_undo_reads_the_stored_entry_and_not_the_callers_copy) {
  Contact ana = add(person("Ana", "Ruiz"));
  ana.notes = "x";
  write([&](Txn& txn) { ana = must(txn.contacts().update(ana)); }, true);
  write([&](Txn& txn) {
    AuditEntry forged = must(txn.audit().find_undo(1));
    forged.payload = R"({"changes":[{"table":"contacts","before":{"do_not_contact":1}}]})";
    forged.sequence = 1;
    must(txn.audit().undo(forged));
  });
  EXPECT_FALSE(contact(ana.id).do_not_contact);
  EXPECT_EQ(contact(ana.id).notes, "");
  EXPECT_EQ(code_of(try_write([](Txn& txn) { return txn.audit().undo(AuditEntry{}); })), Code::not_found);
}

}  // namespace
}  // namespace deskhand::testing
