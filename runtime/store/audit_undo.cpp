// Taking one audited call back: what it changed is put as it was, what it made is archived or voided.
#include <algorithm>
#include <set>

#include "base/json.h"
#include "base/limits.h"
#include "store/audit_store.h"
#include "store/lead_store.h"
#include "store/search_texts.h"

namespace deskhand::store {
namespace {

struct Change {
  const RecordTable* table = nullptr;
  ChangeLine line;
  Json before, after;  // of a changed row: column to value
  bool made() const { return line.before_digest.empty(); }
  std::string name() const { return line.ref.empty() ? std::string(table->name) + " row" : line.ref; }
};

Result<std::vector<Change>> read_changes(Session& session, std::int64_t sequence) {
  std::vector<Change> changes;
  Done lines = session.run(
      "SELECT table_name, row_id, ref, before_digest, after_digest, substance_digest FROM audit_changes "
      "WHERE org_id = $1 AND sequence = $2 ORDER BY position",
      {sequence}, [&](const Row& row) -> Done {
        ColumnReader in(row);
        Change change;
        change.line = {in.text(), in.text(), in.text(), in.text(), in.text(), in.text()};
        change.table = find_record_table(change.line.table);
        if (change.table == nullptr)
          return make_error(Code::corrupt, "The audit log is damaged; run `deskhand verify`.", change.line.table);
        changes.push_back(std::move(change));
        return {};
      });
  if (!lines) return lines.error();

  std::string payload;
  Done read = session.run("SELECT payload FROM audit_payloads WHERE org_id = $1 AND sequence = $2", {sequence},
                          [&](const Row& row) -> Done {
                            payload = row.bytes(0);
                            return {};
                          });
  if (!read) return read.error();
  if (payload.empty())
    return make_error(Code::conflict, "What this change did has been redacted, so it can't be taken back.");
  Result<Json> json = parse_json(payload, limits::kAuditPayloadBytes);
  const Error damaged = make_error(Code::corrupt, "The audit log is damaged; run `deskhand verify`.");
  if (!json || !json->is_object() || !json->contains("changes") || !(*json)["changes"].is_array()) return damaged;
  const Json& list = (*json)["changes"];
  if (list.size() != changes.size()) return damaged;
  for (std::size_t index = 0; index < changes.size(); ++index) {
    if (changes[index].made()) continue;
    if (!list[index].is_object() || !list[index].contains("before") || !list[index].contains("after")) return damaged;
    changes[index].before = list[index]["before"];
    changes[index].after = list[index]["after"];
    if (!changes[index].before.is_object() || !changes[index].after.is_object()) return damaged;
  }
  return changes;
}

// The first record made or linked later that refers to a row this change made.
Result<std::string> dependent_of(Session& session, const Change& change, const std::set<std::string>& own_ids) {
  std::string found;
  for (const RecordTable& table : record_tables()) {
    for (const Reference& reference : table.references) {
      if (reference.table != change.table->name) continue;
      std::string sql = "SELECT * FROM " + std::string(table.name) + " WHERE org_id = $1 AND " +
                        std::string(reference.column) + " = $2";
      if (!table.dead.empty()) sql += " AND NOT (" + std::string(table.dead) + ")";
      Done read = session.run(sql + " ORDER BY created_at LIMIT 200", {change.line.id}, [&](const Row& row) -> Done {
        const Image image = image_of(row);
        const auto* id = std::get_if<std::string>(&image.at("id"));
        if (!found.empty() || id == nullptr || own_ids.contains(*id)) return {};
        found = session.ref_of(table, image);
        if (found.empty()) found = "a row of " + std::string(table.name);
        return {};
      });
      if (!read) return read.error();
      if (!found.empty()) return found;
    }
  }
  return found;
}

Done check(Session& session, const Change& change, const std::set<std::string>& own_ids) {
  if (!change.table->restores && change.table->withdraw_column.empty()) {
    return make_error(Code::conflict, "What was approved or sent can't be taken back.");
  }
  if (change.made() && change.table->withdraw_column.empty())
    return make_error(Code::conflict, "This change can't be taken back.");
  if (!change.made() && !change.table->restores) return {};  // an open card or draft it closed stays closed
  Result<std::optional<Image>> current = session.image(*change.table, change.line.id);
  if (!current) return current.error();
  if (!*current) return make_error(Code::corrupt, "A record is missing; run `deskhand verify`.", change.line.id);
  if (substance_of(*change.table, **current) != change.line.substance_digest) {
    return make_error(Code::conflict, change.name() + " has changed since; change it back by hand.");
  }
  if (!change.made()) return {};
  Result<std::string> dependent = dependent_of(session, change, own_ids);
  if (!dependent) return dependent.error();
  if (dependent->empty()) return {};
  return make_error(Code::conflict, *dependent + " now depends on " + change.name() + "; take that back first.");
}

Value value_of(const Json& json) {
  if (json.is_string()) return json.get<std::string>();
  if (json.is_number_integer()) return json.get<std::int64_t>();
  return {};
}

bool same(const Image& image, const std::string& column, const Json& json) {
  const auto found = image.find(column);
  if (found == image.end()) return json.is_null();
  if (const auto* words = std::get_if<std::string>(&found->second))
    return json.is_string() && json.get_ref<const std::string&>() == *words;
  if (const auto* integer = std::get_if<std::int64_t>(&found->second)) {
    return json.is_number_integer() && json.get<std::int64_t>() == *integer;
  }
  return false;
}

// A derived column goes back only while it still says what this change made it say; a later call moved it on otherwise.
Result<Fields> fields_to_restore(Session& session, const Change& change) {
  if (change.made()) {
    const std::string_view value = change.table->withdraw_value;
    return Fields{
        {change.table->withdraw_column, value == "0" || value == "1" ? number(value == "1" ? 1 : 0) : text(value)}};
  }
  Result<std::optional<Image>> current = session.image(*change.table, change.line.id);
  if (!current) return current.error();
  Fields fields;
  for (const auto& [column, value] : change.before.items()) {
    if (column == "version" || column == "updated_at") continue;
    const Json& after = change.after.contains(column) ? change.after[column] : Json();
    if (is_derived(*change.table, column) && !same(**current, column, after)) continue;
    fields.push_back({change.before.find(column).key(), value_of(value)});
  }
  return fields;
}

Done restore(Session& session, const Change& change) {
  if (!change.made() && !change.table->restores) return {};
  Result<Fields> fields = fields_to_restore(session, change);
  if (!fields) return fields.error();
  return session.capture(*change.table, change.line.id, [&] {
    Values values = {change.line.id, instant(session.now())};
    std::string assignments;
    for (Field& field : *fields) {
      values.push_back(std::move(field.value));
      assignments += ", " + std::string(field.column) + " = $" + std::to_string(values.size() + 1);
    }
    return session.run("UPDATE " + std::string(change.table->name) + " SET version = version + 1, updated_at = $3" +
                           assignments + " WHERE org_id = $1 AND id = $2",
                       std::move(values));
  });
}

// What follows from the restored rows: searching, and the canonical states of leads.
Done refresh(Session& session, const Change& change) {
  Done indexed = index_record(session, change.line.table, change.line.id);
  if (!indexed) return indexed;
  if (change.line.table == "contacts" && change.after.is_object() && change.after.contains("root_id") &&
      change.after["root_id"].is_string()) {
    indexed = index_record(session, "contacts", change.after["root_id"].get<std::string>());
    if (!indexed) return indexed;
  }
  if (change.line.table == "leads") return refresh_state(session, change.line.id);
  if (change.line.table == "opportunities") return refresh_states_of_opportunity(session, change.line.id);
  return {};
}

}  // namespace

Done undo_changes(Session& session, std::int64_t sequence) {
  Result<std::vector<Change>> changes = read_changes(session, sequence);
  if (!changes) return changes.error();
  std::set<std::string> own_ids;
  for (const Change& change : *changes) own_ids.insert(change.line.id);
  for (const Change& change : *changes) {
    Done possible = check(session, change, own_ids);
    if (!possible) return possible;
  }
  for (auto change = changes->rbegin(); change != changes->rend(); ++change) {
    Done restored = restore(session, *change);
    if (!restored) return restored;
  }
  for (const Change& change : *changes) {
    Done refreshed = refresh(session, change);
    if (!refreshed) return refreshed;
  }
  return {};
}

}  // namespace deskhand::store
