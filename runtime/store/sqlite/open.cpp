#include "store/sqlite/open.h"

#include <sqlite3.h>

#include "store/sqlite/data_file.h"
#include "store/sqlite/database.h"
#include "store/sqlite/migrate.h"
#include "store/sqlite/sqlite_store.h"

namespace deskhand::store {
namespace {

constexpr int kBusyWaitMs = 20;  // between two tries where SQLite does not wait by itself

// Changing to WAL takes a lock that SQLite's busy timeout does not always wait for; two processes that make a file at
// once meet here. So this waits by itself, and SQLite's own waiting is off meanwhile: the two would add up.
Done set_wal(SqliteConnection& connection, int busy_timeout_ms) {
  sqlite3_busy_timeout(connection.handle(), 0);
  Done set;
  std::string mode;
  for (int waited_ms = 0; waited_ms <= busy_timeout_ms; waited_ms += kBusyWaitMs) {
    set = connection.run("PRAGMA journal_mode = WAL", {}, [&](const Row& row) -> Done {
      mode = row.bytes(0);
      return {};
    });
    if (set || (connection.last_code() & 0xFF) != SQLITE_BUSY) break;
    sqlite3_sleep(kBusyWaitMs);
  }
  sqlite3_busy_timeout(connection.handle(), busy_timeout_ms);
  if (!set || mode == "wal") return set;
  return make_error(
      Code::unavailable,
      "The data folder's file system can't share memory between programs; name another folder with --data.");
}

Result<std::unique_ptr<SqliteConnection>> open_writer(const ConnectionSettings& settings, const Clock& clock) {
  Result<std::unique_ptr<SqliteConnection>> opened = SqliteConnection::open(settings);
  if (!opened) return opened;
  Done ready = set_wal(**opened, settings.busy_timeout_ms);
  if (ready) ready = migrate(**opened, sqlite_migrations(), clock);
  if (!ready) return ready.error();
  (*opened)->lock_down();
  return opened;
}

}  // namespace

Result<OpenedStore> open_sqlite(const SqliteOptions& options, const Clock& clock, Random& random) {
  Result<std::string> path = prepare_data_file(options.path, options.read_only);
  if (!path) return path.error();
  ConnectionSettings settings{.path = *path,
                              .role = Role::writer,
                              .file_read_only = options.read_only,
                              .synchronous_full = options.synchronous == Synchronous::full,
                              .busy_timeout_ms = options.busy_timeout_ms,
                              .vfs = options.vfs};
  std::unique_ptr<SqliteConnection> writer;
  if (options.read_only) {
    Result<std::unique_ptr<SqliteConnection>> reader = SqliteConnection::open(settings);
    if (!reader) return reader.error();
    Done known = check_schema(**reader, sqlite_migrations());
    if (!known) return known.error();
  } else {
    Result<std::unique_ptr<SqliteConnection>> opened = open_writer(settings, clock);
    if (!opened) return opened.error();
    writer = std::move(*opened);
  }
  auto database = std::make_shared<Database>(std::move(settings), std::move(writer));
  return OpenedStore{std::make_unique<SqliteStore>(database, clock, random),
                     std::make_unique<SqliteSystemHandle>(database, clock, random)};
}

}  // namespace deskhand::store
