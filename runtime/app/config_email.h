// The email section of config.yaml.
//
// Thread rule: value types and a pure function.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/result.h"

namespace YAML {
class Node;
}

namespace deskhand::app {

// Secrets stand here as they are written: "env:NAME" or "file:PATH", never themselves.
struct OAuthConfig {
  std::string token_url, client_id, client_secret, refresh_token, scope;
};

struct MailServerConfig {
  std::string kind;      // inbound: imap; outbound: folder or smtp
  std::string provider;  // gmail or microsoft fill in what is not given
  std::string host, tls, user, password, authorities;
  int port = 0;
  std::optional<OAuthConfig> oauth;
  // Inbound only.
  std::string mailbox = "INBOX";
  std::string sent;   // mailbox with the owner's own mails; "auto": the one the server marks; "": none is read
  int days_back = 7;  // how far back a mailbox is read the first time
};

struct EmailConfig {
  std::vector<MailServerConfig> inbound;
  MailServerConfig outbound;
  std::string from;
  int poll_seconds = 60;
  int down_after_minutes = 15;
};

Result<EmailConfig> read_email_config(const YAML::Node& node, const std::string& file);

}  // namespace deskhand::app
