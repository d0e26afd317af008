#include <algorithm>
#include <numeric>

#include "base/json.h"
#include "base/text.h"
#include "schema/checker.h"
#include "schema/value.h"

namespace deskhand::schema {

bool Checker::fits_array(const Node& node, const Subject& subject) {
  if (!subject.value.is_array()) return true;
  const std::size_t size = subject.value.size();
  bool valid = true;
  if (size < node.items_min) {
    valid = report(subject, "minItems",
                   "must hold at least " + count_of(node.items_min, "item", "items") + ", got " + std::to_string(size));
  }
  if (size > node.items_max) {
    valid = report(subject, "maxItems",
                   "must hold at most " + count_of(node.items_max, "item", "items") + ", got " + std::to_string(size));
  }
  if (goes_on(subject, valid) && !fits_items(node, subject)) valid = false;
  if (goes_on(subject, valid) && node.has_unique_items && !fits_unique(subject)) valid = false;
  if (!goes_on(subject, valid) || node.contains == nullptr) return valid;
  const bool found = std::any_of(subject.value.begin(), subject.value.end(),
                                 [&](const Json& item) { return fits_quietly(*node.contains, item); });
  return found ? valid
               : report(subject, "contains", "must hold an item of the kind it asks for, and none of its items is");
}

bool Checker::fits_items(const Node& node, const Subject& subject) {
  bool valid = true;
  for (std::size_t index = 0; index < subject.value.size() && goes_on(subject, valid); ++index) {
    const Step step{subject.step, {}, index, true};
    const Subject item{subject.value[index], &step, subject.sink};
    if (!node.has_item_list) {
      if (node.items == nullptr) return true;
      if (!fits(*node.items, item)) valid = false;
      continue;
    }
    if (index < node.item_list.size()) {
      if (!fits(*node.item_list[index], item)) valid = false;
      continue;
    }
    if (node.additional_items == nullptr) return valid;
    if (node.additional_items->kind == Node::Kind::nothing) {
      return report(item, "additionalItems",
                    "is one item too many; the list takes " + std::to_string(node.item_list.size()));
    }
    if (!fits(*node.additional_items, item)) valid = false;
  }
  return valid;
}

// Sorting finds equal items without comparing each with each, which a long list would make endless.
bool Checker::fits_unique(const Subject& subject) {
  const Json& items = subject.value;
  if (items.size() < 2) return true;
  if (!spend(items.size())) return false;
  std::vector<std::size_t> order(items.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return compare_values(items[a], items[b]) < 0; });
  const auto twice = std::adjacent_find(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    return compare_values(items[a], items[b]) == 0;
  });
  if (twice == order.end()) return true;
  const Step step{subject.step, {}, *(twice + 1), true};
  const Step first{subject.step, {}, *twice, true};
  return report(Subject{items[*(twice + 1)], &step, subject.sink}, "uniqueItems",
                shown(items[*twice]) + " is already given at " + place_of(&first));
}

bool Checker::fits_object(const Node& node, const Subject& subject) {
  if (!subject.value.is_object()) return true;
  const std::size_t size = subject.value.size();
  bool valid = fits_required(node, subject);
  if (goes_on(subject, valid) && size < node.properties_min) {
    valid = report(
        subject, "minProperties",
        "must have at least " + count_of(node.properties_min, "field", "fields") + ", got " + std::to_string(size));
  }
  if (goes_on(subject, valid) && size > node.properties_max) {
    valid = report(
        subject, "maxProperties",
        "must have at most " + count_of(node.properties_max, "field", "fields") + ", got " + std::to_string(size));
  }
  if (goes_on(subject, valid) && node.property_names != nullptr && !fits_names(node, subject)) valid = false;
  if (goes_on(subject, valid) && !fits_properties(node, subject)) valid = false;
  if (goes_on(subject, valid) && !fits_dependencies(node, subject)) valid = false;
  return valid;
}

bool Checker::fits_required(const Node& node, const Subject& subject) {
  bool valid = true;
  for (const std::string_view name : node.required) {
    if (!goes_on(subject, valid)) break;
    if (subject.value.contains(name)) continue;
    if (subject.sink == nullptr) return false;
    const Step step{subject.step, name, 0, false};
    valid = report(Subject{subject.value, &step, subject.sink}, "required", "is missing");
  }
  return valid;
}

// Each name is checked as if it were a string value.
bool Checker::fits_names(const Node& node, const Subject& subject) {
  bool valid = true;
  for (auto each = subject.value.begin(); each != subject.value.end() && goes_on(subject, valid); ++each) {
    const Json name(each.key());
    if (subject.sink == nullptr) {
      if (!fits_quietly(*node.property_names, name)) return false;
      continue;
    }
    Sink inner{{}, 1};
    if (fits(*node.property_names, Subject{name, nullptr, &inner})) continue;
    const Step step{subject.step, each.key(), 0, false};
    const std::string why = inner.violations.empty() ? "" : "; of the name, " + inner.violations.front().message;
    valid = report(Subject{name, &step, subject.sink}, "propertyNames", "is not a name that may be used" + why);
  }
  return valid;
}

bool Checker::fits_properties(const Node& node, const Subject& subject) {
  if (node.properties.empty() && node.pattern_properties.empty() && node.additional_properties == nullptr) return true;
  bool valid = true;
  for (auto each = subject.value.begin(); each != subject.value.end() && goes_on(subject, valid); ++each) {
    if (!fits_property(node, subject, each.key(), each.value())) valid = false;
  }
  return valid;
}

bool Checker::fits_property(const Node& node, const Subject& subject, const std::string& name, const Json& value) {
  const Step step{subject.step, name, 0, false};
  const Subject inner{value, &step, subject.sink};
  bool valid = true, is_known = false;
  const auto property =
      std::lower_bound(node.properties.begin(), node.properties.end(), name,
                       [](const Node::Property& row, const std::string& key) { return row.name < key; });
  if (property != node.properties.end() && property->name == name) {
    is_known = true;
    if (!fits(*property->node, inner)) valid = false;
  }
  for (const Node::PatternProperty& row : node.pattern_properties) {
    if (!spend(1 + name.size() / 64) || !goes_on(subject, valid)) return false;
    if (!row.pattern->found_in(name)) continue;
    is_known = true;
    if (!fits(*row.node, inner)) valid = false;
  }
  if (is_known || node.additional_properties == nullptr) return valid;
  if (node.additional_properties->kind != Node::Kind::nothing) return fits(*node.additional_properties, inner);
  if (subject.sink == nullptr) return false;
  std::vector<std::string> known;
  for (const Node::Property& row : node.properties) known.emplace_back(row.name);
  const std::string guess = did_you_mean(name, known);
  const std::string list = known.empty() ? "; no fields are taken" : "; the fields are " + listed(known);
  return report(inner, "additionalProperties", "is not a known field" + (guess.empty() ? list : guess));
}

bool Checker::fits_dependencies(const Node& node, const Subject& subject) {
  bool valid = true;
  for (const Node::Dependency& dependency : node.dependencies) {
    if (!goes_on(subject, valid)) break;
    if (!subject.value.contains(dependency.name)) continue;
    if (dependency.node != nullptr) {
      if (!fits(*dependency.node, subject)) valid = false;
      continue;
    }
    for (const std::string_view name : dependency.needs) {
      if (subject.value.contains(name)) continue;
      if (subject.sink == nullptr) return false;
      const Step step{subject.step, name, 0, false};
      valid = report(Subject{subject.value, &step, subject.sink}, "dependencies",
                     "is missing; it goes with " + shown_name(dependency.name));
    }
  }
  return valid;
}

}  // namespace deskhand::schema
