#include "agent/agent.h"

#include <algorithm>

#include "agent/receipt.h"
#include "agent/summary.h"
#include "agent/turn.h"
#include "base/hash.h"
#include "base/json.h"
#include "base/limits.h"
#include "base/text.h"

namespace deskhand::agent {
namespace {

constexpr std::chrono::seconds kModelSeconds{120};  // one answer of a model, connection to last byte
constexpr std::size_t kHistorySteps = 160;          // about limits::kMessagesInContext messages with their calls

std::string new_id(const Clock& clock, Random& random) {
  return uuid_v7(clock.now().unix_ms(), random.next(), random.next());
}

}  // namespace

Agent::Agent(Store& store, const toolbox::Toolbox& toolbox, Model& model, const Clock& clock, Random& random, Briefing briefing,
             DeliverNow deliver_now, const Worker& worker, Quarantine* quarantine)
    : store_(store), toolbox_(toolbox), model_(model), clock_(clock), random_(random), briefing_(std::move(briefing)),
      deliver_now_(std::move(deliver_now)), worker_(worker), quarantine_(quarantine) {}

Result<ConversationId> Agent::open(const OrgId& org, const Actor& actor, std::string_view channel) {
  ConversationId id;
  const Done done = store_.write(org, [&](Txn& txn) -> Done {
    auto conversation = txn.conversations().open(channel, actor.user, clock_.now());
    if (!conversation) return conversation.error();
    id = conversation->id;
    return {};
  });
  if (!done) return done.error();
  return id;
}

Result<TurnReply> Agent::say(const PersonMessage& message) {
  if (message.text.size() > limits::kChatLineBytes)
    return make_error(Code::limit_exceeded, "That message is longer than " + std::to_string(limits::kChatLineBytes / 1024) + " KB; please send it in parts.");
  Turn turn;
  turn.org = message.org;
  turn.actor = message.actor;
  turn.run.conversation = message.conversation;
  turn.watch = message.watch;
  turn.prose = ProseGate(message.watch.on_text, briefing_.claims);
  if (auto done = load_history(turn); !done) return done.error();
  if (auto done = begin(turn, to_utf8(message.text)); !done) return done.error();
  auto answered = answer_cards(turn, message);
  if (!answered) return answered.error();
  if (!*answered)
    if (auto done = advance(turn); !done) return done.error();
  return std::move(turn.reply);
}

Result<TurnReply> Agent::pick(const PersonMessage& message, std::string_view tool, std::string_view arguments) {
  Turn turn;
  turn.org = message.org;
  turn.actor = message.actor;
  turn.run.conversation = message.conversation;
  ModelReply picked;  // logged in a model's form so that whoever reads the conversation later sees a call before its result
  picked.model = "person";
  picked.calls.push_back({"pick_" + new_id(clock_, random_), std::string(tool), std::string(arguments)});
  turn.picked = model_answered(picked, "", 0);
  if (auto done = begin(turn, message.text); !done) return done.error();
  if (auto done = advance(turn); !done) return done.error();
  return std::move(turn.reply);
}

Done Agent::load_history(Turn& turn) {
  return store_.read(turn.org, [&](Txn& txn) -> Done {
    auto steps = txn.conversations().last_steps(turn.run.conversation, kHistorySteps);
    if (!steps) return steps.error();
    // A run that a crash interrupted sees what it would have seen: nothing that was said after it began.
    const Instant begun = turn.begun_at();
    std::erase_if(*steps, [&](const Step& step) { return step.run == turn.run.id || (!turn.steps.empty() && step.at > begun); });
    auto read = with_summary_first(std::move(*steps));
    if (!read) return read.error();
    turn.history = std::move(*read);
    for (Step& step : turn.history) keep_content(step);
    return {};
  });
}

// Before a turn begins, a conversation that has grown long is made short: the summary follows the new run's first words.
Done Agent::shorten_history(Turn& turn) {
  auto in_force = procedures_in_force(turn.history);
  if (!in_force) return in_force.error();
  auto payload = summary_of(turn.history, *in_force);
  if (!payload) return payload.error();
  if (!*payload) return {};
  turn.add(StepKind::noted, **payload, clock_.now());
  std::vector<Step> all = std::move(turn.history);
  all.push_back(turn.steps.back());
  auto read = with_summary_first(std::move(all));
  if (!read) return read.error();
  turn.history = std::move(*read);
  return {};
}

Done Agent::begin(Turn& turn, std::string_view text) {
  turn.run.id = RunId(new_id(clock_, random_));
  turn.run.trigger = "person";
  turn.run.procedure_version = briefing_.version;
  turn.run.model = std::string(model_.name());
  turn.run.started_at = clock_.now();
  hold(turn, turn.run.started_at);
  turn.add(StepKind::person_said, person_said(text), clock_.now());
  if (auto done = note_events(turn); !done) return done;
  if (auto done = shorten_history(turn); !done) return done;
  if (!turn.picked.empty()) turn.add(StepKind::model_answered, turn.picked, clock_.now());
  return store_.write(turn.org, [&](Txn& txn) -> Done {
    auto run = txn.conversations().insert(turn.run);
    if (!run) return run.error();
    turn.run = std::move(*run);
    return turn.commit_steps(txn);
  });
}

void Agent::hold(Turn& turn, Instant now) const {
  turn.run.held_by = worker_.name();
  turn.run.held_until = now.plus_seconds(kLeaseSeconds);
}

// Within the unit of work of a step: the lease goes on when a third of it is over, so that most steps write nothing for it.
Done Agent::keep_hold(Turn& turn, Txn& txn) const {
  const Instant now = clock_.now();
  if (turn.run.held_until && now.plus_seconds(kLeaseSeconds * 2 / 3) < *turn.run.held_until) return {};
  hold(turn, now);
  return txn.conversations().update(turn.run);
}

Done Agent::advance(Turn& turn) {
  for (;;) {  // bounded by next_step(): calls, answers and repairs all have a limit
    auto state = fold_turn(turn.steps);
    if (!state) return state.error();
    state->cancelled = turn.watch.stop.stop_requested();
    const NextStep next = next_step(*state);
    if (std::holds_alternative<AskModel>(next)) {
      auto done = ask_model(turn);
      const bool was_stopped = !done && done.error().code == Code::cancelled && turn.watch.stop.stop_requested();
      if (!done && !was_stopped) return finish(turn, done.error().message);
    } else if (const auto* run = std::get_if<RunTools>(&next)) {
      if (auto done = run_tool(turn, run->call); !done) return done;
    } else if (const auto* halt = std::get_if<Halt>(&next)) {
      return finish(turn, halt->why);
    } else {
      return finish(turn, "");
    }
  }
}

Done Agent::ask_model(Turn& turn) {
  auto request = build_request(turn);
  if (!request) return request.error();
  if (turn.prose.is_watched()) {
    auto receipts = fold_receipts(turn.steps);
    if (!receipts) return receipts.error();
    turn.prose.begin(receipts->has_writes);
    request->on_text = [&turn](std::string_view text) { turn.prose.take(text); };
    request->on_restart = [&turn] { turn.prose.restart(); };
  }
  const auto asked = clock_.steady();
  WastedAnswers wasted;
  wasted.watch(*request);
  auto reply = model_.complete(*request, clock_.steady() + kModelSeconds, turn.watch.stop);
  const ModelSpend about{"", std::string(name_of(ModelPurpose::turn)), turn.run.conversation, turn.run.id, turn.today, {}, clock_.now()};
  if (auto done = wasted.keep(store_, turn.org, about); !done) return done;
  if (!reply) return reply.error();
  if (turn.notice.empty()) turn.notice = reply->notice;
  for (ProposedCall& call :
       reply->calls)  // ids tie results to calls over the whole conversation; a model's own may repeat
    call.id = "call_" + new_id(clock_, random_).substr(0, 13) + "_" + std::to_string(turn.steps.size()) + "_" +
              std::to_string(&call - reply->calls.data());
  if (reply->calls.size() > static_cast<std::size_t>(limits::kCallsPerTurn)) reply->calls.resize(limits::kCallsPerTurn);
  if (!reply->explanation.empty()) turn.reply.explanation += (turn.reply.explanation.empty() ? "" : "\n") + reply->explanation;
  const auto took = std::chrono::duration_cast<std::chrono::milliseconds>(clock_.steady() - asked);
  reply->text = shorten(to_utf8(reply->text), limits::kToolResultBytes);
  turn.prose.end(reply->text, !reply->calls.empty());
  turn.add(StepKind::model_answered, model_answered(*reply, sha256_hex(request->system).substr(0, kPromptHash), took.count()), clock_.now());
  return keep_answer(turn, reply->usage, reply->model);
}

// What was paid for is kept before anything is done with it: a crash then costs no second answer.
Done Agent::keep_answer(Turn& turn, const ModelUsage& usage, const std::string& model) {
  if (usage.input_tokens == 0 && usage.output_tokens == 0 && usage.cost_micros == 0) return {};
  const Instant now = clock_.now();
  const Done done = store_.write(turn.org, [&](Txn& txn) -> Done {
    const SpendSum sum{1, usage.input_tokens, usage.cached_tokens, usage.output_tokens, usage.cost_micros};
    const ModelSpend spend{
        model, std::string(name_of(ModelPurpose::turn)), turn.run.conversation, turn.run.id, turn.today, sum, now};
    if (auto kept = txn.spending().insert(spend); !kept) return kept;
    return turn.write_steps(txn);
  });
  if (done) turn.committed = turn.steps.size();
  return done;
}

Done Agent::run_tool(Turn& turn, const ProposedCall& call) {
  const ToolSpec* spec = toolbox_.find(call.tool);
  const EffectClass effect = spec == nullptr ? EffectClass::write : spec->effect;  // what it tried to do is unknown
  toolbox::CallRequest request;
  request.org = turn.org;
  request.actor = turn.model_actor();
  request.tool = call.tool;
  request.arguments_text = call.arguments_text;
  request.conversation = turn.run.conversation;
  request.run = turn.run.id;
  request.procedure_version = briefing_.version;
  const std::size_t before = turn.steps.size();
  Done logged;
  request.in_same_unit = [&](Txn& txn, const toolbox::CallResult& result) -> Done {
    turn.steps.resize(before);  // the unit may be tried again
    turn.add(StepKind::tool_called, tool_called(call, result, effect), clock_.now());
    logged = keep_hold(turn, txn);
    if (logged) logged = turn.write_steps(txn);
    return logged;
  };
  const toolbox::CallResult result = toolbox_.call(request);
  if (!logged) {  // nothing of this call was committed: another worker has this run, or the log can't be written
    turn.steps.resize(before);
    return logged;
  }
  if (!result.ok && (result.code == Code::unavailable || result.code == Code::unknown_outcome || result.code == Code::corrupt)) {
    turn.steps.resize(before);
    return make_error(result.code, result.error, result.error_detail);
  }
  turn.committed = turn.steps.size();
  turn.note_call(call.tool, result);
  return {};
}

Done Agent::finish(Turn& turn, std::string_view halted) {
  auto receipts = fold_receipts(turn.steps);
  if (!receipts) return receipts.error();
  std::vector<std::string> cards = receipts->parked;
  for (const Choice& choice : receipts->list)
    if (choice.noun == Noun::approval) cards.push_back(choice.ref);
  receipts->model_text = std::string(turn.prose.rest_of(receipts->model_text));  // what the screen has is judged no more
  const std::string& shown = turn.prose.shown();
  ReplyFrame frame;
  frame.halted = halted.empty() ? std::string_view(receipts->picked_error) : halted;
  frame.has_cards = !cards.empty();
  frame.programs_prose = prose_is_the_programs(turn.steps);
  frame.shown = shown;
  ComposedReply composed = compose_reply(*receipts, briefing_.claims, frame);
  std::vector<std::string> lines;
  if (!turn.notice.empty()) lines.push_back(turn.notice);
  lines.insert(lines.end(), composed.before.begin(), composed.before.end());
  if (turn.released)
    for (std::string& line : deliver_now_()) lines.push_back(std::move(line));
  lines.insert(lines.end(), composed.after.begin(), composed.after.end());
  ReplyRecord record;
  record.text = shown + (shown.empty() || lines.empty() || shown.back() == '\n' ? "" : "\n") + join(lines, "\n");
  turn.reply.shown_bytes = shown.size();
  record.list = receipts->list;
  record.asked = composed.asked;
  record.withheld = std::move(composed.prose.withheld);
  record.claim = std::move(composed.prose.claim);
  turn.reply.undo_ref = receipts->undo_ref;
  return commit_reply(turn, record, cards);
}

Done Agent::commit_reply(Turn& turn, const ReplyRecord& record, const std::vector<std::string>& card_refs) {
  const Instant now = clock_.now();
  const std::size_t before = turn.steps.size();
  return store_.write(turn.org, [&](Txn& txn) -> Done {
    turn.steps.resize(before);
    turn.reply.cards.clear();
    ReplyRecord final_record = record;
    std::vector<std::string> drawn;
    for (const std::string& ref_text : card_refs) {
      const auto ref = parse_ref(ref_text);
      if (!ref || std::find(drawn.begin(), drawn.end(), ref_text) != drawn.end()) continue;
      auto approval = txn.approvals().find_by_ref(ref->number);
      if (!approval) return approval.error();
      if (approval->status != ApprovalStatus::pending) continue;
      drawn.push_back(ref_text);
      auto shown = txn.conversations().show(CardCopy{turn.run.conversation, approval->id, approval->fingerprint, 0, now});
      if (!shown) return shown.error();
      turn.reply.cards.push_back(card_of(*approval));
    }
    final_record.cards = drawn;
    if (drawn.size() > 1 && final_record.list.empty())
      for (const Card& card : turn.reply.cards) final_record.list.push_back({Noun::approval, card.ref, card.summary});
    if (!final_record.list.empty()) {
      ListCopy list{turn.run.conversation, 0, drawn.empty() ? "choices" : "approvals", {}, now};
      int number = 0;
      for (const Choice& choice : final_record.list) list.items.push_back({++number, choice.noun, choice.ref, shorten(choice.label, limits::kNameBytes)});
      auto shown = txn.conversations().show(list);
      if (!shown) return shown.error();
    }
    turn.add(StepKind::replied, replied(final_record), now);
    turn.run.state = drawn.empty() ? RunState::done : RunState::waiting;
    turn.run.ended_at = now;
    turn.run.held_by.clear();
    turn.run.held_until.reset();
    turn.reply.text = final_record.text;
    turn.reply.list = final_record.list;
    turn.reply.run_ref = Ref{ref_prefix::kRun, turn.run.ref_number}.text();
    if (auto done = turn.write_steps(txn); !done) return done;
    return txn.conversations().update(turn.run);
  });
}

}  // namespace deskhand::agent
