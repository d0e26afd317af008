// A stage as a business has set it up (S4-E2): what it is called, how likely a deal of it is won, its colour, whether
// entering it begins a sequence of follow-ups, and how long a lead may stand in it before the owner hears of it. Each
// stage maps to one canonical state; a lead stands in the stage of its state.
//
// Thread rule: value types and pure functions. Days are business days.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/ids.h"
#include "crm/record.h"
#include "crm/status.h"

namespace deskhand {

using StageId = Id<struct StageNoun>;

inline constexpr std::string_view kUsualPipeline = "leads";

// What nobody has set is empty: the procedure says it then, else usual_stage().
struct StageSetting {
  StageId id;
  RecordHead head;
  std::string pipeline{kUsualPipeline};
  CanonicalState state = CanonicalState::fresh;
  std::optional<std::string> name;
  std::optional<int> probability;     // percent
  std::optional<std::string> colour;  // "#2f855a"
  std::optional<bool> auto_nurture;
  std::optional<int> sla_days;  // 0: no limit, whatever the procedure says
};

// Everything filled in: the name and chances that hold where nobody says otherwise; no sequence, no limit.
StageSetting usual_stage(CanonicalState state);
// `over` where it says something, else `under`; id and head are those of `over`.
StageSetting laid_over(const StageSetting& over, const StageSetting& under);

bool is_colour(std::string_view text);  // "#rrggbb"

// The state that the words of any vocabulary name, as the words of a document do: "estimate sent", "new", "quoted",
// "proposal", "scheduled visit". nullopt: nobody calls a stage so.
std::optional<CanonicalState> state_called(std::string_view words);

}  // namespace deskhand
