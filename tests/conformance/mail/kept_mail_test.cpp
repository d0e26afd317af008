// What a customer writes is not lost because it looks like something else.
#include <gtest/gtest.h>

#include <algorithm>

#include "tests/conformance/mail/inbox.h"

namespace deskhand::testing {
namespace {

constexpr const char* kOneCustomer = R"({
  "contacts": [{"ref": "C1", "name": "Alicia Romero", "phones": ["+15125550128"], "emails": ["alicia@romero.example"]}]})";

class KeptMail : public ::testing::Test {
 protected:
  void SetUp() override { inbox_.put_on_record(Json::parse(kOneCustomer)); }
  intake::MailOutcome take(const std::string& from, const std::string& subject, const std::string& text,
                           const std::string& headers = "") {
    return inbox_.take_bytes("From: " + from + "\r\nTo: ruth@harlanplumbing.example\r\nSubject: " + subject +
                                 "\r\nDate: Tue, 24 Mar 2026 09:00:00 -0500\r\nMessage-ID: <kept@x.example>\r\n" + headers +
                                 "\r\n" + text + "\r\n",
                             "kept 1");
  }
  static bool has_flag(const intake::MailOutcome& outcome, const std::string& flag) {
    return std::find(outcome.flags.begin(), outcome.flags.end(), flag) != outcome.flags.end();
  }

  Inbox inbox_{Json::parse(fixture("personas.json"))["plumber"]};
};

constexpr const char* kTheirAddress = "Alicia Romero <alicia@romero.example>";

TEST_F(KeptMail, of_a_known_customer_with_a_time_to_be_reached_does_not_close_the_door_to_them) {
  const auto outcome =
      take(kTheirAddress, "shower", "We'd like the shower redone in May. Please do not contact us before April, we are abroad.");
  EXPECT_FALSE(has_flag(outcome, "do_not_contact"));
  EXPECT_FALSE(inbox_.contacts().front().do_not_contact);
}

TEST_F(KeptMail, that_asks_for_work_and_to_leave_a_list_waits_for_the_owner) {
  const auto outcome = take(kTheirAddress, "list", "Take me off your mailing list please. Can you also come and fix our tap?");
  EXPECT_EQ(outcome.action, IntakeAction::needs_reading);
  EXPECT_FALSE(inbox_.contacts().front().do_not_contact);
}

TEST_F(KeptMail, is_no_more_than_an_opt_out_where_it_says_nothing_else) {
  const auto outcome = take(kTheirAddress, "Re: spring news", "Please take me off your mailing list.");
  EXPECT_TRUE(has_flag(outcome, "do_not_contact"));
}

TEST_F(KeptMail, of_a_stranger_who_disputes_a_bill_waits_for_the_owner) {
  const auto outcome = take("Lou Marsh <lou@marsh.example>", "Invoice 311",
                            "Your invoice 311 is too high, your plumber was here for an hour. I paid it and got a past "
                            "due notice. 512-555-0144");
  EXPECT_NE(outcome.action, IntakeAction::ignore);
}

TEST_F(KeptMail, in_a_chat_that_a_program_passes_on_waits_for_the_owner) {
  const auto outcome = take("Chat <noreply@chat.example>", "Chat ended",
                            "Visitor 9: do you install gas grills\r\nBot: How can we reach you?\r\nVisitor 9: Jo Lane 512-555-0145",
                            "Auto-Submitted: auto-generated\r\n");
  EXPECT_EQ(outcome.action, IntakeAction::needs_reading);
}

}  // namespace
}  // namespace deskhand::testing
