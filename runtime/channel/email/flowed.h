// format=flowed: lines that a mail program broke only for show become one again (RFC 3676).
//
// Thread rule: pure function.
#pragma once

#include <string>
#include <string_view>

namespace deskhand::channel::email {

// `text` has "\n" line ends. Quoted lines come out as "> " and their text, one ">" a level.
std::string unflowed(std::string_view text, bool delete_space);

}  // namespace deskhand::channel::email
