#include "ports/http_client.h"

namespace deskhand {

std::string_view name_of(HttpEnd end) {
  switch (end) {
    case HttpEnd::complete: return "complete";
    case HttpEnd::invalid: return "invalid";
    case HttpEnd::not_sent: return "not_sent";
    case HttpEnd::untrusted: return "untrusted";
    case HttpEnd::cancelled: return "cancelled";
    case HttpEnd::no_answer: return "no_answer";
    case HttpEnd::stalled: return "stalled";
    case HttpEnd::overtime: return "overtime";
    case HttpEnd::broken_off: return "broken_off";
    case HttpEnd::too_large: return "too_large";
  }
  return "broken_off";
}

std::string_view HttpHead::header(std::string_view name_in_lower_case) const {
  for (const HttpHeader& header : headers)
    if (header.name == name_in_lower_case) return header.value;
  return {};
}

}  // namespace deskhand
