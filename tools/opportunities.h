// Opportunities (S2-O1): convert_lead (S2-EV3, S2-RQ5), create_opportunity, update_opportunity, show_opportunity,
// list_opportunities. Winning and losing are in closing.h.
//
// Thread rule: the tools are immutable; functions read and write through the caller's Txn only.
#pragma once

#include "schema/records.h"
#include "tools/function_tool.h"

namespace deskhand::tools {

Tools opportunity_tools(const schema::RecordSchemas& records);
Tools opportunity_lookup_tools(const schema::RecordSchemas& records);

// Arguments: lead, stage, name, amount, phone, address, site_visit. What the contact's record lacks is asked for first.
Result<Proposal> propose_convert(const Json& arguments, const ToolContext& context);
Result<ToolOutcome> run_convert(const Json& arguments, ToolContext& context);

}  // namespace deskhand::tools
