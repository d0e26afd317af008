// A server on this machine with a certificate that only it vouches for; it answers every request with an empty 200.
//
// Thread rule: one thread of its own, one connection at a time; the destructor joins it.
#pragma once

#include <memory>
#include <string>

namespace deskhand::test {

class TlsServer {
 public:
  explicit TlsServer(const std::string& name);  // the name the certificate is for
  ~TlsServer();
  TlsServer(const TlsServer&) = delete;
  TlsServer& operator=(const TlsServer&) = delete;
  int port() const;
  std::string certificate_file() const;  // PEM, removed with the server
  std::string received() const;          // everything that came through a finished handshake

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace deskhand::test
