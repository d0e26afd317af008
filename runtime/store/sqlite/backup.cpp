#include "store/sqlite/backup.h"

#include <fcntl.h>
#include <sqlite3.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "base/text.h"

namespace deskhand::store {
namespace {

Error failed(const std::string& path, int reason) {
  if (reason == EEXIST)
    return make_error(Code::conflict, shorten(printable_line(path), 200) + " exists already; name another file.");
  if (reason == ENOSPC || reason == EDQUOT)
    return make_error(Code::unavailable, "The disk is full; no backup was made.");
  return make_error(Code::unavailable,
                    "Can't write " + shorten(printable_line(path), 200) + ": " + std::strerror(reason) + ".");
}

Done copy_into(SqliteConnection& source, const std::string& path) {
  sqlite3* handle = nullptr;
  int code = sqlite3_open_v2(path.c_str(), &handle, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE,
                             nullptr);
  const auto fail = [&](int reason) -> Done {
    Error error = sqlite_error(handle, reason, Role::writer, "backup to " + path);
    sqlite3_close(handle);
    return error;
  };
  if (code != SQLITE_OK) return fail(code);
  sqlite3_backup* backup = sqlite3_backup_init(handle, "main", source.handle(), "main");
  if (backup == nullptr) return fail(sqlite3_extended_errcode(handle));
  code = sqlite3_backup_step(backup, -1);
  const int finished = sqlite3_backup_finish(backup);
  if (code != SQLITE_DONE) return fail(code);
  if (finished != SQLITE_OK) return fail(finished);
  // A backup is one file: no -wal beside it that could be forgotten.
  code = sqlite3_exec(handle, "PRAGMA journal_mode = DELETE", nullptr, nullptr, nullptr);
  if (code != SQLITE_OK) return fail(code);
  sqlite3_close(handle);
  return {};
}

Done check_copy(const std::string& path) {
  Result<std::unique_ptr<SqliteConnection>> copy =
      SqliteConnection::open({.path = path, .role = Role::reader, .vfs = {}});
  if (!copy) return copy.error();
  return check_file(**copy);
}

Done sync(const std::string& path) {
  const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (file < 0) return failed(path, errno);
  const int code = ::fsync(file);
  const int reason = errno;
  ::close(file);
  return code == 0 ? Done{} : failed(path, reason);
}

}  // namespace

Done check_file(Connection& connection) {
  std::string finding;
  Done checked = connection.run("PRAGMA integrity_check(10)", {}, [&](const Row& row) -> Done {
    if (finding.empty() && row.bytes(0) != "ok") finding = row.bytes(0);
    return {};
  });
  if (!checked) return checked;
  if (finding.empty()) {
    checked = connection.run("PRAGMA foreign_key_check", {}, [&](const Row& row) -> Done {
      if (finding.empty())
        finding = "a row of " + std::string(row.bytes(0)) + " refers to nothing in " + std::string(row.bytes(2));
      return {};
    });
    if (!checked) return checked;
  }
  if (finding.empty()) return {};
  return make_error(Code::corrupt, "The data file is damaged; restore the last backup (deskhand restore).", finding);
}

Done back_up(const Database& database, const std::string& path, const std::string& temporary_path) {
  struct stat status {};
  if (::lstat(path.c_str(), &status) == 0) return failed(path, EEXIST);
  const int made = ::open(temporary_path.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (made < 0) return failed(temporary_path, errno);
  ::close(made);
  Result<std::unique_ptr<SqliteConnection>> source = database.open_reader();
  Done done = source ? copy_into(**source, temporary_path) : Done(source.error());
  if (done) done = check_copy(temporary_path);
  if (done) done = sync(temporary_path);
  // link() and not rename(): a file that appeared under that name meanwhile is not overwritten.
  if (done && ::link(temporary_path.c_str(), path.c_str()) != 0) done = failed(path, errno);
  ::unlink(temporary_path.c_str());
  if (!done) return done;
  const std::size_t slash = path.find_last_of('/');
  return sync(slash == std::string::npos ? "." : slash == 0 ? "/" : path.substr(0, slash));
}

}  // namespace deskhand::store
