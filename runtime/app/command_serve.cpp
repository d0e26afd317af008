#include <signal.h>

#include <algorithm>
#include <ctime>
#include <filesystem>
#include <memory>
#include <mutex>
#include <ostream>

#include "app/commands.h"
#include "app/duty.h"
#include "app/mailboxes.h"
#include "base/text.h"
#include "schedule/scheduler.h"

namespace deskhand::app {
namespace {

// How long the calendar and the outbox wait at most: retries and other processes' rows become due unannounced.
constexpr std::int64_t kRoundSeconds = 30;
constexpr std::int64_t kLookSeconds = 3;  // between two looks at the files that say what runs

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

// The lines of all duties, one after the other.
class Voice {
 public:
  explicit Voice(Console console) : console_(console) {}
  void say(const std::string& line) {
    const std::lock_guard lock(mutex_);
    console_.out << printable_line(line) << std::endl;
  }
  void complain(const Error& failure, std::string_view about = {}) {
    const std::lock_guard lock(mutex_);
    console_.err << "deskhand: " << (about.empty() ? "" : printable_line(about) + ": ") << printable_line(failure.message) << std::endl;
  }

 private:
  std::mutex mutex_;
  Console console_;
};

std::int64_t seconds_to_wait(Runtime& runtime) {
  const auto next = runtime.scheduler().next_wake();
  if (!next || !*next) return kRoundSeconds;
  const std::int64_t away = ((*next)->us - runtime.clock().now().us) / 1'000'000 + 1;
  return std::clamp<std::int64_t>(away, 1, kRoundSeconds);
}

// What one configuration has to do: the calendar, the outbox, the model that reads mail and each mailbox, each in a turn of its own that fails alone.
class Desk {
 public:
  Desk(Runtime& runtime, Voice& voice) : runtime_(runtime), voice_(voice) {}
  ~Desk() {
    for (const auto& duty : duties_) duty->request_stop();
    for (const auto& duty : duties_) duty->join();  // all of them before any goes: they wake each other
  }
  Desk(const Desk&) = delete;
  Desk& operator=(const Desk&) = delete;

  void start() {
    outbox_ = add([this](const std::stop_token& stop) { return outbox_turn(stop); }, "");
    calendar_ = add([this](const std::stop_token& stop) { return calendar_turn(stop); }, "");
    reader_ = add([this](const std::stop_token& stop) { return reading_turn(stop); }, "");
    open_mailboxes();
  }

  // Mailboxes whose secrets are not there yet are tried again.
  void open_mailboxes() {
    if (mailboxes_ || runtime_.config().email.inbound.empty()) return;
    auto made = Mailboxes::make(runtime_);
    if (!made && made.error().message != told_) voice_.complain(made.error(), "the mailboxes");
    told_ = made ? "" : made.error().message;
    if (!made) return;
    mailboxes_ = std::move(*made);
    failures_.assign(mailboxes_->count(), 0);
    for (std::size_t which = 0; which < mailboxes_->count(); ++which)
      add([this, which](const std::stop_token& stop) { return mailbox_turn(which, stop); }, "the mailboxes");
  }

  // Everything once, one after the other: for a clock that stands still.
  Done run_once() {
    Done first;
    const auto note = [&](const Duty::Turn& turn) {
      if (turn.done) return;
      if (first) first = turn.done;
      else voice_.complain(turn.done.error());
    };
    if (!runtime_.config().email.inbound.empty()) {
      auto made = Mailboxes::make(runtime_);
      if (made) mailboxes_ = std::move(*made);
      else note({made.error(), 0});
      failures_.assign(mailboxes_ ? mailboxes_->count() : 0, 0);
      for (std::size_t which = 0; which < failures_.size(); ++which) note(mailbox_turn(which, {}));
    }
    note(reading_turn({}));
    note(calendar_turn({}));
    note(outbox_turn({}));
    return first;
  }

 private:
  Duty* add(Duty::Work work, std::string about) {
    duties_.push_back(std::make_unique<Duty>(std::move(work), [this, about = std::move(about)](const Error& failure) { voice_.complain(failure, about); }));
    return duties_.back().get();
  }

  Duty::Turn calendar_turn(const std::stop_token& stop) {
    if (Done resumed = resume_mail(); !resumed) return {resumed, kRoundSeconds};
    auto ran = runtime_.scheduler().run_due(stop);
    if (!ran) return {ran.error(), kRoundSeconds};
    for (const schedule::RanJob& one : *ran) voice_.say(one.behaviour + " of " + to_iso(one.day) + ": " + one.result);
    if (outbox_ != nullptr) outbox_->wake();
    return {{}, seconds_to_wait(runtime_)};
  }

  Duty::Turn outbox_turn(const std::stop_token& stop) {
    auto delivered = runtime_.deliver(stop);
    if (!delivered) return {delivered.error(), kRoundSeconds};
    for (const std::string& line : *delivered) voice_.say(line);
    return {{}, kRoundSeconds};
  }

  // A model reads what the rules are done with; nobody's mail waits for it.
  Duty::Turn reading_turn(const std::stop_token& stop) {
    auto mails = runtime_.read_mail(stop);
    if (!mails) return {mails.error(), kRoundSeconds};
    for (const intake::ReadMail& mail : *mails) {
      voice_.say(mail.outcome.file + ": read by a model");
      for (const std::string& line : mail.lines) voice_.say("  " + line);
    }
    return {{}, kRoundSeconds};
  }

  // Mails that a process took in and could not finish with, looked for once.
  Done resume_mail() {
    if (mail_is_resumed_) return {};
    auto old = runtime_.mail_intake().resume(runtime_.org().id, intake::Telling::owners);
    if (!old) return old.error();
    for (const intake::MailOutcome& outcome : *old) tell(outcome);
    mail_is_resumed_ = true;
    return {};
  }

  Duty::Turn mailbox_turn(std::size_t which, const std::stop_token& stop) {
    const intake::FetchReport visit = mailboxes_->visit(which, intake::Telling::owners, stop);
    for (const intake::MailOutcome& outcome : visit.outcomes) tell(outcome);
    for (const std::string& notice : visit.notices) voice_.say(notice);
    const bool has_news = !visit.outcomes.empty() || !visit.notices.empty();
    if (has_news && calendar_ != nullptr) calendar_->wake();  // it tells the owners, and wakes the outbox
    if (!visit.outcomes.empty() && reader_ != nullptr) reader_->wake();
    const bool failed = visit.failure && visit.failure->code != Code::cancelled;
    failures_[which] = failed ? failures_[which] + 1 : 0;
    Duty::Turn turn;
    // Later and later after failures: a server that refuses a login locks out who knocks too often.
    turn.wait_seconds = visit.left > 0 && !failed ? 0 : intake::seconds_to_next_visit(mailboxes_->poll_seconds(), failures_[which]);
    turn.retry_seconds = turn.wait_seconds;
    if (failed) turn.done = make_error(visit.failure->code, visit.mailbox + ": " + visit.failure->message);
    return turn;
  }

  void tell(const intake::MailOutcome& outcome) {
    voice_.say(intake::to_line(outcome));
    for (const std::string& notice : outcome.notices) voice_.say("  " + notice);
  }

  Runtime& runtime_;
  Voice& voice_;
  std::unique_ptr<Mailboxes> mailboxes_;
  std::vector<int> failures_;     // in a row, of each mailbox; each by its own duty
  std::string told_;
  bool mail_is_resumed_ = false;  // by the calendar's duty
  Duty* outbox_ = nullptr;
  Duty* calendar_ = nullptr;
  Duty* reader_ = nullptr;
  std::vector<std::unique_ptr<Duty>> duties_;  // last: they end before what they use
};

}  // namespace

// One process that keeps the calendar, reads the mailboxes and sends what is approved, until it is told to stop. An edited procedure
// or configuration counts within seconds; one that would not start is told once, and the last good one goes on. With --now everything
// is done once, because time stands still.
int run_serve(const GlobalOptions& options, Console console) {
  const sigset_t signals = block_stop_signals();
  auto session = Session::open(options, Session::Needs::store, true);
  if (!session) return report(session.error(), options, console);
  Voice voice(console);
  if (!options.now.empty()) {
    const Done done = Desk((*session)->runtime(), voice).run_once();
    return done ? kExitDone : report(done.error(), options, console);
  }
  auto stamps = stamps_of((*session)->runtime());
  voice.say("Deskhand runs for " + (*session)->runtime().org().name + "; Ctrl-C ends it.");
  auto desk = std::make_unique<Desk>((*session)->runtime(), voice);
  desk->start();
  for (;;) {
    const int signal = signal_within(signals, kLookSeconds);
    if (signal != 0 && signal != SIGHUP) return kExitDone;
    desk->open_mailboxes();
    auto now = stamps_of((*session)->runtime());
    if (now == stamps && signal != SIGHUP) continue;
    stamps = std::move(now);
    auto fresh = Session::open(options, Session::Needs::store, true);
    if (!fresh) {
      voice.complain(make_error(fresh.error().code, fresh.error().message + " The last good version goes on."));
      continue;
    }
    desk.reset();
    session = std::move(fresh);
    desk = std::make_unique<Desk>((*session)->runtime(), voice);
    desk->start();
  }
}

}  // namespace deskhand::app
