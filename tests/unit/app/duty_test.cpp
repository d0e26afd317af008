#include "app/duty.h"

#include <gtest/gtest.h>

#include <atomic>
#include <future>

namespace deskhand::app {
namespace {

constexpr std::int64_t kLongSeconds = 3600;

TEST(Duty, takes_its_next_turn_at_once_when_it_is_woken) {
  std::atomic<int> turns = 0;
  std::promise<void> first, second;
  Duty duty(
      [&](const std::stop_token&) {
        const int turn = ++turns;
        if (turn == 1) first.set_value();
        if (turn == 2) second.set_value();
        return Duty::Turn{{}, kLongSeconds};
      },
      [](const Error&) {});
  first.get_future().wait();
  duty.wake();
  second.get_future().wait();
  EXPECT_EQ(turns, 2);
}

TEST(Duty, ends_in_the_middle_of_a_turn_and_of_a_wait) {
  std::promise<void> began;
  {
    Duty waiting([](const std::stop_token&) { return Duty::Turn{{}, kLongSeconds}; }, [](const Error&) {});
    Duty working(
        [&](const std::stop_token& stop) {
          began.set_value();
          std::mutex mutex;
          std::unique_lock lock(mutex);
          std::condition_variable_any changed;
          changed.wait(lock, stop, [] { return false; });
          return Duty::Turn{make_error(Code::cancelled, "Stopped."), kLongSeconds};
        },
        [](const Error&) { ADD_FAILURE() << "being stopped is no failure"; });
    began.get_future().wait();
  }
  SUCCEED();
}

TEST(Duty, tells_a_failure_once_for_as_long_as_it_stays_the_same) {
  std::atomic<int> turns = 0, told = 0;
  std::promise<void> done;
  Duty* self = nullptr;
  std::promise<void> ready;
  auto is_ready = ready.get_future().share();
  Duty duty(
      [&](const std::stop_token&) {
        is_ready.wait();
        const int turn = ++turns;
        if (turn == 6) done.set_value();
        if (turn < 6) self->wake();
        if (turn == 4) return Duty::Turn{{}, kLongSeconds};
        return Duty::Turn{make_error(Code::unavailable, turn == 5 ? "other" : "away"), kLongSeconds};
      },
      [&](const Error&) { ++told; });
  self = &duty;
  ready.set_value();
  done.get_future().wait();
  duty.request_stop();
  duty.join();
  // Turns 1 to 3 fail alike, 4 is well, 5 fails otherwise; the sixth may be cut off by the stop.
  EXPECT_GE(told, 2);
  EXPECT_LE(told, 3);
}

TEST(DutyRetry, comes_later_and_later_up_to_a_bound) {
  EXPECT_EQ(seconds_after_failures(30, 0), 30);
  EXPECT_EQ(seconds_after_failures(30, 1), 2);
  EXPECT_EQ(seconds_after_failures(30, 2), 4);
  EXPECT_EQ(seconds_after_failures(30, 50), 300);
  EXPECT_EQ(seconds_after_failures(3600, 50), 2048);
}

}  // namespace
}  // namespace deskhand::app
