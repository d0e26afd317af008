#include "store/verify.h"

#include <set>

#include "base/hash.h"
#include "base/json.h"
#include "base/limits.h"
#include "base/text.h"
#include "store/audit_store.h"
#include "store/pieces.h"

namespace deskhand::store {
namespace {

constexpr std::size_t kFindings = 100;        // more of them say nothing new
constexpr std::size_t kRedactions = 100'000;  // payloads blanked by law that one verify keeps in mind

void add(VerifyReport& report, std::string where, std::string what) {
  if (report.findings.size() < kFindings) report.findings.push_back({std::move(where), std::move(what)});
}

// Digests of payloads that a redaction named; only these may be missing.
Result<std::set<std::string>> redacted_digests(Session& session) {
  std::set<std::string> digests;
  Done read = session.run(
      "SELECT p.payload FROM audit a JOIN audit_payloads p ON p.org_id = a.org_id AND p.sequence = a.sequence "
      "WHERE a.org_id = $1 AND a.action = 'redact' ORDER BY a.sequence",
      {}, [&](const Row& row) -> Done {
        const Result<Json> payload = parse_json(row.bytes(0), limits::kAuditPayloadBytes);
        if (!payload || !payload->is_object() || !payload->contains("redacts") || !(*payload)["redacts"].is_array())
          return {};
        for (const Json& digest : (*payload)["redacts"])
          if (digest.is_string() && digests.size() < kRedactions) digests.insert(digest.get<std::string>());
        return {};
      });
  if (!read) return read.error();
  return digests;
}

Result<std::string> changes_digest(Session& session, std::int64_t sequence) {
  std::vector<ChangeLine> lines;
  Done read = session.run(
      "SELECT table_name, row_id, ref, before_digest, after_digest, substance_digest FROM audit_changes "
      "WHERE org_id = $1 AND sequence = $2 ORDER BY position",
      {sequence}, [&](const Row& row) -> Done {
        ColumnReader in(row);
        lines.push_back({in.text(), in.text(), in.text(), in.text(), in.text(), in.text()});
        return {};
      });
  if (!read) return read.error();
  return digest_of(lines);
}

Done verify_chain(Session& session, VerifyReport& report) {
  Result<std::set<std::string>> redacted = redacted_digests(session);
  if (!redacted) return redacted.error();
  std::int64_t expected = 1;
  Done read = session.run(
      "SELECT a.sequence, a.at, a.actor, a.action, a.subject, a.verdict, a.payload_digest, a.changes_digest, "
      "a.previous_hash, a.hash, "
      "a.undo_number, a.undoes, p.payload FROM audit a LEFT JOIN audit_payloads p ON p.org_id = a.org_id AND "
      "p.sequence = a.sequence "
      "WHERE a.org_id = $1 ORDER BY a.sequence",
      {}, [&](const Row& row) -> Done {
        ColumnReader in(row);
        AuditEntry entry;
        entry.sequence = in.number();
        entry.at = in.instant();
        entry.actor = in.text();
        entry.action = in.text();
        entry.subject = in.text();
        entry.verdict = in.text();
        entry.payload_digest = in.text();
        const std::string changes = in.text();
        entry.previous_hash = in.text();
        entry.hash = in.text();
        entry.undo_number = in.number();
        const std::int64_t undoes = in.number();
        const bool blank = in.is_null();
        const std::string_view payload = row.bytes(12);

        const std::string where = "audit " + std::to_string(entry.sequence);
        ++report.audit_rows;
        if (entry.sequence != expected)
          add(report, where, "the entries before it are missing, from " + std::to_string(expected) + " on");
        else if (entry.previous_hash != report.head)
          add(report, where, "it does not follow from the entry before it");
        expected = entry.sequence + 1;
        report.head = entry.hash;
        if (hash_of(session.org(), entry, changes, undoes) != entry.hash)
          add(report, where, "its hash does not follow from its content");
        if (blank) {
          if (!redacted->contains(entry.payload_digest))
            add(report, where, "its payload is missing and no redaction names it");
        } else if (sha256_hex(payload) != entry.payload_digest) {
          add(report, where, "its payload has been changed");
        }
        Result<std::string> digest = changes_digest(session, entry.sequence);
        if (!digest) return digest.error();
        if (*digest != changes) add(report, where, "its list of changed records has been changed");
        return {};
      });
  if (!read) return read;
  Result<std::int64_t> counted =
      session.integer("SELECT value FROM ref_counters WHERE org_id = $1 AND name = 'audit'", {});
  if (!counted) return counted.error();
  if (*counted >= expected)
    add(report, "audit " + std::to_string(expected),
        "the entries from here to " + std::to_string(*counted) + " are missing");
  if (*counted < expected - 1) add(report, "audit", "there are more entries than were counted");
  Result<bool> stray = session.exists(
      "SELECT 1 FROM audit_changes c WHERE c.org_id = $1 AND NOT EXISTS (SELECT 1 FROM audit a WHERE a.org_id = "
      "c.org_id AND a.sequence = c.sequence) LIMIT 1",
      {});
  if (!stray) return stray.error();
  if (*stray) add(report, "audit", "there are changes that belong to no entry");
  return {};
}

std::string name_of_row(const RecordTable& table, std::string_view ref, std::string_view id) {
  return ref.empty() ? std::string(table.name) + " " + std::string(id) : std::string(ref);
}

// Each change of a row must start from what the change before it left: a row changed behind our back and then changed
// by us.
Done verify_steps(Session& session, VerifyReport& report) {
  return session.run(
      "SELECT table_name, row_id, ref, sequence, position FROM (SELECT table_name, row_id, ref, sequence, position, "
      "before_digest, "
      "LAG(after_digest, 1, '') OVER (PARTITION BY table_name, row_id ORDER BY sequence, position) AS expected "
      "FROM audit_changes WHERE org_id = $1) AS steps WHERE before_digest <> expected ORDER BY sequence, position "
      "LIMIT 100",
      {}, [&](const Row& row) -> Done {
        ColumnReader in(row);
        const std::string table = in.text(), id = in.text(), ref = in.text();
        add(report, ref.empty() ? table + " " + id : ref,
            "it was changed outside the program before audit " + std::to_string(in.number()));
        return {};
      });
}

Done verify_table(Session& session, const RecordTable& table, VerifyReport& report) {
  const std::string name(table.name);
  Done present =
      session.run("SELECT * FROM " + name + " WHERE org_id = $1 ORDER BY id", {}, [&](const Row& row) -> Done {
        const Image image = image_of(row);
        ++report.record_rows;
        const auto id = image.find("id");
        const auto* text = id == image.end() ? nullptr : std::get_if<std::string>(&id->second);
        if (text == nullptr) {
          add(report, name, "a row has no name");
          return {};
        }
        std::string last;
        Done read = session.run(
            "SELECT after_digest FROM audit_changes WHERE org_id = $1 AND table_name = $2 AND row_id = $3 ORDER BY "
            "sequence DESC, position DESC LIMIT 1",
            {name, *text}, [&](const Row& line) -> Done {
              last = line.bytes(0);
              return {};
            });
        if (!read) return read;
        if (last.empty())
          add(report, name_of_row(table, session.ref_of(table, image), *text), "it was added outside the program");
        else if (last != digest_of(table.name, image))
          add(report, name_of_row(table, session.ref_of(table, image), *text), "it was changed outside the program");
        return {};
      });
  if (!present) return present;
  return session.run(
      "SELECT c.row_id, MAX(c.ref) FROM audit_changes c WHERE c.org_id = $1 AND c.table_name = $2 AND NOT EXISTS "
      "(SELECT 1 FROM " +
          name + " r WHERE r.org_id = $1 AND r.id = c.row_id) GROUP BY c.row_id ORDER BY c.row_id LIMIT 100",
      {name}, [&](const Row& row) -> Done {
        add(report, name_of_row(table, row.bytes(1), row.bytes(0)), "it was removed outside the program");
        return {};
      });
}

// What came in from outside must still have the hash it came in with; only a redaction may have blanked it.
Done verify_pieces(Session& session, const PieceTable& where, std::string_view key, std::string_view hash,
                   const std::string& name, VerifyReport& report) {
  Result<std::optional<std::string>> bytes = read_pieces(session, where, key);
  if (!bytes) return bytes.error();
  if (*bytes && sha256_hex(**bytes) != hash) add(report, name, "its content is not what came in");
  return {};
}

Done verify_outside(Session& session, VerifyReport& report) {
  Done mails = session.run("SELECT id, label, raw_sha256 FROM inbound_mails WHERE org_id = $1 ORDER BY id", {},
                           [&](const Row& row) -> Done {
                             ++report.mails;
                             return verify_pieces(session, kMailPieces, row.bytes(0), row.bytes(2),
                                                  "mail " + std::string(row.bytes(1)), report);
                           });
  if (!mails) return mails;
  Done files = session.run("SELECT sha256, bytes FROM attachments WHERE org_id = $1 ORDER BY sha256", {},
                           [&](const Row& row) -> Done {
                             ++report.attachments;
                             report.attachment_bytes += row.integer(1);
                             return verify_pieces(session, kAttachmentPieces, row.bytes(0), row.bytes(0),
                                                  "attachment " + std::string(row.bytes(0)), report);
                           });
  if (!files) return files;
  return session.run(
      "SELECT DISTINCT i.sha256 FROM inbound_attachments i WHERE i.org_id = $1 AND i.is_kept = 1 AND NOT EXISTS (SELECT "
      "1 FROM attachments a WHERE a.org_id = i.org_id AND a.sha256 = i.sha256) ORDER BY i.sha256 LIMIT 100",
      {}, [&](const Row& row) -> Done {
        add(report, "attachment " + std::string(row.bytes(0)), "its content was removed outside the program");
        return {};
      });
}

}  // namespace

Result<VerifyReport> verify_org(Session& session) {
  VerifyReport report;
  Done chain = verify_chain(session, report);
  if (!chain) return chain.error();
  Done steps = verify_steps(session, report);
  if (!steps) return steps.error();
  for (const RecordTable& table : record_tables()) {
    Done rows = verify_table(session, table, report);
    if (!rows) return rows.error();
  }
  Done outside = verify_outside(session, report);
  if (!outside) return outside.error();
  return report;
}

}  // namespace deskhand::store
