// Which hard stops a guard keeps, and which it does not.
#include "procedure/guard_meaning.h"

#include <gtest/gtest.h>

#include <set>

#include "guard/policies.h"
#include "hard_stop_sentences.h"
#include "procedure_testing.h"

namespace deskhand::procedure {
namespace {

using namespace testing;

// What the item alone is bound to, "" when it refuses the start.
std::string guard_of(std::string_view item, std::string_view applies_to = "") {
  const auto procedure = parsed("# Procedure: Test\n**Version:** 1\n**Applies to:** " + std::string(applies_to) +
                                "\n\n## Hard Stops\n\n1. " + std::string(item) + "\n");
  const auto binding = bind(procedure, core_catalogue(), SchemaNames{});
  std::string guard;
  for (const auto& row : binding.rows)
    if (row.kind == "hard stop") guard = row.bound_to;
  return binding.would_start() ? guard : "";
}

TEST(HardStop, is_bound_to_the_guard_that_keeps_it_and_to_none_otherwise) {
  for (const auto& sentence : kHardStopSentences) EXPECT_EQ(guard_of(sentence.text), sentence.guard) << sentence.text;
}

TEST(HardStop, agrees_with_the_sentences_that_others_wrote) {
  std::size_t lines = 0;
  for (const auto* file : {"accepted_hard_stops.txt", "refused_hard_stops.txt"}) {
    for (const auto& line : split(fixture(std::string("tests/fixtures/procedures/") + file), '\n')) {
      const auto tab = line.rfind('\t');
      if (tab == std::string::npos || line.starts_with("#")) continue;
      const auto expected = line.substr(tab + 1) == "NONE" ? "" : line.substr(tab + 1);
      EXPECT_EQ(guard_of(line.substr(0, tab)), expected) << line;
      ++lines;
    }
  }
  EXPECT_GT(lines, 200u);
}

TEST(HardStop, is_never_bound_once_a_condition_is_added) {
  const char* tails[] = {" on Sundays",
                         " above $500",
                         " for new customers",
                         ", except reminders",
                         " by Dana",
                         " within 2 days",
                         " if it is urgent",
                         " during the season",
                         " in December",
                         " without a lawyer",
                         " at night",
                         " after 9pm",
                         " unless Dana agrees",
                         " over the weekend",
                         " by the bookkeeper",
                         " apart from family",
                         " where possible",
                         " more than once a week",
                         " longer than 160 characters",
                         " and the accountant's",
                         " for 30 days"};
  const char* sentences[] = {" Except on Sundays.",
                             " This does not apply to reminders.",
                             " Dana may waive this.",
                             " Reminders go out by themselves.",
                             " Only for jobs above $500.",
                             " The bookkeeper decides.",
                             " Two yeses are needed.",
                             " Unless it is urgent.",
                             " Friends of the house don't count.",
                             " Up to 10 a day.",
                             " When the owner is away, Dana decides.",
                             " Also applies to suppliers."};
  for (const auto& sentence : kHardStopSentences) {
    if (sentence.guard.empty()) continue;
    const std::string text(sentence.text);
    for (const auto* more : sentences) EXPECT_EQ(guard_of(text + more), "") << text << more;
    const auto close = text.find(".**");
    if (close == std::string::npos) continue;
    for (const auto* tail : tails)
      EXPECT_EQ(guard_of(text.substr(0, close) + tail + text.substr(close)), "") << tail << " in " << text;
  }
}

TEST(HardStop, may_name_the_business_itself_without_naming_a_person) {
  const auto stop =
      "**No message sent to a customer without owner review.** Before a text leaves, Ridgeline asks the owner.";
  EXPECT_EQ(guard_of(stop, "Ridgeline Roofing"), "HS1");
}

TEST(HardStop, with_a_tag_frees_the_wording_and_nothing_else) {
  EXPECT_EQ(guard_of("**Nothing gets past my desk.** [HS1]"), "HS1");
  EXPECT_EQ(guard_of("**Nothing gets past my desk on Mondays.** [HS1]"), "");
  EXPECT_EQ(guard_of("**Nothing gets past my desk.** [HS1] Quotes under $200 do."), "");
  EXPECT_EQ(guard_of("**Nothing gets past my desk, and nothing is thrown out.** [HS1] [HS2]"), "HS1, HS2");
}

TEST(HardStop, outside_any_item_is_neither_ignored_nor_mistaken_for_an_introduction) {
  const auto starts = [](std::string_view prose) {
    return bound(
               parsed(document("## Hard Stops\n\n" + std::string(prose) + "\n\n1. **No lead or contact deleted.**\n")))
        .would_start();
  };
  EXPECT_TRUE(starts("These rules hold whatever happens:"));
  EXPECT_TRUE(starts("Never break these."));
  EXPECT_FALSE(starts("No job is booked without a deposit."));
  EXPECT_FALSE(starts("These do not apply on Sundays."));
}

TEST(HardStop, under_another_title_is_still_a_hard_stop) {
  const auto binding =
      bound(parsed(document("## The lines we stay behind\n\n- No discount is ever given.\n- Never delete a lead.\n")));
  EXPECT_FALSE(binding.would_start());
  EXPECT_EQ(bound_to(binding, "hard stop", 8), "HS2");
}

TEST(HardStop, keeps_an_unbound_item_an_error_however_many_warnings_there_are) {
  std::string text = document("## Events\n\n");
  for (int number = 0; number < 400; ++number) text += "### Full moon " + std::to_string(number) + "\n\n1. Howl.\n\n";
  text += "## Hard Stops\n\n1. **No discount above 10%.**\n";
  EXPECT_FALSE(bound(parsed(text)).would_start());
}

TEST(HardStop, binds_only_to_guards_that_exist_in_the_program) {
  std::set<std::string> ids;
  for (const auto& guard : guard::all_guards()) ids.insert(std::string(guard->rule_id()));
  for (const auto& item : core_catalogue().items) {
    if (item.kind == ItemKind::guard) {
      EXPECT_TRUE(ids.contains(item.id)) << item.id;
    }
  }
}

TEST(HardStop, binds_to_no_guard_that_the_catalogue_lacks) {
  auto catalogue = core_catalogue();
  std::erase_if(catalogue.items, [](const CatalogueItem& item) { return item.id == "HS2"; });
  const auto procedure = parsed(document("## Hard Stops\n\n1. **No lead or contact deleted.**\n"));
  EXPECT_FALSE(bind(procedure, catalogue, core_schema()).would_start());
}

}  // namespace
}  // namespace deskhand::procedure
