#include <signal.h>

#include <algorithm>
#include <ctime>
#include <filesystem>
#include <ostream>

#include "app/commands.h"
#include "base/text.h"
#include "schedule/scheduler.h"

namespace deskhand::app {
namespace {

constexpr std::int64_t kRoundSeconds =
    30;  // how long a round waits at most: retries and other processes' rows become due unannounced

// Blocked before any thread exists, so that every thread leaves these to wait_for_stop().
sigset_t block_stop_signals() {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGINT);
  sigaddset(&signals, SIGTERM);
  sigaddset(&signals, SIGHUP);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  return signals;
}

// The signal that came; 0 when the time passed without one.
int signal_within(const sigset_t& signals, std::int64_t seconds) {
  const timespec limit{static_cast<std::time_t>(seconds), 0};
  return std::max(0, sigtimedwait(&signals, nullptr, &limit));
}

// When the files that say what runs were last written.
std::vector<std::pair<std::string, std::filesystem::file_time_type>> stamps_of(const Runtime& runtime) {
  std::vector<std::pair<std::string, std::filesystem::file_time_type>> stamps;
  for (const std::string& file : runtime.source_files()) {
    std::error_code failed;
    stamps.emplace_back(file, std::filesystem::last_write_time(file, failed));
  }
  return stamps;
}

Done one_round(Runtime& runtime, Console console) {
  auto ran = runtime.scheduler().run_due();
  if (!ran) return ran.error();
  for (const schedule::RanJob& one : *ran)
    console.out << one.behaviour << " of " << to_iso(one.day) << ": " << printable_line(one.result) << "\n";
  auto delivered = runtime.deliver();
  if (!delivered) return delivered.error();
  for (const std::string& line : *delivered) console.out << printable_line(line) << "\n";
  console.out << std::flush;
  return {};
}

std::int64_t seconds_to_wait(Runtime& runtime) {
  const auto next = runtime.scheduler().next_wake();
  if (!next || !*next) return kRoundSeconds;
  const std::int64_t away = ((*next)->us - runtime.clock().now().us) / 1'000'000 + 1;
  return std::clamp<std::int64_t>(away, 1, kRoundSeconds);
}

}  // namespace

// One process that runs what is due until it is told to stop. An edited procedure or configuration counts from the next
// round on; one that would not start is told once, and the last good one goes on. With --now there is one round,
// because time stands still.
int run_serve(const GlobalOptions& options, Console console) {
  const sigset_t signals = block_stop_signals();
  auto session = Session::open(options, Session::Needs::store, true);
  if (!session) return report(session.error(), options, console);
  auto stamps = stamps_of((*session)->runtime());
  console.out << "Deskhand runs for " << printable_line((*session)->runtime().org().name) << "; Ctrl-C ends it.\n"
              << std::flush;
  std::string told;
  for (;;) {
    if (auto now = stamps_of((*session)->runtime()); now != stamps) {
      stamps = std::move(now);
      auto fresh = Session::open(options, Session::Needs::store, true);
      if (fresh)
        session = std::move(fresh);
      else
        console.err << "deskhand: " << fresh.error().message << " The last good version goes on.\n";
    }
    Runtime& runtime = (*session)->runtime();
    const Done done = one_round(runtime, console);
    if (!done && done.error().message != told) console.err << "deskhand: " << done.error().message << "\n";
    told = done ? "" : done.error().message;
    if (!options.now.empty()) return done ? kExitDone : report(done.error(), options, console);
    const int signal = signal_within(signals, seconds_to_wait(runtime));
    if (signal == SIGHUP)
      stamps.clear();  // as if every file had changed
    else if (signal != 0)
      return kExitDone;
  }
}

}  // namespace deskhand::app
