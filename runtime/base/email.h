// E-mail addresses. The folded form identifies a person: domain and local part in lower case, nothing else is dropped
// (a "+tag" or a dot may matter to somebody's server).
//
// Thread rule: pure functions. Source: RFC 5321 section 4.5.3.1 limits; quoted local parts and address literals are refused.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace deskhand {

struct EmailAddress {
  std::string folded;    // ana@ruiz.example
  std::string as_typed;  // Ana@Ruiz.example
  auto operator<=>(const EmailAddress&) const = default;
};

Result<EmailAddress> parse_email(std::string_view text);

struct EmailMatch {
  EmailAddress email;
  std::size_t begin = 0, end = 0;
};
std::vector<EmailMatch> find_emails(std::string_view text, std::size_t count_max);

// The address without its "+tag", for showing a likely match; never an identity by itself.
std::string without_tag(std::string_view folded);

}  // namespace deskhand
