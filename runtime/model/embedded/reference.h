// How a message points at somebody or something on file: "Ana Ruiz", "the Ruiz lead", "C-12", "her", "that one", "the other
// one", "the second one", "512-555-0142".
//
// Thread rule: pure functions. Nothing is looked up here: mentions.h says whom a pronoun means, the tools whom a name means.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "crm/record.h"
#include "model/embedded/utterance.h"

namespace deskhand::embedded {

// unsaid: "a lead", "some customer", of which it is not said which.
enum class Pointing { ref, words, pronoun, other_one, nth, unsaid };

struct Reference {
  Pointing pointing = Pointing::words;
  std::string words;         // "Ana Ruiz", "the Ruiz lead", "L-3"; for a pronoun the pronoun
  std::optional<Noun> noun;  // what it is said to be: lead for "the Ruiz lead", "that lead" and L-3
  int nth = 0;               // from 1; -1 is the last one
  bool is_person = false;    // her, him, them, "that customer"
  bool is_one = false;       // "the podcast one"
  double quality = 1;        // 1: a ref or a known name; near 0: words that may be anything
  std::size_t unit = 0;      // where it begins in its message
};

struct ReferenceEnd {
  std::size_t end = 0;
  Reference reference;
};

// What may be meant by the units from `first`, the longest reading first.
std::vector<ReferenceEnd> read_references(const Utterance& utterance, std::size_t first, std::size_t limit);
// The same, for exactly these units.
std::optional<Reference> read_reference(const Utterance& utterance, std::size_t first, std::size_t end);

// lead for "lead", "inquiry"; opportunity for "deal", "job"; contact for "customer", "client".
std::optional<Noun> noun_of_word(std::string_view folded);

}  // namespace deskhand::embedded
