// What answers of models cost, in SQL; ports/store/spending_store.h says what each method promises.
//
// Thread rule: part of a Txn.
#pragma once

#include "ports/store/spending_store.h"
#include "store/session.h"

namespace deskhand::store {

class SqlSpendingStore final : public SpendingStore {
 public:
  explicit SqlSpendingStore(Session& session) : session_(session) {}

  Done insert(const ModelSpend& spend) override;
  Result<Standing> standing(const RunId& run, const ConversationId& conversation, Day day) const override;
  Result<std::vector<SpendLine>> sums(SpendBy by, Day from, std::size_t rows_max) const override;

 private:
  Session& session_;
};

}  // namespace deskhand::store
