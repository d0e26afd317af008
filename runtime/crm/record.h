// What every record has in common: which noun it is, its short ref, and when it was made and changed.
//
// Thread rule: value types.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "base/ids.h"
#include "base/time.h"

namespace deskhand {

enum class Noun {
  contact, contact_point, company, lead, opportunity, interaction, message, approval, grant, outbox, appointment,
  estimate, reminder, handoff, user, org
};
std::string_view noun_name(Noun noun);  // "contact", "contact_point": also the name of its JSON and, in the plural, of its table
std::optional<Noun> parse_noun(std::string_view name);
char ref_prefix_of(Noun noun);                       // '?' for nouns without short refs
std::optional<Noun> noun_of_prefix(char prefix);

// Owner-added x_ fields (schemas/crm.json): name to JSON text of the value, already checked against the schema.
using CustomFields = std::map<std::string, std::string>;

struct RecordHead {
  std::int64_t ref_number = 0;  // 0 until stored; the store counts per org and noun
  std::int64_t version = 0;     // grows by one with each stored change; what optimistic updates compare
  Instant created_at, updated_at;
};

}  // namespace deskhand
