#include "agent/agent.h"
#include "agent/turn.h"
#include "base/json.h"
#include "base/limits.h"
#include "base/text.h"

namespace deskhand::agent {
namespace {

constexpr std::size_t kCardsConsidered = 100;

}  // namespace

Card card_of(const Approval& approval) {
  Card card;
  card.ref = Ref{ref_prefix::kApproval, approval.head.ref_number}.text();
  card.summary = approval.summary;
  card.body = approval.card;
  card.fingerprint = approval.fingerprint;
  card.question = approval.note;
  card.kind = approval.kind;
  card.can_edit = approval.kind == ApprovalKind::send_message;
  return card;
}

void Agent::Turn::note_call(const std::string& tool, const toolbox::CallResult& result) {
  CallReport report;
  report.tool = tool;
  report.arguments = result.arguments;
  report.result = result.data;
  report.ok = result.ok;
  report.error_code = result.ok ? "" : std::string(code_name(result.code));
  report.error = result.error;
  reply.calls.push_back(std::move(report));
  for (const std::string& ref : result.touched)
    if (!ref.empty() && ref.front() == ref_prefix::kOutbox) released = true;
}

Result<AnswerContext> Agent::answer_context(Turn& turn, const PersonMessage& message) {
  AnswerContext context;
  const Instant sent_at = message.sent_at.us == 0 ? clock_.now() : message.sent_at;
  auto last = last_reply(turn.history);
  if (!last) return last.error();
  context.last_reply_asked = last->asked;
  const Done done = store_.read(turn.org, [&](Txn& txn) -> Done {
    auto org = txn.org().get();
    if (!org) return org.error();
    auto zone = Zone::find(org->timezone);
    if (!zone) return zone.error();
    context.now = zone->to_local(clock_.now());
    context.calendar = org->calendar;
    auto shown = txn.conversations().cards_shown(turn.run.conversation, kCardsConsidered);
    if (!shown) return shown.error();
    for (auto copy = shown->rbegin(); copy != shown->rend(); ++copy) {
      if (copy->delivered_at > sent_at) continue;  // the person could not have seen it
      auto approval = txn.approvals().find(copy->approval);
      if (!approval) return approval.error();
      if (approval->status != ApprovalStatus::pending || approval->fingerprint != copy->fingerprint) continue;
      DeliveredCard card;
      card.ref = Ref{ref_prefix::kApproval, approval->head.ref_number}.text();
      card.fingerprint = copy->fingerprint;
      card.summary = approval->summary;
      card.kind = approval->kind;
      card.message = approval->message;
      if (const auto content = parse_canonical_message(approval->canonical)) {
        card.draft_text = content->text;
        card.recipient = content->to_name;
      }
      card.in_last_reply = std::find(last->cards.begin(), last->cards.end(), card.ref) != last->cards.end();
      std::erase_if(context.cards, [&](const DeliveredCard& known) { return known.ref == card.ref; });
      context.cards.push_back(std::move(card));
    }
    auto list = txn.conversations().last_list(turn.run.conversation);
    if (!list) return list.error();
    if (*list && (*list)->delivered_at <= sent_at) context.list = (*list)->items;
    return {};
  });
  if (!done) return done.error();
  return context;
}

Result<bool> Agent::answer_cards(Turn& turn, const PersonMessage& message) {
  auto context = answer_context(turn, message);
  if (!context) return context.error();
  auto drawn = draw_unseen_cards(turn, message.text, *context);
  if (!drawn || *drawn) return drawn;
  const CardAnswer answer = read_card_answer(message.text, *context);
  if (std::holds_alternative<NotAnAnswer>(answer)) return answer_list(turn, message, *context);
  ReplyRecord record;
  if (const auto* back = std::get_if<AskBack>(&answer)) {
    record.text = back->question;
    record.asked = false;  // the question is about cards; the next bare yes must name one
    for (const DeliveredCard& card : context->cards) record.list.push_back({Noun::approval, card.ref, card.summary});
  } else {
    const auto& actions = std::get<std::vector<CardAction>>(answer);
    turn.add(StepKind::card_answer, cards_answered(actions), clock_.now());  // committed with the first of them
    for (const CardAction& action : actions)
      if (auto done = take_action(turn, action); !done) return done.error();
    if (auto done = finish_answers(turn); !done) return done.error();
    return true;
  }
  if (auto done = commit_reply(turn, record, {}); !done) return done.error();
  return true;
}

// The reply to answered cards, from the log alone: the same whether or not a crash lies between the answers.
Done Agent::finish_answers(Turn& turn) {
  auto receipts = fold_answers(turn.steps);
  if (!receipts) return receipts.error();
  std::vector<std::string> lines = std::move(receipts->lines);
  if (receipts->released || turn.released)
    for (std::string& line : deliver_now_()) lines.push_back(std::move(line));
  ReplyRecord record;
  record.text = join(lines, "\n");
  record.asked = !receipts->offer.empty() && receipts->parked.empty();
  if (record.asked) record.text += (record.text.empty() ? "" : "\n") + receipts->offer;
  turn.reply.undo_ref = receipts->undo_ref;
  return commit_reply(turn, record, receipts->parked);
}

Done Agent::take_action(Turn& turn, const CardAction& action) {
  Json arguments;
  std::string tool = "decide_approval";
  if (action.verdict == CardVerdict::edit) {
    tool = "revise_draft";
    arguments["approval"] = action.ref;
    if (!action.new_text.empty()) arguments["text"] = action.new_text;
    if (!action.replace_from.empty()) arguments["replace"] = {{"from", action.replace_from}, {"to", action.replace_to}};
  } else {
    arguments["approval"] = action.ref;
    arguments["fingerprint"] = action.fingerprint;
    arguments["verdict"] = action.verdict == CardVerdict::approve ? "approve" : action.verdict == CardVerdict::reject ? "reject" : "later";
    if (action.day) arguments["day"] = to_iso(*action.day);
  }
  toolbox::CallRequest request;
  request.org = turn.org;
  request.actor = turn.actor;  // the person: no model is between the words and the decision
  request.tool = tool;
  request.arguments_text = to_text(arguments);
  request.conversation = turn.run.conversation;
  request.run = turn.run.id;
  request.procedure_version = briefing_.version;
  const std::size_t before = turn.steps.size();
  Done logged;
  request.in_same_unit = [&](Txn& txn, const toolbox::CallResult& result) -> Done {
    turn.steps.resize(before);
    turn.add(StepKind::decided, decided(arguments.value("verdict", "edit"), action.ref, result), clock_.now());
    logged = keep_hold(turn, txn);
    if (logged) logged = turn.write_steps(txn);
    return logged;
  };
  const toolbox::CallResult result = toolbox_.call(request);
  if (!logged) {
    turn.steps.resize(before);
    return logged;
  }
  if (!result.ok && (result.code == Code::unavailable || result.code == Code::unknown_outcome || result.code == Code::corrupt)) {
    turn.steps.resize(before);
    return make_error(result.code, result.error, result.error_detail);
  }
  turn.committed = turn.steps.size();
  turn.note_call(tool, result);
  return {};
}

}  // namespace deskhand::agent
