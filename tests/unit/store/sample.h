// A small SQLite store with at least one row of every table, and raw access to its file behind the program's back.
#pragma once

#include <sqlite3.h>

#include <memory>
#include <string>
#include <vector>

#include "store/sqlite/open.h"
#include "tests/conformance/store/store_fixture.h"

namespace deskhand::testing {

// The file as a stranger with the sqlite3 program sees it: no authorizer, triggers as they stand.
class RawFile {
 public:
  explicit RawFile(const std::string& path) {
    if (sqlite3_open_v2(path.c_str(), &handle_, SQLITE_OPEN_READWRITE, nullptr) != SQLITE_OK)
      throw std::runtime_error("can't open " + path);
    sqlite3_busy_timeout(handle_, 5'000);
  }
  ~RawFile() { sqlite3_close(handle_); }
  RawFile(const RawFile&) = delete;
  RawFile& operator=(const RawFile&) = delete;

  // "" when it went through, else what SQLite says.
  std::string run(const std::string& sql) {
    char* message = nullptr;
    const int code = sqlite3_exec(handle_, sql.c_str(), nullptr, nullptr, &message);
    std::string text = code == SQLITE_OK ? "" : message == nullptr ? sqlite3_errstr(code) : message;
    sqlite3_free(message);
    return text;
  }
  // First column of every row.
  std::vector<std::string> column(const std::string& sql) {
    std::vector<std::string> values;
    sqlite3_stmt* statement = nullptr;
    if (sqlite3_prepare_v2(handle_, sql.c_str(), -1, &statement, nullptr) != SQLITE_OK)
      throw std::runtime_error(sqlite3_errmsg(handle_));
    while (sqlite3_step(statement) == SQLITE_ROW) {
      const auto* text = reinterpret_cast<const char*>(sqlite3_column_text(statement, 0));
      values.emplace_back(text == nullptr ? "" : text);
    }
    sqlite3_finalize(statement);
    return values;
  }
  std::string value(const std::string& sql) {
    const std::vector<std::string> values = column(sql);
    return values.empty() ? "" : values.front();
  }
  void drop_triggers() {
    for (const std::string& name : column("SELECT name FROM sqlite_master WHERE type = 'trigger'"))
      must_run("DROP TRIGGER " + name);
  }
  void must_run(const std::string& sql) {
    const std::string error = run(sql);
    if (!error.empty()) throw std::runtime_error(sql + ": " + error);
  }
  sqlite3* handle() { return handle_; }

 private:
  sqlite3* handle_ = nullptr;
};

class Sample {
 public:
  Sample();
  std::string path() const { return folder.file("deskhand.db"); }
  Result<store::OpenedStore> open(int busy_timeout_ms = 5'000, bool read_only = false) {
    store::SqliteOptions options;
    options.path = path();
    options.busy_timeout_ms = busy_timeout_ms;
    options.read_only = read_only;
    return store::open_sqlite(options, clock, random);
  }
  void close() { opened = {}; }
  void reopen() { opened = must(open()); }
  // One audited unit of work.
  template <class Work>
  Done write(Work work) {
    return opened.store->write(org.id, [&](Txn& txn) -> Done {
      Done done = work(txn);
      if (!done) return done;
      auto noted = txn.audit().append(audit_entry("test"), true);
      return noted ? Done{} : Done(noted.error());
    });
  }
  std::vector<VerifyFinding> findings() { return must(opened.system->verify(org.id)).findings; }

  TemporaryFolder folder;
  TestClock clock;
  TestRandom random;
  store::OpenedStore opened;
  Org org;
  User owner;
  Contact contact;

 private:
  void fill(Txn& txn);
};

}  // namespace deskhand::testing
