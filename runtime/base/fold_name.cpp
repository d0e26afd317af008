// fold_name of base/text.h: how two spellings of one name are made equal.
#include <cstdint>
#include <string>
#include <string_view>

#include "base/text.h"
#include "base/utf8.h"

namespace deskhand {
namespace {

// One character per code point: its plain letter, a capital that stands for two letters (see two_letters), or '?' where
// the code point has no plain letter and stays. Made from Unicode's compatibility decompositions, plus the crossed and
// hooked letters that have none (ø, đ, ł, ħ ...).
constexpr char32_t kLatinBegin = 0xC0, kLatinEnd = 0x250;
constexpr std::string_view kLatin =
    "aaaaaaAceeeeiiiidnooooo?ouuuuyBCaaaaaaAceeeeiiiidnooooo?ouuuuyBy"  // 00C0
    "aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiiiDDjjkkklllllll"  // 0100
    "lllnnnnnnnnnooooooEErrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs"  // 0140
    "bbbb??occdddd?eeeffg???ikkl??nnooo??pp?????ttttuu?vyyzz?????????"  // 0180
    "????FFFGGGHHHaaiioouuuuuuuuuueaaaaAAggggkkoooo??jFFFgg??nnaaAAoo"  // 01C0
    "aaaaeeeeiiiioooorrrruuuussttyyhhnduuzzaaeeooooooooyylntj??acclts"  // 0200
    "z??bu?eejjqqrryy";                                                 // 0240
constexpr char32_t kLatinAdditionalBegin = 0x1E00, kLatinAdditionalEnd = 0x1F00;
constexpr std::string_view kLatinAdditional =
    "aabbbbbbccddddddddddeeeeeeeeeeffgghhhhhhhhhhiiiikkkkkkllllllllmm"   // 1E00
    "mmmmnnnnnnnnoooooooopppprrrrrrrrssssssssssttttttttuuuuuuuuuuvvvv"   // 1E40
    "wwwwwwwwwwxxxxyyzzzzzzhtwy?sssC?aaaaaaaaaaaaaaaaaaaaaaaaeeeeeeee"   // 1E80
    "eeeeeeeeiiiioooooooooooooooooooooooouuuuuuuuuuuuuuyyyyyyyy??vvyy";  // 1EC0
static_assert(kLatin.size() == kLatinEnd - kLatinBegin);
static_assert(kLatinAdditional.size() == kLatinAdditionalEnd - kLatinAdditionalBegin);

std::string_view two_letters(char code) {
  switch (code) {
    case 'A':
      return "ae";
    case 'B':
      return "th";
    case 'C':
      return "ss";
    case 'D':
      return "ij";
    case 'E':
      return "oe";
    case 'F':
      return "dz";
    case 'G':
      return "lj";
    case 'H':
      return "nj";
    default:
      return "";
  }
}

char table_entry(char32_t character) {
  if (character >= kLatinBegin && character < kLatinEnd) return kLatin[character - kLatinBegin];
  if (character >= kLatinAdditionalBegin && character < kLatinAdditionalEnd) {
    return kLatinAdditional[character - kLatinAdditionalBegin];
  }
  return '?';
}

// Greek and Cyrillic keep their letters; only capitals become small ones.
char32_t small_letter(char32_t character) {
  if (character >= 0x391 && character <= 0x3A9 && character != 0x3A2) return character + 0x20;
  if (character >= 0x410 && character <= 0x42F) return character + 0x20;
  if (character >= 0x400 && character <= 0x40F) return character + 0x50;
  return character;
}

bool is_hyphen(char32_t character) {
  return character == '-' || (character >= 0x2010 && character <= 0x2015) || character == 0x2212;
}

bool is_dropped(char32_t character) {
  if (character < 0x80) {
    const bool is_letter = (character >= 'a' && character <= 'z') || (character >= 'A' && character <= 'Z');
    return !is_letter && !(character >= '0' && character <= '9');
  }
  if (character < 0xC0) return character != 0xAA && character != 0xB5 && character != 0xBA;  // signs of Latin-1
  return character == 0xD7 || character == 0xF7 ||                                           // times, divided by
         (character >= 0x2B9 && character <= 0x36F) ||    // modifier apostrophes, combining accents
         (character >= 0x200B && character <= 0x206F) ||  // zero-width, quotation marks, dots
         (character >= 0x3001 && character <= 0x3003) ||  // ideographic comma, full stop
         (character >= 0xFE00 && character <= 0xFE0F) || character == 0xFEFF ||
         (character >= 0xE0000 && character <= 0xE0FFF);  // tags and variation selectors
}

void append_folded(std::string& folded, char32_t character) {
  if (character >= 0xFF01 && character <= 0xFF5E) character -= 0xFEE0;  // the wide forms of ASCII
  if (is_dropped(character)) return;
  if (character == 0xAA) character = 'a';  // ª and º
  if (character == 0xBA) character = 'o';
  if (character >= 'A' && character <= 'Z') character += 'a' - 'A';
  const char entry = table_entry(character);
  if (entry == '?') {
    append_utf8(folded, small_letter(character));
  } else if (entry >= 'A' && entry <= 'Z') {
    folded += two_letters(entry);
  } else {
    folded += entry;
  }
}

}  // namespace

std::string fold_name(std::string_view text) {
  std::string folded;
  folded.reserve(text.size());
  bool space_waits = false;
  for (std::size_t position = 0; position < text.size();) {
    const CodePoint next = decode_utf8(text, position);
    position += next.bytes;
    if (is_space(next.value) || is_hyphen(next.value)) {
      space_waits = true;
      continue;
    }
    const std::size_t before = folded.size();
    append_folded(folded, next.value);
    // The space goes in front of what was just added, so that dropped signs never leave two in a row or one at an end.
    if (space_waits && folded.size() > before) {
      if (before > 0) folded.insert(before, 1, ' ');
      space_waits = false;
    }
  }
  return folded;
}

}  // namespace deskhand
