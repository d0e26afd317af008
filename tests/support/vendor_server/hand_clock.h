// A clock that moves only when a test moves it, so that a deadline passes because a test says so and never because a machine
// is slow. Thread-safe.
#pragma once

#include <atomic>
#include <chrono>

#include "ports/clock.h"

namespace deskhand::test {

class HandClock final : public Clock {
 public:
  Instant now() const override { return {1'772'000'000'000'000 + us_.load()}; }
  std::chrono::steady_clock::time_point steady() const override {
    return std::chrono::steady_clock::time_point(std::chrono::microseconds(us_.load()));
  }
  void advance(std::chrono::microseconds by) { us_.fetch_add(by.count()); }

 private:
  std::atomic<std::int64_t> us_{1'000'000};
};

}  // namespace deskhand::test
