#include "base/text.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>

#include "base/utf8.h"

namespace deskhand {
namespace {

TEST(Utf8, is_only_what_the_standard_calls_well_formed) {
  for (const char* good : {"", "abc", "\u00e9", "\u20ac", "\U0001F600", "\U0010FFFF", "\uFFFF"})
    EXPECT_TRUE(is_utf8(good));
  for (const char* bad : {"\x80", "\xff", "\xc3", "\xc0\xaf", "\xe0\x80\xaf", "\xed\xa0\x80", "\xf4\x90\x80\x80",
                          "\xf0\x80\x80\x80", "\xe2\x82", "a\xc3(", "\xf8\x88\x80\x80\x80"}) {
    EXPECT_FALSE(is_utf8(bad));
  }
  EXPECT_TRUE(is_utf8(std::string_view("\0", 1)));
}

TEST(Utf8, replaces_each_bad_part_once) {
  EXPECT_EQ(to_utf8("a\xff"
                    "b"),
            "a\uFFFDb");
  EXPECT_EQ(to_utf8("\xe2\x82"), "\uFFFD");
  EXPECT_EQ(to_utf8("\xe2\x82x"), "\uFFFDx");
  EXPECT_EQ(to_utf8("\xc0\xaf"), "\uFFFD\uFFFD");
  EXPECT_EQ(to_utf8("Jos\xe9"), "Jos\uFFFD");
  EXPECT_EQ(to_utf8("caf\u00e9"), "caf\u00e9");
}

TEST(Utf8, writes_and_reads_every_character_back) {
  for (char32_t character = 0; character <= 0x10FFFF; character += character < 0x3000 ? 1 : 97) {
    if (character >= 0xD800 && character <= 0xDFFF) continue;
    std::string text;
    append_utf8(text, character);
    const CodePoint read = decode_utf8(text, 0);
    ASSERT_TRUE(read.valid);
    ASSERT_EQ(read.value, character);
    ASSERT_EQ(read.bytes, text.size());
  }
}

TEST(Utf8, of_random_bytes_always_becomes_well_formed) {
  std::mt19937 random(7);
  for (int round = 0; round < 20'000; ++round) {
    std::string bytes(random() % 12, ' ');
    for (char& byte : bytes) byte = static_cast<char>(random());
    const std::string text = to_utf8(bytes);
    ASSERT_TRUE(is_utf8(text));
    ASSERT_EQ(is_utf8(bytes), text == bytes);
    ASSERT_TRUE(is_utf8(printable(bytes)));
    ASSERT_TRUE(is_utf8(fold_name(bytes)));
    ASSERT_EQ(trim(std::string(trim(bytes))), trim(bytes));
    ASSERT_EQ(squeeze(squeeze(bytes)), squeeze(bytes));
    ASSERT_EQ(fold_name(fold_name(bytes)), fold_name(bytes));
  }
}

TEST(Text, is_trimmed_of_every_kind_of_space) {
  EXPECT_EQ(trim(" \t\r\n a b \v\f"), "a b");
  EXPECT_EQ(trim("\u00a0\u3000a\u2009\u00a0"), "a");
  EXPECT_EQ(trim(""), "");
  EXPECT_EQ(trim(" \u00a0 "), "");
  EXPECT_EQ(trim("\xff a \xff"), "\xff a \xff");
  EXPECT_EQ(trim("\u00e0"), "\u00e0");
}

TEST(Text, is_squeezed_to_single_spaces) {
  EXPECT_EQ(squeeze("  a \t\n b\u00a0\u00a0c  "), "a b c");
  EXPECT_EQ(squeeze(" \n "), "");
  EXPECT_EQ(squeeze("a"), "a");
}

TEST(Text, lowers_ascii_and_leaves_the_rest) { EXPECT_EQ(to_lower("Ana RUIZ \u00c9"), "ana ruiz \u00c9"); }

TEST(FoldedName, drops_case_and_accents) {
  EXPECT_EQ(fold_name("Jos\u00e9 \u00d1and\u00fa"), "jose nandu");
  EXPECT_EQ(fold_name("M\u00dcLLER"), "muller");
  EXPECT_EQ(fold_name("\u0141ukasz \u017b\u00f3\u0142\u0107"), "lukasz zolc");
  EXPECT_EQ(fold_name("Nguy\u1ec5n Th\u1ecb \u0110\u00e0o"), "nguyen thi dao");
  EXPECT_EQ(fold_name("S\u00f8ren \u00c5ngstr\u00f6m"), "soren angstrom");
  EXPECT_EQ(fold_name("\u0130stanbul \u0131\u011f\u0131r \u0218tefan \u021aepe\u0219"), "istanbul igir stefan tepes");
}

TEST(FoldedName, spells_out_double_letters) {
  EXPECT_EQ(fold_name("Stra\u00dfe"), "strasse");
  EXPECT_EQ(fold_name("STRA\u1e9eE"), "strasse");
  EXPECT_EQ(fold_name("\u00c6sir \u0152uvre \u00deor"), "aesir oeuvre thor");
}

TEST(FoldedName, is_the_same_for_composed_and_decomposed_accents) {
  EXPECT_EQ(fold_name("Jose\u0301"), fold_name("Jos\u00e9"));
  EXPECT_EQ(fold_name("n\u0303andu"), "nandu");
}

TEST(FoldedName, drops_apostrophes_and_punctuation) {
  EXPECT_EQ(fold_name("O'Brien"), "obrien");
  EXPECT_EQ(fold_name("O\u2019Brien"), "obrien");
  EXPECT_EQ(fold_name("Smith, Jr."), "smith jr");
  EXPECT_EQ(fold_name("\u201cBob\u201d (Robert) \u00bfYes?"), "bob robert yes");
  EXPECT_EQ(fold_name("J.R. Smith"), "jr smith");
}

TEST(FoldedName, turns_hyphens_and_white_space_into_one_space) {
  EXPECT_EQ(fold_name(" Smith - Jones "), "smith jones");
  EXPECT_EQ(fold_name("Smith\u2013Jones"), "smith jones");
  EXPECT_EQ(fold_name("Anne-Marie\u00a0\tLee-"), "anne marie lee");
  EXPECT_EQ(fold_name("A & B"), "a b");
  EXPECT_EQ(fold_name(" -.- "), "");
}

TEST(FoldedName, keeps_scripts_it_can_not_fold) {
  EXPECT_EQ(fold_name("\u674e\u96f7"), "\u674e\u96f7");
  EXPECT_EQ(fold_name("\u0418\u0432\u0430\u043d \u0401"), "\u0438\u0432\u0430\u043d \u0451");
  EXPECT_EQ(fold_name("\u0391\u03b8\u03b7"), "\u03b1\u03b8\u03b7");
}

TEST(FoldedName, sees_through_wide_letters_and_hidden_characters) {
  EXPECT_EQ(fold_name("\uff21\uff4e\uff41"), "ana");
  EXPECT_EQ(fold_name("A\u200bn\u200ea\ufeff"), "ana");
}

TEST(Prefix, never_ends_inside_a_character) {
  const std::string text = "a\u00e9\u20ac\U0001F600z";
  for (std::size_t bytes = 0; bytes <= text.size() + 2; ++bytes) {
    const std::string_view prefix = prefix_utf8(text, bytes);
    EXPECT_TRUE(is_utf8(prefix));
    EXPECT_LE(prefix.size(), bytes);
    EXPECT_GE(prefix.size() + 3, std::min(bytes, text.size()));
  }
}

TEST(Prefix, of_broken_text_does_not_run_away) {
  const std::string tail(100, '\x80');
  EXPECT_GE(prefix_utf8(tail, 50).size(), 47u);
}

TEST(Shortened, text_ends_in_an_ellipsis_only_when_cut) {
  EXPECT_EQ(shorten("short", 5), "short");
  EXPECT_EQ(shorten("shorter", 6), "sho\u2026");
  EXPECT_EQ(shorten("\u20ac\u20ac\u20ac", 8), "\u20ac\u2026");
  EXPECT_EQ(shorten("abcdef", 2), "ab");
  EXPECT_EQ(shorten("abcdef", 3), "\u2026");
  EXPECT_EQ(shorten("abcdef", 0), "");
}

TEST(Printable, text_can_not_steer_a_terminal) {
  EXPECT_EQ(printable("a\x1b[31mred\x07\x08\x7f\r\n\tend"), "a[31mred\n\tend");
  EXPECT_EQ(printable("a\u0080\u009bb"), "ab");
  EXPECT_EQ(printable(std::string_view("a\0b", 3)), "ab");
}

TEST(Printable, text_can_not_turn_the_reading_direction) {
  for (const char* mark : {"\u202a", "\u202b", "\u202c", "\u202d", "\u202e", "\u2066", "\u2067", "\u2068", "\u2069",
                           "\u200e", "\u200f", "\u061c"}) {
    EXPECT_EQ(printable(std::string("a") + mark + "b"), "ab");
  }
}

TEST(Printable, text_holds_nothing_invisible) {
  for (const char* mark : {"\u200b", "\u200c", "\u200d", "\u2060", "\ufeff", "\u00ad", "\U000E0041", "\U000E007F",
                           "\U000E0100", "\ufe0f", "\u3164", "\u2063"}) {
    EXPECT_EQ(printable(std::string("a") + mark + "b"), "ab");
  }
}

TEST(Printable, text_keeps_what_people_write) {
  const char* text = "Jos\u00e9: 25 \u20ac \u2013 \u201cOK\u201d \u674e \U0001F600\nline two\t\u05e9\u05dc\u05d5\u05dd";
  EXPECT_EQ(printable(text), text);
}

TEST(Printable, replaces_broken_bytes) {
  EXPECT_EQ(printable("a\xff"
                      "b"),
            "a\uFFFDb");
}

TEST(PrintableLine, is_one_line) {
  EXPECT_EQ(printable_line("a\r\nb\tc\u2028d"), "a b c d");
  EXPECT_EQ(printable_line("\n\n"), "  ");
}

TEST(Split, gives_one_part_more_than_separators) {
  EXPECT_EQ(split("a,b,,c", ','), (std::vector<std::string>{"a", "b", "", "c"}));
  EXPECT_EQ(split(",", ','), (std::vector<std::string>{"", ""}));
  EXPECT_EQ(split("a", ','), (std::vector<std::string>{"a"}));
}

TEST(Split, of_nothing_is_nothing) { EXPECT_TRUE(split("", ',').empty()); }

TEST(Join, undoes_split) {
  for (const char* text : {"", "a", "a,b", ",a,,", ","}) EXPECT_EQ(join(split(text, ','), ","), text);
  EXPECT_EQ(join({"a", "b"}, ", "), "a, b");
  EXPECT_EQ(join({}, ", "), "");
}

TEST(Text, compares_without_case) {
  EXPECT_TRUE(equal_ignoring_case("Ana", "aNA"));
  EXPECT_FALSE(equal_ignoring_case("Ana", "Anna"));
  EXPECT_TRUE(starts_with_ignoring_case("MAILTO:a", "mailto:"));
  EXPECT_FALSE(starts_with_ignoring_case("mail", "mailto:"));
  EXPECT_TRUE(starts_with_ignoring_case("x", ""));
  EXPECT_FALSE(equal_ignoring_case("[", "{"));
}

TEST(ReplaceAll, reads_the_text_once) {
  EXPECT_EQ(replace_all("aXbXc", "X", "--"), "a--b--c");
  EXPECT_EQ(replace_all("aaaa", "aa", "a"), "aa");
  EXPECT_EQ(replace_all("x", "x", "xx"), "xx");
  EXPECT_EQ(replace_all("abc", "", "z"), "abc");
  EXPECT_EQ(replace_all("abc", "b", ""), "ac");
}

// The definition, without the band and without the early end.
std::size_t plain_distance(const std::string& left, const std::string& right) {
  std::vector<std::vector<std::size_t>> cost(left.size() + 1, std::vector<std::size_t>(right.size() + 1));
  for (std::size_t row = 0; row <= left.size(); ++row) {
    for (std::size_t column = 0; column <= right.size(); ++column) {
      if (row == 0 || column == 0) {
        cost[row][column] = row + column;
        continue;
      }
      const std::size_t replaced = cost[row - 1][column - 1] + (left[row - 1] == right[column - 1] ? 0 : 1);
      cost[row][column] = std::min({replaced, cost[row - 1][column] + 1, cost[row][column - 1] + 1});
      if (row > 1 && column > 1 && left[row - 1] == right[column - 2] && left[row - 2] == right[column - 1]) {
        cost[row][column] = std::min(cost[row][column], cost[row - 2][column - 2] + 1);
      }
    }
  }
  return cost[left.size()][right.size()];
}

TEST(EditDistance, counts_single_edits_and_swaps) {
  EXPECT_EQ(edit_distance("kitten", "sitting", 9), 3u);
  EXPECT_EQ(edit_distance("abcd", "acbd", 9), 1u);
  EXPECT_EQ(edit_distance("", "abc", 9), 3u);
  EXPECT_EQ(edit_distance("", "", 0), 0u);
  EXPECT_EQ(edit_distance("a", "b", 0), 1u);
}

TEST(EditDistance, agrees_with_its_definition_up_to_the_limit) {
  std::mt19937 random(11);
  for (int round = 0; round < 20'000; ++round) {
    std::string left(random() % 9, ' '), right(random() % 9, ' ');
    for (char& letter : left) letter = static_cast<char>('a' + random() % 3);
    for (char& letter : right) letter = static_cast<char>('a' + random() % 3);
    const std::size_t limit = random() % 10, exact = plain_distance(left, right);
    const std::size_t shown = edit_distance(left, right, limit);
    ASSERT_EQ(shown, std::min(exact, std::min(limit, std::max(left.size(), right.size())) + 1))
        << left << " " << right << " " << limit;
  }
}

TEST(EditDistance, of_long_words_stays_cheap_and_stops_at_the_limit) {
  const std::string left(200'000, 'a');
  EXPECT_EQ(edit_distance(left, left + "b", 2), 1u);
  EXPECT_EQ(edit_distance(left, std::string(200'000, 'b'), 2), 3u);
  EXPECT_EQ(edit_distance(left, "a", 2), 3u);
}

TEST(Nearest, offers_the_word_that_was_meant) {
  const std::vector<std::string> known = {"name", "status", "phone", "email", "id"};
  EXPECT_EQ(nearest("nmae", known), "name");
  EXPECT_EQ(nearest("stat", known), "status");
  EXPECT_EQ(nearest("e-mail", known), "email");
  EXPECT_EQ(nearest("PHONE", known), "phone");
  EXPECT_EQ(nearest("phones", known), "phone");
}

TEST(Nearest, offers_nothing_when_nothing_is_near) {
  const std::vector<std::string> known = {"name", "status", "id"};
  EXPECT_EQ(nearest("address", known), "");
  EXPECT_EQ(nearest("x", known), "");
  EXPECT_EQ(nearest("", known), "");
  EXPECT_EQ(nearest("name", {}), "");
}

TEST(CountOf, says_one_thing_or_many) {
  EXPECT_EQ(count_of(1, "lead", "leads"), "1 lead");
  EXPECT_EQ(count_of(0, "lead", "leads"), "0 leads");
  EXPECT_EQ(count_of(2, "company", "companies"), "2 companies");
}

}  // namespace
}  // namespace deskhand
