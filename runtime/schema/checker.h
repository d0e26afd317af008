// Walks a value and the tree side by side. It asks two kinds of question: whether the value fits (stops at the first
// no, writes nothing) and what is wrong with it (collects violations).
//
// Thread rule: one object, one thread, one check. The tree and the value must outlive it.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "base/json_fwd.h"
#include "schema/schema.h"
#include "schema/tree.h"
#include "schema/words.h"

namespace deskhand::schema {

class Checker {
 public:
  // Where violations go; nullptr where only yes or no is asked.
  struct Sink {
    std::vector<Violation> violations;
    std::size_t violations_max;
    bool is_full() const { return violations.size() >= violations_max; }
  };

  // True: `value` fits. False: it does not, or a bound was reached (then is_exhausted() too).
  bool check(const Node& node, const Json& value, Sink* sink);
  bool is_exhausted() const { return is_exhausted_; }

 private:
  // A value under check: where it stands and who wants to hear about it.
  struct Subject {
    const Json& value;
    const Step* step;
    Sink* sink;
  };
  using Rule = bool (Checker::*)(const Node&, const Subject&);

  bool fits(const Node& node, const Subject& subject);
  bool fits_quietly(const Node& node, const Json& value);
  bool fits_rules(const Node& node, const Subject& subject);

  bool fits_type(const Node& node, const Subject& subject);
  bool fits_choices(const Node& node, const Subject& subject);
  bool fits_constant(const Node& node, const Subject& subject);
  bool fits_number(const Node& node, const Subject& subject);

  // check_text.cpp
  bool fits_text(const Node& node, const Subject& subject);
  bool fits_length(const Node& node, const Subject& subject, const std::string& text);
  bool fits_content(const Node& node, const Subject& subject, const std::string& text);

  // check_structure.cpp
  bool fits_array(const Node& node, const Subject& subject);
  bool fits_items(const Node& node, const Subject& subject);
  bool fits_unique(const Subject& subject);
  bool fits_object(const Node& node, const Subject& subject);
  bool fits_properties(const Node& node, const Subject& subject);
  bool fits_property(const Node& node, const Subject& subject, const std::string& name, const Json& value);
  bool fits_names(const Node& node, const Subject& subject);
  bool fits_required(const Node& node, const Subject& subject);
  bool fits_dependencies(const Node& node, const Subject& subject);

  // check_choice.cpp
  bool fits_all_of(const Node& node, const Subject& subject);
  bool fits_any_of(const Node& node, const Subject& subject);
  bool fits_one_of(const Node& node, const Subject& subject);
  bool fits_negated(const Node& node, const Subject& subject);
  bool fits_condition(const Node& node, const Subject& subject);
  void report_no_form(const std::vector<const Node*>& forms, const char* rule, const Subject& subject);

  // Always false, so that a rule can end in it.
  bool report(const Subject& subject, const char* rule, const std::string& words);
  bool spend(std::size_t steps);
  // False when going on can change nothing any more.
  static bool goes_on(const Subject& subject, bool valid) {
    return valid || (subject.sink != nullptr && !subject.sink->is_full());
  }

  std::size_t steps_ = 0, depth_ = 0;
  bool is_exhausted_ = false;
};

}  // namespace deskhand::schema
