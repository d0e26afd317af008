#include "app/config_email.h"

#include <algorithm>

#include "app/config_section.h"
#include "base/email.h"
#include "base/text.h"

namespace deskhand::app {
namespace {

constexpr std::size_t kMailboxes = 20;

struct Preset {
  std::string_view provider, imap_host, smtp_host;
  int imap_port, smtp_port;
  std::string_view smtp_tls, token_url, scope;
};
// As the providers document them, read 2026-11.
constexpr Preset kPresets[] = {
    {"gmail", "imap.gmail.com", "smtp.gmail.com", 993, 465, "always", "https://oauth2.googleapis.com/token", ""},
    {"microsoft", "outlook.office365.com", "smtp.office365.com", 993, 587, "starttls",
     "https://login.microsoftonline.com/common/oauth2/v2.0/token",
     "https://outlook.office.com/IMAP.AccessAsUser.All https://outlook.office.com/SMTP.Send offline_access"}};

void fill_in(MailServerConfig& server, bool is_imap) {
  for (const Preset& preset : kPresets) {
    if (preset.provider != server.provider) continue;
    if (server.host.empty()) server.host = is_imap ? preset.imap_host : preset.smtp_host;
    if (server.port == 0) server.port = is_imap ? preset.imap_port : preset.smtp_port;
    if (server.tls.empty()) server.tls = is_imap ? "always" : preset.smtp_tls;
    if (server.oauth && server.oauth->token_url.empty()) server.oauth->token_url = preset.token_url;
    if (server.oauth && server.oauth->scope.empty()) server.oauth->scope = preset.scope;
  }
  if (server.tls.empty()) server.tls = "always";
  constexpr int kImaps = 993, kImap = 143, kSmtps = 465, kSubmission = 587;
  if (server.port == 0)
    server.port = is_imap ? (server.tls == "always" ? kImaps : kImap) : (server.tls == "always" ? kSmtps : kSubmission);
}

Done read_oauth(const YAML::Node& node, const std::string& file, const std::string& path, MailServerConfig& server) {
  OAuthConfig oauth;
  Section section(node, file, path + ".oauth");
  section.text("client_id", oauth.client_id).text("token_url", oauth.token_url).text("scope", oauth.scope);
  section.secret("client_secret", oauth.client_secret);
  section.secret("refresh_token", oauth.refresh_token);
  if (auto done = section.read(); !done) return done;
  if (oauth.client_id.empty() || oauth.refresh_token.empty())
    return section.error(node, path + ".oauth needs client_id and refresh_token");
  server.oauth = std::move(oauth);
  return {};
}

void server_keys(Section& section, const std::string& file, const std::string& path, MailServerConfig& server) {
  section.text("kind", server.kind)
      .text("provider", server.provider)
      .text("host", server.host)
      .text("tls", server.tls)
      .text("user", server.user)
      .text("authorities", server.authorities);
  constexpr int kPortMax = 65535;
  section.number("port", server.port, 1, kPortMax);
  section.secret("password", server.password);
  section.key("oauth", [&, path](const YAML::Node& value) { return read_oauth(value, file, path, server); });
}

Done check_server(const Section& section, const YAML::Node& node, const std::string& path, MailServerConfig& server,
                  bool is_imap) {
  if (!server.provider.empty() && server.provider != "gmail" && server.provider != "microsoft")
    return section.error(node, path + ".provider is gmail or microsoft; leave it out for others");
  fill_in(server, is_imap);
  if (server.host.empty()) return section.error(node, path + ".host is missing: the name of the mail server");
  if (server.tls != "always" && server.tls != "starttls" && server.tls != "none")
    return section.error(node, path + ".tls is always, starttls or none (none only for this machine itself)");
  if (is_imap && server.user.empty()) return section.error(node, path + ".user is missing: who logs in");
  if (!server.password.empty() && server.oauth)
    return section.error(node, path + " has a password and oauth; one of them is used");
  if (!server.user.empty() && server.password.empty() && !server.oauth)
    return section.error(node, path + " has a user and no password or oauth");
  if (server.oauth && server.oauth->token_url.empty()) return section.error(node, path + ".oauth.token_url is missing");
  if (server.oauth && !server.oauth->token_url.starts_with("https://") &&
      !server.oauth->token_url.starts_with("http://127.0.0.1:"))
    return section.error(node, path + ".oauth.token_url must begin with https://");
  return {};
}

Done read_inbound(const YAML::Node& list, const Section& section, const std::string& file, EmailConfig& email) {
  if (!list.IsSequence()) return section.error(list, "email.inbound must be a list of mailboxes");
  if (list.size() > kMailboxes)
    return section.error(list, "email.inbound has more than " + std::to_string(kMailboxes) + " mailboxes");
  for (std::size_t at = 0; at < list.size(); ++at) {
    const std::string path = "email.inbound[" + std::to_string(at) + "]";
    MailServerConfig server;
    Section one(list[at], file, path);
    server_keys(one, file, path, server);
    constexpr int kDaysMax = 3650;
    one.text("mailbox", server.mailbox).text("sent", server.sent).number("days_back", server.days_back, 0, kDaysMax);
    if (auto done = one.read(); !done) return done;
    if (server.kind != "imap") return one.error(list[at], path + ".kind is imap");
    if (auto done = check_server(one, list[at], path, server, true); !done) return done;
    email.inbound.push_back(std::move(server));
  }
  return {};
}

Done read_outbound(const YAML::Node& node, const std::string& file, EmailConfig& email) {
  const std::string path = "email.outbound";
  Section section(node, file, path);
  server_keys(section, file, path, email.outbound);
  section.text("from", email.from);
  if (auto done = section.read(); !done) return done;
  if (!email.from.empty())
    if (auto from = parse_email(email.from); !from)
      return section.error(node, "email.outbound.from: " + from.error().message);
  if (email.outbound.kind.empty()) email.outbound.kind = "folder";
  if (email.outbound.kind == "folder") return {};
  if (email.outbound.kind != "smtp")
    return section.error(
        node, "email.outbound.kind \"" + printable_line(email.outbound.kind) + "\" is none; it is folder or smtp");
  return check_server(section, node, path, email.outbound, false);
}

}  // namespace

Result<EmailConfig> read_email_config(const YAML::Node& node, const std::string& file) {
  EmailConfig email;
  email.outbound.kind = "folder";
  Section section(node, file, "email");
  constexpr int kDay = 24 * 3600, kWeekMinutes = 7 * 24 * 60;
  section.number("poll_seconds", email.poll_seconds, 10, kDay)
      .number("down_after_minutes", email.down_after_minutes, 1, kWeekMinutes);
  section.key("inbound", [&](const YAML::Node& value) { return read_inbound(value, section, file, email); });
  section.key("outbound", [&](const YAML::Node& value) { return read_outbound(value, file, email); });
  if (auto done = section.read(); !done) return done.error();
  return email;
}

}  // namespace deskhand::app
