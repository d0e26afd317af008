// Text as it comes from outside: checked, bounded, folded for comparing. All lengths are bytes of UTF-8 unless said.
//
// Thread rule: pure functions.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace deskhand {

// ASCII only, whatever the locale.
constexpr bool is_digit(char character) { return character >= '0' && character <= '9'; }
constexpr bool is_letter(char character) { return (character | 0x20) >= 'a' && (character | 0x20) <= 'z'; }

bool is_utf8(std::string_view text);
// Invalid sequences become U+FFFD.
std::string to_utf8(std::string_view bytes);
std::string_view trim(std::string_view text);
// White space runs become one space, ends trimmed.
std::string squeeze(std::string_view text);
std::string to_lower(std::string_view text);  // ASCII only
std::string to_upper(std::string_view text);  // ASCII only
// Code points: how many columns a terminal needs for most scripts.
int count_characters(std::string_view text);
// For comparing names: lower case, accents dropped (é -> e, ß -> ss), apostrophes and other punctuation dropped, hyphens and
// white space to one space. Scripts it does not know stay as they are.
std::string fold_name(std::string_view text);
// At most `bytes_max` bytes, never in the middle of a character.
std::string_view prefix_utf8(std::string_view text, std::size_t bytes_max);
// The same, ending in "…" when something was cut.
std::string shorten(std::string_view text, std::size_t bytes_max);
// Control characters other than tab and newline, bidirectional overrides and invisible tag characters removed: what a
// terminal or a card may show of a stranger's words.
std::string printable(std::string_view text);
// The same on one line: newlines and tabs become spaces.
std::string printable_line(std::string_view text);
// The first of its lines, printable and shortened.
std::string first_line(std::string_view text, std::size_t bytes_max);
std::vector<std::string> split(std::string_view text, char separator);
std::string join(const std::vector<std::string>& parts, std::string_view separator);
bool starts_with_ignoring_case(std::string_view text, std::string_view prefix);
bool equal_ignoring_case(std::string_view left, std::string_view right);
std::string replace_all(std::string text, std::string_view from, std::string_view to);
// Damerau-Levenshtein distance, or `limit + 1` as soon as it is larger than `limit`.
std::size_t edit_distance(std::string_view left, std::string_view right, std::size_t limit);
// The one of `known` nearest to `word` by at most two edits, else "".
std::string nearest(std::string_view word, const std::vector<std::string>& known);
// "1 lead", "2 leads".
std::string count_of(std::size_t count, std::string_view singular, std::string_view plural);

}  // namespace deskhand
