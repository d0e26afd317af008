#include "app/reloading_inbox.h"

namespace deskhand::app {
namespace {

// A signal handler can reach nothing but this.
volatile std::sig_atomic_t hung_up = 0;
void on_hangup(int) { hung_up = 1; }

Result<TurnReply> with_line_first(Result<TurnReply> reply, const std::string& line) {
  if (reply && !line.empty()) reply->text = line + "\n" + reply->text;
  return reply;
}

}  // namespace

HangupSignal::HangupSignal() {
  hung_up = 0;
  struct sigaction action {};
  action.sa_handler = on_hangup;
  action.sa_flags = SA_RESTART;  // a line that is being typed is not lost
  sigaction(SIGHUP, &action, &previous_);
}

HangupSignal::~HangupSignal() { sigaction(SIGHUP, &previous_, nullptr); }

bool HangupSignal::take() {
  const bool came = hung_up != 0;
  hung_up = 0;
  return came;
}

std::shared_ptr<Session> ReloadingInbox::session() {
  const std::lock_guard lock(mutex_);
  return session_;
}

std::string ReloadingInbox::refresh() {
  const std::lock_guard lock(mutex_);
  if (!hangup_.take()) return {};
  auto fresh = Session::open(options_, Session::Needs::agent, false);
  if (!fresh)
    return "The files were read again and can not be used; Deskhand goes on with the earlier ones. " +
           fresh.error().message;
  const bool same = (*fresh)->runtime().procedure_version() == session_->runtime().procedure_version();
  session_ = std::move(*fresh);
  return same ? std::string() : "Read again: " + session_->runtime().procedure_version() + ".";
}

Result<ConversationId> ReloadingInbox::open(const OrgId& org, const Actor& actor, std::string_view channel) {
  return session()->runtime().agent().open(org, actor, channel);
}

Result<std::optional<TurnReply>> ReloadingInbox::news(const PersonMessage& message) {
  return session()->runtime().agent().news(message);
}

Result<TurnReply> ReloadingInbox::say(const PersonMessage& message) {
  const std::string line = refresh();
  return with_line_first(session()->runtime().agent().say(message), line);
}

Result<TurnReply> ReloadingInbox::pick(const PersonMessage& message, std::string_view tool,
                                       std::string_view arguments) {
  const std::string line = refresh();
  return with_line_first(session()->runtime().agent().pick(message, tool, arguments), line);
}

}  // namespace deskhand::app
