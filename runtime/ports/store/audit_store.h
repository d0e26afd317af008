// The audit log: one row per call of a tool, a hash chain per org over payload digests, so that a payload can be redacted and
// the chain still verifies. Every record row a unit of work changes is in it with the digest of the row it left behind;
// that is how verify() finds a row changed, removed or added behind our back.
//
// Reached only through a Txn (one org). Codes: not_found; conflict; corrupt.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "crm/record.h"

namespace deskhand {

// One stored row before and after. JSON text of all columns; empty `before`: made, empty `after` never happens.
struct RowChange {
  std::string table, id;
  std::string ref;           // C-12, or "" for rows without one
  std::string before, after;
};

struct AuditEntry {
  std::int64_t sequence = 0;     // per org, from 1, without gaps
  Instant at;
  std::string actor;             // "person:dana", "model:embedded for dana", "system"
  std::string action;            // tool name, or "approve", "park", "refuse"
  std::string subject;           // main ref, e.g. C-12
  std::string verdict;           // "allow", "ask A-5", "stop HS1: …", "error not_found"
  std::string payload;           // JSON: arguments, result, changes; at most limits::kAuditPayloadBytes
  std::string payload_digest, previous_hash, hash;
  std::int64_t undo_number = 0;  // U-<n> when its single change can be taken back, else 0
  bool undone = false;
};

class AuditStore {
 public:
  virtual ~AuditStore() = default;
  // Takes the changes this unit of work made since the last append into the payload, computes digest and hash.
  virtual Result<AuditEntry> append(AuditEntry entry, bool undoable) = 0;
  virtual std::size_t changes_since_append() const = 0;
  virtual Result<AuditEntry> find(std::int64_t sequence) const = 0;
  virtual Result<AuditEntry> find_undo(std::int64_t undo_number) const = 0;
  // How many allowed entries of these actions stand since then whose actor begins with `actor_prefix` ("model:").
  virtual Result<std::int64_t> count_actions(std::string_view actor_prefix, const std::vector<std::string>& actions,
                                             Instant since) const = 0;
  virtual Result<std::vector<AuditEntry>> recent(std::size_t rows_max) const = 0;  // newest first
  // Puts the rows of that entry back as they were (a row it made is archived or voided instead). conflict when one of them has
  // changed since, or when something made later refers to it; nothing is changed then.
  virtual Done undo(const AuditEntry& entry) = 0;
};

}  // namespace deskhand
