// MailSource on an IMAP mailbox. See ports/mail_source.h for its rules. References must outlive it.
#pragma once

#include <memory>
#include <string>

#include "channel/email/imap_session.h"
#include "channel/email/mail_account.h"
#include "ports/mail_source.h"

namespace deskhand::channel::email {

class ImapMailSource final : public MailSource {
 public:
  // `mailbox` empty: the one the server marks as its Sent mailbox.
  ImapMailSource(std::unique_ptr<MailLogins> logins, std::string mailbox, int days_back, const Clock& clock);
  const std::string& name() const override { return name_; }
  int days_back() const override { return days_back_; }
  Result<std::uint32_t> open(std::stop_token stop) override;
  Result<std::vector<std::uint32_t>> uids_above(std::uint32_t uid, std::optional<Day> since) override;
  Result<std::string> fetch(std::uint32_t uid) override;
  void close() override { session_.reset(); }
  // Connects, looks, and leaves.
  Result<bool> holds_message_id(std::string_view message_id, std::stop_token stop);

 private:
  std::unique_ptr<MailLogins> logins_;
  std::string mailbox_, name_;
  int days_back_;
  const Clock& clock_;
  std::unique_ptr<ImapSession> session_;
};

}  // namespace deskhand::channel::email
