// A short label for what somebody asks, out of their own words.
//
// Thread rule: pure functions.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "intake/customer.h"

namespace deskhand::intake {

inline constexpr std::size_t kTitleBytes = 90;

// "Leaking faucet at 9 Oak St", "Water heater: it makes a banging noise". Never empty when the customer said anything.
std::string brief_title(const Customer& customer);

// The sentences of a letter, "Hi Ruth," taken off the first; bounded.
std::vector<std::string> sentences_without_greeting(std::string_view words);

}  // namespace deskhand::intake
