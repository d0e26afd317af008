// The program dying by its own hand at a counted write: what tests/fault/die_at.c reads from its environment.
#pragma once

#include <map>
#include <string>

namespace deskhand::test {

inline constexpr int kKilled = 128 + 9;  // what a shell says of a process that SIGKILL ended

inline std::map<std::string, std::string> dying_at(long write, const std::string& count_file) {
  return {{"LD_PRELOAD", DESKHAND_DIE_AT_LIBRARY}, {"DESKHAND_DIE_AT", std::to_string(write)}, {"DESKHAND_DIE_COUNT", count_file}};
}

}  // namespace deskhand::test
