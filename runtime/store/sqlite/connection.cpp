#include "store/sqlite/connection.h"

#include <sqlite3.h>

#include <algorithm>
#include <array>

#include "store/sqlite/text_search.h"

namespace deskhand::store {
namespace {

constexpr std::size_t kStatements = 500;  // filters make a few hundred texts at most

// What is derived or only a log of talking; everything else is kept, also in tables that come later.
constexpr std::array<std::string_view, 10> kMayBeCleared = {
    "contact_tags", "search_rows", "outbox_leases", "conversations", "runs",
    "steps",        "card_copies", "list_copies",   "list_items",    "search_index"};
constexpr std::array<std::string_view, 4> kHarmlessPragmas = {"integrity_check", "foreign_key_check", "user_version",
                                                              "data_version"};

bool may_be_cleared(std::string_view table) {
  return table.starts_with("search_index_") ||  // where FTS5 keeps its index
         std::find(kMayBeCleared.begin(), kMayBeCleared.end(), table) != kMayBeCleared.end();
}

int authorize(void*, int action, const char* first, const char*, const char*, const char*) {
  const std::string_view name = first == nullptr ? "" : first;
  switch (action) {
    case SQLITE_DELETE:
      return may_be_cleared(name) ? SQLITE_OK : SQLITE_DENY;
    case SQLITE_PRAGMA:
      return std::find(kHarmlessPragmas.begin(), kHarmlessPragmas.end(), name) == kHarmlessPragmas.end() ? SQLITE_DENY
                                                                                                         : SQLITE_OK;
    case SQLITE_FUNCTION:
    case SQLITE_SELECT:
    case SQLITE_READ:
    case SQLITE_RECURSIVE:
    case SQLITE_TRANSACTION:
    case SQLITE_SAVEPOINT:
      return SQLITE_OK;
    case SQLITE_INSERT:
    case SQLITE_UPDATE:
      // Connecting to the search index asks for sqlite_master; a real write of it is refused by SQLite's defensive
      // mode.
      return name.starts_with("sqlite_") && name != "sqlite_master" ? SQLITE_DENY : SQLITE_OK;
    default:
      return SQLITE_DENY;  // CREATE, DROP, ALTER, ATTACH, DETACH, ANALYZE, REINDEX and whatever comes later
  }
}

std::string pragmas_of(const ConnectionSettings& settings) {
  std::string sql =
      "PRAGMA trusted_schema = OFF; PRAGMA foreign_keys = ON; PRAGMA recursive_triggers = ON; PRAGMA secure_delete = ON; PRAGMA "
      "cell_size_check = ON; "
      "PRAGMA journal_size_limit = 67108864;";
  // KiB. What does not fit spills to the log; a mail of 25 MB taken in as one unit would else stand in memory a second time.
  sql += settings.role == Role::reader ? " PRAGMA cache_size = -2048;" : " PRAGMA cache_size = -4096;";
  sql += settings.synchronous_full ? " PRAGMA synchronous = FULL;" : " PRAGMA synchronous = NORMAL;";
  if (settings.role == Role::reader) sql += " PRAGMA query_only = ON;";
  return sql;
}

}  // namespace

Result<std::unique_ptr<SqliteConnection>> SqliteConnection::open(const ConnectionSettings& settings) {
  sqlite3* handle = nullptr;
  const int access = settings.file_read_only ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE;
  const int code = sqlite3_open_v2(settings.path.c_str(), &handle, access | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE,
                                   settings.vfs.empty() ? nullptr : settings.vfs.c_str());
  if (code != SQLITE_OK) {
    Error error = sqlite_error(handle, code, settings.role, "open " + settings.path);
    sqlite3_close(handle);
    return error;
  }
  std::unique_ptr<SqliteConnection> connection(new SqliteConnection(handle, settings.role));
  sqlite3_busy_timeout(handle, settings.busy_timeout_ms);
  sqlite3_db_config(handle, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
  sqlite3_db_config(handle, SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0, nullptr);
  Done set = connection->run_script(pragmas_of(settings));
  if (!set) return set.error();
  return connection;
}

SqliteConnection::SqliteConnection(sqlite3* handle, Role role)
    : handle_(handle), role_(role), text_search_(std::make_unique<SqliteTextSearch>()) {}

SqliteConnection::~SqliteConnection() {
  statements_.clear();
  sqlite3_close(handle_);
}

Done SqliteConnection::run(std::string_view sql, const Values& values, const EachRow& each) {
  if (within_transaction_ && !in_transaction())
    return make_error(Code::unavailable, "The disk could not take the change; nothing was changed, try again.", "the transaction is gone");
  std::unique_ptr<Statement> own;
  Result<Statement*> prepared = statement(sql, own);
  if (!prepared) return prepared.error();
  if (only_looks_ && (*prepared)->writes()) {
    last_code_ = SQLITE_READONLY;
    return sqlite_error(handle_, SQLITE_READONLY, Role::reader, sql);
  }
  Done refused;
  const int code = (*prepared)->run(values, each, refused);
  if (code == SQLITE_DONE) return refused;
  last_code_ = code;
  return sqlite_error(handle_, code, role_, sql);
}

// Kept by its text; one that is running already (a query inside the rows of the same query) is prepared once more.
Result<Statement*> SqliteConnection::statement(std::string_view sql, std::unique_ptr<Statement>& own) {
  const auto known = statements_.find(std::string(sql));
  if (known != statements_.end() && !known->second->busy()) return known->second.get();
  sqlite3_stmt* raw = nullptr;
  const int code =
      sqlite3_prepare_v3(handle_, sql.data(), static_cast<int>(sql.size()), SQLITE_PREPARE_PERSISTENT, &raw, nullptr);
  if (code != SQLITE_OK) {
    last_code_ = code;
    return sqlite_error(handle_, code, role_, sql);
  }
  auto fresh = std::make_unique<Statement>(raw);
  Statement* statement = fresh.get();
  if (known != statements_.end()) {
    own = std::move(fresh);
    return statement;
  }
  if (statements_.size() >= kStatements)
    std::erase_if(statements_, [](const auto& entry) { return !entry.second->busy(); });
  statements_.emplace(std::string(sql), std::move(fresh));
  return statement;
}

Done SqliteConnection::run_script(const std::string& sql) {
  const int code = sqlite3_exec(handle_, sql.c_str(), nullptr, nullptr, nullptr);
  if (code == SQLITE_OK) return {};
  last_code_ = code;
  return sqlite_error(handle_, code, role_, sql);
}

bool SqliteConnection::in_transaction() const { return sqlite3_get_autocommit(handle_) == 0; }

void SqliteConnection::lock_down() { sqlite3_set_authorizer(handle_, authorize, nullptr); }

}  // namespace deskhand::store
