#include "tools/undo.h"

#include "base/limits.h"
#include "base/text.h"
#include "ports/store/store.h"
#include "tools/arguments.h"
#include "tools/schema_parts.h"

namespace deskhand::tools {
namespace {

Result<AuditEntry> find_entry(const Json& arguments, const ToolContext& context) {
  const std::string words = line(arguments, "ref");
  const auto ref = parse_ref(words);
  if (!ref || ref->prefix != ref_prefix::kUndo)
    return make_error(Code::invalid_argument, "\"" + shorten(words, 40) + "\" names no change; a change is reported with a ref such as U-7.");
  auto entry = context.txn.audit().find_undo(ref->number);
  if (!entry && entry.error().code == Code::not_found) return make_error(Code::not_found, "There is no change " + ref->text() + " to take back.");
  if (!entry) return entry;
  if (entry->undone) return make_error(Code::conflict, ref->text() + " was taken back already.");
  if (entry->at < context.now.plus_seconds(-limits::kUndoDays * kSecondsPerDay))
    return make_error(Code::conflict, ref->text() + " is older than " + std::to_string(limits::kUndoDays) + " days; change it by hand.");
  return entry;
}

// A row that stood at `won` before the change would stand there again.
bool brings_back_a_win(const AuditEntry& entry) {
  auto payload = parse_json(entry.payload, limits::kAuditPayloadBytes);
  if (!payload || !payload->contains("changes") || !(*payload)["changes"].is_array()) return true;  // unreadable: ask
  for (const Json& change : (*payload)["changes"]) {
    if (!change.is_object() || !change.contains("before") || !change["before"].is_object()) continue;
    const Json& before = change["before"];
    if (before.value("state", Json()) == "won" || before.value("stage", Json()) == "won") return true;
  }
  return false;
}

Result<Proposal> propose_undo(const Json& arguments, const ToolContext& context) {
  auto entry = find_entry(arguments, context);
  if (!entry) return entry.error();
  Proposal proposal;
  proposal.effects = {ChangesRecord{}};
  if (brings_back_a_win(*entry)) proposal.effects.push_back(MovesState{Noun::opportunity, entry->subject, CanonicalState::lost, CanonicalState::won});
  proposal.summary = "Take back " + entry->action + " on " + entry->subject;
  proposal.card_lines = {proposal.summary, "This makes it count as won again."};
  return proposal;
}

Result<ToolOutcome> run_undo(const Json& arguments, ToolContext& context) {
  auto entry = find_entry(arguments, context);
  if (!entry) return entry.error();
  if (auto done = context.txn.audit().undo(*entry); !done) return done.error();
  ToolOutcome outcome;
  const std::string ref = Ref{ref_prefix::kUndo, entry->undo_number}.text();
  outcome.text = "Taken back: " + replace_all(entry->action, "_", " ") + (entry->subject.empty() ? "" : " on " + entry->subject) + " (" + ref + ").";
  outcome.data = share(Json{{"undone", ref}, {"action", entry->action}, {"subject", entry->subject}});
  if (!entry->subject.empty()) outcome.touched = {entry->subject};
  return outcome;
}

}  // namespace

std::unique_ptr<Tool> make_undo() {
  ToolSpec spec;
  spec.name = "undo";
  spec.description = "Take one change back by the ref it was reported with, such as U-7. What was sent or approved can not be taken back.";
  spec.arguments = share(closed_schema({{"ref", text_of("The change: U-7.", 20)}}, {"ref"}));
  spec.effect = EffectClass::write;
  return make_tool(std::move(spec), propose_undo, run_undo);
}

}  // namespace deskhand::tools
