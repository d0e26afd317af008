// SHA-256, the fingerprint of approvals, audit rows, procedures and prompts.
//
// Thread rule: pure functions. Source: FIPS 180-4 by OpenSSL's libcrypto.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace deskhand {

std::string sha256_hex(std::string_view bytes);  // 64 lower-case hexadecimal characters

// Fields joined so that no two different lists give the same bytes: each is its name, its length in decimal, and itself.
class CanonicalBytes {
 public:
  explicit CanonicalBytes(std::string_view format_name);  // e.g. "deskhand-message-1": the version of the form
  CanonicalBytes& add(std::string_view name, std::string_view value);
  const std::string& bytes() const { return bytes_; }

 private:
  std::string bytes_;
};

// Reads back what CanonicalBytes wrote. Any deviation from that form reads as nullopt; nothing is skipped.
class CanonicalReader {
 public:
  explicit CanonicalReader(std::string_view bytes) : rest_(bytes) {}
  bool take_form(std::string_view format_name);
  bool at_end() const { return rest_.empty(); }
  bool next_is(std::string_view name) const;
  std::optional<std::string> take(std::string_view name);  // the next field's value when it has this name

 private:
  std::string_view rest_;
};

// True when both are equal, in a time that does not depend on where they differ.
bool equal_in_constant_time(std::string_view left, std::string_view right);

}  // namespace deskhand
