// The one list of tools: what the model, the command line, the console and the clock can call (design 5). The toolbox
// adds its own decide_approval.
//
// Thread rule: make_tools may be called from any thread; what it returns is immutable and keeps no reference to its
// arguments.
#pragma once

#include <memory>
#include <vector>

#include "ports/tool.h"
#include "procedure/procedure.h"
#include "schema/records.h"

namespace deskhand::tools {

// In the words and with the thresholds of `procedure`, the core one with the modules that extend it. Called again when
// the procedure or a schema has changed.
std::vector<std::unique_ptr<Tool>> make_tools(const schema::RecordSchemas& records,
                                              const procedure::Procedure& procedure);
// What follows from any change that one of them makes: leads begin and leave sequences. For the same procedure.
Consequence make_consequence(const procedure::Procedure& procedure);

}  // namespace deskhand::tools
