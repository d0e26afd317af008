// What a model copies out of a mail is held against the mail: what stands there is kept with its place, what does not was made up.
#include "intake/checked_answer.h"

#include <gtest/gtest.h>

#include "base/json.h"
#include "tests/unit/intake/mails.h"

using namespace deskhand;
using namespace deskhand::intake;
using namespace deskhand::intake::testing;

namespace {

constexpr const char* kWords =
    "Goedemiddag,\n\nBij ons lekt de kraan in de badkamer, kunt u morgen langskomen?\nHet is erg dringend, niet te "
    "houden.\nBellen kan op 512+555+0142.\n\nJoost  de Vries\nKeizersgracht 12";

struct Asked {
  InboundMail mail;
  OwnWords words;
  Customer read;
};

Asked asked(const std::string& text = kWords) {
  Asked one;
  one.mail = mail_from("J. de Vries", "joost@vries.example", "Lekkage", text);
  one.words = {text, Place::text};
  return one;
}

CheckedAnswer check(const Asked& one, Json changes) {
  Json answer{{"wants_work", false}};
  for (const char* field : {"request", "name", "phone", "email", "address", "title", "urgency"}) answer[field] = nullptr;
  answer.update(changes);
  return check_answer(answer, one.mail, one.words, one.read, hill_plumbing());
}

}  // namespace

TEST(CheckedAnswer, keeps_what_stands_in_the_mail_in_the_mails_own_spelling_with_its_place) {
  const Asked one = asked();
  const CheckedAnswer checked = check(one, {{"wants_work", true},
                                            {"request", "kunt u morgen langskomen"},
                                            {"name", "joost de vries"},
                                            {"phone", "512-555-0142"},
                                            {"address", "Keizersgracht 12"},
                                            {"title", "lekt de kraan in de badkamer"}});
  EXPECT_TRUE(checked.dropped.empty());
  EXPECT_TRUE(checked.wants_work);
  EXPECT_EQ(checked.name.value, "Joost de Vries");
  EXPECT_EQ(one.words.text.substr(checked.name.source.span.begin, checked.name.source.span.size()), "Joost  de Vries");
  ASSERT_TRUE(checked.phone);
  EXPECT_EQ(checked.phone->phone.e164, "+15125550142");
  EXPECT_EQ(checked.address.value, "Keizersgracht 12");
  EXPECT_EQ(checked.title.value, "Lekt de kraan in de badkamer");
}

TEST(CheckedAnswer, drops_what_was_made_up_and_says_so) {
  const CheckedAnswer checked = check(asked(), {{"wants_work", true},
                                                {"request", "please repair our roof"},
                                                {"name", "Karel Smit"},
                                                {"phone", "512-555-0199"},
                                                {"email", "joost@elsewhere.example"},
                                                {"address", "Damrak 1, Amsterdam"},
                                                {"title", "leaking tap in the bathroom"},
                                                {"urgency", "emergency"}});
  EXPECT_FALSE(checked.wants_work);
  EXPECT_TRUE(checked.name.empty() && checked.address.empty() && checked.title.empty() && checked.urgency.empty());
  EXPECT_FALSE(checked.phone || checked.email);
  EXPECT_EQ(checked.dropped.size(), 7u);
}

TEST(CheckedAnswer, takes_no_part_of_a_word_or_a_number_for_the_whole) {
  const CheckedAnswer checked = check(asked("Bananas at 1512555014299"), {{"name", "Ana"}, {"phone", "512-555-0142"}});
  EXPECT_TRUE(checked.name.empty());
  EXPECT_FALSE(checked.phone);
}

TEST(CheckedAnswer, leaves_what_the_reader_found_and_what_it_put_aside) {
  Asked one = asked("My tenant Bo has 512-555-0143. Call me. Ana Ruiz, 9 Oak St");
  one.read.name = {"Ana Ruiz", {}};
  one.read.address = {"9 Oak St", {}};
  const CheckedAnswer checked = check(one, {{"name", "Bo"}, {"phone", "512-555-0143"}, {"address", "9 Oak St"}});
  EXPECT_TRUE(checked.name.empty() && checked.address.empty());
  EXPECT_FALSE(checked.phone);
  ASSERT_EQ(checked.dropped.size(), 2u);
  EXPECT_EQ(checked.dropped[0].field, "name");
  EXPECT_EQ(checked.dropped[1].field, "phone");
}

TEST(CheckedAnswer, takes_nothing_that_is_the_business_own) {
  const Asked one = asked("Hello Hill Plumbing, I wrote to office@hill.example and called 512-555-0100.");
  const CheckedAnswer checked =
      check(one, {{"name", "Hill Plumbing"}, {"phone", "512-555-0100"}, {"email", "office@hill.example"}});
  EXPECT_TRUE(checked.name.empty());
  EXPECT_FALSE(checked.phone || checked.email);
  EXPECT_EQ(checked.dropped.size(), 3u);
}

TEST(CheckedAnswer, hears_no_hurry_where_the_words_deny_it) {
  EXPECT_TRUE(check(asked("This is not urgent at all."), {{"urgency", "urgent"}}).urgency.empty());
  EXPECT_TRUE(check(asked("Es ist kein Notfall."), {{"urgency", "Notfall"}}).urgency.empty());
  EXPECT_FALSE(check(asked("Het is erg dringend."), {{"urgency", "dringend"}}).urgency.empty());
}

TEST(CheckedAnswer, completes_only_what_is_empty) {
  Asked one = asked();
  one.read.address = {"1 Elm St", {}};
  CheckedAnswer checked;
  checked.name = {"Joost de Vries", {}};
  checked.address = {"Keizersgracht 12", {}};
  complete(one.read, checked);
  EXPECT_EQ(one.read.name.value, "Joost de Vries");
  EXPECT_EQ(one.read.address.value, "1 Elm St");
}

TEST(PlaceOf, finds_words_across_blanks_marks_and_case_and_nothing_else) {
  EXPECT_TRUE(place_of("9 oak st", "at 9 Oak\nSt."));
  EXPECT_TRUE(place_of("Zürich", "nach Zürich bitte"));
  EXPECT_FALSE(place_of("9 oak", "19 oak"));
  EXPECT_FALSE(place_of("", "anything"));
  EXPECT_FALSE(place_of("...", "anything"));
}
