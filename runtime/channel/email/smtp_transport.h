// Transport over a mail server. A message is complete, with its own Message-ID, before the first connection; one try is
// one connection. When the answer to a whole message is lost, the Sent mailbox is asked for that Message-ID; without a
// Sent mailbox, or when it is not there, nothing is known (a server that files nothing proves nothing).
//
// Thread rule: thread-safe. `clock` is one that moves; `sent` may be nullptr. References must outlive it.
#pragma once

#include <memory>
#include <string>

#include "channel/email/imap_mail_source.h"
#include "channel/email/mail_account.h"
#include "ports/transport.h"

namespace deskhand::channel::email {

class SmtpTransport final : public Transport {
 public:
  SmtpTransport(std::unique_ptr<MailLogins> logins, std::string from, std::unique_ptr<ImapMailSource> sent,
                const Clock& clock);
  DeliveryResult deliver(const Org& org, const OutboundEffect& effect, std::chrono::steady_clock::time_point deadline,
                         std::stop_token stop) override;
  DeliveryResult find_proof(const Org& org, std::string_view request_id,
                            std::chrono::steady_clock::time_point deadline, std::stop_token stop) override;
  // Connects and logs in, and nothing else.
  Done try_login(std::stop_token stop);

 private:
  Result<net::MailConnection::Options> options(std::stop_token stop);

  std::unique_ptr<MailLogins> logins_;
  std::string from_;
  std::unique_ptr<ImapMailSource> sent_;
  const Clock& clock_;
};

}  // namespace deskhand::channel::email
