#include "base/hash.h"

#include <openssl/crypto.h>
#include <openssl/sha.h>

#include <array>
#include <charconv>

namespace deskhand {
namespace {

// "5:hello," cannot be mistaken for anything else, whatever the text holds.
void append_counted(std::string& bytes, std::string_view text) {
  bytes += std::to_string(text.size());
  bytes += ':';
  bytes += text;
  bytes += ',';
}

// The text of one counted piece, removed from the front of `rest`; `rest` is untouched when it is not of that form.
std::optional<std::string_view> take_counted(std::string_view& rest) {
  const std::size_t colon = rest.find(':');
  if (colon == std::string_view::npos || colon == 0) return std::nullopt;
  if (colon > 1 && rest.front() == '0') return std::nullopt;  // one list, one spelling
  std::size_t length = 0;
  const auto [end, error] = std::from_chars(rest.data(), rest.data() + colon, length);
  if (error != std::errc{} || end != rest.data() + colon) return std::nullopt;
  const std::string_view after = rest.substr(colon + 1);
  if (length >= after.size() || after[length] != ',') return std::nullopt;
  rest = after.substr(length + 1);
  return after.substr(0, length);
}

}  // namespace

std::string sha256_hex(std::string_view bytes) {
  std::array<unsigned char, SHA256_DIGEST_LENGTH> digest{};
  SHA256(reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size(), digest.data());
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string text;
  text.reserve(digest.size() * 2);
  for (const unsigned char byte : digest) {
    text += kDigits[byte >> 4];
    text += kDigits[byte & 0xF];
  }
  return text;
}

CanonicalBytes::CanonicalBytes(std::string_view format_name) { append_counted(bytes_, format_name); }

// The name is counted as well: a name built from outside text could otherwise imitate a second field.
CanonicalBytes& CanonicalBytes::add(std::string_view name, std::string_view value) {
  append_counted(bytes_, name);
  append_counted(bytes_, value);
  return *this;
}

bool CanonicalReader::take_form(std::string_view format_name) {
  std::string_view rest = rest_;
  if (take_counted(rest) != format_name) return false;
  rest_ = rest;
  return true;
}

bool CanonicalReader::next_is(std::string_view name) const {
  std::string_view rest = rest_;
  return take_counted(rest) == name;
}

std::optional<std::string> CanonicalReader::take(std::string_view name) {
  std::string_view rest = rest_;
  if (take_counted(rest) != name) return std::nullopt;
  const auto value = take_counted(rest);
  if (!value) return std::nullopt;
  rest_ = rest;
  return std::string(*value);
}

bool equal_in_constant_time(std::string_view left, std::string_view right) {
  // The length of a fingerprint or signature is no secret; only where two of one length differ is.
  if (left.size() != right.size()) return false;
  return left.empty() || CRYPTO_memcmp(left.data(), right.data(), left.size()) == 0;
}

}  // namespace deskhand
