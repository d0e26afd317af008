#include "toolbox/toolbox.h"

#include <mutex>

#include "base/hash.h"
#include "base/json.h"
#include "base/limits.h"
#include "base/text.h"
#include "guard/judge.h"
#include "schema/schema.h"
#include "toolbox/decide_approval.h"
#include "toolbox/facts.h"
#include "toolbox/unit.h"

namespace deskhand::toolbox {
namespace {

constexpr int kNextCallDepth = 3;   // a win leads to the QuickBooks question; nothing leads further than that
constexpr int kCallsPerUnit = 8;
constexpr std::size_t kViolationsShown = 5;
constexpr std::size_t kArgumentsInAudit = 16 * 1024;  // a refused call's arguments may be an attack; its start tells enough

int rank(UserRole role) { return static_cast<int>(role); }

std::shared_ptr<const Json> share(Json value) { return std::make_shared<const Json>(std::move(value)); }

void fail(CallResult& result, Error error) {
  result.ok = false;
  result.code = error.code;
  result.error = std::move(error.message);
  result.error_detail = std::move(error.detail);
}

bool is_the_stores(Code code) { return code == Code::unavailable || code == Code::unknown_outcome || code == Code::corrupt; }

// tools/resolve puts what an ambiguous name could mean into the error's detail, as a JSON list.
void read_choices(CallResult& result) {
  if (result.code != Code::ambiguous) return;
  auto choices = parse_json(result.error_detail, limits::kToolResultBytes);
  if (!choices || !choices->is_array()) return;
  for (const Json& choice : *choices) {
    const auto noun = parse_noun(choice.value("noun", ""));
    if (noun) result.list.push_back({*noun, choice.value("ref", ""), choice.value("label", "")});
  }
}

}  // namespace

struct Toolbox::CompileMutex {
  std::mutex mutex;
};

std::string actor_text(const Actor& actor, const std::string& login) {
  switch (actor.kind) {
    case ActorKind::person: return "person:" + login + " on " + actor.channel;
    case ActorKind::model: return "model:" + actor.channel + (login.empty() ? "" : " for " + login);
    case ActorKind::system: return "system:" + actor.channel;
    case ActorKind::public_form: return "form:" + actor.channel;
  }
  return "system";
}

std::string card_text(const Proposal& proposal) { return join(proposal.card_lines, "\n"); }

std::string action_bytes(std::string_view tool, const Proposal& proposal, std::string_view card) {
  if (!proposal.exact_bytes.empty()) return proposal.exact_bytes;
  CanonicalBytes bytes("deskhand-action-1");
  bytes.add("tool", tool).add("arguments", proposal.arguments ? to_text(*proposal.arguments) : "{}").add("card", card);
  return bytes.bytes();
}

Toolbox::Toolbox(std::vector<std::unique_ptr<Guard>> guards, Store& store, const Clock& clock, Random& random)
    : guards_(std::move(guards)), store_(store), clock_(clock), random_(random), compile_mutex_(std::make_unique<CompileMutex>()) {}
Toolbox::~Toolbox() = default;

Result<std::unique_ptr<Toolbox>> Toolbox::make(std::vector<std::unique_ptr<Tool>> tools, std::vector<std::unique_ptr<Guard>> guards,
                                               Store& store, const Clock& clock, Random& random, Consequence consequence) {
  if (guards.empty()) return make_error(Code::invalid_argument, "A toolbox without guards is not started.");
  std::unique_ptr<Toolbox> toolbox(new Toolbox(std::move(guards), store, clock, random));
  toolbox->consequence_ = std::move(consequence);
  tools.push_back(make_decide_approval());
  for (std::unique_ptr<Tool>& tool : tools) {
    const std::string name = tool->spec().name;
    if (!toolbox->entries_.emplace(name, Entry{std::move(tool), nullptr}).second)
      return make_error(Code::invalid_argument, "Two tools are named " + name + ".");
  }
  return toolbox;
}

CallResult Toolbox::call(const CallRequest& request) const {
  CallResult result;
  const auto found = entries_.find(request.tool);
  const std::string role_refusal = found == entries_.end() ? "" : refuse_role(found->second.tool->spec(), request.actor);
  Error early;
  std::string refusal;
  if (found == entries_.end()) {
    refusal = "unknown tool";
    early = make_error(Code::not_found, "There is no tool named \"" + shorten(printable_line(request.tool), 64) + "\"; `deskhand tools` lists them.");
  } else if (!role_refusal.empty()) {
    refusal = "stop ROLES: " + role_refusal;
    early = make_error(Code::forbidden, role_refusal);
    result.rule_id = "ROLES";
  }
  Json arguments;
  if (refusal.empty()) {
    auto checked = check_arguments(found->second, request.arguments_text);
    if (checked) {
      arguments = std::move(*checked);
      result.arguments = share(arguments);
    } else {
      early = checked.error();
    }
  }
  const bool failed_early = !early.message.empty();
  if (failed_early) fail(result, early);
  if (failed_early && refusal.empty() && !request.in_same_unit) return result;

  CallResult committed = result;
  const UnitOfWork work = [&](Txn& txn) -> Done {
    committed = result;
    if (!refusal.empty()) {
      AuditEntry entry;
      entry.at = clock_.now();
      entry.actor = actor_text(request.actor, "");
      entry.action = shorten(printable_line(request.tool), 64);
      entry.verdict = refusal;
      entry.payload = to_text(Json{{"arguments", shorten(to_utf8(request.arguments_text), kArgumentsInAudit)}});
      auto appended = txn.audit().append(std::move(entry), false);
      if (!appended) return appended.error();
      committed.audit.push_back(appended->sequence);
    }
    if (!failed_early)
      if (auto done = run_unit(txn, found->second, arguments, request, committed); !done) return done;
    return request.in_same_unit ? request.in_same_unit(txn, committed) : Done{};
  };
  const bool reads = !failed_early && found->second.tool->spec().effect == EffectClass::read && !request.in_same_unit;
  const Done done = reads ? store_.read(request.org, work) : store_.write(request.org, work);
  if (!done) {
    committed = result;
    fail(committed, done.error());
  }
  return committed;
}

std::string Toolbox::refuse_role(const ToolSpec& spec, const Actor& actor) const {
  const bool person = actor.kind == ActorKind::person && actor.authenticated;
  switch (spec.role) {
    case ToolRole::system:
      return actor.kind == ActorKind::system ? "" : "Only Deskhand itself calls " + spec.name + ".";
    case ToolRole::owner_action:
      return person ? "" : "Only a signed-in person calls " + spec.name + "; no model, form or mail can.";
    case ToolRole::admin:
    case ToolRole::member: break;
  }
  if (actor.kind == ActorKind::system) return "";
  if (actor.kind == ActorKind::public_form)
    return spec.name == "capture_inquiry" ? "" : "A public form can only leave an inquiry.";
  if (actor.kind == ActorKind::person && !actor.authenticated) return "Sign in first.";
  const UserRole least = spec.role == ToolRole::admin       ? UserRole::admin
                         : spec.effect == EffectClass::read ? UserRole::tech
                                                            : UserRole::member;
  if (rank(actor.role) >= rank(least)) return "";
  return "Your role (" + std::string(name_of(actor.role)) + ") may not use " + spec.name + "; ask the owner.";
}

Result<Json> Toolbox::check_arguments(const Entry& entry, std::string_view text) const {
  const ToolSpec& spec = entry.tool->spec();
  auto parsed = parse_json(trim(text).empty() ? std::string_view("{}") : text, limits::kToolArgumentsBytes);
  if (!parsed) return make_error(Code::invalid_argument, spec.name + ": the arguments are not usable: " + parsed.error().message);
  std::shared_ptr<const schema::Schema> compiled;
  {
    const std::lock_guard lock(compile_mutex_->mutex);
    if (!entry.compiled) {
      auto loaded = schema::Schema::load(*spec.arguments);
      if (!loaded) return make_error(Code::internal, "The tool " + spec.name + " is broken; please report it.", loaded.error().message);
      entry.compiled = std::make_shared<const schema::Schema>(std::move(*loaded));
    }
    compiled = entry.compiled;
  }
  const auto violations = compiled->check(*parsed, kViolationsShown);
  if (!violations.empty()) return make_error(Code::invalid_argument, spec.name + ": " + schema::explain(violations));
  return std::move(*parsed);
}

Done Toolbox::run_unit(Txn& txn, const Entry& entry, const Json& arguments, const CallRequest& request, CallResult& result) const {
  auto org = txn.org().get();
  if (!org) return org.error();
  auto zone = Zone::find(org->timezone);
  if (!zone) return zone.error();
  Unit unit{txn, request, result, std::move(*org), std::move(*zone), clock_.now()};
  // A guard's Stop or a tool's error takes back what the tool wrote, and nothing else of this unit.
  const CallResult before = result;
  const Done done = txn.nested([&]() -> Done { return perform(unit, *entry.tool, arguments, nullptr, 0); });
  if (done) {
    result.ok = true;
    return {};
  }
  const Code code = done.error().code;
  if (is_the_stores(code)) return done;
  const std::string rule = result.rule_id;
  result = before;
  result.rule_id = rule;
  fail(result, done.error());
  read_choices(result);
  const bool reads = entry.tool->spec().effect == EffectClass::read;
  if (code != Code::forbidden || reads) return {};
  AuditEntry refused;
  refused.at = unit.now;
  refused.actor = actor_text(request.actor, request.actor.user.text());
  refused.action = request.tool;
  refused.verdict = "stop " + rule + ": " + result.error;
  refused.payload = to_text(Json{{"arguments", shorten(to_text(arguments), kArgumentsInAudit)}});
  auto appended = txn.audit().append(std::move(refused), false);
  if (!appended) return appended.error();
  result.audit.push_back(appended->sequence);
  return {};
}

// A consequence that can not be drawn does not undo what a person asked for; the daily run looks again.
Done Toolbox::draw_consequence(ToolContext& context) const {
  if (!consequence_) return {};
  const Done done = context.txn.nested([&]() -> Done { return consequence_(context); });
  return !done && is_the_stores(done.error().code) ? done : Done{};
}

Done Toolbox::perform(Unit& unit, const Tool& tool, const Json& arguments, const Approval* approval, int depth) const {
  if (depth > kNextCallDepth || ++unit.calls > kCallsPerUnit)
    return make_error(Code::limit_exceeded, "One call led to too many others; nothing was done.");
  ToolContext context = unit.context(random_, approval);
  auto proposal = tool.propose(arguments, context);
  if (!proposal) return proposal.error();
  if (!proposal->arguments) proposal->arguments = share(arguments);
  auto facts = gather_facts(proposal->effects, unit.txn, unit.now);
  if (!facts) return facts.error();
  const std::string canonical = action_bytes(tool.spec().name, *proposal, card_text(*proposal));
  facts->action_fingerprint = fingerprint(canonical);
  if (approval != nullptr)
    facts->approval = ApprovalStanding{approval->kind, approval->fingerprint, approval->decided_by, approval->expires_at > unit.now};
  if (approval != nullptr && !proposal->lead.empty()) {
    auto lead = unit.txn.leads().find(proposal->lead);
    if (!lead) return lead.error();
    facts->lead_closed_since_card = lead->closed_at && *lead->closed_at > approval->asked_at && is_closed(lead->state);
  }

  const guard::Judgement judgement = guard::judge(guards_, proposal->effects, unit.request.actor, *facts);
  if (const auto* stop = std::get_if<Stop>(&judgement.verdict)) {
    unit.result.rule_id = judgement.rule_id;
    return make_error(Code::forbidden, stop->reason, judgement.rule_id);
  }
  if (const auto* ask = std::get_if<Ask>(&judgement.verdict)) {
    unit.result.asked_rule = judgement.rule_id;
    return park(unit, tool, *proposal, *ask, canonical, {});
  }

  if (tool.spec().name == kDecideApproval) return decide(unit, arguments);
  auto outcome = tool.run(*proposal->arguments, context);
  if (!outcome) return outcome.error();
  if (tool.spec().effect != EffectClass::read) {
    if (auto done = draw_consequence(context); !done) return done;
    AuditEntry entry;
    entry.at = unit.now;
    entry.actor = actor_text(unit.request.actor, unit.request.actor.user.text());
    entry.action = tool.spec().name;
    entry.subject = outcome->touched.empty() ? "" : outcome->touched.front();
    entry.verdict = approval == nullptr ? "allow" : "allow under " + Ref{ref_prefix::kApproval, approval->head.ref_number}.text();
    entry.payload = to_text(Json{{"arguments", *proposal->arguments}, {"touched", outcome->touched}});
    auto appended = unit.txn.audit().append(std::move(entry), tool.spec().undoable);
    if (!appended) return appended.error();
    unit.result.audit.push_back(appended->sequence);
    if (appended->undo_number > 0 && depth == 0) unit.result.undo_ref = Ref{ref_prefix::kUndo, appended->undo_number}.text();
  }
  CallResult& result = unit.result;
  if (!outcome->text.empty()) result.text += (result.text.empty() ? "" : "\n") + outcome->text;
  if (!outcome->offer.empty()) result.offer = outcome->offer;
  if (depth == 0 || !result.data) result.data = outcome->data;
  result.touched.insert(result.touched.end(), outcome->touched.begin(), outcome->touched.end());
  if (!outcome->list.empty()) result.list = outcome->list;
  for (const NextCall& next : outcome->next) {
    const auto found = entries_.find(next.tool);
    if (found == entries_.end()) return make_error(Code::internal, "A tool named an unknown next tool.", next.tool);
    if (auto done = perform(unit, *found->second.tool, *next.arguments, nullptr, depth + 1); !done) return done;
  }
  return {};
}

Done Toolbox::park(Unit& unit, const Tool& tool, const Proposal& proposal, const Ask& ask, const std::string& canonical,
                   const ApprovalId& replaces) const {
  if (unit.request.actor.kind == ActorKind::public_form)
    return make_error(Code::forbidden, "A public form can not ask the owner for a decision.");
  const std::string wanted = fingerprint(canonical);
  auto open = unit.txn.approvals().pending(limits::kPendingApprovals);
  if (!open) return open.error();
  for (Approval& waiting : *open) {
    if (waiting.fingerprint != wanted || waiting.kind != ask.kind || waiting.expires_at <= unit.now) continue;
    unit.result.parked.push_back(std::move(waiting));  // asked already; one question is enough
    return {};
  }
  if (open->size() >= limits::kPendingApprovals)
    return make_error(Code::limit_exceeded, "Too many questions wait for an answer already; decide on some of them first.");
  Approval approval;
  approval.kind = ask.kind;
  approval.tool = tool.spec().name;
  approval.arguments = to_text(*proposal.arguments);
  approval.summary = printable_line(proposal.summary.empty() ? ask.question : proposal.summary);
  approval.card = card_text(proposal);
  if (approval.card.empty()) approval.card = ask.question;
  approval.canonical = canonical;
  approval.fingerprint = wanted;
  approval.contact = proposal.contact;
  approval.lead = proposal.lead;
  approval.message = proposal.message;
  approval.stamps = proposal.stamps;
  approval.procedure_version = unit.request.procedure_version;
  approval.conversation = unit.request.conversation;
  approval.run = unit.request.run;
  approval.asked_at = unit.now;
  approval.expires_at = unit.now.plus_seconds(limits::kApprovalDays * 24 * 3600);
  approval.replaces = replaces;
  approval.note = ask.question;
  auto stored = unit.txn.approvals().insert(std::move(approval));
  if (!stored) return stored.error();
  const std::string ref = Ref{ref_prefix::kApproval, stored->head.ref_number}.text();
  AuditEntry entry;
  entry.at = unit.now;
  entry.actor = actor_text(unit.request.actor, unit.request.actor.user.text());
  entry.action = tool.spec().name;
  entry.subject = ref;
  entry.verdict = "ask " + ref;
  entry.payload = to_text(Json{{"arguments", *proposal.arguments}, {"fingerprint", stored->fingerprint}});
  auto appended = unit.txn.audit().append(std::move(entry), false);
  if (!appended) return appended.error();
  unit.result.audit.push_back(appended->sequence);
  unit.result.parked.push_back(std::move(*stored));
  return {};
}

std::vector<const ToolSpec*> Toolbox::specs() const {
  std::vector<const ToolSpec*> specs;
  for (const auto& [name, entry] : entries_) specs.push_back(&entry.tool->spec());
  return specs;
}

const ToolSpec* Toolbox::find(std::string_view name) const {
  const auto found = entries_.find(name);
  return found == entries_.end() ? nullptr : &found->second.tool->spec();
}

std::vector<OfferedTool> Toolbox::offered_to(const Actor& actor) const {
  Actor model = actor;
  model.kind = ActorKind::model;
  std::vector<OfferedTool> offered;
  for (const auto& [name, entry] : entries_) {
    const ToolSpec& spec = entry.tool->spec();
    if (spec.role == ToolRole::system || spec.role == ToolRole::owner_action || !refuse_role(spec, model).empty()) continue;
    offered.push_back({spec.name, spec.description, spec.arguments, spec.effect});
  }
  return offered;
}

}  // namespace deskhand::toolbox
