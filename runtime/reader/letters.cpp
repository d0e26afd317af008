#include "reader/letters.h"

#include "base/utf8.h"

namespace deskhand::reader {
namespace {

struct LetterRange {
  char32_t first, last;
};

// Blocks whose characters are letters nearly throughout; the few signs inside them do no harm in a name.
constexpr LetterRange kLetterRanges[] = {
    {0xAA, 0xAA},     {0xB5, 0xB5},     {0xBA, 0xBA},     {0xC0, 0xD6},     {0xD8, 0xF6},      {0xF8, 0x2C1},
    {0x370, 0x373},   {0x376, 0x377},   {0x37B, 0x37D},   {0x386, 0x386},   {0x388, 0x481},    {0x48A, 0x556},
    {0x561, 0x587},   {0x5D0, 0x5EA},   {0x620, 0x64A},   {0x671, 0x6D3},   {0x904, 0x939},    {0x958, 0x963},
    {0x985, 0xDFF},   {0xE01, 0xE46},   {0x10A0, 0x11FF}, {0x1E00, 0x1FBC}, {0x3041, 0x3096},  {0x30A1, 0x30FA},
    {0x30FC, 0x30FE}, {0x3400, 0x4DBF}, {0x4E00, 0x9FFF}, {0xAC00, 0xD7A3}, {0x20000, 0x2FA1F}};

// In these stretches capitals and small letters alternate, the capital first on an even or on an odd number.
bool is_odd_capital(char32_t character) {
  return (character >= 0x139 && character <= 0x148) || (character >= 0x179 && character <= 0x17E);
}

bool alternates(char32_t character) {
  if (character == 0x130 || character == 0x131 || character == 0x138 || character == 0x149 || character == 0x178 ||
      character == 0x17F) {
    return false;
  }
  return (character >= 0x100 && character <= 0x17E) || (character >= 0x1E00 && character <= 0x1E95) ||
         (character >= 0x1EA0 && character <= 0x1EFF) || (character >= 0x218 && character <= 0x21B) ||
         (character >= 0x460 && character <= 0x481) || (character >= 0x48A && character <= 0x4BF);
}

}  // namespace

bool is_letter(char32_t character) {
  if (character < 0x80) return (character >= 'a' && character <= 'z') || (character >= 'A' && character <= 'Z');
  for (const LetterRange& range : kLetterRanges) {
    if (character >= range.first && character <= range.last) return true;
  }
  return false;
}

bool is_combining(char32_t character) {
  return (character >= 0x300 && character <= 0x36F) || (character >= 0x93A && character <= 0x94F) ||
         (character >= 0x64B && character <= 0x65F);
}

bool is_upper(char32_t character) { return to_lower(character) != character; }

char32_t to_lower(char32_t character) {
  if (character < 0x80) return character >= 'A' && character <= 'Z' ? character + 0x20 : character;
  if (character >= 0xC0 && character <= 0xDE && character != 0xD7) return character + 0x20;
  if (character == 0x130) return 'i';
  if (character == 0x178) return 0xFF;
  if (alternates(character)) return (character % 2 == 1) == is_odd_capital(character) ? character + 1 : character;
  if (character >= 0x391 && character <= 0x3A9 && character != 0x3A2) return character + 0x20;
  if (character >= 0x410 && character <= 0x42F) return character + 0x20;
  if (character >= 0x400 && character <= 0x40F) return character + 0x50;
  return character;
}

char32_t to_upper(char32_t character) {
  if (character < 0x80) return character >= 'a' && character <= 'z' ? character - 0x20 : character;
  if (character >= 0xE0 && character <= 0xFE && character != 0xF7) return character - 0x20;
  if (character == 0xFF) return 0x178;
  if (alternates(character)) return (character % 2 == 0) == is_odd_capital(character) ? character - 1 : character;
  if (character >= 0x3B1 && character <= 0x3C9 && character != 0x3C2) return character - 0x20;
  if (character >= 0x430 && character <= 0x44F) return character - 0x20;
  if (character >= 0x450 && character <= 0x45F) return character - 0x50;
  return character;
}

bool is_apostrophe(char32_t character) {
  return character == '\'' || character == 0x2019 || character == 0x2018 || character == 0x2BC || character == '`' ||
         character == 0xB4;
}

std::string capitalise(std::string_view word) {
  std::string result;
  result.reserve(word.size());
  bool first = true;
  for (std::size_t position = 0; position < word.size();) {
    const CodePoint next = decode_utf8(word, position);
    append_utf8(result, first ? to_upper(next.value) : to_lower(next.value));
    if (is_letter(next.value)) first = false;
    position += next.bytes;
  }
  return result;
}

std::string lower_case(std::string_view word) {
  std::string result;
  result.reserve(word.size());
  for (std::size_t position = 0; position < word.size();) {
    const CodePoint next = decode_utf8(word, position);
    append_utf8(result, to_lower(next.value));
    position += next.bytes;
  }
  return result;
}

}  // namespace deskhand::reader
