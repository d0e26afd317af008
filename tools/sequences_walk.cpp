// How a lead gets into a sequence and out of it; see sequences.h.
#include <algorithm>

#include "base/limits.h"
#include "base/text.h"
#include "ports/store/store.h"
#include "procedure/words.h"
#include "tools/drafts.h"
#include "tools/present.h"
#include "toolbox/withdraw.h"
#include "tools/sequences.h"

namespace deskhand::tools {
namespace {

constexpr std::size_t kTalksLookedAt = 50;

bool is_reply(const Interaction& talk, const Enrolment& enrolment, const ToolContext& context) {
  if (talk.head.ref_number <= enrolment.seen_interaction) return false;
  if (talk.inbound || talk.type == InteractionType::email_inbound) return true;
  const bool spoke = talk.outcome == Outcome::spoke || talk.outcome == Outcome::accepted_proposal ||
                     talk.outcome == Outcome::rejected_proposal || talk.outcome == Outcome::rescheduled;
  // An older talk that is only written down now answers nothing of the sequence.
  const Result<Zone> zone = Zone::find(context.org.timezone);
  return spoke && zone && zone->day_of(talk.at) >= enrolment.enrolled_on;
}

Result<bool> has_replied(const ToolContext& context, const Enrolment& enrolment, const Lead& lead,
                         const ContactId& contact) {
  Result<std::vector<Interaction>> talks = context.txn.interactions().of_contact(contact, kTalksLookedAt);
  if (!talks) return talks.error();
  return std::any_of(talks->begin(), talks->end(), [&](const Interaction& talk) {
    // The message that made the lead is no answer to what came after it.
    const bool began_it = !talk.origin.empty() && talk.origin == lead.origin;
    return !began_it && is_reply(talk, enrolment, context);
  });
}

// Approved, but held by quiet hours or an outage: it has not left yet.
Done withdraw_queued(ToolContext& context, Message& draft, const std::string& why) {
  if (draft.status != DraftStatus::approved) return {};
  Result<std::vector<OutboxRow>> rows = context.txn.outbox().of_message(draft.id);
  if (!rows) return rows.error();
  for (const OutboxRow& row : *rows) {
    if (row.state != OutboxState::queued) continue;
    Result<OutboxRow> withdrawn =
        context.txn.outbox().settle(row.id, OutboxState::queued, OutboxState::cancelled, why, context.now, {});
    if (!withdrawn) return withdrawn.error();
    if (Done done = toolbox::reopen_draft(context.txn, *withdrawn); !done) return done;
    draft.status = DraftStatus::open;
  }
  return {};
}

// What it proposed and has not left is old news, whether somebody said yes to it or not.
Done take_back_proposal(ToolContext& context, const Enrolment& enrolment, const std::string& why) {
  if (enrolment.proposal.empty()) return {};
  Result<Message> proposal = context.txn.messages().find(enrolment.proposal);
  if (!proposal) return proposal.error();
  if (Done done = close_cards(context, *proposal, why); !done) return done;
  const MessageId root = proposal->draft_root.empty() ? proposal->id : proposal->draft_root;
  Result<std::vector<Message>> drafts = context.txn.messages().of_contact(proposal->contact, limits::kPageRowsMax);
  if (!drafts) return drafts.error();
  for (Message& draft : *drafts) {
    if (draft.id != root && draft.draft_root != root) continue;
    if (Done done = withdraw_queued(context, draft, why); !done) return done;
    if (draft.status != DraftStatus::open) continue;
    if (Done done = context.txn.messages().set_status(draft.id, DraftStatus::open, DraftStatus::discarded); !done)
      return done;
  }
  return {};
}

}  // namespace

const procedure::Sequence* Sequences::find(std::string_view name) const {
  const std::string words = procedure::folded(name);
  for (const procedure::Sequence& sequence : all)
    if (procedure::folded(sequence.name.words) == words) return &sequence;
  return nullptr;
}

const procedure::Sequence* Sequences::for_state(CanonicalState state) const {
  for (const procedure::Sequence& sequence : all)
    if (sequence.starts_in == state && !sequence.steps.empty()) return &sequence;
  return nullptr;
}

SharedSequences sequences_of(const procedure::Procedure& procedure) {
  auto sequences = std::make_shared<Sequences>();
  for (const procedure::Sequence& sequence : procedure.sequences)
    if (!sequence.steps.empty() && sequences->all.size() < limits::kSequences) sequences->all.push_back(sequence);
  sequences->stages = procedure.stages;
  return sequences;
}

Day step_day(const procedure::SequenceStep& step, Day since, Day enrolled_on, const BusinessCalendar& calendar) {
  if (!step.wait) return calendar.next_business_day(since);
  const Day from = step.counts_from_start ? enrolled_on : since;
  Day day = from;
  switch (step.wait->unit) {
    case procedure::DurationUnit::business_days:
      day = calendar.add_business_days(from, step.wait->count);
      break;
    case procedure::DurationUnit::months:
      day = from.plus_months(step.wait->count);
      break;
    case procedure::DurationUnit::days:
    case procedure::DurationUnit::weeks:
      day = from.plus_days(procedure::in_days(*step.wait));
      break;
  }
  day = std::max(day, since);
  return calendar.is_business_day(day) ? day : calendar.next_business_day(day);
}

NurtureEntry entry_of(const ToolContext& context, const Enrolment& enrolment, NurtureEvent event) {
  NurtureEntry entry;
  entry.enrolment = enrolment.id;
  entry.lead = enrolment.lead;
  entry.sequence = enrolment.sequence;
  entry.event = event;
  entry.at = context.now;
  entry.day = context.today;
  entry.procedure_version = context.procedure_version;
  return entry;
}

Result<std::optional<Lead>> lead_of(const ToolContext& context, const Enrolment& enrolment) {
  Result<Lead> lead = context.txn.leads().find(enrolment.lead);
  if (lead) return std::optional<Lead>(std::move(*lead));
  if (lead.error().code == Code::not_found) return std::optional<Lead>();
  return lead.error();
}

Result<std::optional<Approval>> waiting_card(const ToolContext& context, const Enrolment& enrolment) {
  if (enrolment.proposal.empty()) return std::optional<Approval>();
  Result<Message> proposal = context.txn.messages().find(enrolment.proposal);
  if (!proposal) return proposal.error();
  const MessageId root = proposal->draft_root.empty() ? proposal->id : proposal->draft_root;
  Result<std::vector<Approval>> waiting = context.txn.approvals().pending_of_message(root);
  if (!waiting) return waiting.error();
  for (Approval& approval : *waiting)
    if (approval.expires_at > context.now) return std::optional<Approval>(std::move(approval));
  return std::optional<Approval>();
}

Result<Enrolment> begin_sequence(ToolContext& context, const Lead& lead, const procedure::Sequence& sequence,
                                 bool by_itself) {
  Enrolment enrolment;
  enrolment.lead = lead.id;
  enrolment.sequence = sequence.name.words;
  enrolment.enrolled_on = context.today;
  enrolment.by_itself = by_itself;
  enrolment.entered_state = lead.state;
  enrolment.entered_status = lead.status;
  enrolment.next_step_on = step_day(sequence.steps.front(), context.today, context.today, context.org.calendar);
  Result<std::int64_t> newest = context.txn.nurture().newest_interaction();
  if (!newest) return newest.error();
  enrolment.seen_interaction = *newest;
  Result<Enrolment> stored = context.txn.nurture().insert(std::move(enrolment));
  if (!stored) return stored;
  if (Done done = context.txn.nurture().append(entry_of(context, *stored, NurtureEvent::enrolled)); !done)
    return done.error();
  return stored;
}

Result<Enrolment> leave_sequence(ToolContext& context, Enrolment enrolment, NurtureExit reason) {
  const std::string why(sentence_of(reason));
  if (Done done = take_back_proposal(context, enrolment, "sequence ended: " + why); !done) return done.error();
  enrolment.status = NurtureStatus::exited;
  enrolment.exit = reason;
  enrolment.ended_at = context.now;
  enrolment.next_step_on.reset();
  Result<Enrolment> stored = context.txn.nurture().update(std::move(enrolment));
  if (!stored) return stored;
  NurtureEntry entry = entry_of(context, *stored, NurtureEvent::exited);
  entry.note = why;
  if (Done done = context.txn.nurture().append(std::move(entry)); !done) return done.error();
  return stored;
}

Result<NurtureExit> reason_to_leave(const ToolContext& context, const Enrolment& enrolment, const Lead* lead,
                                    const procedure::Sequence* sequence) {
  if (lead == nullptr || is_closed(lead->state)) return NurtureExit::closed;
  if (lead->contact.empty()) return NurtureExit::none;
  Result<Contact> contact = context.txn.contacts().find_live(lead->contact);
  if (!contact) return contact.error();
  if (contact->do_not_contact || contact->archived) return NurtureExit::opted_out;
  const bool on_stage_change = sequence == nullptr || sequence->ends_on_stage_change;
  if (on_stage_change && has_left_stage(enrolment, lead->state, lead->status)) return NurtureExit::stage_changed;
  if (sequence != nullptr && !sequence->ends_on_reply) return NurtureExit::none;
  Result<bool> replied = has_replied(context, enrolment, *lead, contact->id);
  if (!replied) return replied.error();
  return *replied ? NurtureExit::replied : NurtureExit::none;
}

std::string standing_text(const Enrolment& enrolment, const procedure::Sequence* sequence) {
  std::string text = printable_line(enrolment.sequence) + ": ";
  const std::string of = sequence == nullptr ? "" : " of " + std::to_string(sequence->steps.size());
  switch (enrolment.status) {
    case NurtureStatus::not_enrolled:
      return "not enrolled";
    case NurtureStatus::completed:
      return text + "through";
    case NurtureStatus::exited:
      return text + "ended, because " +
             (enrolment.exit == NurtureExit::none ? "it was taken back" : std::string(sentence_of(enrolment.exit)));
    case NurtureStatus::paused:
      return text + "paused before step " + std::to_string(enrolment.next_step) + of;
    case NurtureStatus::active:
      if (sequence != nullptr && static_cast<std::size_t>(enrolment.next_step) > sequence->steps.size())
        return text + "its last message waits for your yes or has just left";
      text += "step " + std::to_string(enrolment.next_step) + of;
      return text + (enrolment.next_step_on ? " on " + to_short_text(*enrolment.next_step_on) : "");
  }
  return text;
}

// --- what follows from a change --------------------------------------------------------------------------------------

namespace {

Done check_open(ToolContext& context, const Enrolment& enrolment, const Sequences& sequences) {
  Result<std::optional<Lead>> lead = lead_of(context, enrolment);
  if (!lead) return lead.error();
  Result<NurtureExit> reason =
      reason_to_leave(context, enrolment, *lead ? &**lead : nullptr, sequences.find(enrolment.sequence));
  if (!reason) return reason.error();
  if (*reason == NurtureExit::none) return {};
  Result<Enrolment> left = leave_sequence(context, enrolment, *reason);
  return left ? Done{} : Done{left.error()};
}

Done check_lead(ToolContext& context, const LeadId& id, const Sequences& sequences) {
  Result<std::optional<Enrolment>> open = context.txn.nurture().open_of(id);
  if (!open) return open.error();
  return *open ? check_open(context, **open, sequences) : Done{};
}

Done check_contact(ToolContext& context, const ContactId& id, const Sequences& sequences) {
  Result<std::vector<Enrolment>> open = context.txn.nurture().open_of_contact(id, limits::kPageRowsMax);
  if (!open) return open.error();
  for (const Enrolment& enrolment : *open)
    if (Done done = check_open(context, enrolment, sequences); !done) return done;
  return {};
}

// By itself a lead goes through a sequence once: back in its stage it goes on where it was, or not at all.
Done take_up(ToolContext& context, const Lead& lead, const procedure::Sequence& sequence) {
  Result<std::vector<Enrolment>> all = context.txn.nurture().all_of(lead.id, limits::kPageRowsMax);
  if (!all) return all.error();
  for (Enrolment& known : *all) {
    if (is_open(known.status)) return {};
    if (procedure::folded(known.sequence) != procedure::folded(sequence.name.words)) continue;
    const bool taken_back = known.status == NurtureStatus::exited && known.exit == NurtureExit::none;
    if (taken_back) continue;  // by undo: as if it had not been
    const int next_step = known.next_step;
    const bool goes_on =
        known.exit == NurtureExit::stage_changed && static_cast<std::size_t>(next_step) <= sequence.steps.size();
    if (!goes_on) return {};
    Result<Enrolment> again = begin_sequence(context, lead, sequence, true);
    if (!again) return again.error();
    again->next_step = next_step;
    again->next_step_on = step_day(sequence.steps[static_cast<std::size_t>(next_step) - 1], context.today,
                                   context.today, context.org.calendar);
    Result<Enrolment> stored = context.txn.nurture().update(std::move(*again));
    return stored ? Done{} : Done{stored.error()};
  }
  Result<Enrolment> begun = begin_sequence(context, lead, sequence, true);
  return begun ? Done{} : Done{begun.error()};
}

Done enter_stage(ToolContext& context, const LeadId& id, const Sequences& sequences) {
  Result<Lead> lead = context.txn.leads().find(id);
  if (!lead) return lead.error().code == Code::not_found ? Done{} : Done{lead.error()};
  if (is_closed(lead->state) || lead->contact.empty()) return {};
  const procedure::Sequence* sequence = sequences.for_state(lead->state);
  if (sequence == nullptr) return {};
  Result<StageSetting> stage = stage_now(context, sequences, lead->state);
  if (!stage) return stage.error();
  if (!stage->auto_nurture.value_or(false)) return {};
  Result<Contact> contact = context.txn.contacts().find_live(lead->contact);
  if (!contact) return contact.error();
  if (contact->do_not_contact || contact->archived) return {};
  return take_up(context, *lead, *sequence);
}

}  // namespace

Consequence sequence_consequence(const procedure::Procedure& procedure) {
  const SharedSequences sequences = sequences_of(procedure);
  return [sequences](ToolContext& context) -> Done {
    const LeadNews news = context.txn.nurture().take_news();
    for (const auto* leads : {&news.touched, &news.entered})
      for (const std::string& id : *leads)
        if (Done done = check_lead(context, LeadId(id), *sequences); !done) return done;
    for (const std::string& id : news.contacts)
      if (Done done = check_contact(context, ContactId(id), *sequences); !done) return done;
    for (const std::string& id : news.entered)
      if (Done done = enter_stage(context, LeadId(id), *sequences); !done) return done;
    return {};
  };
}

}  // namespace deskhand::tools
