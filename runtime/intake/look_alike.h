// Addresses made to be taken for another one: acme-dental and acrne-dental, a Cyrillic "а" in a Latin name.
//
// Thread rule: pure functions. Source: Unicode TR 39 confusables, the few dozen that are seen in mail (general knowledge).
#pragma once

#include <string>
#include <string_view>

namespace deskhand::intake {

// What an eye sees: confusable letters as one of them.
std::string skeleton(std::string_view domain);

// True when the two differ and a reader could miss it: one skeleton, or one or two letters apart in a name of some length.
bool looks_like(std::string_view domain, std::string_view known_domain);
// The same for whole addresses; equal addresses and those of unlike local parts are not alike.
bool address_looks_like(std::string_view email, std::string_view known_email);

}  // namespace deskhand::intake
