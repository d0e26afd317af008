#include "store/session.h"

#include <cassert>

#include "base/hash.h"
#include "base/limits.h"

namespace deskhand::store {
namespace {

std::string value_bytes(const Value& value) {
  if (const auto* integer = std::get_if<std::int64_t>(&value)) return "i" + std::to_string(*integer);
  if (const auto* words = std::get_if<std::string>(&value)) return "t" + *words;
  if (const auto* bytes = std::get_if<Blob>(&value)) return "b" + bytes->bytes;
  return {};
}

std::string digest_of_columns(std::string_view table, const Image& image, const RecordTable* without_derived) {
  CanonicalBytes bytes("deskhand-row-1");
  bytes.add("table", table);
  for (const auto& [column, value] : image)
    if (without_derived == nullptr || !is_derived(*without_derived, column)) bytes.add(column, value_bytes(value));
  return sha256_hex(bytes.bytes());
}

std::string select_row(const RecordTable& table) {
  return "SELECT * FROM " + std::string(table.name) + " WHERE org_id = $1 AND id = $2";
}

// A search in a short text costs far less than the statement, so it is made every time and in the release as well.
bool is_org_bound(std::string_view sql) {
  if (sql.starts_with("INSERT INTO ")) return sql.find("(org_id, ") != std::string_view::npos;
  return sql.find("org_id = $1") != std::string_view::npos;
}

Error changed_since() {
  return make_error(Code::conflict, "The record has changed in the meantime; look at it again and repeat the change.");
}

}  // namespace

std::string digest_of(std::string_view table, const Image& image) { return digest_of_columns(table, image, nullptr); }

std::string substance_of(const RecordTable& table, const Image& image) {
  return digest_of_columns(table.name, image, &table);
}

Image image_of(const Row& row) {
  Image image;
  for (int column = 0; column < row.columns(); ++column) {
    switch (row.kind(column)) {
      case Row::Kind::null:
        break;
      case Row::Kind::integer:
        image.emplace(row.name(column), row.integer(column));
        break;
      case Row::Kind::text:
        image.emplace(row.name(column), std::string(row.bytes(column)));
        break;
      case Row::Kind::blob:
        image.emplace(row.name(column), Blob{std::string(row.bytes(column))});
        break;
    }
  }
  return image;
}

const RecordTable& record_table(std::string_view name) {
  const RecordTable* table = find_record_table(name);
  assert(table != nullptr && "a record table is named as in record_tables()");
  return *table;
}

Instant Session::now() {
  if (!now_) now_ = clock_.now();
  return *now_;
}

std::string Session::new_id() {
  const std::uint64_t high = random_.next();
  return uuid_v7(now().unix_ms(), high, random_.next());
}

Done Session::run(std::string_view sql, Values values, const EachRow& each) {
  assert(is_org_bound(sql) && "every statement of a session is bound to its org");
  values.insert(values.begin(), Value{org_.text()});
  return connection_.run(sql, values, each);
}

Result<std::int64_t> Session::integer(std::string_view sql, Values values) {
  std::int64_t found = 0;
  Done done = run(sql, std::move(values), [&](const Row& row) -> Done {
    found = row.integer(0);
    return {};
  });
  if (!done) return done.error();
  return found;
}

Result<bool> Session::exists(std::string_view sql, Values values) {
  bool found = false;
  Done done = run(sql, std::move(values), [&](const Row&) -> Done {
    found = true;
    return {};
  });
  if (!done) return done.error();
  return found;
}

Result<std::int64_t> Session::next_number(std::string_view counter) {
  return integer(
      "INSERT INTO ref_counters (org_id, name, value) VALUES ($1, $2, 1) "
      "ON CONFLICT (org_id, name) DO UPDATE SET value = ref_counters.value + 1 RETURNING value",
      {text(counter)});
}

Done Session::insert(const RecordTable& table, std::string& id, RecordHead& head, Fields fields) {
  if (access_ == Access::read) return make_error(Code::forbidden, "Nothing can be changed here: this is a read.");
  if (id.empty()) id = new_id();
  head.version = 1;
  head.created_at = head.updated_at = now();
  Fields all = {
      {"id", id}, {"version", head.version}, {"created_at", head.created_at.us}, {"updated_at", head.updated_at.us}};
  const bool has_ref = table.name != "contact_points";  // named by the person they belong to
  if (has_ref) {
    Result<std::int64_t> number = next_number(table.name);
    if (!number) return number.error();
    head.ref_number = *number;
    all.push_back({"ref_number", head.ref_number});
  }
  for (Field& field : fields) all.push_back(std::move(field));

  std::string columns, places;
  Values values;
  for (Field& field : all) {
    columns += (columns.empty() ? "" : ", ") + std::string(field.column);
    places += ", $" + std::to_string(values.size() + 2);
    values.push_back(std::move(field.value));
  }
  const std::string sql =
      "INSERT INTO " + std::string(table.name) + " (org_id, " + columns + ") VALUES ($1" + places + ")";
  return capture(table, id, [&] { return run(sql, std::move(values)); });
}

Done Session::update(const RecordTable& table, const std::string& id, RecordHead& head, Fields fields) {
  const std::int64_t expected = head.version;
  head.updated_at = now();
  Values values = {id, expected, head.updated_at.us};
  std::string assignments = "version = version + 1, updated_at = $4";
  for (Field& field : fields) {
    values.push_back(std::move(field.value));
    assignments += ", " + std::string(field.column) + " = $" + std::to_string(values.size() + 1);
  }
  const std::string sql = "UPDATE " + std::string(table.name) + " SET " + assignments +
                          " WHERE org_id = $1 AND id = $2 AND version = $3 RETURNING version";
  return capture(table, id, [&]() -> Done {
    Result<std::int64_t> version = integer(sql, std::move(values));
    if (!version) return version.error();
    if (*version != 0) {
      head.version = *version;
      return {};
    }
    Result<std::optional<Image>> stored = image(table, id);
    if (!stored) return stored.error();
    return *stored ? changed_since() : none_of("record of that name");
  });
}

Done Session::capture(const RecordTable& table, const std::string& id, const std::function<Done()>& act) {
  if (access_ == Access::read) return make_error(Code::forbidden, "Nothing can be changed here: this is a read.");
  Result<std::optional<Image>> before = image(table, id);
  if (!before) return before.error();
  Done done = act();
  if (!done) return done;
  Result<std::optional<Image>> after = image(table, id);
  if (!after) return after.error();
  if (!*after)
    return make_error(Code::internal, "A record vanished while it was being changed.",
                      std::string(table.name) + " " + id);
  if (*before && digest_of(table.name, **before) == digest_of(table.name, **after)) return {};
  CapturedChange change;
  change.table = &table;
  change.id = id;
  change.ref = ref_of(table, **after);
  if (*before) change.before = std::move(**before);
  change.after = std::move(**after);
  changes.push_back(std::move(change));
  return {};
}

Result<std::optional<Image>> Session::image(const RecordTable& table, const std::string& id) {
  std::optional<Image> found;
  Done done = run(select_row(table), {id}, [&](const Row& row) -> Done {
    found = image_of(row);
    return {};
  });
  if (!done) return done.error();
  return found;
}

Done Session::nested(const std::function<Done()>& part) {
  const std::vector<CapturedChange> changes_before = changes;
  const std::int64_t undoing_before = undoing;
  const LeadNews news_before = news;
  Done opened = connection_.run("SAVEPOINT part", {}, {});
  if (!opened) return opened;
  Done done = part();
  if (done) return connection_.run("RELEASE SAVEPOINT part", {}, {});
  changes = changes_before;
  undoing = undoing_before;
  news = news_before;
  Done undone = connection_.run("ROLLBACK TO SAVEPOINT part", {}, {});
  if (undone) undone = connection_.run("RELEASE SAVEPOINT part", {}, {});
  return undone ? done : undone;
}

std::string Session::ref_of(const RecordTable& table, const Image& image) const {
  const auto number = image.find("ref_number");
  if (table.prefix == '?' || number == image.end()) return {};
  const auto* value = std::get_if<std::int64_t>(&number->second);
  return value == nullptr ? std::string{} : Ref{table.prefix, *value}.text();
}

Error Session::none_of(std::string_view what) {
  return make_error(Code::not_found, "There is no " + std::string(what) + ".");
}

}  // namespace deskhand::store
