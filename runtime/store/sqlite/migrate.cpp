#include "store/sqlite/migrate.h"

#include <sqlite3.h>

#include "base/hash.h"

namespace deskhand::store {
namespace {

constexpr std::int64_t kApplicationId =
    0x4465736B;  // "Desk", so that another program's database is never taken for ours

Result<std::int64_t> integer(SqliteConnection& connection, std::string_view sql) {
  std::int64_t value = 0;
  Done read = connection.run(sql, {}, [&](const Row& row) -> Done {
    value = row.integer(0);
    return {};
  });
  if (!read) return read.error();
  return value;
}

struct Standing {
  std::int64_t version = 0;
  bool empty = false;
};

Result<Standing> look(SqliteConnection& connection) {
  Result<std::int64_t> version = integer(connection, "PRAGMA user_version");
  if (!version) return version.error();
  Result<std::int64_t> application = integer(connection, "PRAGMA application_id");
  if (!application) return application.error();
  Result<std::int64_t> tables = integer(connection, "SELECT COUNT(*) FROM sqlite_master");
  if (!tables) return tables.error();
  if (*application != kApplicationId && (*tables > 0 || *version != 0)) {
    return make_error(Code::corrupt,
                      "The data file is a database of another program; name another folder with --data.");
  }
  return Standing{*version, *tables == 0};
}

Error newer(std::int64_t found, int known) {
  return make_error(Code::corrupt, "The data file was written by a newer Deskhand (schema " + std::to_string(found) +
                                       ", this one knows " + std::to_string(known) + "); update Deskhand.");
}

// What has run must be what this program would have run.
Done check_history(SqliteConnection& connection, std::span<const Migration> migrations, std::int64_t version) {
  std::int64_t seen = 0;
  Done read = connection.run(
      "SELECT number, name, hash FROM schema_migrations ORDER BY number", {}, [&](const Row& row) -> Done {
        ++seen;
        const std::int64_t number = row.integer(0);
        const bool known = number == seen && static_cast<std::size_t>(number) <= migrations.size();
        if (known && row.bytes(2) == sha256_hex(migrations[static_cast<std::size_t>(number) - 1].sql)) return {};
        return make_error(Code::corrupt, "The data file was made by another build of Deskhand (migration " +
                                             std::string(row.bytes(1)) + " differs); use the program that made it.");
      });
  if (!read) return read;
  if (seen != version)
    return make_error(Code::corrupt, "The data file's list of migrations is damaged; restore the last backup.");
  return {};
}

Done apply(SqliteConnection& connection, const Migration& migration, const Clock& clock) {
  Done ran = connection.run_script(std::string(migration.sql));
  if (!ran) return ran;
  Done noted = connection.run(
      "INSERT INTO schema_migrations (number, name, hash, applied_at) VALUES ($1, $2, $3, $4)",
      {std::int64_t{migration.number}, std::string(migration.name), sha256_hex(migration.sql), clock.now().us}, {});
  if (!noted) return noted;
  return connection.run_script("PRAGMA user_version = " + std::to_string(migration.number));
}

// One transaction a migration; another process may have done it while this one waited.
Result<bool> apply_next(SqliteConnection& connection, std::span<const Migration> migrations, const Clock& clock) {
  Done begun = connection.run_script("BEGIN IMMEDIATE");
  if (!begun) return begun.error();
  const auto finish = [&](Done done) -> Result<bool> {
    if (done) done = connection.run_script("COMMIT");
    if (!done) {
      if (connection.in_transaction()) (void)connection.run_script("ROLLBACK");
      return done.error();
    }
    return true;
  };
  Result<Standing> standing = look(connection);
  if (!standing) return finish(standing.error());
  const auto version = static_cast<std::size_t>(standing->version);
  if (version > migrations.size()) return finish(newer(standing->version, static_cast<int>(migrations.size())));
  if (version > 0) {
    Done history = check_history(connection, migrations, standing->version);
    if (!history) return finish(history);
  }
  if (version == migrations.size()) {
    Result<bool> done = finish({});
    if (!done) return done;
    return false;
  }
  if (standing->empty) {
    Done first = connection.run_script("PRAGMA application_id = " + std::to_string(kApplicationId) +
                                       "; CREATE TABLE schema_migrations (number INTEGER PRIMARY KEY, name TEXT NOT "
                                       "NULL, hash TEXT NOT NULL, applied_at INTEGER NOT NULL) STRICT");
    if (!first) return finish(first);
  }
  return finish(apply(connection, migrations[version], clock));
}

}  // namespace

Done check_schema(SqliteConnection& connection, std::span<const Migration> migrations) {
  Result<Standing> standing = look(connection);
  if (!standing) return standing.error();
  const auto known = static_cast<std::int64_t>(migrations.size());
  if (standing->version > known) return newer(standing->version, static_cast<int>(known));
  if (standing->version < known) {
    return make_error(Code::unavailable,
                      "The data file needs an update of its schema first; open it once with write access.");
  }
  return check_history(connection, migrations, standing->version);
}

Done migrate(SqliteConnection& connection, std::span<const Migration> migrations, const Clock& clock) {
  // The usual start: nothing to do, and no lock is taken to find that out.
  Result<Standing> standing = look(connection);
  if (!standing) return standing.error();
  if (standing->version == static_cast<std::int64_t>(migrations.size()))
    return check_history(connection, migrations, standing->version);
  if (standing->version > static_cast<std::int64_t>(migrations.size()))
    return newer(standing->version, static_cast<int>(migrations.size()));
  for (std::size_t step = 0; step <= migrations.size(); ++step) {
    Result<bool> more = apply_next(connection, migrations, clock);
    if (!more) return more.error();
    if (!*more) return {};
  }
  return make_error(Code::internal, "The schema did not come to its end.");
}

}  // namespace deskhand::store
