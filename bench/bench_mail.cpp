// A thousand mails taken in by `deskhand ingest email`, as a ratio to inserting the very rows they led to, raw, with
// two commits a mail (its bytes, then its record). Both write to files on the same disk with the same durability.
#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "raw_rows.h"

namespace {

using namespace deskhand::bench;
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

bool is_raw_mail(const RawTable& table) { return table.name.rfind("inbound", 0) == 0; }

bool insert_share(sqlite3* to, const std::vector<RawTable>& tables, const std::vector<sqlite3_stmt*>& inserts,
                  int mail_number, bool raw) {
  bool ok = execute(to, "BEGIN IMMEDIATE");
  for (std::size_t at = 0; at < tables.size(); ++at) {
    if (is_raw_mail(tables[at]) != raw) continue;
    const std::size_t count = tables[at].rows.size(), first = count * static_cast<std::size_t>(mail_number) / kMails,
                      end = count * static_cast<std::size_t>(mail_number + 1) / kMails;
    for (std::size_t row = first; row < end; ++row) ok = insert_row(inserts[at], tables[at].rows[row]) && ok;
  }
  return execute(to, "COMMIT") && ok;
}

double insert_raw(const std::string& source, const std::string& target, bool& ok) {
  sqlite3 *from = nullptr, *to = nullptr;
  ok = sqlite3_open(source.c_str(), &from) == SQLITE_OK && sqlite3_open(target.c_str(), &to) == SQLITE_OK;
  ok = ok && execute(to, "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = OFF;");
  ok = ok && make_tables(from, to);
  std::vector<RawTable> tables;
  for (const std::string& name : table_names(from)) tables.push_back(read_table(from, name, ""));
  std::vector<sqlite3_stmt*> inserts;
  for (const RawTable& table : tables) {
    inserts.push_back(prepare_insert(to, table));
    ok = ok && inserts.back() != nullptr;
  }
  const auto begin = std::chrono::steady_clock::now();
  for (int number = 0; number < kMails && ok; ++number)
    ok = insert_share(to, tables, inserts, number, true) && insert_share(to, tables, inserts, number, false);
  const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
  for (sqlite3_stmt* insert : inserts) sqlite3_finalize(insert);
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
