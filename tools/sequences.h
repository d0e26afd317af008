// Sequences of follow-ups (S4-J1, S4-E2, S1-L3): enrol_sequence, pause_sequence, resume_sequence, exit_sequence,
// show_sequence and list_sequences for people and models; advance_sequence, hold_sequence and sequence_notice for the
// daily run; set_stage and list_stages for what a stage does by itself.
//
// A step only ever proposes: it puts a draft down, and the send that follows waits for the owner's yes. While that yes
// is waited for, no further step of the sequence is proposed. A lead walks through one sequence at a time, and through
// the same one by itself only once.
//
// Thread rule: the tools are immutable; the rest reads and writes through the caller's Txn only.
// Codes: conflict (in a sequence already, or in none), invalid_argument, not_found, those of the store.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "crm/nurture.h"
#include "crm/stage.h"
#include "procedure/procedure.h"
#include "tools/function_tool.h"
#include "tools/script.h"

namespace deskhand::tools {

struct Sequences {
  std::vector<procedure::Sequence> all;
  std::vector<procedure::StageRule> stages;

  const procedure::Sequence* find(std::string_view name) const;  // nullptr: not in the procedure (any more)
  const procedure::Sequence* for_state(CanonicalState state) const;
};
using SharedSequences = std::shared_ptr<const Sequences>;
SharedSequences sequences_of(const procedure::Procedure& procedure);

Tools sequence_tools(const SharedSequences& sequences, const SharedScript& script);
Tools stage_setting_tools(const SharedSequences& sequences);
// A lead that enters a stage is enrolled in its sequence where the stage is set so; a reply, a change of stage, an
// opt-out and the end of a lead end what it is in.
Consequence sequence_consequence(const procedure::Procedure& procedure);

// --- Shared by the files of these tools
// ---------------------------------------------------------------------------------

// Every stage, filled in: what the business has set, else the procedure, else the usual.
Result<std::vector<StageSetting>> stages_now(const ToolContext& context, const Sequences& sequences);
Result<StageSetting> stage_now(const ToolContext& context, const Sequences& sequences, CanonicalState state);

// The day of a step: its wait after `since`, on a business day.
Day step_day(const procedure::SequenceStep& step, Day since, Day enrolled_on, const BusinessCalendar& calendar);

Result<Enrolment> begin_sequence(ToolContext& context, const Lead& lead, const procedure::Sequence& sequence,
                                 bool by_itself);
// Out of it before its end; a draft of its that still waits for a yes is taken back.
Result<Enrolment> leave_sequence(ToolContext& context, Enrolment enrolment, NurtureExit reason);
// Why it should be out; none: it goes on. `lead` is nullptr when the record is gone from view.
Result<NurtureExit> reason_to_leave(const ToolContext& context, const Enrolment& enrolment, const Lead* lead,
                                    const procedure::Sequence* sequence);
NurtureEntry entry_of(const ToolContext& context, const Enrolment& enrolment, NurtureEvent event);
// The lead of an enrolment; nullopt when it has been archived.
Result<std::optional<Lead>> lead_of(const ToolContext& context, const Enrolment& enrolment);
// The card of its last draft while it waits.
Result<std::optional<Approval>> waiting_card(const ToolContext& context, const Enrolment& enrolment);
// "Estimate follow-up, step 2 of 3 on Tue Mar 3"
std::string standing_text(const Enrolment& enrolment, const procedure::Sequence* sequence);

// The parts, one file each.
Tools sequence_step_tools(const SharedSequences& sequences, const SharedScript& script);
std::unique_ptr<Tool> make_sequence_notice(const SharedSequences& sequences);
Tools sequence_lookup_tools(const SharedSequences& sequences);

}  // namespace deskhand::tools
