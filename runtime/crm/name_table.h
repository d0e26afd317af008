// One table per enum gives both directions of its spelling, so that the two can not drift apart.
//
// Thread rule: pure functions over constants.
#pragma once

#include <cassert>
#include <cstddef>
#include <optional>
#include <string_view>
#include <utility>

namespace deskhand {

template <class Enum, std::size_t size>
using NameTable = const std::pair<Enum, std::string_view> (&)[size];

template <class Enum, std::size_t size>
std::string_view name_in(NameTable<Enum, size> table, Enum value) {
  for (const auto& [known, name] : table)
    if (known == value) return name;
  assert(!"every value of the enum stands in its table");
  return {};
}

template <class Enum, std::size_t size>
std::optional<Enum> value_in(NameTable<Enum, size> table, std::string_view name) {
  for (const auto& [known, known_name] : table)
    if (known_name == name && !name.empty()) return known;
  return std::nullopt;
}

}  // namespace deskhand
