// A lead's own moves: qualify (S2-EV2), disqualify (S2-RQ6), reopen. move_stage makes the same moves under other words,
// so the steps stand here and the tools that name them below.
//
// Thread rule: the tools are immutable; functions read and write through the caller's Txn only.
#pragma once

#include "schema/records.h"
#include "tools/deal.h"
#include "tools/function_tool.h"
#include "tools/wording.h"

namespace deskhand::tools {

Tools qualifying_tools(const schema::RecordSchemas& records, const Wording& wording);

// Arguments: lead, reason, note. Without a reason: invalid_argument that asks for it.
Result<Proposal> propose_disqualify(const Json& arguments, const ToolContext& context);
Result<ToolOutcome> run_disqualify(const Json& arguments, ToolContext& context);

// Arguments: lead or opportunity, reason. A disqualified lead is worked again; a closed opportunity goes back to
// estimating, or to scheduled when it had been won.
Result<Proposal> propose_reopen(const Json& arguments, const ToolContext& context);
Result<ToolOutcome> run_reopen(const Json& arguments, ToolContext& context);

// A reason in the words of either list (S2-L1g, S2-O2); nullopt when it is in neither.
std::optional<DisqualifyReason> read_disqualify_reason(std::string_view word);
std::optional<LostReason> read_lost_reason(std::string_view word);

ToolOutcome outcome_of(const Deal& deal, const ToolContext& context, std::string text);

}  // namespace deskhand::tools
