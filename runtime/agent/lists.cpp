// Numbered lists in a conversation: what the calendar has to tell, and the answers to it. See agent.h.
#include "agent/agent.h"
#include "agent/list_answer.h"
#include "agent/turn.h"
#include "base/json.h"
#include "base/limits.h"
#include "base/text.h"
#include "ports/store/telling.h"

namespace deskhand::agent {
namespace {

// The lead that a line of the list belongs to, "" when it belongs to none.
std::string lead_of(Txn& txn, const ListItem& item) {
  const auto ref = parse_ref(item.ref);
  if (!ref) return {};
  LeadId lead;
  if (item.noun == Noun::interaction) {
    if (const auto found = txn.interactions().find_by_ref(ref->number)) lead = found->lead;
  } else if (item.noun == Noun::reminder) {
    if (const auto found = txn.interactions().find_reminder_by_ref(ref->number)) lead = found->lead;
  } else if (item.noun == Noun::opportunity) {
    if (const auto found = txn.opportunities().find_by_ref(ref->number)) lead = found->lead;
  }
  if (lead.empty()) return {};
  const auto found = txn.leads().find(lead);
  return found ? Ref{ref_prefix::kLead, found->head.ref_number}.text() : "";
}

}  // namespace

Result<std::optional<TurnReply>> Agent::news(const PersonMessage& message) {
  std::optional<TurnReply> told;
  const Done done = store_.write(message.org, [&](Txn& txn) -> Done {
    told.reset();
    const Instant now = clock_.now();
    auto digests = tell_waiting(txn, message.actor.user, message.actor.channel, now);
    if (!digests) return digests.error();
    if (digests->empty()) return {};
    NumberedDigests all = number_through(*digests);
    told.emplace();
    told->text = std::move(all.text);
    for (const ListItem& item : all.items) told->list.push_back({item.noun, item.ref, item.label});
    if (all.items.empty()) return {};
    auto shown = txn.conversations().show(ListCopy{message.conversation, 0, "digest", std::move(all.items), now});
    return shown ? Done{} : Done{shown.error()};
  });
  if (!done) return done.error();
  return told;
}

Result<bool> Agent::answer_list(Turn& turn, const PersonMessage& message, const AnswerContext& context) {
  const ListAnswer answer = read_list_answer(message.text, context);
  if (std::holds_alternative<NotAnAnswer>(answer)) return false;
  ReplyRecord record;
  if (const auto* back = std::get_if<AskBack>(&answer)) {
    record.text = back->question;
    if (auto done = commit_reply(turn, record, {}); !done) return done.error();
    return true;
  }
  const auto& actions = std::get<std::vector<ListAction>>(answer);
  turn.add(StepKind::card_answer, list_answered(actions), clock_.now());  // committed with the first of them
  for (const ListAction& action : actions)
    if (auto done = take_list_action(turn, action); !done) return done.error();
  // With several new cards their own numbering is the latest list; otherwise the one that was answered stays open.
  if (auto done = finish_answers(turn); !done) return done.error();
  return true;
}

// Each action leaves one step "decided", whether it called a tool or not: their count says where a crash fell.
Done Agent::take_list_action(Turn& turn, const ListAction& action) {
  const std::string number = std::to_string(action.item.number) + ": ";
  if (action.item.noun == Noun::approval) {
    const bool decides = action.verdict != reader::Verdict::draft && action.verdict != reader::Verdict::done;
    if (!action.fingerprint.empty() && decides) {
      const CardVerdict verdict = action.verdict == reader::Verdict::yes     ? CardVerdict::approve
                                  : action.verdict == reader::Verdict::later ? CardVerdict::later
                                                                             : CardVerdict::reject;
      return take_action(turn, CardAction{action.item.ref, action.fingerprint, verdict, action.day, "", "", ""});
    }
    // A yes needs the card before one's eyes; a line of a list is not it.
    turn.add(StepKind::decided,
             left_open(name_of(action.verdict), action.item.ref,
                       number + "here is " + action.item.ref + "; look at it before you answer.", action.item.ref),
             clock_.now());
    return {};
  }
  std::string about;
  const Done read = store_.read(turn.org, [&](Txn& txn) -> Done {
    about = lead_of(txn, action.item);
    return {};
  });
  if (!read) return read;
  ListCall call = call_for(action, about);
  if (!call.problem.empty() || call.tool.empty()) {
    const std::string words = number + (call.problem.empty() ? "left as it is." : call.problem);
    turn.add(StepKind::decided, left_open(name_of(action.verdict), action.item.ref, words, ""), clock_.now());
    return {};
  }
  if (call.tool == "draft_follow_up")
    if (auto done = word_call(turn, call); !done) return done;
  toolbox::CallRequest request;
  request.org = turn.org;
  request.actor = turn.actor;  // the person: no model is between the words and the call
  request.tool = call.tool;
  request.arguments_text = call.arguments_text;
  request.conversation = turn.run.conversation;
  request.run = turn.run.id;
  request.procedure_version = briefing_.version;
  const std::size_t before = turn.steps.size();
  Done logged;
  request.in_same_unit = [&](Txn& txn, const toolbox::CallResult& result) -> Done {
    turn.steps.resize(before);  // the unit may be tried again
    toolbox::CallResult told = result;
    (told.ok ? told.text : told.error).insert(0, number);
    told.offer.clear();  // the list is still open; a question about one of its lines would take the next "yes"
    turn.add(StepKind::decided, decided(name_of(action.verdict), action.item.ref, told), clock_.now());
    logged = keep_hold(turn, txn);
    if (logged) logged = turn.write_steps(txn);
    return logged;
  };
  const toolbox::CallResult result = toolbox_.call(request);
  if (!logged) {
    turn.steps.resize(before);
    return logged;
  }
  if (!result.ok &&
      (result.code == Code::unavailable || result.code == Code::unknown_outcome || result.code == Code::corrupt)) {
    turn.steps.resize(before);
    return make_error(result.code, result.error, result.error_detail);
  }
  turn.committed = turn.steps.size();
  turn.note_call(call.tool, result);
  return {};
}

Done Agent::word_call(Turn& turn, ListCall& call) {
  auto arguments = parse_json(call.arguments_text, limits::kToolArgumentsBytes);
  if (!arguments) return arguments.error();
  auto words = word_follow_up(turn, arguments->value("lead", ""));
  if (!words) return words.error();
  if (words->empty()) return {};
  (*arguments)["text"] = std::move(*words);
  call.arguments_text = to_text(*arguments);
  return {};
}

}  // namespace deskhand::agent
