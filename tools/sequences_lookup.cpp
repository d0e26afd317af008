// show_sequence and list_sequences; see sequences.h.
#include "base/limits.h"
#include "base/text.h"
#include "ports/store/store.h"
#include "tools/arguments.h"
#include "tools/present.h"
#include "tools/resolve.h"
#include "tools/schema_parts.h"
#include "tools/sequences.h"

namespace deskhand::tools {
namespace {

constexpr std::size_t kEntriesShown = 50;

std::string entry_text(const NurtureEntry& entry) {
  std::string text = to_short_text(entry.day) + " · " + std::string(name_of(entry.event));
  if (entry.step > 0) text += " step " + std::to_string(entry.step);
  return entry.note.empty() ? text : text + ": " + printable_line(entry.note);
}

Json nurture_entry_data(const NurtureEntry& entry, const ToolContext& context) {
  Json data{{"at", to_rfc3339(entry.at)},
            {"date", to_iso(entry.day)},
            {"sequence", entry.sequence},
            {"event", name_of(entry.event)}};
  if (entry.step > 0) data["step"] = entry.step;
  if (!entry.note.empty()) data["note"] = entry.note;
  if (!entry.message.empty())
    if (const Result<Message> message = context.txn.messages().find(entry.message)) data["message"] = ref_of(*message);
  return data;
}

Json enrolment_data(const Enrolment& enrolment) {
  Json data{{"sequence", enrolment.sequence},
            {"status", name_of(enrolment.status)},
            {"enrolled_on", to_iso(enrolment.enrolled_on)},
            {"by_itself", enrolment.by_itself},
            {"next_step", enrolment.next_step}};
  if (enrolment.next_step_on) data["next_step_on"] = to_iso(*enrolment.next_step_on);
  if (enrolment.exit != NurtureExit::none) data["exit_reason"] = name_of(enrolment.exit);
  return data;
}

Result<ToolOutcome> run_show_sequence(const Json& arguments, ToolContext& context, const Sequences& sequences) {
  const Result<Lead> lead = resolve_lead(context, line(arguments, "lead"), Scope::open_first);
  if (!lead) return lead.error();
  const auto enrolments = context.txn.nurture().all_of(lead->id, limits::kPageRows);
  if (!enrolments) return enrolments.error();
  const auto entries = context.txn.nurture().entries_of(lead->id, kEntriesShown);
  if (!entries) return entries.error();
  ToolOutcome outcome;
  Json data{{"lead", ref_of(*lead)},
            {"nurture_status", name_of(lead->nurture_status)},
            {"enrolments", Json::array()},
            {"log", Json::array()}};
  std::vector<std::string> shown{lead_line(*lead, context)};
  if (enrolments->empty()) shown.push_back("It has been in no sequence.");
  for (const Enrolment& enrolment : *enrolments) {
    shown.push_back(standing_text(enrolment, sequences.find(enrolment.sequence)));
    data["enrolments"].push_back(enrolment_data(enrolment));
  }
  for (const NurtureEntry& entry : *entries) {
    shown.push_back(entry_text(entry));
    data["log"].push_back(nurture_entry_data(entry, context));
  }
  outcome.text = join(shown, "\n");
  outcome.data = share(std::move(data));
  outcome.touched = {ref_of(*lead)};
  return outcome;
}

std::string steps_text(const procedure::Sequence& sequence) {
  std::vector<std::string> steps;
  for (std::size_t index = 0; index < sequence.steps.size(); ++index) {
    const procedure::SequenceStep& step = sequence.steps[index];
    const std::string wait = !step.wait               ? "the next business day"
                             : step.counts_from_start ? "day " + std::to_string(step.wait->count)
                             : step.wait->count == 0  ? "at once"
                                                      : "after " + to_text(*step.wait);
    steps.push_back(std::to_string(index + 1) + ") " + wait);
  }
  return join(steps, ", ");
}

Result<ToolOutcome> run_list_sequences(const Json&, ToolContext& context, const Sequences& sequences) {
  ToolOutcome outcome;
  Json defined = Json::array(), walking = Json::array();
  std::vector<std::string> shown;
  for (const procedure::Sequence& sequence : sequences.all) {
    bool automatic = false;
    std::string starts = "started by hand";
    if (sequence.starts_in) {
      Result<StageSetting> stage = stage_now(context, sequences, *sequence.starts_in);
      if (!stage) return stage.error();
      automatic = stage->auto_nurture.value_or(false);
      starts =
          "for leads in \"" + printable_line(*stage->name) + "\", " + (automatic ? "by itself" : "started by hand");
    }
    shown.push_back(printable_line(sequence.name.words) + " (" + starts + "): " + steps_text(sequence));
    Json data{{"name", sequence.name.words}, {"steps", sequence.steps.size()}, {"by_itself", automatic}};
    if (sequence.starts_in) data["state"] = state_name(*sequence.starts_in);
    defined.push_back(std::move(data));
  }
  if (shown.empty()) shown.push_back("No procedure has a sequence.");
  const auto open = context.txn.nurture().open(limits::kPageRows);
  if (!open) return open.error();
  shown.push_back(open->empty() ? "No lead is in a sequence." : "In a sequence now:");
  for (const Enrolment& enrolment : *open) {
    const Result<std::optional<Lead>> lead = lead_of(context, enrolment);
    if (!lead) return lead.error();
    if (!*lead) continue;
    const Choice choice = choice_of(context, **lead);
    outcome.list.push_back(choice);
    shown.push_back(std::to_string(outcome.list.size()) + ". " + choice.ref + " " + choice.label + " — " +
                    standing_text(enrolment, sequences.find(enrolment.sequence)));
    Json data = enrolment_data(enrolment);
    data["lead"] = choice.ref;
    walking.push_back(std::move(data));
  }
  outcome.text = join(shown, "\n");
  outcome.data = share(Json{{"sequences", std::move(defined)}, {"enrolments", std::move(walking)}});
  return outcome;
}

}  // namespace

Tools sequence_lookup_tools(const SharedSequences& sequences) {
  Tools tools;
  ToolSpec show;
  show.name = "show_sequence";
  show.description = "How far a lead is in its sequence of follow-ups, and everything that happened in it.";
  show.arguments = share(
      closed_schema({{"lead", text_of("A ref such as L-1042, or the person's name.", limits::kNameBytes)}}, {"lead"}));
  tools.push_back(make_tool(std::move(show), propose_read, [sequences](const Json& arguments, ToolContext& context) {
    return run_show_sequence(arguments, context, *sequences);
  }));
  ToolSpec list;
  list.name = "list_sequences";
  list.description = "The sequences of follow-ups there are, with their steps, and the leads that are in one now.";
  list.arguments = share(closed_schema(Json::object(), {}));
  tools.push_back(make_tool(std::move(list), propose_read, [sequences](const Json& arguments, ToolContext& context) {
    return run_list_sequences(arguments, context, *sequences);
  }));
  return tools;
}

}  // namespace deskhand::tools
