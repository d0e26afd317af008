// record_estimate: a price that went out, and what the customer said to it. The lead or the deal moves along with it.
//
// Thread rule: the tools are immutable.
#pragma once

#include "tools/function_tool.h"

namespace deskhand::tools {

Tools estimate_tools();

}  // namespace deskhand::tools
