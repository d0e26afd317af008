// The careful half of html_text: whether a document is tame enough for gumbo, and text out of one that is not. Both are one pass.
//
// Thread rule: pure functions.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace deskhand::channel::email {

// Gumbo frees its tree by recursion, copies open formatting elements into each new paragraph and compares each attribute of a tag
// with all others; a document is tame when none of that can grow large.
bool is_tame_html(std::string_view html);

// Tags out, entities read, line ends where blocks end.
std::string stripped_html(std::string_view html, std::size_t bytes_max);

}  // namespace deskhand::channel::email
