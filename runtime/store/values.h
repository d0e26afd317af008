// Between the record's types and the column's: how an id, an instant, a day, a flag or an enum is written and read.
//
// Thread rule: pure functions; a ColumnReader lives as long as its row.
// Instants are integer microseconds, days ISO text, flags 0 or 1, no id is NULL, no text is ''. Lists are JSON arrays
// of text.
#pragma once

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/limits.h"
#include "base/money.h"
#include "base/result.h"
#include "base/time.h"
#include "crm/record.h"
#include "store/driver.h"

namespace deskhand::store {

inline Value text(std::string_view value) { return std::string(value); }
inline Value number(std::int64_t value) { return value; }
inline Value flag(bool value) { return std::int64_t{value ? 1 : 0}; }
inline Value instant(Instant value) { return value.us; }
inline Value instant(const std::optional<Instant>& value) { return value ? Value{value->us} : Value{}; }
inline Value day(Day value) { return to_iso(value); }
inline Value day(const std::optional<Day>& value) { return value ? Value{to_iso(*value)} : Value{}; }
inline Value blob(std::string_view bytes) { return Blob{std::string(bytes)}; }
// How many rows a query may give at most.
inline Value page(std::size_t rows_max) { return static_cast<std::int64_t>(std::min(rows_max, limits::kPageRowsMax)); }
template <class Noun>
Value id(const Id<Noun>& value) {
  return value.empty() ? Value{} : Value{value.text()};
}

std::string to_column(const std::vector<std::string>& list);
std::string to_column(const CustomFields& custom);

// Reads the columns of one row from left to right. What does not fit its type is remembered, and fault() tells it.
class ColumnReader {
 public:
  explicit ColumnReader(const Row& row) : row_(row) {}

  bool is_null() const { return row_.kind(next_) == Row::Kind::null; }
  void skip() { ++next_; }
  std::string text() { return std::string(row_.bytes(next_++)); }
  std::int64_t number() { return row_.integer(next_++); }
  bool flag() { return row_.integer(next_++) != 0; }
  Instant instant() { return {row_.integer(next_++)}; }
  std::optional<Instant> maybe_instant();
  std::optional<std::int64_t> maybe_number();
  Day day();
  std::optional<Day> maybe_day();
  std::optional<Money> maybe_money();  // two columns: minor units and currency
  std::vector<std::string> list();
  CustomFields custom();
  RecordHead head();  // ref_number, version, created_at, updated_at
  template <class RecordId>
  RecordId id() {
    return RecordId(text());
  }
  template <class Parse>
  auto name(Parse parse) {
    const std::string_view word = row_.bytes(next_);
    auto value = parse(word);
    if (!value) note(word);
    ++next_;
    return value ? *value : typename decltype(value)::value_type{};
  }
  // The same where '' stands for `none`.
  template <class Parse, class Enum>
  Enum name_or(Parse parse, Enum none) {
    if (!row_.bytes(next_).empty()) return name(parse);
    skip();
    return none;
  }
  // The columns as a record, or corrupt when one of them held what it can not hold.
  template <class Record>
  Result<Record> finish(Record record) const {
    if (!fault_.empty()) return make_error(Code::corrupt, "A stored record is damaged; run `deskhand verify`.", fault_);
    return record;
  }

 private:
  void note(std::string_view found);

  const Row& row_;
  int next_ = 0;
  std::string fault_;
};

}  // namespace deskhand::store
