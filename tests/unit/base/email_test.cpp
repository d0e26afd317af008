#include "base/email.h"

#include <gtest/gtest.h>

#include <random>

namespace deskhand {
namespace {

using Addresses = std::vector<std::string>;

Addresses found_in(std::string_view text) {
  Addresses addresses;
  for (const EmailMatch& match : find_emails(text, 20)) {
    EXPECT_EQ(text.substr(match.begin, match.end - match.begin), match.email.as_typed);
    addresses.push_back(match.email.folded);
  }
  return addresses;
}

void expect_refused(std::string_view text) {
  const auto email = parse_email(text);
  ASSERT_FALSE(email) << text;
  EXPECT_EQ(email.error().code, Code::invalid_argument);
  EXPECT_LT(email.error().message.size(), 200u);
  EXPECT_EQ(email.error().message.find_first_of("\r\n\x1b"), std::string::npos) << email.error().message;
}

TEST(Email, is_folded_to_lower_case_and_kept_as_typed) {
  const auto email = parse_email(" Ana@Ruiz.Example\n");
  ASSERT_TRUE(email);
  EXPECT_EQ(email->folded, "ana@ruiz.example");
  EXPECT_EQ(email->as_typed, "Ana@Ruiz.Example");
}

TEST(Email, drops_neither_tags_nor_dots) {
  EXPECT_EQ(parse_email("Ana.M+Leads@ruiz.example")->folded, "ana.m+leads@ruiz.example");
  EXPECT_NE(parse_email("a.b@gmail.com")->folded, parse_email("ab@gmail.com")->folded);
}

TEST(Email, may_stand_in_angle_brackets_or_a_mailto_link) {
  EXPECT_EQ(parse_email("<ana@ruiz.example>")->as_typed, "ana@ruiz.example");
  EXPECT_EQ(parse_email("mailto:ana@ruiz.example")->as_typed, "ana@ruiz.example");
}

TEST(Email, takes_every_unquoted_form) {
  for (const char* text :
       {"a@b.co", "o'brien@x.co.uk", "x_y-z@sub.domain.example", "1@2a.example", "a@123.example",
        "user%relay@x.example", "!#$%&'*+-/=?^_`{|}~@x.example", "a@xn--mller-kva.example", "a@b-c.example"}) {
    EXPECT_TRUE(parse_email(text)) << text;
  }
}

TEST(Email, may_use_letters_of_any_script) {
  EXPECT_EQ(parse_email("J\u00fcrgen@M\u00fcller.Example")->folded, "j\u00fcrgen@m\u00fcller.example");
  EXPECT_TRUE(parse_email("\u7528\u6237@\u4f8b\u5b50.\u5e7f\u544a"));
}

TEST(Email, is_refused_when_a_part_is_missing_or_misplaced) {
  for (const char* text : {"",
                           " ",
                           "ana",
                           "@",
                           "ana@",
                           "@ruiz.example",
                           "ana@ruiz",
                           "ana@@ruiz.example",
                           "a@b@c.example",
                           ".ana@ruiz.example",
                           "ana.@ruiz.example",
                           "a..b@ruiz.example",
                           "ana@.ruiz.example",
                           "ana@ruiz.example.",
                           "ana@ruiz..example",
                           "ana@-ruiz.example",
                           "ana@ruiz-.example",
                           "ana@ruiz.e",
                           "ana@192.168.0.1",
                           "ana@[192.168.0.1]",
                           "ana@ru_iz.example",
                           "ana ruiz@x.example",
                           "ana@ruiz .example",
                           "\"ana\"@ruiz.example",
                           "Ana <ana@ruiz.example>",
                           "ana@ruiz.example,",
                           "ana@ruiz.example;bob@x.example",
                           "ana(work)@ruiz.example",
                           "<ana@ruiz.example",
                           "<>",
                           "mailto:"}) {
    expect_refused(text);
  }
}

TEST(Email, can_not_carry_a_second_header_line) {
  expect_refused("ana@ruiz.example\r\nBcc: all@x.example");
  expect_refused("ana\n@ruiz.example");
  expect_refused(std::string("ana\0@ruiz.example", 17));
  expect_refused("ana\x7f@ruiz.example");
  expect_refused("ana\x1b[2J@ruiz.example");
}

TEST(Email, can_not_hide_characters) {
  for (const char* mark :
       {"\u200b", "\u202e", "\u00a0", "\u3000", "\ufeff", "\u0085", "\U000E0041", "\xff", "\xc0\xaf"}) {
    expect_refused(std::string("an") + mark + "a@ruiz.example");
    expect_refused(std::string("ana@ru") + mark + "iz.example");
  }
}

TEST(Email, keeps_to_the_lengths_of_the_standard) {
  const std::string label(63, 'd');
  EXPECT_TRUE(parse_email(std::string(64, 'a') + "@ruiz.example"));
  expect_refused(std::string(65, 'a') + "@ruiz.example");
  EXPECT_TRUE(parse_email("a@" + label + ".example"));
  expect_refused("a@" + label + "d.example");
  const std::string domain = label + "." + label + "." + label + "." + std::string(59, 'd') + ".ex";  // 254
  EXPECT_TRUE(parse_email(std::string(64, 'a') + "@" + domain));
  EXPECT_TRUE(parse_email("a@d" + domain.substr(1)));
  expect_refused("a@" + domain + "am");
  expect_refused(std::string(1'000'000, 'a'));
  expect_refused("a@" + std::string(1'000'000, 'b') + ".example");
}

TEST(FoundEmails, are_cut_out_of_sentences) {
  EXPECT_EQ(found_in("Write to ana@ruiz.example."), (Addresses{"ana@ruiz.example"}));
  EXPECT_EQ(found_in("ana@ruiz.example, bob@x.example; (c@y.example)!"),
            (Addresses{"ana@ruiz.example", "bob@x.example", "c@y.example"}));
  EXPECT_EQ(found_in("Is it ana@ruiz.example? Or 'ana@ruiz.example'"),
            (Addresses{"ana@ruiz.example", "ana@ruiz.example"}));
  EXPECT_EQ(found_in("ana@ruiz.example...thanks"), (Addresses{"ana@ruiz.example"}));
  EXPECT_EQ(found_in("ana@ruiz.example- and \u201cbob@x.example\u201d"),
            (Addresses{"ana@ruiz.example", "bob@x.example"}));
  EXPECT_EQ(found_in("ana@ruiz.example's inbox"), (Addresses{"ana@ruiz.example"}));
  EXPECT_EQ(found_in("*ana@ruiz.example* _x"), (Addresses{"ana@ruiz.example"}));
}

TEST(FoundEmails, come_out_of_brackets_links_and_headers) {
  EXPECT_EQ(found_in("From: Ana Ruiz <Ana@Ruiz.example>"), (Addresses{"ana@ruiz.example"}));
  EXPECT_EQ(found_in("<a href=\"mailto:ana@ruiz.example?subject=x\">"), (Addresses{"ana@ruiz.example"}));
  EXPECT_EQ(found_in("email=ana@ruiz.example&x=1"), (Addresses{"ana@ruiz.example"}));
  EXPECT_EQ(found_in("email:ana@ruiz.example"), (Addresses{"ana@ruiz.example"}));
  EXPECT_EQ(found_in("[ana@ruiz.example](mailto:ana@ruiz.example)"),
            (Addresses{"ana@ruiz.example", "ana@ruiz.example"}));
}

TEST(FoundEmails, keep_tags_and_letters_with_accents) {
  EXPECT_EQ(found_in("at O'Brien+leads@x.co.uk now"), (Addresses{"o'brien+leads@x.co.uk"}));
  EXPECT_EQ(found_in("\u00bfJ\u00fcrgen@m\u00fcller.example?"), (Addresses{"j\u00fcrgen@m\u00fcller.example"}));
  EXPECT_EQ(found_in("\u8bf7\u8054\u7cfbana@ruiz.example\u8c22\u8c22"), (Addresses{"ana@ruiz.example"}));
}

TEST(FoundEmails, are_not_other_things_with_an_at_sign) {
  for (const char* text :
       {"@ana", "ana@", "meet @ 5", "ana @ ruiz.example", "x@localhost", "5 @ $3.50", "a@b@c.example",
        "ana@@ruiz.example", "https://user:secret@host.example/", "me@192.168.0.1", "@@@@", "a@.b", "rate@5.5"}) {
    EXPECT_EQ(found_in(text), Addresses{}) << text;
  }
}

TEST(FoundEmails, longer_than_the_standard_allows_are_not_cut_to_fit) {
  EXPECT_EQ(found_in(std::string(65, 'a') + "@ruiz.example"), Addresses{});
  EXPECT_EQ(found_in(std::string(200, '.') + "a@ruiz.example"), (Addresses{"a@ruiz.example"}));
  EXPECT_EQ(found_in("a@" + std::string(300, 'b') + ".example"), Addresses{});
}

TEST(FoundEmails, stop_at_the_count_asked_for) {
  EXPECT_EQ(find_emails("a@x.example b@x.example c@x.example", 2).size(), 2u);
  EXPECT_TRUE(find_emails("a@x.example", 0).empty());
}

TEST(FoundEmails, of_random_text_are_addresses_and_lie_inside_it) {
  std::mt19937 random(17);
  const std::string letters = "ab.@-+'<>:/ ,\xc3\xbc\xff\n";
  for (int round = 0; round < 50'000; ++round) {
    std::string text(random() % 40, ' ');
    for (char& letter : text) letter = letters[random() % letters.size()];
    std::size_t last = 0;
    for (const EmailMatch& match : find_emails(text, 5)) {
      ASSERT_LE(last, match.begin);
      ASSERT_LE(match.end, text.size());
      const auto parsed = parse_email(match.email.as_typed);
      ASSERT_TRUE(parsed) << match.email.as_typed;
      ASSERT_EQ(*parsed, match.email);
      last = match.end;
    }
  }
}

TEST(EmailTag, is_dropped_for_showing_likely_matches) {
  EXPECT_EQ(without_tag("ana+leads@ruiz.example"), "ana@ruiz.example");
  EXPECT_EQ(without_tag("ana+a+b@ruiz.example"), "ana@ruiz.example");
  EXPECT_EQ(without_tag("ana@ruiz.example"), "ana@ruiz.example");
  EXPECT_EQ(without_tag("+ana@ruiz.example"), "+ana@ruiz.example");
  EXPECT_EQ(without_tag("ana@ru+iz"), "ana@ru+iz");
  EXPECT_EQ(without_tag("ana+x"), "ana+x");
  EXPECT_EQ(without_tag(""), "");
}

}  // namespace
}  // namespace deskhand
