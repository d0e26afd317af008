// Regular expressions. JSON Schema writes them as ECMA-262 does; RE2 runs them, because its time is linear whatever the
// pattern and the text. What RE2 has no counterpart for (looking around, backward references) is refused when the
// schema is loaded, never when a value is checked.
//
// Thread rule: a Pattern is immutable to its callers and may be used from any thread.
// Source: ECMA-262 2023 section 22.2 with the "u" flag, and of Annex B only what people really write (a literal "{").
#pragma once

#include <memory>
#include <mutex>
#include <string>
#include <string_view>

#include "base/result.h"

namespace re2 {
class RE2;
}

namespace deskhand::schema {

struct Translation {
  std::string re2;
  std::string unsupported;  // the first thing RE2 can not do, in words; "" when there is none
  std::size_t weight = 0;   // about as many machine steps as the pattern has once its repeats are written out
};
// invalid_argument: this is no regular expression; the message says where and why.
Result<Translation> translate_pattern(std::string_view ecma);

class Pattern {
 public:
  // invalid_argument: no regular expression, or one that RE2 can not run; limit_exceeded: too long or too big.
  static Result<std::unique_ptr<Pattern>> make(std::string_view ecma);
  ~Pattern();
  const std::string& source() const { return source_; }
  // Whether RE2 took it. make() promises so for every pattern; this is how a test proves it.
  bool is_usable() const;
  // Whether it matches anywhere in `text` (only ^ and $ tie it to the ends).
  bool found_in(std::string_view text) const;

 private:
  Pattern(std::string source, std::string translated);
  const re2::RE2& compiled() const;

  std::string source_, translated_;
  mutable std::once_flag once_;  // compiled at the first match: most commands check no value against most patterns
  mutable std::unique_ptr<re2::RE2> compiled_;
};

}  // namespace deskhand::schema
