// Everything that can be wrong with a data file is told in one clear line, and nothing is lost or changed by being
// told.
#include "store/sqlite/open.h"

#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <fstream>

#include "sample.h"
#include "store/sqlite/data_file.h"

namespace deskhand::testing {
namespace {

Result<store::OpenedStore> open_at(const std::string& path, bool read_only = false) {
  static TestClock clock;
  static TestRandom random;
  store::SqliteOptions options;
  options.path = path;
  options.busy_timeout_ms = 100;
  options.read_only = read_only;
  return store::open_sqlite(options, clock, random);
}

void expect_one_line(const Error& error) {
  EXPECT_FALSE(error.message.empty());
  EXPECT_EQ(error.message.find('\n'), std::string::npos);
  EXPECT_EQ(error.message.find("sqlite"), std::string::npos) << error.message;
  EXPECT_LT(error.message.size(), 400u);
}

template <class Opened>
std::string message_of(const Opened& opened, Code code) {
  EXPECT_FALSE(opened.has_value());
  if (opened) return "";
  EXPECT_EQ(code_name(opened.error().code), code_name(code)) << opened.error().message << opened.error().detail;
  expect_one_line(opened.error());
  return opened.error().message;
}

// What a child that is not root sees; permissions mean nothing to root.
int exit_code_as_nobody(const std::function<int()>& work) {
  const pid_t child = fork();
  if (child == 0) {
    if (geteuid() == 0 && (setgid(65534) != 0 || setuid(65534) != 0)) _exit(99);
    _exit(work());
  }
  int status = 0;
  waitpid(child, &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

TEST(Open, makes_the_folders_and_a_file_that_only_its_owner_reads) {
  TemporaryFolder folder;
  const std::string path = folder.file("a/b/c/deskhand.db");
  must(open_at(path));
  struct stat status {};
  ASSERT_EQ(stat(path.c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777, 0600u);
  ASSERT_EQ(stat(folder.file("a/b").c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777, 0700u);
}

TEST(Open, follows_a_link_to_the_real_file) {
  Sample sample;
  const std::string link = sample.folder.file("link.db");
  ASSERT_EQ(symlink(sample.path().c_str(), link.c_str()), 0);
  EXPECT_EQ(must(must(open_at(link)).system->orgs()).size(), 1u);
}

TEST(Open, tells_a_loop_of_links) {
  TemporaryFolder folder;
  ASSERT_EQ(symlink("b", folder.file("a").c_str()), 0);
  ASSERT_EQ(symlink("a", folder.file("b").c_str()), 0);
  EXPECT_NE(message_of(open_at(folder.file("a")), Code::unavailable).find("loop"), std::string::npos);
  EXPECT_NE(message_of(open_at(folder.file("a/deskhand.db")), Code::unavailable).find("loop"), std::string::npos);
}

TEST(Open, tells_a_folder_a_pipe_and_a_file_where_a_folder_should_be) {
  TemporaryFolder folder;
  EXPECT_NE(message_of(open_at(folder.path()), Code::unavailable).find("is a folder"), std::string::npos);
  ASSERT_EQ(mkfifo(folder.file("pipe").c_str(), 0600), 0);
  EXPECT_NE(message_of(open_at(folder.file("pipe")), Code::unavailable).find("ordinary file"), std::string::npos);
  { std::ofstream(folder.file("file")) << "x"; }
  message_of(open_at(folder.file("file/deskhand.db")), Code::unavailable);
  message_of(open_at(folder.file(std::string(5'000, 'x'))), Code::unavailable);
}

TEST(Open, tells_what_is_no_database_and_leaves_it_alone) {
  TemporaryFolder folder;
  const std::string path = folder.file("deskhand.db");
  const std::string text(20'000, 'x');
  { std::ofstream(path) << text; }
  message_of(open_at(path), Code::corrupt);
  std::ifstream file(path);
  EXPECT_EQ(std::string(std::istreambuf_iterator<char>(file), {}), text);
}

TEST(Open, tells_a_newer_schema_and_changes_nothing) {
  Sample sample;
  sample.close();
  RawFile(sample.path()).must_run("PRAGMA user_version = 4711");
  EXPECT_NE(message_of(open_at(sample.path()), Code::corrupt).find("newer"), std::string::npos);
  EXPECT_NE(message_of(open_at(sample.path(), true), Code::corrupt).find("newer"), std::string::npos);
  EXPECT_EQ(RawFile(sample.path()).value("SELECT COUNT(*) FROM contacts"), "1");
}

TEST(Open, tells_a_missing_file_that_was_to_be_read_only) {
  TemporaryFolder folder;
  EXPECT_NE(message_of(open_at(folder.file("deskhand.db"), true), Code::unavailable).find("no data file"),
            std::string::npos);
  EXPECT_FALSE(std::filesystem::exists(folder.file("deskhand.db")));
}

TEST(Open, reads_only_when_asked_to) {
  Sample sample;
  store::OpenedStore reader = must(open_at(sample.path(), true));
  must(reader.store->read(sample.org.id, [](Txn& txn) -> Done {
    EXPECT_EQ(must(txn.contacts().list({})).size(), 1u);
    return {};
  }));
  const Done done = reader.store->write(sample.org.id, [](Txn&) -> Done { return {}; });
  EXPECT_EQ(code_of(done), Code::unavailable);
  EXPECT_TRUE(must(reader.system->verify(sample.org.id)).findings.empty());
}

TEST(Open, tells_a_locked_file_once_the_wait_is_over_and_works_when_it_is_free) {
  Sample sample;
  store::OpenedStore other = must(open_at(sample.path()));
  RawFile file(sample.path());
  file.must_run("BEGIN IMMEDIATE; UPDATE contacts SET notes = notes");
  const auto nothing = [](Txn&) -> Done { return {}; };
  const Done busy = other.store->write(sample.org.id, nothing);
  EXPECT_EQ(code_of(busy), Code::unavailable);
  EXPECT_NE(busy.error().message.find("locked"), std::string::npos);
  // Readers are not held up by a writer.
  must(other.store->read(sample.org.id, nothing));
  must(open_at(sample.path()));
  file.must_run("ROLLBACK");
  must(other.store->write(sample.org.id, nothing));
}

TEST(Open, tells_a_file_that_another_program_holds_for_itself) {
  Sample sample;
  sample.close();
  RawFile file(sample.path());
  file.must_run("PRAGMA locking_mode = EXCLUSIVE; BEGIN IMMEDIATE; UPDATE ref_counters SET value = value; COMMIT");
  EXPECT_NE(message_of(open_at(sample.path()), Code::unavailable).find("locked"), std::string::npos);
}

TEST(Open, tells_a_file_and_a_folder_it_may_not_write) {
  TemporaryFolder folder;
  ASSERT_EQ(chmod(folder.path().c_str(), 0755), 0);
  const std::string path = folder.file("deskhand.db");
  must(open_at(path));
  ASSERT_EQ(chmod(path.c_str(), 0444), 0);
  const auto refused = [](const std::string& where) {
    return exit_code_as_nobody([&] {
      const auto opened = open_at(where);
      if (opened || opened.error().code != Code::unavailable) return 1;
      return opened.error().message.find("permission") == std::string::npos ? 2 : 0;
    });
  };
  EXPECT_EQ(refused(path), 0);
  EXPECT_EQ(refused(folder.file("new.db")), 0);
  EXPECT_EQ(refused(folder.file("sub/new.db")), 0);
  ASSERT_EQ(chmod(path.c_str(), 0000), 0);
  EXPECT_EQ(refused(path), 0);
}

TEST(Open, tells_a_damaged_beginning_of_the_file) {
  Sample sample;
  sample.close();
  RawFile(sample.path()).must_run("PRAGMA journal_mode = DELETE");
  for (const std::size_t cut : {std::size_t{1}, std::size_t{100}, std::size_t{4'096}, std::size_t{20'000}}) {
    const std::string path = sample.folder.file("cut.db");
    std::filesystem::copy_file(sample.path(), path, std::filesystem::copy_options::overwrite_existing);
    std::filesystem::resize_file(path, cut);
    const auto opened = open_at(path);
    if (opened) {
      EXPECT_FALSE(opened->system->check_integrity()) << cut;
    } else {
      expect_one_line(opened.error());
    }
    for (const char* end : {"-wal", "-shm"}) std::filesystem::remove(path + end);
  }
}

TEST(Open, refuses_network_file_systems_by_name) {
  EXPECT_EQ(store::network_file_system(0x6969, ""), "NFS");
  EXPECT_EQ(store::network_file_system(static_cast<long>(0xFF534D42), ""), "SMB");
  EXPECT_EQ(store::network_file_system(-11317950, ""), "SMB");  // the same where long has 32 bits
  EXPECT_EQ(store::network_file_system(0xFE534D42, ""), "SMB");
  EXPECT_EQ(store::network_file_system(0x01021997, ""), "9P");
  EXPECT_EQ(store::network_file_system(0x65735546, "fuse.sshfs"), "fuse.sshfs");
  EXPECT_EQ(store::network_file_system(0x65735546, "fuse.gocryptfs"), "");
  EXPECT_EQ(store::network_file_system(0xEF53, ""), "");
  EXPECT_EQ(store::network_file_system(0x01021994, ""), "");
}

}  // namespace
}  // namespace deskhand::testing
