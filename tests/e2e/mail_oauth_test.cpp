// Mailboxes behind XOAUTH2, as Gmail and Microsoft have them: real mail servers that let in whoever shows a token which a login service
// on loopback vouches for.
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <filesystem>
#include <fstream>

#include "base/json.h"
#include "tests/support/mail_servers.h"
#include "tests/support/program.h"
#include "tests/support/token_service.h"

namespace deskhand::test {
namespace {

void write_secret(const std::string& path, const std::string& secret) {
  std::ofstream(path) << secret;
  ::chmod(path.c_str(), 0600);
}

class TokenLogin : public ::testing::Test {
 protected:
  void SetUp() override {
    if (!servers_.problem().empty()) GTEST_SKIP() << servers_.problem();
    write_secret(client_secret_, tokens_.client_secret);
    write_secret(refresh_token_, tokens_.refresh_token());
    const std::string login = "\n      user: office@hill.example\n      authorities: " + servers_.authorities() +
                              "\n      oauth:\n        token_url: " + tokens_.token_url() +
                              "\n        client_id: " + tokens_.client_id + "\n        client_secret: file:" + client_secret_ +
                              "\n        refresh_token: file:" + refresh_token_ + "\n";
    std::ofstream(config_) << "org:\n  name: Hill Plumbing\n  email: office@hill.example\n  timezone: America/Chicago\n"
                           << "email:\n  inbound:\n    - kind: imap\n      host: localhost\n      sent: auto\n      tls: always\n      port: "
                           << servers_.imaps_port() << login
                           << "  outbound:\n      kind: smtp\n      host: localhost\n      tls: starttls\n      port: "
                           << servers_.smtp_port() << login;
  }

  Ran program(std::vector<std::string> words, const std::string& input = {}) {
    words.insert(words.begin(), {"--config", config_});
    Ran ran = deskhand(data_.path() + "/data", std::move(words), input);
    said_ += ran.out + ran.err;
    return ran;
  }

  void deliver(int number) {
    const std::string id = std::to_string(number);
    ASSERT_TRUE(servers_.deliver("ana@ruiz.example", "office@hill.example",
                                 "From: Ana Ruiz <ana@ruiz.example>\r\nTo: office@hill.example\r\nSubject: Leaking shower " + id +
                                     "\r\nMessage-ID: <shower-" + id + "@ruiz.example>\r\nDate: Mon, 2 Mar 2026 09:00:00 -0600\r\n\r\n"
                                     "Our shower is leaking, could you come and fix it? 512-555-0142\r\n\r\nAna Ruiz\r\n"));
    ASSERT_EQ(servers_.mails("office", static_cast<std::size_t>(number)).size(), static_cast<std::size_t>(number));
  }

  // Neither what the program says nor what it writes holds a token; but for the one file that it was given for it.
  void expect_no_secret_outside() {
    std::vector<std::string> secrets = tokens_.access_tokens();
    secrets.insert(secrets.end(), {tokens_.refresh_token(), tokens_.client_secret, "refresh-0"});
    std::vector<std::pair<std::string, std::string>> places{{"what it said", said_}};
    for (const auto& entry : std::filesystem::recursive_directory_iterator(data_.path()))
      if (entry.is_regular_file() && entry.path() != refresh_token_ && entry.path() != client_secret_)
        places.emplace_back(entry.path().string(), read_file(entry.path().string()));
    for (const auto& [place, text] : places)
      for (const std::string& secret : secrets) EXPECT_EQ(text.find(secret), std::string::npos) << secret << " stands in " << place;
  }

  TokenService tokens_{"office@hill.example"};
  MailServers servers_{&tokens_};
  Folder data_;
  const std::string config_ = data_.path() + "/config.yaml", client_secret_ = data_.path() + "/client-secret",
                    refresh_token_ = data_.path() + "/refresh-token";
  std::string said_;
};

TEST_F(TokenLogin, reads_and_sends_with_a_token_that_was_got_for_the_refresh_token) {
  deliver(1);
  const Ran fetched = program({"--json", "fetch", "email"});
  ASSERT_EQ(fetched.status, 0) << fetched.err << fetched.out;
  EXPECT_EQ(Json::parse(fetched.out)["action"], "new_contact_and_lead");
  program({"chat", "--json"}, "Follow up on the Ruiz lead\n");
  program({"chat", "--json"}, "yes\n");
  EXPECT_EQ(servers_.mails("ana", 1).size(), 1u) << program({"outbox", "list"}).out;
  expect_no_secret_outside();
}

TEST_F(TokenLogin, keeps_the_new_refresh_token_that_replaces_the_old_one) {
  tokens_.rotate_refresh_tokens(true);
  for (int round = 1; round <= 3; ++round) {
    deliver(round);
    const Ran fetched = program({"fetch", "email"});
    ASSERT_EQ(fetched.status, 0) << fetched.err;
    EXPECT_EQ(read_file(refresh_token_), tokens_.refresh_token());
  }
  struct stat about {};
  ASSERT_EQ(::stat(refresh_token_.c_str(), &about), 0);
  EXPECT_EQ(about.st_mode & 0777, 0600u);
  expect_no_secret_outside();
}

TEST_F(TokenLogin, says_what_to_do_when_the_consent_was_taken_back) {
  tokens_.withdraw_consent();
  const Ran fetched = program({"fetch", "email"});
  EXPECT_EQ(fetched.status, 3);
  EXPECT_NE(fetched.err.find("connect the mailbox again"), std::string::npos) << fetched.err;
  EXPECT_NE(fetched.err.find("invalid_grant"), std::string::npos) << fetched.err;
  EXPECT_NE(fetched.out.find("can not be read"), std::string::npos) << "the owner is told at once: " << fetched.out;
  const Ran again = program({"fetch", "email"});
  EXPECT_EQ(again.out.find("can not be read"), std::string::npos) << "and once: " << again.out;
  expect_no_secret_outside();
}

TEST_F(TokenLogin, is_tried_again_when_the_login_service_has_trouble_of_its_own) {
  tokens_.break_down(true);
  const Ran fetched = program({"fetch", "email"});
  EXPECT_EQ(fetched.status, 1);
  EXPECT_NE(fetched.err.find("trouble"), std::string::npos) << fetched.err;
  tokens_.break_down(false);
  deliver(1);
  EXPECT_EQ(program({"fetch", "email"}).status, 0);
}

TEST_F(TokenLogin, holds_the_approved_message_back_while_no_token_is_given_out) {
  program({"chat", "--json"}, "Add a new customer: Ana Ruiz, 512-555-0161, ana@ruiz.example, 9 Oak St\nopen a lead for Ana Ruiz: leaking shower\n"
                              "Follow up on the Ruiz lead\n");
  tokens_.withdraw_consent();
  program({"chat", "--json"}, "yes\n");
  const Ran listed = program({"outbox", "list"});
  EXPECT_NE(listed.out.find("queued"), std::string::npos) << listed.out;
  EXPECT_TRUE(servers_.mails("ana", 0).empty());
  expect_no_secret_outside();
}

}  // namespace
}  // namespace deskhand::test
