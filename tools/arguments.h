// Arguments of a tool call, read into types. The toolbox has already checked them against the tool's schema; what is
// read here is what a schema can not say: a phone that exists, money of the org, a day of the calendar.
//
// Thread rule: pure functions. Code that comes back: invalid_argument, one line that names the argument.
// An argument that is absent reads as "nothing said"; one that is null, or text without a character, as "take it away".
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/json_fwd.h"
#include "base/money.h"
#include "base/result.h"
#include "base/time.h"
#include "crm/contact.h"
#include "crm/org.h"
#include "crm/record.h"

namespace deskhand::tools {

// True when the argument is there, be it null.
bool given(const Json& arguments, std::string_view name);
// Trimmed, control characters removed; newlines stay. "" when absent, null or not text.
std::string text(const Json& arguments, std::string_view name);
// The same on one line with single spaces: names, titles, addresses.
std::string line(const Json& arguments, std::string_view name);
// nullopt: nothing said. "": take it away.
std::optional<std::string> optional_text(const Json& arguments, std::string_view name);
std::optional<std::string> optional_line(const Json& arguments, std::string_view name);
bool flag(const Json& arguments, std::string_view name, bool otherwise = false);
// Whole numbers (5, 5.0, "5"); `otherwise` when absent, the nearer bound when outside.
std::int64_t integer(const Json& arguments, std::string_view name, std::int64_t otherwise, std::int64_t least,
                     std::int64_t most);
// A list of lines, or one line on its own; blanks and repeats (case-blind) left out, order kept, at most `count_max`.
std::vector<std::string> lines(const Json& arguments, std::string_view name, std::size_t count_max);

// "2026-03-05", "today", "tomorrow", "yesterday". `invalid_argument` says the form.
Result<std::optional<Day>> day(const Json& arguments, std::string_view name, Day today);
// 2400, 2400.5, "$2,400", "2.4k": in the org's currency unless the text says another, which is refused.
Result<std::optional<Money>> money(const Json& arguments, std::string_view name, const Org& org);

// `phones` and `phone`, `emails` and `email`, in that order: the first of a kind is its primary. Repeats are left out.
// `origin` is the message id the values were read from, or "".
Result<std::vector<ContactPoint>> contact_points(const Json& arguments, const Org& org, std::string_view origin);
// `first_name` and `last_name`, else `name` split at its last space ("Ana Maria Ruiz" -> "Ana Maria", "Ruiz"; "Ruiz,
// Ana" is turned round). nullopt: no name was said.
struct PersonName {
  std::string first, last;
};
std::optional<PersonName> person_name(const Json& arguments);
PersonName split_name(std::string_view full_name);

// Every x_ argument, as stored; null takes the field away from `onto`.
Done apply_custom_fields(const Json& arguments, CustomFields& onto);

// One of an enum's names through its crm parser; nullopt when absent.
template <class Enum>
Result<std::optional<Enum>> choice(const Json& arguments, std::string_view name,
                                   std::optional<Enum> (*parse)(std::string_view)) {
  const std::string word = line(arguments, name);
  if (word.empty()) return std::optional<Enum>();
  const std::optional<Enum> value = parse(word);
  if (!value)
    return make_error(Code::invalid_argument,
                      std::string(name) + " can't be \"" + word + "\"; see the tool's list of words");
  return value;
}

}  // namespace deskhand::tools
