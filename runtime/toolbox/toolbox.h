// Toolbox: the one registry of tools and the one way to call them. A call checks its arguments against the schema, resolves
// names, gathers facts, lets every guard judge every effect, and acts: all in one unit of work of the store, with its audit
// row and the caller's run-log step. An Ask parks the action as an approval; the yes runs it again through the same path.
//
// Thread rule: call() may be called from any thread. Ownership: owns its tools and guards; store, clock and random must
// outlive it.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/json_fwd.h"
#include "base/result.h"
#include "ports/clock.h"
#include "ports/guard.h"
#include "ports/model.h"
#include "ports/random.h"
#include "ports/store/store.h"
#include "ports/tool.h"

namespace deskhand::schema {
class Schema;
}

namespace deskhand::toolbox {

struct CallResult {
  bool ok = false;
  Code code = Code::internal;            // when not ok
  std::string error, error_detail;       // one line for the person or the model; for the log
  std::string rule_id;                   // the guard that stopped it, when one did
  std::string asked_rule;                // the guard that wants a yes, when something was parked
  std::shared_ptr<const Json> arguments; // as parsed; null when they were no JSON
  std::shared_ptr<const Json> data;
  std::string text, offer;
  std::vector<std::string> touched;
  std::vector<Choice> list;              // what the text numbers; with Code::ambiguous, what the name could mean
  std::vector<Approval> parked;          // questions this call left for the owner, in order
  std::optional<Approval> decided;       // decide_approval only: the approval as it stands now
  std::string undo_ref;                  // U-7 when `undo` can take the change back
  std::vector<std::int64_t> audit;       // numbers of the audit rows this call wrote: they hold which rows changed
};

struct CallRequest {
  OrgId org;
  Actor actor;
  std::string tool, arguments_text;
  ConversationId conversation;
  RunId run;
  std::string origin;             // message id, when outside text gave the arguments
  std::string procedure_version;
  // Runs last in the same unit of work, with the outcome: how a run's step commits together with what it did. May be null.
  std::function<Done(Txn&, const CallResult&)> in_same_unit;
};

class Toolbox {
 public:
  // invalid_argument: two tools of one name, a schema that does not load, a tool that writes and no guards.
  static Result<std::unique_ptr<Toolbox>> make(std::vector<std::unique_ptr<Tool>> tools, std::vector<std::unique_ptr<Guard>> guards,
                                               Store& store, const Clock& clock, Random& random, Consequence consequence = {});
  ~Toolbox();
  Toolbox(const Toolbox&) = delete;
  Toolbox& operator=(const Toolbox&) = delete;

  // Never fails as a function: what went wrong is in the result. With unavailable or unknown_outcome nothing is known to have
  // been written.
  CallResult call(const CallRequest& request) const;

  // By name, in order of the alphabet; all of them, for `deskhand tools` and documentation.
  std::vector<const ToolSpec*> specs() const;
  const ToolSpec* find(std::string_view name) const;
  // What a model that acts for this person may be offered: never system, never owner_action.
  std::vector<OfferedTool> offered_to(const Actor& actor) const;
  const std::vector<std::unique_ptr<Guard>>& guards() const { return guards_; }

 private:
  struct Entry {
    std::unique_ptr<Tool> tool;
    mutable std::shared_ptr<const schema::Schema> compiled;  // made at the first call, under compile_mutex_
  };
  struct Unit;  // what one call shares on its way through a unit of work

  Toolbox(std::vector<std::unique_ptr<Guard>> guards, Store& store, const Clock& clock, Random& random);
  std::string refuse_role(const ToolSpec& spec, const Actor& actor) const;
  Result<Json> check_arguments(const Entry& entry, std::string_view text) const;
  Done run_unit(Txn& txn, const Entry& entry, const Json& arguments, const CallRequest& request, CallResult& result) const;
  Done draw_consequence(ToolContext& context) const;
  Done perform(Unit& unit, const Tool& tool, const Json& arguments, const Approval* approval, int depth) const;
  Done park(Unit& unit, const Tool& tool, const Proposal& proposal, const Ask& ask, const std::string& canonical,
            const ApprovalId& replaces) const;
  // decide_approval, in decide_approval.cpp: what an answer to a card leads to.
  static constexpr std::string_view kRedraw = "redraw";  // detail of the error by which approve() learns that the card is stale
  Done decide(Unit& unit, const Json& arguments) const;
  Done decide_later(Unit& unit, const Approval& approval, const std::string& day_text) const;
  Done reject(Unit& unit, const Approval& approval, const ApprovalDecision& decision) const;
  Done approve(Unit& unit, const Approval& approval, const ApprovalDecision& decision) const;
  Done redraw(Unit& unit, const Approval& approval, const std::string& why) const;
  Done close_card(Unit& unit, const Approval& approval, ApprovalStatus status, const std::string& why) const;
  Done tell_waiting_run(Unit& unit, const Approval& approval, std::string_view verdict) const;
  Done note_decision(Unit& unit, const ApprovalId& id, std::string_view verdict) const;

  std::map<std::string, Entry, std::less<>> entries_;
  std::vector<std::unique_ptr<Guard>> guards_;
  Store& store_;
  const Clock& clock_;
  Random& random_;
  Consequence consequence_;  // may be empty
  struct CompileMutex;
  std::unique_ptr<CompileMutex> compile_mutex_;
};

}  // namespace deskhand::toolbox
