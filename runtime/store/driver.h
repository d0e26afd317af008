// Driver: the little that the noun files need from a database engine: run one statement with values, read its rows. The
// statements are in the dialect that SQLite and PostgreSQL share ($1 parameters, RETURNING, ON CONFLICT), so that the
// same noun files serve both.
//
// Thread rule: a Connection belongs to one thread at a time. Ownership: a Row and the texts it gives out live until the
// callback it was handed to returns.
// Codes of run(): conflict (a unique rule), not_found (a reference to nothing), forbidden (a trigger or the authorizer
// said no), invalid_argument (a check), unavailable (busy, disk full, read-only; nothing changed), corrupt, internal.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/result.h"

namespace deskhand::store {

struct Blob {
  std::string bytes;
};
using Value = std::variant<std::monostate, std::int64_t, std::string, Blob>;  // monostate is NULL
using Values = std::vector<Value>;

class Row {
 public:
  enum class Kind { null, integer, text, blob };

  virtual ~Row() = default;
  virtual int columns() const = 0;
  virtual std::string_view name(int column) const = 0;
  virtual Kind kind(int column) const = 0;
  virtual std::int64_t integer(int column) const = 0;    // 0 for NULL
  virtual std::string_view bytes(int column) const = 0;  // of text and blob; "" for NULL
};

using EachRow = std::function<Done(const Row&)>;

class TextSearch;

class Connection {
 public:
  virtual ~Connection() = default;
  // Binds `values` to $1, $2, ... and hands every row to `each`; stops at its first error and returns that.
  virtual Done run(std::string_view sql, const Values& values, const EachRow& each) = 0;
  virtual TextSearch& text_search() = 0;
};

}  // namespace deskhand::store
