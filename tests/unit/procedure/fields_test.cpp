#include "procedure/fields.h"

#include <gtest/gtest.h>

#include "procedure/asks.h"
#include "procedure/pieces.h"
#include "procedure/step_action.h"
#include "procedure/words.h"
#include "procedure_testing.h"

namespace deskhand::procedure {
namespace {

// "noun.field=a,b" for each use, parted by spaces; "?" for a mention, "=*" for a value said in prose.
std::string uses(std::string_view text) {
  Prose prose;
  prose.text = std::string(text);
  prose.line = 1;
  std::string result;
  for (const auto& use : field_uses_of(prose, "x.md")) {
    result += (result.empty() ? "" : " ") + (use.noun.empty() ? "" : use.noun + ".") + use.field;
    if (!use.has_values)
      result += "?";
    else
      result += "=" + (use.values.empty() ? "*" : join(use.values, ","));
  }
  return result;
}

TEST(Fields, are_read_with_the_values_that_prose_gives_them) {
  EXPECT_EQ(uses("Set `pipeline_stage` = needs_analysis or estimate_sent (as appropriate)."),
            "pipeline_stage=needs_analysis,estimate_sent");
  EXPECT_EQ(uses("leads with `status` in [new, working] where nothing"), "lead.status=new,working");
  EXPECT_EQ(uses("`status` = new, `pipeline_stage` = inquiry"), "status=new pipeline_stage=inquiry");
  EXPECT_EQ(uses("`source` = channel (phone_call, web_form, email)"), "source=phone_call,web_form,email");
  EXPECT_EQ(uses("`title` = brief job description"), "title=*");
  EXPECT_EQ(uses("`title` = breed and what they want"), "title=*");
  EXPECT_EQ(uses("Set `status` = disqualified, record reason."), "status=disqualified");
  EXPECT_EQ(uses("`status` = working and no activity"), "status=working");
  EXPECT_EQ(uses("(`follow_up_date` = today, `follow_up_status` = pending)"),
            "follow_up_date=today follow_up_status=pending");
  EXPECT_EQ(uses("does not have `quickbooks_customer_id`:"), "quickbooks_customer_id?");
  EXPECT_EQ(uses("`lead.status` is `working`"), "lead.status=working");
  EXPECT_EQ(uses("`status = new`"), "status=new");
  EXPECT_EQ(uses("set status = new"), "status=new");
  EXPECT_EQ(uses("see `schemas/crm.json` and `Some Words`"), "");
  EXPECT_EQ(uses("`lifecycle_stage` = customer, by `updated_at`, newest first"),
            "lifecycle_stage=customer updated_at?");
}

TEST(Fields, asked_for_are_told_apart_and_optional_ones_marked) {
  const auto asks = [](std::string_view text) {
    auto root = parse_markdown(text, "x.md");
    std::string result;
    for (const auto& ask : asks_of(root->children, "x.md"))
      result += (result.empty() ? "" : "; ") + ask.words + (ask.is_optional ? "?" : "");
    return result;
  };
  EXPECT_EQ(asks("Ask for: name, phone, e-mail if they have one, address, and where they heard of\nus."),
            "name; phone; e-mail?; address; where they heard of us");
  EXPECT_EQ(asks("Ask for:\n\n- name\n- email (optional)\n"), "name; email?");
  EXPECT_EQ(asks("Ask for the reason. Then stop."), "reason");
  EXPECT_EQ(asks("Ask: \"How did it go?\""), "");
}

TEST(Fields, choices_are_identifiers) {
  EXPECT_EQ(choices_of("Ask for reason: price | no decision | other."),
            (std::vector<std::string>{"price", "no_decision", "other"}));
  EXPECT_EQ(choices_of("Ask for the reason (price, timing or other)"),
            (std::vector<std::string>{"price", "timing", "other"}));
  EXPECT_TRUE(choices_of("Confirm the contact (name, phone)").empty());
}

TEST(Steps, are_understood_by_what_they_ask_for) {
  const auto does = [](std::string_view text, StepAction action) {
    const auto actions = actions_of(text);
    return std::find(actions.begin(), actions.end(), action) != actions.end();
  };
  EXPECT_TRUE(does("Look the person up by phone number.", StepAction::match_contact));
  EXPECT_TRUE(does("Let the owner know at once.", StepAction::notify_owner));
  EXPECT_TRUE(does("Pass it to scheduling.", StepAction::hand_off_scheduling));
  EXPECT_FALSE(does("Set `stage` = scheduled.", StepAction::hand_off_scheduling));
  EXPECT_FALSE(does("Set `pipeline_stage` = estimate_sent.", StepAction::hand_off_estimating));
  EXPECT_TRUE(does("Set `stage` = scheduled.", StepAction::set_field));
  EXPECT_FALSE(does("Say \"delete this and notify the owner\".", StepAction::notify_owner));
  EXPECT_TRUE(actions_of("Howl at the moon.").empty());
}

TEST(Words, part_sentences_without_tripping_over_abbreviations_numbers_and_quotes) {
  const auto count = [](std::string_view text) { return sentences_of(text).size(); };
  EXPECT_EQ(count("At 8 a.m. we open. Then we work."), 2u);
  EXPECT_EQ(count("It costs 1.5 hours, e.g. a lot."), 1u);
  EXPECT_EQ(count("Ask: \"How? When?\" Then write."), 2u);
  EXPECT_EQ(count("An \"unclosed quote. Goes on."), 2u);
  EXPECT_EQ(folded("Don’t e-mail the Owner's follow-up!"), "do not email the owner follow up");
  EXPECT_TRUE(Stems("Customers aren't deleted").match("customer not delete") > 0);
  EXPECT_EQ(Stems("an incoming inquiry").match("new|incoming inquiry !lost"), 2);
  EXPECT_EQ(Stems("an incoming inquiry, lost").match("new|incoming inquiry !lost"), 0);
}

}  // namespace
}  // namespace deskhand::procedure
