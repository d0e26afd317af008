// Drafts and messages in SQL; ports/store/message_store.h says what each method promises.
//
// Thread rule: part of a Txn.
#pragma once

#include "ports/store/message_store.h"
#include "store/session.h"

namespace deskhand::store {

class SqlMessageStore final : public MessageStore {
 public:
  explicit SqlMessageStore(Session& session) : session_(session) {}

  Result<Message> insert(Message message) override;
  Done set_status(const MessageId& id, DraftStatus from, DraftStatus to) override;
  Result<Message> find(const MessageId& id) const override;
  Result<Message> find_by_ref(std::int64_t number) const override;
  Result<std::vector<Message>> open_drafts(std::size_t rows_max) const override;
  Result<std::vector<Message>> of_contact(const ContactId& id, std::size_t rows_max) const override;

 private:
  Session& session_;
};

}  // namespace deskhand::store
