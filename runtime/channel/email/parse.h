// Raw bytes of a mail → InboundMail.
//
// Thread rule: immutable; parse() may be called from any thread. Time grows with the size of the mail; beside the raw bytes at most
// one decoded attachment at a time is held.
#pragma once

#include "ports/inbound_mail.h"

namespace deskhand::channel::email {

class MimeMailParser final : public MailParser {
 public:
  Result<InboundMail> parse(std::string_view raw) const override;
  Done attachments(std::string_view raw, const TakeAttachment& take) const override;
};

}  // namespace deskhand::channel::email
