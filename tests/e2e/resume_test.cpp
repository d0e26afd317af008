// Runs outlive the process that began them: a crash, five days of waiting, an upgrade, another process beside it.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>

#include "app/runtime.h"
#include "app/system_ports.h"
#include "base/json.h"
#include "tests/support/program.h"

namespace deskhand::test {
namespace {

// A data folder as an earlier version of the program left it.
void unpack(const std::string& fixture, const std::string& data) {
  std::filesystem::create_directories(data);
  const std::string from = std::string(DESKHAND_SOURCE_DIR) + "/tests/fixtures/run_log/" + fixture + ".db.gz";
  ASSERT_EQ(std::system(("gzip -dc '" + from + "' > '" + data + "/deskhand.db'").c_str()), 0);
}

Json run_of(const std::string& data, const std::string& ref) {
  const Ran ran = deskhand(data, {"--json", "runs", "show", ref});
  auto parsed = parse_json(ran.out, 1 << 20);
  EXPECT_TRUE(parsed) << ran.out << ran.err;
  return parsed ? *parsed : Json();
}

TEST(Resume, finishes_a_run_of_an_earlier_version_that_was_killed_between_its_call_and_its_reply) {
  const Folder folder;
  unpack("interrupted_form_1", folder.path());
  const Ran ran = deskhand(folder.path(), {"--now", "2026-03-02T15:10:00Z", "chat"}, "");
  ASSERT_EQ(ran.status, 0) << ran.err;
  EXPECT_NE(ran.out.find("Went on with T-4 (\"Log a call with Ana"), std::string::npos) << ran.out;
  EXPECT_EQ(std::count(ran.out.begin(), ran.out.end(), '\n'), 1) << ran.out;
  const Json run = run_of(folder.path(), "T-4");
  EXPECT_EQ(run["state"], "done");
  EXPECT_EQ(run["calls"].size(), 1u) << "the call was made again";
  EXPECT_EQ(run["notes"][0], "went on after a crash");
  EXPECT_EQ(deskhand(folder.path(), {"chat"}, "").out, "") << "picked up twice";
  EXPECT_EQ(deskhand(folder.path(), {"verify"}).status, 0);
}

TEST(Resume, keeps_a_question_over_five_days_a_restart_and_an_upgrade) {
  const Folder folder;
  unpack("waiting_form_1", folder.path());
  EXPECT_EQ(deskhand(folder.path(), {"--now", "2026-03-07T15:00:00Z", "chat"}, "").out, "")
      << "a waiting run is no interrupted one";
  EXPECT_EQ(run_of(folder.path(), "T-3")["state"], "waiting");
  const Ran ran = deskhand(folder.path(), {"--now", "2026-03-07T15:05:00Z", "chat"}, "yes\n");
  ASSERT_EQ(ran.status, 0) << ran.err;
  EXPECT_NE(deskhand(folder.path(), {"approvals", "show", "A-1"}).out.find("[approved]"), std::string::npos) << ran.out;
  const Json run = run_of(folder.path(), "T-3");
  EXPECT_EQ(run["state"], "done");
  EXPECT_EQ(run["notes"][0], "A-1 was answered: approve (T-4)");
  EXPECT_EQ(run["form"], 1);
}

TEST(Runs, show_model_prompt_procedure_verdict_guard_rows_and_time) {
  const Folder folder;
  ASSERT_EQ(deskhand(folder.path(), {"chat"},
                     "Add a new customer: Ana Ruiz, 512-555-0142, ana@ruiz.example\nopen a lead for Ana Ruiz: leaking "
                     "shower\nFollow up on the Ruiz lead\n")
                .status,
            0);
  const Json made = run_of(folder.path(), "T-1");
  EXPECT_EQ(made["calls"][0]["tool"], "create_contact");
  EXPECT_EQ(made["calls"][0]["verdict"], "allow");
  EXPECT_NE(made["calls"][0]["rows"].dump().find("C-1 made"), std::string::npos) << made.dump();
  EXPECT_EQ(made["answers"][0]["model"], "embedded");
  EXPECT_EQ(made["answers"][0]["prompt_hash"].get<std::string>().size(), 16u);
  EXPECT_NE(made["procedure"].get<std::string>(), "");
  const Json asked = run_of(folder.path(), "T-3");
  EXPECT_EQ(asked["state"], "waiting");
  EXPECT_EQ(asked["calls"].back()["verdict"], "ask A-1") << asked.dump();
  EXPECT_EQ(asked["calls"].back()["guard"], "HS1") << asked.dump();
  const std::string text = deskhand(folder.path(), {"runs", "show", "T-3"}).out;
  EXPECT_NE(text.find("verdict  ask A-1 by HS1"), std::string::npos) << text;
  EXPECT_NE(deskhand(folder.path(), {"runs", "list"}).out.find("T-3  [waiting]"), std::string::npos);
  EXPECT_EQ(deskhand(folder.path(), {"runs", "show", "T-99"}).status, 1);
  EXPECT_EQ(deskhand(folder.path(), {"runs", "show", "C-1"}).status, 1);
}

// --- two processes
// ----------------------------------------------------------------------------------------------------

class OtherWorker final : public Worker {
 public:
  const std::string& name() const override { return name_; }
  bool is_gone(std::string_view) const override { return others_are_gone; }
  bool others_are_gone = false;

 private:
  std::string name_ = "second";
};

struct Opened {
  app::PinnedClock clock{*parse_rfc3339("2026-03-02T15:00:00Z")};
  app::SeededRandom random{1};
  OtherWorker worker;
  std::unique_ptr<app::Runtime> runtime;

  explicit Opened(const std::string& data) {
    app::RuntimeOptions options;
    options.data = data;
    options.share = DESKHAND_SOURCE_DIR;
    options.clock = &clock;
    options.random = &random;
    options.worker = &worker;
    auto opened = app::Runtime::open(std::move(options));
    EXPECT_TRUE(opened) << opened.error().message;
    runtime = std::move(*opened);
  }
  // A run whose words are committed and nothing else, held by another process.
  void leave_a_run_of(const std::string& holder) {
    const auto conversation = runtime->agent().open(runtime->org().id, runtime->actor("terminal"), "terminal");
    ASSERT_TRUE(conversation);
    ASSERT_TRUE(runtime->store().write(runtime->org().id, [&](Txn& txn) -> Done {
      deskhand::Run run;
      run.conversation = *conversation;
      run.trigger = "person";
      run.started_at = clock.now();
      run.held_by = holder;
      run.held_until = clock.now().plus_seconds(60);
      auto stored = txn.conversations().insert(run);
      if (!stored) return stored.error();
      return txn.conversations().append({stored->id, 1, StepKind::person_said,
                                         R"({"v":2,"text":"Add a new customer: Bo Lind, 512-555-0143"})", clock.now()});
    }));
  }
};

TEST(Resume, leaves_a_run_alone_that_another_process_may_be_at) {
  const Folder folder;
  Opened opened(folder.path());
  opened.leave_a_run_of("first");
  EXPECT_TRUE(opened.runtime->resume()->empty());
  opened.clock.advance_seconds(61);  // its lease has ended
  EXPECT_EQ(opened.runtime->resume()->size(), 1u);
  EXPECT_TRUE(opened.runtime->resume()->empty());
}

TEST(Resume, takes_a_run_over_at_once_when_its_process_is_gone) {
  const Folder folder;
  Opened opened(folder.path());
  opened.leave_a_run_of("first");
  opened.worker.others_are_gone = true;
  const auto lines = opened.runtime->resume();
  ASSERT_TRUE(lines);
  ASSERT_EQ(lines->size(), 1u);
  EXPECT_NE(lines->front().find("Bo Lind"), std::string::npos) << lines->front();
}

TEST(Resume, leaves_a_run_of_a_newer_program_alone) {
  const Folder folder;
  Opened opened(folder.path());
  opened.worker.others_are_gone = true;
  opened.leave_a_run_of("first");
  const auto rewritten = opened.runtime->store().write(opened.runtime->org().id, [&](Txn& txn) -> Done {
    deskhand::Run run;
    run.conversation = txn.conversations().recent_runs(1)->front().conversation;
    run.trigger = "person";
    run.started_at = opened.clock.now();
    run.form = kRunForm + 1;
    auto stored = txn.conversations().insert(run);
    return stored ? Done{} : Done{stored.error()};
  });
  ASSERT_TRUE(rewritten);
  EXPECT_EQ(opened.runtime->resume()->size(), 1u);
}

TEST(Resume, gives_a_run_up_that_can_not_be_read_and_says_so) {
  const Folder folder;
  Opened opened(folder.path());
  opened.worker.others_are_gone = true;
  const auto conversation =
      opened.runtime->agent().open(opened.runtime->org().id, opened.runtime->actor("terminal"), "terminal");
  ASSERT_TRUE(opened.runtime->store().write(opened.runtime->org().id, [&](Txn& txn) -> Done {
    deskhand::Run run;
    run.conversation = *conversation;
    run.trigger = "person";
    run.started_at = opened.clock.now();
    auto stored = txn.conversations().insert(run);
    if (!stored) return stored.error();
    return txn.conversations().append({stored->id, 1, StepKind::person_said, "{\"v\":77}", opened.clock.now()});
  }));
  const auto lines = opened.runtime->resume();
  ASSERT_TRUE(lines);
  ASSERT_EQ(lines->size(), 1u);
  EXPECT_EQ(lines->front().rfind("Gave up T-1", 0), 0u) << lines->front();
  EXPECT_TRUE(opened.runtime->resume()->empty());
}

}  // namespace
}  // namespace deskhand::test
