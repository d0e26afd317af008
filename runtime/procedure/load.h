// A procedure with the modules that extend it. A module adds sections or overrides them: an item that is bound to the
// same id, or has the same heading, replaces the earlier one; hard stops only ever add up, so that no module can take
// one away.
//
// Thread rule: load_procedure calls `read_file` on the calling thread.
// Codes: what `read_file` gives for the main file; not_found (a module is missing), conflict (modules extend each other
// in a circle), invalid_argument, limit_exceeded; each in one line with file and line.
#pragma once

#include <functional>
#include <string>

#include "procedure/procedure.h"

namespace deskhand::procedure {

// The bytes of a file by its name; not_found when there is none. The names of modules are relative to the folder of the
// file that names them, or to the folder above when they spell it out ("procedures/scheduling.md").
using ReadFile = std::function<Result<std::string>(const std::string& file_name)>;

Result<Procedure> load_procedure(const std::string& file_name, const ReadFile& read_file);

}  // namespace deskhand::procedure
