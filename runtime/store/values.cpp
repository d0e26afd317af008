#include "store/values.h"

#include "base/json.h"
#include "base/limits.h"
#include "base/text.h"

namespace deskhand::store {
namespace {

// Larger than any list or set of custom values the tools let through; a stored text beyond it is damage.
constexpr std::size_t kColumnJsonBytes = 2 * limits::kCustomFields * limits::kCustomValueBytes;

}  // namespace

std::string to_column(const std::vector<std::string>& list) {
  if (list.empty()) return {};
  Json array = Json::array();
  for (const std::string& item : list) array.push_back(item);
  return to_text(array);
}

std::string to_column(const CustomFields& custom) {
  if (custom.empty()) return {};
  Json object = Json::object();
  for (const auto& [name, value] : custom) {
    Result<Json> parsed = parse_json(value, kColumnJsonBytes);
    object[name] = parsed ? std::move(*parsed) : Json(value);
  }
  return to_text(object);
}

void ColumnReader::note(std::string_view found) {
  if (fault_.empty())
    fault_ = "column " + std::string(row_.name(next_)) + " holds \"" + shorten(printable_line(found), 80) + "\"";
}

std::optional<Instant> ColumnReader::maybe_instant() {
  const bool none = is_null();
  const std::int64_t us = number();
  return none ? std::nullopt : std::optional(Instant{us});
}

std::optional<std::int64_t> ColumnReader::maybe_number() {
  const bool none = is_null();
  const std::int64_t value = number();
  return none ? std::nullopt : std::optional(value);
}

std::optional<Day> ColumnReader::maybe_day() {
  if (is_null()) {
    skip();
    return std::nullopt;
  }
  return day();
}

Day ColumnReader::day() {
  const Result<Day> parsed = parse_iso_day(row_.bytes(next_));
  if (!parsed) note(row_.bytes(next_));
  ++next_;
  return parsed ? *parsed : Day{};
}

std::optional<Money> ColumnReader::maybe_money() {
  const std::optional<std::int64_t> minor = maybe_number();
  std::string currency = text();
  if (!minor) return std::nullopt;
  return Money{*minor, std::move(currency)};
}

std::vector<std::string> ColumnReader::list() {
  std::vector<std::string> items;
  const std::string_view column = row_.bytes(next_);
  if (!column.empty()) {
    const Result<Json> array = parse_json(column, kColumnJsonBytes);
    if (!array || !array->is_array()) {
      note(column);
    } else {
      for (const Json& item : *array)
        if (item.is_string()) items.push_back(item.get<std::string>());
    }
  }
  ++next_;
  return items;
}

CustomFields ColumnReader::custom() {
  CustomFields fields;
  const std::string_view column = row_.bytes(next_);
  if (!column.empty()) {
    const Result<Json> object = parse_json(column, kColumnJsonBytes);
    if (!object || !object->is_object()) {
      note(column);
    } else {
      for (const auto& [name, value] : object->items()) fields[name] = to_text(value);
    }
  }
  ++next_;
  return fields;
}

RecordHead ColumnReader::head() {
  RecordHead head;
  head.ref_number = number();
  head.version = number();
  head.created_at = instant();
  head.updated_at = instant();
  return head;
}

}  // namespace deskhand::store
