// The disk fails at its first call, its second, its third ... until a run meets no fault any more. Each time: what was
// acknowledged is there, what was refused is not, the file is whole and the audit log verifies.
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <filesystem>
#include <fstream>

#include "store/sqlite/failing_disk.h"
#include "store/sqlite/open.h"
#include "tests/conformance/store/store_fixture.h"

namespace deskhand::testing {
namespace {

using store::FailingDisk;
using store::Fault;
using store::kEnded;

constexpr int kUnits = 4;
constexpr std::int64_t kCallsMax = 20'000;  // a loop that has not ended by then never would

// Memory is fast and a fault does not care.
class FaultFolder {
 public:
  FaultFolder() {
    std::string pattern =
        (std::filesystem::exists("/dev/shm") ? "/dev/shm" : "/tmp") + std::string("/deskhand-fault-XXXXXX");
    if (mkdtemp(pattern.data()) == nullptr) throw std::runtime_error("no temporary folder");
    path_ = pattern;
  }
  ~FaultFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  FaultFolder(const FaultFolder&) = delete;
  FaultFolder& operator=(const FaultFolder&) = delete;
  std::string file(const std::string& name) const { return path_ + "/" + name; }

 private:
  std::string path_;
};

// What a child tells its parent, in memory both see.
struct Told {
  std::array<int, kUnits> outcome;  // 0 not begun, 1 begun, else 2 + what came back
};
enum Outcome { kNotBegun, kBegun, kStored, kRefused, kUnknown, kOdd };

class DiskFaults : public ::testing::Test {
 protected:
  void SetUp() override {
    void* shared = mmap(nullptr, sizeof(Told), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    ASSERT_NE(shared, MAP_FAILED);
    told_ = static_cast<Told*>(shared);
    // One good file that every round starts from.
    auto opened = must(open(template_path(), false));
    org_ = must(opened.system->create_org(business("flores"), owner_named("dana"))).id;
  }
  void TearDown() override { munmap(told_, sizeof(Told)); }

  std::string template_path() const { return folder_.file("good.db"); }
  std::string path() const { return folder_.file("work.db"); }

  Result<store::OpenedStore> open(const std::string& where, bool failing) {
    store::SqliteOptions options;
    options.path = where;
    options.busy_timeout_ms = 200;
    if (failing) options.vfs = FailingDisk::name();
    return store::open_sqlite(options, clock_, random_);
  }

  void start_afresh() {
    for (const char* end : {"", "-wal", "-shm", "-journal"}) std::filesystem::remove(path() + end);
    std::filesystem::copy_file(template_path(), path());
    *told_ = {};
  }

  static Done capture(Store& store, const OrgId& org, int number) {
    return store.write(org, [&](Txn& txn) -> Done {
      Contact ana =
          person("Ana", "unit" + std::to_string(number), {phone("+1512555" + std::to_string(1'000 + number))});
      ana.notes = std::string(9'000, 'n');  // several pages
      auto inserted = txn.contacts().insert(ana);
      if (!inserted) return inserted.error();
      Lead lead;
      lead.title = "unit" + std::to_string(number);
      lead.contact = inserted->id;
      auto opened = txn.leads().insert(lead);
      if (!opened) return opened.error();
      auto noted = txn.audit().append(audit_entry("capture"), true);
      return noted ? Done{} : Done(noted.error());
    });
  }

  void work(store::OpenedStore& opened) {
    for (int number = 0; number < kUnits; ++number) {
      told_->outcome[static_cast<std::size_t>(number)] = kBegun;
      const Done done = capture(*opened.store, org_, number);
      Outcome outcome = kStored;
      if (!done) {
        outcome = done.error().code == Code::unavailable       ? kRefused
                  : done.error().code == Code::unknown_outcome ? kUnknown
                                                               : kOdd;
        if (outcome == kOdd) fprintf(stderr, "odd: %s %s\n", done.error().message.c_str(), done.error().detail.c_str());
      }
      told_->outcome[static_cast<std::size_t>(number)] = outcome;
    }
  }

  // Opens the file with the honest disk and compares it with what was told.
  void check(const std::string& when) {
    auto opened = open(path(), false);
    ASSERT_TRUE(opened.has_value()) << when << opened.error().message << opened.error().detail;
    const Done whole = opened->system->check_integrity();
    ASSERT_TRUE(whole.has_value()) << when << whole.error().detail;
    const auto report = must(opened->system->verify(org_));
    for (const VerifyFinding& finding : report.findings) ADD_FAILURE() << when << finding.where << ": " << finding.what;
    must(opened->store->read(org_, [&](Txn& txn) -> Done {
      for (int number = 0; number < kUnits; ++number) {
        const auto people = must(txn.contacts().search("unit" + std::to_string(number), true, 5)).size();
        const auto leads = must(txn.leads().search("unit" + std::to_string(number), false, 5)).size();
        EXPECT_EQ(people, leads) << when << "half a unit of work";
        switch (told_->outcome[static_cast<std::size_t>(number)]) {
          case kStored:
            EXPECT_EQ(people, 1u) << when << "acknowledged and lost: unit " << number;
            break;
          case kRefused:
          case kNotBegun:
            EXPECT_EQ(people, 0u) << when << "refused and stored: unit " << number;
            break;
          case kOdd:
            ADD_FAILURE() << when << "a fault of the disk came back as something else: unit " << number;
            break;
          default:
            EXPECT_LE(people, 1u) << when;
        }
      }
      return {};
    }));
    // And it goes on working.
    must(capture(*opened->store, org_, 9));
  }

  // In this process: the fault is an error and the program goes on.
  void loop_in_process(Fault fault) {
    FailingDisk disk;
    std::int64_t at = 1;
    for (; at < kCallsMax; ++at) {
      const std::string when = "call " + std::to_string(at) + ": ";
      start_afresh();
      bool struck = false;
      {
        auto opened = open(path(), true);
        ASSERT_TRUE(opened.has_value());
        disk.arm(fault, at);
        work(*opened);
        struck = disk.struck();
        disk.disarm();
        // The disk is well again: without a restart the store is, too.
        const Done again = capture(*opened->store, org_, 8);
        EXPECT_TRUE(again.has_value()) << when << again.error().message << again.error().detail;
      }
      check(when);
      if (HasFailure()) return;
      if (!struck) break;
    }
    EXPECT_GT(at, 20) << "the loop met hardly anything";
    RecordProperty("calls", std::to_string(at));
  }

  // In a process of its own, which ends at the fault.
  void loop_over_ends(Fault fault) {
    std::int64_t at = 1;
    for (; at < kCallsMax; ++at) {
      start_afresh();
      const pid_t child = fork();
      if (child == 0) {
        FailingDisk disk;
        {
          auto opened = open(path(), true);
          if (!opened) _exit(1);
          for (int skip = 0; skip < 1'000; ++skip) random_.next();  // ids of its own
          disk.arm(fault, at);
          work(*opened);
        }
        _exit(0);  // closing wrote the log back, under the same fault
      }
      int status = 0;
      waitpid(child, &status, 0);
      ASSERT_TRUE(WIFEXITED(status)) << at;
      const int code = WEXITSTATUS(status);
      ASSERT_TRUE(code == kEnded || code == 0) << at << " " << code;
      check("call " + std::to_string(at) + ": ");
      if (HasFailure()) return;
      if (code == 0) break;
    }
    EXPECT_GT(at, 20) << "the loop met hardly anything";
    RecordProperty("calls", std::to_string(at));
  }

  FaultFolder folder_;
  TestClock clock_;
  TestRandom random_;
  OrgId org_;
  Told* told_ = nullptr;
};

TEST_F(DiskFaults, a_failed_write_or_sync_loses_nothing_that_was_acknowledged) { loop_in_process(Fault::write_error); }
TEST_F(DiskFaults, a_half_done_write_loses_nothing_that_was_acknowledged) { loop_in_process(Fault::half_write); }
TEST_F(DiskFaults, a_full_disk_refuses_and_works_again_when_there_is_space) { loop_in_process(Fault::disk_full); }
TEST_F(DiskFaults, a_disk_that_is_full_for_a_moment_refuses_for_a_moment) { loop_in_process(Fault::disk_full_once); }
TEST_F(DiskFaults, a_failed_read_changes_nothing) { loop_in_process(Fault::read_error); }
TEST_F(DiskFaults, a_process_that_ends_anywhere_leaves_whole_units_of_work) { loop_over_ends(Fault::end_of_process); }
TEST_F(DiskFaults, a_power_cut_anywhere_keeps_everything_acknowledged) { loop_over_ends(Fault::power_cut); }
TEST_F(DiskFaults, a_power_cut_that_kept_some_of_the_unsynced_keeps_everything_acknowledged) {
  loop_over_ends(Fault::power_cut_torn);
}

// The same while a new file is being made.
TEST_F(DiskFaults, a_file_whose_making_was_cut_off_anywhere_is_made_the_next_time) {
  for (const Fault fault : {Fault::end_of_process, Fault::power_cut, Fault::power_cut_torn, Fault::disk_full}) {
    // Making the schema takes thousands of calls; every one of the first and then ever wider steps.
    for (std::int64_t at = 1; at < kCallsMax; at += 1 + at / 12) {
      for (const char* end : {"", "-wal", "-shm", "-journal"}) std::filesystem::remove(path() + end);
      const pid_t child = fork();
      if (child == 0) {
        FailingDisk disk;
        disk.arm(fault, at);
        const bool made = open(path(), true).has_value();
        _exit(disk.struck() ? kEnded : made ? 0 : 1);
      }
      int status = 0;
      waitpid(child, &status, 0);
      ASSERT_TRUE(WIFEXITED(status) && (WEXITSTATUS(status) == kEnded || WEXITSTATUS(status) == 0))
          << at << " " << status;
      auto opened = open(path(), false);
      ASSERT_TRUE(opened.has_value()) << at << opened.error().message << opened.error().detail;
      must(opened->system->check_integrity());
      const Org org = must(opened->system->create_org(business("flores"), owner_named("dana")));
      must(capture(*opened->store, org.id, 1));
      if (WEXITSTATUS(status) == 0) break;
    }
  }
}

TEST_F(DiskFaults, a_full_disk_says_so_in_one_clear_line) {
  FailingDisk disk;
  start_afresh();
  auto opened = must(open(path(), true));
  disk.arm(Fault::disk_full, 1);
  const Done done = capture(*opened.store, org_, 1);
  ASSERT_FALSE(done.has_value());
  EXPECT_EQ(done.error().code, Code::unavailable);
  EXPECT_NE(done.error().message.find("disk is full"), std::string::npos) << done.error().message;
  // Reading still works.
  must(opened.store->read(
      org_, [](Txn& txn) -> Done { return txn.org().get() ? Done{} : Done(make_error(Code::internal, "")); }));
  disk.disarm();
  must(capture(*opened.store, org_, 1));
}

TEST_F(DiskFaults, a_backup_onto_a_full_disk_leaves_no_half_backup) {
  start_afresh();
  auto opened = must(open(path(), false));
  EXPECT_FALSE(opened.system->backup_to("/dev/full"));
  EXPECT_FALSE(opened.system->backup_to("/proc/deskhand.db"));
  must(opened.system->backup_to(folder_.file("backup.db")));
  EXPECT_TRUE(std::filesystem::exists(folder_.file("backup.db")));
}

}  // namespace
}  // namespace deskhand::testing
