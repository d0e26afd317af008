// Several processes on one file, and processes that die.
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "sample.h"

namespace deskhand::testing {
namespace {

// Runs `work` in a process of its own; its result is the exit code.
pid_t start(const std::function<int()>& work) {
  const pid_t child = fork();
  if (child == 0) _exit(work());
  return child;
}

int end_of(pid_t child) {
  int status = 0;
  waitpid(child, &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
}

Done add_person(store::OpenedStore& opened, const OrgId& org, const std::string& name,
                std::vector<ContactPoint> points = {}) {
  return opened.store->write(org, [&](Txn& txn) -> Done {
    auto inserted = txn.contacts().insert(person("Ana", name, std::move(points)));
    if (!inserted) return inserted.error();
    auto noted = txn.audit().append(audit_entry("test"), false);
    return noted ? Done{} : Done(noted.error());
  });
}

TEST(Processes, make_one_new_file_together) {
  for (int round = 0; round < 5; ++round) {
    TemporaryFolder folder;
    const std::string path = folder.file("data/deskhand.db");
    std::vector<pid_t> children;
    for (int number = 0; number < 4; ++number) {
      children.push_back(start([&, number] {
        TestClock clock;
        TestRandom random;
        for (int skip = 0; skip <= number * 1'000; ++skip) random.next();
        store::SqliteOptions options;
        options.path = path;
        auto opened = store::open_sqlite(options, clock, random);
        if (!opened) return 1;
        auto made = opened->system->create_org(business("org" + std::to_string(number)), owner_named("dana"));
        if (!made) return 2;
        return add_person(*opened, made->id, "Ruiz") ? 0 : 3;
      }));
    }
    for (const pid_t child : children) EXPECT_EQ(end_of(child), 0);
    TestClock clock;
    TestRandom random;
    store::SqliteOptions options;
    options.path = path;
    auto opened = must(store::open_sqlite(options, clock, random));
    const auto orgs = must(opened.system->orgs());
    EXPECT_EQ(orgs.size(), 4u);
    for (const Org& org : orgs) EXPECT_TRUE(must(opened.system->verify(org.id)).findings.empty());
  }
}

TEST(Processes, write_at_once_and_lose_nothing) {
  Sample sample;
  constexpr int kProcesses = 3, kWrites = 40;
  sample.close();
  std::vector<pid_t> children;
  for (int number = 0; number < kProcesses; ++number) {
    children.push_back(start([&, number] {
      for (int skip = 0; skip < (number + 1) * 10'000; ++skip) sample.random.next();
      auto opened = sample.open(30'000);
      if (!opened) return 1;
      for (int write = 0; write < kWrites; ++write)
        if (!add_person(*opened, sample.org.id, std::to_string(number * 1'000 + write))) return 2;
      return 0;
    }));
  }
  for (const pid_t child : children) EXPECT_EQ(end_of(child), 0);
  sample.reopen();
  EXPECT_EQ(RawFile(sample.path()).value("SELECT COUNT(*) FROM contacts"), std::to_string(1 + kProcesses * kWrites));
  EXPECT_EQ(RawFile(sample.path()).value("SELECT MAX(ref_number) FROM contacts"),
            std::to_string(1 + kProcesses * kWrites));
  EXPECT_TRUE(sample.findings().empty());
}

TEST(Processes, decide_one_approval_once_and_send_it_once) {
  Sample sample;
  Approval asked;
  must(sample.write([&](Txn& txn) -> Done {
    asked = must(txn.approvals().insert(card(ApprovalKind::send_message, "other bytes", sample.clock.now())));
    return {};
  }));
  sample.close();
  std::vector<pid_t> children;
  for (int number = 0; number < 2; ++number) {
    children.push_back(start([&, number] {
      for (int skip = 0; skip < (number + 1) * 10'000; ++skip) sample.random.next();
      auto opened = sample.open(30'000);
      if (!opened) return 100;
      int won = 0;
      for (int attempt = 0; attempt < 25; ++attempt) {
        const Done done = opened->store->write(sample.org.id, [&](Txn& txn) -> Done {
          auto decided = txn.approvals().decide(asked.id, {ApprovalStatus::approved, asked.fingerprint, sample.owner.id,
                                                           "terminal", "", sample.clock.now()});
          if (!decided) return decided.error();
          Grant grant;
          grant.approval = asked.id;
          grant.fingerprint = asked.fingerprint;
          grant.granted_at = sample.clock.now();
          grant.expires_at = sample.clock.now().plus_seconds(60);
          auto granted = txn.approvals().insert(grant);
          if (!granted) return granted.error();
          OutboxRow row;
          row.grant = granted->id;
          row.canonical = asked.canonical;
          row.fingerprint = asked.fingerprint;
          row.expires_at = grant.expires_at;
          auto queued = txn.outbox().insert(row);
          if (!queued) return queued.error();
          auto noted = txn.audit().append(audit_entry("approve"), false);
          return noted ? Done{} : Done(noted.error());
        });
        if (done)
          ++won;
        else if (done.error().code != Code::conflict)
          return 101;
      }
      return won;
    }));
  }
  int won = 0;
  for (const pid_t child : children) won += end_of(child);
  EXPECT_EQ(won, 1);
  sample.reopen();
  RawFile file(sample.path());
  EXPECT_EQ(file.value("SELECT COUNT(*) FROM grants WHERE approval_id = '" + asked.id.text() + "'"), "1");
  EXPECT_EQ(file.value("SELECT COUNT(*) FROM outbox WHERE fingerprint = '" + asked.fingerprint + "'"), "1");
  EXPECT_TRUE(sample.findings().empty());
}

TEST(Processes, that_are_killed_leave_whole_units_of_work_only) {
  Sample sample;
  sample.close();
  for (int round = 0; round < 15; ++round) {
    int counted[2];
    ASSERT_EQ(pipe(counted), 0);
    const pid_t child = start([&] {
      close(counted[0]);
      for (int skip = 0; skip < (round + 1) * 50'000; ++skip) sample.random.next();
      auto opened = sample.open();
      if (!opened) return 1;
      for (int write_number = 0;; ++write_number) {
        if (!add_person(*opened, sample.org.id, "r" + std::to_string(round) + "w" + std::to_string(write_number)))
          return 2;
        if (write(counted[1], "x", 1) != 1) return 3;  // told only after the store said so
      }
    });
    close(counted[1]);
    // Wait until some are acknowledged, then kill it in the middle of whatever it does.
    std::size_t acknowledged = 0;
    char byte = 0;
    while (acknowledged < static_cast<std::size_t>(1 + round) && read(counted[0], &byte, 1) == 1) ++acknowledged;
    kill(child, SIGKILL);
    EXPECT_EQ(end_of(child), -SIGKILL);
    while (read(counted[0], &byte, 1) == 1) ++acknowledged;
    close(counted[0]);
    sample.reopen();
    must(sample.opened.system->check_integrity());
    EXPECT_TRUE(sample.findings().empty());
    const auto stored =
        std::stoul(RawFile(sample.path())
                       .value("SELECT COUNT(*) FROM contacts WHERE last_name LIKE 'r" + std::to_string(round) + "w%'"));
    EXPECT_GE(stored, acknowledged);
    EXPECT_LE(stored, acknowledged + 1);  // one may have been stored and not yet told
    sample.close();
  }
}

TEST(Processes, back_up_while_another_writes) {
  Sample sample;
  const pid_t child = start([&] {
    for (int skip = 0; skip < 50'000; ++skip) sample.random.next();
    auto opened = sample.open(30'000);
    if (!opened) return 1;
    for (int number = 0; number < 60; ++number)
      if (!add_person(*opened, sample.org.id, std::to_string(number))) return 2;
    return 0;
  });
  for (int number = 0; number < 5; ++number)
    must(sample.opened.system->backup_to(sample.folder.file("backup" + std::to_string(number) + ".db")));
  EXPECT_EQ(end_of(child), 0);
  for (int number = 0; number < 5; ++number) {
    store::SqliteOptions options;
    options.path = sample.folder.file("backup" + std::to_string(number) + ".db");
    auto copy = must(store::open_sqlite(options, sample.clock, sample.random));
    EXPECT_TRUE(must(copy.system->verify(sample.org.id)).findings.empty());
  }
  EXPECT_TRUE(sample.findings().empty());
}

}  // namespace
}  // namespace deskhand::testing
