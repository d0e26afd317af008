#include "toolbox/decide_approval.h"

#include "base/hash.h"
#include "base/json.h"
#include "base/limits.h"
#include "base/text.h"
#include "toolbox/facts.h"
#include "toolbox/unit.h"

namespace deskhand::toolbox {
namespace {

constexpr std::size_t kNewsLines = 5;
constexpr int kMorningMinute = 8 * 60;  // "later Friday" asks again when that day's work begins

std::string ref_of(const Approval& approval) { return Ref{ref_prefix::kApproval, approval.head.ref_number}.text(); }

Result<Approval> find_approval(Txn& txn, std::string_view text) {
  const auto ref = parse_ref(text);
  if (!ref || ref->prefix != ref_prefix::kApproval)
    return make_error(Code::invalid_argument, "\"" + shorten(printable_line(text), 40) + "\" names no approval; they look like A-5.");
  auto approval = txn.approvals().find_by_ref(ref->number);
  if (!approval && approval.error().code == Code::not_found)
    return make_error(Code::not_found, "There is no approval " + ref->text() + "; `deskhand approvals list` shows those that wait.");
  return approval;
}

std::string past_decision(const Approval& approval, const Zone& zone) {
  std::string text = ref_of(approval) + " was already " + std::string(name_of(approval.status));
  if (approval.decided_at) {
    const LocalTime at = zone.to_local(*approval.decided_at);
    text += " on " + to_short_text(at.day) + " at " + to_clock_text(at.minute_of_day);
  }
  return text + "; nothing was done again.";
}

class DecideApproval final : public Tool {
 public:
  DecideApproval() {
    spec_.name = std::string(kDecideApproval);
    spec_.description = "Answer a card: approve or reject exactly the bytes it showed, or be asked again later.";
    spec_.effect = EffectClass::write;
    spec_.role = ToolRole::owner_action;
    spec_.arguments = std::make_shared<const Json>(Json{
        {"type", "object"},
        {"additionalProperties", false},
        {"required", {"approval", "verdict"}},
        {"properties",
         {{"approval", {{"type", "string"}, {"maxLength", 20}, {"description", "The card's ref, such as A-5"}}},
          {"verdict", {{"enum", {"approve", "reject", "later"}}}},
          {"fingerprint", {{"type", "string"}, {"pattern", "^[0-9a-f]{64}$"}, {"description", "The card's fingerprint; not needed for later"}}},
          {"day", {{"type", "string"}, {"format", "date"}, {"description", "For later: when to ask again; tomorrow when left out"}}},
          {"note", {{"type", "string"}, {"maxLength", limits::kSubjectBytes}}}}}});
  }
  const ToolSpec& spec() const override { return spec_; }

  Result<Proposal> propose(const Json& arguments, const ToolContext& context) const override {
    auto approval = find_approval(context.txn, arguments.at("approval").get<std::string>());
    if (!approval) return approval.error();
    Proposal proposal;
    proposal.effects.push_back(DecidesApproval{approval->kind});
    proposal.summary = approval->summary;
    return proposal;
  }

  Result<ToolOutcome> run(const Json&, ToolContext&) const override {
    return make_error(Code::internal, "A decision runs in the toolbox.");  // Toolbox::perform never comes here
  }

 private:
  ToolSpec spec_;
};

// One line for each record the card speaks of that has changed since it was drawn.
Result<std::vector<std::string>> news_since(Txn& txn, const Approval& approval) {
  std::vector<std::string> news;
  for (const VersionStamp& stamp : approval.stamps) {
    if (news.size() >= kNewsLines) break;
    std::int64_t version = stamp.version;
    std::string name;
    if (stamp.noun == Noun::contact) {
      auto contact = txn.contacts().find(ContactId(stamp.id));
      if (!contact) return contact.error();
      version = contact->head.version;
      name = contact->full_name() + " (" + Ref{ref_prefix::kContact, contact->head.ref_number}.text() + ")";
    } else if (stamp.noun == Noun::lead) {
      auto lead = txn.leads().find(LeadId(stamp.id));
      if (!lead) return lead.error();
      version = lead->head.version;
      name = lead->title + " (" + Ref{ref_prefix::kLead, lead->head.ref_number}.text() + ")";
    } else if (stamp.noun == Noun::opportunity) {
      auto opportunity = txn.opportunities().find(OpportunityId(stamp.id));
      if (!opportunity) return opportunity.error();
      version = opportunity->head.version;
      name = opportunity->name + " (" + Ref{ref_prefix::kOpportunity, opportunity->head.ref_number}.text() + ")";
    }
    if (version != stamp.version) news.push_back(printable_line(name) + " was changed after this card was drawn.");
  }
  return news;
}

}  // namespace

std::unique_ptr<Tool> make_decide_approval() { return std::make_unique<DecideApproval>(); }

Done Toolbox::decide(Unit& unit, const Json& arguments) const {
  auto found = find_approval(unit.txn, arguments.at("approval").get<std::string>());
  if (!found) return found.error();
  const Approval& approval = *found;
  const std::string verdict = arguments.at("verdict").get<std::string>();
  if (approval.status != ApprovalStatus::pending) {
    unit.result.decided = approval;
    return make_error(Code::conflict, past_decision(approval, unit.zone));
  }
  if (approval.expires_at <= unit.now) return close_card(unit, approval, ApprovalStatus::expired, ref_of(approval) + " has expired; ask for it again.");
  if (verdict == "later") return decide_later(unit, approval, arguments.value("day", ""));

  ApprovalDecision decision;
  decision.status = verdict == "approve" ? ApprovalStatus::approved : ApprovalStatus::rejected;
  decision.fingerprint = arguments.value("fingerprint", "");
  decision.by = unit.request.actor.user;
  decision.where = unit.request.actor.channel;
  decision.note = arguments.value("note", "");
  decision.at = unit.now;
  if (!equal_in_constant_time(decision.fingerprint, approval.fingerprint))
    return make_error(Code::conflict, "The answer does not carry the fingerprint of " + ref_of(approval) +
                                          " as it stands now; look at the card again (`deskhand approvals show " + ref_of(approval) + "`).");
  if (decision.status == ApprovalStatus::rejected) return reject(unit, approval, decision);
  return approve(unit, approval, decision);
}

Done Toolbox::note_decision(Unit& unit, const ApprovalId& id, std::string_view verdict) const {
  auto now = unit.txn.approvals().find(id);
  if (!now) return now.error();
  AuditEntry entry;
  entry.at = unit.now;
  entry.actor = actor_text(unit.request.actor, unit.request.actor.user.text());
  entry.action = std::string(kDecideApproval);
  entry.subject = ref_of(*now);
  entry.verdict = std::string(verdict);
  entry.payload = to_text(Json{{"fingerprint", now->fingerprint}, {"status", name_of(now->status)}, {"note", now->note}});
  auto appended = unit.txn.audit().append(std::move(entry), false);
  if (!appended) return appended.error();
  unit.result.audit.push_back(appended->sequence);
  if (auto done = tell_waiting_run(unit, *now, verdict); !done) return done;
  unit.result.decided = std::move(*now);
  unit.result.touched.insert(unit.result.touched.begin(), ref_of(*unit.result.decided));
  return {};
}

// The run that asked rests until its last question is answered; what became of each stands in its log.
Done Toolbox::tell_waiting_run(Unit& unit, const Approval& approval, std::string_view verdict) const {
  if (approval.run.empty() || approval.status == ApprovalStatus::pending) return {};
  ConversationStore& conversations = unit.txn.conversations();
  auto run = conversations.find_run(approval.run);
  if (!run && run.error().code == Code::not_found) return {};  // runs may be purged
  if (!run) return run.error();
  if (run->state != RunState::waiting) return {};
  auto steps = conversations.steps_of(run->id);
  if (!steps) return steps.error();
  Json note{{"v", kRunForm}, {"approval", ref_of(approval)}, {"verdict", verdict}, {"text", approval.summary}};
  if (!unit.request.run.empty()) {
    auto by = conversations.find_run(unit.request.run);
    if (by) note["by"] = Ref{ref_prefix::kRun, by->ref_number}.text();
  }
  const int next = steps->empty() ? 1 : steps->back().number + 1;
  if (auto done = conversations.append({run->id, next, StepKind::noted, to_text(note), unit.now}); !done) return done;
  auto open = unit.txn.approvals().pending(limits::kPendingApprovals);
  if (!open) return open.error();
  for (const Approval& other : *open)
    if (other.run == run->id) return {};
  run->state = RunState::done;
  return conversations.update(*run);
}

Done Toolbox::decide_later(Unit& unit, const Approval& approval, const std::string& day_text) const {
  Day day = unit.zone.day_of(unit.now).plus_days(1);
  if (!day_text.empty()) {
    auto parsed = parse_iso_day(day_text);
    if (!parsed) return parsed.error();
    day = *parsed;
  }
  const Instant at = unit.zone.to_instant({day, kMorningMinute, 0});
  if (at <= unit.now) return make_error(Code::invalid_argument, "\"Later\" needs a day that is still to come.");
  if (auto done = unit.txn.approvals().set_remind_at(approval.id, at); !done) return done;
  unit.result.text = ref_of(approval) + " waits; I'll ask again on " + to_long_text(day) + ".";
  return note_decision(unit, approval.id, "later");
}

Done Toolbox::reject(Unit& unit, const Approval& approval, const ApprovalDecision& decision) const {
  auto decided = unit.txn.approvals().decide(approval.id, decision);
  if (!decided) return decided.error();
  unit.result.text = "Rejected " + ref_of(approval) + "; nothing was done: " + approval.summary + ".";
  return note_decision(unit, approval.id, "reject");
}

Done Toolbox::close_card(Unit& unit, const Approval& approval, ApprovalStatus status, const std::string& why) const {
  if (auto done = unit.txn.approvals().close(approval.id, status, why, unit.now); !done) return done;
  unit.result.text = why;
  return note_decision(unit, approval.id, name_of(status));
}

Done Toolbox::redraw(Unit& unit, const Approval& approval, const std::string& why) const {
  const auto entry = entries_.find(approval.tool);
  if (entry == entries_.end()) return close_card(unit, approval, ApprovalStatus::stopped, "The tool " + approval.tool + " is gone; nothing was done.");
  const Tool& tool = *entry->second.tool;
  const auto arguments = parse_json(approval.arguments, limits::kToolArgumentsBytes);
  if (!arguments) return make_error(Code::corrupt, "The stored question can not be read; nothing was done.", arguments.error().message);
  const ToolContext context = unit.context(random_, nullptr);
  auto proposal = tool.propose(*arguments, context);
  if (!proposal) return close_card(unit, approval, ApprovalStatus::stopped, proposal.error().message);
  if (!proposal->arguments) proposal->arguments = std::make_shared<const Json>(*arguments);
  if (auto done = close_card(unit, approval, ApprovalStatus::superseded, why); !done) return done;
  const std::string canonical = action_bytes(approval.tool, *proposal, card_text(*proposal));
  return park(unit, tool, *proposal, Ask{approval.kind, why}, canonical, approval.id);
}

Done Toolbox::approve(Unit& unit, const Approval& approval, const ApprovalDecision& decision) const {
  auto news = news_since(unit.txn, approval);
  if (!news) return news.error();
  const auto entry = entries_.find(approval.tool);
  const auto arguments = parse_json(approval.arguments, limits::kToolArgumentsBytes);
  if (entry == entries_.end() || !arguments)
    return close_card(unit, approval, ApprovalStatus::stopped, "What " + approval.summary + " needs is gone; nothing was done.");

  // What the yes was given for is settled first, then done: of two answers at once only one gets past this line.
  Approval given = approval;
  given.status = ApprovalStatus::approved;
  given.decided_by = decision.by;
  given.decided_at = unit.now;
  const CallResult before = unit.result;
  std::size_t parked_before = unit.result.parked.size();
  const Done done = unit.txn.nested([&]() -> Done {
    auto decided = unit.txn.approvals().decide(approval.id, decision);
    if (!decided) return decided.error();
    if (auto acted = perform(unit, *entry->second.tool, *arguments, &given, 0); !acted) return acted;
    for (std::size_t i = parked_before; i < unit.result.parked.size(); ++i)
      if (unit.result.parked[i].tool == approval.tool)  // asked again: what would happen is no longer what was approved
        return make_error(Code::conflict, "What would happen is no longer what the card showed.", std::string(kRedraw));
    // Judged first, so that what must not happen is stopped and not asked again; then news that only a person can weigh takes it back.
    if (!news->empty() && approval.replaces.empty()) return make_error(Code::conflict, join(*news, " "), std::string(kRedraw));
    return note_decision(unit, approval.id, "approve");
  });
  if (done) return {};
  const std::string rule = unit.result.rule_id;
  unit.result = before;
  if (done.error().detail == kRedraw) return redraw(unit, approval, done.error().message);
  const Code code = done.error().code;
  if (code == Code::unavailable || code == Code::unknown_outcome || code == Code::corrupt || code == Code::internal) return done;
  unit.result.rule_id = rule;
  return close_card(unit, approval, ApprovalStatus::stopped, ref_of(approval) + " was not done: " + done.error().message);
}

}  // namespace deskhand::toolbox
