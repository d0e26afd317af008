// Words by which a model's prose says that something was done or is about to be: "I've added Ana", "sent", "nothing is
// pending", "I'll log that". Whether it is so only the rows can tell, so such prose is never shown where it could be
// taken for a receipt.
//
// Thread rule: pure functions over any bytes. Source: issue 5, points 2 and 8.
#pragma once

#include <string_view>

namespace deskhand::agent {

// Says that the record, a message or a card stands in some way: a receipt, which only the program gives.
bool claims_a_change(std::string_view prose);
// The same, or that something will be done now: words that usually stand before a call in the same answer.
bool claims_or_announces(std::string_view prose);

}  // namespace deskhand::agent
