#include "raw_rows.h"

#include <cstdio>

namespace deskhand::bench {
namespace {

constexpr const char* kPlainTables =
    "SELECT name, sql FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND sql NOT LIKE 'CREATE "
    "VIRTUAL%' AND name NOT LIKE '%fts%' AND name NOT LIKE '%search%'";

const char* text_of(sqlite3_stmt* statement, int column) {
  return reinterpret_cast<const char*>(sqlite3_column_text(statement, column));
}

}  // namespace

RawTable::~RawTable() {
  for (const auto& row : rows)
    for (sqlite3_value* value : row) sqlite3_value_free(value);
}

std::vector<std::string> table_names(sqlite3* from) {
  std::vector<std::string> names;
  sqlite3_stmt* list = nullptr;
  sqlite3_prepare_v2(from, kPlainTables, -1, &list, nullptr);
  while (sqlite3_step(list) == SQLITE_ROW) names.emplace_back(text_of(list, 0));
  sqlite3_finalize(list);
  return names;
}

RawTable read_table(sqlite3* from, const std::string& name, const std::string& condition) {
  RawTable table;
  table.name = name;
  sqlite3_stmt* rows = nullptr;
  sqlite3_prepare_v2(from, ("SELECT * FROM " + name + (condition.empty() ? "" : " WHERE " + condition)).c_str(), -1, &rows,
                     nullptr);
  table.columns = static_cast<std::size_t>(sqlite3_column_count(rows));
  while (sqlite3_step(rows) == SQLITE_ROW) {
    std::vector<sqlite3_value*> row;
    for (std::size_t at = 0; at < table.columns; ++at)
      row.push_back(sqlite3_value_dup(sqlite3_column_value(rows, static_cast<int>(at))));
    table.rows.push_back(std::move(row));
  }
  sqlite3_finalize(rows);
  return table;
}

bool make_tables(sqlite3* from, sqlite3* to) {
  bool ok = true;
  for (const std::string& query :
       {std::string(kPlainTables), std::string("SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL")}) {
    sqlite3_stmt* list = nullptr;
    sqlite3_prepare_v2(from, query.c_str(), -1, &list, nullptr);
    // An index of a table that was left out has nothing to stand on.
    while (sqlite3_step(list) == SQLITE_ROW) {
      const bool made = sqlite3_exec(to, text_of(list, 1), nullptr, nullptr, nullptr) == SQLITE_OK;
      ok = ok && (made || query != kPlainTables);
    }
    sqlite3_finalize(list);
  }
  return ok;
}

sqlite3_stmt* prepare_insert(sqlite3* to, const RawTable& table) {
  std::string sql = "INSERT INTO " + table.name + " VALUES (";
  for (std::size_t at = 0; at < table.columns; ++at) sql += at == 0 ? "?" : ", ?";
  sqlite3_stmt* insert = nullptr;
  sqlite3_prepare_v2(to, (sql + ")").c_str(), -1, &insert, nullptr);
  return insert;
}

bool insert_row(sqlite3_stmt* insert, const std::vector<sqlite3_value*>& row) {
  for (std::size_t column = 0; column < row.size(); ++column)
    sqlite3_bind_value(insert, static_cast<int>(column + 1), row[column]);
  const bool ok = sqlite3_step(insert) == SQLITE_DONE;
  sqlite3_reset(insert);
  return ok;
}

bool execute(sqlite3* database, const std::string& sql) {
  char* failed = nullptr;
  if (sqlite3_exec(database, sql.c_str(), nullptr, nullptr, &failed) == SQLITE_OK) return true;
  std::fprintf(stderr, "%s: %s\n", failed == nullptr ? "" : failed, sql.substr(0, 300).c_str());
  sqlite3_free(failed);
  return false;
}

}  // namespace deskhand::bench
