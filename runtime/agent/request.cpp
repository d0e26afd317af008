#include <algorithm>

#include "agent/agent.h"
#include "agent/summary.h"
#include "agent/turn.h"
#include "base/limits.h"
#include "base/text.h"

namespace deskhand::agent {
namespace {

constexpr std::size_t kFocusRecords = 12;
constexpr std::size_t kOpenCards = 20;
constexpr std::size_t kMessagesMax = 2 * limits::kMessagesInContext;  // a summarised past and the longest turn
constexpr std::size_t kFocusWithFacts = 4;                            // records whose rows are worth their tokens

std::string facts_of(const Contact& contact) {
  std::vector<std::string> facts;
  for (const ContactPoint& point : contact.points)
    if (!point.retired) facts.push_back((point.kind == PointKind::phone ? "phone " : "e-mail ") + point.normal);
  if (contact.do_not_contact) facts.emplace_back("do not contact");
  return join(facts, ", ");
}

// Says what a focus record is called, so that "her lead" and "the other one" can be told apart, and what a model would otherwise
// read with a call of its own: how to reach somebody, where a lead stands. What can't be read stays as it is.
void describe(FocusRecord& record, bool with_facts, Txn& txn) {
  const auto ref = parse_ref(record.ref);
  const bool needs_label = record.label.empty();
  if (!ref || (!needs_label && !with_facts)) return;
  if (record.noun == Noun::contact) {
    const auto contact = txn.contacts().find_by_ref(ref->number);
    if (!contact) return;
    if (needs_label) record.label = contact->full_name();
    if (with_facts) record.facts = facts_of(*contact);
  } else if (record.noun == Noun::lead) {
    const auto lead = txn.leads().find_by_ref(ref->number);
    if (!lead) return;
    if (with_facts) record.facts = "stage " + std::string(name_of(lead->stage));
    if (!needs_label) return;
    record.label = lead->title;
    if (lead->contact.empty()) return;
    if (const auto contact = txn.contacts().find_live(lead->contact)) record.label += " - " + contact->full_name();
  } else if (record.noun == Noun::opportunity && needs_label) {
    if (const auto opportunity = txn.opportunities().find_by_ref(ref->number)) record.label = opportunity->name;
  }
}

}  // namespace

Result<ModelRequest> Agent::build_request(Turn& turn) const {
  ModelRequest request;
  request.tools = toolbox_.offered_to(turn.actor);
  std::vector<Step> everything = turn.history;
  everything.insert(everything.end(), turn.steps.begin(), turn.steps.end());
  auto read = with_summary_first(std::move(everything));
  if (!read) return read.error();
  const std::vector<Step>& all = *read;
  auto messages = fold_messages(all);
  if (!messages) return messages.error();
  auto in_force = procedures_in_force(all);
  if (!in_force) return in_force.error();
  request.system = briefing_.system;
  for (const BriefedProcedure& procedure : briefing_.procedures) {
    if (std::find(in_force->begin(), in_force->end(), procedure.name) == in_force->end()) continue;
    request.system += "\n" + procedure.text;
    request.requests.insert(request.requests.end(), procedure.requests.begin(), procedure.requests.end());
  }
  if (messages->size() > kMessagesMax) {  // the summary keeps it shorter; what an older version logged may be longer
    auto first = messages->end() - static_cast<std::ptrdiff_t>(kMessagesMax);
    first = std::find_if(first, messages->end(),
                         [](const ModelMessage& message) { return message.speaker == Speaker::person; });
    messages->erase(messages->begin(), first);  // begins with a person's words, so no result stands without its call
  }
  request.messages = std::move(*messages);
  auto focus = fold_focus(all, kFocusRecords);
  if (!focus) return focus.error();
  request.focus = std::move(*focus);
  const Done done = store_.read(turn.org, [&](Txn& txn) -> Done {
    auto org = txn.org().get();
    if (!org) return org.error();
    auto zone = Zone::find(org->timezone);
    if (!zone) return zone.error();
    request.now = zone->to_local(clock_.now());
    turn.today = request.now.day;
    auto spent = txn.spending().standing(turn.run.id, turn.run.conversation, turn.today);
    if (!spent) return spent.error();
    set_limits(briefing_.caps, *spent, request);
    request.zone = org->timezone;
    request.region = org->region;
    request.currency = org->currency;
    request.business_name = org->name;
    request.calendar = org->calendar;
    if (!turn.actor.user.empty()) {
      auto user = txn.org().find_user(turn.actor.user);
      if (!user) return user.error();
      request.person_name = user->name;
    }
    for (std::size_t at = 0; at < request.focus.size(); ++at) describe(request.focus[at], at < kFocusWithFacts, txn);
    auto pending = txn.approvals().pending(kOpenCards);
    if (!pending) return pending.error();
    for (const Approval& approval : *pending)
      request.cards.push_back({Ref{ref_prefix::kApproval, approval.head.ref_number}.text(), approval.summary, approval.kind});
    return {};
  });
  if (!done) return done.error();
  return request;
}

}  // namespace deskhand::agent
