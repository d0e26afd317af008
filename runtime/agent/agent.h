// Agent: takes what a person says and turns it into calls and a reply. The message is committed before anything is thought;
// answers to open cards are read without a model; everything else runs through the one loop that next_step() decides.
//
// Thread rule: thread-safe; one turn per conversation at a time is the channel's affair. References must outlive the object.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "agent/activation.h"
#include "agent/card_answer.h"
#include "agent/claim_lexicon.h"
#include "agent/run_log.h"
#include "ports/channel.h"
#include "ports/clock.h"
#include "ports/model.h"
#include "ports/quarantine.h"
#include "ports/random.h"
#include "ports/store/store.h"
#include "ports/worker.h"
#include "toolbox/toolbox.h"

namespace deskhand::agent {

struct ListAction;
struct ListCall;

// What the business lets models use; absent: as much as they like. A limit that is reached ends no turn: the rest of it
// is answered by a model that costs nothing. Money is in millionths of the price list's currency.
struct SpendCaps {
  std::optional<std::int64_t> turn_cost_micros, conversation_cost_micros, day_cost_micros;
  std::optional<std::int64_t> turn_tokens, conversation_tokens, day_tokens;
  std::string currency = "USD";
};
// The tightest of them for a request that is asked now.
void set_limits(const SpendCaps& caps, const SpendingStore::Standing& spent, ModelRequest& request);

// What answers cost that could not be used. It counts against the limits like any other.
class WastedAnswers {
 public:
  // Those of this request are noted here, which must outlive it.
  void watch(ModelRequest& request);
  // Stores them as spent on what `about` says (purpose, conversation, run, day, time). Call in no unit of work.
  Done keep(Store& store, const OrgId& org, const ModelSpend& about);

 private:
  std::vector<std::pair<std::string, ModelUsage>> answers_;  // by which model
};

// What the active procedures contribute to a turn; fixed for the life of the Agent, so a run never sees a change in its
// middle.
struct Briefing {
  std::string system;  // the prompt, before the procedures
  std::vector<BriefedProcedure> procedures;
  std::string version;  // stamped on runs and approvals
  SpendCaps caps;
  ClaimLexicon claims;                 // prose that is never shown as a receipt
};

// A run that a crash had interrupted and this process has finished, or given up.
struct PickedUp {
  std::string run_ref, said;  // T-12; the person's words, shortened
  std::string outcome;        // the reply's first line, or why it was given up
  std::vector<Card> cards;    // that it ends in: whoever picks it up shows them, for a yes may follow
  bool finished = false;
};

class Agent final : public Inbox {
 public:
  // Sends what was just released and says, a line each, what became of it. Called outside any unit of work.
  using DeliverNow = std::function<std::vector<std::string>()>;

  Agent(Store& store, const toolbox::Toolbox& toolbox, Model& model, const Clock& clock, Random& random, Briefing briefing,
        DeliverNow deliver_now, const Worker& worker, Quarantine* quarantine = nullptr);

  Result<ConversationId> open(const OrgId& org, const Actor& actor, std::string_view channel) override;
  // limit_exceeded: longer than limits::kChatLineBytes. A turn that stops half way still replies, with what was done.
  Result<TurnReply> say(const PersonMessage& message) override;
  Result<std::optional<TurnReply>> news(const PersonMessage& message) override;
  Result<TurnReply> pick(const PersonMessage& message, std::string_view tool, std::string_view arguments) override;
  // Goes on with a turn that a crash interrupted, for the person who began it and with the role they have now; committed steps
  // are not run again. conflict: another worker that may be alive holds it, or it is no longer running.
  Result<TurnReply> resume(const OrgId& org, const RunId& run);
  // All of them, oldest first. A run that can not be read, or that failed every time, is given up and says so.
  Result<std::vector<PickedUp>> resume_all(const OrgId& org);

 private:
  struct Turn;
  Done begin(Turn& turn, std::string_view text);
  Done load_run(Turn& turn, const RunId& run);
  Done give_up(Turn& turn, std::string_view why);
  Done go_on(Turn& turn);
  Done close_answered_runs(const OrgId& org);
  void hold(Turn& turn, Instant now) const;
  Done keep_hold(Turn& turn, Txn& txn) const;
  Done load_history(Turn& turn);
  Done shorten_history(Turn& turn);
  Result<std::vector<std::string>> procedures_in_force(const std::vector<Step>& steps) const;
  Done note_events(Turn& turn) const;
  Result<bool> answer_cards(Turn& turn, const PersonMessage& message);
  Result<bool> draw_unseen_cards(Turn& turn, std::string_view text, const AnswerContext& context);
  Result<bool> answer_list(Turn& turn, const PersonMessage& message, const AnswerContext& context);
  Done take_list_action(Turn& turn, const ListAction& action);
  Done take_action(Turn& turn, const CardAction& action);
  Done word_call(Turn& turn, ListCall& call);
  Result<std::string> word_follow_up(Turn& turn, const std::string& lead);
  Done take_answers_left(Turn& turn, std::size_t taken);
  Done finish_answers(Turn& turn);
  Done advance(Turn& turn);
  Done ask_model(Turn& turn);
  Done run_tool(Turn& turn, const ProposedCall& call);
  Done keep_answer(Turn& turn, const ModelUsage& usage, const std::string& model);
  Result<ModelRequest> build_request(Turn& turn) const;
  Done finish(Turn& turn, std::string_view halted);
  Done commit_reply(Turn& turn, const ReplyRecord& record, const std::vector<std::string>& card_refs);
  Result<AnswerContext> answer_context(Turn& turn, const PersonMessage& message);

  Store& store_;
  const toolbox::Toolbox& toolbox_;
  Model& model_;
  const Clock& clock_;
  Random& random_;
  Briefing briefing_;
  DeliverNow deliver_now_;
  const Worker& worker_;
  Quarantine* const quarantine_;  // null: drafts are worded by their templates
};

}  // namespace deskhand::agent
