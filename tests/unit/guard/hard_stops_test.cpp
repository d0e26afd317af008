#include "guard/hard_stops.h"

#include <gtest/gtest.h>

#include "guard/judge.h"
#include "guard/policies.h"

namespace deskhand::guard {
namespace {

Actor owner() {
  Actor actor;
  actor.kind = ActorKind::person;
  actor.role = UserRole::owner;
  actor.in_persons_turn = true;
  actor.authenticated = true;
  return actor;
}

Actor model_of(Actor actor) {
  actor.kind = ActorKind::model;
  actor.authenticated = false;
  return actor;
}

Actor clock_run() {
  Actor actor;
  actor.kind = ActorKind::model;
  return actor;
}

Facts approved(ApprovalKind kind, const std::string& given, const std::string& would_happen, bool live = true) {
  Facts facts;
  facts.approval = ApprovalStanding{kind, given, {}, live};
  facts.action_fingerprint = would_happen;
  facts.auto_send = AutoSendStanding{};
  facts.contact = ContactStanding{true, false, false, false, true, false};
  facts.rate = RateStanding{};
  facts.point_matches.emplace();
  return facts;
}

bool allows(const Verdict& verdict) { return std::holds_alternative<Allow>(verdict); }
bool asks(const Verdict& verdict) { return std::holds_alternative<Ask>(verdict); }
bool stops(const Verdict& verdict) { return std::holds_alternative<Stop>(verdict); }

const std::string kPrint(64, 'a'), kOther(64, 'b');

TEST(MessageReview, asks_before_any_message_leaves) {
  Facts facts;
  facts.auto_send = AutoSendStanding{};
  EXPECT_TRUE(asks(message_review()->judge(SendsMessage{}, owner(), facts)));
}

TEST(MessageReview, stops_when_nobody_looked_for_automatic_sending) {
  EXPECT_TRUE(stops(message_review()->judge(SendsMessage{}, owner(), Facts{})));
}

TEST(MessageReview, allows_exactly_the_bytes_that_were_approved) {
  EXPECT_TRUE(allows(message_review()->judge(SendsMessage{}, owner(), approved(ApprovalKind::send_message, kPrint, kPrint))));
  EXPECT_TRUE(asks(message_review()->judge(SendsMessage{}, owner(), approved(ApprovalKind::send_message, kPrint, kOther))));
}

TEST(MessageReview, is_not_opened_by_a_yes_of_another_kind_or_one_that_is_used_up) {
  EXPECT_TRUE(asks(message_review()->judge(SendsMessage{}, owner(), approved(ApprovalKind::win, kPrint, kPrint))));
  EXPECT_TRUE(asks(message_review()->judge(SendsMessage{}, owner(), approved(ApprovalKind::send_message, kPrint, kPrint, false))));
}

TEST(MessageReview, is_not_opened_by_an_empty_fingerprint_on_both_sides) {
  EXPECT_TRUE(asks(message_review()->judge(SendsMessage{}, owner(), approved(ApprovalKind::send_message, "", ""))));
}

TEST(NoDeletion, stops_every_deletion_whoever_asks) {
  EXPECT_TRUE(stops(no_deletion()->judge(DeletesRecord{}, owner(), Facts{})));
}

TEST(NoDeletion, lets_only_a_persons_turn_archive) {
  EXPECT_TRUE(allows(no_deletion()->judge(ArchivesContact{}, model_of(owner()), Facts{})));
  EXPECT_TRUE(stops(no_deletion()->judge(ArchivesContact{}, clock_run(), Facts{})));
}

TEST(NoDuplicateCustomer, stops_when_nobody_looked_who_has_the_phone) {
  EXPECT_TRUE(stops(no_duplicate_customer()->judge(CreatesContact{}, owner(), Facts{})));
}

TEST(NoDuplicateCustomer, allows_when_looked_and_found_none_and_asks_showing_the_match) {
  Facts facts;
  facts.point_matches.emplace();
  EXPECT_TRUE(allows(no_duplicate_customer()->judge(CreatesContact{}, owner(), facts)));
  facts.point_matches->push_back({ContactId("x"), "C-3", "Ana Ruiz", PointKind::phone, "+15125550142", false});
  const Verdict verdict = no_duplicate_customer()->judge(CreatesContact{}, owner(), facts);
  ASSERT_TRUE(asks(verdict));
  EXPECT_NE(std::get<Ask>(verdict).question.find("Ana Ruiz (C-3)"), std::string::npos);
}

TEST(NoDuplicateCustomer, always_asks_before_a_merge) {
  EXPECT_TRUE(asks(no_duplicate_customer()->judge(MergesContacts{}, owner(), Facts{})));
  EXPECT_TRUE(allows(no_duplicate_customer()->judge(MergesContacts{}, owner(), approved(ApprovalKind::merge_contacts, kPrint, kPrint))));
}

TEST(WinConfirmation, asks_for_every_way_to_won) {
  for (const CanonicalState from : kCanonicalStates) {
    if (from == CanonicalState::won) continue;
    for (const Noun noun : {Noun::lead, Noun::opportunity})
      EXPECT_TRUE(asks(win_confirmation()->judge(MovesState{noun, "x", from, CanonicalState::won}, owner(), Facts{})));
  }
}

TEST(WinConfirmation, lets_a_persons_turn_close_as_lost_and_asks_a_clocks) {
  const MovesState lost{Noun::lead, "x", CanonicalState::engaged, CanonicalState::lost};
  EXPECT_TRUE(allows(win_confirmation()->judge(lost, model_of(owner()), Facts{})));
  EXPECT_TRUE(asks(win_confirmation()->judge(lost, clock_run(), Facts{})));
}

TEST(QuickBooksConfirmation, asks_and_stops_when_the_customer_is_there_already) {
  Facts facts;
  EXPECT_TRUE(stops(quickbooks_confirmation()->judge(CreatesQuickBooksCustomer{}, owner(), facts)));
  facts.contact = ContactStanding{true};
  EXPECT_TRUE(asks(quickbooks_confirmation()->judge(CreatesQuickBooksCustomer{}, owner(), facts)));
  facts.contact->in_quickbooks = true;
  EXPECT_TRUE(stops(quickbooks_confirmation()->judge(CreatesQuickBooksCustomer{}, owner(), facts)));
}

TEST(Roles, let_no_model_decide_set_grant_settle_or_redact) {
  for (const Effect& effect : {Effect{DecidesApproval{}}, Effect{ChangesSetting{}}, Effect{GrantsAutoSend{}}, Effect{SettlesDelivery{}}, Effect{Redacts{}}}) {
    EXPECT_TRUE(stops(roles()->judge(effect, model_of(owner()), Facts{})));
    EXPECT_TRUE(allows(roles()->judge(effect, owner(), Facts{})));
  }
}

TEST(Roles, let_a_trusted_member_decide_on_messages_and_nothing_else) {
  Actor member = owner();
  member.role = UserRole::member;
  EXPECT_TRUE(stops(roles()->judge(DecidesApproval{ApprovalKind::send_message}, member, Facts{})));
  member.may_approve_messages = true;
  EXPECT_TRUE(allows(roles()->judge(DecidesApproval{ApprovalKind::send_message}, member, Facts{})));
  for (const ApprovalKind kind : {ApprovalKind::win, ApprovalKind::merge_contacts, ApprovalKind::create_quickbooks_customer, ApprovalKind::auto_send})
    EXPECT_TRUE(stops(roles()->judge(DecidesApproval{kind}, member, Facts{})));
}

TEST(DoNotContact, stops_drafts_and_sends_to_whoever_must_not_be_written_to) {
  for (const auto& spoil : {+[](ContactStanding& c) { c.do_not_contact = true; }, +[](ContactStanding& c) { c.archived = true; },
                            +[](ContactStanding& c) { c.merged_away = true; }, +[](ContactStanding& c) { c.exists = false; }}) {
    Facts facts = approved(ApprovalKind::send_message, kPrint, kPrint);
    spoil(*facts.contact);
    EXPECT_TRUE(stops(do_not_contact()->judge(SendsMessage{}, owner(), facts)));
    EXPECT_TRUE(stops(do_not_contact()->judge(DraftsMessage{}, owner(), facts)));
  }
}

TEST(DoNotContact, stops_a_message_whose_address_left_the_record_or_whose_lead_was_closed_since) {
  Facts facts = approved(ApprovalKind::send_message, kPrint, kPrint);
  facts.contact->address_on_file = false;
  EXPECT_TRUE(stops(do_not_contact()->judge(SendsMessage{}, owner(), facts)));
  facts.contact->address_on_file = true;
  facts.lead_closed_since_card = true;
  EXPECT_TRUE(stops(do_not_contact()->judge(SendsMessage{}, owner(), facts)));
}

TEST(Rate, bounds_what_a_model_makes_but_not_what_a_person_does) {
  Facts facts;
  facts.rate = RateStanding{1'000'000, 0, 0, 0};
  EXPECT_TRUE(stops(rate()->judge(CreatesContact{}, model_of(owner()), facts)));
  EXPECT_TRUE(allows(rate()->judge(CreatesContact{}, owner(), facts)));
  EXPECT_TRUE(stops(rate()->judge(CreatesContact{}, model_of(owner()), Facts{})));
}

TEST(Judge, takes_the_strictest_verdict_of_all_effects_and_guards) {
  const auto guards = all_guards();
  Facts facts = approved(ApprovalKind::win, kOther, kPrint);
  const std::vector<Effect> win_and_delete{MovesState{Noun::lead, "x", CanonicalState::quoted, CanonicalState::won}, DeletesRecord{}};
  EXPECT_EQ(judge(guards, win_and_delete, owner(), facts).rule_id, "HS2");
  const std::vector<Effect> win{ChangesRecord{}, MovesState{Noun::lead, "x", CanonicalState::quoted, CanonicalState::won}};
  EXPECT_EQ(judge(guards, win, owner(), facts).rule_id, "HS4");
}

TEST(Judge, stops_an_action_that_says_nothing_of_what_it_does) {
  EXPECT_TRUE(stops(judge(all_guards(), {}, owner(), Facts{}).verdict));
  EXPECT_TRUE(stops(judge({}, {ReadsRecords{}}, owner(), Facts{}).verdict));
}

TEST(QuietHours, hold_a_message_until_they_end_also_over_midnight_and_a_clock_change) {
  Org org;
  org.quiet = QuietHours{21 * 60, 8 * 60};
  const Zone zone = *Zone::find("America/Chicago");
  const auto at = [&](int year, int month, int day, int minute) { return zone.to_instant({*make_day(year, month, day), minute, 0}); };
  EXPECT_EQ(next_waking_instant(org, zone, at(2026, 3, 2, 12 * 60)), at(2026, 3, 2, 12 * 60));
  EXPECT_EQ(next_waking_instant(org, zone, at(2026, 3, 2, 22 * 60)), at(2026, 3, 3, 8 * 60));
  EXPECT_EQ(next_waking_instant(org, zone, at(2026, 3, 3, 7 * 60 + 59)), at(2026, 3, 3, 8 * 60));
  EXPECT_EQ(next_waking_instant(org, zone, at(2026, 3, 7, 23 * 60)), at(2026, 3, 8, 8 * 60));  // spring forward that night
  org.quiet.reset();
  EXPECT_EQ(next_waking_instant(org, zone, at(2026, 3, 2, 3 * 60)), at(2026, 3, 2, 3 * 60));
}

}  // namespace
}  // namespace deskhand::guard
