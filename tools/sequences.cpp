#include "tools/sequences.h"

#include "base/limits.h"
#include "base/text.h"
#include "ports/store/store.h"
#include "procedure/words.h"
#include "tools/arguments.h"
#include "tools/present.h"
#include "tools/resolve.h"
#include "tools/schema_parts.h"

namespace deskhand::tools {
namespace {

Json lead_property() { return text_of("The lead: a ref such as L-1042, or the person's name.", limits::kNameBytes); }

std::string names_of(const Sequences& sequences) {
  std::vector<std::string> names;
  for (const procedure::Sequence& sequence : sequences.all) names.push_back(printable_line(sequence.name.words));
  return join(names, ", ");
}

// By its name or enough of it; without a name the one for the stage the lead stands in, else the only one there is.
Result<const procedure::Sequence*> wanted_sequence(const Json& arguments, const Sequences& sequences,
                                                   CanonicalState state) {
  if (sequences.all.empty())
    return make_error(Code::not_found, "No procedure has a sequence; procedures/nurture.md shows how one is written.");
  const std::string words = line(arguments, "sequence");
  if (words.empty()) {
    if (const procedure::Sequence* fitting = sequences.for_state(state)) return fitting;
    if (sequences.all.size() == 1) return &sequences.all.front();
    return make_error(Code::invalid_argument, "Which sequence? There are " + names_of(sequences) + ".");
  }
  if (const procedure::Sequence* named = sequences.find(words)) return named;
  std::vector<const procedure::Sequence*> found;
  for (const procedure::Sequence& sequence : sequences.all)
    if (procedure::folded(sequence.name.words).find(procedure::folded(words)) != std::string::npos)
      found.push_back(&sequence);
  if (found.size() == 1) return found.front();
  return make_error(Code::not_found, "There is no one sequence \"" + shorten(printable_line(words), 60) +
                                         "\"; there are " + names_of(sequences) + ".");
}

struct OpenEnrolment {
  Lead lead;
  Enrolment enrolment;
};

Result<OpenEnrolment> open_enrolment(const Json& arguments, const ToolContext& context) {
  Result<Lead> lead = resolve_lead(context, line(arguments, "lead"), Scope::open_first);
  if (!lead) return lead.error();
  Result<std::optional<Enrolment>> open = context.txn.nurture().open_of(lead->id);
  if (!open) return open.error();
  if (!*open)
    return make_error(Code::conflict, ref_of(*lead) + " " + printable_line(lead->title) + " is in no sequence.");
  return OpenEnrolment{std::move(*lead), std::move(**open)};
}

Proposal change_of_lead(const Lead& lead, Json resolved) {
  Proposal proposal;
  proposal.effects = {ChangesRecord{Noun::lead, false}};
  resolved["lead"] = ref_of(lead);
  proposal.arguments = share(std::move(resolved));
  proposal.contact = lead.contact;
  proposal.lead = lead.id;
  return proposal;
}

ToolOutcome enrolment_outcome(const ToolContext& context, const LeadId& id, const Enrolment& enrolment,
                              const procedure::Sequence* sequence, const std::string& opening) {
  ToolOutcome outcome;
  const Result<Lead> lead = context.txn.leads().find(id);
  if (!lead) return outcome;
  outcome.text = opening + " " + ref_of(*lead) + " " + printable_line(lead->title) + " — " +
                 standing_text(enrolment, sequence) + ".";
  outcome.data = share(to_data(*lead, context));
  outcome.touched = {ref_of(*lead)};
  return outcome;
}

// --- enrol_sequence --------------------------------------------------------------------------------------------------

Result<Lead> lead_to_enrol(const Json& arguments, const ToolContext& context) {
  Result<Lead> lead = resolve_lead(context, line(arguments, "lead"), Scope::open);
  if (!lead) return lead;
  const std::string about = ref_of(*lead) + " " + printable_line(lead->title);
  if (lead->contact.empty())
    return make_error(Code::invalid_argument,
                      about + " has no known contact yet; who is it, and how can they be reached?");
  Result<Contact> contact = context.txn.contacts().find_live(lead->contact);
  if (!contact) return contact.error();
  if (contact->do_not_contact || contact->archived)
    return make_error(Code::forbidden, printable_line(name_with_ref(*contact)) +
                                           " is not to be contacted; nothing is proposed to them.");
  Result<std::optional<Enrolment>> open = context.txn.nurture().open_of(lead->id);
  if (!open) return open.error();
  if (*open)
    return make_error(Code::conflict, about + " is in a sequence already (" + printable_line((*open)->sequence) +
                                          "); take it out of that first.");
  return lead;
}

std::unique_ptr<Tool> make_enrol(const SharedSequences& sequences) {
  const auto propose = [sequences](const Json& arguments, const ToolContext& context) -> Result<Proposal> {
    Result<Lead> lead = lead_to_enrol(arguments, context);
    if (!lead) return lead.error();
    Result<const procedure::Sequence*> sequence = wanted_sequence(arguments, *sequences, lead->state);
    if (!sequence) return sequence.error();
    return change_of_lead(*lead, Json{{"sequence", (*sequence)->name.words}});
  };
  const auto run = [sequences](const Json& arguments, ToolContext& context) -> Result<ToolOutcome> {
    Result<Lead> lead = lead_to_enrol(arguments, context);
    if (!lead) return lead.error();
    Result<const procedure::Sequence*> sequence = wanted_sequence(arguments, *sequences, lead->state);
    if (!sequence) return sequence.error();
    Result<Enrolment> begun = begin_sequence(context, *lead, **sequence, false);
    if (!begun) return begun.error();
    return enrolment_outcome(context, lead->id, *begun, *sequence, "Enrolled:");
  };
  ToolSpec spec;
  spec.name = "enrol_sequence";
  spec.description =
      "Put a lead into a sequence of follow-ups. Each step proposes a draft on its day and waits for the owner's yes.";
  spec.arguments = share(closed_schema(
      {{"lead", lead_property()},
       {"sequence", text_of("Its name; the one for the lead's stage when left out.", limits::kNameBytes)}},
      {"lead"}));
  spec.effect = EffectClass::write;
  spec.undoable = true;
  return make_tool(std::move(spec), propose, run);
}

// --- pause, resume, exit ---------------------------------------------------------------------------------------------

using Turn = std::function<Result<Enrolment>(ToolContext&, Enrolment, const procedure::Sequence*)>;

std::unique_ptr<Tool> make_turn(std::string name, std::string description, std::string opening,
                                const SharedSequences& sequences, const Turn& turn) {
  const auto propose = [](const Json& arguments, const ToolContext& context) -> Result<Proposal> {
    Result<OpenEnrolment> wanted = open_enrolment(arguments, context);
    if (!wanted) return wanted.error();
    return change_of_lead(wanted->lead, Json::object());
  };
  const auto run = [sequences, opening, turn](const Json& arguments, ToolContext& context) -> Result<ToolOutcome> {
    Result<OpenEnrolment> wanted = open_enrolment(arguments, context);
    if (!wanted) return wanted.error();
    const procedure::Sequence* sequence = sequences->find(wanted->enrolment.sequence);
    Result<Enrolment> turned = turn(context, std::move(wanted->enrolment), sequence);
    if (!turned) return turned.error();
    return enrolment_outcome(context, wanted->lead.id, *turned, sequence, opening);
  };
  ToolSpec spec;
  spec.name = std::move(name);
  spec.description = std::move(description);
  spec.arguments = share(closed_schema({{"lead", lead_property()}}, {"lead"}));
  spec.effect = EffectClass::write;
  spec.undoable = true;
  return make_tool(std::move(spec), propose, run);
}

Result<Enrolment> store_with_entry(ToolContext& context, Enrolment enrolment, NurtureEvent event) {
  Result<Enrolment> stored = context.txn.nurture().update(std::move(enrolment));
  if (!stored) return stored;
  if (Done done = context.txn.nurture().append(entry_of(context, *stored, event)); !done) return done.error();
  return stored;
}

Result<Enrolment> pause(ToolContext& context, Enrolment enrolment, const procedure::Sequence*) {
  if (enrolment.status == NurtureStatus::paused) return make_error(Code::conflict, "That sequence is paused already.");
  enrolment.status = NurtureStatus::paused;
  enrolment.next_step_on.reset();
  return store_with_entry(context, std::move(enrolment), NurtureEvent::paused);
}

// The wait of its next step begins anew, and what was said meanwhile is known.
Result<Enrolment> resume(ToolContext& context, Enrolment enrolment, const procedure::Sequence* sequence) {
  if (enrolment.status == NurtureStatus::active) return make_error(Code::conflict, "That sequence is not paused.");
  if (sequence == nullptr)
    return make_error(Code::not_found, "The procedure has no sequence \"" + printable_line(enrolment.sequence) +
                                           "\" any more; take the lead out of it instead.");
  const std::size_t step = static_cast<std::size_t>(enrolment.next_step);
  enrolment.status = NurtureStatus::active;
  enrolment.next_step_on = step <= sequence->steps.size() ? step_day(sequence->steps[step - 1], context.today,
                                                                     enrolment.enrolled_on, context.org.calendar)
                                                          : context.org.calendar.next_business_day(context.today);
  Result<std::int64_t> newest = context.txn.nurture().newest_interaction();
  if (!newest) return newest.error();
  enrolment.seen_interaction = *newest;
  return store_with_entry(context, std::move(enrolment), NurtureEvent::resumed);
}

Result<Enrolment> take_out(ToolContext& context, Enrolment enrolment, const procedure::Sequence*) {
  return leave_sequence(context, std::move(enrolment), NurtureExit::by_person);
}

}  // namespace

Tools sequence_tools(const SharedSequences& sequences, const SharedScript& script) {
  Tools tools;
  tools.push_back(make_enrol(sequences));
  tools.push_back(make_turn("pause_sequence",
                            "Let the sequence that a lead is in rest; nothing more of it is proposed.",
                            "Paused:", sequences, pause));
  tools.push_back(make_turn("resume_sequence", "Let a paused sequence go on; the wait of its next step begins anew.",
                            "Goes on:", sequences, resume));
  tools.push_back(make_turn("exit_sequence",
                            "Take a lead out of its sequence; a draft of it that still waits for a yes is taken back.",
                            "Taken out:", sequences, take_out));
  for (auto& tool : sequence_lookup_tools(sequences)) tools.push_back(std::move(tool));
  for (auto& tool : sequence_step_tools(sequences, script)) tools.push_back(std::move(tool));
  tools.push_back(make_sequence_notice(sequences));
  return tools;
}

}  // namespace deskhand::tools
