// Bytes of any character set as UTF-8. What a mail says about its own character set is often wrong, so the bytes have the last
// word: bytes that are well-formed UTF-8 are UTF-8, whatever they were called.
//
// Thread rule: pure functions. Source: IANA character set names as iconv of the C library and GMime know them.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace deskhand::channel::email {

// At most `bytes_max` bytes of clean UTF-8; what can not be read becomes U+FFFD. An unknown or empty `charset` is read as
// Windows-1252, the habit of mail programs that say nothing. Line ends become "\n", NUL and a byte order mark are dropped.
std::string text_of_charset(std::string_view bytes, std::string_view charset, std::size_t bytes_max);

}  // namespace deskhand::channel::email
