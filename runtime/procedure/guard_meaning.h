// Which guard keeps a hard stop. A stop is bound when its sentence means what a guard enforces and nothing in the item
// adds to it or takes from it: a number, a day, an amount, a person, an exception. When in doubt it is not bound; the
// owner can write the guard's tag ([HS1]) into the item, which frees the wording of the sentence but not the rest.
//
// Thread rule: pure functions.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "procedure/catalogue.h"
#include "procedure/procedure.h"

namespace deskhand::procedure {

// Words that a guard does not enforce, and what they are.
struct Condition {
  std::string words;
  std::string why;  // "a day", "an amount", "another rule"
};

struct StopVerdict {
  std::vector<std::string> guards;    // what keeps it; empty: nothing does
  std::string nearest;                // the guard that comes closest, never empty
  std::vector<Condition> conditions;  // what stands in the way
  std::string problem;                // "", or one line for the person: what is wrong and how to bind it
};

// `own_names` are words that are no persons although they have capitals: the names of the business and of the document.
StopVerdict judge(const HardStop& stop, const Catalogue& catalogue, const std::vector<std::string>& own_names);

// The guards whose statement the sentence is, without looking for conditions: how steps and closing rules are compared.
std::vector<std::string> guards_meant(std::string_view sentence);

// Where a text stands decides how it is read: the explanation after the sentence, a clause beside the statement in the
// same sentence (stricter), or a tagged sentence, whose wording is free and which only may hold no condition.
enum class TextPart { explanation, beside, free };

// What of a text adds conditions to that guard.
std::vector<Condition> conditions_of(std::string_view text, std::string_view guard, TextPart part,
                                     const std::vector<std::string>& own_names);

}  // namespace deskhand::procedure
