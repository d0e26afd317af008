// undo: takes one reported change back. What it would bring back is judged like any other way to get there: undoing the
// reopening of a won deal asks for a yes again.
//
// Thread rule: the tool is immutable.
#pragma once

#include <memory>

#include "tools/function_tool.h"

namespace deskhand::tools {

std::unique_ptr<Tool> make_undo();

}  // namespace deskhand::tools
