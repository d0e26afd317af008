// HTML as the text a person would read: what is hidden stays hidden, a row of a table becomes one line with tabs between its
// cells, quoted text gets "> ", a marked signature a line "-- " before it, and the address or number behind a link is added where
// its words do not say it. Nothing is fetched.
//
// Thread rule: pure functions. Source: HTML as gumbo 0.10 reads it; a document made to exhaust gumbo (nesting, formatting that
// never ends, thousands of attributes) is read by a plain tag stripper instead.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace deskhand::channel::email {

// `html` is UTF-8. At most `bytes_max` bytes.
std::string text_of_html(std::string_view html, std::size_t bytes_max);

// Whether the words are markup although they were called plain text.
bool looks_like_html(std::string_view text);

}  // namespace deskhand::channel::email
