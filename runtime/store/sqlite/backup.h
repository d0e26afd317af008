// A copy of a live SQLite file by the backup API, checked before it gets its name.
//
// Thread rule: uses a connection of its own. Codes: conflict (the name is taken), unavailable, corrupt.
#pragma once

#include <string>

#include "base/result.h"
#include "store/sqlite/database.h"

namespace deskhand::store {

Done back_up(const Database& database, const std::string& path, const std::string& temporary_path);
// integrity_check and foreign_key_check; the first finding is the error.
Done check_file(Connection& connection);

}  // namespace deskhand::store
