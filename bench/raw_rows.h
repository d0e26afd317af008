// The rows of a database file as they are, and the same rows inserted raw into another: what a program's writes cost at
// the least.
//
// Thread rule: one thread. Ownership: a RawTable owns its values.
#pragma once

#include <sqlite3.h>

#include <string>
#include <vector>

namespace deskhand::bench {

struct RawTable {
  RawTable() = default;
  ~RawTable();
  RawTable(RawTable&&) = default;
  RawTable& operator=(RawTable&&) = default;

  std::string name;
  std::size_t columns = 0;
  std::vector<std::vector<sqlite3_value*>> rows;
};

// The names of the plain tables; a full-text index is made of the same words and is not counted.
std::vector<std::string> table_names(sqlite3* from);
// Its rows for which `condition` holds; "" is all.
RawTable read_table(sqlite3* from, const std::string& name, const std::string& condition);
// The same tables and indexes in another file, empty.
bool make_tables(sqlite3* from, sqlite3* to);
// A statement that inserts one row of that table; the caller finalizes it.
sqlite3_stmt* prepare_insert(sqlite3* to, const RawTable& table);
bool insert_row(sqlite3_stmt* insert, const std::vector<sqlite3_value*>& row);
bool execute(sqlite3* database, const std::string& sql);  // says on stderr what failed

}  // namespace deskhand::bench
