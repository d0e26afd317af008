// Pieces of argument schemas for what is no field of a record: who is meant, for which day, how many.
//
// Thread rule: pure functions.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"

namespace deskhand::tools {

Json text_of(std::string_view description, std::size_t length_max);
Json one_of(std::string_view description, std::initializer_list<std::string_view> words);
Json date_of(std::string_view description);   // 2026-03-05
Json clock_of(std::string_view description);  // 14:30
Json number_of(std::string_view description, std::int64_t least, std::int64_t most);
Json yes_or_no(std::string_view description);
Json money_of(std::string_view description);  // 2400, 2400.5 or "$2,400", as tools/arguments.h reads money
Json list_of(std::string_view description, std::size_t count_max, std::size_t length_max);  // of lines
// "contact", "lead" and "opportunity", as tools/interactions_subject.h reads them.
Json subject_properties();

// An object of exactly these properties.
Json closed_schema(Json properties, std::vector<std::string> required);

}  // namespace deskhand::tools
