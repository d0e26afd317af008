// Tool: one capability with one name, for the model, the command line, the console and the clock alike. It says what a call
// would do (propose), and does it (run) inside the unit of work the toolbox opened. It reaches nothing but the Txn: outside
// effects are outbox rows.
//
// Thread rule: a Tool is immutable; propose and run may be called from any thread, each call with its own context.
#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/json_fwd.h"
#include "base/result.h"
#include "crm/conversation.h"
#include "ports/guard.h"

namespace deskhand {

class Txn;
class Random;

enum class EffectClass { read, write, draft, send, money };
std::string_view name_of(EffectClass effect);

// The least that may call a tool. `system`: only the runtime itself. `owner_action`: only an authenticated person with the right
// for it; neither is ever offered to a model or over MCP.
enum class ToolRole { member, admin, owner_action, system };
std::string_view name_of(ToolRole role);

struct ToolSpec {
  std::string name;         // lower_case; part of the contract (design 5)
  std::string description;  // one or two sentences a model or a person can choose by
  std::shared_ptr<const Json> arguments;  // closed JSON Schema, derived from schemas/*.json
  EffectClass effect = EffectClass::read;
  ToolRole role = ToolRole::member;
  bool undoable = false;    // its single change can be taken back by `undo`
};

struct ToolContext {
  Txn& txn;
  const Org& org;
  const Actor& actor;
  Random& random;
  Instant now;
  Day today;                            // of the org's zone
  ConversationId conversation;          // may be empty
  RunId run;                            // may be empty
  const Approval* approval = nullptr;   // the yes this run stands under, when there is one; owned by the toolbox
  std::string origin;                   // message id when the arguments were read from outside text
  std::string procedure_version;        // stamped on approvals
};

// Another call that belongs to this one and runs after it in the same unit of work, through the same guards: the send of a
// message just drafted, the QuickBooks question after a win.
struct NextCall {
  std::string tool;
  std::shared_ptr<const Json> arguments;
};

struct Proposal {
  std::vector<Effect> effects;               // never empty: a read says ReadsRecords
  std::shared_ptr<const Json> arguments;     // the same call with every name resolved to a ref, so that it means the same later
  std::string summary;                       // for a card: one line
  std::vector<std::string> card_lines;       // for a card: what the owner must see, in order
  std::vector<VersionStamp> stamps;          // records the card speaks of
  ContactId contact;                         // whom it is about, for listing and for killing open cards on merge
  LeadId lead;
  MessageId message;                         // set when a message's own bytes are what is approved
  std::string exact_bytes;                   // canonical message bytes; empty: the toolbox hashes tool, arguments and card
};

// One of several that a name could mean.
struct Choice {
  Noun noun = Noun::contact;
  std::string ref, label;  // C-12, "Ana Ruiz, (512) 555-0142"
};

struct ToolOutcome {
  std::shared_ptr<const Json> data;   // what a model or --json reads; refs, not ids
  std::string text;                   // the same for a person, from rows: "Added: Ana Ruiz, (512) 555-0142 (C-1)."
  std::vector<std::string> touched;   // refs of records made or changed, most important first
  std::vector<Choice> list;           // a numbered list the text shows, so that "2" can be answered
  std::vector<NextCall> next;
  std::string offer;                  // a question that may follow: "Want to open a lead for them?"
};

// What follows from a change whoever made it: runs after a tool has acted and before its audit row is written, so that
// both are one change and are taken back together. What fails in it is taken back alone.
using Consequence = std::function<Done(ToolContext&)>;

class Tool {
 public:
  virtual ~Tool() = default;
  virtual const ToolSpec& spec() const = 0;
  // Codes: invalid_argument, not_found, ambiguous (message lists them), conflict. Reads only.
  virtual Result<Proposal> propose(const Json& arguments, const ToolContext& context) const = 0;
  // `arguments` are the proposal's resolved ones. Everything it writes commits or rolls back with the call.
  virtual Result<ToolOutcome> run(const Json& arguments, ToolContext& context) const = 0;
};

}  // namespace deskhand
