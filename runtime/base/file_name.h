// Files as people are told of them: how large one is, and a name for a new one made of a stranger's: one component, never a path, never hidden, never a device of some system.
//
// Thread rule: pure functions.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace deskhand {

inline constexpr std::size_t kSafeNameBytes = 120;  // every file system takes it, with room for a folder before it

// "attachment" when nothing usable is left; the ending is kept where there is one.
std::string safe_file_name(std::string_view given);

// "812 bytes", "14 KB", "2.4 MB".
std::string size_text(std::int64_t bytes);

}  // namespace deskhand
