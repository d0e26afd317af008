// ReloadingInbox: the inbox of a process that stays up. SIGHUP asks it to read the configuration, the schemas and the
// procedures again: it does so between two messages, never in the middle of a run, and keeps what it had when the new
// files would not start.
//
// Thread rule: thread-safe; each message runs to its end on the runtime it began with. The signal is the process's: one
// ReloadingInbox at a time.
#pragma once

#include <csignal>
#include <memory>
#include <mutex>
#include <string>

#include "app/commands.h"
#include "ports/channel.h"

namespace deskhand::app {

// While it lives, SIGHUP is remembered instead of ending the process.
class HangupSignal {
 public:
  HangupSignal();
  ~HangupSignal();
  HangupSignal(const HangupSignal&) = delete;
  HangupSignal& operator=(const HangupSignal&) = delete;
  // True once for any number of signals since the last time.
  bool take();

 private:
  struct sigaction previous_ {};
};

class ReloadingInbox final : public Inbox {
 public:
  ReloadingInbox(GlobalOptions options, std::shared_ptr<Session> session)
      : options_(std::move(options)), session_(std::move(session)) {}

  Result<ConversationId> open(const OrgId& org, const Actor& actor, std::string_view channel) override;
  Result<TurnReply> say(const PersonMessage& message) override;
  Result<std::optional<TurnReply>> news(const PersonMessage& message) override;
  Result<TurnReply> pick(const PersonMessage& message, std::string_view tool, std::string_view arguments) override;
  // The session of this moment; stays usable while held, whatever is read again meanwhile.
  std::shared_ptr<Session> session();
  // Reads everything again if the signal came. Empty when it did not or nothing changed, else the line that says what
  // happened.
  std::string refresh();

 private:
  GlobalOptions options_;
  HangupSignal hangup_;
  std::mutex mutex_;
  std::shared_ptr<Session> session_;
};

}  // namespace deskhand::app
