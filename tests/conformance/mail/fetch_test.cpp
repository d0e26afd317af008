// Visits to a mailbox that is cut, renumbered, or away for a while: every mail is taken in once and the owner knows.
#include <gtest/gtest.h>

#include <set>

#include "intake/mail_fetch.h"
#include "tests/conformance/mail/inbox.h"

namespace deskhand::testing {
namespace {

// Mails in a list; the visit is cut at its `cut_at`-th step.
class ListedMailbox final : public MailSource {
 public:
  const std::string& name() const override { return name_; }
  int days_back() const override { return 7; }
  Result<std::uint32_t> open(std::stop_token) override {
    steps = 0;
    if (auto done = step(); !done) return done.error();
    return validity;
  }
  Result<std::vector<std::uint32_t>> uids_above(std::uint32_t uid, std::optional<Day> since) override {
    if (auto done = step(); !done) return done.error();
    asked_since = since.has_value();
    std::vector<std::uint32_t> uids;
    for (std::uint32_t each = uid + 1; each <= mails.size(); ++each) uids.push_back(each);
    return uids;
  }
  Result<std::string> fetch(std::uint32_t uid) override {
    if (auto done = step(); !done) return done.error();
    if (mails[uid - 1].empty()) return make_error(Code::not_found, "gone");
    return mails[uid - 1];
  }
  void close() override {}

  std::vector<std::string> mails;
  std::uint32_t validity = 5;
  int cut_at = -1, steps = 0;
  Error cut = make_error(Code::unavailable, "The connection to the mail server was cut.");
  bool asked_since = false;

 private:
  Done step() { return cut_at == steps++ ? Done{cut} : Done{}; }
  std::string name_ = "office@hill.example INBOX";
};

class NamedWorker final : public Worker {
 public:
  explicit NamedWorker(std::string name) : name_(std::move(name)) {}
  const std::string& name() const override { return name_; }
  bool is_gone(std::string_view name) const override { return gone.contains(std::string(name)); }
  std::set<std::string> gone;

 private:
  std::string name_;
};

std::string inquiry(int number) {
  const std::string id = std::to_string(number);
  return "From: Ana Ruiz <ana" + id +
         "@ruiz.example>\r\nTo: office@hill.example\r\nSubject: Leaking tap\r\nMessage-ID: <tap-" + id +
         "@ruiz.example>\r\nDate: Mon, 2 Mar 2026 09:00:00 -0600\r\n\r\nOur kitchen tap is leaking, could you come and "
         "fix it? Call me at 512-555-01" +
         std::to_string(40 + number) + ".\r\n";
}

class Fetch : public ::testing::Test {
 protected:
  intake::FetchReport visit() {
    const intake::MailFetch fetch(inbox_.store(), inbox_.intake(), inbox_.clock, worker_, {});
    return fetch.visit(inbox_.org(), mailbox_, telling_, {});
  }
  intake::FetchReport visit_by(const Worker& worker) {
    const intake::MailFetch fetch(inbox_.store(), inbox_.intake(), inbox_.clock, worker, {});
    return fetch.visit(inbox_.org(), mailbox_, telling_, {});
  }
  // What the owner will be told in the chat.
  std::vector<std::string> told() {
    std::vector<std::string> texts;
    const Done done = inbox_.store().read(inbox_.org(), [&](Txn& txn) -> Done {
      auto users = txn.org().users();
      if (!users) return users.error();
      for (const User& user : *users) {
        auto digests = txn.schedule().undelivered(user.id, "terminal", 50);
        if (!digests) return digests.error();
        for (const Digest& digest : *digests) texts.push_back(digest.text);
      }
      return {};
    });
    EXPECT_TRUE(done);
    return texts;
  }
  void claim_as(const std::string& reader, Instant until) {
    const Done done = inbox_.store().write(inbox_.org(), [&](Txn& txn) -> Done {
      auto has = txn.intake().claim_mailbox({mailbox_.name(), reader, inbox_.clock.now(), until, ""});
      return has ? Done{} : Done(has.error());
    });
    ASSERT_TRUE(done);
  }
  void pass_minutes(int minutes) { inbox_.clock.at = inbox_.clock.at.plus_seconds(60 * minutes); }

  Inbox inbox_{Json::parse(fixture("personas.json"))["plumber"]};
  ListedMailbox mailbox_;
  NamedWorker worker_{"worker one"};
  intake::Telling telling_ = intake::Telling::caller;
};

TEST_F(Fetch, takes_in_what_is_new_and_only_that) {
  mailbox_.mails = {inquiry(1), inquiry(2)};
  EXPECT_EQ(visit().outcomes.size(), 2u);
  EXPECT_TRUE(mailbox_.asked_since);
  EXPECT_EQ(visit().outcomes.size(), 0u);
  mailbox_.mails.push_back(inquiry(3));
  EXPECT_EQ(visit().outcomes.size(), 1u);
  EXPECT_FALSE(mailbox_.asked_since);
  EXPECT_EQ(inbox_.leads().size(), 3u);
}

TEST_F(Fetch, loses_nothing_and_doubles_nothing_wherever_it_is_cut) {
  mailbox_.mails = {inquiry(1), inquiry(2), inquiry(3)};
  for (mailbox_.cut_at = 0; mailbox_.cut_at < 6; ++mailbox_.cut_at) visit();
  EXPECT_FALSE(visit().failure.has_value());
  EXPECT_EQ(inbox_.leads().size(), 3u);
  EXPECT_EQ(inbox_.contacts().size(), 3u);
}

TEST_F(Fetch, knows_its_mails_when_the_server_numbers_them_anew) {
  mailbox_.mails = {inquiry(1), inquiry(2)};
  visit();
  mailbox_.validity = 6;
  mailbox_.mails = {inquiry(2), inquiry(1), inquiry(3)};
  EXPECT_EQ(visit().outcomes.size(), 3u);
  EXPECT_EQ(inbox_.leads().size(), 3u);
}

TEST_F(Fetch, goes_past_mails_that_are_gone_or_empty) {
  mailbox_.mails = {"", "\r\n\r\n", inquiry(1)};
  const intake::FetchReport report = visit();
  EXPECT_FALSE(report.failure.has_value());
  EXPECT_EQ(report.outcomes.size(), 1u);
  EXPECT_EQ(report.notices.size(), 1u);
}

TEST_F(Fetch, tells_once_that_a_mailbox_is_away_and_once_that_it_is_back) {
  mailbox_.cut_at = 0;
  EXPECT_TRUE(visit().notices.empty());
  pass_minutes(16);
  EXPECT_EQ(visit().notices.size(), 1u);
  pass_minutes(5);
  EXPECT_TRUE(visit().notices.empty());
  mailbox_.cut_at = -1;
  EXPECT_EQ(visit().notices.size(), 1u);
  EXPECT_TRUE(visit().notices.empty());
}

TEST_F(Fetch, tells_of_a_refused_login_at_once) {
  mailbox_.cut_at = 0;
  mailbox_.cut = make_error(Code::forbidden, "The mail server did not accept the user or the password.");
  EXPECT_EQ(visit().notices.size(), 1u);
}

TEST_F(Fetch, leaves_a_mailbox_alone_that_another_process_reads) {
  mailbox_.mails = {inquiry(1)};
  claim_as("worker two", inbox_.clock.now().plus_seconds(600));
  const intake::FetchReport report = visit();
  EXPECT_TRUE(report.is_elsewhere);
  EXPECT_TRUE(report.outcomes.empty());
  EXPECT_FALSE(report.failure.has_value());
  pass_minutes(11);
  EXPECT_EQ(visit().outcomes.size(), 1u) << "a claim ends by itself";
}

TEST_F(Fetch, takes_over_at_once_from_a_process_that_died) {
  mailbox_.mails = {inquiry(1)};
  claim_as("worker two", inbox_.clock.now().plus_seconds(600));
  worker_.gone.insert("worker two");
  EXPECT_EQ(visit().outcomes.size(), 1u);
}

TEST_F(Fetch, gives_the_mailbox_back_when_it_is_done_however_it_ended) {
  mailbox_.mails = {inquiry(1)};
  mailbox_.cut_at = 1;
  EXPECT_TRUE(visit().failure.has_value());
  mailbox_.cut_at = -1;
  EXPECT_EQ(visit_by(NamedWorker("worker two")).outcomes.size(), 1u);
}

TEST_F(Fetch, tells_the_owners_of_new_leads_and_of_a_mailbox_that_is_away_when_it_is_asked_to) {
  telling_ = intake::Telling::owners;
  mailbox_.mails = {inquiry(1)};
  visit();
  ASSERT_EQ(told().size(), 1u);
  EXPECT_NE(told()[0].find("Ana Ruiz"), std::string::npos) << told()[0];
  mailbox_.validity = 6;
  visit();
  EXPECT_EQ(told().size(), 1u) << "the same mail a second time is no news";
  mailbox_.cut_at = 0;
  visit();
  pass_minutes(16);
  visit();
  pass_minutes(5);
  visit();
  EXPECT_EQ(told().size(), 2u) << "once, however long it lasts";
}

TEST(FetchWait, grows_with_failures_up_to_a_bound) {
  EXPECT_EQ(intake::seconds_to_next_visit(60, 0), 60);
  EXPECT_EQ(intake::seconds_to_next_visit(60, 2), 240);
  EXPECT_EQ(intake::seconds_to_next_visit(60, 50), 900);
  EXPECT_EQ(intake::seconds_to_next_visit(3600, 3), 3600);
}

}  // namespace
}  // namespace deskhand::testing
