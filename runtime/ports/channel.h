// Channel: where people of the business talk with Deskhand. It turns bytes into messages for the inbox and replies into bytes;
// it decides nothing.
//
// Thread rule: one thread per channel; the Inbox it is given is thread-safe.
#pragma once

#include <functional>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "base/json_fwd.h"
#include "base/result.h"
#include "crm/approval.h"
#include "crm/conversation.h"
#include "ports/guard.h"
#include "ports/tool.h"

namespace deskhand {

// How a channel follows a turn and ends it early.
struct TurnWatch {
  // Parts of the reply as soon as they are certain, on the calling thread: whole sentences, in order. What it has seen begins
  // the reply's text (`shown_bytes`) and is never taken back. Null: the channel waits for the whole.
  std::function<void(std::string_view text)> on_text;
  std::stop_token stop;  // the person wants no more; what was done stays done
};

// What came in, already tied to an authenticated person.
struct PersonMessage {
  OrgId org;
  Actor actor;
  ConversationId conversation;
  std::string text;
  Instant sent_at;  // when the person said it, as far as the channel can tell; a yes reaches only cards delivered before
  TurnWatch watch{};
};

// A card as the owner sees it. `body` are the bytes that are hashed; a channel may frame them but not change them.
struct Card {
  std::string ref, summary, body, fingerprint, question;
  ApprovalKind kind{};
  bool can_edit = false;
};

struct CallReport {          // one tool call of the turn, for --json and --explain
  std::string tool;
  std::shared_ptr<const Json> arguments, result;
  bool ok = false;
  std::string error_code, error;
};

struct TurnReply {
  std::string text;                  // built from rows, then the model's question
  std::size_t shown_bytes = 0;       // of `text`: what the watch has seen already
  std::vector<CallReport> calls;
  std::vector<Card> cards;           // drawn in this reply
  std::vector<Choice> list;          // what `text` numbers
  std::string undo_ref;              // U-7 when the last change can be taken back
  std::string explanation;           // for --explain
  std::string run_ref;               // T-12
};

// Inbox: how a channel, the schedule and the API hand in what came. Thread-safe. The message is committed before it is
// thought about (design 1.6).
class Inbox {
 public:
  virtual ~Inbox() = default;
  virtual Result<ConversationId> open(const OrgId& org, const Actor& actor, std::string_view channel) = 0;
  virtual Result<TurnReply> say(const PersonMessage& message) = 0;
  // What the calendar has for this person and this channel has not shown yet, numbered through; nullopt: nothing. It is shown
  // once; its numbers are answered like those of any list.
  virtual Result<std::optional<TurnReply>> news(const PersonMessage& message) = 0;
  // A tool the person picked from a menu or a button, as part of the conversation: no model is asked. `message.text` is what
  // the log says they did ("/approvals").
  virtual Result<TurnReply> pick(const PersonMessage& message, std::string_view tool, std::string_view arguments) = 0;
};

}  // namespace deskhand
