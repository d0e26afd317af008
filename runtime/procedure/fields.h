// Fields of the record as prose names them: "`status` = new, `pipeline_stage` = inquiry", "`status` in [new, working]".
//
// Thread rule: pure functions and value types.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "procedure/markdown.h"
#include "procedure/template.h"

namespace deskhand::procedure {

// One mention of a field. With `has_values` it sets or compares: to one of `values`, or, when those are empty, to
// something said in prose ("brief job description").
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

// A word of the alphabet a-z, digits and '_' that begins with a letter.
bool is_identifier(std::string_view text);

}  // namespace deskhand::procedure
