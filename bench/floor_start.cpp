// The floor of a one-shot command: load the same shared libraries, open the database file, read one row, end.
#include <sqlite3.h>

#include <cstdio>

int main(int count, char** words) {
  if (count < 2) return 2;
  sqlite3* database = nullptr;
  if (sqlite3_open_v2(words[1], &database, SQLITE_OPEN_READWRITE, nullptr) != SQLITE_OK) return 1;
  sqlite3_stmt* statement = nullptr;
  const bool ok = sqlite3_prepare_v2(database, "SELECT name FROM orgs LIMIT 1", -1, &statement, nullptr) == SQLITE_OK &&
                  sqlite3_step(statement) == SQLITE_ROW;
  if (ok) std::puts(reinterpret_cast<const char*>(sqlite3_column_text(statement, 0)));
  sqlite3_finalize(statement);
  sqlite3_close(database);
  return ok ? 0 : 1;
}
