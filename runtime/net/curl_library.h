// What every use of libcurl in this folder needs: its start, and quiet about broken pipes.
//
// Thread rule: curl_is_started() may be called from any thread; a PipeSignalHold belongs to the thread that made it.
#pragma once

#include <signal.h>

namespace deskhand::net {

// libcurl must be started once before the first handle. False when it can not start.
bool curl_is_started();

// OpenSSL writes to sockets in a way that raises SIGPIPE when the other end has gone. The signal comes to the writing
// thread, so it is held back there for the time of a request and thrown away if it came; the rest of the process keeps
// its own ways.
class PipeSignalHold {
 public:
  PipeSignalHold();
  ~PipeSignalHold();
  PipeSignalHold(const PipeSignalHold&) = delete;
  PipeSignalHold& operator=(const PipeSignalHold&) = delete;

 private:
  sigset_t pipe_, before_;
  bool was_pending_ = false;
};

}  // namespace deskhand::net
