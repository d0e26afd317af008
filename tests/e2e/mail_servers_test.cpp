// A customer's mail and its answer through real mail servers: Dovecot holds the mailboxes, Exim carries the mail, both
// with TLS.
#include "tests/support/mail_servers.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <algorithm>
#include <fstream>
#include <sstream>

#include "base/json.h"
#include "tests/support/program.h"

namespace deskhand::test {
namespace {

const std::string kInquiry =
    "From: Ana Ruiz <ana@ruiz.example>\r\nTo: Hill Plumbing <office@hill.example>\r\nSubject: Leaking "
    "shower\r\nMessage-ID: <shower-1@ruiz.example>\r\n"
    "Date: Mon, 2 Mar 2026 09:00:00 -0600\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n"
    "Hi, our shower is leaking and the ceiling below is wet. Could you come and have a look this week?\r\nMy number is "
    "512-555-0142.\r\n\r\nThanks,\r\nAna Ruiz\r\n";

std::string line_with(const std::string& text, const std::string& start) {
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);)
    if (line.rfind(start, 0) == 0) return line.substr(0, line.find_last_not_of("\r\n") + 1);
  return "";
}

class MailServer : public ::testing::Test {
 protected:
  void SetUp() override {
    if (!servers_.problem().empty()) GTEST_SKIP() << servers_.problem();
    write_config(servers_.imaps_port(), "always", servers_.smtp_port(), "starttls");
  }

  void write_config(int imap_port, const std::string& imap_tls, int smtp_port, const std::string& smtp_tls) {
    const std::string password = data_.path() + "/password";
    std::ofstream(password) << "secret-1";
    ::chmod(password.c_str(), 0600);
    const std::string login = "\n      user: office@hill.example\n      password: file:" + password +
                              "\n      authorities: " + servers_.authorities() + "\n";
    std::ofstream(config_)
        << "org:\n  name: Hill Plumbing\n  email: office@hill.example\n  timezone: America/Chicago\n  phone: "
           "512-555-0100\n  owner:\n    name: Dana Hill\n"
        << "email:\n  inbound:\n    - kind: imap\n      host: localhost\n      sent: auto\n      port: " << imap_port
        << "\n      tls: " << imap_tls << login
        << "  outbound:\n      kind: smtp\n      host: localhost\n      port: " << smtp_port
        << "\n      tls: " << smtp_tls << login;
  }

  Ran program(std::vector<std::string> words, const std::string& input = {}) {
    words.insert(words.begin(), {"--config", config_});
    return deskhand(data_.path() + "/data", std::move(words), input);
  }

  // What a fetch says, a line of JSON each.
  std::vector<Json> fetch() {
    const Ran ran = program({"--json", "fetch", "email"});
    EXPECT_EQ(ran.status, 0) << ran.err << ran.out;
    std::vector<Json> lines;
    std::istringstream stream(ran.out);
    for (std::string line; std::getline(stream, line);) lines.push_back(Json::parse(line));
    return lines;
  }

  MailServers servers_;
  Folder data_;
  const std::string config_ = data_.path() + "/config.yaml";
};

TEST_F(MailServer, brings_a_lead_and_takes_the_approved_answer_to_the_customer_once_and_threaded) {
  ASSERT_TRUE(servers_.deliver("ana@ruiz.example", "office@hill.example", kInquiry));
  ASSERT_EQ(servers_.mails("office", 1).size(), 1u);
  const std::vector<Json> taken = fetch();
  ASSERT_EQ(taken.size(), 1u);
  EXPECT_EQ(taken[0]["action"], "new_contact_and_lead");
  EXPECT_EQ(taken[0]["contact"]["name"], "Ana Ruiz");
  EXPECT_EQ(taken[0]["contact"]["phones"][0], "+15125550142");
  EXPECT_FALSE(taken[0]["notices"].empty());
  EXPECT_TRUE(fetch().empty()) << "a mail that was taken in comes a second time";

  const Ran drafted = program({"chat", "--json"}, "Follow up on the Ruiz lead\n");
  ASSERT_EQ(drafted.status, 0) << drafted.err;
  const Json card = Json::parse(drafted.out)["approvals"][0];
  ASSERT_EQ(card["kind"], "send_message") << drafted.out;
  EXPECT_TRUE(servers_.mails("ana", 0).empty());
  const Ran approved = program({"chat", "--json"}, "yes\n");
  ASSERT_EQ(approved.status, 0) << approved.err << approved.out;

  const std::vector<std::string> arrived = servers_.mails("ana", 1);
  ASSERT_EQ(arrived.size(), 1u) << approved.out << program({"outbox", "list"}).out;
  EXPECT_EQ(line_with(arrived[0], "In-Reply-To:"), "In-Reply-To: <shower-1@ruiz.example>");
  EXPECT_EQ(line_with(arrived[0], "References:"), "References: <shower-1@ruiz.example>");
  std::istringstream shown(card["card"].get<std::string>());
  bool in_text = false;
  for (std::string line; std::getline(shown, line);) {
    if (in_text && !line.empty()) {
      EXPECT_NE(arrived[0].find(line), std::string::npos) << line << "\n" << arrived[0];
    }
    in_text = in_text || line.empty();
  }
  EXPECT_NE(program({"outbox", "list"}).out.find("sent"), std::string::npos);

  // Nothing leaves a second time, and the customer's answer finds the lead.
  program({"outbox", "send"});
  program({"run", "due"});
  EXPECT_EQ(servers_.mails("ana", 1).size(), 1u);
  const std::string id = line_with(arrived[0], "Message-ID: ").empty()
                             ? line_with(arrived[0], "Message-Id: ").substr(12)
                             : line_with(arrived[0], "Message-ID: ").substr(12);
  ASSERT_TRUE(servers_.deliver("ana@ruiz.example", "office@hill.example",
                               "From: Ana Ruiz <ana@ruiz.example>\r\nTo: office@hill.example\r\nSubject: Re: Leaking "
                               "shower\r\nMessage-ID: <shower-2@ruiz.example>\r\nIn-Reply-To: " +
                                   id + "\r\nDate: Tue, 3 Mar 2026 09:00:00 -0600\r\n\r\nThursday works for me.\r\n"));
  ASSERT_EQ(servers_.mails("office", 2).size(), 2u);
  const std::vector<Json> answered = fetch();
  ASSERT_EQ(answered.size(), 1u);
  EXPECT_EQ(answered[0]["action"], "log_on_existing_lead");
  EXPECT_EQ(answered[0]["lead"]["ref"], taken[0]["lead"]["ref"]);
  EXPECT_EQ(program({"verify"}).status, 0);
}

TEST_F(MailServer, shows_what_the_owner_answered_from_another_program) {
  ASSERT_TRUE(servers_.deliver("ana@ruiz.example", "office@hill.example", kInquiry));
  servers_.mails("office", 1);
  ASSERT_EQ(fetch().size(), 1u);
  servers_.put("office", ".Sent",
               "From: Dana Hill <office@hill.example>\r\nTo: ana@ruiz.example\r\nSubject: Re: Leaking "
               "shower\r\nMessage-ID: <own-1@hill.example>\r\nIn-Reply-To: <shower-1@ruiz.example>\r\n"
               "Date: Mon, 2 Mar 2026 10:00:00 -0600\r\n\r\nI will come on Thursday at nine.\r\n");
  const std::vector<Json> taken = fetch();
  ASSERT_EQ(taken.size(), 1u);
  EXPECT_EQ(taken[0]["action"], "log_on_existing_lead");
}

TEST_F(MailServer, that_refuses_a_recipient_hands_the_message_back) {
  program({"chat", "--json"},
          "Add a new customer: Bo Li, 512-555-0161, nobody@ruiz.example, 9 Oak St\nopen a lead for Bo Li: leaking "
          "shower\nFollow up on the Li lead\nyes\n");
  const Ran listed = program({"outbox", "list"});
  EXPECT_NE(listed.out.find("refused"), std::string::npos) << listed.out;
  EXPECT_NE(listed.out.find("no such user"), std::string::npos) << listed.out;
}

TEST_F(MailServer, that_asks_to_come_back_later_is_asked_again) {
  program({"chat", "--json"},
          "Add a new customer: Bo Li, 512-555-0161, later@ruiz.example, 9 Oak St\nopen a lead for Bo Li: leaking "
          "shower\nFollow up on the Li lead\nyes\n");
  const Ran listed = program({"outbox", "list"});
  EXPECT_NE(listed.out.find("queued"), std::string::npos) << listed.out;
}

TEST_F(MailServer, is_not_spoken_to_under_a_certificate_nobody_vouches_for) {
  std::string text = read_file(config_);
  for (std::size_t at = text.find("authorities:"); at != std::string::npos; at = text.find("authorities:"))
    text.erase(at, text.find('\n', at) - at);
  std::ofstream(config_) << text;
  const Ran ran = program({"fetch", "email"});
  EXPECT_EQ(ran.status, 3) << ran.err;
  EXPECT_NE(ran.err.find("certificate"), std::string::npos) << ran.err;
}

TEST_F(MailServer, is_set_up_by_answering_questions) {
  std::ofstream(config_) << "org:\n  name: Hill Plumbing\n  email: office@hill.example\n";
  const std::string answers = "office@hill.example\nother\n\nsecret-1\nlocalhost\n" +
                              std::to_string(servers_.imap_port()) + "\nstarttls\nlocalhost\n" +
                              std::to_string(servers_.smtps_port()) + "\nalways\n" + servers_.authorities() +
                              "\nauto\n";
  const Ran connected = program({"connect", "email"}, answers);
  ASSERT_EQ(connected.status, 0) << connected.err;
  EXPECT_EQ(read_file(config_).find("secret-1"), std::string::npos);
  ASSERT_TRUE(servers_.deliver("ana@ruiz.example", "office@hill.example", kInquiry));
  servers_.mails("office", 1);
  EXPECT_EQ(fetch().size(), 1u);
}

}  // namespace
}  // namespace deskhand::test
