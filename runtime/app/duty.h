// One thing that `serve` does again and again in a thread of its own: the calendar, the outbox, a mailbox. A duty that fails waits
// ever longer, up to a bound, and keeps no other one from going on.
//
// Thread rule: made, woken and ended by one thread; wake() by any. The turn runs on the duty's thread, one at a time. It is asked to
// stop by its token when the duty ends, and the destructor waits for it.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <functional>
#include <mutex>
#include <stop_token>
#include <string>
#include <thread>

#include "base/result.h"

namespace deskhand::app {

class Duty {
 public:
  struct Turn {
    Done done;                      // why it failed; cancelled is no failure
    std::int64_t wait_seconds = 0;  // to the next turn, when all is well
    std::int64_t retry_seconds = 0; // to the next turn after a failure; 0: the duty decides
  };
  using Work = std::function<Turn(std::stop_token stop)>;
  // Told what failed, once for as long as it fails in the same way.
  using Tell = std::function<void(const Error& failure)>;

  Duty(Work work, Tell tell);
  ~Duty();
  Duty(const Duty&) = delete;
  Duty& operator=(const Duty&) = delete;

  void request_stop() { thread_.request_stop(); }  // without waiting for it
  void join() {
    if (thread_.joinable()) thread_.join();
  }
  void wake();                                     // the next turn is now

 private:
  void run(const std::stop_token& stop);

  Work work_;
  Tell tell_;
  std::mutex mutex_;
  std::condition_variable_any changed_;
  bool is_woken_ = false;  // guarded by mutex_
  std::jthread thread_;    // last: it uses the others
};

// How long to wait after so many failures in a row, where all being well it would be `usual_seconds`.
std::int64_t seconds_after_failures(std::int64_t usual_seconds, int failures_in_a_row);

}  // namespace deskhand::app
