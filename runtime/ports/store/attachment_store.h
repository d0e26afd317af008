// What was attached to mails: the content once under its SHA-256, and each place it came in with the name its sender gave it. Names
// and kinds are a stranger's words, for showing and never for opening anything; the content is only ever handed out as bytes.
//
// Reached only through a Txn (one org). Content never changes and nothing is deleted. Codes: not_found; limit_exceeded (larger than
// limits::kAttachmentBytes); corrupt (the bytes do not have the hash they stand under); unavailable.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/time.h"
#include "crm/message.h"
#include "crm/record.h"

namespace deskhand {

// One attachment of one mail.
struct FiledAttachment {
  Attachment file;
  bool is_kept = false;     // its content can be had by content(); else it lies only inside the raw mail
  std::string mail;         // InboundRecord::id
  std::string sender, subject;
  Instant received_at;
  ContactId contact;
  LeadId lead;
  std::string interaction;  // I-88
};

// Which ones are wanted; an empty value is no condition.
struct AttachmentFilter {
  ContactId contact;
  LeadId lead;
  std::string hash_start;   // hexadecimal
};

class AttachmentStore {
 public:
  virtual ~AttachmentStore() = default;
  // The content stands under its hash afterwards; once, however often it comes. Back comes the hash.
  virtual Result<std::string> keep(std::string_view content) = 0;
  virtual Result<bool> holds(std::string_view sha256) const = 0;
  virtual Result<std::string> content(std::string_view sha256) const = 0;
  virtual Result<std::vector<FiledAttachment>> list(const AttachmentFilter& filter, std::size_t rows_max) const = 0;  // newest first
  // Those of one mail, in its order.
  virtual Result<std::vector<FiledAttachment>> of_mail(std::string_view mail) const = 0;
};

}  // namespace deskhand
