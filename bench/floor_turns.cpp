// The floor of a turn with a model: post the same bodies over one libcurl handle, and write the same rows with the same
// commits in raw SQLite with the same durability.
//
// usage: floor_turns URL BODIES RECORD TARGET TURNS COMMITS
//   BODIES: request bodies, each after a line with its length; RECORD: the database that the turns led to; TARGET: a new
//   file; COMMITS: commits a turn. Prints seconds of CPU for all turns.
#include <curl/curl.h>
#include <sys/resource.h>

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <string>
#include <vector>

#include "raw_rows.h"

namespace {

using namespace deskhand::bench;

std::vector<std::string> read_bodies(const char* path) {
  std::vector<std::string> bodies;
  std::ifstream file(path, std::ios::binary);
  for (std::string line; std::getline(file, line);) {
    std::string body(std::strtoul(line.c_str(), nullptr, 10), '\0');
    file.read(body.data(), static_cast<std::streamsize>(body.size()));
    bodies.push_back(std::move(body));
  }
  return bodies;
}

std::size_t take(char* bytes, std::size_t size, std::size_t count, void* into) {
  static_cast<std::string*>(into)->append(bytes, size * count);
  return size * count;
}

double cpu_seconds() {
  rusage usage{};
  ::getrusage(RUSAGE_SELF, &usage);
  const auto seconds = [](timeval time) { return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6; };
  return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

// The share of every table's rows that falls on one commit of all.
bool insert_share(sqlite3* to, const std::vector<RawTable>& tables, const std::vector<sqlite3_stmt*>& inserts, std::size_t at, std::size_t of) {
  bool ok = execute(to, "BEGIN IMMEDIATE");
  for (std::size_t table = 0; table < tables.size(); ++table) {
    const std::size_t count = tables[table].rows.size();
    for (std::size_t row = count * at / of; row < count * (at + 1) / of; ++row) ok = insert_row(inserts[table], tables[table].rows[row]) && ok;
  }
  return execute(to, "COMMIT") && ok;
}

}  // namespace

int main(int count, char** words) {
  if (count != 7) return 2;
  const std::vector<std::string> bodies = read_bodies(words[2]);
  const std::size_t turns = std::strtoul(words[5], nullptr, 10), commits = std::strtoul(words[6], nullptr, 10);
  sqlite3 *from = nullptr, *to = nullptr;
  bool ok = sqlite3_open(words[3], &from) == SQLITE_OK && sqlite3_open(words[4], &to) == SQLITE_OK;
  ok = ok && execute(to, "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = OFF;") && make_tables(from, to);
  std::vector<RawTable> tables;
  for (const std::string& name : table_names(from)) tables.push_back(read_table(from, name, ""));
  std::vector<sqlite3_stmt*> inserts;
  for (const RawTable& table : tables) inserts.push_back(prepare_insert(to, table));
  CURL* const curl = curl_easy_init();
  curl_slist* const headers = curl_slist_append(nullptr, "Content-Type: application/json");
  std::string answer;
  curl_easy_setopt(curl, CURLOPT_URL, words[1]);
  curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers);
  curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, take);
  curl_easy_setopt(curl, CURLOPT_WRITEDATA, &answer);
  const std::size_t all = turns * commits;
  std::size_t posted = 0;
  const double begin = cpu_seconds();
  for (std::size_t at = 0; at < all && ok; ++at) {
    for (; posted < bodies.size() * (at + 1) / all && ok; ++posted) {
      answer.clear();
      curl_easy_setopt(curl, CURLOPT_POSTFIELDS, bodies[posted].data());
      curl_easy_setopt(curl, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(bodies[posted].size()));
      ok = curl_easy_perform(curl) == CURLE_OK && !answer.empty();
    }
    ok = ok && insert_share(to, tables, inserts, at, all);
  }
  if (ok) std::printf("%.6f\n", cpu_seconds() - begin);
  for (sqlite3_stmt* insert : inserts) sqlite3_finalize(insert);
  curl_slist_free_all(headers);
  curl_easy_cleanup(curl);
  sqlite3_close(to);
  sqlite3_close(from);
  return ok ? 0 : 1;
}
