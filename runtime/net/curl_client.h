// HttpClient on libcurl: HTTP/2 where the server offers it, kept connections, certificates checked, proxies as the environment
// names them (HTTPS_PROXY, NO_PROXY). This folder is the only one that names libcurl.
//
// Thread rule: thread-safe. Each call borrows a handle of its own with its connections; at most limits::kHttpIdleHandles are
// kept in between. `clock` must outlive the client and must be one that moves: deadlines are measured on its steady time.
// Not bounded by a deadline: looking up a name that the system's resolver does not give up on, while a call is being ended.
#pragma once

#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "base/result.h"
#include "ports/clock.h"
#include "ports/http_client.h"

namespace deskhand::net {

class CurlTransfer;

struct CurlOptions {
  std::string authorities_file;  // PEM of certificate authorities; empty: the system's own
  bool use_environment_proxy = true;  // never for this machine's own addresses
};

class CurlClient final : public HttpClient {
 public:
  CurlClient(const Clock& clock, CurlOptions options);
  ~CurlClient() override;
  HttpAnswer send(const HttpRequest& request, std::stop_token stop) override;

 private:
  std::unique_ptr<CurlTransfer> borrow();
  void give_back(std::unique_ptr<CurlTransfer> transfer);

  const Clock& clock_;
  const CurlOptions options_;
  std::mutex mutex_;
  std::vector<std::unique_ptr<CurlTransfer>> idle_;  // guarded by mutex_
};

}  // namespace deskhand::net
