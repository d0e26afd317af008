// The first start in a terminal: three questions, remembered as the business's own rows. Pipes, programs and a config.yaml with
// an org section are never asked.
//
// Thread rule: one thread.
#pragma once

#include <iosfwd>

#include "app/commands.h"

namespace deskhand::app {

// Does nothing when the database exists or the configuration names the business. Answers may be left empty.
Done ask_first_questions(const GlobalOptions& options, std::istream& in, std::ostream& out);

}  // namespace deskhand::app
