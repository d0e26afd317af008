#include "net/curl_client.h"

#include "base/limits.h"
#include "net/curl_transfer.h"

namespace deskhand::net {

CurlClient::CurlClient(const Clock& clock, CurlOptions options) : clock_(clock), options_(std::move(options)) {}
CurlClient::~CurlClient() = default;

HttpAnswer CurlClient::send(const HttpRequest& request, std::stop_token stop) {
  if (stop.stop_requested()) return {HttpEnd::cancelled, {}, {}, "stopped before it began"};
  std::unique_ptr<CurlTransfer> transfer = borrow();
  if (!transfer) return {HttpEnd::not_sent, {}, {}, "libcurl gave no handle"};
  HttpAnswer answer = transfer->run(request, clock_, stop);
  give_back(std::move(transfer));
  return answer;
}

std::unique_ptr<CurlTransfer> CurlClient::borrow() {
  {
    const std::lock_guard lock(mutex_);
    if (!idle_.empty()) {
      auto transfer = std::move(idle_.back());  // the one used last has the freshest connection
      idle_.pop_back();
      return transfer;
    }
  }
  return CurlTransfer::make(options_);
}

void CurlClient::give_back(std::unique_ptr<CurlTransfer> transfer) {
  const std::lock_guard lock(mutex_);
  if (idle_.size() < limits::kHttpIdleHandles) idle_.push_back(std::move(transfer));
}

}  // namespace deskhand::net
