// What only the owner does, signed in, on a channel of their own: settings, and standing permissions to send a template by
// itself (HS1's one exception: scoped to a template and a channel, capped, expiring, audited; none exists unless added here).
//
// Thread rule: the tools are immutable.
#pragma once

#include "tools/function_tool.h"

namespace deskhand::tools {

Tools owner_tools();

}  // namespace deskhand::tools
