// One connection to a mail server, as far as IMAP and SMTP are alike: name, TCP, TLS or STARTTLS, greeting and login
// are libcurl's; from there on the caller speaks the protocol's own lines.
//
// Nothing is retried. Certificates are checked. Without TLS only this machine's own addresses are spoken to, so that a
// password never crosses a network in the clear.
//
// Thread rule: one thread at a time. `clock` must outlive the connection and be one that moves. Every wait ends at the
// deadline given at opening, or earlier with the stop token. Codes: unavailable (no connection, no TLS, or it was cut;
// the message says which), forbidden (the server did not take user and password, or its certificate is not trusted),
// invalid_argument (an address that can not be used), limit_exceeded (a line or an answer beyond its bound), cancelled.
#pragma once

#include <chrono>
#include <cstddef>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>

#include "base/result.h"
#include "ports/clock.h"

namespace deskhand::net {

inline constexpr std::size_t kMailLineBytes = 1024 * 1024;  // of one line; the numbers of 100,000 mails fill 700 KB
inline constexpr std::size_t kMailReadBytes = 64 * 1024;    // taken from the socket at once

enum class MailProtocol { imap, smtp };
enum class MailTls { always, starttls, none };

struct MailServer {
  std::string host;
  int port = 0;
  MailTls tls = MailTls::always;
  std::string authorities_file;  // PEM of certificate authorities; empty: the system's own
};

// At most one of password and bearer; with neither nothing is logged in (a relay on this machine).
struct MailLogin {
  std::string user;
  std::string password;
  std::string bearer;  // OAuth 2 access token, used by XOAUTH2
};

class MailConnection {
 public:
  struct Options {
    MailProtocol protocol = MailProtocol::imap;
    MailServer server;
    MailLogin login;
    std::chrono::milliseconds connect_time{20'000};  // to the end of the login
    std::chrono::milliseconds whole_time{60'000};    // of the connection
  };
  static Result<std::unique_ptr<MailConnection>> open(const Options& options, const Clock& clock, std::stop_token stop);
  ~MailConnection();
  MailConnection(const MailConnection&) = delete;
  MailConnection& operator=(const MailConnection&) = delete;

  // From here on a requested stop ends a wait only after that time: what the server is about to say is worth knowing.
  void hear_out(std::chrono::milliseconds after_stop) { after_stop_ = after_stop; }

  // All of it or an error; after an error some of it may have left.
  Done send(std::string_view bytes);
  // Without its line end.
  Result<std::string> read_line();
  Result<std::string> read_bytes(std::size_t count);

 private:
  struct Handle;
  MailConnection(std::unique_ptr<Handle> handle, const Clock& clock, std::stop_token stop,
                 std::chrono::steady_clock::time_point deadline);
  Done wait(bool for_reading);
  Done fill();

  std::unique_ptr<Handle> handle_;
  const Clock& clock_;
  const std::stop_token stop_;
  const std::chrono::steady_clock::time_point deadline_;
  std::chrono::milliseconds after_stop_{0};
  std::optional<std::chrono::steady_clock::time_point> stop_by_;  // once a stop was requested
  std::string unread_;
};

}  // namespace deskhand::net
