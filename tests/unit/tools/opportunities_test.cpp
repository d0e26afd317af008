// Opportunities: converted (S2-EV3), won (S2-EV4, S2-HS4, S2-HS5), lost (S2-EV5), estimated.
#include "tests/unit/tools/shop.h"

namespace deskhand::tools::testing {
namespace {

class Convert : public Shop {};
class Win : public Shop {};
class Lose : public Shop {};
class Estimates : public Shop {};
class QuickBooks : public Shop {};
class Deals : public Shop {};

TEST_F(Convert, names_exactly_what_the_record_lacks) {
  Contact bare;
  bare.first_name = "Ana";
  bare.last_name = "Ruiz";
  write([&](Txn& txn) -> Done {
    auto stored = txn.contacts().insert(bare);
    if (!stored) return stored.error();
    bare = *stored;
    return {};
  });
  lead(bare, "Leaking shower");
  const std::string error = refused("convert_lead", {{"lead", "Ana Ruiz"}});
  EXPECT_TRUE(says(error, "the phone number and the service address") && !says(error, "name")) << error;
  done("convert_lead", {{"lead", "Ana Ruiz"}, {"phone", "512-555-0142"}, {"address", "9 Oak St"}});
  EXPECT_EQ(contact(1).phone(), "+15125550142");
  EXPECT_EQ(contact(1).address, "9 Oak St");
}

TEST_F(Convert, links_the_two_and_hands_on_to_estimating) {
  lead(ana(), "Leaking shower", 2400);
  const auto result = done("convert_lead", {{"lead", "Ana Ruiz"}});
  const Opportunity opportunity = deal(1);
  EXPECT_EQ(opportunity.stage, OpportunityStage::estimating);
  EXPECT_EQ(opportunity.name, "Leaking shower");
  EXPECT_EQ(opportunity.lead, lead_at(1).id);
  EXPECT_EQ(opportunity.contact, contact(1).id);
  EXPECT_EQ(opportunity.amount->minor, 240000);
  EXPECT_EQ(lead_at(1).status, LeadStatus::converted);
  EXPECT_EQ(lead_at(1).opportunity, opportunity.id);
  EXPECT_TRUE(lead_at(1).handed_off_at);
  EXPECT_EQ(contact(1).lifecycle, Lifecycle::prospect);
  ASSERT_EQ(handoffs().size(), 1u);
  EXPECT_EQ(handoffs()[0].to, HandoffTo::estimating);
  EXPECT_TRUE(says(result.text, "Converted: L-1 is now O-1 Leaking shower")) << result.text;
  EXPECT_TRUE(says(refused("convert_lead", {{"lead", "L-1"}}, Code::conflict), "O-1"));
  EXPECT_TRUE(says(refused("disqualify_lead", {{"lead", "L-1"}, {"reason", "budget"}}, Code::conflict), "O-1"));
}

TEST_F(Convert, to_scheduled_or_with_a_visit_tells_scheduling) {
  lead(ana(), "Leaking shower");
  done("convert_lead", {{"lead", "L-1"}, {"stage", "scheduled"}});
  ASSERT_EQ(handoffs().size(), 1u);
  EXPECT_EQ(handoffs()[0].to, HandoffTo::scheduling);
  EXPECT_EQ(lead_at(1).state, CanonicalState::booked);
  lead(person("Bo", "Larsen", "+15125550177"), "Boiler");
  done("convert_lead", {{"lead", "Bo Larsen"}, {"site_visit", true}});
  EXPECT_EQ(handoffs().size(), 3u);
  refused("convert_lead", {{"lead", "L-1"}, {"stage", "won"}});
}

TEST_F(Win, waits_for_the_owner_and_then_follows_every_step) {
  lead(ana(), "Leaking shower", 2400);
  done("convert_lead", {{"lead", "L-1"}});
  const auto asked = as_model("win_opportunity", {{"opportunity", "Ana Ruiz"}});
  ASSERT_EQ(asked.parked.size(), 1u) << asked.error;
  const Approval card = asked.parked.front();
  EXPECT_EQ(card.kind, ApprovalKind::win);
  EXPECT_TRUE(says(card.card, "Leaking shower") && says(card.card, "$2,400") && says(card.card, "Ana Ruiz"))
      << card.card;
  EXPECT_EQ(deal(1).stage, OpportunityStage::estimating);
  const auto won = yes(card);
  EXPECT_EQ(deal(1).stage, OpportunityStage::won);
  EXPECT_EQ(to_iso(*deal(1).close_date), "2026-03-02");
  EXPECT_EQ(lead_at(1).state, CanonicalState::won);
  EXPECT_TRUE(lead_at(1).won_at);
  EXPECT_EQ(contact(1).lifecycle, Lifecycle::customer);
  EXPECT_TRUE(contact(1).became_customer_at);
  EXPECT_EQ(history_of(lead_at(1))[0].body, "Opportunity won — Leaking shower.");
  EXPECT_EQ(handoffs().back().to, HandoffTo::scheduling);
  ASSERT_EQ(won.parked.size(), 1u) << "the QuickBooks question follows, and nothing waited for it";
  EXPECT_EQ(won.parked[0].kind, ApprovalKind::create_quickbooks_customer);
  EXPECT_TRUE(says(won.parked[0].card, "Create Ana Ruiz in QuickBooks?")) << won.parked[0].card;
}

TEST_F(Win, from_an_unconverted_lead_asks_for_amount_and_address_and_shows_both_steps) {
  const Contact contact = person("Ana", "Ruiz", "+15125550142");
  done("update_contact", {{"contact", "C-1"}, {"address", nullptr}});
  lead(contact, "Leaking shower");
  EXPECT_TRUE(says(refused("win_opportunity", {{"lead", "Ana Ruiz"}}), "the amount and the service address"));
  const Approval card =
      parked("win_opportunity", {{"opportunity", "Ana Ruiz"}, {"amount", "$2,400"}, {"address", "9 Oak St"}});
  EXPECT_TRUE(says(card.card, "Convert to an opportunity and mark it as won") && says(card.card, "9 Oak St"))
      << card.card;
  EXPECT_EQ(lead_at(1).status, LeadStatus::fresh);
  yes(card);
  EXPECT_EQ(deal(1).stage, OpportunityStage::won);
  EXPECT_EQ(deal(1).amount->minor, 240000);
  EXPECT_EQ(lead_at(1).state, CanonicalState::won);
  EXPECT_EQ(this->contact(1).address, "9 Oak St");
  ASSERT_EQ(handoffs().size(), 1u);
  refused("win_opportunity", {{"opportunity", "O-1"}}, Code::conflict);
}

TEST_F(Win, said_twice_leaves_one_card) {
  lead(ana(), "Leaking shower", 2400);
  const Approval first = parked("win_opportunity", {{"lead", "L-1"}});
  const Approval second = parked("win_opportunity", {{"opportunity", "the Ruiz job"}, {"amount", 2400}});
  EXPECT_TRUE(first.id != second.id || waiting().size() == 1u);
  yes(first);
  for (const Approval& open : waiting())
    if (open.kind == ApprovalKind::win) decide(open, "approve");
  EXPECT_EQ(history_of(lead_at(1))[0].body, "Opportunity won — Leaking shower.");
  EXPECT_EQ(look([](Txn& txn) { return txn.opportunities().list({}); }).size(), 1u);
}

TEST_F(Win, makes_the_company_an_active_customer_and_asks_nothing_of_quickbooks_when_it_is_there) {
  done("create_company", {{"name", "Acme Ltd"}});
  done("create_contact",
       {{"name", "Ana Ruiz"}, {"phone", "512-555-0142"}, {"address", "9 Oak St"}, {"company", "Acme"}});
  call_as(program("outbox"), "record_quickbooks_id", {{"contact", "C-1"}, {"quickbooks_customer_id", "77"}});
  done("create_opportunity", {{"contact", "C-1"}, {"name", "Boiler"}, {"amount", 900}});
  const auto won = yes(parked("win_opportunity", {{"opportunity", "O-1"}}));
  EXPECT_TRUE(won.parked.empty());
  EXPECT_EQ((*done("show_company", {{"company", "B-1"}}).data)["status"], "active_customer");
}

TEST_F(Lose, asks_for_the_reason_keeps_everything_and_offers_a_reminder) {
  lead(ana(), "Leaking shower", 2400);
  done("convert_lead", {{"lead", "L-1"}});
  EXPECT_TRUE(says(refused("lose_opportunity", {{"opportunity", "Ana Ruiz"}}),
                   "price, competition, timing, no decision, scope or other"));
  refused("lose_opportunity", {{"opportunity", "Ana Ruiz"}, {"reason", "whatever"}});
  const auto result =
      done("lose_opportunity", {{"opportunity", "Ana Ruiz"}, {"reason", "price"}, {"note", "found cheaper"}});
  EXPECT_EQ(result.offer, "Want me to set a reminder to check back with Ana Ruiz in 90 days?");
  EXPECT_EQ(deal(1).stage, OpportunityStage::lost);
  EXPECT_EQ(deal(1).lost_reason, LostReason::price);
  EXPECT_EQ(deal(1).reason_note, "found cheaper");
  EXPECT_TRUE(deal(1).close_date);
  EXPECT_EQ(lead_at(1).state, CanonicalState::lost);
  EXPECT_TRUE(says(history_of(lead_at(1))[0].body, "price"));
}

TEST_F(Lose, works_for_a_lead_that_was_never_converted) {
  Lead nobody;
  nobody.title = "Unknown caller";
  store(nobody);
  done("lose_opportunity", {{"lead", "Unknown caller"}, {"reason", "no_decision"}});
  EXPECT_EQ(lead_at(1).status, LeadStatus::converted);
  EXPECT_EQ(lead_at(1).state, CanonicalState::lost);
  EXPECT_EQ(deal(1).stage, OpportunityStage::lost);
}

TEST_F(Lose, in_another_procedures_words_and_days) {
  follow("dog_groomer.md");
  lead(ana(), "Poodle");
  EXPECT_EQ(done("lose_opportunity", {{"lead", "L-1"}, {"reason", "price"}}).offer,
            "Shall I remind you to say hello to Ana Ruiz again in 60 days?");
  const auto added = done("create_contact", {{"name", "Bo Larsen"}, {"phone", "512-555-0177"}});
  EXPECT_TRUE(says(added.text, "Bo Larsen, (512) 555-0177, is on file as a prospect.")) << added.text;
  const auto inquiry =
      done("capture_inquiry",
           {{"name", "Cy Day"}, {"phone", "512-555-0188"}, {"title", "Collie trim"}, {"source", "phone_call"}});
  EXPECT_TRUE(says(inquiry.text, "New enquiry: Cy Day, Collie trim. Phone (512) 555-0188, came in by phone call."))
      << inquiry.text;
  lead(contact(2), "Bath", 50);
  const auto won = yes(parked("win_opportunity", {{"lead", "Bath"}, {"address", "1 Elm St"}}));
  ASSERT_EQ(won.parked.size(), 1u);
  EXPECT_EQ(won.parked[0].summary, "Add Bo Larsen to QuickBooks?");
}

TEST_F(Estimates, that_go_out_move_the_lead_and_its_value) {
  lead(person("Rosa", "Mendes", "+15125550142"), "Water heater");
  const auto result = done("record_estimate", {{"lead", "Mendes"}, {"amount", "$2,400"}});
  EXPECT_EQ(lead_at(1).stage, LeadStage::estimate_sent);
  EXPECT_EQ(lead_at(1).status, LeadStatus::working);
  EXPECT_EQ(lead_at(1).estimated_value->minor, 240000);
  EXPECT_EQ(lead_at(1).state, CanonicalState::quoted);
  EXPECT_EQ(history_of(lead_at(1))[0].outcome, Outcome::sent_proposal);
  EXPECT_TRUE(contact(1).last_contacted_at) << "an estimate that went out is contact";
  EXPECT_TRUE(says(result.text, "E-1") && says(result.text, "$2,400")) << result.text;
  const auto accepted = done("record_estimate", {{"lead", "Mendes"}, {"status", "accepted"}});
  EXPECT_TRUE(says(accepted.offer, "convert")) << accepted.offer;
  EXPECT_EQ(history_of(lead_at(1))[0].outcome, Outcome::accepted_proposal);
  done("convert_lead", {{"lead", "Mendes"}});
  EXPECT_EQ(deal(1).stage, OpportunityStage::scheduled) << "what was accepted needs a date, not an estimate";
  EXPECT_EQ(deal(1).amount->minor, 240000);
}

TEST_F(Estimates, need_an_amount_and_an_open_deal) {
  lead(ana(), "Water heater");
  EXPECT_TRUE(says(refused("record_estimate", {{"lead", "L-1"}}), "amount"));
  refused("record_estimate", {{"lead", "L-1"}, {"amount", "EUR 100"}});
  refused("record_estimate", {{"lead", "L-1"}, {"amount", 100}, {"sent_on", "2026-03-09"}});
  done("record_estimate", {{"lead", "L-1"}, {"amount", 100}});
  const auto rejected = done("record_estimate", {{"estimate", "E-1"}, {"status", "rejected"}});
  EXPECT_TRUE(says(rejected.offer, "lost"));
  done("disqualify_lead", {{"lead", "L-1"}, {"reason", "budget"}});
  refused("record_estimate", {{"lead", "L-1"}, {"amount", 100}}, Code::conflict);
}

TEST_F(Estimates, of_a_converted_deal_change_its_amount_and_leave_its_stage) {
  lead(ana(), "Water heater", 100);
  done("convert_lead", {{"lead", "L-1"}});
  done("record_estimate", {{"opportunity", "Ana Ruiz"}, {"amount", 250.5}});
  EXPECT_EQ(deal(1).amount->minor, 25050);
  EXPECT_EQ(deal(1).stage, OpportunityStage::estimating);
  EXPECT_FALSE(deal(1).estimate.empty());
}

TEST_F(QuickBooks, gets_a_customer_only_after_the_owners_yes_and_only_once) {
  ana();
  const auto asked = as_model("create_quickbooks_customer", {{"contact", "Ana Ruiz"}});
  ASSERT_EQ(asked.parked.size(), 1u) << asked.error;
  EXPECT_TRUE(look([](Txn& txn) { return txn.outbox().list(std::nullopt, 10); }).empty());
  const auto result = yes(asked.parked.front());
  const auto rows = look([](Txn& txn) { return txn.outbox().list(std::nullopt, 10); });
  ASSERT_EQ(rows.size(), 1u);
  EXPECT_EQ(rows[0].kind, EffectKind::quickbooks_customer);
  EXPECT_EQ(rows[0].fingerprint, asked.parked.front().fingerprint);
  EXPECT_TRUE(says(refused("create_quickbooks_customer", {{"contact", "Ana Ruiz"}}, Code::conflict), "X-1"));
}

TEST_F(Deals, are_listed_shown_and_corrected) {
  ana();
  done("create_opportunity",
       {{"contact", "Ana Ruiz"}, {"name", "Boiler"}, {"amount", "$900"}, {"expected_close_date", "2026-03-20"}});
  done("update_opportunity", {{"opportunity", "boiler"}, {"amount", 950}});
  EXPECT_EQ((*done("show_opportunity", {{"opportunity", "Ana Ruiz"}}).data)["amount"], 950);
  const auto count = [&](const Json& filter) { return (*done("list_opportunities", filter).data)["count"].get<int>(); };
  EXPECT_EQ(count(Json::object()), 1);
  EXPECT_EQ(count({{"expected_before", "2026-03-20"}}), 0);
  EXPECT_EQ(count({{"expected_before", "2026-03-21"}}), 1);
  EXPECT_EQ(count({{"contact", "Ana"}, {"stage", "estimating"}}), 1);
  done("move_stage", {{"opportunity", "O-1"}, {"stage", "scheduled"}});
  EXPECT_EQ(deal(1).stage, OpportunityStage::scheduled);
  refused("move_stage", {{"opportunity", "O-1"}, {"stage", "needs_analysis"}}, Code::conflict);
  done("lose_opportunity", {{"opportunity", "O-1"}, {"reason", "timing"}});
  EXPECT_EQ(count(Json::object()), 0);
  EXPECT_EQ(count({{"stage", "lost"}}), 1);
  done("reopen_lead", {{"opportunity", "Boiler"}, {"reason", "they changed their mind"}});
  EXPECT_EQ(deal(1).stage, OpportunityStage::estimating);
}

}  // namespace
}  // namespace deskhand::tools::testing
