// One prepared statement and the rows it gives.
//
// Thread rule: its connection's. Ownership: owns the sqlite3_stmt.
#pragma once

#include <string_view>
#include <vector>

#include "store/driver.h"

struct sqlite3;
struct sqlite3_stmt;

namespace deskhand::store {

class Statement {
 public:
  explicit Statement(sqlite3_stmt* statement);
  ~Statement();
  Statement(const Statement&) = delete;
  Statement& operator=(const Statement&) = delete;

  bool busy() const { return busy_; }
  bool writes() const { return writes_; }  // it may change the file
  // SQLite's result code: SQLITE_DONE, or what went wrong. `refused` is the error of `each`, when that ended it.
  int run(const Values& values, const EachRow& each, Done& refused);

 private:
  int bind(const Values& values);

  sqlite3_stmt* statement_;
  std::vector<std::size_t> values_of_;  // for each parameter of SQLite the number after its $
  bool writes_;
  bool busy_ = false;
};

}  // namespace deskhand::store
