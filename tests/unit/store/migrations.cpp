#include <fstream>

#include "sample.h"
#include "store/migrations/sqlite.h"
#include "store/sqlite/migrate.h"

namespace deskhand::testing {
namespace {

using store::Migration;
using store::SqliteConnection;

constexpr Migration kOne[] = {{1, "0001_one", "CREATE TABLE one (org_id TEXT NOT NULL) STRICT;"}};
constexpr Migration kTwo[] = {
    kOne[0], {2, "0002_two", "CREATE TABLE two (org_id TEXT NOT NULL) STRICT; INSERT INTO two VALUES ('a');"}};
constexpr Migration kBroken[] = {
    kOne[0], {2, "0002_two", "CREATE TABLE two (org_id TEXT NOT NULL) STRICT; INSERT INTO nowhere VALUES (1);"}};
constexpr Migration kEdited[] = {{1, "0001_one", "CREATE TABLE one (org_id TEXT NOT NULL, more TEXT) STRICT;"}};

class Migrations : public ::testing::Test {
 protected:
  std::unique_ptr<SqliteConnection> open() {
    { std::ofstream(path_, std::ios::app); }
    return must(
        SqliteConnection::open({.path = path_, .role = store::Role::writer, .busy_timeout_ms = 1'000, .vfs = {}}));
  }
  Done migrate(std::span<const Migration> migrations) { return store::migrate(*open(), migrations, clock_); }
  std::string value(const std::string& sql) { return RawFile(path_).value(sql); }

  TemporaryFolder folder_;
  TestClock clock_;
  std::string path_ = folder_.file("m.db");
};

TEST_F(Migrations, run_once_each_and_in_order) {
  must(migrate(kOne));
  EXPECT_EQ(value("PRAGMA user_version"), "1");
  must(migrate(kTwo));
  must(migrate(kTwo));
  EXPECT_EQ(value("PRAGMA user_version"), "2");
  EXPECT_EQ(value("SELECT COUNT(*) FROM two"), "1");
  EXPECT_EQ(value("SELECT group_concat(name) FROM schema_migrations"), "0001_one,0002_two");
}

TEST_F(Migrations, leave_nothing_behind_when_they_fail) {
  must(migrate(kOne));
  EXPECT_FALSE(migrate(kBroken));
  EXPECT_EQ(value("PRAGMA user_version"), "1");
  EXPECT_EQ(value("SELECT COUNT(*) FROM sqlite_master WHERE name = 'two'"), "0");
  must(migrate(kTwo));
}

TEST_F(Migrations, refuse_a_file_of_a_newer_program) {
  must(migrate(kTwo));
  const Done done = migrate(kOne);
  EXPECT_EQ(code_of(done), Code::corrupt);
  EXPECT_NE(done.error().message.find("newer Deskhand (schema 2, this one knows 1)"), std::string::npos)
      << done.error().message;
}

TEST_F(Migrations, notice_that_an_old_one_was_edited) {
  must(migrate(kOne));
  const Done done = migrate(kEdited);
  EXPECT_EQ(code_of(done), Code::corrupt);
  EXPECT_NE(done.error().message.find("0001_one"), std::string::npos) << done.error().message;
}

TEST_F(Migrations, notice_a_list_that_does_not_fit_the_version) {
  must(migrate(kTwo));
  RawFile(path_).must_run("DELETE FROM schema_migrations WHERE number = 2");
  EXPECT_EQ(code_of(migrate(kTwo)), Code::corrupt);
  RawFile(path_).must_run("DROP TABLE schema_migrations");
  EXPECT_FALSE(migrate(kTwo));
}

TEST_F(Migrations, refuse_the_database_of_another_program) {
  { std::ofstream(path_, std::ios::app); }
  RawFile(path_).must_run("CREATE TABLE songs (title TEXT)");
  const Done done = migrate(kOne);
  EXPECT_EQ(code_of(done), Code::corrupt);
  EXPECT_NE(done.error().message.find("another program"), std::string::npos);
  EXPECT_EQ(value("SELECT group_concat(name) FROM sqlite_master"), "songs");
}

TEST_F(Migrations, check_without_changing_anything_when_a_file_is_only_read) {
  must(migrate(kOne));
  must(store::check_schema(*open(), kOne));
  EXPECT_EQ(code_of(store::check_schema(*open(), kTwo)), Code::unavailable);
  EXPECT_EQ(code_of(store::check_schema(*open(), kEdited)), Code::corrupt);
  EXPECT_EQ(value("PRAGMA user_version"), "1");
}

TEST_F(Migrations, of_the_program_are_numbered_without_gaps) {
  int expected = 1;
  for (const Migration& migration : store::sqlite_migrations())
    EXPECT_EQ(migration.number, expected++) << migration.name;
}

}  // namespace
}  // namespace deskhand::testing
