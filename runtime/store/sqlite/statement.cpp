#include "store/sqlite/statement.h"

#include <sqlite3.h>

#include <cassert>
#include <cstdlib>

namespace deskhand::store {
namespace {

class SqliteRow final : public Row {
 public:
  explicit SqliteRow(sqlite3_stmt* statement) : statement_(statement) {}

  int columns() const override { return sqlite3_column_count(statement_); }
  std::string_view name(int column) const override {
    const char* name = sqlite3_column_name(statement_, column);
    return name == nullptr ? std::string_view{} : std::string_view(name);
  }
  Kind kind(int column) const override {
    switch (sqlite3_column_type(statement_, column)) {
      case SQLITE_NULL:
        return Kind::null;
      case SQLITE_INTEGER:
        return Kind::integer;
      case SQLITE_BLOB:
        return Kind::blob;
      default:
        return Kind::text;
    }
  }
  std::int64_t integer(int column) const override { return sqlite3_column_int64(statement_, column); }
  std::string_view bytes(int column) const override {
    // As a blob also where it is text: that converts and copies nothing, so it can not fail for want of memory.
    const void* data = sqlite3_column_blob(statement_, column);
    if (data == nullptr) return {};
    return {static_cast<const char*>(data), static_cast<std::size_t>(sqlite3_column_bytes(statement_, column))};
  }

 private:
  sqlite3_stmt* statement_;
};

// Leaves the statement reusable, also when the callback throws.
class Finish {
 public:
  Finish(sqlite3_stmt* statement, bool& busy) : statement_(statement), busy_(busy) { busy_ = true; }
  ~Finish() {
    sqlite3_reset(statement_);
    sqlite3_clear_bindings(statement_);
    busy_ = false;
  }
  Finish(const Finish&) = delete;
  Finish& operator=(const Finish&) = delete;

 private:
  sqlite3_stmt* statement_;
  bool& busy_;
};

}  // namespace

Statement::Statement(sqlite3_stmt* statement) : statement_(statement), writes_(sqlite3_stmt_readonly(statement) == 0) {
  const int parameters = sqlite3_bind_parameter_count(statement);
  for (int index = 1; index <= parameters; ++index) {
    const char* name = sqlite3_bind_parameter_name(statement, index);
    assert(name != nullptr && name[0] == '$' && "parameters are written $1, $2, ...");
    values_of_.push_back(static_cast<std::size_t>(std::strtoul(name + 1, nullptr, 10)));
  }
}

Statement::~Statement() { sqlite3_finalize(statement_); }

int Statement::bind(const Values& values) {
  for (std::size_t index = 0; index < values_of_.size(); ++index) {
    assert(values_of_[index] >= 1 && values_of_[index] <= values.size() && "every parameter has a value");
    const Value& value = values[values_of_[index] - 1];
    const int parameter = static_cast<int>(index) + 1;
    int code = SQLITE_OK;
    // The values outlive the run, so SQLite need not copy them.
    if (const auto* integer = std::get_if<std::int64_t>(&value)) {
      code = sqlite3_bind_int64(statement_, parameter, *integer);
    } else if (const auto* words = std::get_if<std::string>(&value)) {
      code = sqlite3_bind_text64(statement_, parameter, words->data(), words->size(), SQLITE_STATIC, SQLITE_UTF8);
    } else if (const auto* bytes = std::get_if<Blob>(&value)) {
      code = sqlite3_bind_blob64(statement_, parameter, bytes->bytes.data(), bytes->bytes.size(), SQLITE_STATIC);
    } else {
      code = sqlite3_bind_null(statement_, parameter);
    }
    if (code != SQLITE_OK) return code;
  }
  return SQLITE_OK;
}

int Statement::run(const Values& values, const EachRow& each, Done& refused) {
  const Finish finish(statement_, busy_);
  int code = bind(values);
  if (code != SQLITE_OK) return code;
  const SqliteRow row(statement_);
  while ((code = sqlite3_step(statement_)) == SQLITE_ROW) {
    if (!each) continue;
    Done taken = each(row);
    if (!taken) {
      refused = std::move(taken);
      return SQLITE_DONE;
    }
  }
  return code;
}

}  // namespace deskhand::store
