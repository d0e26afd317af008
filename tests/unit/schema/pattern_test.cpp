// ECMA-262 patterns as RE2 runs them.
#include "schema/pattern.h"

#include <gtest/gtest.h>

#include <string>

namespace deskhand::schema {
namespace {

bool found(const char* pattern, std::string_view text) {
  const Result<std::unique_ptr<Pattern>> made = Pattern::make(pattern);
  EXPECT_TRUE(made) << pattern << ": " << made.error().message;
  return made && (*made)->found_in(text);
}

std::string pattern_refusal(std::string_view pattern) {
  const Result<std::unique_ptr<Pattern>> made = Pattern::make(pattern);
  EXPECT_FALSE(made) << pattern;
  return made ? "" : made.error().message;
}

TEST(Pattern, finds_its_text_anywhere_unless_it_is_tied_to_the_ends) {
  EXPECT_TRUE(found("b+", "abbc"));
  EXPECT_FALSE(found("^b", "ab"));
  EXPECT_FALSE(found("^abc$", "abc\n")) << "$ is the very end";
  EXPECT_FALSE(found("^b", "a\nb")) << "^ is the very start";
  EXPECT_TRUE(found("", "anything"));
}

TEST(Pattern, reads_escapes_as_ecma_262_does) {
  EXPECT_TRUE(found("^\\cC$", "\x03"));
  EXPECT_TRUE(found("^\\t\\n\\v\\f\\r$", "\t\n\v\f\r"));
  EXPECT_TRUE(found("^\\x41\\u0042\\u{43}$", "ABC"));
  EXPECT_TRUE(found("^\\uD83D\\uDE00$", "\xF0\x9F\x98\x80"));
  EXPECT_TRUE(found("^\\/\\.\\-$", "/.-"));
  EXPECT_TRUE(found("^\\0$", std::string_view("\0", 1)));
  EXPECT_TRUE(found("^[\\b]$", "\b"));
}

TEST(Pattern, knows_white_space_of_all_scripts_but_digits_and_words_of_ascii) {
  EXPECT_TRUE(found("^\\s$", "\xC2\xA0"));
  EXPECT_TRUE(found("^[\\s]$", "\xE2\x80\xA8"));
  EXPECT_FALSE(found("^\\S$", "\xEF\xBB\xBF"));
  EXPECT_TRUE(found("^[^\\S]$", " "));
  EXPECT_TRUE(found("^[\\Sx]$", "\xC3\xA9"));
  EXPECT_FALSE(found("^\\d$", "\xDF\x80"));
  EXPECT_FALSE(found("^\\w$", "\xC3\xA9"));
  EXPECT_TRUE(found("^\\W$", "\xC3\xA9"));
}

TEST(Pattern, lets_a_dot_be_one_character_but_no_line_end) {
  EXPECT_TRUE(found("^.$", "\xC3\xA9"));
  EXPECT_FALSE(found(".", "\n\r\xE2\x80\xA8\xE2\x80\xA9"));
}

TEST(Pattern, reads_classes_as_ecma_262_does) {
  EXPECT_TRUE(found("^[a-c\\d_-]+$", "ab9_-"));
  EXPECT_TRUE(found("^[[:alpha:]]$", ":]")) << "there are no classes by name";
  EXPECT_FALSE(found("[]", "a")) << "an empty class fits nothing";
  EXPECT_TRUE(found("^[^]$", "\n")) << "its negation fits anything";
  EXPECT_TRUE(found("^[\\w-.]+$", "a-.")) << "a hyphen beside a set is itself";
  EXPECT_TRUE(found("^[^\\d]$", "a"));
  EXPECT_TRUE(found("^[.*+?^$()|]+$", ".*+?^$()|"));
}

TEST(Pattern, reads_groups_choices_and_repeats) {
  EXPECT_TRUE(found("^(?:ab|c){2,3}?$", "abcab"));
  EXPECT_TRUE(found("^(?<year>\\d{4})-(\\d{2})$", "2026-03"));
  EXPECT_TRUE(found("^a{2,}$", "aaa"));
  EXPECT_TRUE(found("^x{0}y$", "y"));
  EXPECT_TRUE(found("^{a}{,3}]$", "{a}{,3}]")) << "braces that repeat nothing are ordinary";
}

TEST(Pattern, knows_unicode_properties) {
  EXPECT_TRUE(found("^\\p{L}+$", "Z\xC3\xBCrich"));
  EXPECT_TRUE(found("^\\p{Letter}+$", "Z\xC3\xBCrich"));
  EXPECT_TRUE(found("^\\p{Script=Greek}$", "\xCE\xB1"));
  EXPECT_TRUE(found("^[\\p{Lu}\\d]+$",
                    "\xC3\x84"
                    "1"));
  EXPECT_FALSE(found("^\\P{Nd}$", "5"));
}

TEST(Pattern, refuses_what_re2_can_not_run_and_says_what_it_is) {
  EXPECT_NE(pattern_refusal("^(?=.*\\d).+$").find("looking ahead"), std::string::npos);
  EXPECT_NE(pattern_refusal("(?<!a)b").find("looking behind"), std::string::npos);
  EXPECT_NE(pattern_refusal("(a)\\1").find("reference back"), std::string::npos);
  EXPECT_NE(pattern_refusal("(?<n>a)\\k<n>").find("reference back"), std::string::npos);
  EXPECT_NE(pattern_refusal("a{1001}").find("1000 repeats"), std::string::npos);
  EXPECT_NE(pattern_refusal("\\p{Nonsense}").find("can not be run"), std::string::npos);
}

TEST(Pattern, refuses_what_is_no_regular_expression) {
  for (const char* wrong :
       {"(",     ")",    "a(b",    "[",        "[a",    "*",      "a**", "a{2}{3}", "^*",    "\\b+",        "+a",
        "|*",    "(?a)", "(?<>a)", "(?<1a>b)", "\\",    "\\Z",    "\\a", "\\_\\q",  "\\u12", "\\u{110000}", "\\ud800",
        "\\u{}", "\\x4", "\\c1",   "\\08",     "[z-a]", "a{3,2}", "\\p", "\\p{",    "\\p{}", "\\p{a b}",    "[\\"}) {
    EXPECT_NE(pattern_refusal(wrong).find("not a regular expression"), std::string::npos) << wrong;
  }
  EXPECT_NE(pattern_refusal("\xFF").find("UTF-8"), std::string::npos);
}

TEST(Pattern, bounds_what_it_takes_on) {
  EXPECT_NE(pattern_refusal(std::string(10'000, 'a')).find("bytes"), std::string::npos);
  EXPECT_NE(pattern_refusal("((a{1000}){1000}){1000}").find("too big"), std::string::npos);
  EXPECT_NE(pattern_refusal("(?:\\p{L}{100}){100}").find("too big"), std::string::npos);
  EXPECT_NE(pattern_refusal("(a{40}){40}").find("can not be run"), std::string::npos) << "RE2 counts nested repeats together";
  EXPECT_NE(pattern_refusal(std::string(2000, '(') + std::string(2000, ')')).find("too deep"), std::string::npos);
}

TEST(Pattern, takes_linear_time_on_what_makes_others_hang) {
  EXPECT_FALSE(found("^(a+)+$", std::string(50'000, 'a') + "b"));
  EXPECT_FALSE(found("^(a|a)*$", std::string(50'000, 'a') + "b"));
}

TEST(Pattern, accepts_everything_the_translation_writes) {
  // One of each thing the reader can write, small enough that it is compiled only here.
  for (const char* pattern : {"a",
                              "^$",
                              "\\b\\B",
                              ".",
                              "\\.",
                              "[]",
                              "[^]",
                              "\\s\\S",
                              "[\\s\\S]",
                              "[^\\s\\S]",
                              "\\d\\D\\w\\W",
                              "()",
                              "(|)",
                              "a|",
                              "|",
                              "{",
                              "}",
                              "]",
                              "\\u00e9",
                              "\xC3\xA9",
                              "[\xC3\xA9-\xC3\xBC]",
                              "[\\]\\[^-]",
                              "a??",
                              "a*?",
                              "(?:)*",
                              "[\\d-x]",
                              "[a\\-z]"}) {
    const Result<std::unique_ptr<Pattern>> made = Pattern::make(pattern);
    ASSERT_TRUE(made) << pattern << ": " << made.error().message;
    EXPECT_TRUE((*made)->is_usable()) << pattern;
  }
}

}  // namespace
}  // namespace deskhand::schema
