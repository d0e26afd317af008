#include "app/mail_channels.h"

#include "channel/email/imap_mail_source.h"
#include "model/wire_key.h"
#include "net/curl_client.h"

namespace deskhand::app {
namespace {

using channel::email::ImapMailSource;
using channel::email::MailAccount;
using channel::email::MailLogins;
using channel::email::SmtpTransport;

Result<std::string> secret_of(const std::string& source) {
  if (source.empty()) return std::string();
  auto secret = model::read_secret(source);
  if (!secret) return secret.error();
  return std::string(secret->reveal());
}

Result<std::unique_ptr<MailLogins>> logins_of(const MailServerConfig& server, HttpClient& http, const Clock& clock) {
  MailAccount account;
  account.server.host = server.host;
  account.server.port = server.port;
  account.server.tls = server.tls == "none"       ? net::MailTls::none
                       : server.tls == "starttls" ? net::MailTls::starttls
                                                  : net::MailTls::always;
  account.server.authorities_file = server.authorities;
  account.user = server.user;
  auto password = secret_of(server.password);
  if (!password) return password.error();
  account.password = std::move(*password);
  if (server.oauth) {
    channel::email::OAuth oauth{server.oauth->token_url, server.oauth->client_id, {}, {}, server.oauth->scope, {}};
    auto client_secret = secret_of(server.oauth->client_secret);
    if (!client_secret) return client_secret.error();
    auto token = secret_of(server.oauth->refresh_token);
    if (!token) return token.error();
    oauth.client_secret = std::move(*client_secret);
    oauth.refresh_token = std::move(*token);
    constexpr std::string_view kFile = "file:";
    if (server.oauth->refresh_token.starts_with(kFile))
      oauth.refresh_token_file = server.oauth->refresh_token.substr(kFile.size());
    account.oauth = std::move(oauth);
  }
  return std::make_unique<MailLogins>(std::move(account), http, clock);
}

Result<std::unique_ptr<ImapMailSource>> source_of(const MailServerConfig& server, const std::string& mailbox,
                                                  HttpClient& http, const Clock& clock) {
  auto logins = logins_of(server, http, clock);
  if (!logins) return logins.error();
  return std::make_unique<ImapMailSource>(std::move(*logins), mailbox, server.days_back, clock);
}

std::string sent_of(const MailServerConfig& server) { return server.sent == "auto" ? "" : server.sent; }

}  // namespace

Result<MailSources> make_mail_sources(const EmailConfig& config, const Clock& clock) {
  MailSources made;
  made.http = std::make_unique<net::CurlClient>(clock, net::CurlOptions{});
  for (const MailServerConfig& server : config.inbound) {
    auto inbox = source_of(server, server.mailbox, *made.http, clock);
    if (!inbox) return inbox.error();
    made.sources.push_back(std::move(*inbox));
    if (server.sent.empty()) continue;
    auto sent = source_of(server, sent_of(server), *made.http, clock);
    if (!sent) return sent.error();
    made.sources.push_back(std::move(*sent));
  }
  return made;
}

Result<std::unique_ptr<SmtpTransport>> make_smtp_transport(const EmailConfig& config, HttpClient& http,
                                                           const Clock& clock) {
  auto logins = logins_of(config.outbound, http, clock);
  if (!logins) return logins.error();
  std::unique_ptr<ImapMailSource> sent;
  for (const MailServerConfig& server : config.inbound) {
    if (server.sent.empty() || sent) continue;
    auto source = source_of(server, sent_of(server), http, clock);
    if (!source) return source.error();
    sent = std::move(*source);
  }
  return std::make_unique<SmtpTransport>(std::move(*logins), config.from, std::move(sent), clock);
}

}  // namespace deskhand::app
