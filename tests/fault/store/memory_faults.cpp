// SQLite is refused memory at its first request, its second, its third ...: an error each time, never a crash, never
// half a unit of work, and the program goes on once there is memory again.
#include <sqlite3.h>

#include <filesystem>

#include "store/sqlite/open.h"
#include "tests/conformance/store/store_fixture.h"

namespace deskhand::testing {
namespace {

struct Memory {
  sqlite3_mem_methods real{};
  std::int64_t at = 0, requests = 0;  // `at` 0: nothing is refused
};

Memory& memory() {
  static Memory state;  // SQLite takes its allocator once for the whole process
  return state;
}

bool refused() {
  Memory& state = memory();
  return state.at != 0 && ++state.requests == state.at;
}
void* take(int size) { return refused() ? nullptr : memory().real.xMalloc(size); }
void* resize(void* block, int size) { return refused() ? nullptr : memory().real.xRealloc(block, size); }

// Before anything in this program has used SQLite.
const bool kInstalled = [] {
  sqlite3_config(SQLITE_CONFIG_GETMALLOC, &memory().real);
  sqlite3_mem_methods failing = memory().real;
  failing.xMalloc = take;
  failing.xRealloc = resize;
  return sqlite3_config(SQLITE_CONFIG_MALLOC, &failing) == SQLITE_OK;
}();

TEST(MemoryFaults, are_errors_and_leave_whole_units_of_work) {
  ASSERT_TRUE(kInstalled);
  TemporaryFolder folder;
  TestClock clock;
  TestRandom random;
  store::SqliteOptions options;
  options.path = folder.file("deskhand.db");
  auto first = must(store::open_sqlite(options, clock, random));
  const OrgId org = must(first.system->create_org(business("flores"), owner_named("dana"))).id;
  first = {};
  std::int64_t refusals = 0, stored = 0;
  for (std::int64_t at = 1; at < 1'000'000; at += 1 + at / 40) {
    memory().requests = 0;
    memory().at = at;
    bool done = false;
    {
      auto opened = store::open_sqlite(options, clock, random);
      if (opened) {
        const Done written = opened->store->write(org, [&](Txn& txn) -> Done {
          auto inserted =
              txn.contacts().insert(person("Ana", "Round" + std::to_string(at), {phone("+1512" + std::to_string(at))}));
          if (!inserted) return inserted.error();
          auto found = txn.contacts().search("ana", false, 5);
          if (!found) return found.error();
          auto noted = txn.audit().append(audit_entry("test"), true);
          return noted ? Done{} : Done(noted.error());
        });
        done = written.has_value();
        if (!written) {
          EXPECT_NE(written.error().code, Code::invalid_argument) << at << written.error().detail;
        }
        memory().at = 0;
        // There is memory again.
        EXPECT_TRUE(
            opened->store
                ->read(org,
                       [](Txn& txn) -> Done { return txn.org().get() ? Done{} : Done(make_error(Code::internal, "")); })
                .has_value())
            << at;
      } else {
        EXPECT_FALSE(opened.error().message.empty());
      }
    }
    const bool struck = memory().requests >= at;
    memory().at = 0;
    refusals += done ? 0 : 1;
    stored += done ? 1 : 0;
    if (!struck && done) break;
  }
  EXPECT_GT(refusals, 20);
  auto opened = must(store::open_sqlite(options, clock, random));
  must(opened.system->check_integrity());
  EXPECT_TRUE(must(opened.system->verify(org)).findings.empty());
  must(opened.store->read(org, [&](Txn& txn) -> Done {
    EXPECT_EQ(must(txn.contacts().search("round", true, 200)).size(),
              static_cast<std::size_t>(std::min<std::int64_t>(stored, 200)));
    return {};
  }));
}

}  // namespace
}  // namespace deskhand::testing
