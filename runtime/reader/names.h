// Names of people: "Ana Ruiz", "Sean O'Brien", "Mary Smith-Jones", "Ludwig van der Berg", "Dr. José Núñez Jr.", "J. R.
// Ortiz", also typed in small letters ("ana ruiz") or in capitals.
//
// Thread rule: pure functions. Names are normalised (normalise_name); the span holds what was typed. A name is never
// made out of two people, a weekday, a town after "in", a street or a business.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "reader/reading.h"

namespace deskhand::reader {

struct PersonName {
  std::string title;         // "Dr.", "Mrs", as typed but capitalised
  std::string first;         // given names and initials: "Mary Ann", "J. R."; "" for "Mrs Patel"
  std::string last;          // with its particles: "van der Berg"; "" when only one name was said
  std::string suffix;        // "Jr.", "III"
  std::string text() const;  // first last suffix, without the title
  bool operator==(const PersonName&) const = default;
};

// The text is expected to be a name and nothing else ("ana ruiz", "It's Ana Ruiz", "Ruiz, Ana"). nullopt for anything
// that could as well be something else: other words, a date, a number, a business.
std::optional<Reading<PersonName>> read_person_name(std::string_view text);

// Names in running text, left to right. Sure: written with capitals and a known given name, a title or words such as
// "my name is" before it. Likely: everything else, above all names in small letters after "call", "met with" and the
// like.
std::vector<Reading<PersonName>> find_person_names(std::string_view text);

// "ana ruiz" → "Ana Ruiz", "RUIZ" → "Ruiz", "mcdonald" → "McDonald", "o'brien" → "O'Brien"; capitals inside a word
// ("DeShawn", "MacLeod") and small particles after the first word ("van der Berg") stay.
std::string normalise_name(std::string_view typed);

}  // namespace deskhand::reader
