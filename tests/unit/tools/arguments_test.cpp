// The small readers that every tool relies on.
#include "tools/arguments.h"

#include <gtest/gtest.h>

#include "base/json.h"
#include "tools/leads.h"
#include "tools/wording.h"
#include "tools/words.h"

namespace deskhand::tools {
namespace {

const Day kToday = *make_day(2026, 3, 2);

Org org() {
  Org org;
  org.region = "US";
  org.currency = "USD";
  return org;
}

TEST(Arguments, read_money_as_number_or_as_people_write_it) {
  const auto minor = [](const Json& value) { return money({{"amount", value}}, "amount", org()).value()->minor; };
  EXPECT_EQ(minor(2400), 240000);
  EXPECT_EQ(minor(2400.5), 240050);
  EXPECT_EQ(minor("$2,400"), 240000);
  EXPECT_EQ(minor("1.9k"), 190000);
  EXPECT_FALSE(money(Json::object(), "amount", org()).value());
  EXPECT_FALSE(money({{"amount", nullptr}}, "amount", org()).value());
  for (const Json& wrong : {Json("EUR 12"), Json(-1), Json(1e300), Json("lots"), Json(1.234)})
    EXPECT_FALSE(money({{"amount", wrong}}, "amount", org())) << wrong;
}

TEST(Arguments, read_days_in_the_calendars_form) {
  EXPECT_EQ(*day({{"on", "2026-03-05"}}, "on", kToday).value(), kToday.plus_days(3));
  EXPECT_EQ(*day({{"on", "Tomorrow"}}, "on", kToday).value(), kToday.plus_days(1));
  EXPECT_FALSE(day(Json::object(), "on", kToday).value());
  for (const char* wrong : {"2026-02-30", "soon", "03/05/2026"})
    EXPECT_FALSE(day({{"on", wrong}}, "on", kToday)) << wrong;
}

TEST(Arguments, read_phones_and_emails_each_once_with_the_first_as_primary) {
  const auto points = contact_points(
      {{"phones", {"512-555-0142", "(512) 555-0142"}}, {"phone", "512 555 0199"}, {"email", "A@b.example"}}, org(),
      "m1");
  ASSERT_TRUE(points) << points.error().message;
  ASSERT_EQ(points->size(), 3u);
  EXPECT_EQ((*points)[0].normal, "+15125550142");
  EXPECT_EQ((*points)[0].as_typed, "512-555-0142");
  EXPECT_EQ((*points)[1].position, 1);
  EXPECT_EQ((*points)[2].normal, "a@b.example");
  EXPECT_EQ((*points)[2].origin, "m1");
  EXPECT_FALSE(contact_points({{"phone", "911"}}, org(), ""));
}

TEST(Arguments, split_names_at_the_last_space_and_turn_a_comma_round) {
  const auto is = [](std::string_view whole, std::string_view first, std::string_view last) {
    const PersonName name = split_name(whole);
    EXPECT_EQ(name.first, first);
    EXPECT_EQ(name.last, last);
  };
  is("Ana Ruiz", "Ana", "Ruiz");
  is("  Ana  Maria   Ruiz ", "Ana Maria", "Ruiz");
  is("Ruiz, Ana", "Ana", "Ruiz");
  is("Cher", "Cher", "");
  is(",", ",", "");
}

TEST(Arguments, keep_lists_short_and_without_repeats) {
  EXPECT_EQ(lines({{"tags", {"a", " A ", "", "b", "c"}}}, "tags", 2), (std::vector<std::string>{"a", "b"}));
  EXPECT_EQ(lines({{"tags", "one"}}, "tags", 5), std::vector<std::string>{"one"});
  EXPECT_EQ(integer({{"limit", 5000}}, "limit", 20, 1, 200), 200);
  EXPECT_EQ(integer({{"limit", "7"}}, "limit", 20, 1, 200), 7);
  EXPECT_EQ(integer({{"limit", "x"}}, "limit", 20, 1, 200), 20);
}

TEST(Arguments, show_nothing_that_moves_words_about) {
  EXPECT_EQ(line({{"name", "Ana\u202e\nRuiz\x1b[31m"}}, "name"), "Ana Ruiz[31m");
  EXPECT_EQ(text({{"note", " a\nb "}}, "note"), "a\nb");
}

TEST(Titles, are_the_first_sentence_kept_short) {
  EXPECT_EQ(title_from("Her shower leaks. For a week."), "Her shower leaks");
  EXPECT_EQ(title_from("\n  Fix it!\nsecond line"), "Fix it!");
  EXPECT_EQ(title_from(""), "");
  EXPECT_LE(title_from(std::string(500, 'x')).size(), 80u);
}

TEST(Words, compare_as_people_mean_them) {
  EXPECT_EQ(query_words("the José O'Brien’s lead"), (Words{"jose", "obrien"}));
  EXPECT_EQ(query_words("the lead"), (Words{"the", "lead"}));
  EXPECT_EQ(without_mistyped({"teh", "ruiz", "leed"}), Words{"ruiz"});
  EXPECT_TRUE(without_mistyped({"ana", "ruiz"}).empty());
  EXPECT_TRUE(same_stem("leaks", "leaking"));
  EXPECT_FALSE(same_stem("lea", "leaking"));
  EXPECT_FALSE(same_stem("boiler", "boil over a whole day"));
  EXPECT_EQ(best_fits({"ana", "ruiz"}, {{{"ana", "maria", "ruiz"}, {}, {}}, {{"ana", "ruiz"}, {}, {}}}),
            std::vector<std::size_t>{1});
  EXPECT_TRUE(best_fits({}, {{{"ana"}, {}, {}}}).empty());
}

TEST(Wordings, cut_off_the_closing_question_before_names_go_in) {
  const Said said = split_question("Added: [name]. Done! Want to open a lead for [name]?");
  EXPECT_EQ(said.text, "Added: [name]. Done!");
  EXPECT_EQ(said.question, "Want to open a lead for [name]?");
  EXPECT_EQ(split_question("Only this?").question, "Only this?");
  EXPECT_EQ(split_question("No question.").question, "");
  EXPECT_EQ(filled("Hi [contact_name], [nothing]!", {{"contact_name", "[contact_name] Ruiz"}}),
            "Hi [contact_name] Ruiz, !");
}

}  // namespace
}  // namespace deskhand::tools
