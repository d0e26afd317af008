// A provider's login service on loopback for tests: it gives out access tokens for a refresh token and refuses what Google and
// Microsoft refuse. The mail servers of mail_servers.h ask it which tokens hold.
//
// Thread rule: thread-safe. Source: RFC 6749 sections 5 and 6; RFC 7662 (asked by Dovecot).
#pragma once

#include <mutex>
#include <string>
#include <vector>

#include "tests/support/vendor_server/loopback_server.h"

namespace deskhand::test {

class TokenService {
 public:
  explicit TokenService(std::string user);

  std::string token_url() const { return server_.url() + "/token"; }
  int port() const { return server_.port(); }
  std::string introspection_url() const { return server_.url() + "/introspect"; }

  // The account's owner took the consent back, or changed the password: no refresh token holds any more.
  void withdraw_consent();
  // Every access token that was given out has ended; the refresh token still holds.
  void end_access_tokens();
  // As Microsoft does: each refresh gives out a new refresh token. As a strict provider does, the old one is dead then.
  void rotate_refresh_tokens(bool rotates);
  void break_down(bool is_down);  // 503 with a page of HTML

  std::string refresh_token() const;
  int refreshes() const;                            // asked for, refused ones among them
  std::vector<std::string> access_tokens() const;   // all ever given out
  const std::string client_id = "client-1", client_secret = "client-secret-1";

 private:
  void answer(Connection& connection, const ReceivedRequest& request);
  std::string token_answer(const ReceivedRequest& request);
  std::string introspection_answer(const ReceivedRequest& request) const;

  const std::string user_;
  mutable std::mutex mutex_;
  std::string refresh_token_ = "refresh-0";   // this and the rest guarded by mutex_
  std::vector<std::string> given_, live_;
  bool is_withdrawn_ = false, rotates_ = false, is_down_ = false;
  int refreshes_ = 0;
  LoopbackServer server_;  // last: its handler uses the others
};

}  // namespace deskhand::test
