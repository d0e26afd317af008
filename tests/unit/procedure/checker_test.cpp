// What is bound and yet can not come true.
#include <gtest/gtest.h>

#include "procedure_testing.h"

namespace deskhand::procedure {
namespace {

using namespace testing;

std::string found_in(std::string_view sections) { return problems_of(bound(parsed(document(sections)))); }

bool has(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

TEST(Checker, names_steps_that_a_hard_stop_forbids) {
  const auto text = found_in(
      "## Event Triggers\n\n### Opportunity won\n\n"
      "1. Send the customer a thank-you text automatically.\n"
      "2. Delete the lead.\n"
      "3. Create the customer in QuickBooks.\n"
      "4. Email them the receipt.\n");
  EXPECT_TRUE(has(text, "line 9: \"Send the customer a thank-you text automatically.\" contradicts HS1")) << text;
  EXPECT_TRUE(has(text, "line 10: \"Delete the lead.\" contradicts HS2")) << text;
  EXPECT_TRUE(has(text, "line 11: \"Create the customer in QuickBooks.\" contradicts HS5")) << text;
  EXPECT_TRUE(has(text, "line 12: \"Email them the receipt.\" contradicts HS1")) << text;
  EXPECT_FALSE(has(text, "error:")) << text;
}

TEST(Checker, finds_no_contradiction_where_the_owner_is_asked_or_nothing_is_done) {
  const auto text = found_in(
      "## Event Triggers\n\n### Opportunity won\n\n"
      "1. Draft a thank-you to the customer and show it to the owner.\n"
      "2. Never delete the lead.\n"
      "3. Ask the owner: \"Create [customer name] in QuickBooks?\"\n"
      "4. Notify scheduling if someone has to drive out.\n"
      "5. Text the owner.\n");
  EXPECT_FALSE(has(text, "contradicts")) << text;
}

TEST(Checker, names_steps_triggers_and_requests_that_are_never_reached) {
  const auto text = found_in(
      "## Event Triggers\n\n### The moon is full\n\n1. Log it.\n\n"
      "### Opportunity lost\n\n1. Ask for the reason.\n2. Stop here.\n3. Log it.\n\n"
      "### Deal lost\n\n1. Log it.\n\n"
      "## Common Requests\n\n### \"Add a customer\"\nAsk for: name.\n\n### \"Add a customer\"\nAsk for: phone.\n");
  EXPECT_TRUE(has(
      text,
      "line 7: trigger \"The moon is full\" is not understood: no event ever fires it, so its 1 step is never reached"))
      << text;
  EXPECT_TRUE(has(text, "line 15: this step and what follows it are never reached: line 14 ends here")) << text;
  EXPECT_TRUE(has(text, "line 17: this trigger is never reached: line 11 is already bound to EV5")) << text;
  EXPECT_TRUE(has(text, "the request \"Add a customer\" is never reached")) << text;
}

TEST(Checker, names_fields_and_values_that_no_schema_has_with_the_nearest) {
  const auto text = found_in(
      "## Event Triggers\n\n### Lead qualified\n\n1. Set `leed_status` = working.\n2. Set lead `status` = workin.\n"
      "3. Set contact `pipeline_stage` = inquiry.\n");
  EXPECT_TRUE(has(text, "line 9: no schema has a field `leed_status`")) << text;
  EXPECT_TRUE(
      has(text, "line 10: `status` has no value `workin` in the schemas; it will not be set; did you mean `working`?"))
      << text;
  EXPECT_TRUE(has(text, "line 11: a contact has no field `pipeline_stage` (a lead has)")) << text;
}

TEST(Checker, checks_the_listing_of_the_data_section) {
  const auto text = found_in(
      "## Data You Work With\n\n```\nleads[]    — inquiries\n  lead_id\n  shoe_size — in inches\n  status — new | "
      "sleeping\n```\n");
  EXPECT_TRUE(has(text, "line 10: no schema has a field `shoe_size`")) << text;
  EXPECT_TRUE(has(text, "line 11: `status` has no value `sleeping`")) << text;
  EXPECT_FALSE(has(text, "lead_id")) << text;
}

TEST(Checker, says_what_a_placeholder_without_a_fact_leads_to) {
  const auto text = found_in(
      "## Follow-Up Drafting\n\n**Inquiry:**\n> Your [warranty] is fine, [name].\n\n"
      "## Event Triggers\n\n### New inquiry\n\n1. Notify the owner:\n   > [name] with [shoe size]\n");
  EXPECT_TRUE(has(text,
                  "line 8: [warranty] can't be filled in DR1 (a draft after an inquiry); it is asked for before this "
                  "draft is shown"))
      << text;
  EXPECT_TRUE(has(text, "[shoe size] can't be filled in EV1 (a new inquiry); it stays in the message as it is written"))
      << text;
}

TEST(Checker, warns_of_what_will_not_happen_and_starts_all_the_same) {
  const auto procedure = parsed(
      document("## Scheduled Behaviors\n\n**Quarterly:**\n\n- Pipeline summary\n- Water the plants.\n\n"
               "## Common Requests\n\n### \"Order lunch\"\nCall the diner.\n\n## Parking\n\nBehind the house.\n"));
  const auto binding = bound(procedure);
  EXPECT_TRUE(binding.would_start());
  EXPECT_FALSE(binding.is_complete());
  const auto text = problems_of(binding);
  EXPECT_TRUE(has(text, "\"Quarterly\" is no time that can be run; T3 is only given on demand")) << text;
  EXPECT_TRUE(has(text, "schedule \"Water the plants.\" is not understood: nothing runs for it")) << text;
  EXPECT_TRUE(has(text, "request \"Order lunch\" is not understood")) << text;
  EXPECT_TRUE(has(text, "the section \"Parking\" is none that is carried out")) << text;
}

TEST(Checker, needs_no_schema_to_check_the_rest) {
  const auto procedure = parsed(document("## Events\n\n### Lead qualified\n\n1. Set `anything` = goes.\n"));
  SchemaNames none;
  none.files = {"schemas/crm.json"};
  EXPECT_EQ(problems_of(bind(procedure, core_catalogue(), none)),
            "warning: crm.md line 1: no hard stops; the guards hold all the same, but nothing here says so\n");
}

}  // namespace
}  // namespace deskhand::procedure
