// The Wording of a procedure: its own confirmations, notices, history lines and questions, each with our plain words where the
// document leaves one out. What a trigger leaves out as a step is not done.
//
// Thread rule: pure function; the result keeps no reference to the procedure.
#pragma once

#include "procedure/procedure.h"
#include "tools/wording.h"

namespace deskhand::tools {

Wording wording_of(const procedure::Procedure& procedure);

}  // namespace deskhand::tools
