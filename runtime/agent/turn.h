// One turn while it runs: its run row, its steps, and the reply that grows with them. Internal to the agent.
#pragma once

#include "agent/agent.h"
#include "agent/prose_gate.h"
#include "agent/run_log.h"

namespace deskhand::agent {

// How long a run is this worker's unless it says so again: longer than one answer of a model, the longest a run stands still.
inline constexpr std::int64_t kLeaseSeconds = 300;

struct Agent::Turn {
  OrgId org;
  Actor actor;              // the person
  Run run;
  std::vector<Step> history;  // earlier turns of the conversation, oldest first
  std::vector<Step> steps;    // of this run; the first `committed` of them are in the store
  std::size_t committed = 0;
  bool released = false;      // something may have been put into the outbox
  std::string notice;         // another model answered than the first of the chain, and why
  TurnWatch watch;            // the channel that waits for the reply
  ProseGate prose;            // the model's words on their way to it
  Day today;                  // of the org's zone, as the last request was built
  std::string picked;         // the call a person chose from a menu, as a step
  TurnReply reply;

  void add(StepKind kind, std::string payload, Instant at) {
    steps.push_back({run.id, static_cast<int>(steps.size()) + 1, kind, std::move(payload), at});
    keep_content(steps.back());
  }
  // Within a unit of work that may still roll back: `committed` moves only after it.
  Done write_steps(Txn& txn) const {
    for (std::size_t i = committed; i < steps.size(); ++i)
      if (auto done = txn.conversations().append(steps[i]); !done) return done;
    return {};
  }
  Done commit_steps(Txn& txn) {
    if (auto done = write_steps(txn); !done) return done;
    committed = steps.size();
    return {};
  }
  Instant begun_at() const { return steps.empty() ? run.started_at : steps.front().at; }
  // The model acts for this person and with their role, and is never taken for them.
  Actor model_actor() const {
    Actor model = actor;
    model.kind = ActorKind::model;
    model.authenticated = false;
    model.may_approve_messages = false;
    return model;
  }
  void note_call(const std::string& tool, const toolbox::CallResult& result);
};

Card card_of(const Approval& approval);

}  // namespace deskhand::agent
