// What SQLite says, as one clear line and a code.
//
// Thread rule: pure over the connection it is given. Source of the codes: sqlite.org/rescode.html as of SQLite 3.40.
#pragma once

#include <string_view>

#include "base/result.h"

struct sqlite3;

namespace deskhand::store {

enum class Role { reader, writer };

// The error `result_code` of the last call on `handle`; `doing` goes to the log. A reader that tried to write is
// forbidden to.
Error sqlite_error(sqlite3* handle, int result_code, Role role, std::string_view doing);

}  // namespace deskhand::store
