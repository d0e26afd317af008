// move_stage: one lead or opportunity moves along the pipeline, in the words of any of the five vocabularies (inventory
// 1b). Whatever the word, the move is the one that its own tool makes: won asks the owner, lost and disqualified need a
// reason.
//
// Thread rule: the tools are immutable; the functions are pure.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "crm/status.h"
#include "tools/function_tool.h"
#include "tools/wording.h"

namespace deskhand::tools {

Tools stage_tools(const Wording& wording);

// Every canonical state that the word may mean: the state of that name, else of the vocabularies that know it.
std::vector<CanonicalState> states_named(std::string_view word);

// Where a word moves a record.
struct StageTarget {
  enum class Kind { pair, deal_stage, won, lost, disqualified, convert, nowhere } kind = Kind::nowhere;
  std::optional<LeadStatus> status;  // pair: what of the two is written
  std::optional<LeadStage> stage;
  OpportunityStage deal_stage = OpportunityStage::estimating;
};
// `has_opportunity`: the record is or has one, and moves by its stages. nullopt: no vocabulary has the word.
std::optional<StageTarget> read_stage(std::string_view word, std::optional<Vocabulary> vocabulary,
                                      CanonicalState current, bool has_opportunity);

}  // namespace deskhand::tools
