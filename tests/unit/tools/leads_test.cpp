// Leads: how an inquiry comes in (S2-EV1), is qualified (S2-EV2), turned down (S2-RQ6), moved, listed and named.
#include <atomic>
#include <thread>

#include "tests/unit/tools/shop.h"

namespace deskhand::tools::testing {
namespace {

class Inquiry : public Shop {};
class Leads : public Shop {};
class Qualify : public Shop {};
class MoveStage : public Shop {};
class LeadNames : public Shop {};

const Json kCall{{"name", "Ana Ruiz"},
                 {"phone", "512-555-0142"},
                 {"source", "phone_call"},
                 {"description", "Her shower leaks. It has done so for a week."}};

TEST_F(Inquiry, of_somebody_new_makes_contact_lead_and_first_touch_and_tells_the_owner) {
  const auto result = done("capture_inquiry", kCall);
  const Lead lead = lead_at(1);
  EXPECT_EQ(lead.status, LeadStatus::fresh);
  EXPECT_EQ(lead.stage, LeadStage::inquiry);
  EXPECT_EQ(lead.source, LeadSource::phone_call);
  EXPECT_EQ(lead.title, "Her shower leaks");
  EXPECT_EQ(lead.state, CanonicalState::fresh);
  EXPECT_EQ(lead.contact, contact(1).id);
  const auto history = history_of(lead);
  ASSERT_EQ(history.size(), 1u);
  EXPECT_EQ(history[0].type, InteractionType::phone_call);
  EXPECT_TRUE(history[0].inbound);
  EXPECT_EQ(history[0].body, "Her shower leaks. It has done so for a week.");
  EXPECT_TRUE(says(result.text, "New inquiry from Ana Ruiz — Her shower leaks. Phone: (512) 555-0142.")) << result.text;
  EXPECT_TRUE(says(result.text, "They came in via phone call.")) << result.text;
  EXPECT_TRUE(says(result.offer, "draft")) << result.offer;
  const Json& notice = (*result.data)["notice"];
  EXPECT_EQ(notice["name"], "Ana Ruiz");
  EXPECT_EQ(notice["phone"], "(512) 555-0142");
  EXPECT_EQ(notice["source"], "phone call");
}

TEST_F(Inquiry, of_a_known_phone_or_email_is_linked_to_the_record_and_makes_no_second_one) {
  const Contact ana = this->ana();
  const auto result = done("capture_inquiry", {{"name", "Ana Ruiz"},
                                               {"email", "ANA@ruiz.example"},
                                               {"phone", "512-555-0199"},
                                               {"source", "web_form"},
                                               {"title", "Boiler"}});
  EXPECT_EQ(people().size(), 1u);
  EXPECT_EQ(lead_at(1).contact, ana.id);
  EXPECT_EQ(history_of(lead_at(1))[0].type, InteractionType::note);
  EXPECT_TRUE(says(result.text, "known already") && says(result.text, "(512) 555-0199, which is not on their record"))
      << result.text;
  EXPECT_EQ(contact(1).phone(), "+15125550142") << "what a stranger says is told, not written";
  EXPECT_EQ((*result.data)["contact_is_new"], false);
}

TEST_F(Inquiry, from_200_threads_at_once_makes_one_contact) {
  std::vector<std::thread> threads;
  std::atomic<int> went_well = 0;
  for (int caller = 0; caller < 200; ++caller)
    threads.emplace_back([&] { went_well += call("capture_inquiry", kCall).ok ? 1 : 0; });
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(went_well, 200);
  EXPECT_EQ(people().size(), 1u);
  EXPECT_EQ((*done("list_leads", {{"contact", "C-1"}, {"limit", 1}}).data)["total"], 200);
}

TEST_F(Inquiry, by_email_is_an_inbound_email) {
  Json mail = kCall;
  mail["source"] = "email";
  done("capture_inquiry", mail);
  EXPECT_EQ(history_of(lead_at(1))[0].type, InteractionType::email_inbound);
}

TEST_F(Inquiry, that_fits_two_people_asks_which_and_waits_unlinked_where_nobody_is_there_to_ask) {
  done("create_contact", {{"name", "Ana Ruiz"}, {"phone", "512-555-0142"}});
  yes(parked("create_contact", {{"name", "Carlos Ruiz"}, {"phone", "512-555-0142"}}));
  const auto asked = call("capture_inquiry", kCall);
  EXPECT_EQ(asked.code, Code::ambiguous);
  EXPECT_EQ(asked.list.size(), 2u);
  Json answered = kCall;
  answered["contact"] = "C-2";
  done("capture_inquiry", answered);
  EXPECT_EQ(lead_at(1).contact, contact(2).id);
  const auto form = call_as(program("email"), "capture_inquiry", kCall);
  ASSERT_TRUE(form.ok) << form.error;
  EXPECT_TRUE(lead_at(2).contact.empty());
  EXPECT_TRUE(says(lead_at(2).description, "(512) 555-0142"));
  EXPECT_EQ((*form.data)["notice"]["possible_contacts"].size(), 2u);
}

TEST_F(Inquiry, needs_a_word_of_what_is_wanted_and_a_form_needs_a_way_to_answer) {
  refused("capture_inquiry", {{"name", "Ana Ruiz"}, {"phone", "512-555-0142"}});
  Actor form;
  form.kind = ActorKind::public_form;
  form.channel = "web";
  EXPECT_FALSE(call_as(form, "capture_inquiry", {{"name", "Ana"}, {"title", "Shower"}}).ok);
  EXPECT_TRUE(call_as(form, "capture_inquiry", kCall).ok);
}

TEST_F(Leads, are_opened_for_a_known_person_and_changed_afterwards) {
  ana();
  const auto result =
      done("create_lead",
           {{"contact", "Ana Ruiz"}, {"title", "Leaking shower"}, {"estimated_value", "$2,400"}, {"owner", "me"}});
  EXPECT_TRUE(says(result.text, "L-1 Leaking shower — Ana Ruiz, new, $2,400")) << result.text;
  EXPECT_EQ((*result.data)["estimated_value"], 2400);
  EXPECT_EQ((*result.data)["owner"], "Dana Hill");
  done("update_lead", {{"lead", "the Ruiz lead"}, {"estimated_value", 1800.5}, {"expected_close_date", "2026-04-01"}});
  EXPECT_EQ(lead_at(1).estimated_value->minor, 180050);
  done("update_lead", {{"lead", "L-1"}, {"estimated_value", nullptr}});
  EXPECT_FALSE(lead_at(1).estimated_value);
  refused("update_lead", {{"lead", "L-1"}, {"status", "converted"}});
  refused("create_lead", {{"contact", "Ana Ruiz"}, {"title", "x"}, {"estimated_value", -5}});
  refused("create_lead", {{"contact", "Ana Ruiz"}});
  EXPECT_TRUE(says(refused("assign_lead", {{"lead", "L-1"}, {"assignee", "Bob"}}, Code::not_found), "Dana Hill"));
  done("assign_lead", {{"lead", "L-1"}, {"assignee", "dana"}});
}

TEST_F(Leads, are_listed_by_every_filter) {
  const Contact ana = this->ana(), bo = person("Bo", "Larsen", "+15125550177");
  lead(ana, "Shower", 500);
  lead(bo, "Boiler", 4000, LeadStage::needs_analysis, LeadStatus::working);
  done("disqualify_lead", {{"lead", "Shower"}, {"reason", "budget"}});
  const auto count = [&](const Json& filter) { return (*done("list_leads", filter).data)["total"].get<int>(); };
  EXPECT_EQ(count(Json::object()), 1) << "closed ones are history";
  EXPECT_EQ(count({{"open", false}}), 2);
  EXPECT_EQ(count({{"status", "disqualified"}}), 1);
  EXPECT_EQ(count({{"status", {"new", "working"}}}), 1);
  EXPECT_EQ(count({{"stage", "needs_analysis"}}), 1);
  EXPECT_EQ(count({{"state", "qualified"}}), 1);
  EXPECT_EQ(count({{"state", "inactive"}}), 1) << "a word of another vocabulary";
  EXPECT_EQ(count({{"value_min", "$1,000"}}), 1);
  EXPECT_EQ(count({{"contact", "Bo"}}), 1);
  EXPECT_EQ(count({{"text", "boiler"}}), 1);
  EXPECT_EQ(count({{"created_from", "2026-03-02"}, {"created_to", "2026-03-02"}}), 1);
  EXPECT_EQ(count({{"created_from", "2026-03-03"}}), 0);
  EXPECT_EQ(count({{"closed_from", "2026-03-02"}, {"closed_to", "2026-03-02"}}), 1);
  refused("list_leads", {{"state", "whatever"}});
  refused("list_leads", {{"created_from", "yesterweek"}});
}

TEST_F(Qualify, moves_stage_and_status_says_so_in_the_history_and_hands_on_an_estimate) {
  lead(ana(), "Leaking shower");
  const auto result = done("qualify_lead", {{"lead", "Ana Ruiz"}, {"prepare_estimate", true}});
  const Lead lead = lead_at(1);
  EXPECT_EQ(lead.status, LeadStatus::working);
  EXPECT_EQ(lead.stage, LeadStage::needs_analysis);
  EXPECT_EQ(lead.state, CanonicalState::qualified);
  EXPECT_TRUE(lead.qualified_at);
  EXPECT_EQ(history_of(lead)[0].body, "Lead qualified — moving to needs analysis.");
  ASSERT_EQ(handoffs().size(), 1u);
  EXPECT_EQ(handoffs()[0].to, HandoffTo::estimating);
  EXPECT_TRUE(says(result.text, "Handed to estimating")) << result.text;
}

TEST_F(Qualify, without_an_estimate_hands_nothing_on) {
  lead(ana(), "Leaking shower");
  done("qualify_lead", {{"lead", "L-1"}, {"stage", "needs_analysis"}});
  EXPECT_TRUE(handoffs().empty());
}

TEST_F(Leads, are_disqualified_with_a_reason_that_is_asked_for_and_opened_again_with_another) {
  lead(ana(), "Leaking shower");
  EXPECT_TRUE(
      says(refused("disqualify_lead", {{"lead", "Ana Ruiz"}}), "budget, timing, outside scope, no response or other"));
  done("disqualify_lead", {{"lead", "Ana Ruiz"}, {"reason", "budget"}, {"note", "wanted it for free"}});
  EXPECT_EQ(lead_at(1).status, LeadStatus::disqualified);
  EXPECT_EQ(lead_at(1).disqualify_reason, DisqualifyReason::budget);
  EXPECT_EQ(lead_at(1).reason_note, "wanted it for free");
  EXPECT_TRUE(lead_at(1).closed_at);
  EXPECT_TRUE(says(history_of(lead_at(1))[0].body, "budget"));
  EXPECT_TRUE(says(refused("disqualify_lead", {{"lead", "L-1"}, {"reason", "budget"}}, Code::conflict), "reopen"));
  EXPECT_TRUE(says(refused("qualify_lead", {{"lead", "Ana Ruiz"}}, Code::not_found), "L-1"))
      << "it says which closed one there is";
  refused("reopen_lead", {{"lead", "Ana Ruiz"}});
  done("reopen_lead", {{"lead", "Ana Ruiz"}, {"reason", "found the money"}});
  EXPECT_EQ(lead_at(1).status, LeadStatus::working);
  EXPECT_FALSE(lead_at(1).closed_at);
  EXPECT_EQ(lead_at(1).disqualify_reason, DisqualifyReason::none);
}

TEST_F(Leads, are_disqualified_by_a_clock_only_after_a_yes) {
  lead(ana(), "Leaking shower");
  Actor clock = program("clock");
  const auto result = call_as(clock, "disqualify_lead", {{"lead", "L-1"}, {"reason", "no_response"}});
  ASSERT_EQ(result.parked.size(), 1u) << result.error;
  EXPECT_EQ(lead_at(1).status, LeadStatus::fresh);
}

TEST_F(MoveStage, follows_any_vocabulary_and_writes_every_move_down) {
  lead(ana(), "Leaking shower");
  const std::pair<const char*, CanonicalState> kMoves[] = {
      {"contacted", CanonicalState::engaged},       {"needs_analysis", CanonicalState::qualified},
      {"booked", CanonicalState::booked},           {"proposal", CanonicalState::quoted},
      {"negotiating", CanonicalState::negotiating}, {"estimate sent", CanonicalState::quoted},
      {"scheduled visit", CanonicalState::booked}};
  std::size_t moves = 0;
  for (const auto& [word, state] : kMoves) {
    const auto result = done("move_stage", {{"lead", "L-1"}, {"stage", word}});
    EXPECT_EQ(state_name(lead_at(1).state), state_name(state)) << word << ": " << result.text;
    EXPECT_EQ(history_of(lead_at(1)).size(), ++moves) << word;
  }
  EXPECT_EQ(history_of(lead_at(1))[0].body, "Stage changed: working, estimate sent → working, scheduled visit.");
}

TEST_F(MoveStage, leaves_a_record_alone_whose_word_already_covers_it) {
  lead(ana(), "Leaking shower", {}, LeadStage::scheduled_visit, LeadStatus::working);
  done("move_stage", {{"lead", "L-1"}, {"stage", "qualified"}, {"vocabulary", "pipeline"}});
  EXPECT_EQ(lead_at(1).stage, LeadStage::scheduled_visit) << "booked reads qualified there";
  done("move_stage", {{"lead", "L-1"}, {"stage", "qualified"}});
  EXPECT_EQ(lead_at(1).status, LeadStatus::qualified) << "the core word is stored as written";
  EXPECT_EQ(lead_at(1).stage, LeadStage::scheduled_visit);
  refused("move_stage", {{"lead", "L-1"}, {"stage", "nirvana"}});
}

TEST_F(MoveStage, asks_the_owner_before_won_and_for_a_reason_before_lost) {
  lead(ana(), "Leaking shower", 2400);
  for (const char* word : {"won", "closed won", "sold"}) {
    const auto result = as_model("move_stage", {{"lead", "L-1"}, {"stage", word}});
    ASSERT_EQ(result.parked.size(), 1u) << word << ": " << result.error;
    EXPECT_EQ(result.parked[0].kind, ApprovalKind::win);
  }
  for (const char* vocabulary : {"live", "tenant"})
    EXPECT_EQ(
        as_model("move_stage", {{"lead", "L-1"}, {"stage", "converted"}, {"vocabulary", vocabulary}}).parked.size(),
        1u);
  EXPECT_EQ(as_model("move_stage", {{"lead", "L-1"}, {"stage", "customer"}}).parked.size(), 1u);
  EXPECT_NE(lead_at(1).state, CanonicalState::won);
  EXPECT_TRUE(says(refused("move_stage", {{"lead", "L-1"}, {"stage", "lost"}}), "reason"));
  done("move_stage", {{"lead", "L-1"}, {"stage", "lost"}, {"reason", "too expensive"}});
  EXPECT_EQ(lead_at(1).state, CanonicalState::lost);
  EXPECT_EQ(deal(1).lost_reason, LostReason::price);
  EXPECT_TRUE(says(refused("move_stage", {{"lead", "L-1"}, {"stage", "booked"}}), "opens again"));
  done("move_stage", {{"lead", "L-1"}, {"stage", "booked"}, {"reason", "they called back"}});
  EXPECT_EQ(lead_at(1).state, CanonicalState::booked);
}

TEST_F(LeadNames, are_understood_as_people_say_them) {
  const Contact ana = this->ana(), bo = person("Bo", "Larsen", "+15125550177");
  lead(ana, "Leaking shower");
  lead(ana, "New boiler");
  lead(bo, "Shower tray");
  const auto ref = [&](const std::string& words) {
    const auto result = call("show_lead", {{"lead", words}});
    return result.ok ? (*result.data)["ref"].get<std::string>() : std::string(code_name(result.code));
  };
  EXPECT_EQ(ref("L-2"), "L-2");
  EXPECT_EQ(ref("l2"), "L-2");
  EXPECT_EQ(ref("Ana Ruiz's shower lead"), "L-1");
  EXPECT_EQ(ref("the Ruiz boiler"), "L-2");
  EXPECT_EQ(ref("larsens shower"), "L-3") << "without its apostrophe";
  EXPECT_EQ(ref("Mr. Larsen's house"), "L-3");
  EXPECT_EQ(ref("Larsen"), "L-3");
  EXPECT_EQ(ref("the Larsen lead"), "L-3");
  EXPECT_EQ(ref("512-555-0177"), "L-3");
  EXPECT_EQ(ref("boiler"), "L-2");
  EXPECT_EQ(ref("Ana Ruiz"), "ambiguous");
  EXPECT_EQ(ref("shower"), "ambiguous");
  EXPECT_EQ(ref("leaking showers"), "L-1");
  EXPECT_EQ(ref("teh Larsen leed"), "L-3");
  EXPECT_EQ(ref("roof"), "not_found");
  EXPECT_EQ(ref("C-2"), "L-3");
  EXPECT_EQ(ref("Q-2"), "invalid_argument");
  done("disqualify_lead", {{"lead", "L-1"}, {"reason", "timing"}});
  EXPECT_EQ(ref("Ana Ruiz"), "L-2") << "of an open and a closed one the open one is meant";
}

}  // namespace
}  // namespace deskhand::tools::testing
