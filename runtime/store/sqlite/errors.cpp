#include "store/sqlite/errors.h"

#include <sqlite3.h>

#include <optional>
#include <string>

namespace deskhand::store {
namespace {

// Triggers speak as 'code|sentence'; see the migrations.
std::optional<Error> spoken_by_trigger(std::string_view message) {
  const std::size_t bar = message.find('|');
  if (bar == std::string_view::npos) return std::nullopt;
  const std::string_view code = message.substr(0, bar);
  const std::string text(message.substr(bar + 1));
  if (code == "forbidden") return make_error(Code::forbidden, text);
  if (code == "conflict") return make_error(Code::conflict, text);
  return std::nullopt;
}

Error of_constraint(int result_code, std::string_view message) {
  switch (result_code) {
    case SQLITE_CONSTRAINT_TRIGGER:
      if (std::optional<Error> spoken = spoken_by_trigger(message)) return *spoken;
      return make_error(Code::forbidden, "The database refuses that.");
    case SQLITE_CONSTRAINT_UNIQUE:
    case SQLITE_CONSTRAINT_PRIMARYKEY:
    case SQLITE_CONSTRAINT_ROWID:
      return make_error(Code::conflict, "Another record already holds that; look at it first.");
    case SQLITE_CONSTRAINT_FOREIGNKEY:
      return make_error(Code::not_found, "It refers to a record that does not exist here.");
    default:
      return make_error(Code::invalid_argument, "The record can't be stored as it is: a value does not fit.");
  }
}

Error plain(int result_code, Role role) {
  switch (result_code & 0xFF) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return make_error(Code::unavailable,
                        "The data file is locked by another program; nothing was changed, try again in a moment.");
    case SQLITE_FULL:
      return make_error(Code::unavailable, "The disk is full; nothing was changed, free some space and try again.");
    case SQLITE_IOERR:
      return make_error(Code::unavailable,
                        "The disk reported an error; nothing was changed, check the disk and try again.");
    case SQLITE_READONLY:
      if (role == Role::reader) return make_error(Code::forbidden, "Nothing can be changed here: this is a read.");
      return make_error(Code::unavailable, "The data file is read-only; nothing was changed, check its permissions.");
    case SQLITE_PERM:
    case SQLITE_CANTOPEN:
      return make_error(Code::unavailable,
                        "The data file can't be opened; check that the folder exists and may be written.");
    case SQLITE_CORRUPT:
      return make_error(Code::corrupt, "The data file is damaged; restore the last backup (deskhand restore).");
    case SQLITE_NOTADB:
      return make_error(Code::corrupt,
                        "The data file is not a database of Deskhand, or it is damaged; restore the last backup.");
    case SQLITE_NOMEM:
      return make_error(Code::unavailable, "There is not enough memory for this; close something and try again.");
    case SQLITE_TOOBIG:
      return make_error(Code::limit_exceeded, "That is too large to store.");
    case SQLITE_AUTH:
      return make_error(Code::forbidden, "The database refuses that.");
    case SQLITE_INTERRUPT:
      return make_error(Code::cancelled, "It was stopped.");
    default:
      return make_error(Code::internal, "The database did not do what it should; nothing was changed.");
  }
}

}  // namespace

Error sqlite_error(sqlite3* handle, int result_code, Role role, std::string_view doing) {
  const std::string message =
      handle == nullptr ? std::string(sqlite3_errstr(result_code)) : std::string(sqlite3_errmsg(handle));
  Error error =
      (result_code & 0xFF) == SQLITE_CONSTRAINT ? of_constraint(result_code, message) : plain(result_code, role);
  error.detail = "sqlite " + std::to_string(result_code) + ": " + message + "; " + std::string(doing.substr(0, 200));
  return error;
}

}  // namespace deskhand::store
