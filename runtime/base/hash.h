// SHA-256, the fingerprint of approvals, audit rows, procedures and prompts.
//
// Thread rule: pure functions. Source: FIPS 180-4 by OpenSSL's libcrypto.
#pragma once

#include <cstdint>
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

// True when both are equal, in a time that does not depend on where they differ.
bool equal_in_constant_time(std::string_view left, std::string_view right);

}  // namespace deskhand
