#include "base/ids.h"

namespace deskhand {
namespace {

constexpr std::size_t kUuidCharacters = 36;
constexpr std::size_t kRefDigitsMax = 10;

bool is_hexadecimal(char character) {
  return (character >= '0' && character <= '9') || (character >= 'a' && character <= 'f') ||
         (character >= 'A' && character <= 'F');
}

bool is_uuid_hyphen(std::size_t position) {
  return position == 8 || position == 13 || position == 18 || position == 23;
}

void append_hexadecimal(std::string& text, std::uint64_t value, int digits) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  for (int shift = (digits - 1) * 4; shift >= 0; shift -= 4) text += kDigits[(value >> shift) & 0xF];
}

}  // namespace

std::string uuid_v7(std::int64_t unix_ms, std::uint64_t random_high, std::uint64_t random_low) {
  // 48 bits of time, the version, 12 random bits, the variant, 62 random bits.
  const std::uint64_t time = static_cast<std::uint64_t>(unix_ms) & 0xFFFF'FFFF'FFFFull;
  const std::uint64_t tail = 0x8000'0000'0000'0000ull | (random_low & 0x3FFF'FFFF'FFFF'FFFFull);
  std::string text;
  text.reserve(kUuidCharacters);
  append_hexadecimal(text, time >> 16, 8);
  text += '-';
  append_hexadecimal(text, time & 0xFFFF, 4);
  text += '-';
  append_hexadecimal(text, 0x7000 | (random_high & 0x0FFF), 4);
  text += '-';
  append_hexadecimal(text, tail >> 48, 4);
  text += '-';
  append_hexadecimal(text, tail & 0xFFFF'FFFF'FFFFull, 12);
  return text;
}

bool is_uuid(std::string_view text) {
  if (text.size() != kUuidCharacters) return false;
  for (std::size_t position = 0; position < text.size(); ++position) {
    if (is_uuid_hyphen(position) ? text[position] != '-' : !is_hexadecimal(text[position])) return false;
  }
  return true;
}

std::string Ref::text() const { return std::string(1, prefix) + "-" + std::to_string(number); }

std::optional<Ref> parse_ref(std::string_view text) {
  if (!text.empty() && text.front() == '#') text.remove_prefix(1);
  if (text.size() < 2) return std::nullopt;
  char prefix = text.front();
  if (prefix >= 'a' && prefix <= 'z') prefix = static_cast<char>(prefix - 'a' + 'A');
  if (prefix < 'A' || prefix > 'Z') return std::nullopt;
  text.remove_prefix(1);
  if (text.front() == '-') text.remove_prefix(1);
  // A leading zero would give one record two spellings.
  if (text.empty() || text.size() > kRefDigitsMax || text.front() == '0') return std::nullopt;
  std::int64_t number = 0;
  for (const char character : text) {
    if (character < '0' || character > '9') return std::nullopt;
    number = number * 10 + (character - '0');
  }
  return Ref{prefix, number};
}

}  // namespace deskhand
