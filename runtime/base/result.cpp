#include "base/result.h"

namespace deskhand {

std::string_view code_name(Code code) {
  switch (code) {
    case Code::invalid_argument: return "invalid_argument";
    case Code::not_found: return "not_found";
    case Code::ambiguous: return "ambiguous";
    case Code::conflict: return "conflict";
    case Code::forbidden: return "forbidden";
    case Code::limit_exceeded: return "limit_exceeded";
    case Code::unavailable: return "unavailable";
    case Code::unknown_outcome: return "unknown_outcome";
    case Code::cancelled: return "cancelled";
    case Code::corrupt: return "corrupt";
    case Code::internal: return "internal";
  }
  return "internal";
}

}  // namespace deskhand
