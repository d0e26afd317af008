#include "channel/email/smtp_transport.h"

#include "channel/email/compose.h"
#include "channel/email/folder_transport.h"
#include "channel/email/smtp_session.h"

namespace deskhand::channel::email {
namespace {

constexpr std::chrono::seconds kWholeSeconds{
    50};  // below the lease of the row, so that nobody else takes it for dead meanwhile

}  // namespace

SmtpTransport::SmtpTransport(std::unique_ptr<MailLogins> logins, std::string from, std::unique_ptr<ImapMailSource> sent,
                             const Clock& clock)
    : logins_(std::move(logins)), from_(std::move(from)), sent_(std::move(sent)), clock_(clock) {}

Result<net::MailConnection::Options> SmtpTransport::options(std::stop_token stop) {
  auto login = logins_->login(std::move(stop));
  if (!login) return login.error();
  net::MailConnection::Options options;
  options.protocol = net::MailProtocol::smtp;
  options.server = logins_->server();
  options.login = std::move(*login);
  options.connect_time = kConnectSeconds;
  options.whole_time = kWholeSeconds;
  return options;
}

DeliveryResult SmtpTransport::deliver(const Org& org, const OutboundEffect& effect,
                                      std::chrono::steady_clock::time_point, std::stop_token stop) {
  const auto* const message = std::get_if<OutboundMessage>(&effect);
  if (message == nullptr) return NotConfigured{"QuickBooks is not connected"};
  if (message->content.channel != MessageChannel::email) return NotConfigured{"no text-message provider is connected"};
  if (!message->content.attachments.empty()) return NotConfigured{"mail leaves without attachments here"};
  const Sender sender = sender_of(
      org,
      from_.empty() && logins_->user().find('@') != std::string::npos && org.email.empty() ? logins_->user() : from_);
  auto bytes = compose(*message, sender);
  if (!bytes) return Refused{bytes.error().message};
  auto with = options(stop);
  if (!with) return NotAccepted{with.error().message};
  Envelope envelope{sender.address, {message->content.to_address}};
  envelope.to.insert(envelope.to.end(), message->content.cc.begin(), message->content.cc.end());
  DeliveryResult result = send_by_smtp(*with, envelope, *bytes, clock_, stop);
  if (std::holds_alternative<NotAccepted>(result)) logins_->forget_token();  // it may have been taken back
  if (!std::holds_alternative<Unknown>(result) || !sent_) return result;
  DeliveryResult proof = find_proof(org, message->internet_message_id, {}, std::move(stop));
  return std::holds_alternative<Delivered>(proof) ? proof : result;
}

DeliveryResult SmtpTransport::find_proof(const Org&, std::string_view request_id,
                                         std::chrono::steady_clock::time_point, std::stop_token stop) {
  if (!sent_) return Unknown{"no Sent mailbox is connected that could tell"};
  auto found = sent_->holds_message_id(request_id, std::move(stop));
  if (!found) return Unknown{"the Sent mailbox could not be asked: " + found.error().message};
  if (*found) return Delivered{"found in the Sent mailbox"};
  return Unknown{"it is not in the Sent mailbox, which proves nothing"};
}

Done SmtpTransport::try_login(std::stop_token stop) {
  auto with = options(stop);
  if (!with) return with.error();
  auto connection = net::MailConnection::open(*with, clock_, std::move(stop));
  if (!connection) return connection.error();
  (void)(*connection)->send("QUIT\r\n");
  return {};
}

}  // namespace deskhand::channel::email
