// How a mailbox or a mail server is logged in to: a password, or OAuth 2 with a refresh token as Gmail and Microsoft
// want it.
//
// Thread rule: thread-safe. The access token is kept in memory until shortly before it ends. A new refresh token that
// the provider hands out (Microsoft does) replaces the old one in the file it was read from, when it was read from one;
// and a refresh begins with what stands there, because another login of the same account may have replaced it meanwhile.
// Codes: forbidden (the provider took the login back: connect again), unavailable (it can not be reached),
// invalid_argument. Source: RFC 6749, section 6.
#pragma once

#include <chrono>
#include <mutex>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>

#include "net/mail_connection.h"
#include "ports/clock.h"
#include "ports/http_client.h"

namespace deskhand::channel::email {

struct OAuth {
  std::string token_url, client_id, client_secret, refresh_token, scope;
  std::string refresh_token_file;  // "" when the token came from the environment
};

inline constexpr std::chrono::seconds kConnectSeconds{20};  // to the end of a login

struct MailAccount {
  net::MailServer server;
  std::string user, password;
  std::optional<OAuth> oauth;
};

class MailLogins {
 public:
  MailLogins(MailAccount account, HttpClient& http, const Clock& clock);
  const net::MailServer& server() const { return account_.server; }
  const std::string& user() const { return account_.user; }
  Result<net::MailLogin> login(std::stop_token stop);
  void forget_token();  // the server refused it: the next login asks for a new one

 private:
  Result<std::string> fresh_token(std::stop_token stop);
  Result<std::string> token_for(const std::string& refresh_token, std::stop_token stop);
  void take_refresh_token_from_file();

  MailAccount account_;
  HttpClient& http_;
  const Clock& clock_;
  std::mutex mutex_;
  std::string token_;      // guarded by mutex_
  Instant token_ends_at_;  // guarded by mutex_
};

}  // namespace deskhand::channel::email
