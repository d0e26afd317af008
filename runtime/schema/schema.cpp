#include "schema/schema.h"

#include <algorithm>

#include "base/json.h"
#include "schema/checker.h"
#include "schema/loader.h"
#include "schema/value.h"

namespace deskhand::schema {

Result<Schema> Schema::load(Json document, const LoadOptions& options) {
  Result<std::unique_ptr<const Tree>> tree = Loader(options).load(std::move(document));
  if (!tree) return tree.error();
  return Schema(std::move(*tree));
}

Schema::Schema(std::unique_ptr<const Tree> tree) : tree_(std::move(tree)) {}
Schema::Schema(Schema&&) noexcept = default;
Schema& Schema::operator=(Schema&&) noexcept = default;
Schema::~Schema() = default;

const Json& Schema::document() const { return *tree_->documents.front(); }

std::vector<Violation> Schema::check(const Json& value, std::size_t violations_max) const {
  if (nests_deeper_than(value, limits::kJsonDepth)) {
    return {{"", "depth", "the value nests deeper than " + std::to_string(limits::kJsonDepth) + " levels"}};
  }
  Checker checker;
  Checker::Sink sink{{}, std::max<std::size_t>(1, violations_max)};
  const bool valid = checker.check(*tree_->root, value, &sink);
  if (checker.is_exhausted()) {
    // What was found so far may rest on an answer that was cut short.
    return {{"", "work", "the value takes too much work to check; send less at once"}};
  }
  if (!valid && sink.violations.empty()) return {{"", "schema", "the value does not fit"}};
  return std::move(sink.violations);
}

bool Schema::accepts(const Json& value) const {
  if (nests_deeper_than(value, limits::kJsonDepth)) return false;
  Checker checker;
  return checker.check(*tree_->root, value, nullptr) && !checker.is_exhausted();
}

std::string explain(const std::vector<Violation>& violations) {
  std::string text;
  for (const Violation& violation : violations) text += (text.empty() ? "" : "; ") + violation.message;
  return text;
}

}  // namespace deskhand::schema
