#include "store_fixture.h"

namespace deskhand::testing {
namespace {

TEST_P(StoreConformance, an_org_comes_back_as_it_was_made) {
  Org org = business("second");
  org.region = "DE";
  org.currency = "EUR";
  org.phone = "+4930123456";
  org.email = "info@second.example";
  org.address = "Street 1";
  org.signature = "Best,\nDana";
  org.service_area = "Berlin";
  org.calendar.business_days = {Weekday::tuesday, Weekday::sunday};
  org.calendar.holidays = {*make_day(2026, 12, 25), *make_day(2027, 1, 1)};
  org.hours = {7 * 60, 15 * 60 + 30};
  org.quiet = QuietHours{22 * 60, 6 * 60};
  org = must(system_->create_org(org, owner_named("dana")));
  const Org back = must(system_->find_org_by_slug("second"));
  EXPECT_EQ(back.id, org.id);
  EXPECT_EQ(back.timezone, "America/Chicago");
  EXPECT_EQ(back.currency, "EUR");
  EXPECT_EQ(back.signature, org.signature);
  EXPECT_EQ(back.calendar.business_days, org.calendar.business_days);
  EXPECT_EQ(back.calendar.holidays, org.calendar.holidays);
  EXPECT_EQ(back.hours.close_minute, 15 * 60 + 30);
  ASSERT_TRUE(back.quiet.has_value());
  EXPECT_EQ(back.quiet->begin_minute, 22 * 60);
  EXPECT_EQ(must(system_->orgs()).size(), 2u);
  EXPECT_EQ(code_of(system_->find_org_by_slug("third")), Code::not_found);
  EXPECT_EQ(code_of(system_->create_org(business("second"), owner_named("x"))), Code::conflict);
  EXPECT_TRUE(must(system_->verify(org.id)).findings.empty());
}

TEST_P(StoreConformance, users_settings_and_the_org_itself_change) {
  User tim = owner_named("tim");
  tim.role = UserRole::tech;
  write([&](Txn& txn) {
    tim = must(txn.org().insert(tim));
    must(txn.org().set_setting("greeting", "Hi"));
    must(txn.org().set_setting("greeting", "Hello"));
    must(txn.org().set_setting("greeting", "Hello"));
    Org org = must(txn.org().get());
    org.quiet = std::nullopt;
    org.name = "Flores & Co";
    EXPECT_EQ(must(txn.org().update(org)).name, "Flores & Co");
  });
  tim.role = UserRole::member;
  write([&](Txn& txn) { EXPECT_EQ(must(txn.org().update(tim)).role, UserRole::member); });
  EXPECT_EQ(code_of(try_write([&](Txn& txn) -> Done {
              auto inserted = txn.org().insert(owner_named("tim"));
              return inserted ? Done{} : Done(inserted.error());
            })),
            Code::conflict);
  read([&](Txn& txn) {
    EXPECT_EQ(must(txn.org().setting("greeting")), "Hello");
    EXPECT_EQ(must(txn.org().setting("unknown")), "");
    EXPECT_EQ(must(txn.org().users()).size(), 2u);
    EXPECT_EQ(must(txn.org().find_user_by_login("tim")).id, tim.id);
    EXPECT_EQ(must(txn.org().find_user(tim.id)).login, "tim");
    EXPECT_EQ(code_of(txn.org().find_user_by_login("nobody")), Code::not_found);
    EXPECT_FALSE(must(txn.org().get()).quiet.has_value());
  });
  expect_verified();
}

// A canary of every noun stands in another org; nothing of this org's handle reaches it.
TEST_P(StoreConformance, nothing_of_another_org_is_seen_or_touched) {
  const Org other = must(system_->create_org(business("other"), owner_named("eve")));
  Contact canary = person("Canary", "Bird", {phone("+15125550142"), email("canary@bird.example")});
  canary.tags = {"canary"};
  Company company;
  company.name = "Canary Inc";
  Lead lead;
  lead.title = "canary cage";
  Opportunity deal;
  deal.name = "canary deal";
  Interaction note;
  note.at = {1};
  note.follow_up = make_day(2026, 1, 1);
  note.follow_up_status = FollowUpStatus::pending;
  Message draft;
  Approval asked;
  Appointment visit;
  Reminder reminder;
  Handoff handoff;
  Conversation talk;
  deskhand::Run run;
  must(store_->write(other.id, [&](Txn& txn) -> Done {
    canary = must(txn.contacts().insert(canary));
    company = must(txn.contacts().insert(company));
    lead.contact = canary.id;
    lead = must(txn.leads().insert(lead));
    deal.lead = lead.id;
    deal = must(txn.opportunities().insert(deal));
    note.contact = canary.id;
    note = must(txn.interactions().insert(note));
    draft.contact = canary.id;
    draft = must(txn.messages().insert(draft));
    asked = must(txn.approvals().insert(card(ApprovalKind::win, "canary", clock_.now())));
    visit.contact = canary.id;
    visit = must(txn.opportunities().insert(visit));
    reminder = must(txn.interactions().insert(reminder));
    handoff = must(txn.opportunities().insert(handoff));
    talk = must(txn.conversations().open("terminal", UserId("eve"), clock_.now()));
    run.conversation = talk.id;
    run = must(txn.conversations().insert(run));
    must(txn.conversations().append({run.id, 1, StepKind::noted, "{}", clock_.now()}));
    must(txn.org().set_setting("canary", "sings"));
    must(txn.audit().append(audit_entry("canary"), true));
    return {};
  }));

  read([&](Txn& txn) {
    EXPECT_EQ(code_of(txn.contacts().find(canary.id)), Code::not_found);
    EXPECT_EQ(code_of(txn.contacts().find_by_ref(1)), Code::not_found);
    EXPECT_EQ(code_of(txn.contacts().find_live(canary.id)), Code::not_found);
    EXPECT_TRUE(must(txn.contacts().find_by_point(PointKind::phone, "+15125550142")).empty());
    for (const char* words : {"canary", "0142", "ca", "bird.example"})
      EXPECT_TRUE(must(txn.contacts().search(words, true, 9)).empty());
    ContactFilter everything;
    everything.include_archived = true;
    EXPECT_TRUE(must(txn.contacts().list(everything)).empty());
    everything.tag = "canary";
    EXPECT_TRUE(must(txn.contacts().list(everything)).empty());
    EXPECT_TRUE(must(txn.contacts().merged_into(canary.id)).empty());
    EXPECT_EQ(code_of(txn.contacts().find_company(company.id)), Code::not_found);
    EXPECT_TRUE(must(txn.contacts().search_companies("canary", 9)).empty());
    EXPECT_EQ(code_of(txn.leads().find(lead.id)), Code::not_found);
    EXPECT_TRUE(must(txn.leads().list({})).empty());
    EXPECT_TRUE(must(txn.leads().search("canary", false, 9)).empty());
    EXPECT_TRUE(must(txn.leads().count_by_state()).empty());
    EXPECT_EQ(code_of(txn.opportunities().find(deal.id)), Code::not_found);
    EXPECT_TRUE(must(txn.opportunities().list({})).empty());
    EXPECT_TRUE(must(txn.opportunities().search("canary", false, 9)).empty());
    EXPECT_TRUE(must(txn.opportunities().appointments_of(canary.id, 9)).empty());
    EXPECT_TRUE(must(txn.opportunities().appointments_between({-1}, {1}, 9)).empty());
    EXPECT_TRUE(must(txn.opportunities().open_handoffs(9)).empty());
    EXPECT_TRUE(must(txn.interactions().of_contact(canary.id, 9)).empty());
    EXPECT_TRUE(must(txn.interactions().of_lead(lead.id, 9)).empty());
    EXPECT_TRUE(must(txn.interactions().follow_ups_due(*make_day(2030, 1, 1), 9)).empty());
    EXPECT_TRUE(must(txn.interactions().pending_follow_ups(canary.id, 9)).empty());
    EXPECT_TRUE(must(txn.interactions().reminders_due(*make_day(2030, 1, 1), 9)).empty());
    EXPECT_EQ(code_of(txn.messages().find(draft.id)), Code::not_found);
    EXPECT_TRUE(must(txn.messages().open_drafts(9)).empty());
    EXPECT_TRUE(must(txn.messages().of_contact(canary.id, 9)).empty());
    EXPECT_EQ(code_of(txn.approvals().find(asked.id)), Code::not_found);
    EXPECT_TRUE(must(txn.approvals().pending(9)).empty());
    EXPECT_TRUE(must(txn.approvals().recent(9)).empty());
    EXPECT_EQ(must(txn.approvals().count_pending()), 0);
    EXPECT_TRUE(must(txn.outbox().list(std::nullopt, 9)).empty());
    EXPECT_EQ(code_of(txn.audit().find_undo(1)), Code::not_found);
    EXPECT_EQ(must(txn.audit().recent(9)).size(), 1u);
    EXPECT_EQ(must(txn.org().setting("canary")), "");
    EXPECT_EQ(code_of(txn.org().find_user_by_login("eve")), Code::not_found);
    EXPECT_EQ(code_of(txn.conversations().find_run(run.id)), Code::not_found);
    EXPECT_TRUE(must(txn.conversations().recent_runs(9)).empty());
    EXPECT_TRUE(must(txn.conversations().steps_of(run.id)).empty());
    EXPECT_TRUE(must(txn.conversations().last_steps(talk.id, 9)).empty());
  });

  // Nor can anything here be tied to it or changed in it.
  const auto refused = [&](auto work) {
    return !try_write([&](Txn& txn) -> Done {
      auto result = work(txn);
      return result ? Done{} : Done(result.error());
    });
  };
  EXPECT_TRUE(refused([&](Txn& txn) { return txn.contacts().update(canary); }));
  EXPECT_TRUE(refused([&](Txn& txn) { return txn.leads().update(lead); }));
  EXPECT_TRUE(refused([&](Txn& txn) { return txn.interactions().set_voided(note.id); }));
  EXPECT_TRUE(refused(
      [&](Txn& txn) { return txn.messages().set_status(draft.id, DraftStatus::open, DraftStatus::discarded); }));
  EXPECT_TRUE(refused([&](Txn& txn) { return txn.approvals().decide(asked.id, yes(asked)); }));
  EXPECT_TRUE(refused([&](Txn& txn) {
    return txn.conversations().append({run.id, 1, StepKind::noted, "{}", clock_.now()});
  }));
  EXPECT_TRUE(refused([&](Txn& txn) { return txn.org().update(other); }));
  Lead mine;
  mine.contact = canary.id;
  EXPECT_TRUE(refused([&](Txn& txn) { return txn.leads().insert(mine); }));
  Contact ours = person("Ana", "Ruiz");
  ours.root = canary.id;
  EXPECT_TRUE(refused([&](Txn& txn) { return txn.contacts().insert(ours); }));
  // The same phone is another person's here.
  add(person("Ana", "Ruiz", {phone("+15125550142")}));
  EXPECT_TRUE(must(system_->verify(other.id)).findings.empty());
  expect_verified();
}

TEST_P(StoreConformance, a_conversation_is_opened_once_for_a_channel_and_a_user) {
  Conversation first, again, elsewhere;
  write([&](Txn& txn) { first = must(txn.conversations().open("terminal", owner_.id, clock_.now())); });
  clock_.advance_seconds(5);
  write([&](Txn& txn) {
    again = must(txn.conversations().open("terminal", owner_.id, clock_.now()));
    elsewhere = must(txn.conversations().open("slack", owner_.id, clock_.now()));
  });
  EXPECT_EQ(first.id, again.id);
  EXPECT_NE(first.id, elsewhere.id);
  EXPECT_EQ(again.opened_at, first.opened_at);
  EXPECT_EQ(again.last_at, clock_.now());
}

TEST_P(StoreConformance, the_steps_of_a_run_are_counted_and_never_repeated) {
  Conversation talk;
  deskhand::Run first, second;
  first.trigger = "person";
  first.procedure_version = "crm 1.0";
  first.model = "embedded";
  write([&](Txn& txn) {
    talk = must(txn.conversations().open("terminal", owner_.id, clock_.now()));
    first.conversation = second.conversation = talk.id;
    first = must(txn.conversations().insert(first));
    second = must(txn.conversations().insert(second));
    must(txn.conversations().append({first.id, 1, StepKind::person_said, R"({"v":1})", clock_.now()}));
    must(txn.conversations().append({first.id, 2, StepKind::replied, "{}", clock_.now()}));
    must(txn.conversations().append({second.id, 1, StepKind::person_said, "{}", clock_.now()}));
  });
  EXPECT_EQ(code_of(try_write([&](Txn& txn) {
              return txn.conversations().append({first.id, 2, StepKind::noted, "{}", clock_.now()});
            })),
            Code::conflict);
  EXPECT_EQ(code_of(try_write([&](Txn& txn) {
              return txn.conversations().append({first.id, 4, StepKind::noted, "{}", clock_.now()});
            })),
            Code::conflict);
  second.state = RunState::done;
  second.ended_at = clock_.now();
  write([&](Txn& txn) { must(txn.conversations().update(second)); });
  read([&](Txn& txn) {
    EXPECT_EQ(must(txn.conversations().steps_of(first.id)).size(), 2u);
    const auto steps = must(txn.conversations().last_steps(talk.id, 2));
    ASSERT_EQ(steps.size(), 2u);
    EXPECT_EQ(steps[0].kind, StepKind::replied);
    EXPECT_EQ(steps[1].run, second.id);
    EXPECT_EQ(must(txn.conversations().unfinished_runs(9)).size(), 1u);
    EXPECT_EQ(must(txn.conversations().recent_runs(9)).front().id, second.id);
    const deskhand::Run back = must(txn.conversations().find_run_by_ref(1));
    EXPECT_EQ(back.trigger, "person");
    EXPECT_EQ(back.procedure_version, "crm 1.0");
    EXPECT_EQ(must(txn.conversations().find_run(second.id)).ended_at, clock_.now());
  });
}

TEST_P(StoreConformance, cards_and_lists_share_one_count_in_the_order_they_were_shown) {
  Conversation talk;
  Approval asked;
  write([&](Txn& txn) {
    talk = must(txn.conversations().open("terminal", owner_.id, clock_.now()));
    asked = must(txn.approvals().insert(card(ApprovalKind::win, "bytes", clock_.now())));
    EXPECT_EQ(must(txn.conversations().show(CardCopy{talk.id, asked.id, asked.fingerprint, 0, clock_.now()})), 1);
    EXPECT_EQ(must(txn.conversations().show(
                  ListCopy{talk.id, 0, "which_contact", {{1, Noun::contact, "C-1", "Ana"}}, clock_.now()})),
              2);
    EXPECT_EQ(
        must(txn.conversations().show(ListCopy{
            talk.id, 0, "approvals", {{1, Noun::approval, "A-1", "a"}, {2, Noun::lead, "L-2", "b"}}, clock_.now()})),
        3);
    EXPECT_EQ(must(txn.conversations().show(CardCopy{talk.id, asked.id, asked.fingerprint, 0, clock_.now()})), 4);
  });
  read([&](Txn& txn) {
    const auto cards = must(txn.conversations().cards_shown(talk.id, 9));
    ASSERT_EQ(cards.size(), 2u);
    EXPECT_EQ(cards[0].sequence, 4);
    EXPECT_EQ(cards[0].fingerprint, asked.fingerprint);
    const auto list = must(txn.conversations().last_list(talk.id));
    ASSERT_TRUE(list.has_value());
    EXPECT_EQ(list->purpose, "approvals");
    ASSERT_EQ(list->items.size(), 2u);
    EXPECT_EQ(list->items[1].ref, "L-2");
    EXPECT_EQ(list->items[1].noun, Noun::lead);
    EXPECT_FALSE(must(txn.conversations().last_list(ConversationId("none"))).has_value());
  });
  EXPECT_EQ(code_of(try_write([&](Txn& txn) -> Done {
              auto shown = txn.conversations().show(CardCopy{ConversationId("none"), asked.id, "", 0, {}});
              return shown ? Done{} : Done(shown.error());
            })),
            Code::not_found);
}

TEST_P(StoreConformance, a_backup_is_a_store_of_its_own_and_overwrites_nothing) {
  add(person("Ana", "Ruiz", {phone("+15125550142")}));
  const std::string path = folder_.file("copy/deskhand.db");
  std::filesystem::create_directory(folder_.file("copy"));
  must(system_->backup_to(path));
  EXPECT_EQ(code_of(system_->backup_to(path)), Code::conflict);
  EXPECT_EQ(code_of(system_->backup_to(folder_.file("deskhand.db"))), Code::conflict);
  EXPECT_FALSE(system_->backup_to(folder_.file("nowhere/copy.db")));
  add(person("Bo", "Lee"));
  std::size_t files = 0;
  for ([[maybe_unused]] const auto& each : std::filesystem::directory_iterator(folder_.file("copy"))) ++files;
  EXPECT_EQ(files, 1u);
  StoreUnderTest copy = must(GetParam().open(folder_.file("copy"), clock_, random_));
  must(copy.system->check_integrity());
  EXPECT_TRUE(must(copy.system->verify(org_.id)).findings.empty());
  must(copy.store->read(org_.id, [&](Txn& txn) -> Done {
    EXPECT_EQ(must(txn.contacts().list({})).size(), 1u);
    return {};
  }));
}

}  // namespace
}  // namespace deskhand::testing
