// Fields of the record as prose names them: "`status` = new, `pipeline_stage` = inquiry", "`status` in [new, working]"; what a
// request asks for; choices such as "price | timing | other".
//
// Thread rule: pure functions and value types.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "procedure/markdown.h"
#include "procedure/template.h"

namespace deskhand::procedure {

// One mention of a field. With `has_values` it sets or compares: to one of `values`, or, when those are empty, to something
// said in prose ("brief job description").
struct FieldUse {
  std::string noun;   // "lead" when the words name it before the field, else ""
  std::string field;  // "pipeline_stage"
  bool has_values = false;
  std::vector<std::string> values;  // each like an identifier
  Place place;
};

std::vector<FieldUse> field_uses_of(const Prose& prose, const std::string& file);

// The values of every use of that field, in order, each once.
std::vector<std::string> values_of(const std::vector<FieldUse>& uses, std::string_view field);

// What a person is asked for when a record is made.
enum class AskField { name, phone, email, address, source, company, reason, outcome, follow_up, amount, title, notes, other };

struct Ask {
  AskField field = AskField::other;
  std::string words;      // "how they heard about the business"
  bool is_optional = false;  // "(if available)"
  Place place;
};

// From "Ask for: name, phone, email (if available)" and from a list under "Ask for:".
std::vector<Ask> asks_of(const std::vector<Block>& blocks, const std::string& file);

// "price | competition | no decision" after the word reason or a colon: identifiers, in order. Empty when there is no such list.
std::vector<std::string> choices_of(std::string_view text);

// A word of the alphabet a-z, digits and '_' that begins with a letter.
bool is_identifier(std::string_view text);

}  // namespace deskhand::procedure
