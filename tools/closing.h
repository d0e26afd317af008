// The end of a deal: won (S2-EV4, only ever after the owner's yes) and lost (S2-EV5). Both work from an opportunity and
// from a lead that was never converted. move_stage comes here as well, so that no other word wins or loses differently.
//
// Thread rule: the tools are immutable; functions read and write through the caller's Txn only.
#pragma once

#include "schema/records.h"
#include "tools/deal.h"
#include "tools/function_tool.h"
#include "tools/wording.h"

namespace deskhand::tools {

Tools closing_tools(const schema::RecordSchemas& records, const Wording& wording);

// Arguments: lead or opportunity, amount, phone, address. For an unconverted lead what is missing is asked for first.
Result<Proposal> propose_win(const Json& arguments, const ToolContext& context);
Result<ToolOutcome> run_win(const Json& arguments, ToolContext& context, const Wording& wording);

// Arguments: lead or opportunity, reason, note. Without a reason: invalid_argument that asks for it.
Result<Proposal> propose_lose(const Json& arguments, const ToolContext& context);
Result<ToolOutcome> run_lose(const Json& arguments, ToolContext& context, const Wording& wording);

}  // namespace deskhand::tools
