#include "app/duty.h"

#include <algorithm>
#include <chrono>
#include <utility>

namespace deskhand::app {
namespace {

constexpr std::int64_t kFirstRetrySeconds = 2;
constexpr std::int64_t kLongestRetrySeconds = 5 * 60;  // whoever mends the cause sees within minutes that it helped
constexpr int kDoublings = 10;

}  // namespace

std::int64_t seconds_after_failures(std::int64_t usual_seconds, int failures_in_a_row) {
  if (failures_in_a_row <= 0) return usual_seconds;
  const std::int64_t factor = std::int64_t{1} << std::min(failures_in_a_row - 1, kDoublings);
  return std::min(kFirstRetrySeconds * factor, std::max(usual_seconds, kLongestRetrySeconds));
}

Duty::Duty(Work work, Tell tell)
    : work_(std::move(work)), tell_(std::move(tell)), thread_([this](const std::stop_token& stop) { run(stop); }) {}

Duty::~Duty() = default;

void Duty::wake() {
  {
    const std::lock_guard lock(mutex_);
    is_woken_ = true;
  }
  changed_.notify_all();
}

void Duty::run(const std::stop_token& stop) {
  int failures = 0;
  std::string told;
  while (!stop.stop_requested()) {
    const Turn turn = work_(stop);
    if (stop.stop_requested()) return;
    const bool failed = !turn.done && turn.done.error().code != Code::cancelled;
    failures = failed ? failures + 1 : 0;
    if (failed && turn.done.error().message != told) tell_(turn.done.error());
    told = failed ? turn.done.error().message : "";
    std::unique_lock lock(mutex_);
    const std::int64_t wait = failed && turn.retry_seconds > 0 ? turn.retry_seconds : seconds_after_failures(turn.wait_seconds, failures);
    changed_.wait_for(lock, stop, std::chrono::seconds(wait),
                      [this] { return is_woken_; });
    is_woken_ = false;
  }
}

}  // namespace deskhand::app
