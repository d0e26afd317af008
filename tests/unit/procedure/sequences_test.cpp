// Sequences of follow-ups and the table of stages, as owners write them.
#include <gtest/gtest.h>

#include "procedure_testing.h"

namespace deskhand::procedure::testing {
namespace {

const Sequence& only(const Procedure& procedure) {
  EXPECT_EQ(procedure.sequences.size(), 1u);
  static const Sequence kNone;
  return procedure.sequences.empty() ? kNone : procedure.sequences.front();
}

TEST(Sequences, are_read_with_their_stage_their_waits_and_their_words) {
  const Procedure procedure = parsed(document(R"(## Sequences

### Estimate follow-up

**Starts in:** estimate sent
**Ends when:** the customer replies, the stage changes, they opt out, or the lead is closed

1. After 3 business days:

   > Hi [name], any questions about the estimate?

2. A week later:

   > Subject: Still on your list?
   >
   > Hi [name], shall we go ahead?
)"));
  const Sequence& sequence = only(procedure);
  EXPECT_EQ(sequence.name.words, "Estimate follow-up");
  EXPECT_EQ(sequence.starts_in, CanonicalState::quoted);
  EXPECT_TRUE(sequence.ends_on_reply && sequence.ends_on_stage_change);
  ASSERT_EQ(sequence.steps.size(), 2u);
  ASSERT_TRUE(sequence.steps[0].wait && sequence.steps[1].wait);
  EXPECT_EQ(to_text(*sequence.steps[0].wait), "3 business days");
  EXPECT_EQ(sequence.steps[0].message.text(), "Hi [name], any questions about the estimate?");
  EXPECT_EQ(to_text(*sequence.steps[1].wait), "1 week");
  EXPECT_EQ(sequence.steps[1].subject, "Still on your list?");
  EXPECT_EQ(sequence.steps[1].message.text(), "Hi [name], shall we go ahead?");
  const Binding binding = bound(procedure);
  EXPECT_EQ(problems_of(binding).find("sequence"), std::string::npos) << problems_of(binding);
  EXPECT_EQ(bound_to(binding, "sequence", 7), "sequence");
  EXPECT_EQ(bound_to(binding, "step", 12), "step 1");
}

TEST(Sequences, are_read_in_the_other_forms_that_people_write) {
  const Procedure headed = parsed(document(R"(## Nurture

### After a quote

- Stage: proposal
- Exits: opt-out; closed

#### Day 2
> Hi [name], did it arrive?

#### Day 7
> Hi [name], last note.
)"));
  const Sequence& by_day = only(headed);
  EXPECT_EQ(by_day.starts_in, CanonicalState::quoted);
  EXPECT_FALSE(by_day.ends_on_reply || by_day.ends_on_stage_change);
  ASSERT_EQ(by_day.steps.size(), 2u);
  EXPECT_TRUE(by_day.steps[1].counts_from_start);
  EXPECT_EQ(by_day.steps[1].wait->count, 7);
  EXPECT_EQ(by_day.steps[1].message.text(), "Hi [name], last note.");

  const Procedure flat = parsed(document(R"(## Follow-up sequence: New leads

Starts in: new

1. Immediately: "Hi [name], thank you for writing."
2. The next day

> Hi [name], are you there?

3. Two weeks after that, in our usual words
)"));
  const Sequence& lines = only(flat);
  EXPECT_EQ(lines.starts_in, CanonicalState::fresh);
  ASSERT_EQ(lines.steps.size(), 3u);
  EXPECT_EQ(lines.steps[0].wait->count, 0);
  EXPECT_EQ(lines.steps[0].message.text(), "Hi [name], thank you for writing.");
  EXPECT_EQ(lines.steps[1].wait->count, 1);
  EXPECT_EQ(lines.steps[1].message.text(), "Hi [name], are you there?");
  EXPECT_EQ(to_text(*lines.steps[2].wait), "2 weeks");
  EXPECT_TRUE(lines.steps[2].message.empty());
}

TEST(Sequences, say_on_which_line_something_of_them_will_not_happen) {
  const Procedure procedure = parsed(document(R"(## Sequences

### Somewhere

**Starts in:** limbo
**Ends when:** it rains

1. Remind them:

   > Hi [name], [the weather]?

### Nothing in it

Words only.
)"));
  const std::string problems = problems_of(bound(procedure));
  EXPECT_NE(problems.find("line 9: no stage is called \"limbo\""), std::string::npos) << problems;
  EXPECT_NE(problems.find("line 10: \"it rains\" ends no sequence"), std::string::npos) << problems;
  EXPECT_NE(problems.find("line 12: step 1 of \"Somewhere\" names no wait"), std::string::npos) << problems;
  EXPECT_NE(problems.find("line 14: [the weather] can't be filled"), std::string::npos) << problems;
  EXPECT_NE(problems.find("line 16: sequence \"Nothing in it\" is not understood"), std::string::npos) << problems;
}

TEST(Stages, are_read_from_a_table_that_says_what_they_do) {
  const Procedure procedure = parsed(document(R"(## Pipeline Stages

| Stage | Starts its sequence | Raise after |
|-------|---------------------|-------------|
| new | no | 2 business days |
| estimate sent | yes | 1 week |
| negotiating | | 5 |
| limbo | maybe | soon |
)"));
  ASSERT_EQ(procedure.stages.size(), 4u);
  EXPECT_EQ(procedure.stages[0].state, CanonicalState::fresh);
  EXPECT_EQ(procedure.stages[0].auto_nurture, false);
  EXPECT_EQ(procedure.stages[0].sla_days, 2);
  EXPECT_EQ(procedure.stages[1].state, CanonicalState::quoted);
  EXPECT_EQ(procedure.stages[1].auto_nurture, true);
  EXPECT_EQ(procedure.stages[1].sla_days, 5);
  EXPECT_FALSE(procedure.stages[2].auto_nurture);
  EXPECT_EQ(procedure.stages[2].sla_days, 5);
  const std::string problems = problems_of(bound(procedure));
  EXPECT_NE(problems.find("line 10: no sequence is for \"estimate sent\""), std::string::npos) << problems;
  EXPECT_NE(problems.find("line 12: no stage is called \"limbo\""), std::string::npos) << problems;
  EXPECT_NE(problems.find("line 12: \"maybe\" is neither yes nor no"), std::string::npos) << problems;
  EXPECT_NE(problems.find("line 12: \"soon\" is no number of business days"), std::string::npos) << problems;
}

TEST(Sequences, are_no_events_whose_title_speaks_of_a_sequence) {
  const Procedure procedure =
      parsed(document("## Sequence of events\n\n### Opportunity won\n\n1. Set `stage` = won.\n"));
  EXPECT_TRUE(procedure.sequences.empty());
  EXPECT_EQ(procedure.triggers.size(), 1u);
}

TEST(Sequences, of_a_module_take_the_place_of_those_of_the_same_name) {
  const auto read = [](const std::string& file) -> Result<std::string> {
    if (file == "crm.md")
      return std::string(
          "# Procedure: Core\n**Version:** 1\n**Extended by:** nurture.md\n\n## Sequences\n\n### Quotes\n\n1. After 1 "
          "day\n");
    return std::string(
        "# Procedure: More\n**Version:** 1\n\n## Sequences\n\n### Quotes\n\n1. After 2 days\n2. After 3 days\n\n### "
        "Visits\n\n1. After 1 day\n");
  };
  const auto procedure = load_procedure("crm.md", read);
  ASSERT_TRUE(procedure);
  ASSERT_EQ(procedure->sequences.size(), 2u);
  EXPECT_EQ(procedure->sequences[0].steps.size(), 2u);
}

TEST(Sequences, of_the_shipped_module_are_bound_without_a_word) {
  const Procedure procedure = parsed(fixture("procedures/nurture.md"), "nurture.md");
  EXPECT_EQ(procedure.sequences.size(), 2u);
  EXPECT_EQ(procedure.stages.size(), 6u);
  for (const auto& row : bound(procedure).rows) {
    if (row.kind != "sequence" && row.kind != "step" && row.kind != "stage") continue;
    EXPECT_NE(row.bound_to, "") << row.item;
  }
  EXPECT_TRUE(procedure.problems.empty());
  for (const auto& problem : bound(procedure).problems)
    EXPECT_NE(problem.message.find("hard stops"), std::string::npos) << to_text(problem);
}

}  // namespace
}  // namespace deskhand::procedure::testing
