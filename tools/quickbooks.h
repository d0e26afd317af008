// The customer in QuickBooks (S2-EV4.3, S2-HS5): create_quickbooks_customer queues the one outside effect after the
// owner's yes; record_quickbooks_id stores what QuickBooks answered and is called by the runtime alone.
//
// Thread rule: the tools are immutable; functions read and write through the caller's Txn only.
#pragma once

#include "tools/function_tool.h"
#include "tools/wording.h"

namespace deskhand::tools {

Tools quickbooks_tools(const Wording& wording);

// Neither the person nor their company is in QuickBooks, and no creation of theirs is under way.
Result<bool> needs_quickbooks(const ToolContext& context, const Contact& contact);

}  // namespace deskhand::tools
