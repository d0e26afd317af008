// Mails that a model is to read, in SQL; ports/store/reading_store.h says what each method promises.
//
// Thread rule: part of a Txn.
#pragma once

#include "ports/store/reading_store.h"
#include "store/session.h"

namespace deskhand::store {

class SqlReadingStore final : public ReadingStore {
 public:
  explicit SqlReadingStore(Session& session) : session_(session) {}

  Done insert(const MailReading& reading) override;
  Result<MailReading> find(std::string_view mail) const override;
  Done update(const MailReading& reading) override;
  Result<std::vector<MailReading>> due(Instant now, std::size_t rows_max) const override;

 private:
  Session& session_;
};

}  // namespace deskhand::store
