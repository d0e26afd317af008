// advance_sequence and hold_sequence, the two things the daily run does to a lead whose step has come; see sequences.h.
#include "base/limits.h"
#include "base/text.h"
#include "ports/store/store.h"
#include "tools/arguments.h"
#include "tools/drafts.h"
#include "tools/local_time.h"
#include "tools/present.h"
#include "tools/schema_parts.h"
#include "tools/sequences.h"

namespace deskhand::tools {
namespace {

constexpr std::size_t kEntriesLookedAt = 20;

// What becomes of the step: one of these, decided on what is stored and nothing else.
struct StepMove {
  enum class Kind { nothing, leave, hold, wait_again, complete, propose } kind = Kind::nothing;
  Enrolment enrolment;
  std::optional<Lead> lead;
  const procedure::Sequence* sequence = nullptr;
  NurtureExit exit = NurtureExit::none;
  std::string why;  // of hold
  Day day;          // of wait_again
  Message draft;    // of propose

  bool is_through() const { return static_cast<std::size_t>(enrolment.next_step) > sequence->steps.size(); }
  const procedure::SequenceStep& step() const {
    return sequence->steps[static_cast<std::size_t>(enrolment.next_step) - 1];
  }
};

constexpr std::string_view kWaits = "waits for your yes";

Result<std::optional<NurtureEntry>> last_entry(const ToolContext& context, const Enrolment& enrolment) {
  Result<std::vector<NurtureEntry>> entries = context.txn.nurture().entries_of(enrolment.lead, kEntriesLookedAt);
  if (!entries) return entries.error();
  for (NurtureEntry& entry : *entries)
    if (entry.enrolment == enrolment.id) return std::optional<NurtureEntry>(std::move(entry));
  return std::optional<NurtureEntry>();
}

bool was_waiting(const std::optional<NurtureEntry>& last) {
  return last && last->event == NurtureEvent::held && last->note.find(kWaits) != std::string::npos;
}

// The day on which its last draft was decided, as far as it is known: when it left, else the last day on which it was seen to wait.
// nullopt: there is none.
Result<std::optional<Day>> decided_on(const ToolContext& context, const Enrolment& enrolment) {
  if (enrolment.proposal.empty()) return std::optional<Day>();
  Result<Message> proposal = context.txn.messages().find(enrolment.proposal);
  if (!proposal) return proposal.error();
  const MessageId root = proposal->draft_root.empty() ? proposal->id : proposal->draft_root;
  Result<std::vector<Message>> drafts = context.txn.messages().of_contact(proposal->contact, limits::kPageRowsMax);
  if (!drafts) return drafts.error();
  std::optional<Day> latest;
  for (const Message& draft : *drafts)
    if (draft.id == root || draft.draft_root == root) {
      const Day changed = local_day(draft.head.updated_at, context);
      latest = latest ? std::max(*latest, changed) : changed;
    }
  Result<std::optional<NurtureEntry>> last = last_entry(context, enrolment);
  if (!last) return last.error();
  if (latest && was_waiting(*last)) latest = std::max(*latest, (*last)->day);
  return latest;
}

Done look_at_earlier_draft(const ToolContext& context, StepMove& move) {
  Result<std::optional<Approval>> card = waiting_card(context, move.enrolment);
  if (!card) return card.error();
  if (*card) {
    move.kind = StepMove::Kind::hold;
    move.why = "the draft of step " + std::to_string(move.enrolment.next_step - 1) + " (" + ref_of(**card) +
               ") still " + std::string(kWaits);
    return {};
  }
  // Two messages do not leave on one day: the wait, as it is written now, begins when the earlier one was done with.
  if (move.is_through()) return {};
  Result<std::optional<Day>> decided = decided_on(context, move.enrolment);
  if (!decided) return decided.error();
  if (!*decided) return {};
  move.day = step_day(move.step(), **decided, move.enrolment.enrolled_on, context.org.calendar);
  if (move.day > context.today) move.kind = StepMove::Kind::wait_again;
  return {};
}

// Whom we are about to see anyway is not asked for a visit.
Result<bool> is_seen_soon(const ToolContext& context, const Lead& lead) {
  if (lead.state == CanonicalState::booked) return false;  // a sequence for booked visits is about them
  Result<std::vector<Appointment>> visits =
      context.txn.opportunities().appointments_of(lead.contact, limits::kPageRows);
  if (!visits) return visits.error();
  for (const Appointment& visit : *visits)
    if (visit.status == AppointmentStatus::scheduled && visit.starts_at >= context.now &&
        (visit.lead.empty() || visit.lead == lead.id))
      return true;
  return false;
}

Result<StepMove> decide(const ToolContext& context, const LeadId& lead, const Sequences& sequences, const Script& script) {
  StepMove move;
  Result<std::optional<Enrolment>> open = context.txn.nurture().open_of(lead);
  if (!open) return open.error();
  // Somebody else has done this step, or it rests.
  if (!*open || (*open)->status != NurtureStatus::active || !(*open)->next_step_on ||
      *(*open)->next_step_on > context.today)
    return move;
  move.enrolment = std::move(**open);
  move.sequence = sequences.find(move.enrolment.sequence);
  Result<std::optional<Lead>> found = lead_of(context, move.enrolment);
  if (!found) return found.error();
  move.lead = std::move(*found);
  Result<NurtureExit> reason =
      reason_to_leave(context, move.enrolment, move.lead ? &*move.lead : nullptr, move.sequence);
  if (!reason) return reason.error();
  move.exit = *reason;
  if (move.exit != NurtureExit::none) {
    move.kind = StepMove::Kind::leave;
    return move;
  }
  if (move.sequence == nullptr)
    return make_error(Code::not_found,
                      "the procedure has no sequence \"" + printable_line(move.enrolment.sequence) + "\" any more");
  if (Done done = look_at_earlier_draft(context, move); !done) return done.error();
  if (move.kind != StepMove::Kind::nothing) return move;
  if (move.is_through()) {
    move.kind = StepMove::Kind::complete;
    return move;
  }
  Result<bool> seen_soon = is_seen_soon(context, *move.lead);
  if (!seen_soon) return seen_soon.error();
  if (*seen_soon) {
    move.kind = StepMove::Kind::hold;
    move.why = "a visit is booked already";
    return move;
  }
  Result<Message> draft = follow_up_draft(context, script, *move.lead, move.step().message, move.step().subject);
  if (!draft) return draft.error();
  move.kind = StepMove::Kind::propose;
  move.draft = std::move(*draft);
  return move;
}

LeadId lead_in(const Json& arguments) { return LeadId(line(arguments, "lead")); }

Result<Proposal> propose_advance(const Json& arguments, const ToolContext& context, const Sequences& sequences,
                                 const Script& script) {
  Result<StepMove> move = decide(context, lead_in(arguments), sequences, script);
  if (!move) return move.error();
  Proposal proposal;
  proposal.effects = {ChangesRecord{Noun::lead, false}};
  if (move->kind == StepMove::Kind::propose) proposal.effects.push_back(DraftsMessage{move->draft.contact});
  proposal.arguments = share(arguments);
  return proposal;
}

std::string step_words(const StepMove& move) {
  return move.lead ? ref_of(*move.lead) + " " + printable_line(move.lead->title)
                   : std::string("a lead that is archived");
}

Result<ToolOutcome> put_off(ToolContext& context, StepMove& move, std::optional<Day> day, NurtureEvent event,
                            const std::string& why) {
  move.enrolment.next_step_on = day;
  Result<std::optional<NurtureEntry>> last = last_entry(context, move.enrolment);
  if (!last) return last.error();
  Result<Enrolment> stored = context.txn.nurture().update(move.enrolment);
  if (!stored) return stored.error();
  NurtureEntry entry = entry_of(context, *stored, event);
  entry.step = stored->next_step;
  entry.note = why;
  const bool is_known = *last && (*last)->event == event && (*last)->step == entry.step && (*last)->note == why;
  if (!is_known)
    if (Done done = context.txn.nurture().append(std::move(entry)); !done) return done.error();
  ToolOutcome outcome;
  if (move.lead) outcome.touched = {ref_of(*move.lead)};
  outcome.text = step_words(move) + ": " + why + ".";
  return outcome;
}

Result<ToolOutcome> run_complete(ToolContext& context, StepMove& move) {
  move.enrolment.status = NurtureStatus::completed;
  move.enrolment.next_step_on.reset();
  move.enrolment.ended_at = context.now;
  Result<Enrolment> stored = context.txn.nurture().update(move.enrolment);
  if (!stored) return stored.error();
  if (Done done = context.txn.nurture().append(entry_of(context, *stored, NurtureEvent::completed)); !done)
    return done.error();
  ToolOutcome outcome;
  outcome.text = step_words(move) + " is through " + printable_line(stored->sequence) + ".";
  outcome.touched = {ref_of(*move.lead)};
  return outcome;
}

Result<ToolOutcome> run_propose(ToolContext& context, StepMove& move) {
  Result<Message> stored = put_down(context, std::move(move.draft));
  if (!stored) return stored.error();
  NurtureEntry entry = entry_of(context, move.enrolment, NurtureEvent::proposed);
  entry.step = move.enrolment.next_step;
  entry.message = stored->id;
  if (Done done = context.txn.nurture().append(std::move(entry)); !done) return done.error();
  const int proposed = move.enrolment.next_step++;
  move.enrolment.proposal = stored->id;
  const std::size_t count = move.sequence->steps.size();
  // Behind the last step it stays in the sequence until that draft is decided, so that a reply still takes it back.
  move.enrolment.next_step_on =
      move.is_through() ? context.org.calendar.next_business_day(context.today)
                        : step_day(move.step(), context.today, move.enrolment.enrolled_on, context.org.calendar);
  if (Result<Enrolment> updated = context.txn.nurture().update(move.enrolment); !updated) return updated.error();
  return drafted(*stored, context,
                 "Step " + std::to_string(proposed) + " of " + std::to_string(count) + " of " +
                     printable_line(move.enrolment.sequence) + " for " + step_words(move) + " (" + ref_of(*stored) + ").");
}

Result<ToolOutcome> run_advance(const Json& arguments, ToolContext& context, const Sequences& sequences,
                                const Script& script) {
  Result<StepMove> move = decide(context, lead_in(arguments), sequences, script);
  if (!move) return move.error();
  switch (move->kind) {
    case StepMove::Kind::nothing:
      return ToolOutcome{};
    case StepMove::Kind::leave: {
      Result<Enrolment> left = leave_sequence(context, move->enrolment, move->exit);
      if (!left) return left.error();
      ToolOutcome outcome;
      outcome.text =
          step_words(*move) + " left " + printable_line(left->sequence) + ": " + std::string(sentence_of(move->exit)) + ".";
      if (move->lead) outcome.touched = {ref_of(*move->lead)};
      return outcome;
    }
    case StepMove::Kind::hold:
      return put_off(context, *move, context.org.calendar.next_business_day(context.today), NurtureEvent::held,
                     move->why);
    case StepMove::Kind::wait_again:
      return put_off(context, *move, move->day, NurtureEvent::resumed, "the earlier draft is done with");
    case StepMove::Kind::complete:
      return run_complete(context, *move);
    case StepMove::Kind::propose:
      return run_propose(context, *move);
  }
  return ToolOutcome{};
}

// What kept the step from being proposed was said by a guard or by the words themselves.
Result<ToolOutcome> run_hold(const Json& arguments, ToolContext& context) {
  Result<std::optional<Enrolment>> open = context.txn.nurture().open_of(lead_in(arguments));
  if (!open) return open.error();
  if (!*open || (*open)->status != NurtureStatus::active) return ToolOutcome{};
  StepMove move;
  move.enrolment = std::move(**open);
  Result<std::optional<Lead>> lead = lead_of(context, move.enrolment);
  if (!lead) return lead.error();
  move.lead = std::move(*lead);
  std::string why = line(arguments, "reason");
  while (why.ends_with(".")) why.pop_back();
  return put_off(context, move, context.org.calendar.next_business_day(context.today), NurtureEvent::held, why);
}

ToolSpec system_spec(std::string name, std::string description, Json properties, std::vector<std::string> required,
                     EffectClass effect) {
  ToolSpec spec;
  spec.name = std::move(name);
  spec.description = std::move(description);
  spec.arguments = share(closed_schema(std::move(properties), std::move(required)));
  spec.effect = effect;
  spec.role = ToolRole::system;
  return spec;
}

}  // namespace

Tools sequence_step_tools(const SharedSequences& sequences, const SharedScript& script) {
  const Json lead = text_of("The lead's id.", limits::kNameBytes);
  Tools tools;
  tools.push_back(make_tool(
      system_spec("advance_sequence",
                  "Do the step that a lead's sequence has come to: propose its draft, wait, or end.", {{"lead", lead}},
                  {"lead"}, EffectClass::draft),
      [sequences, script](const Json& arguments, const ToolContext& context) {
        return propose_advance(arguments, context, *sequences, *script);
      },
      [sequences, script](const Json& arguments, ToolContext& context) {
        return run_advance(arguments, context, *sequences, *script);
      }));
  tools.push_back(make_tool(
      system_spec("hold_sequence", "Put the step of a lead's sequence off to the next business day, and say why.",
                  {{"lead", lead}, {"reason", text_of("Why.", limits::kSubjectBytes)}}, {"lead", "reason"},
                  EffectClass::write),
      [](const Json& arguments, const ToolContext&) -> Result<Proposal> {
        Proposal proposal;
        proposal.effects = {ChangesRecord{Noun::lead, false}};
        proposal.arguments = share(arguments);
        return proposal;
      },
      run_hold));
  return tools;
}

}  // namespace deskhand::tools
