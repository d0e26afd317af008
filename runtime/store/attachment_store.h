// Attachments in SQL; ports/store/attachment_store.h says what each method promises.
//
// Thread rule: part of a Txn.
#pragma once

#include "ports/store/attachment_store.h"
#include "store/session.h"

namespace deskhand::store {

class SqlAttachmentStore final : public AttachmentStore {
 public:
  explicit SqlAttachmentStore(Session& session) : session_(session) {}

  Result<std::string> keep(std::string_view content) override;
  Result<bool> holds(std::string_view sha256) const override;
  Result<std::string> content(std::string_view sha256) const override;
  Result<std::vector<FiledAttachment>> list(const AttachmentFilter& filter, std::size_t rows_max) const override;
  Result<std::vector<FiledAttachment>> of_mail(std::string_view mail) const override;

 private:
  Session& session_;
};

}  // namespace deskhand::store
