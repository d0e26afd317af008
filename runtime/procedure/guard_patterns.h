// What each guard's statement looks like in the letters of guard_language.h. Internal to the folder.
//
// Thread rule: immutable after first use; RE2 may be matched from any thread.
#pragma once

#include <string_view>

namespace deskhand::procedure {

// The whole sentence says what the guard enforces.
bool states_guard(std::string_view guard, std::string_view letters);
// A clause of the explanation that repeats what the guard enforces, or part of it.
bool repeats_guard(std::string_view guard, std::string_view letters);

}  // namespace deskhand::procedure
