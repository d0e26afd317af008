#include "store/audit_store.h"

#include "base/hash.h"
#include "base/json.h"
#include "base/limits.h"

namespace deskhand::store {
namespace {

constexpr std::string_view kFirstHash = "";  // what the first entry follows

// Undone is what a later entry says; the entry itself is never touched again.
constexpr std::string_view kAuditColumns =
    "a.sequence, a.at, a.actor, a.action, a.subject, a.verdict, COALESCE(p.payload, ''), a.payload_digest, "
    "a.previous_hash, a.hash, "
    "a.undo_number, CASE WHEN a.undo_number > 0 AND EXISTS (SELECT 1 FROM audit u WHERE u.org_id = a.org_id AND "
    "u.undoes > 0 AND u.undoes = a.undo_number) "
    "THEN 1 ELSE 0 END";
constexpr std::string_view kFrom =
    " FROM audit a LEFT JOIN audit_payloads p ON p.org_id = a.org_id AND p.sequence = a.sequence ";

Result<AuditEntry> read_audit_entry(const Row& row) {
  ColumnReader in(row);
  AuditEntry entry;
  entry.sequence = in.number();
  entry.at = in.instant();
  entry.actor = in.text();
  entry.action = in.text();
  entry.subject = in.text();
  entry.verdict = in.text();
  entry.payload = in.text();
  entry.payload_digest = in.text();
  entry.previous_hash = in.text();
  entry.hash = in.text();
  entry.undo_number = in.number();
  entry.undone = in.flag();
  return in.finish(std::move(entry));
}

Json json_of(const Value& value) {
  if (const auto* integer = std::get_if<std::int64_t>(&value)) return *integer;
  if (const auto* words = std::get_if<std::string>(&value)) return *words;
  if (const auto* bytes = std::get_if<Blob>(&value)) return "sha256:" + sha256_hex(bytes->bytes);
  return nullptr;
}

// Of a made row only its digest is kept, the row itself says the rest; of a changed row the columns that differ, both
// ways.
Json json_of(const CapturedChange& change, bool keeps_old_values) {
  Json json = {{"table", change.table->name}, {"id", change.id}};
  if (!change.ref.empty()) json["ref"] = change.ref;
  if (change.before.empty()) {
    json["made"] = true;
    return json;
  }
  if (!keeps_old_values) {
    json["redacted"] = true;
    return json;
  }
  Json before = Json::object(), after = Json::object();
  const auto compare = [&](const Image& image) {
    for (const auto& [column, value] : image) {
      const auto old = change.before.find(column), fresh = change.after.find(column);
      const Json old_json = old == change.before.end() ? Json() : json_of(old->second);
      const Json new_json = fresh == change.after.end() ? Json() : json_of(fresh->second);
      if (old_json == new_json) continue;
      before[column] = old_json;
      after[column] = new_json;
    }
  };
  compare(change.before);
  compare(change.after);
  json["before"] = std::move(before);
  json["after"] = std::move(after);
  return json;
}

ChangeLine line_of(const CapturedChange& change) {
  return {std::string(change.table->name),
          change.id,
          change.ref,
          change.before.empty() ? std::string{} : digest_of(change.table->name, change.before),
          digest_of(change.table->name, change.after),
          substance_of(*change.table, change.after)};
}

// A row that one call changed several times counts once: as it was before and as it is now.
std::vector<CapturedChange> condensed(std::vector<CapturedChange> changes) {
  std::vector<CapturedChange> result;
  for (CapturedChange& change : changes) {
    CapturedChange* known = nullptr;
    for (CapturedChange& earlier : result)
      if (earlier.table == change.table && earlier.id == change.id) known = &earlier;
    if (known == nullptr) {
      result.push_back(std::move(change));
    } else {
      known->after = std::move(change.after);
    }
  }
  std::erase_if(result, [](const CapturedChange& change) {
    return !change.before.empty() &&
           digest_of(change.table->name, change.before) == digest_of(change.table->name, change.after);
  });
  return result;
}

Result<std::string> payload_with(const std::string& payload, const std::vector<CapturedChange>& changes, bool keeps_old_values) {
  Json json = Json::object();
  if (!payload.empty()) {
    Result<Json> parsed = parse_json(payload, limits::kAuditPayloadBytes);
    if (!parsed) return parsed.error();
    if (parsed->is_object())
      json = std::move(*parsed);
    else
      json["said"] = std::move(*parsed);
  }
  if (!changes.empty()) {
    Json list = Json::array();
    for (const CapturedChange& change : changes) list.push_back(json_of(change, keeps_old_values));
    json["changes"] = std::move(list);
  }
  std::string text = to_text(json);
  if (text.size() > limits::kAuditPayloadBytes) {
    return make_error(Code::limit_exceeded, "One call changes more than the audit log takes (" +
                                                std::to_string(limits::kAuditPayloadBytes / 1024) +
                                                " KiB); do it in smaller parts.");
  }
  return text;
}

}  // namespace

std::string digest_of(const std::vector<ChangeLine>& lines) {
  CanonicalBytes bytes("deskhand-changes-1");
  for (const ChangeLine& line : lines) {
    bytes.add("table", line.table).add("id", line.id).add("ref", line.ref).add("before", line.before_digest);
    bytes.add("after", line.after_digest).add("substance", line.substance_digest);
  }
  return sha256_hex(bytes.bytes());
}

std::string hash_of(const OrgId& org, const AuditEntry& entry, std::string_view changes_digest, std::int64_t undoes) {
  CanonicalBytes bytes("deskhand-audit-1");
  bytes.add("previous", entry.previous_hash).add("org", org.text()).add("sequence", std::to_string(entry.sequence));
  bytes.add("at", std::to_string(entry.at.us)).add("actor", entry.actor).add("action", entry.action);
  bytes.add("subject", entry.subject).add("verdict", entry.verdict).add("payload", entry.payload_digest);
  bytes.add("changes", changes_digest)
      .add("undo", std::to_string(entry.undo_number))
      .add("undoes", std::to_string(undoes));
  return sha256_hex(bytes.bytes());
}

Result<AuditEntry> SqlAuditStore::append(AuditEntry entry, bool undoable) {
  const std::vector<CapturedChange> changes = condensed(session_.changes);
  Result<std::string> payload = payload_with(entry.payload, changes, session_.keeps_old_values);
  if (!payload) return payload.error();
  entry.payload = std::move(*payload);
  entry.payload_digest = sha256_hex(entry.payload);
  std::vector<ChangeLine> lines;
  for (const CapturedChange& change : changes) lines.push_back(line_of(change));
  const std::string changes_digest = digest_of(lines);

  Result<std::int64_t> sequence = session_.next_number("audit");
  if (!sequence) return sequence.error();
  entry.sequence = *sequence;
  entry.undo_number = 0;
  if (undoable && !changes.empty()) {
    Result<std::int64_t> undo_number = session_.next_number("undo");
    if (!undo_number) return undo_number.error();
    entry.undo_number = *undo_number;
  }
  entry.undone = false;
  entry.previous_hash = kFirstHash;
  Done previous = session_.run("SELECT hash FROM audit WHERE org_id = $1 AND sequence = $2", {entry.sequence - 1},
                               [&](const Row& row) -> Done {
                                 entry.previous_hash = row.bytes(0);
                                 return {};
                               });
  if (!previous) return previous.error();
  if (entry.at.us == 0) entry.at = session_.now();
  entry.hash = hash_of(session_.org(), entry, changes_digest, session_.undoing);

  Done inserted = session_.run(
      "INSERT INTO audit (org_id, sequence, at, actor, action, subject, verdict, payload_digest, changes_digest, "
      "previous_hash, hash, "
      "undo_number, undoes) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)",
      {entry.sequence, instant(entry.at), entry.actor, entry.action, entry.subject, entry.verdict, entry.payload_digest,
       changes_digest, entry.previous_hash, entry.hash, entry.undo_number, session_.undoing});
  if (!inserted) return inserted.error();
  Done stored = session_.run("INSERT INTO audit_payloads (org_id, sequence, payload) VALUES ($1, $2, $3)",
                             {entry.sequence, entry.payload});
  if (!stored) return stored.error();
  std::int64_t position = 0;
  for (const ChangeLine& line : lines) {
    Done noted = session_.run(
        "INSERT INTO audit_changes (org_id, sequence, position, table_name, row_id, ref, before_digest, after_digest, "
        "substance_digest) "
        "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        {entry.sequence, ++position, line.table, line.id, line.ref, line.before_digest, line.after_digest,
         line.substance_digest});
    if (!noted) return noted.error();
  }
  session_.changes.clear();
  session_.undoing = 0;
  return entry;
}

Result<AuditEntry> SqlAuditStore::find(std::int64_t sequence) const {
  return session_.one("SELECT " + std::string(kAuditColumns) + std::string(kFrom) + "WHERE a.org_id = $1 AND a.sequence = $2",
                      {sequence}, read_audit_entry, "log entry " + std::to_string(sequence));
}

Result<AuditEntry> SqlAuditStore::find_undo(std::int64_t undo_number) const {
  if (undo_number <= 0) return Session::none_of("change of that name");
  return session_.one("SELECT " + std::string(kAuditColumns) + std::string(kFrom) +
                          "WHERE a.org_id = $1 AND a.undo_number > 0 AND a.undo_number = $2",
                      {undo_number}, read_audit_entry, "change " + Ref{ref_prefix::kUndo, undo_number}.text());
}

Result<std::int64_t> SqlAuditStore::count_actions(std::string_view actor_prefix,
                                                  const std::vector<std::string>& actions, Instant since) const {
  if (actions.empty()) return 0;
  Values values = {instant(since), text(actor_prefix)};
  std::string places;
  for (const std::string& action : actions) {
    values.push_back(action);
    places += (places.empty() ? "$" : ", $") + std::to_string(values.size() + 1);
  }
  return session_.integer(
      "SELECT COUNT(*) FROM audit WHERE org_id = $1 AND at >= $2 AND SUBSTR(actor, 1, LENGTH($3)) = $3 "
      "AND (verdict = 'allow' OR SUBSTR(verdict, 1, 6) = 'allow ') AND action IN (" +
          places + ")",
      std::move(values));
}

Result<std::vector<AuditEntry>> SqlAuditStore::recent(std::size_t rows_max) const {
  return session_.all(
      "SELECT " + std::string(kAuditColumns) + std::string(kFrom) + "WHERE a.org_id = $1 ORDER BY a.sequence DESC LIMIT $2",
      {page(rows_max)}, read_audit_entry);
}

Done SqlAuditStore::undo(const AuditEntry& entry) {
  // What is taken back is what is stored, whatever the caller's copy says.
  Result<AuditEntry> stored = find_undo(entry.undo_number);
  if (!stored) return stored.error();
  const std::string ref = Ref{ref_prefix::kUndo, stored->undo_number}.text();
  if (stored->undone || session_.undoing == stored->undo_number)
    return make_error(Code::conflict, ref + " has already been taken back.");
  if (session_.undoing != 0) return make_error(Code::internal, "One call takes back one change.");
  Done undone = session_.nested([&] { return undo_changes(session_, stored->sequence); });
  if (!undone) return undone;
  session_.undoing = stored->undo_number;
  return {};
}

}  // namespace deskhand::store
