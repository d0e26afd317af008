#include "schema/checker.h"

#include <algorithm>

#include "base/json.h"
#include "base/limits.h"
#include "schema/value.h"

namespace deskhand::schema {
namespace {

// "12" where 12 is asked for: the commonest slip of a model.
bool is_quoted(const Json& value, TypeSet wanted) {
  constexpr std::size_t kLongestBytes = 32;  // of a number or a truth value that somebody quoted
  if (!value.is_string() || wanted == 0) return false;
  const std::string& text = value.get_ref<const std::string&>();
  if (text.size() > kLongestBytes) return false;
  const Json inner = Json::parse(text, nullptr, false);
  return !inner.is_discarded() && (type_of(inner) & wanted) != 0;
}

}  // namespace

bool Checker::check(const Node& node, const Json& value, Sink* sink) {
  return fits(node, Subject{value, nullptr, sink});
}

bool Checker::fits(const Node& start, const Subject& subject) {
  const Node* node = &start;
  // The loader has shown that no chain of references is a circle.
  while (node->kind == Node::Kind::reference) node = node->target;
  if (!spend(1)) return false;
  if (node->kind == Node::Kind::anything) return true;
  if (node->kind == Node::Kind::nothing) return report(subject, "false", "is not allowed here");
  if (depth_ >= limits::kCheckDepth) {
    is_exhausted_ = true;
    return false;
  }
  ++depth_;
  const bool valid = fits_rules(*node, subject);
  --depth_;
  return valid;
}

bool Checker::fits_quietly(const Node& node, const Json& value) { return fits(node, Subject{value, nullptr, nullptr}); }

bool Checker::fits_rules(const Node& node, const Subject& subject) {
  // A value of the wrong type, or off its list, breaks most other rules too; naming them all would hide the cause.
  if (!fits_type(node, subject) || !fits_constant(node, subject) || !fits_choices(node, subject)) return false;
  constexpr Rule kRules[] = {&Checker::fits_number, &Checker::fits_text,    &Checker::fits_array,
                             &Checker::fits_object, &Checker::fits_all_of,  &Checker::fits_any_of,
                             &Checker::fits_one_of, &Checker::fits_negated, &Checker::fits_condition};
  bool valid = true;
  for (const Rule rule : kRules) {
    if (!(this->*rule)(node, subject)) valid = false;
    if (!goes_on(subject, valid)) break;
  }
  return valid;
}

bool Checker::fits_type(const Node& node, const Subject& subject) {
  if (node.types == kAnyType) return true;
  const Json& value = subject.value;
  if ((type_of(value) & node.types) != 0) return true;
  if ((node.types & kIntegerType) != 0 && is_whole(value)) return true;
  if (subject.sink == nullptr) return false;
  std::string words = "must be " + described_types(node.types) + ", got " + described(value);
  if (is_quoted(value, node.types & (kNumberType | kIntegerType | kBooleanType))) words += "; write it without quotes";
  return report(subject, "type", words);
}

bool Checker::fits_constant(const Node& node, const Subject& subject) {
  if (node.constant == nullptr || compare_values(*node.constant, subject.value) == 0) return true;
  if (subject.sink == nullptr) return false;
  return report(subject, "const", "must be " + shown(*node.constant) + ", got " + described(subject.value));
}

bool Checker::fits_choices(const Node& node, const Subject& subject) {
  if (node.choices == nullptr) return true;
  if (!spend(1 + node.choices->size() / 8)) return false;
  const Json& value = subject.value;
  const bool found = std::any_of(node.choices->begin(), node.choices->end(),
                                 [&value](const Json& choice) { return compare_values(choice, value) == 0; });
  if (found || subject.sink == nullptr) return found;
  std::vector<std::string> shown_choices, texts;
  for (const Json& choice : *node.choices) {
    if (choice.is_string()) texts.push_back(choice.get<std::string>());
    shown_choices.push_back(choice.is_string() ? shown_name(texts.back()) : shown(choice));
  }
  const std::string guess = value.is_string() ? did_you_mean(value.get_ref<const std::string&>(), texts) : "";
  const std::string list =
      shown_choices.size() == 1 ? "not " + shown_choices[0] : "not one of " + listed(shown_choices);
  return report(subject, "enum", shown(value) + " is " + list + guess);
}

bool Checker::fits_number(const Node& node, const Subject& subject) {
  const Json& value = subject.value;
  if (!value.is_number()) return true;
  struct Bound {
    const Json* limit;
    const char *rule, *words;
    bool from_below, exclusive;
  };
  const Bound bounds[] = {
      {node.minimum, "minimum", "must be at least ", true, false},
      {node.exclusive_minimum, "exclusiveMinimum", "must be more than ", true, true},
      {node.maximum, "maximum", "must be at most ", false, false},
      {node.exclusive_maximum, "exclusiveMaximum", "must be less than ", false, true},
  };
  bool valid = true;
  for (const Bound& bound : bounds) {
    if (bound.limit == nullptr) continue;
    const int order = compare_numbers(value, *bound.limit);
    if (bound.from_below ? order > 0 : order < 0) continue;
    if (order == 0 && !bound.exclusive) continue;
    if (subject.sink == nullptr) return false;
    valid = report(subject, bound.rule, bound.words + shown(*bound.limit) + ", got " + shown(value));
  }
  if (node.multiple_of != nullptr && !is_multiple(value, *node.multiple_of)) {
    if (subject.sink == nullptr) return false;
    valid =
        report(subject, "multipleOf", "must be a multiple of " + shown(*node.multiple_of) + ", got " + shown(value));
  }
  return valid;
}

bool Checker::report(const Subject& subject, const char* rule, const std::string& words) {
  if (subject.sink == nullptr || subject.sink->is_full()) return false;
  subject.sink->violations.push_back({pointer_of(subject.step), rule, place_of(subject.step) + ": " + words});
  return false;
}

bool Checker::spend(std::size_t steps) {
  steps_ += steps;
  if (steps_ > limits::kCheckSteps) is_exhausted_ = true;
  return !is_exhausted_;
}

}  // namespace deskhand::schema
