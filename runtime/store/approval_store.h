// Approvals and grants in SQL; ports/store/approval_store.h says what each method promises.
//
// Thread rule: part of a Txn.
#pragma once

#include "ports/store/approval_store.h"
#include "store/session.h"

namespace deskhand::store {

class SqlApprovalStore final : public ApprovalStore {
 public:
  explicit SqlApprovalStore(Session& session) : session_(session) {}

  Result<Approval> insert(Approval approval) override;
  Result<Approval> find(const ApprovalId& id) const override;
  Result<Approval> find_by_ref(std::int64_t number) const override;
  Result<std::vector<Approval>> pending(std::size_t rows_max) const override;
  Result<std::vector<Approval>> pending_of_contact(const ContactId& contact) const override;
  Result<std::vector<Approval>> pending_of_message(const MessageId& draft_root) const override;
  Result<std::vector<Approval>> recent(std::size_t rows_max) const override;
  Result<Approval> decide(const ApprovalId& id, const ApprovalDecision& decision) override;
  Done close(const ApprovalId& id, ApprovalStatus status, std::string_view note, Instant at) override;
  Done set_remind_at(const ApprovalId& id, Instant at) override;
  Result<std::int64_t> count_pending() const override;

  Result<Grant> insert(Grant grant) override;
  Result<Grant> find_grant(const GrantId& id) const override;
  Result<Grant> find_grant_by_ref(std::int64_t number) const override;
  Result<std::vector<Grant>> standing_grants(Instant now) const override;
  Result<std::vector<Grant>> all_standing_grants(std::size_t rows_max) const override;
  Done revoke(const GrantId& id, Instant at) override;
  Done count_use(const GrantId& id, Instant now) override;

 private:
  // Runs a conditional UPDATE ... RETURNING id and notes the change; false when its condition did not hold.
  Result<bool> change_if(const RecordTable& table, const std::string& id, std::string_view sql, Values values);
  Error why_not(const ApprovalId& id, const ApprovalDecision& decision) const;

  Session& session_;
};

}  // namespace deskhand::store
