#include <signal.h>

#include <csignal>
#include <iostream>
#include <thread>

#include "app/commands.h"
#include "app/mailboxes.h"
#include "base/json.h"
#include "base/text.h"

namespace deskhand::app {
namespace {

// Ends a visit at its next wait when somebody presses Ctrl-C or the system asks the process to end. The signals are
// taken by one thread of their own, so that no handler runs in the middle of anything.
class StopOnSignal {
 public:
  StopOnSignal() {
    sigemptyset(&signals_);
    for (const int number : {SIGINT, SIGTERM, SIGUSR2}) sigaddset(&signals_, number);
    pthread_sigmask(SIG_BLOCK, &signals_, &before_);
    watcher_ = std::jthread([this] {
      int number = 0;
      sigwait(&signals_, &number);
      source_.request_stop();
    });
  }
  ~StopOnSignal() {
    pthread_kill(watcher_.native_handle(), SIGUSR2);  // wakes the watcher where no signal came
    watcher_.join();
    pthread_sigmask(SIG_SETMASK, &before_, nullptr);
  }
  StopOnSignal(const StopOnSignal&) = delete;
  StopOnSignal& operator=(const StopOnSignal&) = delete;
  std::stop_token token() const { return source_.get_token(); }

 private:
  sigset_t signals_, before_;
  std::stop_source source_;
  std::jthread watcher_;
};

int show_visit(const intake::FetchReport& visit, const GlobalOptions& options, Console console) {
  for (const intake::MailOutcome& outcome : visit.outcomes) show(outcome, options, console);
  std::vector<std::string> notices = visit.notices;
  if (visit.is_elsewhere) notices.push_back("The mailbox " + visit.mailbox + " is being read by another process.");
  for (const std::string& notice : notices) {
    if (options.json)
      console.out << to_text(OrderedJson{{"mailbox", visit.mailbox}, {"notice", notice}}) << std::endl;
    else
      console.out << printable_line(notice) << std::endl;
  }
  if (!visit.failure || visit.failure->code == Code::cancelled) return kExitDone;
  Error failure = *visit.failure;
  failure.message = visit.mailbox + ": " + failure.message;
  return report(failure, options, console);
}

}  // namespace

int run_fetch_email(const GlobalOptions& options, Console console) {
  auto session = Session::open(options, Session::Needs::store, true);
  if (!session) return report(session.error(), options, console);
  Runtime& runtime = (*session)->runtime();
  if (runtime.config().email.inbound.empty())
    return report(make_error(Code::invalid_argument, "No mailbox is configured; `deskhand connect email` sets one up."),
                  options, console);
  if (!runtime.model_problem().empty())
    console.err << "deskhand: mail is taken in without a model: " << runtime.model_problem() << "\n";
  auto mailboxes = Mailboxes::make(runtime);
  if (!mailboxes) return report(mailboxes.error(), options, console);
  auto old = (*mailboxes)->finish_old(intake::Telling::caller);
  if (!old) return report(old.error(), options, console);
  for (const intake::MailOutcome& outcome : *old) show(outcome, options, console);
  const StopOnSignal stop;
  constexpr int kVisitsMax = 200;  // of one mailbox; each takes in hundreds of mails
  int status = kExitDone;
  for (std::size_t which = 0; which < (*mailboxes)->count(); ++which) {
    bool has_more = true;
    for (int count = 0; has_more && count < kVisitsMax && !stop.token().stop_requested(); ++count) {
      const intake::FetchReport visit = (*mailboxes)->visit(which, intake::Telling::caller, stop.token());
      if (const int one = show_visit(visit, options, console); one != kExitDone) status = one;
      has_more = visit.left > 0 && !visit.failure;
    }
  }
  // Once the boxes are empty, so that nobody's mail waits for a model.
  const int read = show_read_mail(runtime, options, console, stop.token());
  return status == kExitDone ? read : status;
}

}  // namespace deskhand::app
