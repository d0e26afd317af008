// Outside effects that wait, leave or have left, in SQL; ports/store/approval_store.h says what each method promises.
//
// Thread rule: part of a Txn.
#pragma once

#include "ports/store/approval_store.h"
#include "store/session.h"

namespace deskhand::store {

class SqlOutboxStore final : public OutboxStore {
 public:
  explicit SqlOutboxStore(Session& session) : session_(session) {}

  Result<OutboxRow> insert(OutboxRow row) override;
  Result<OutboxRow> find(const OutboxId& id) const override;
  Result<OutboxRow> find_by_ref(std::int64_t number) const override;
  Result<std::vector<OutboxRow>> list(std::optional<OutboxState> state, std::size_t rows_max) const override;
  Result<std::vector<OutboxRow>> of_message(const MessageId& message) const override;
  Result<OutboxRow> begin_attempt(const OutboxId& id, Instant now) override;
  Result<OutboxRow> settle(const OutboxId& id, OutboxState from, OutboxState to, std::string_view result, Instant now,
                           std::optional<Instant> retry_at) override;
  Result<std::int64_t> count_sent_since(Instant since) const override;

 private:
  Done change_grant(const OutboxRow& row, std::string_view sql, Values values, bool must_hit);
  Done lease(const OutboxId& id, Instant until);

  Session& session_;
};

}  // namespace deskhand::store
