// What a procedure can be bound to: the schedules, triggers, requests, draft stages and guards that this program has,
// how each is recognised in an owner's words, and the facts that its handler can put into a message.
//
// Thread rule: value type, immutable once made. The ids are those of the core procedure (docs/formats/procedure.md).
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "procedure/template.h"
#include "procedure/words.h"

namespace deskhand::procedure {

enum class ItemKind { schedule, trigger, request, draft, integration, guard };

// How a number in a message is meant; told from the words around its placeholder.
enum class FactShape { text, count, money, average, days, percent };

// One thing a handler knows. A placeholder stands for it when the placeholder's words are among `words` and, where
// `labels` are given, the line it stands on (before it) names one of them. Of several that fit, the one with the
// longest label wins.
struct FactForm {
  std::string name;                 // "won_this_week_value"
  std::vector<std::string> words;   // folded: "n", "number"
  std::vector<std::string> labels;  // phrases of the line without endings: "won", "proposal out"
  FactShape shape = FactShape::text;
};

struct CatalogueItem {
  std::string id;  // "T1"
  ItemKind kind = ItemKind::schedule;
  std::string what;                   // "leads that went quiet", for people
  std::vector<Pattern> patterns;  // any one recognises a title
  std::vector<FactForm> facts;
  std::vector<Pattern> prose_patterns = {};  // tried on the prose where no title was recognised; narrower
};

struct Catalogue {
  std::vector<CatalogueItem> items;
  const CatalogueItem* find(std::string_view id) const;  // nullptr: no such item
};

// Everything that stands in the core procedure and in this program.
const Catalogue& core_catalogue();

// The item of that kind whose patterns fit the title best; when none does, the one whose narrower patterns fit the
// prose; else nullptr. Words in [slots] count only where the others say nothing.
const CatalogueItem* recognise(const Catalogue& catalogue, ItemKind kind, std::string_view title,
                               std::string_view prose);

// Values by fact name, and by "noun.field" for fields of the record that no fact names (custom fields).
using FactValues = std::map<std::string, std::string, std::less<>>;

// The fact that a placeholder stands for: its name, or "" when the item has none.
std::string fact_of(const CatalogueItem& item, const Template& message, const Placeholder& placeholder);

struct Rendered {
  std::string text;
  std::vector<Placeholder> open;  // left as they are written because no value was given
};

// Puts the values in, once: a value is never searched for placeholders again. Values are put on one line unless the
// placeholder has its row to itself. "$[X]" with the value "$2,400" gives "$2,400".
Rendered render(const Template& message, const CatalogueItem& item, const FactValues& values);

}  // namespace deskhand::procedure
