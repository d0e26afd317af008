// One character of UTF-8 at a time, for the few places that look at code points.
//
// Thread rule: pure functions. Source: Unicode 15, section 3.9 (well-formed sequences, one U+FFFD per maximal bad
// part).
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace deskhand {

inline constexpr char32_t kReplacementCharacter = 0xFFFD;

struct CodePoint {
  char32_t value = kReplacementCharacter;
  std::size_t bytes = 1;  // at least 1, so that a loop always moves on
  bool valid = false;
};

// The character that starts at `position`, which must be less than text.size().
CodePoint decode_utf8(std::string_view text, std::size_t position);
void append_utf8(std::string& text, char32_t character);

// Space, tab, newline and every Unicode space separator; not the zero-width ones.
bool is_space(char32_t character);

}  // namespace deskhand
