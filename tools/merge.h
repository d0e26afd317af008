// merge_contacts: two records of one person become one (design 4). No row moves: the loser points at the survivor, and
// what was the loser's is read through it. The owner is always asked; undo takes it back.
//
// Thread rule: the tools are immutable.
#pragma once

#include "tools/function_tool.h"

namespace deskhand::tools {

std::unique_ptr<Tool> make_merge_contacts();

}  // namespace deskhand::tools
