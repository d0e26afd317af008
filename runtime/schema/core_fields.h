// The fields of each noun that the program itself reads and writes. schemas/*.json must have exactly these and may add
// x_ fields; it may say them in other words and make them shorter.
//
// Thread rule: constants. Source: S2-C1, S2-C2, S2-L1, S2-I1, S2-O1, S2-O2.
#pragma once

#include <cstddef>
#include <span>
#include <string_view>

namespace deskhand::schema {

struct CoreField {
  std::string_view name;
  std::string_view type;       // as the file writes it; "string|null" for a list of two, "list" for a list of strings
  std::size_t length_max = 0;  // characters; 0: no text
  std::string_view format;
  std::string_view choices;  // parted by spaces
  bool required = false;
};

struct CoreNoun {
  std::string_view name, file;
  std::span<const CoreField> fields;
};

std::span<const CoreNoun> core_nouns();

}  // namespace deskhand::schema
