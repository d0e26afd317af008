// Brings a database file to the schema this program knows, or says in one line why it can't.
//
// Thread rule: one connection. Two processes may do this at once; one of them migrates, the other finds it done.
// Codes: corrupt (a newer schema, a changed old migration, a foreign database), unavailable.
#pragma once

#include <span>

#include "base/result.h"
#include "ports/clock.h"
#include "store/migrations/sqlite.h"
#include "store/sqlite/connection.h"

namespace deskhand::store {

Done migrate(SqliteConnection& connection, std::span<const Migration> migrations, const Clock& clock);
// The same check without changing anything, for a file opened read-only; it must be up to date.
Done check_schema(SqliteConnection& connection, std::span<const Migration> migrations);

}  // namespace deskhand::store
