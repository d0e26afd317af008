// Single words that make a condition of a sentence: times, amounts, people, exceptions. Internal to the folder.
//
// Thread rule: pure functions. Words are lower case.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

namespace deskhand::procedure {

bool is_one_of(std::string_view word, std::initializer_list<std::string_view> known);
bool is_time_word(std::string_view word);       // sunday, night, deadline
bool is_money_word(std::string_view word);      // dollars, percent
bool is_role(std::string_view word);            // bookkeeper, partner: somebody who is not the owner
bool is_emergency(std::string_view word);       // urgent, vip
bool is_exception_word(std::string_view word);  // except, applies, usually, above
// Words with a capital that name no person: QuickBooks, Gmail, the words of the business's own name.
bool is_known_name(std::string_view word, const std::vector<std::string>& own_names);
// Whether a clause begins with an order: "Archive it", "then ask".
bool is_imperative(std::string_view clause);

}  // namespace deskhand::procedure
