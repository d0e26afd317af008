// Drafts and messages in the store. A revision is never changed: revising inserts a new row and supersedes the old one.
// Reached only through a Txn (one org). Codes: not_found; conflict; unavailable; corrupt.
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "crm/message.h"

namespace deskhand {

class MessageStore {
 public:
  virtual ~MessageStore() = default;
  virtual Result<Message> insert(Message message) = 0;
  // open -> approved | superseded | discarded, approved -> open again when its send was withdrawn; conflict otherwise.
  virtual Done set_status(const MessageId& id, DraftStatus from, DraftStatus to) = 0;
  virtual Result<Message> find(const MessageId& id) const = 0;
  virtual Result<Message> find_by_ref(std::int64_t number) const = 0;
  virtual Result<std::vector<Message>> open_drafts(std::size_t rows_max) const = 0;  // newest first
  virtual Result<std::vector<Message>> of_contact(const ContactId& id, std::size_t rows_max) const = 0;
};

}  // namespace deskhand
