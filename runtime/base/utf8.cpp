#include "base/utf8.h"

namespace deskhand {
namespace {

struct Lead {
  int tail_bytes = -1;  // -1: no character starts with this byte
  unsigned char second_min = 0x80, second_max = 0xBF;
  char32_t bits = 0;
};

// The narrowed second bytes keep out overlong forms, surrogates and anything past U+10FFFF.
Lead lead_of(unsigned char byte) {
  if (byte < 0x80) return {0, 0x80, 0xBF, byte};
  if (byte >= 0xC2 && byte <= 0xDF) return {1, 0x80, 0xBF, byte & 0x1Fu};
  if (byte == 0xE0) return {2, 0xA0, 0xBF, 0};
  if (byte == 0xED) return {2, 0x80, 0x9F, 0x0D};
  if (byte >= 0xE1 && byte <= 0xEF) return {2, 0x80, 0xBF, byte & 0x0Fu};
  if (byte == 0xF0) return {3, 0x90, 0xBF, 0};
  if (byte >= 0xF1 && byte <= 0xF3) return {3, 0x80, 0xBF, byte & 0x07u};
  if (byte == 0xF4) return {3, 0x80, 0x8F, 4};
  return {};
}

}  // namespace

CodePoint decode_utf8(std::string_view text, std::size_t position) {
  const Lead lead = lead_of(static_cast<unsigned char>(text[position]));
  if (lead.tail_bytes < 0) return {};
  char32_t value = lead.bits;
  for (int index = 1; index <= lead.tail_bytes; ++index) {
    const std::size_t at = position + static_cast<std::size_t>(index);
    if (at >= text.size()) return {kReplacementCharacter, static_cast<std::size_t>(index), false};
    const auto byte = static_cast<unsigned char>(text[at]);
    const unsigned char low = index == 1 ? lead.second_min : 0x80;
    const unsigned char high = index == 1 ? lead.second_max : 0xBF;
    if (byte < low || byte > high) return {kReplacementCharacter, static_cast<std::size_t>(index), false};
    value = (value << 6) | (byte & 0x3Fu);
  }
  return {value, static_cast<std::size_t>(lead.tail_bytes) + 1, true};
}

void append_utf8(std::string& text, char32_t character) {
  if (character > 0x10FFFF || (character >= 0xD800 && character <= 0xDFFF)) character = kReplacementCharacter;
  if (character < 0x80) {
    text += static_cast<char>(character);
  } else if (character < 0x800) {
    text += static_cast<char>(0xC0 | (character >> 6));
    text += static_cast<char>(0x80 | (character & 0x3F));
  } else if (character < 0x10000) {
    text += static_cast<char>(0xE0 | (character >> 12));
    text += static_cast<char>(0x80 | ((character >> 6) & 0x3F));
    text += static_cast<char>(0x80 | (character & 0x3F));
  } else {
    text += static_cast<char>(0xF0 | (character >> 18));
    text += static_cast<char>(0x80 | ((character >> 12) & 0x3F));
    text += static_cast<char>(0x80 | ((character >> 6) & 0x3F));
    text += static_cast<char>(0x80 | (character & 0x3F));
  }
}

bool is_space(char32_t character) {
  if (character == ' ' || (character >= '\t' && character <= '\r')) return true;
  if (character < 0x85) return false;
  return character == 0x85 || character == 0xA0 || character == 0x1680 ||
         (character >= 0x2000 && character <= 0x200A) || character == 0x2028 || character == 0x2029 ||
         character == 0x202F || character == 0x205F || character == 0x3000;
}

}  // namespace deskhand
