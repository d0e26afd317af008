// The real clock and the real random source, and the pinned ones for `--now` and for scenarios.
//
// Thread rule: all thread-safe.
#pragma once

#include <atomic>
#include <mutex>

#include "ports/clock.h"
#include "ports/random.h"

namespace deskhand::app {

class SystemClock final : public Clock {
 public:
  Instant now() const override;
  std::chrono::steady_clock::time_point steady() const override { return std::chrono::steady_clock::now(); }
};

// Stands still until somebody moves it.
class PinnedClock final : public Clock {
 public:
  explicit PinnedClock(Instant now) : us_(now.us) {}
  Instant now() const override { return {us_.load()}; }
  std::chrono::steady_clock::time_point steady() const override {
    return std::chrono::steady_clock::time_point(std::chrono::microseconds(us_.load()));
  }
  void set(Instant now) { us_.store(now.us); }
  void advance_seconds(std::int64_t seconds) { us_.fetch_add(seconds * 1'000'000); }

 private:
  std::atomic<std::int64_t> us_;
};

// Bytes of the operating system's cryptographic generator.
class SystemRandom final : public Random {
 public:
  std::uint64_t next() override;
};

// The same sequence for the same seed (splitmix64): scenarios and simulation.
class SeededRandom final : public Random {
 public:
  explicit SeededRandom(std::uint64_t seed) : state_(seed) {}
  std::uint64_t next() override;

 private:
  std::mutex mutex_;
  std::uint64_t state_;
};

}  // namespace deskhand::app
