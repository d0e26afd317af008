// set_reminder and cancel_reminder (S2-EV5 step 5: check back with somebody in some months). A reminder is a note from
// the business to itself for a day; it is no touch with the customer and changes nobody's history.
//
// Thread rule: the tools are immutable.
#pragma once

#include "tools/function_tool.h"

namespace deskhand::tools {

Tools reminder_tools();

}  // namespace deskhand::tools
