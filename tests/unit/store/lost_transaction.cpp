// SQLite gives a transaction up by itself when the disk fails in the middle of it. What the unit of work does after that would
// commit alone, statement by statement.
#include "sample.h"
#include "store/sqlite/database.h"
#include "store/sqlite/open.h"

namespace deskhand::testing {
namespace {

class LostTransaction : public ::testing::Test {
 protected:
  void SetUp() override {
    store::SqliteOptions options;
    options.path = folder_.file("deskhand.db");
    auto made = store::open_sqlite(options, clock_, random_);
    ASSERT_TRUE(made) << made.error().message;
    settings_.path = options.path;
    auto writer = store::SqliteConnection::open(settings_);
    ASSERT_TRUE(writer);
    database_.emplace(settings_, std::move(*writer));
  }
  Done put(store::Connection& connection, const std::string& name) {
    return connection.run("INSERT INTO ref_counters (org_id, name, value) VALUES ('o', $1, 1)", {name}, {});
  }
  std::vector<std::string> names() {
    std::vector<std::string> found;
    const Done read = database_->read([&](store::Connection& connection) {
      return connection.run("SELECT name FROM ref_counters WHERE org_id = 'o' ORDER BY name", {}, [&](const store::Row& row) -> Done {
        found.emplace_back(row.bytes(0));
        return {};
      });
    });
    EXPECT_TRUE(read);
    return found;
  }

  TemporaryFolder folder_;
  TestClock clock_;
  TestRandom random_;
  store::ConnectionSettings settings_;
  std::optional<store::Database> database_;
};

TEST_F(LostTransaction, lets_nothing_be_written_that_would_commit_alone) {
  const Done done = database_->write([&](store::Connection& connection) -> Done {
    EXPECT_TRUE(put(connection, "before"));
    EXPECT_TRUE(connection.run("ROLLBACK", {}, {}));  // as SQLite does by itself
    const Done after = put(connection, "after");
    EXPECT_TRUE(!after && after.error().code == Code::unavailable);
    EXPECT_FALSE(connection.run("SAVEPOINT part", {}, {}));
    return {};
  });
  ASSERT_FALSE(done);
  EXPECT_EQ(done.error().code, Code::unavailable);
  EXPECT_TRUE(names().empty());
  EXPECT_TRUE(database_->write([&](store::Connection& connection) { return put(connection, "later"); }));
  EXPECT_EQ(names(), std::vector<std::string>{"later"});
}

TEST_F(LostTransaction, takes_no_write_within_a_read_of_the_only_thread) {
  const Done done = database_->read([&](store::Connection& connection) { return put(connection, "read"); });
  ASSERT_FALSE(done);
  EXPECT_EQ(done.error().code, Code::forbidden);
  EXPECT_TRUE(database_->write([&](store::Connection& connection) { return put(connection, "written"); }));
  EXPECT_EQ(names(), std::vector<std::string>{"written"});
}

}  // namespace
}  // namespace deskhand::testing
