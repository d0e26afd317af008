// Reads the words of the command line (design 8) and runs the command.
#pragma once

#include <iosfwd>

namespace deskhand::app {

int run_command_line(int count, const char* const* words, const char* share_folder, const char* version);

}  // namespace deskhand::app
