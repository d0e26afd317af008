// What a request asks a person for ("name, phone, email (if available)") and the choices it gives ("price | timing |
// other").
//
// Thread rule: pure functions and value types.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "procedure/markdown.h"
#include "procedure/template.h"

namespace deskhand::procedure {

// What a person is asked for when a record is made.
enum class AskField {
  name,
  phone,
  email,
  address,
  source,
  company,
  reason,
  outcome,
  follow_up,
  amount,
  title,
  notes,
  other
};

struct Ask {
  AskField field = AskField::other;
  std::string words;         // "how they heard about the business"
  bool is_optional = false;  // "(if available)"
  Place place;
};

// From "Ask for: name, phone, email (if available)" and from a list under "Ask for:".
std::vector<Ask> asks_of(const std::vector<Block>& blocks, const std::string& file);

// "price | competition | no decision" after the word reason or a colon: identifiers, in order. Empty when there is no
// such list.
std::vector<std::string> choices_of(std::string_view text);

}  // namespace deskhand::procedure
