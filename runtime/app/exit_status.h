// The exit statuses of the command line (design 8) and the one table from error codes to them.
#pragma once

#include "base/result.h"

namespace deskhand::app {

inline constexpr int kExitDone = 0, kExitFailed = 1, kExitUsage = 2, kExitRefused = 3, kExitParked = 4;

inline int exit_status(Code code) {
  switch (code) {
    case Code::forbidden: return kExitRefused;
    case Code::invalid_argument:
    case Code::not_found:
    case Code::ambiguous:
    case Code::conflict:
    case Code::limit_exceeded:
    case Code::unavailable:
    case Code::unknown_outcome:
    case Code::cancelled:
    case Code::corrupt:
    case Code::internal: return kExitFailed;
  }
  return kExitFailed;
}

}  // namespace deskhand::app
