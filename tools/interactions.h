// log_interaction (S2-RQ2): a call, a visit, a mail or a note goes into the one history, with the next step that was
// promised.
//
// Thread rule: the tools are immutable.
#pragma once

#include "schema/records.h"
#include "tools/function_tool.h"

namespace deskhand::tools {

Tools interaction_tools(const schema::RecordSchemas& records);

}  // namespace deskhand::tools
