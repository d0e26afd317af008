#include "procedure/markdown.h"

#include <gtest/gtest.h>

#include "base/limits.h"
#include "procedure_testing.h"

namespace deskhand::procedure {
namespace {

using namespace testing;

Block read(std::string_view text) {
  auto block = parse_markdown(text, "x.md");
  return block ? std::move(*block) : Block{};
}

std::string refusal(std::string_view text) {
  auto block = parse_markdown(text, "x.md");
  return block ? std::string() : block.error().message;
}

TEST(Markdown, keeps_placeholders_that_commonmark_would_take_for_links) {
  const auto quote = read("> [name]: thanks\n> [a](b) and \\[topic\\] and ![x](y)\n\n[name]: http://example.com\n");
  ASSERT_EQ(quote.children.size(), 2u);
  EXPECT_EQ(quote.children[0].children[0].prose.text, "[name]: thanks\n[a](b) and [topic] and ![x](y)");
  EXPECT_EQ(quote.children[1].prose.text, "[name]: http://example.com");
}

TEST(Markdown, counts_lines_through_wrapped_paragraphs_lists_and_code) {
  const auto root = read("para one\nwraps\n\n- item\n  goes on\n\n  > quote\n\n```\ncode\n```\n");
  EXPECT_EQ(root.children[0].prose.line_at(root.children[0].prose.text.find("wraps")), 2);
  const auto& item = root.children[1].children[0];
  EXPECT_EQ(item.line, 4);
  EXPECT_EQ(item.children[1].children[0].prose.line, 7);
  EXPECT_EQ(root.children[2].prose.line, 10);
  EXPECT_EQ(root.children[2].prose.text, "code");
}

TEST(Markdown, drops_tags_and_comments_and_keeps_what_they_hold) {
  EXPECT_EQ(read("a <b>bold</b> word <!-- not this -->here").children[0].prose.text, "a bold word here");
  const auto block = read("<div>\nkept\n</div>\n").children[0];
  EXPECT_NE(block.prose.text.find("kept"), std::string::npos);
  EXPECT_EQ(read("<!-- a note\nof two lines -->\n").children[0].prose.text.find("note"), std::string::npos);
}

TEST(Markdown, numbers_the_items_of_an_ordered_list_as_written) {
  const auto list = read("3) a\n4) b\n").children[0];
  EXPECT_EQ(list.children[0].level, 3);
  EXPECT_EQ(list.children[1].level, 4);
  EXPECT_EQ(read("* a\n").children[0].children[0].level, 0);
}

TEST(Markdown, refuses_in_one_line_what_is_no_text_too_large_too_deep_or_too_long) {
  EXPECT_EQ(refusal("fine\n\xff\xfe\n"), "x.md line 2: not UTF-8 text; save the file as UTF-8");
  EXPECT_NE(refusal(std::string(10 * 1024 * 1024, 'a')).find("10485760 bytes"), std::string::npos);
  EXPECT_NE(refusal(std::string(limits::kProcedureLineBytes + 1, 'a')).find("break the line"), std::string::npos);
  std::string run;
  while (run.size() <= limits::kProcedureRunBytes) run += "word\n";
  EXPECT_NE(refusal(run).find("blank line"), std::string::npos);
  std::string deep;
  for (int level = 0; level < 60; ++level) deep += "> ";
  EXPECT_NE(refusal(deep + "x\n").find("nested"), std::string::npos);
  std::string many;
  for (std::size_t count = 0; count <= limits::kProcedureBlocks; ++count) many += "x\n\n";
  EXPECT_NE(refusal(many).find("modules"), std::string::npos);
  for (const auto& text : {std::string("\xff"), deep, many}) EXPECT_EQ(refusal(text).find('\n'), std::string::npos);
}

TEST(Markdown, survives_what_makes_parsers_slow_within_its_bounds) {
  for (const std::string_view unit :
       {"*a_ ", "<!--", "`a", "[", "](", "**a<b", "- - ", "> > ", "|-|", "a\\", "![[]()", "&#0;"}) {
    std::string text;
    while (text.size() + unit.size() < limits::kProcedureLineBytes) text += unit;
    for (int paragraph = 0; paragraph < 3; ++paragraph) text += "\n\n" + text.substr(0, 8000);
    (void)parse_procedure("# P\n\n## Hard Stops\n\n" + text, "x.md");
  }
}

TEST(Markdown, of_nothing_is_a_procedure_of_nothing) {
  for (const std::string_view text : std::initializer_list<std::string_view>{
           "", "\n", "---\n", "---\n---\n", "\xEF\xBB\xBF", "#", "# \n", "\r\r\n", std::string_view("\0", 1)}) {
    auto procedure = parse_procedure(text, "x.md");
    ASSERT_TRUE(procedure.has_value());
    EXPECT_TRUE(procedure->hard_stops.empty());
    (void)check_table(*procedure, bound(*procedure));
  }
}

}  // namespace
}  // namespace deskhand::procedure
