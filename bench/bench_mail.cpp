// A thousand mails taken in by `deskhand ingest email`, as a ratio to inserting the very rows they led to, raw, with
// two commits a mail (its bytes, then its record). Both write to files on the same disk with the same durability.
#include <fcntl.h>
#include <sqlite3.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

namespace {

namespace fs = std::filesystem;
constexpr int kMails = 1000;
constexpr double kRatioMax = 3.0;  // at least a third of the rate of the raw inserts

std::string mail(int number) {
  const std::string id = std::to_string(number);
  const char* const jobs[] = {"water heater", "kitchen faucet", "shower drain", "toilet", "garbage disposal"};
  const std::string job = jobs[number % 5];
  return "From: Ana Ruiz" + id + " <ana" + id + "@ruiz.example>\r\nTo: office@hill.example\r\nSubject: My " + job +
         " is leaking\r\nMessage-ID: <" + id +
         "@ruiz.example>\r\nDate: Mon, 2 Mar 2026 09:00:00 -0600\r\nContent-Type: text/plain; "
         "charset=utf-8\r\n\r\nHello,\r\n\r\nour " +
         job +
         " is leaking since last night and I would like somebody to come and have a look. Could you tell me what it "
         "would cost to repair it?\r\nWe live at " +
         id + " Oak St, Austin, TX 78704.\r\n\r\nThanks,\r\nAna Ruiz\r\n";
}

bool run(const std::vector<std::string>& words) {
  const pid_t child = ::fork();
  if (child == 0) {
    ::dup2(::open("/dev/null", O_WRONLY), STDOUT_FILENO);
    std::vector<char*> argv;
    for (const std::string& word : words) argv.push_back(const_cast<char*>(word.c_str()));
    argv.push_back(nullptr);
    ::execv(argv[0], argv.data());
    ::_exit(127);
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

using Row = std::vector<sqlite3_value*>;
struct Table {
  std::string name;
  std::size_t columns = 0;
  std::vector<Row> rows;
  bool is_raw = false;
};

// Every plain table of the database with its rows; a full-text index is made of the same words and is not counted.
std::vector<Table> read_tables(sqlite3* from, sqlite3* to) {
  std::vector<Table> tables;
  sqlite3_stmt* list = nullptr;
  sqlite3_prepare_v2(from,
                     "SELECT name, sql FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND sql "
                     "NOT LIKE 'CREATE VIRTUAL%' AND name NOT LIKE '%fts%' AND name NOT LIKE '%search%'",
                     -1, &list, nullptr);
  while (sqlite3_step(list) == SQLITE_ROW) {
    Table table;
    table.name = reinterpret_cast<const char*>(sqlite3_column_text(list, 0));
    table.is_raw = table.name.rfind("inbound", 0) == 0;
    sqlite3_exec(to, reinterpret_cast<const char*>(sqlite3_column_text(list, 1)), nullptr, nullptr, nullptr);
    sqlite3_stmt* rows = nullptr;
    sqlite3_prepare_v2(from, ("SELECT * FROM " + table.name).c_str(), -1, &rows, nullptr);
    table.columns = static_cast<std::size_t>(sqlite3_column_count(rows));
    while (sqlite3_step(rows) == SQLITE_ROW) {
      Row row;
      for (std::size_t at = 0; at < table.columns; ++at)
        row.push_back(sqlite3_value_dup(sqlite3_column_value(rows, static_cast<int>(at))));
      table.rows.push_back(std::move(row));
    }
    sqlite3_finalize(rows);
    tables.push_back(std::move(table));
  }
  sqlite3_finalize(list);
  sqlite3_stmt* indexes = nullptr;
  sqlite3_prepare_v2(from, "SELECT sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL", -1, &indexes,
                     nullptr);
  while (sqlite3_step(indexes) == SQLITE_ROW)
    sqlite3_exec(to, reinterpret_cast<const char*>(sqlite3_column_text(indexes, 0)), nullptr, nullptr, nullptr);
  sqlite3_finalize(indexes);
  return tables;
}

bool insert_share(sqlite3* to, const std::vector<Table>& tables, const std::vector<sqlite3_stmt*>& inserts,
                  int mail_number, bool raw) {
  bool ok = sqlite3_exec(to, "BEGIN IMMEDIATE", nullptr, nullptr, nullptr) == SQLITE_OK;
  for (std::size_t at = 0; at < tables.size(); ++at) {
    if (tables[at].is_raw != raw) continue;
    const std::size_t count = tables[at].rows.size(), first = count * static_cast<std::size_t>(mail_number) / kMails,
                      end = count * static_cast<std::size_t>(mail_number + 1) / kMails;
    for (std::size_t row = first; row < end; ++row) {
      for (std::size_t column = 0; column < tables[at].columns; ++column)
        sqlite3_bind_value(inserts[at], static_cast<int>(column + 1), tables[at].rows[row][column]);
      ok = sqlite3_step(inserts[at]) == SQLITE_DONE && ok;
      sqlite3_reset(inserts[at]);
    }
  }
  return sqlite3_exec(to, "COMMIT", nullptr, nullptr, nullptr) == SQLITE_OK && ok;
}

double insert_raw(const std::string& source, const std::string& target, bool& ok) {
  sqlite3 *from = nullptr, *to = nullptr;
  ok = sqlite3_open(source.c_str(), &from) == SQLITE_OK && sqlite3_open(target.c_str(), &to) == SQLITE_OK;
  sqlite3_exec(to, "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = OFF;", nullptr, nullptr,
               nullptr);
  std::vector<Table> tables = read_tables(from, to);
  std::vector<sqlite3_stmt*> inserts;
  for (const Table& table : tables) {
    std::string sql = "INSERT INTO " + table.name + " VALUES (";
    for (std::size_t at = 0; at < table.columns; ++at) sql += at == 0 ? "?" : ", ?";
    sqlite3_stmt* insert = nullptr;
    ok = sqlite3_prepare_v2(to, (sql + ")").c_str(), -1, &insert, nullptr) == SQLITE_OK && ok;
    inserts.push_back(insert);
  }
  const auto begin = std::chrono::steady_clock::now();
  for (int number = 0; number < kMails && ok; ++number)
    ok = insert_share(to, tables, inserts, number, true) && insert_share(to, tables, inserts, number, false);
  const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
  for (sqlite3_stmt* insert : inserts) sqlite3_finalize(insert);
  for (Table& table : tables)
    for (Row& row : table.rows)
      for (sqlite3_value* value : row) sqlite3_value_free(value);
  sqlite3_close(to);
  sqlite3_close(from);
  return seconds;
}

}  // namespace

int main() {
  std::string folder = (fs::temp_directory_path() / "deskhand-bench-XXXXXX").string();
  if (::mkdtemp(folder.data()) == nullptr) return 1;
  fs::create_directory(folder + "/mails");
  for (int number = 0; number < kMails; ++number)
    std::ofstream(folder + "/mails/" + std::to_string(number) + ".eml", std::ios::binary) << mail(number);
  bool ok = run({DESKHAND_BINARY, "--data", folder + "/data", "init"});
  const auto begin = std::chrono::steady_clock::now();
  ok = ok && run({DESKHAND_BINARY, "--data", folder + "/data", "ingest", "email", folder + "/mails"});
  const double ours = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
  bool raw_ok = false;
  const double raw = ok ? insert_raw(folder + "/data/deskhand.db", folder + "/raw.db", raw_ok) : 1;
  std::error_code ignored;
  fs::remove_all(folder, ignored);
  if (!ok || !raw_ok) {
    std::puts("bench_mail: a step failed");
    return 1;
  }
  std::printf("%d mails: %.2f s, raw inserts %.2f s, ratio %.2f (at most %.1f)\n", kMails, ours, raw, ours / raw,
              kRatioMax);
  return ours / raw <= kRatioMax ? 0 : 1;
}
