// The compiled form of a schema: one Node per subschema, with every keyword already parsed and every $ref already a
// pointer. Names and constants are views into the documents, which the tree owns.
//
// Thread rule: immutable once Loader gives it out.
#pragma once

#include <cstdint>
#include <deque>
#include <limits>
#include <memory>
#include <string_view>
#include <vector>

#include "base/json_fwd.h"
#include "schema/format.h"
#include "schema/pattern.h"

namespace deskhand::schema {

// The types of JSON as bits of a set. An integer is a number without a fraction; the set {number} takes it too.
using TypeSet = std::uint8_t;
enum TypeBit : TypeSet {
  kNullType = 1,
  kBooleanType = 2,
  kIntegerType = 4,
  kNumberType = 8,
  kStringType = 16,
  kArrayType = 32,
  kObjectType = 64,
  kAnyType = 127
};

inline constexpr std::size_t kNoMaximum = std::numeric_limits<std::size_t>::max();

struct Node {
  enum class Kind : std::uint8_t { rules, anything, nothing, reference };
  struct Property {
    std::string_view name;
    const Node* node;
  };
  struct PatternProperty {
    const Pattern* pattern;
    const Node* node;
  };
  struct Dependency {
    std::string_view name;
    std::vector<std::string_view> needs;
    const Node* node = nullptr;  // instead of `needs`
  };

  Kind kind = Kind::rules;
  const Node* target = nullptr;  // of a reference

  TypeSet types = kAnyType;
  const Json* constant = nullptr;
  const Json* choices = nullptr;  // of enum: an array

  const Json *minimum = nullptr, *maximum = nullptr, *exclusive_minimum = nullptr, *exclusive_maximum = nullptr;
  const Json* multiple_of = nullptr;

  std::size_t length_min = 0, length_max = kNoMaximum;  // characters
  const Pattern* pattern = nullptr;
  Format format = Format::none;
  bool is_base64 = false, is_json_text = false;  // contentEncoding, contentMediaType

  const Node* items = nullptr;  // of every item, when `items` is one schema
  std::vector<const Node*> item_list;
  bool has_item_list = false;
  const Node *additional_items = nullptr, *contains = nullptr;
  std::size_t items_min = 0, items_max = kNoMaximum;
  bool has_unique_items = false;

  std::vector<Property> properties;  // in order of name
  std::vector<PatternProperty> pattern_properties;
  const Node *additional_properties = nullptr, *property_names = nullptr;
  std::size_t properties_min = 0, properties_max = kNoMaximum;
  std::vector<std::string_view> required;
  std::vector<Dependency> dependencies;

  std::vector<const Node*> all_of, any_of, one_of;
  const Node *negated = nullptr, *condition = nullptr, *consequence = nullptr, *alternative = nullptr;
};

struct Tree {
  std::vector<std::unique_ptr<const Json>> documents;  // the loaded one first
  std::deque<Node> nodes;
  std::vector<std::unique_ptr<Pattern>> patterns;
  const Node* root = nullptr;

  Tree();
  ~Tree();
};

}  // namespace deskhand::schema
