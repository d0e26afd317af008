// The core procedure as it was delivered (S2), and what editing it changes.
#include <gtest/gtest.h>

#include <algorithm>

#include "procedure/catalogue.h"
#include "procedure/facts.h"
#include "procedure/rules.h"
#include "procedure_testing.h"

namespace deskhand::procedure {
namespace {

using namespace testing;

TEST(CoreProcedure, loads_as_delivered_with_every_item_bound_and_nothing_to_complain_about) {
  const auto procedure = parsed(core_document());
  const auto binding = bound(procedure);
  EXPECT_TRUE(binding.would_start());
  EXPECT_TRUE(binding.is_complete()) << check_table(procedure, binding);
  EXPECT_EQ(problems_of(binding), "");
  EXPECT_TRUE(binding.missing.empty());
  EXPECT_EQ(binding.rows.size(), 41u);
}

TEST(CoreProcedure, binds_each_item_to_its_own_id_at_its_own_line) {
  const auto binding = bound(parsed(core_document()));
  const std::pair<int, const char*> schedules[] = {{109, "T1"}, {116, "T2"}, {125, "T3"}, {137, "T4"}};
  for (const auto& [line, id] : schedules) EXPECT_EQ(bound_to(binding, "schedule", line), id);
  const std::pair<int, const char*> triggers[] = {{144, "EV1"}, {161, "EV2"}, {168, "EV3"}, {178, "EV4"}, {188, "EV5"}};
  for (const auto& [line, id] : triggers) EXPECT_EQ(bound_to(binding, "trigger", line), id);
  const std::pair<int, const char*> requests[] = {{201, "RQ1"}, {207, "RQ2"}, {212, "RQ3"}, {216, "RQ4"},
                                                  {221, "RQ5"}, {225, "RQ6"}, {229, "RQ7"}, {233, "RQ8"}};
  for (const auto& [line, id] : requests) EXPECT_EQ(bound_to(binding, "request", line), id);
  const std::pair<int, const char*> drafts[] = {{243, "DR1"}, {248, "DR2"}, {253, "DR3"}};
  for (const auto& [line, id] : drafts) EXPECT_EQ(bound_to(binding, "draft", line), id);
  EXPECT_EQ(bound_to(binding, "rule", 257), "HS1");
  const std::pair<int, const char*> stops[] = {{276, "HS1"}, {280, "HS2"}, {283, "HS3"}, {287, "HS4"}, {290, "HS5"}};
  for (const auto& [line, id] : stops) EXPECT_EQ(bound_to(binding, "hard stop", line), id);
}

TEST(CoreProcedure, has_its_header_scope_and_activation) {
  const auto procedure = parsed(core_document());
  EXPECT_EQ(procedure.header.name, "Customer & Lead Management (CRM) — Core");
  EXPECT_EQ(procedure.header.module_title, "Core");
  EXPECT_EQ(procedure.header.version, "1.0");
  EXPECT_EQ(procedure.header.applies_to, "Tier 1 — all service businesses");
  EXPECT_EQ(procedure.header.last_updated, "2026-02-21");
  ASSERT_EQ(procedure.header.required_schemas.size(), 2u);
  EXPECT_EQ(procedure.header.required_schemas[1].words, "schemas/opportunity.json");
  EXPECT_EQ(procedure.header.required_schemas[1].place.line, 4);
  EXPECT_TRUE(procedure.header.extended_by.empty());
  EXPECT_EQ(procedure.scope.size(), 6u);
  EXPECT_EQ(procedure.scope[0].place.line, 21);
  EXPECT_TRUE(procedure.purpose.starts_with("You are the customer and lead"));
  EXPECT_EQ(procedure.activation.words.size(), 9u);
  EXPECT_TRUE(is_activated_by(procedure, "Any follow-ups today?"));
  EXPECT_TRUE(is_activated_by(procedure, "who are our CUSTOMERS"));
  EXPECT_FALSE(is_activated_by(procedure, "what a misleading headline"));
  EXPECT_TRUE(is_activated_by(procedure, ActivationEvent::inbound_email));
  EXPECT_TRUE(is_activated_by(procedure, ActivationEvent::web_form));
  EXPECT_TRUE(is_activated_by(procedure, ActivationEvent::stage_changed));
  EXPECT_TRUE(is_activated_by(procedure, ActivationEvent::scheduled_run));
  EXPECT_FALSE(is_activated_by(procedure, ActivationEvent::phone_call));
}

TEST(CoreProcedure, gives_the_rule_of_each_schedule) {
  const auto procedure = parsed(core_document());
  const auto stale = stale_lead_rule(procedure);
  EXPECT_TRUE(stale.is_active);
  EXPECT_EQ(stale.threshold.count, 3);
  EXPECT_EQ(stale.threshold.unit, DurationUnit::business_days);
  EXPECT_EQ(stale.statuses, (std::vector<std::string>{"new", "working"}));
  EXPECT_EQ(stale.when.cadence, Cadence::daily);
  const auto follow_ups = follow_up_rule(procedure);
  EXPECT_EQ(follow_ups.list.head.text(), "Today's follow-ups:");
  ASSERT_EQ(follow_ups.list.items.size(), 2u);
  EXPECT_EQ(follow_ups.list.form_for(ItemPurpose::call)->message.text(), "Call back [name] re: [topic]");
  EXPECT_EQ(follow_ups.list.form_for(ItemPurpose::proposal)->message.text(), "[name] expects a proposal by today");
  EXPECT_EQ(follow_ups.list.form_for(ItemPurpose::visit)->bullet, "— ");
  const auto pipeline = pipeline_rule(procedure);
  EXPECT_EQ(pipeline.when.weekdays, std::vector<Weekday>{Weekday::monday});
  EXPECT_EQ(pipeline.when.minute_or(0), 8 * 60);
  const auto win_loss = win_loss_rule(procedure);
  EXPECT_TRUE(win_loss.is_active);
  EXPECT_TRUE(win_loss.message.empty());
  EXPECT_EQ(win_loss.when.days_of_month, std::vector{1});
}

TEST(CoreProcedure, fills_the_weekly_block_by_the_labels_of_its_lines) {
  const auto procedure = parsed(core_document());
  const FactValues values = {{"today", "March 2"},         {"new_leads_count", "4"},
                             {"in_follow_up_count", "7"},  {"in_follow_up_average_days", "6"},
                             {"proposals_out_count", "3"}, {"proposals_out_value", "$9,100"},
                             {"won_count", "2"},           {"won_value", "$3,400"},
                             {"lost_count", "1"},          {"oldest_name", "Ana Ruiz"},
                             {"oldest_days", "31"},        {"oldest_stage", "inquiry"}};
  const auto rendered = render(pipeline_rule(procedure).message, *core_catalogue().find("T3"), values);
  EXPECT_EQ(rendered.text,
            "Pipeline — March 2\nNew leads this week: 4\nLeads in follow-up: 7 (avg age: 6 days)\nProposals out: 3 "
            "(total value: $9,100)\n"
            "Won this week: 2 ($3,400)\nLost this week: 1\n\nOldest open lead: Ana Ruiz — 31 days, stage: inquiry");
  EXPECT_TRUE(rendered.open.empty());
}

TEST(CoreProcedure, joins_wrapped_lines_of_a_message_and_keeps_its_sentences) {
  const auto procedure = parsed(core_document());
  const FactValues values = {{"lead_title", "leaking shower"},
                             {"contact_name", "Ana Ruiz"},
                             {"days_quiet", "4"},
                             {"last_touch_summary", "left voicemail"}};
  EXPECT_EQ(render(stale_lead_rule(procedure).message, *core_catalogue().find("T1"), values).text,
            "Heads up: the leaking shower lead from Ana Ruiz has had no activity in 4 days. Last touchpoint: left "
            "voicemail. Want me to "
            "draft a follow-up message?");
  EXPECT_EQ(draft_template(procedure, "DR3")->text(),
            "Great news — I have you on my list to get scheduled. I'll reach out shortly with available dates. Looking "
            "forward to it.");
  EXPECT_EQ(draft_template(procedure, "DR2")->rows.size(), 3u);
}

TEST(CoreProcedure, gives_each_trigger_what_it_sets_logs_asks_and_tells) {
  const auto procedure = parsed(core_document());
  const auto inquiry = trigger_rule(procedure, "EV1");
  EXPECT_EQ(inquiry.values("status"), std::vector<std::string>{"new"});
  EXPECT_EQ(inquiry.values("pipeline_stage"), std::vector<std::string>{"inquiry"});
  EXPECT_TRUE(inquiry.has(StepAction::match_contact));
  EXPECT_TRUE(inquiry.has(StepAction::notify_owner));
  EXPECT_FALSE(inquiry.has(StepAction::hand_off_scheduling));
  EXPECT_TRUE(inquiry.owner_message.text().starts_with("New inquiry from [name] — [title]. Phone: [number]."));
  const auto qualified = trigger_rule(procedure, "EV2");
  EXPECT_EQ(qualified.values("pipeline_stage"), (std::vector<std::string>{"needs_analysis", "estimate_sent"}));
  EXPECT_EQ(qualified.log.text(), "Lead qualified — moving to [stage].");
  EXPECT_TRUE(qualified.has(StepAction::hand_off_estimating));
  const auto converted = trigger_rule(procedure, "EV3");
  EXPECT_EQ(converted.values("stage"), (std::vector<std::string>{"estimating", "scheduled"}));
  EXPECT_TRUE(converted.has(StepAction::check_complete));
  EXPECT_TRUE(converted.has(StepAction::hand_off_scheduling));
  EXPECT_FALSE(converted.has(StepAction::hand_off_estimating));
  const auto won = trigger_rule(procedure, "EV4");
  EXPECT_EQ(won.values("stage"), std::vector<std::string>{"won"});
  EXPECT_EQ(won.values("close_date"), std::vector<std::string>{"today"});
  EXPECT_EQ(won.values("lifecycle_stage"), std::vector<std::string>{"customer"});
  EXPECT_EQ(won.log.text(), "Opportunity won — [deal name].");
  EXPECT_EQ(won.quickbooks_question.text(), "Create [customer name] in QuickBooks?");
  EXPECT_TRUE(won.has(StepAction::hand_off_scheduling));
  const auto lost = trigger_rule(procedure, "EV5");
  EXPECT_EQ(lost.reasons,
            (std::vector<std::string>{"price", "competition", "timing", "no_decision", "scope", "other"}));
  EXPECT_EQ(lost.reminder_question.text(), "Want me to set a reminder to check back with [name] in 90 days?");
  ASSERT_TRUE(lost.reminder.has_value());
  EXPECT_EQ(to_text(*lost.reminder), "90 days");
}

TEST(CoreProcedure, gives_each_request_what_it_asks_for_and_answers) {
  const auto procedure = parsed(core_document());
  const auto* add = find_request(procedure, "RQ1");
  ASSERT_NE(add, nullptr);
  ASSERT_EQ(add->asks.size(), 5u);
  EXPECT_EQ(add->asks[2].field, AskField::email);
  EXPECT_TRUE(add->asks[2].is_optional);
  EXPECT_FALSE(add->asks[1].is_optional);
  EXPECT_EQ(add->asks[4].field, AskField::source);
  EXPECT_EQ(add->asks[4].words, "how they heard about the business");
  EXPECT_EQ(
      add->confirmation.text(),
      "Added: [name], [phone]. I've noted them as a new prospect. Want to log any notes or open a lead for them?");
  const auto* log = find_request(procedure, "RQ2");
  ASSERT_EQ(log->questions.size(), 1u);
  EXPECT_EQ(log->questions[0].text(), "How did it go? Any next steps or follow-up needed?");
  EXPECT_EQ(values_of(log->fields, "follow_up_status"), std::vector<std::string>{"pending"});
  EXPECT_EQ(find_request(procedure, "RQ6")->asks[0].field, AskField::reason);
  EXPECT_EQ(find_request(procedure, "RQ9"), nullptr);
}

TEST(CoreProcedure, tells_how_long_a_lead_is_quiet_from_how_often_it_is_named) {
  struct Case {
    const char* words;
    int threshold, again;
  };
  const Case cases[] = {
      {"Flag each lead quiet for 4 business days.", 4, 5},
      {"Every lead that is silent for 7 business days.", 7, 5},
      {"Look at every open lead, quiet for 10 business days.", 10, 5},
      {"Look again at every lead with no interaction for 6 business days.", 6, 5},
      {"Flag each lead quiet for 4 business days, and again every 8 business days.", 4, 8},
      {"Flag leads quiet for 4 business days and again after 6 business days.", 4, 6},
      {"Flag leads quiet for 4 business days, then again, if nothing came, after 6 business days.", 4, 6},
      {"Flag leads quiet for 4 business days, and 6 business days after that.", 4, 6},
      {"Flag leads quiet for 4 business days. Repeat this every 9 business days.", 4, 9},
      {"Name a quiet lead again every 2 business days; leads count as quiet after 7 business days.", 7, 2},
      {"Leads created in the last 90 days and quiet for 5 business days.", 5, 5},
      {"Tell me about quiet leads every 2 business days.", 3, 2},
  };
  for (const auto& expected : cases) {
    const auto procedure =
        parsed("# Procedure: CRM\n\n## Scheduled Behaviors\n\n**Daily:**\n- " + std::string(expected.words) +
               "\n\n  > \"[title] has gone quiet. Shall I draft a follow-up?\"\n");
    const auto rule = stale_lead_rule(procedure);
    EXPECT_TRUE(rule.is_active) << expected.words;
    EXPECT_EQ(rule.threshold.count, expected.threshold) << expected.words;
    EXPECT_EQ(rule.again_after.count, expected.again) << expected.words;
    const auto problems = bind(procedure, core_catalogue(), core_schema()).problems;
    const bool warns = std::any_of(problems.begin(), problems.end(), [](const auto& problem) {
      return problem.message.find("how often a lead is named again") != std::string::npos;
    });
    EXPECT_EQ(warns, !rule.has_threshold) << expected.words;
  }
}

TEST(CoreProcedure, follows_an_edit_of_its_thresholds_days_words_and_templates) {
  auto text = core_document();
  text = edited(text, "past 3 business days", "past five (5) working days");
  text = edited(text, "**Weekly (Monday morning):**", "**Weekly (Thursday, 16:30):**");
  text = edited(text, "\"lead\", \"inquiry\"", "\"furnace\", \"inquiry\"");
  text = edited(text, "Won this week: [N] ($[X])", "Sold: [N] for [X]");
  text = edited(text, "in 90 days?", "in 120 days?");
  const auto procedure = parsed(text);
  EXPECT_EQ(stale_lead_rule(procedure).threshold.count, 5);
  EXPECT_EQ(stale_lead_rule(procedure).threshold.unit, DurationUnit::business_days);
  EXPECT_EQ(pipeline_rule(procedure).when.weekdays, std::vector<Weekday>{Weekday::thursday});
  EXPECT_EQ(pipeline_rule(procedure).when.minute_or(0), 16 * 60 + 30);
  EXPECT_TRUE(is_activated_by(procedure, "the furnace is out"));
  EXPECT_FALSE(is_activated_by(procedure, "a new lead"));
  EXPECT_EQ(to_text(*trigger_rule(procedure, "EV5").reminder), "120 days");
  const auto rendered = render(pipeline_rule(procedure).message, *core_catalogue().find("T3"),
                               {{"won_count", "2"}, {"won_value", "$3,400"}});
  EXPECT_NE(rendered.text.find("Sold: 2 for $3,400"), std::string::npos);
  EXPECT_TRUE(bound(procedure).is_complete());
  EXPECT_NE(parsed(core_document()).content_hash, procedure.content_hash);
}

TEST(CoreProcedure, reads_the_same_with_windows_line_ends_and_a_byte_order_mark) {
  const auto plain = parsed(core_document());
  const auto windows = parsed("\xEF\xBB\xBF" + edited(core_document(), "\n", "\r\n"));
  const auto binding = bound(windows);
  EXPECT_TRUE(binding.is_complete());
  EXPECT_EQ(problems_of(binding), "");
  EXPECT_EQ(bound_to(binding, "hard stop", 290), "HS5");
  EXPECT_EQ(pipeline_rule(windows).message.text(), pipeline_rule(plain).message.text());
}

TEST(CoreProcedure, refuses_one_more_hard_stop_that_nothing_enforces_and_names_file_line_guard_and_way_out) {
  const auto text = core_document() + "\n6. **No job booked on a Sunday.** Rest is sacred.\n";
  const auto binding = bound(parsed(text));
  EXPECT_FALSE(binding.would_start());
  ASSERT_FALSE(binding.problems.empty());
  const auto message = to_text(binding.problems.front());
  EXPECT_TRUE(message.starts_with("crm.md line 293: hard stop 6")) << message;
  EXPECT_NE(message.find("nearest is HS"), std::string::npos) << message;
  EXPECT_NE(message.find("write [HS"), std::string::npos) << message;
  EXPECT_EQ(message.find('\n'), std::string::npos);
}

TEST(CoreProcedure, refuses_a_condition_added_to_an_enforced_hard_stop) {
  const std::pair<const char*, const char*> edits[] = {
      {"without owner review.**", "without owner review on Sundays.**"},
      {"marked won without confirmation.**", "above $500 marked won without confirmation.**"},
      {"History\n   is permanent.", "History\n   is permanent, for seven years."},
      {"meaningful action.", "meaningful action. Dana may approve it as well."},
      {"No lead or contact deleted.**", "No lead or contact deleted without approval.**"}};
  for (const auto& [from, to] : edits) {
    const auto binding = bound(parsed(edited(core_document(), from, to)));
    EXPECT_FALSE(binding.would_start()) << to;
    EXPECT_GE(binding.problems.front().place.line, 276) << to;
  }
}

TEST(CoreProcedure, refuses_a_required_schema_that_does_not_exist_with_its_line) {
  const auto binding =
      bound(parsed(edited(core_document(), "schemas/crm.json, ", "schemas/crm.json, schemas/fleet.json, ")));
  EXPECT_FALSE(binding.would_start());
  EXPECT_EQ(
      to_text(binding.problems.front()),
      "crm.md line 4: requires the schema schemas/fleet.json, which does not exist; add the file or correct the line");
}

TEST(CoreProcedure, prints_a_table_with_item_line_and_what_it_is_bound_to) {
  const auto procedure = parsed(core_document());
  const auto table = check_table(procedure, bound(procedure));
  EXPECT_NE(table.find("trigger: Opportunity won"), std::string::npos);
  EXPECT_NE(table.find("178     EV4"), std::string::npos) << table;
  EXPECT_NE(table.find("41 of 41 items bound; it would start"), std::string::npos);
}

}  // namespace
}  // namespace deskhand::procedure
