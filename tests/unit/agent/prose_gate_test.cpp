// What may be shown while a model speaks, and what it takes for a claim.
#include "agent/prose_gate.h"

#include <gtest/gtest.h>

#include <fstream>
#include <iterator>

using namespace deskhand::agent;

namespace {

ClaimLexicon lexicon() {
  std::ifstream file(std::string(DESKHAND_SOURCE_DIR) + "/prompts/claims.txt");
  auto read = ClaimLexicon::read(std::string(std::istreambuf_iterator<char>(file), {}));
  EXPECT_TRUE(read);
  return read ? *read : ClaimLexicon{};
}

struct Screen {
  std::string text;
  ClaimLexicon claims = lexicon();
  ProseGate gate{[this](std::string_view words) { text += words; }, claims};
  void take_by_letters(std::string_view words) {
    for (const char letter : words) gate.take({&letter, 1});
  }
};

}  // namespace

TEST(ProseGate, shows_whole_sentences_as_they_come_and_the_last_at_the_end) {
  Screen screen;
  screen.gate.begin(false);
  screen.take_by_letters("Ana lives in Oak St. Her number is 512-555-0142. Want mo");
  EXPECT_EQ(screen.text, "Ana lives in Oak St. Her number is 512-555-0142. ");
  screen.take_by_letters("re?");
  screen.gate.end("Ana lives in Oak St. Her number is 512-555-0142. Want more?", false);
  EXPECT_EQ(screen.text, "Ana lives in Oak St. Her number is 512-555-0142. Want more?");
  EXPECT_EQ(screen.gate.rest_of(screen.text), "");
}

TEST(ProseGate, shows_nothing_once_the_turn_has_changed_something) {
  Screen screen;
  screen.gate.begin(true);
  screen.take_by_letters("Ana lives in Oak St. \n");
  screen.gate.end("Ana lives in Oak St. \n", false);
  EXPECT_EQ(screen.text, "");
}

TEST(ProseGate, closes_at_the_first_claim_or_announcement) {
  for (const char* words : {"Here she is. I've added Ana to the book. Anything else? ",
                            "Here she is. I'll add her now. Anything else? ", "Here she is. Nothing is pending. Bye. ",
                            "Here she is. Mail sent! Bye. ", "Here she is. I\xE2\x80\x99ll log that. Bye. "}) {
    Screen screen;
    screen.gate.begin(false);
    screen.take_by_letters(words);
    screen.gate.end(words, false);
    EXPECT_EQ(screen.text, "Here she is. ") << words;
    EXPECT_EQ(screen.gate.rest_of(words), std::string(words).substr(13));
  }
}

TEST(ProseGate, keeps_the_last_words_of_an_answer_that_goes_on_to_call) {
  Screen screen;
  screen.gate.begin(false);
  screen.take_by_letters("One of two. The other");
  screen.gate.end("One of two. The other", true);
  EXPECT_EQ(screen.text, "One of two. ");
}

TEST(ProseGate, shows_nothing_twice_when_an_answer_begins_anew) {
  Screen screen;
  screen.gate.begin(false);
  screen.take_by_letters("First one. Second one. Th");
  screen.gate.restart();
  screen.take_by_letters("First one. Second one. Third one.");
  screen.gate.end("First one. Second one. Third one.", false);
  EXPECT_EQ(screen.text, "First one. Second one. Third one.");
}

TEST(ProseGate, says_that_an_answer_broke_off_when_the_next_is_another) {
  Screen screen;
  screen.gate.begin(false);
  screen.take_by_letters("First one. Sec");
  screen.gate.restart();
  screen.take_by_letters("Another one.");
  screen.gate.end("Another one.", false);
  EXPECT_EQ(screen.text, "First one. \n(That answer broke off; here it is again.)\nAnother one.");
  EXPECT_EQ(screen.gate.rest_of("Another one."), "");
}
