// Mail that came in, in SQL; ports/store/intake_store.h says what each method promises.
//
// Thread rule: part of a Txn.
#pragma once

#include "ports/store/intake_store.h"
#include "store/session.h"

namespace deskhand::store {

class SqlIntakeStore final : public IntakeStore {
 public:
  explicit SqlIntakeStore(Session& session) : session_(session) {}

  Result<Kept> keep(std::string_view raw, std::string_view label) override;
  Result<std::string> raw(std::string_view id) const override;
  Result<InboundRecord> find(std::string_view id) const override;
  Done settle(const InboundRecord& record) override;
  Done settle_read(const InboundRecord& record) override;
  Result<std::optional<InboundRecord>> last_inquiry() const override;
  Result<std::vector<InboundRecord>> unsettled(std::size_t rows_max) const override;
  Result<std::vector<InboundRecord>> needing_reading(std::size_t rows_max) const override;
  Result<std::vector<InboundRecord>> with_message_id(std::string_view message_id) const override;
  Result<std::optional<InboundRecord>> with_content_key(std::string_view content_key) const override;
  Result<std::optional<ThreadPoint>> last_with_address(std::string_view address) const override;
  Result<std::optional<InboundRecord>> last_of_lead(const LeadId& lead) const override;
  Result<std::optional<ThreadPoint>> thread_of(std::string_view message_id) const override;
  Result<std::optional<Message>> message_of_ours(std::string_view message_id) const override;
  Result<bool> is_notice_of_ours(std::string_view message_id) const override;
  Result<std::optional<MailboxMark>> mark_of(std::string_view mailbox) const override;
  Result<std::vector<MailboxMark>> marks() const override;
  Done keep_mark(const MailboxMark& mark) override;
  Result<std::string> claim_mailbox(const MailboxClaim& claim) override;
  Done release_mailbox(std::string_view mailbox, std::string_view reader) override;

 private:
  Result<InboundRecord> with_attachments(Result<InboundRecord> record) const;

  Session& session_;
};

}  // namespace deskhand::store
