// The shipped phrases: what counts as a claim that something was done, and what does not.
#include "agent/claim_lexicon.h"

#include <gtest/gtest.h>

#include <fstream>
#include <iterator>

namespace deskhand::agent {
namespace {

ClaimLexicon shipped() {
  std::ifstream file(std::string(DESKHAND_SOURCE_DIR) + "/prompts/claims.txt");
  auto lexicon = ClaimLexicon::read(std::string(std::istreambuf_iterator<char>(file), {}));
  EXPECT_TRUE(lexicon) << (lexicon ? "" : lexicon.error().message);
  return lexicon ? *lexicon : ClaimLexicon();
}

class Claim : public testing::TestWithParam<const char*> {};
TEST_P(Claim, is_recognised) { EXPECT_TRUE(shipped().claims(GetParam())) << GetParam(); }
INSTANTIATE_TEST_SUITE_P(
    Lies, Claim,
    testing::Values("I've sent it!", "I\xE2\x80\x99ve sent it.", "Logged.", "Done, nothing pending", "Done!",
                    "All set.", "Sent to Ana.", "I have already emailed her.", "The message has been sent.",
                    "Message sent.", "It's on its way.", "Okay \xE2\x80\x94 booked for Tuesday.", "Great, sent!",
                    "Your reminder is set.", "I went ahead and booked it.", "We just logged the call.",
                    "That's taken care of.", "Nothing is pending.", "Nothing pending on your side",
                    "There are no open approvals.", "The invoice went out this morning.", "Consider it done.",
                    "The job is marked won!",
                    "**S\xE2\x80\x8B"
                    "ent.**",
                    "Successfully added Ana.", "I called the customer and texted everyone.",
                    "You're all caught up, everything was delivered.", "The owner approved A-1, so it went out.",
                    "C'est envoy\xC3\xA9.", "Ana is now a customer, the two files were merged.",
                    "I moved it to quoted.", "Updated the address", "Both customers are in QuickBooks now.",
                    "Reminder created for Friday"));

class Plain : public testing::TestWithParam<const char*> {};
TEST_P(Plain, is_no_claim) { EXPECT_EQ(shipped().first_claim(GetParam()), "") << GetParam(); }
INSTANTIATE_TEST_SUITE_P(Honest, Plain,
                         testing::Values("What is their phone number?", "Nothing is sent without your yes.",
                                         "Which Ana do you mean?",
                                         "I can add customers, draft messages and keep your follow-ups.",
                                         "Once it is approved, it will be sent.",
                                         "I could not find anybody by that name.", "You have four open leads.",
                                         "Her number is (512) 555-0142.",
                                         "I need their address before the lead can be converted.",
                                         "Shall I draft a follow-up?", "Good morning!", "Ana Ruiz lives at 9 Oak St."));

TEST(ClaimLexicon, that_could_not_be_read_lets_nothing_through) { EXPECT_TRUE(ClaimLexicon().claims("Good morning!")); }

TEST(ClaimLexicon, names_the_line_it_can_not_read) {
  const auto broken = ClaimLexicon::read("# words\n{nobody} sent\n");
  ASSERT_FALSE(broken);
  EXPECT_NE(broken.error().message.find("line 2"), std::string::npos) << broken.error().message;
}

TEST(ClaimLexicon, reads_hostile_bytes_within_its_bounds) {
  const ClaimLexicon lexicon = shipped();
  EXPECT_EQ(lexicon.first_claim(std::string(200'000, '\xff')), "");
  std::string long_clause;
  for (int i = 0; i < 50'000; ++i) long_clause += "i have ";
  EXPECT_EQ(lexicon.first_claim(long_clause), "");
}

}  // namespace
}  // namespace deskhand::agent
