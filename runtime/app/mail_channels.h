// The mailboxes and the way out that the configuration describes, made ready; and one round of visits to the mailboxes.
//
// Thread rule: one thread, but for the transport (see ports/transport.h). References must outlive it.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "app/config_email.h"
#include "channel/email/smtp_transport.h"
#include "ports/http_client.h"
#include "ports/mail_source.h"

namespace deskhand::app {

struct MailSources {
  std::unique_ptr<HttpClient> http;  // for tokens
  std::vector<std::unique_ptr<MailSource>> sources;
};

// Codes: invalid_argument and not_found (a secret that is not there or that others can read).
Result<MailSources> make_mail_sources(const EmailConfig& config, const Clock& clock);
Result<std::unique_ptr<channel::email::SmtpTransport>> make_smtp_transport(const EmailConfig& config, HttpClient& http,
                                                                           const Clock& clock);

}  // namespace deskhand::app
