// The rules about SQL that no compiler checks, read from the sources.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>
#include <string>
#include <vector>

namespace {

struct Statement {
  std::string file, sql;
};

bool is_sql(const std::string& text) {
  const auto starts = [&](const char* word) { return text.rfind(word, 0) == 0; };
  return starts("SELECT ") || starts("INSERT ") || starts("UPDATE ") || starts("DELETE ") || starts("WITH ");
}

// The string literals of one C++ statement, joined; what stands between them (constants, "+") is left out.
std::vector<Statement> statements_of(const std::filesystem::path& path) {
  std::ifstream file(path);
  std::stringstream content;
  content << file.rdbuf();
  const std::string text = content.str();
  std::vector<Statement> statements;
  std::string joined;
  bool inside = false;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (!inside && text.compare(at, 2, "//") == 0) {
      at = text.find('\n', at);
      if (at == std::string::npos) break;
    } else if (text[at] == '\'' && !inside && at + 2 < text.size() && text[at + 2] == '\'') {
      at += 2;
    } else if (text[at] == '"') {
      inside = !inside;
    } else if (inside) {
      if (text[at] == '\\') ++at;
      joined += text[at];
    } else if (text[at] == ';') {
      if (is_sql(joined)) statements.push_back({path.filename().string(), joined});
      joined.clear();
    }
  }
  return statements;
}

std::vector<Statement> all_statements() {
  std::vector<Statement> statements;
  for (const auto& entry : std::filesystem::directory_iterator(std::string(DESKHAND_SOURCE_DIR) + "/runtime/store")) {
    if (entry.path().extension() != ".cpp") continue;
    for (Statement& each : statements_of(entry.path())) statements.push_back(std::move(each));
  }
  return statements;
}

TEST(Sql, is_found_by_this_test_at_all) { EXPECT_GT(all_statements().size(), 60u); }

TEST(Sql, is_bound_to_one_org_everywhere_but_in_the_closed_list_of_system_queries) {
  for (const Statement& each : all_statements()) {
    if (each.file == "system_queries.cpp") continue;
    // Put together of parts; Session::run() asserts the org of every whole statement, in the release as well.
    if (each.file == "redaction_store.cpp" || each.file == "report_store.cpp" || each.file == "interaction_store.cpp") continue;
    const bool insert = each.sql.rfind("INSERT INTO ", 0) == 0;
    EXPECT_NE(each.sql.find(insert ? "(org_id, " : "org_id = $1"), std::string::npos) << each.file << ": " << each.sql;
  }
}

TEST(Sql, across_orgs_asks_for_businesses_and_due_outbox_rows_and_nothing_else) {
  int across = 0;
  for (const Statement& each : all_statements()) {
    if (each.file != "system_queries.cpp") continue;
    ++across;
    for (const char* word : {" FROM ", " JOIN ", " INTO "}) {
      for (std::size_t at = each.sql.find(word); at != std::string::npos; at = each.sql.find(word, at + 1)) {
        const std::size_t from = at + std::string(word).size();
        const std::string table = each.sql.substr(from, each.sql.find_first_of(" (", from) - from);
        EXPECT_TRUE(table == "orgs" || table == "outbox" || table == "outbox_leases") << each.sql;
      }
    }
  }
  EXPECT_EQ(across, 4);
}

TEST(Sql, reaches_a_connection_without_its_org_only_where_that_is_meant) {
  const std::set<std::string> meant = {"session.cpp", "system_queries.cpp"};
  for (const auto& entry : std::filesystem::directory_iterator(std::string(DESKHAND_SOURCE_DIR) + "/runtime/store")) {
    std::ifstream file(entry.path());
    std::stringstream content;
    content << file.rdbuf();
    const bool direct = content.str().find("connection.run(") != std::string::npos ||
                        content.str().find("connection_.run(") != std::string::npos ||
                        content.str().find("connection().run(") != std::string::npos;
    if (direct) {
      EXPECT_TRUE(meant.contains(entry.path().filename().string())) << entry.path();
    }
  }
}

TEST(Sql, keeps_to_what_sqlite_and_postgresql_share) {
  for (const Statement& each : all_statements()) {
    if (each.file == "redaction_store.cpp") continue;  // REPLACE() of texts and || are shared; what is banned here are their namesakes
    std::string upper = each.sql;
    std::transform(upper.begin(), upper.end(), upper.begin(),
                   [](unsigned char character) { return std::toupper(character); });
    for (const char* word : {"JSON",     "IFNULL",    "INSERT OR", "UPDATE OR", "REPLACE",
                             "STRFTIME", "DATETIME(", "GLOB",      "ROWID",     "GROUP_CONCAT",
                             "PRAGMA",   "PRINTF",    "?1",        "||",        "MATCH",
                             "::",       "ILIKE",     "NOW()",     "LIMIT -1",  "IS NOT DISTINCT"})
      EXPECT_EQ(upper.find(word), std::string::npos) << word << " in " << each.file << ": " << each.sql;
  }
}

TEST(Sql, deletes_nothing_but_the_tag_index) {
  int deletes = 0;
  for (const Statement& each : all_statements()) {
    if (each.sql.find("DELETE ") == std::string::npos) continue;
    if (each.file == "redaction_store.cpp") continue;  // purges runs and steps, which are a log and no records
    ++deletes;
    EXPECT_EQ(each.sql.rfind("DELETE FROM contact_tags ", 0), 0u) << each.file << ": " << each.sql;
  }
  EXPECT_EQ(deletes, 1);
}

TEST(Sql, bounds_every_list_of_rows_it_gives_out) {
  // Statements that read one row by its key, or that the caller reads row by row, need no bound.
  for (const Statement& each : all_statements()) {
    // Bounded by kRowsMax; read row by row; the pieces of one file, which is bounded when it comes in.
    if (each.file == "redaction_store.cpp" || each.file == "report_store.cpp" || each.file == "pieces.cpp") continue;
    if (each.sql.find(" ORDER BY ") == std::string::npos || each.file == "verify.cpp") continue;
    const bool bounded = each.sql.find("LIMIT") != std::string::npos || each.sql.find("WITH RECURSIVE family") == 0 ||
                         each.sql.find("mail_id = $2") != std::string::npos || each.file == "search_texts.cpp" ||
                         each.file == "lead_store.cpp" || each.file == "opportunity_store.cpp" ||
                         each.sql.find("audit_changes") != std::string::npos;
    EXPECT_TRUE(bounded) << each.file << ": " << each.sql;
  }
}

}  // namespace
