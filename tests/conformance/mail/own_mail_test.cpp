// Mail of one's own: what the owner writes from another program stands with the customer it went to, copies of what left here are not
// doubled, and a notice to the owner is never read as news.
#include <gtest/gtest.h>

#include "tests/conformance/mail/inbox.h"

namespace deskhand::testing {
namespace {

constexpr const char* kOnRecord = R"({
  "contacts": [{"ref": "C1", "name": "Alicia Romero", "phones": ["+15125550128"], "emails": ["alicia@romero.example"]}],
  "leads": [{"ref": "L1", "contact": "C1", "title": "Leaking shower valve", "status": "working", "pipeline_stage": "inquiry"}],
  "messages": [{"message_id": "m-44@harlanplumbing.example", "lead": "L1", "contact": "C1", "to": "alicia@romero.example", "subject": "Your leaking shower valve"}]})";

class OwnMail : public ::testing::Test {
 protected:
  void SetUp() override { inbox_.put_on_record(Json::parse(kOnRecord)); }
  intake::MailOutcome take(const std::string& to, const std::string& headers, const std::string& text, const std::string& subject = "Re: Your leaking shower valve") {
    return inbox_.take_bytes("From: Ruth Harlan <ruth@harlanplumbing.example>\r\nTo: " + to + "\r\nSubject: " + subject + "\r\nDate: Tue, 24 Mar 2026 09:00:00 -0500\r\n" + headers +
                                 "\r\n" + text + "\r\n",
                             "Sent 1");
  }
  std::vector<Interaction> history() { return inbox_.history(inbox_.contacts().front()); }

  Inbox inbox_{Json::parse(fixture("personas.json"))["plumber"]};
};

TEST_F(OwnMail, to_a_customer_stands_on_their_lead_as_ours) {
  const auto outcome = take("alicia@romero.example", "Message-ID: <own-1@harlanplumbing.example>\r\n", "I will come on Thursday at nine.");
  EXPECT_EQ(outcome.action, IntakeAction::log_on_existing_lead);
  EXPECT_FALSE(outcome.is_inquiry);
  ASSERT_EQ(history().size(), 1u);
  EXPECT_EQ(history()[0].type, InteractionType::email_outbound);
  EXPECT_FALSE(history()[0].inbound);
  EXPECT_EQ(inbox_.leads().size(), 1u);
}

TEST_F(OwnMail, to_another_address_of_theirs_is_known_by_its_thread_and_changes_nobody) {
  const auto outcome = take("\"Alicia at work\" <aromero@workplace.example>", "Message-ID: <own-2@harlanplumbing.example>\r\nReferences: <m-44@harlanplumbing.example>\r\n", "Thursday at nine then.");
  EXPECT_EQ(outcome.action, IntakeAction::log_on_existing_lead);
  ASSERT_EQ(history().size(), 1u);
  EXPECT_EQ(history()[0].type, InteractionType::email_outbound);
  EXPECT_EQ(inbox_.contacts().front().points.size(), 2u);
}

TEST_F(OwnMail, that_left_here_is_not_doubled_by_its_copy_in_the_sent_folder) {
  const auto outcome = take("alicia@romero.example", "Message-ID: <m-44@harlanplumbing.example>\r\n", "Hello, as promised.");
  EXPECT_EQ(outcome.action, IntakeAction::ignore);
  EXPECT_TRUE(history().empty());
}

TEST_F(OwnMail, that_passes_a_customers_mail_on_to_somebody_else_is_neither_an_inquiry_nor_an_answer) {
  const auto outcome = take("Joe Tile <joe@tiles.example>", "Message-ID: <own-3@harlanplumbing.example>\r\nReferences: <m-44@harlanplumbing.example>\r\n",
                            "Can you do the tiles there?\r\n\r\n---------- Forwarded message ---------\r\nFrom: Alicia Romero <alicia@romero.example>\r\nDate: Mon, Mar 23, 2026\r\nSubject: shower\r\nTo: "
                            "ruth@harlanplumbing.example\r\n\r\nOur shower valve is leaking, could you come and fix it?",
                            "Fwd: shower");
  EXPECT_EQ(outcome.action, IntakeAction::ignore);
  EXPECT_TRUE(history().empty());
  EXPECT_EQ(inbox_.leads().size(), 1u);
}

TEST_F(OwnMail, that_is_a_notice_of_ours_is_never_read_as_news) {
  for (const char* mark : {"X-Deskhand: notice\r\n", "x-deskhand: notice\r\nAuto-Submitted: auto-generated\r\n"}) {
    const auto outcome = take("ruth@harlanplumbing.example", std::string("Message-ID: <notice-") + std::to_string(std::string(mark).size()) + "@mx.example>\r\n" + mark,
                              "New lead L-7: Bo Li, 512-555-0177, bo@li.example wants his water heater replaced. " + std::to_string(std::string(mark).size()), "Deskhand");
    EXPECT_EQ(outcome.action, IntakeAction::ignore);
    EXPECT_TRUE(outcome.notices.empty());
  }
  EXPECT_EQ(inbox_.contacts().size(), 1u);
}

}  // namespace
}  // namespace deskhand::testing
