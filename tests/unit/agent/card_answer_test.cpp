#include "agent/card_answer.h"

#include <gtest/gtest.h>

namespace deskhand::agent {
namespace {

DeliveredCard card(const std::string& ref, bool in_last_reply = true) {
  DeliveredCard one;
  one.ref = ref;
  one.fingerprint = "print of " + ref;
  one.summary = "E-mail to Ana Ruiz";
  one.kind = ApprovalKind::send_message;
  one.draft_text = "Hi Ana, are you free on Tuesday? The price is $400.";
  one.in_last_reply = in_last_reply;
  return one;
}

AnswerContext context_of(std::vector<DeliveredCard> cards) {
  AnswerContext context;
  int number = 0;
  for (const DeliveredCard& one : cards) context.list.push_back({++number, Noun::approval, one.ref, one.summary});
  context.cards = std::move(cards);
  context.now = {*make_day(2026, 3, 2), 9 * 60, 0};  // a Monday
  return context;
}

std::vector<CardAction> actions(std::string_view text, const AnswerContext& context) {
  const CardAnswer answer = read_card_answer(text, context);
  const auto* list = std::get_if<std::vector<CardAction>>(&answer);
  return list == nullptr ? std::vector<CardAction>{} : *list;
}

bool is_question(std::string_view text, const AnswerContext& context) { return std::holds_alternative<AskBack>(read_card_answer(text, context)); }
bool is_no_answer(std::string_view text, const AnswerContext& context) { return std::holds_alternative<NotAnAnswer>(read_card_answer(text, context)); }

TEST(CardAnswer, reads_a_plain_yes_for_the_only_card_with_its_fingerprint) {
  for (const char* yes : {"yes", "Yes!", "send it", "go ahead", "ok", "yep send it"}) {
    const auto read = actions(yes, context_of({card("A-5")}));
    ASSERT_EQ(read.size(), 1u) << yes;
    EXPECT_EQ(read[0].ref, "A-5");
    EXPECT_EQ(read[0].fingerprint, "print of A-5");
    EXPECT_EQ(read[0].verdict, CardVerdict::approve);
  }
}

TEST(CardAnswer, never_takes_for_a_yes_what_is_not_only_a_yes) {
  for (const char* text : {"yes but change the price to $450", "yes? what does it say", "yesterday he called", "ok so add a new customer Bo Lind", "no wait", "is it ok?",
                           "don't send it", "yes and no", "I said yes to Bo", "send it tomorrow", "not yes", "yes yes no"}) {
    for (const CardAction& action : actions(text, context_of({card("A-5")}))) EXPECT_NE(action.verdict, CardVerdict::approve) << text;
  }
}

TEST(CardAnswer, asks_which_when_two_cards_are_open) {
  EXPECT_TRUE(is_question("yes", context_of({card("A-5"), card("A-6")})));
  EXPECT_TRUE(is_question("no", context_of({card("A-5"), card("A-6")})));
}

TEST(CardAnswer, asks_when_another_question_stands_between_the_card_and_the_yes) {
  AnswerContext context = context_of({card("A-5", false)});
  context.last_reply_asked = true;
  EXPECT_TRUE(is_question("yes", context));
  EXPECT_EQ(actions("approve A-5", context).size(), 1u);
}

TEST(CardAnswer, takes_a_card_that_is_named) {
  const auto read = actions("approve A-6", context_of({card("A-5"), card("A-6")}));
  ASSERT_EQ(read.size(), 1u);
  EXPECT_EQ(read[0].ref, "A-6");
  EXPECT_TRUE(is_question("approve A-9", context_of({card("A-5")})));
}

DeliveredCard card_for(const std::string& ref, const std::string& recipient) {
  DeliveredCard one = card(ref);
  one.recipient = recipient;
  one.summary = "E-mail to " + recipient;
  return one;
}

TEST(CardAnswer, takes_a_card_named_by_whom_it_is_for) {
  const AnswerContext context = context_of({card_for("A-5", "Ana Ruiz"), card_for("A-6", "Carla Smith-Jones")});
  for (const char* yes : {"send the one to Carla", "approve the draft for Carla Smith-Jones", "send Carla's", "ok send carlas", "the Smith-Jones one can go", "ok the carla draft can go out", "yes to the one for carla"}) {
    const auto read = actions(yes, context);
    ASSERT_EQ(read.size(), 1u) << yes;
    EXPECT_EQ(read[0].ref, "A-6") << yes;
    EXPECT_EQ(read[0].verdict, CardVerdict::approve) << yes;
  }
  for (const char* no : {"bin the one for Ana", "no to the one to ana", "scrap the Ruiz one", "toss Ana's draft", "drop the follow-up for Ana"}) {
    const auto read = actions(no, context);
    ASSERT_EQ(read.size(), 1u) << no;
    EXPECT_EQ(read[0].ref, "A-5") << no;
    EXPECT_EQ(read[0].verdict, CardVerdict::reject) << no;
  }
  const auto both = actions("send Ana's, bin the one for Carla", context);
  ASSERT_EQ(both.size(), 2u);
  EXPECT_EQ(both[0].ref, "A-5");
  EXPECT_EQ(both[1].verdict, CardVerdict::reject);
}

TEST(CardAnswer, takes_no_name_for_a_yes_that_says_more_or_names_somebody_else) {
  const AnswerContext context = context_of({card_for("A-5", "Ana Ruiz"), card_for("A-6", "Carla Jones")});
  for (const char* text : {"send Ana the quote", "send Ana", "call Ana", "send Bo's", "send the one to Bo", "send Ana's once she calls", "is Carla's ok?", "Ana's fine with Tuesday", "send the invoice to Carla", "text Carla's husband",
                           "Ana's fine", "Ana's good", "Ana's ok", "ok, Ana's good", "anas good to go", "Ana's email is fine", "the email for Ana is right", "Ana's text is good"})
    EXPECT_TRUE(actions(text, context).empty()) << text;
}

TEST(CardAnswer, is_none_by_words_for_other_people_or_things) {
  for (const char* text : {"another one", "other one", "different person", "another customer", "another guy", "separate people"})
    for (const CardAction& action : actions(text, context_of({card("A-5")}))) EXPECT_NE(action.verdict, CardVerdict::approve) << text;
}

TEST(CardAnswer, asks_which_when_a_name_fits_two_cards) {
  EXPECT_TRUE(is_question("send the one to Ana", context_of({card_for("A-5", "Ana Ruiz"), card_for("A-6", "Ana Lopez")})));
  const auto read = actions("send the one to Ana Lopez", context_of({card_for("A-5", "Ana Ruiz"), card_for("A-6", "Ana Lopez")}));
  ASSERT_EQ(read.size(), 1u);
  EXPECT_EQ(read[0].ref, "A-6");
}

TEST(CardAnswer, leaves_a_line_of_another_list_to_the_model) {
  AnswerContext context = context_of({card_for("A-5", "Ana Ruiz")});
  context.cards.front().in_last_reply = false;
  context.list = {{1, Noun::lead, "L-1", "Shower \u2014 Ana Ruiz"}};
  EXPECT_TRUE(is_no_answer("drop the Ruiz one", context));
}

TEST(CardAnswer, adds_a_sentence_of_the_owners_before_the_signature) {
  DeliveredCard one = card("A-5");
  one.draft_text = "Hi Ana, shall we come?\n\nHill Plumbing";
  for (const char* text : {"add that I'm free Thursday at 3", "edit it, add that I'm free Thursday at 3"}) {
    const auto read = actions(text, context_of({one}));
    ASSERT_EQ(read.size(), 1u) << text;
    EXPECT_EQ(read[0].verdict, CardVerdict::edit);
    EXPECT_EQ(read[0].new_text, "Hi Ana, shall we come? I'm free Thursday at 3.\n\nHill Plumbing");
  }
}

TEST(CardAnswer, takes_the_owners_own_wording_with_its_question_mark) {
  const auto read = actions("change it to: Hi Ana, is Saturday at 11 fine?", context_of({card("A-5")}));
  ASSERT_EQ(read.size(), 1u);
  EXPECT_EQ(read[0].verdict, CardVerdict::edit);
  EXPECT_EQ(read[0].new_text, "Hi Ana, is Saturday at 11 fine?");
}

TEST(CardAnswer, reads_numbers_of_the_list_that_was_shown) {
  const auto read = actions("2 ok, 1 later Friday", context_of({card("A-5"), card("A-6")}));
  ASSERT_EQ(read.size(), 2u);
  EXPECT_EQ(read[0].ref, "A-6");
  EXPECT_EQ(read[0].verdict, CardVerdict::approve);
  EXPECT_EQ(read[1].ref, "A-5");
  EXPECT_EQ(read[1].verdict, CardVerdict::later);
  EXPECT_EQ(read[1].day, make_day(2026, 3, 6));
}

TEST(CardAnswer, leaves_numbers_of_another_list_alone) {
  AnswerContext context = context_of({card("A-5")});
  context.list = {{1, Noun::contact, "C-1", "Ana Ruiz"}, {2, Noun::contact, "C-2", "Ana Lopez"}};
  EXPECT_TRUE(is_no_answer("2", context));
  EXPECT_TRUE(is_no_answer("2 ok", context));
}

TEST(CardAnswer, turns_a_replacement_into_an_edit_of_words_that_are_there) {
  const auto read = actions("change Tuesday to Thursday", context_of({card("A-5")}));
  ASSERT_EQ(read.size(), 1u);
  EXPECT_EQ(read[0].verdict, CardVerdict::edit);
  EXPECT_EQ(read[0].replace_from, "Tuesday");
  EXPECT_EQ(read[0].replace_to, "Thursday");
}

TEST(CardAnswer, takes_the_edit_keys_words_as_the_new_text) {
  const auto read = actions("edit A-5: Hi Ana, call me.", context_of({card("A-5")}));
  ASSERT_EQ(read.size(), 1u);
  EXPECT_EQ(read[0].new_text, "Hi Ana, call me.");
}

TEST(CardAnswer, is_none_when_no_card_is_open) {
  EXPECT_TRUE(is_no_answer("yes", context_of({})));
  EXPECT_TRUE(is_no_answer("approve A-5", context_of({})));
}

TEST(CardAnswer, is_none_for_other_requests) {
  for (const char* text : {"log a call with Ana", "show me Ana Ruiz", "what's our pipeline?", "add a new customer", ""})
    EXPECT_TRUE(is_no_answer(text, context_of({card("A-5")}))) << text;
}

}  // namespace
}  // namespace deskhand::agent
