// What the label of a numbered line says of the list that it came from, where the answer to it depends on that.
//
// Thread rule: a constant.
#pragma once

#include <string_view>

namespace deskhand {

// A lead or a deal whose expected day to close is past: "later" moves that day. A lead's other labels begin with its ref.
inline constexpr std::string_view kPastExpectedLabel = "Past its expected close: ";

}  // namespace deskhand
