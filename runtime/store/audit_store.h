// The audit chain in SQL; ports/store/audit_store.h says what each method promises. docs/formats/store.md gives the
// bytes that are hashed.
//
// Thread rule: part of a Txn.
#pragma once

#include "ports/store/audit_store.h"
#include "store/session.h"

namespace deskhand::store {

class SqlAuditStore final : public AuditStore {
 public:
  explicit SqlAuditStore(Session& session) : session_(session) {}

  Result<AuditEntry> append(AuditEntry entry, bool undoable) override;
  std::size_t changes_since_append() const override { return session_.changes.size(); }
  Result<AuditEntry> find(std::int64_t sequence) const override;
  Result<AuditEntry> find_undo(std::int64_t undo_number) const override;
  Result<std::int64_t> count_actions(std::string_view actor_prefix, const std::vector<std::string>& actions,
                                     Instant since) const override;
  Result<std::vector<AuditEntry>> recent(std::size_t rows_max) const override;
  Done undo(const AuditEntry& entry) override;

 private:
  Session& session_;
};

// One line of audit_changes.
struct ChangeLine {
  std::string table, id, ref, before_digest, after_digest, substance_digest;
};
std::string digest_of(const std::vector<ChangeLine>& lines);
// `undoes` is the undo number this entry takes back, else 0.
std::string hash_of(const OrgId& org, const AuditEntry& entry, std::string_view changes_digest, std::int64_t undoes);

// Takes the changes of one entry back; see AuditStore::undo.
Done undo_changes(Session& session, std::int64_t sequence);

}  // namespace deskhand::store
