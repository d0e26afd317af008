// Letters of the alphabets that names are written in: what is a letter, which case it has, and how to change it.
//
// Thread rule: pure functions. Source: Unicode 15 simple case mappings for Latin, Greek and Cyrillic; other scripts
// have letters and no case here.
#pragma once

#include <string>
#include <string_view>

namespace deskhand::reader {

bool is_letter(char32_t character);
// Accents that follow their letter as a character of their own.
bool is_combining(char32_t character);
bool is_upper(char32_t character);
char32_t to_upper(char32_t character);
char32_t to_lower(char32_t character);

// The sign of "O'Brien", straight, curly, or the accent that people type for it.
bool is_apostrophe(char32_t character);

// "ñúñez" → "Ñúñez": the first letter up, the others down.
std::string capitalise(std::string_view word);
std::string lower_case(std::string_view word);

}  // namespace deskhand::reader
