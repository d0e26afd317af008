// The words that a person's name is made of, and how a row of them becomes title, first, last and suffix. Inside of
// names.cpp and companies.cpp.
//
// Thread rule: pure functions over tokens.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "reader/names.h"
#include "reader/tokenizer.h"

namespace deskhand::reader {

// "Dr. Mary Ann van der Berg Jr." has seven with its title; a longer row of capitals is no name.
inline constexpr std::size_t kNameWordsMax = 6;

enum class NameWordKind { plain, initial, particle, title, suffix };

struct NameWord {
  NameWordKind kind = NameWordKind::plain;
  std::size_t first = 0, end = 0;  // tokens: "Smith-Jones" is three, "J." two
  std::string typed;               // without a possessive 's
  std::string folded;              // of the whole word, hyphen kept: "smith-jones"
  Casing casing = Casing::none;    // of its first token
  bool possessive = false;
};

// The word of a name that starts here by its shape alone; whether it is one is for the caller.
std::optional<NameWord> read_name_word(const Tokens& tokens, std::size_t index);

bool is_title_word(std::string_view folded);
// Price, Hill, Long, Park: everyday words that are last names too.
bool is_surname_word(std::string_view folded);

// "appointmnt" in small letters is a misspelling of a long English word, not a person.
bool is_misspelt_word(std::string_view folded);

// At least one word; particles and suffixes in their places.
PersonName name_of(const std::vector<NameWord>& words);

// Capital letters of one word as in normalise_name; `is_shouted`: the whole name was in capitals.
std::string normalise_word(std::string_view typed, bool is_shouted);

// The bytes of the words, without a possessive 's at the end.
Span span_of(const Tokens& tokens, const std::vector<NameWord>& words);

}  // namespace deskhand::reader
