// One process that keeps the calendar, reads the mailboxes and sends what is approved; on real mail servers.
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include <chrono>
#include <fstream>
#include <functional>
#include <thread>

#include "tests/support/mail_servers.h"
#include "tests/support/program.h"

namespace deskhand::test {
namespace {

constexpr std::chrono::seconds kServePatience{30};
constexpr std::chrono::milliseconds kServeLook{50};

bool becomes_true(const std::function<bool()>& is_so) {
  const auto until = std::chrono::steady_clock::now() + kServePatience;
  while (std::chrono::steady_clock::now() < until) {
    if (is_so()) return true;
    std::this_thread::sleep_for(kServeLook);
  }
  return is_so();
}

class Serve : public ::testing::Test {
 protected:
  void SetUp() override {
    if (!servers_.problem().empty()) GTEST_SKIP() << servers_.problem();
    write_config(servers_.imaps_port());
  }
  void TearDown() override {
    for (const int process : running_) {
      ::kill(process, SIGKILL);
      wait_for(process);
    }
  }

  void write_config(int imap_port) {
    const std::string password = data_.path() + "/password";
    std::ofstream(password) << "secret-1";
    ::chmod(password.c_str(), 0600);
    const std::string login =
        "\n      user: office@hill.example\n      password: file:" + password + "\n      authorities: " + servers_.authorities() + "\n";
    std::ofstream(config_) << "org:\n  name: Hill Plumbing\n  email: office@hill.example\n  timezone: America/Chicago\n"
                           << "email:\n  poll_seconds: 10\n  inbound:\n    - kind: imap\n      host: localhost\n      sent: auto\n      tls: always\n      port: "
                           << imap_port << login << "  outbound:\n      kind: smtp\n      host: localhost\n      tls: starttls\n      port: "
                           << servers_.smtp_port() << login;
  }

  int serve(const std::string& log) {
    running_.push_back(start({test::program(), "--config", config_, "--data", data_.path() + "/data", "serve"}, log));
    return running_.back();
  }
  // Whether it ended by itself with that status.
  int stop(int process, int signal) {
    std::erase(running_, process);
    ::kill(process, signal);
    return wait_for(process);
  }
  Ran program(std::vector<std::string> words, const std::string& input = {}) {
    words.insert(words.begin(), {"--config", config_});
    return deskhand(data_.path() + "/data", std::move(words), input);
  }
  void deliver(int number) {
    const std::string id = std::to_string(number);
    ASSERT_TRUE(servers_.deliver("ana@ruiz.example", "office@hill.example",
                                 "From: Ana Ruiz <ana@ruiz.example>\r\nTo: office@hill.example\r\nSubject: Leaking shower " + id + "\r\nMessage-ID: <shower-" + id +
                                     "@ruiz.example>\r\nDate: Mon, 2 Mar 2026 09:00:00 -0600\r\n\r\nOur shower is leaking, could you come and fix it? 512-555-0142\r\n\r\nAna Ruiz\r\n"));
  }
  bool says(const std::string& log, const std::string& words) {
    return becomes_true([&] { return read_file(log).find(words) != std::string::npos; });
  }

  MailServers servers_;
  Folder data_;
  const std::string config_ = data_.path() + "/config.yaml", log_ = data_.path() + "/log", other_log_ = data_.path() + "/other-log";
  std::vector<int> running_;
};

TEST_F(Serve, takes_in_mail_tells_the_owner_and_sends_what_is_approved_and_ends_when_it_is_told_to) {
  deliver(1);
  const int process = serve(log_);
  ASSERT_TRUE(says(log_, "Ana Ruiz")) << read_file(log_);
  const Ran told = program({"chat", "--json"}, "Follow up on the Ruiz lead\n");
  EXPECT_NE(told.out.find("Ana Ruiz"), std::string::npos) << "the owner hears of it in the chat: " << told.out;
  // Queued with no process of its own to send it: the yes itself sends, so what serve sends is what waited.
  program({"chat", "--json"}, "yes\n");
  EXPECT_EQ(servers_.mails("ana", 1).size(), 1u);
  EXPECT_EQ(stop(process, SIGTERM), 0);
  EXPECT_EQ(program({"verify"}).status, 0);
}

TEST_F(Serve, makes_one_lead_of_a_mail_when_two_of_it_run_and_sends_once) {
  const int one = serve(log_), two = serve(other_log_);
  for (int number = 1; number <= 3; ++number) deliver(number);
  ASSERT_TRUE(becomes_true([&] { return program({"call", "list_leads", "{}"}).out.find("Leaking shower") != std::string::npos; }));
  ASSERT_TRUE(says(log_, "runs for") && says(other_log_, "runs for"));
  EXPECT_EQ(stop(one, SIGINT), 0);
  EXPECT_EQ(stop(two, SIGTERM), 0);
  program({"fetch", "email"});
  const std::string leads = program({"--json", "call", "list_leads", "{}"}).out;
  EXPECT_EQ(leads.find("L-2"), std::string::npos) << "three mails of one person about one matter: " << leads;
  EXPECT_EQ(program({"verify"}).status, 0);
}

TEST_F(Serve, keeps_the_calendar_and_the_outbox_going_while_a_mailbox_is_away) {
  write_config(1);  // nobody listens there
  program({"chat", "--json"}, "Add a new customer: Ana Ruiz, 512-555-0161, ana@ruiz.example, 9 Oak St\nopen a lead for Ana Ruiz: leaking shower\n");
  const int process = serve(log_);
  ASSERT_TRUE(says(log_, "can not be reached")) << read_file(log_);
  program({"chat", "--json"}, "Follow up on the Ruiz lead\n");
  program({"chat", "--json"}, "yes\n");
  EXPECT_EQ(servers_.mails("ana", 1).size(), 1u);
  EXPECT_EQ(stop(process, SIGTERM), 0);
}

}  // namespace
}  // namespace deskhand::test
