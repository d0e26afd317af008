// Reads a whole file of bounded size.
//
// Thread rule: may be called from any thread. Codes: not_found (missing or not readable).
#pragma once

#include <string>

#include "base/result.h"

namespace deskhand::app {

// At most `bytes_max` bytes are read; a longer file is limit_exceeded.
Result<std::string> read_file(const std::string& path, std::size_t bytes_max);

}  // namespace deskhand::app
