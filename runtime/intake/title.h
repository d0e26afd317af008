// A short label for what somebody asks, out of their own words.
//
// Thread rule: pure functions.
#pragma once

#include <string>

#include "intake/customer.h"

namespace deskhand::intake {

inline constexpr std::size_t kTitleBytes = 90;

// "Leaking faucet at 9 Oak St", "Water heater: it makes a banging noise". Never empty when the customer said anything.
std::string brief_title(const Customer& customer);

}  // namespace deskhand::intake
