// Runs that a crash interrupted. What they committed stands and is never run again: a step's number is taken once, and its rows
// committed with it. What is missing is done now, by one worker, for the person who began the run.
#include <algorithm>

#include "agent/agent.h"
#include "agent/list_answer.h"
#include "agent/turn.h"
#include "base/json.h"
#include "base/limits.h"
#include "base/text.h"

namespace deskhand::agent {
namespace {

constexpr int kResumesMax = 3;                 // a run that ends its process every time is given up
constexpr std::size_t kUnfinishedRuns = 1'000;
constexpr std::size_t kSaidBytes = 60;
constexpr std::size_t kOutcomeBytes = 200;

std::string ref_of(const Run& run) { return Ref{ref_prefix::kRun, run.ref_number}.text(); }

std::string said_in(const std::vector<Step>& steps) {
  if (steps.empty()) return {};
  const auto payload = content_of(steps.front());
  return payload ? (*payload)->value("text", "") : "";
}

}  // namespace

// Takes the run over and reads all that it committed. conflict: it is somebody else's, or over.
Done Agent::load_run(Turn& turn, const RunId& id) {
  const Instant now = clock_.now();
  const Done claimed = store_.write(turn.org, [&](Txn& txn) -> Done {
    ConversationStore& conversations = txn.conversations();
    auto run = conversations.find_run(id);
    if (!run) return run.error();
    if (run->state != RunState::running) return make_error(Code::conflict, ref_of(*run) + " is finished already.");
    if (run->form > kRunForm) return make_error(Code::conflict, ref_of(*run) + " was begun by a newer Deskhand; it goes on when that one starts.");
    const bool free = run->held_by.empty() || run->held_by == worker_.name() || !run->held_until || *run->held_until <= now || worker_.is_gone(run->held_by);
    if (!free) return make_error(Code::conflict, "Another Deskhand is at work on " + ref_of(*run) + ".");
    auto taken = conversations.take_over(*run, worker_.name(), now.plus_seconds(kLeaseSeconds));
    if (!taken) return taken.error();
    if (!*taken) return make_error(Code::conflict, "Another Deskhand has gone on with " + ref_of(*run) + ".");
    auto steps = conversations.steps_of(id);
    if (!steps) return steps.error();
    turn.run = std::move(*run);
    hold(turn, now);
    turn.steps = std::move(*steps);
    for (Step& step : turn.steps) keep_content(step);
    turn.committed = turn.steps.size();
    turn.add(StepKind::noted, resumed(), now);
    if (auto done = turn.write_steps(txn); !done) return done;
    auto conversation = conversations.find(turn.run.conversation);
    if (!conversation) return conversation.error();
    auto user = txn.org().find_user(conversation->user);
    if (!user) return user.error();
    turn.actor.kind = ActorKind::person;
    turn.actor.user = user->id;
    turn.actor.role = user->role;
    turn.actor.in_persons_turn = true;
    turn.actor.may_approve_messages = user->may_approve_messages;
    turn.actor.authenticated = user->active;  // they were when they said it
    turn.actor.channel = conversation->channel;
    return {};
  });
  if (claimed) turn.committed = turn.steps.size();
  return claimed;
}

Result<TurnReply> Agent::resume(const OrgId& org, const RunId& run) {
  Turn turn;
  turn.org = org;
  if (auto done = load_run(turn, run); !done) return done.error();
  const Done done = go_on(turn);
  const bool hopeless = !done && done.error().code != Code::unavailable && done.error().code != Code::unknown_outcome && done.error().code != Code::conflict;
  if (hopeless)
    if (auto given_up = give_up(turn, done.error().message); !given_up) return given_up.error();
  if (!done) return done.error();
  return std::move(turn.reply);
}

Done Agent::go_on(Turn& turn) {
  auto state = fold_turn(turn.steps);
  if (!state) return state.error();
  if (!turn.actor.authenticated) return make_error(Code::forbidden, "Whoever asked for it is no longer a user here.");
  if (state->resumes > kResumesMax)
    return make_error(Code::internal, "It was begun " + std::to_string(state->resumes) + " times and never came to its end; please say it again.");
  if (auto done = load_history(turn); !done) return done;
  if (state->answers_cards) {
    auto answered = fold_answers(turn.steps);
    if (!answered) return answered.error();
    if (auto done = take_answers_left(turn, answered->count); !done) return done;
    return finish_answers(turn);
  }
  auto answered = fold_answers(turn.steps);
  if (!answered) return answered.error();
  if (answered->count > 0) return finish_answers(turn);  // of form 1, or a list's of form 2: it did not write down what else was answered
  const bool begun = state->model_answers > 0 || !state->results.empty();
  if (!begun) {
    PersonMessage message{turn.org, turn.actor, turn.run.conversation, said_in(turn.steps), turn.begun_at()};
    auto read = answer_cards(turn, message);
    if (!read) return read.error();
    if (*read) return {};
  }
  return advance(turn);
}

// The answers of this run after the first `taken`, which are on the record already.
Done Agent::take_answers_left(Turn& turn, std::size_t taken) {
  std::vector<CardAction> cards;
  std::vector<ListAction> lines;
  for (const Step& step : turn.steps) {
    if (step.kind != StepKind::card_answer) continue;
    auto of_cards = read_card_actions(step);
    if (!of_cards) return of_cards.error();
    auto of_lists = read_list_actions(step);
    if (!of_lists) return of_lists.error();
    cards = std::move(*of_cards);
    lines = std::move(*of_lists);
  }
  for (std::size_t i = taken; i < cards.size(); ++i)
    if (auto done = take_action(turn, cards[i]); !done) return done;
  for (std::size_t i = taken; i < lines.size(); ++i)
    if (auto done = take_list_action(turn, lines[i]); !done) return done;
  return {};
}

Done Agent::give_up(Turn& turn, std::string_view why) {
  return store_.write(turn.org, [&](Txn& txn) -> Done {
    auto steps = txn.conversations().steps_of(turn.run.id);
    if (!steps) return steps.error();
    const int next = steps->empty() ? 1 : steps->back().number + 1;
    if (auto done = txn.conversations().append({turn.run.id, next, StepKind::noted, gave_up(why), clock_.now()}); !done) return done;
    turn.run.state = RunState::failed;
    turn.run.ended_at = clock_.now();
    turn.run.held_by.clear();
    turn.run.held_until.reset();
    return txn.conversations().update(turn.run);
  });
}

// A card may also die by a merge, a newer draft or its age, which no answer tells its run about.
Done Agent::close_answered_runs(const OrgId& org) {
  return store_.write(org, [&](Txn& txn) -> Done {
    auto runs = txn.conversations().unfinished_runs(kUnfinishedRuns);
    if (!runs) return runs.error();
    auto open = txn.approvals().pending(limits::kPendingApprovals);
    if (!open) return open.error();
    for (Run& run : *runs) {
      const bool waits = std::any_of(open->begin(), open->end(), [&](const Approval& approval) { return approval.run == run.id; });
      if (run.state != RunState::waiting || waits) continue;
      run.state = RunState::done;
      if (auto done = txn.conversations().update(run); !done) return done;
    }
    return {};
  });
}

Result<std::vector<PickedUp>> Agent::resume_all(const OrgId& org) {
  std::vector<Run> runs;
  const Done read = store_.read(org, [&](Txn& txn) -> Done {
    auto found = txn.conversations().unfinished_runs(kUnfinishedRuns);
    if (!found) return found.error();
    runs = std::move(*found);
    return {};
  });
  if (!read) return read.error();
  std::vector<PickedUp> picked_up;
  for (const Run& run : runs) {
    if (run.state != RunState::running) continue;
    PickedUp one;
    one.run_ref = ref_of(run);
    auto reply = resume(org, run.id);
    if (!reply && (reply.error().code == Code::conflict)) continue;  // another process is at it
    if (!reply && (reply.error().code == Code::unavailable || reply.error().code == Code::unknown_outcome)) return reply.error();
    one.finished = static_cast<bool>(reply);
    if (reply) one.cards = std::move(reply->cards);
    one.outcome = reply ? first_line(reply->text, kOutcomeBytes) : reply.error().message;
    const Done said = store_.read(org, [&](Txn& txn) -> Done {
      auto steps = txn.conversations().steps_of(run.id);
      if (!steps) return steps.error();
      one.said = shorten(printable_line(said_in(*steps)), kSaidBytes);
      return {};
    });
    if (!said) return said.error();
    picked_up.push_back(std::move(one));
  }
  if (!runs.empty())
    if (auto done = close_answered_runs(org); !done) return done.error();
  return picked_up;
}

}  // namespace deskhand::agent
