// One SQLite connection: prepared statements kept by their text, the safety settings, and the authorizer that knows no
// DELETE of a record.
//
// Thread rule: one thread at a time. Ownership: owns its handle and statements.
// Source: SQLite 3.40 C API. "$1" is a named parameter there and is bound by its name.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>

#include "store/driver.h"
#include "store/sqlite/errors.h"
#include "store/sqlite/statement.h"

struct sqlite3;

namespace deskhand::store {

struct ConnectionSettings {
  std::string path;
  Role role = Role::writer;
  bool file_read_only = false;  // nothing may be written at all, not even by the writer
  bool synchronous_full = true;
  int busy_timeout_ms = 0;
  std::string vfs;  // "" is the system's own; tests put a failing one here
};

class SqliteConnection final : public Connection {
 public:
  static Result<std::unique_ptr<SqliteConnection>> open(const ConnectionSettings& settings);
  ~SqliteConnection() override;
  SqliteConnection(const SqliteConnection&) = delete;
  SqliteConnection& operator=(const SqliteConnection&) = delete;

  Done run(std::string_view sql, const Values& values, const EachRow& each) override;
  TextSearch& text_search() override { return *text_search_; }

  // Statements without values, several at once; only migrations need it.
  Done run_script(const std::string& sql);
  bool in_transaction() const;
  int last_code() const { return last_code_; }  // extended code of the last failed statement
  // From here on: no DELETE of records, no schema change, no ATTACH, no PRAGMA beyond looking.
  void lock_down();
  // While on, a statement that would write is refused, whatever the connection may do else.
  void only_look(bool on) { only_looks_ = on; }
  // While on, it is within a transaction that somebody else ends. Where SQLite has given that up by itself (a full disk, an I/O
  // error), no statement runs any more: it would commit alone. `unavailable` then.
  void within_transaction(bool on) { within_transaction_ = on; }
  sqlite3* handle() { return handle_; }

 private:
  SqliteConnection(sqlite3* handle, Role role);
  Result<Statement*> statement(std::string_view sql, std::unique_ptr<Statement>& own);

  sqlite3* handle_;
  Role role_;
  int last_code_ = 0;
  bool only_looks_ = false;
  bool within_transaction_ = false;
  std::unordered_map<std::string, std::unique_ptr<Statement>> statements_;
  std::unique_ptr<TextSearch> text_search_;
};

}  // namespace deskhand::store
