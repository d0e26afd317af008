#include "procedure/load.h"

#include <gtest/gtest.h>

#include <map>

#include "base/hash.h"
#include "procedure/rules.h"
#include "procedure_testing.h"

namespace deskhand::procedure {
namespace {

using namespace testing;

using Files = std::map<std::string, std::string>;

Result<Procedure> load(const Files& files, const std::string& main = "procedures/crm.md") {
  return load_procedure(main, [&](const std::string& name) -> Result<std::string> {
    const auto found = files.find(name);
    if (found == files.end()) return make_error(Code::not_found, name + " does not exist");
    return found->second;
  });
}

std::string file(std::string_view extended_by, std::string_view sections) {
  return "# Procedure: X\n**Version:** 1\n**Requires:** schemas/crm.json\n**Extended by:** " +
         std::string(extended_by) + "\n\n" + std::string(sections);
}

constexpr std::string_view kWon = "## Events\n\n### Opportunity won\n\n1. Log interaction: \"Won: [deal name].\"\n\n";
constexpr std::string_view kStops = "## Hard Stops\n\n1. **No lead or contact deleted.**\n";

TEST(Loading, a_module_overrides_what_has_the_same_heading_or_id_and_adds_the_rest) {
  const auto procedure =
      load({{"procedures/crm.md", file("roofing.md", std::string(kWon) + std::string(kStops))},
            {"procedures/roofing.md",
             file("none",
                  "## Events\n\n### Job accepted (won)\n\n1. Log interaction: \"Sold: [deal name].\"\n\n"
                  "### Opportunity lost\n\n1. Ask for the reason.\n\n"
                  "## Hard Stops\n\n1. **No duplicate customers created.**\n")}});
  ASSERT_TRUE(procedure.has_value()) << procedure.error().message;
  EXPECT_EQ(procedure->triggers.size(), 2u);
  EXPECT_EQ(trigger_rule(*procedure, "EV4").log.text(), "Sold: [deal name].");
  EXPECT_EQ(trigger_rule(*procedure, "EV4").place.file, "procedures/roofing.md");
  EXPECT_EQ(procedure->hard_stops.size(), 2u);
  EXPECT_EQ(procedure->files, (std::vector<std::string>{"procedures/crm.md", "procedures/roofing.md"}));
}

TEST(Loading, a_module_takes_no_hard_stop_away_and_its_own_must_be_kept_too) {
  const Files files = {{"procedures/crm.md", file("extra", kStops)},
                       {"procedures/extra.md", file("", "## Hard Stops\n\n1. **No discount above 10%.**\n")}};
  const auto procedure = load(files);
  ASSERT_TRUE(procedure.has_value());
  const auto binding = bound(*procedure);
  EXPECT_FALSE(binding.would_start());
  EXPECT_EQ(binding.problems.front().place.file, "procedures/extra.md");
  EXPECT_EQ(binding.problems.front().place.line, 8);
}

TEST(Loading, finds_modules_beside_the_file_or_by_their_folder) {
  const auto module = file("(none in current tier)", kWon);
  for (const auto* name : {"won.md", "won", "./won.md", "procedures/won.md", "`won.md`"})
    EXPECT_TRUE(load({{"procedures/crm.md", file(name, "")}, {"procedures/won.md", module}}).has_value()) << name;
  EXPECT_TRUE(load({{"crm.md", file("won", "")}, {"won.md", module}}, "crm.md").has_value());
}

TEST(Loading, refuses_missing_circular_and_escaping_modules_with_file_and_line) {
  const auto missing = load({{"procedures/crm.md", file("boarding.md", "")}});
  ASSERT_FALSE(missing.has_value());
  EXPECT_EQ(missing.error().code, Code::not_found);
  EXPECT_TRUE(
      missing.error().message.starts_with("procedures/crm.md line 4: extended by boarding.md, which does not exist"));
  const auto circle = load({{"procedures/crm.md", file("a.md", "")},
                            {"procedures/a.md", file("b.md", "")},
                            {"procedures/b.md", file("a.md", "")}});
  ASSERT_FALSE(circle.has_value());
  EXPECT_EQ(circle.error().code, Code::conflict);
  EXPECT_FALSE(load({{"procedures/crm.md", file("crm.md", "")}}).has_value());
  for (const auto* name : {"../secret.md", "/etc/passwd", "C:\\x.md", "a//b.md"}) {
    const auto escaped = load({{"procedures/crm.md", file(name, "")}});
    ASSERT_FALSE(escaped.has_value()) << name;
    EXPECT_EQ(escaped.error().code, Code::invalid_argument) << name;
  }
}

TEST(Loading, reads_a_module_named_twice_once_and_stops_at_the_bound) {
  const auto twice = load({{"procedures/crm.md", file("a.md, b.md", "")},
                           {"procedures/a.md", file("b.md", "")},
                           {"procedures/b.md", file("", kStops)}});
  ASSERT_TRUE(twice.has_value());
  EXPECT_EQ(twice->hard_stops.size(), 1u);
  Files chain;
  for (int number = 0; number < 40; ++number)
    chain["procedures/m" + std::to_string(number) + ".md"] = file("m" + std::to_string(number + 1) + ".md", "");
  const auto long_chain = load(chain, "procedures/m0.md");
  ASSERT_FALSE(long_chain.has_value());
  EXPECT_EQ(long_chain.error().code, Code::limit_exceeded);
}

TEST(Loading, hashes_one_file_by_its_bytes_and_several_by_all_of_them) {
  const auto main = file("a.md", "");
  const auto alone = load({{"procedures/crm.md", file("none", "")}});
  EXPECT_EQ(alone->content_hash, sha256_hex(file("none", "")));
  const auto first = load({{"procedures/crm.md", main}, {"procedures/a.md", file("", kStops)}});
  const auto second = load({{"procedures/crm.md", main}, {"procedures/a.md", file("", kWon)}});
  EXPECT_NE(first->content_hash, second->content_hash);
  EXPECT_EQ(first->content_hash.size(), 64u);
}

}  // namespace
}  // namespace deskhand::procedure
