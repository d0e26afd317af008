// last_touch (S2-RQ7): how long since we talked to somebody. newest_customers (S2-RQ8): who became a customer lately.
//
// Thread rule: the tools are immutable.
#pragma once

#include "tools/function_tool.h"

namespace deskhand::tools {

Tools people_list_tools();

}  // namespace deskhand::tools
