#include "schema/pattern.h"

#include <re2/re2.h>

#include "base/limits.h"
#include "base/text.h"
#include "schema/pattern_reader.h"

namespace deskhand::schema {
namespace {

// Below this no pattern the translation writes can be too big for RE2, so compiling it may wait for its first use.
constexpr std::size_t kSurelyFitsWeight = 500;

RE2::Options options() {
  RE2::Options options;
  options.set_log_errors(false);
  options.set_never_capture(true);
  options.set_max_mem(static_cast<std::int64_t>(limits::kPatternMemoryBytes));
  return options;
}

}  // namespace

Result<Translation> translate_pattern(std::string_view ecma) {
  if (ecma.size() > limits::kPatternBytes) {
    return make_error(Code::limit_exceeded, "the pattern has " + std::to_string(ecma.size()) + " bytes, at most " +
                                                std::to_string(limits::kPatternBytes) + " are read");
  }
  return PatternReader(ecma).read();
}

Result<std::unique_ptr<Pattern>> Pattern::make(std::string_view ecma) {
  Result<Translation> translation = translate_pattern(ecma);
  if (!translation) return translation.error();
  if (!translation->unsupported.empty()) {
    return make_error(Code::invalid_argument,
                      "the pattern uses " + translation->unsupported + ", which is not supported here; say it without");
  }
  if (translation->weight > limits::kPatternWeight) {
    return make_error(Code::limit_exceeded, "the pattern is too big once its repeats are written out; make it simpler");
  }
  std::unique_ptr<Pattern> pattern(new Pattern(std::string(ecma), std::move(translation->re2)));
  if (translation->weight > kSurelyFitsWeight && !pattern->is_usable()) {
    return make_error(Code::invalid_argument,
                      "the pattern can not be run: " + shorten(printable_line(pattern->compiled().error()), 200));
  }
  return pattern;
}

Pattern::Pattern(std::string source, std::string translated)
    : source_(std::move(source)), translated_(std::move(translated)) {}

Pattern::~Pattern() = default;

bool Pattern::is_usable() const { return compiled().ok(); }

bool Pattern::found_in(std::string_view text) const {
  return RE2::PartialMatch(re2::StringPiece(text.data(), text.size()), compiled());
}

const re2::RE2& Pattern::compiled() const {
  std::call_once(once_, [this] { compiled_ = std::make_unique<RE2>(translated_, options()); });
  return *compiled_;
}

}  // namespace deskhand::schema
