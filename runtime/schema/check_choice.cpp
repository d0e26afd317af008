#include <algorithm>

#include "base/json.h"
#include "schema/checker.h"

namespace deskhand::schema {
namespace {

constexpr std::size_t kViolationsPerForm = 3;

// A form that only asks for one field to be there: a choice of such forms is best told by the names.
bool only_requires(const Node& node) {
  return node.kind == Node::Kind::rules && node.required.size() == 1 && node.types == kAnyType &&
         node.constant == nullptr && node.choices == nullptr && node.properties.empty() &&
         node.pattern_properties.empty() && node.additional_properties == nullptr && node.all_of.empty() &&
         node.any_of.empty() && node.one_of.empty() && node.negated == nullptr && node.condition == nullptr &&
         node.dependencies.empty();
}

// How far inside the value the first mistake stands: the form that got furthest is most likely the one that was meant.
std::size_t depth_of(const Checker::Sink& sink) {
  const std::string& path = sink.violations.front().path;
  return static_cast<std::size_t>(std::count(path.begin(), path.end(), '/'));
}

}  // namespace

bool Checker::fits_all_of(const Node& node, const Subject& subject) {
  bool valid = true;
  for (const Node* form : node.all_of) {
    if (!goes_on(subject, valid)) break;
    if (!fits(*form, subject)) valid = false;
  }
  return valid;
}

bool Checker::fits_any_of(const Node& node, const Subject& subject) {
  if (node.any_of.empty()) return true;
  const bool found = std::any_of(node.any_of.begin(), node.any_of.end(),
                                 [&](const Node* form) { return fits_quietly(*form, subject.value); });
  if (!found && subject.sink != nullptr) report_no_form(node.any_of, "anyOf", subject);
  return found;
}

bool Checker::fits_one_of(const Node& node, const Subject& subject) {
  if (node.one_of.empty()) return true;
  const auto count = std::count_if(node.one_of.begin(), node.one_of.end(),
                                   [&](const Node* form) { return fits_quietly(*form, subject.value); });
  if (count == 1) return true;
  if (subject.sink == nullptr) return false;
  if (count > 1) {
    return report(subject, "oneOf", "fits " + std::to_string(count) + " of the forms of which it must fit exactly one");
  }
  report_no_form(node.one_of, "oneOf", subject);
  return false;
}

bool Checker::fits_negated(const Node& node, const Subject& subject) {
  if (node.negated == nullptr || !fits_quietly(*node.negated, subject.value)) return true;
  if (subject.sink == nullptr) return false;
  return report(subject, "not", described(subject.value) + " is what must not be given");
}

bool Checker::fits_condition(const Node& node, const Subject& subject) {
  if (node.condition == nullptr || (node.consequence == nullptr && node.alternative == nullptr)) return true;
  const Node* next = fits_quietly(*node.condition, subject.value) ? node.consequence : node.alternative;
  return next == nullptr || fits(*next, subject);
}

// A form for another type altogether is not what was meant. Of the others the nearest is told; the mistakes of all of
// them together would be a riddle.
void Checker::report_no_form(const std::vector<const Node*>& forms, const char* rule, const Subject& subject) {
  const bool is_choice_of_fields =
      std::all_of(forms.begin(), forms.end(), [](const Node* form) { return only_requires(*form); });
  if (subject.value.is_object() && is_choice_of_fields) {
    std::vector<std::string> names;
    for (const Node* form : forms) names.push_back(shown_name(form->required.front()));
    report(subject, rule, "needs one of " + listed(names));
    return;
  }
  const std::string here = pointer_of(subject.step);
  TypeSet types = 0;
  std::vector<Sink> meant;
  for (const Node* form : forms) {
    Sink sink{{}, kViolationsPerForm};
    // A bound may have been reached: then nothing is found, and check() says so.
    if (fits(*form, Subject{subject.value, subject.step, &sink}) || sink.violations.empty()) continue;
    const Violation& first = sink.violations.front();
    if (first.rule != "type" || first.path != here) {
      meant.push_back(std::move(sink));
      continue;
    }
    while (form->kind == Node::Kind::reference) form = form->target;
    types = static_cast<TypeSet>(types | form->types);
  }
  if (meant.empty()) {
    report(subject, rule, "must be " + described_types(types) + ", got " + described(subject.value));
  } else if (meant.size() == 1) {
    for (Violation& violation : meant.front().violations) {
      if (!subject.sink->is_full()) subject.sink->violations.push_back(std::move(violation));
    }
  } else {
    const auto nearest = std::max_element(meant.begin(), meant.end(), [](const Sink& a, const Sink& b) {
      if (depth_of(a) != depth_of(b)) return depth_of(a) < depth_of(b);
      return a.violations.size() > b.violations.size();
    });
    report(subject, rule,
           "fits none of the " + std::to_string(forms.size()) +
               " forms it may have; nearest: " + nearest->violations.front().message);
  }
}

}  // namespace deskhand::schema
