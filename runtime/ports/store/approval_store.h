// Approvals, grants and outbox rows in the store. Whatever two could both want is decided by one conditional UPDATE.
// Reached only through a Txn (one org). Codes: not_found; conflict (somebody was faster, or the bytes differ); unavailable.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "crm/approval.h"

namespace deskhand {

struct ApprovalDecision {
  ApprovalStatus status = ApprovalStatus::approved;
  std::string fingerprint;  // must equal the stored one
  UserId by;
  std::string where, note;
  Instant at;
};

class ApprovalStore {
 public:
  virtual ~ApprovalStore() = default;
  virtual Result<Approval> insert(Approval approval) = 0;
  virtual Result<Approval> find(const ApprovalId& id) const = 0;
  virtual Result<Approval> find_by_ref(std::int64_t number) const = 0;
  virtual Result<std::vector<Approval>> pending(std::size_t rows_max) const = 0;  // oldest first
  virtual Result<std::vector<Approval>> pending_of_contact(const ContactId& contact) const = 0;
  virtual Result<std::vector<Approval>> pending_of_message(const MessageId& draft_root) const = 0;
  virtual Result<std::vector<Approval>> recent(std::size_t rows_max) const = 0;  // newest first, any status
  // pending and this fingerprint and not expired -> the decision; exactly one caller wins, the others get conflict.
  virtual Result<Approval> decide(const ApprovalId& id, const ApprovalDecision& decision) = 0;
  // pending -> expired | superseded | stopped, without a person.
  virtual Done close(const ApprovalId& id, ApprovalStatus status, std::string_view note, Instant at) = 0;
  virtual Done set_remind_at(const ApprovalId& id, Instant at) = 0;
  virtual Result<std::int64_t> count_pending() const = 0;

  virtual Result<Grant> insert(Grant grant) = 0;
  virtual Result<Grant> find_grant(const GrantId& id) const = 0;
  virtual Result<Grant> find_grant_by_ref(std::int64_t number) const = 0;
  virtual Result<std::vector<Grant>> standing_grants(Instant now) const = 0;  // live ones
  virtual Result<std::vector<Grant>> all_standing_grants(std::size_t rows_max) const = 0;
  virtual Done revoke(const GrantId& id, Instant at) = 0;
  // One use of a standing grant: live, uses < uses_max; conflict otherwise.
  virtual Done count_use(const GrantId& id, Instant now) = 0;
};

class OutboxStore {
 public:
  virtual ~OutboxStore() = default;
  // The database refuses a customer or money row whose grant does not carry the row's fingerprint.
  virtual Result<OutboxRow> insert(OutboxRow row) = 0;
  virtual Result<OutboxRow> find(const OutboxId& id) const = 0;
  virtual Result<OutboxRow> find_by_ref(std::int64_t number) const = 0;
  virtual Result<std::vector<OutboxRow>> list(std::optional<OutboxState> state, std::size_t rows_max) const = 0;  // newest first
  virtual Result<std::vector<OutboxRow>> of_message(const MessageId& message) const = 0;
  // queued -> attempting, and in the same statement's transaction the grant's used_at: once. conflict: somebody else has it,
  // it is not due, or its grant is used, revoked or expired.
  virtual Result<OutboxRow> begin_attempt(const OutboxId& id, Instant now) = 0;
  // Along may_move(); `retry_at` only with `queued` (the grant is live again for this same row); conflict otherwise.
  virtual Result<OutboxRow> settle(const OutboxId& id, OutboxState from, OutboxState to, std::string_view result, Instant now,
                                   std::optional<Instant> retry_at) = 0;
  virtual Result<std::int64_t> count_sent_since(Instant since) const = 0;
};

}  // namespace deskhand
