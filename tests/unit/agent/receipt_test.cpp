// What a person is shown of a turn: rows before words.
#include "agent/receipt.h"

#include <gtest/gtest.h>

#include "base/text.h"

namespace deskhand::agent {
namespace {

ClaimLexicon small() { return *ClaimLexicon::read("done = sent logged\n^ {done}\ni {done}\n^ done\n"); }

TurnReceipts wrote(std::string line, std::string model_text) {
  TurnReceipts receipts;
  receipts.has_writes = true;
  receipts.told.push_back({std::move(line), true, true});
  receipts.model_text = std::move(model_text);
  return receipts;
}

std::string text_of(const ComposedReply& reply) {
  std::vector<std::string> lines = reply.before;
  lines.insert(lines.end(), reply.after.begin(), reply.after.end());
  return join(lines, "\n");
}

TEST(Receipt, of_a_write_is_the_tools_line_and_not_the_models) {
  const ComposedReply reply = compose_reply(
      wrote("Logged a call with Ana Ruiz (I-3).", "Everything is perfect now, she loves you."), small(), {});
  EXPECT_EQ(text_of(reply), "Logged a call with Ana Ruiz (I-3).");
  EXPECT_EQ(reply.prose.withheld, "Everything is perfect now, she loves you.");
}

TEST(Receipt, keeps_a_question_of_the_models_that_claims_nothing) {
  const ComposedReply reply =
      compose_reply(wrote("Added Ana Ruiz (C-1).", "I sent it. What is her number?"), small(), {});
  EXPECT_EQ(text_of(reply), "Added Ana Ruiz (C-1).\nWhat is her number?");
  EXPECT_TRUE(reply.asked);
  EXPECT_EQ(reply.prose.withheld, "I sent it.");
  EXPECT_EQ(reply.prose.claim, "i sent");
}

TEST(Receipt, shows_no_question_that_is_a_claim) {
  const ComposedReply reply = compose_reply(wrote("Added Ana Ruiz (C-1).", "I sent it, ok?"), small(), {});
  EXPECT_EQ(text_of(reply), "Added Ana Ruiz (C-1).");
  EXPECT_FALSE(reply.asked);
}

TEST(Receipt, of_a_claim_without_any_call_says_that_nothing_was_changed) {
  TurnReceipts receipts;
  receipts.model_text = "Sent to Ana.";
  const ComposedReply reply = compose_reply(receipts, small(), {});
  EXPECT_EQ(text_of(reply), "Nothing was changed and nothing was sent.");
  EXPECT_EQ(reply.prose.withheld, "Sent to Ana.");
}

TEST(Receipt, of_a_claim_after_reading_shows_what_was_read_instead) {
  TurnReceipts receipts;
  receipts.told.push_back({"A-1 waits: text to Ana.", false, true});
  receipts.model_text = "Done, nothing pending";
  EXPECT_EQ(text_of(compose_reply(receipts, small(), {})),
            "A-1 waits: text to Ana.\nNothing was changed and nothing was sent.");
}

TEST(Receipt, tells_why_a_change_was_not_made_in_place_of_the_models_story) {
  TurnReceipts receipts;
  receipts.has_writes = true;
  receipts.failures = {"There is no contact \"Zed\"."};
  receipts.model_text = "Logged.";
  EXPECT_EQ(text_of(compose_reply(receipts, small(), {})), "There is no contact \"Zed\".");
}

TEST(Receipt, flags_nothing_when_the_model_only_repeats_the_program) {
  TurnReceipts receipts;
  receipts.has_writes = true;
  receipts.failures = {"There is no contact \"Zed\"."};
  receipts.model_text = "There is no contact \"Zed\".\nWant me to add them?";
  const ComposedReply reply = compose_reply(receipts, small(), {});
  EXPECT_EQ(text_of(reply), "There is no contact \"Zed\".\nWant me to add them?");
  EXPECT_EQ(reply.prose.withheld, "");
}

TEST(Receipt, shows_the_programs_own_sentences_as_they_are) {
  TurnReceipts receipts;
  receipts.model_text = "Sent mail is in the outbox.";
  ReplyFrame frame;
  frame.programs_prose = true;
  EXPECT_EQ(text_of(compose_reply(receipts, small(), frame)), "Sent mail is in the outbox.");
}

TEST(Receipt, leaves_plain_answers_of_a_reading_turn_as_they_are) {
  TurnReceipts receipts;
  receipts.told.push_back({"Open leads: 4.", false, true});
  receipts.model_text = "You have four open leads.";
  EXPECT_EQ(text_of(compose_reply(receipts, small(), {})), "You have four open leads.");
}

}  // namespace
}  // namespace deskhand::agent
