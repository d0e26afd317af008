#include "net/curl_library.h"

#include <curl/curl.h>
#include <time.h>

namespace deskhand::net {

bool curl_is_started() {
  // A function's static is started once, by whoever comes first.
  static const CURLcode code = curl_global_init(CURL_GLOBAL_DEFAULT);
  return code == CURLE_OK;
}

PipeSignalHold::PipeSignalHold() {
  sigset_t pending;
  sigemptyset(&pipe_);
  sigaddset(&pipe_, SIGPIPE);
  sigpending(&pending);
  was_pending_ = sigismember(&pending, SIGPIPE) == 1;
  pthread_sigmask(SIG_BLOCK, &pipe_, &before_);
}

PipeSignalHold::~PipeSignalHold() {
  const timespec at_once{0, 0};
  if (!was_pending_) sigtimedwait(&pipe_, nullptr, &at_once);
  pthread_sigmask(SIG_SETMASK, &before_, nullptr);
}

}  // namespace deskhand::net
