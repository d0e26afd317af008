#include "channel/email/imap_mail_source.h"

namespace deskhand::channel::email {
namespace {

constexpr std::chrono::minutes kWholeMinutes{
    10};  // one visit with all its mails; the next visit goes on where this one ended

}  // namespace

ImapMailSource::ImapMailSource(std::unique_ptr<MailLogins> logins, std::string mailbox, int days_back,
                               const Clock& clock)
    : logins_(std::move(logins)),
      mailbox_(std::move(mailbox)),
      name_(logins_->user() + " " + (mailbox_.empty() ? "Sent" : mailbox_)),
      days_back_(days_back),
      clock_(clock) {}

Result<std::uint32_t> ImapMailSource::open(std::stop_token stop) {
  session_.reset();
  auto login = logins_->login(stop);
  if (!login) return login.error();
  net::MailConnection::Options options;
  options.protocol = net::MailProtocol::imap;
  options.server = logins_->server();
  options.login = std::move(*login);
  options.connect_time = kConnectSeconds;
  options.whole_time = kWholeMinutes;
  auto session = ImapSession::open(options, clock_, std::move(stop));
  if (!session) {
    logins_->forget_token();  // it may have been taken back; the next visit asks for a new one
    return session.error();
  }
  std::string mailbox = mailbox_;
  if (mailbox.empty()) {
    auto sent = (*session)->sent_mailbox();
    if (!sent) return sent.error();
    if (sent->empty())
      return make_error(Code::not_found,
                        "The server marks no mailbox as the one for sent mail; name it with email.inbound.sent.");
    mailbox = std::move(*sent);
  }
  auto opened = (*session)->examine(mailbox, mailbox_.empty());
  if (!opened) return opened.error();
  session_ = std::move(*session);
  return opened->uid_validity;
}

Result<std::vector<std::uint32_t>> ImapMailSource::uids_above(std::uint32_t uid, std::optional<Day> since) {
  if (!session_) return make_error(Code::unavailable, "The mailbox is not open.");
  return session_->uids_above(uid, since);
}

Result<std::string> ImapMailSource::fetch(std::uint32_t uid) {
  if (!session_) return make_error(Code::unavailable, "The mailbox is not open.");
  return session_->fetch(uid);
}

Result<bool> ImapMailSource::holds_message_id(std::string_view message_id, std::stop_token stop) {
  auto opened = open(std::move(stop));
  if (!opened) return opened.error();
  auto found = session_->holds_message_id(message_id);
  close();
  return found;
}

}  // namespace deskhand::channel::email
