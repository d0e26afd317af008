// Street addresses inside a text, in the usual shapes of the US, the UK and continental Europe: "9 Oak St",
// "12B Baker Street, Apt 4, Austin, TX 78704", "Flat 2, 40 High Road, London NW1 6XE", "Lindenstr. 14, 10969 Berlin",
// "12 rue de Rivoli", "Calle Mayor 5", "P.O. Box 12". Lines of one address may be separated by new lines.
//
// Thread rule: pure functions. An address ends where other words begin ("9 Oak St, needs a new faucet"); a town counts
// only when it is known, or a state or a postal code stands behind it. Nothing is looked up: the reader can not know
// whether the place exists. Source of the state and postal code shapes: USPS Publication 28, Royal Mail PAF guide (from
// memory).
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "reader/reading.h"

namespace deskhand::reader {

struct Address {
  std::string text;    // one line as typed, new lines as ", ", at most limits::kAddressBytes
  std::string street;  // "9 Oak St", "Lindenstr. 14", "P.O. Box 12"; as typed
  std::string unit;    // "Apt 4", "Flat 2"
  std::string city;
  std::string state;     // "TX", "Texas"
  std::string postcode;  // "78704", "NW1 6XE"
  bool operator==(const Address&) const = default;
};

std::vector<Reading<Address>> find_addresses(std::string_view text);

}  // namespace deskhand::reader
