// Errors are values. A function that can fail returns Result<T>; a caller can not drop it unread.
//
// Thread rule: value types, no shared state.
// A new code is added only where some caller reacts differently to it; `unknown_outcome` (it may or may not have
// happened) stands apart from `unavailable` (it did not happen, a retry is safe) because no one may retry through it.
#pragma once

#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <utility>

namespace deskhand {

enum class Code {
  invalid_argument,  // the caller's words are wrong; saying it differently can help
  not_found,         // nothing of that name in this org
  ambiguous,         // more than one; the message lists them, ask which
  conflict,          // the record is not as the caller thought (version, fingerprint, already decided)
  forbidden,         // a guard or a role said no; repeating it changes nothing
  limit_exceeded,    // a bound was reached: size, rate, cost, calls
  unavailable,       // it did not happen, and a later try may work (busy, offline, disk full)
  unknown_outcome,   // it may or may not have happened; settle by proof, never by a blind retry
  cancelled,         // the caller asked to stop
  corrupt,           // stored data is damaged or newer than this program
  internal           // our own mistake
};

// "invalid_argument", "not_found", ...: the one spelling used by --json, logs and tests.
std::string_view code_name(Code code);

struct Error {
  Code code = Code::internal;
  std::string message;  // one line for the person: what is wrong and what to do
  std::string detail;   // for the log only; may hold paths, SQL, vendor text
};

template <class T>
class [[nodiscard]] Result : public tl::expected<T, Error> {
 public:
  using tl::expected<T, Error>::expected;
  Result(Error error) : tl::expected<T, Error>(tl::unexpect, std::move(error)) {}  // NOLINT: implicit by design
};

using Done = Result<void>;

inline Error make_error(Code code, std::string message, std::string detail = {}) {
  return Error{code, std::move(message), std::move(detail)};
}

}  // namespace deskhand
