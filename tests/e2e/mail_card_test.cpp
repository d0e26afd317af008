// What a card says about the mail it answers.
#include <gtest/gtest.h>

#include <fstream>

#include "base/json.h"
#include "tests/support/program.h"

namespace deskhand::test {
namespace {

Json card_after(const std::string& headers) {
  const Folder data, mail;
  const std::string file = mail.path() + "/inquiry.eml";
  std::ofstream(file) << "To: office@hill.example\r\nSubject: Leaking tap\r\nMessage-ID: <tap@ruiz.example>\r\nDate: "
                         "Mon, 2 Mar 2026 09:00:00 -0600\r\n"
                      << headers
                      << "\r\nOur kitchen tap is leaking, could you come and fix it?\r\n\r\nThanks,\r\nAna Ruiz\r\n";
  EXPECT_EQ(deskhand(data.path(), {"ingest", "email", file}).status, 0);
  const Ran ran = deskhand(data.path(), {"chat", "--json"}, "Follow up on the Ruiz lead\n");
  const auto reply = parse_json(ran.out, 1 << 20);
  if (!reply || (*reply)["approvals"].empty()) {
    ADD_FAILURE() << ran.out << ran.err;
    return {};
  }
  return (*reply)["approvals"][0];
}

TEST(MailCard, warns_when_answers_to_the_mail_would_go_elsewhere) {
  const Json card = card_after("From: Ana Ruiz <ana@ruiz.example>\r\nReply-To: <ana.ruiz@collect.example>\r\n");
  EXPECT_NE(to_text(card).find("Careful: answers to this mail would go to ana.ruiz@collect.example"), std::string::npos)
      << to_text(card);
}

TEST(MailCard, has_no_warning_about_an_honest_mail) {
  const Json card = card_after("From: Ana Ruiz <ana@ruiz.example>\r\n");
  EXPECT_EQ(to_text(card).find("Careful"), std::string::npos) << to_text(card);
}

}  // namespace
}  // namespace deskhand::test
