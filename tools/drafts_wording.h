// The words of a follow-up: which of the procedure's templates fits, what its placeholders stand for, and what still
// has to be asked (S2-DR1 … S2-DR3).
//
// Thread rule: reads through the caller's Txn only; the rest are pure functions.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/json_fwd.h"
#include "tools/interactions_subject.h"
#include "tools/script.h"

namespace deskhand::tools {

// What is on record of a lead that its follow-up depends on.
struct LeadStanding {
  std::vector<Interaction> history;  // newest first
  std::vector<Estimate> estimates;   // newest first, drafts left out
  std::optional<Appointment> next_visit;
};
Result<LeadStanding> standing_of(const ToolContext& context, const Subject& subject);

// nullopt: none of the three fits (a visit is booked, the proposal was turned down); `why` then says so.
std::optional<DraftStage> stage_of(const Subject& subject, const LeadStanding& standing, std::string& why);

// "leaking shower" of "Leaking shower": as it stands in the middle of a sentence. Names and abbreviations keep their
// capitals.
std::string in_sentence(std::string_view title);
// "Your leaking shower", "Your estimate: leaking shower", "Next step: leaking shower".
std::string subject_for(std::string_view title, std::optional<DraftStage> stage);

// The template with everything on record put in; `fill` (placeholder to words) goes before the record. Code
// invalid_argument: one question for all that is still open.
Result<std::string> worded(const procedure::Template& wording, DraftStage stage, const Json& fill,
                           const Subject& subject, const LeadStanding& standing, const ToolContext& context);

// The lead that a follow-up is about, with its contact. conflict: it is closed; invalid_argument: nobody is known yet.
Result<Subject> lead_to_follow_up(const Json& arguments, const ToolContext& context);

}  // namespace deskhand::tools
