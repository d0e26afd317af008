#include "schema/pattern_reader.h"

#include <algorithm>
#include <array>
#include <utility>

#include "base/limits.h"
#include "base/text.h"
#include "base/utf8.h"

namespace deskhand::schema {
namespace {

constexpr std::size_t kGroupDepth = 64;  // groups inside groups; deeper is an attack on the stack
constexpr std::size_t kRepeats = 1000;   // RE2's own bound for {n,m}
constexpr char32_t kLastCharacter = 0x10FFFF;


}  // namespace

Result<Translation> PatternReader::read() {
  if (!is_utf8(source_)) return make_error(Code::invalid_argument, "the pattern is not valid UTF-8");
  Weight weight = read_choices(0);
  if (weight && !at_end()) weight = fault("a \")\" has no \"(\"");
  if (!weight) return make_error(Code::invalid_argument, "the pattern is not a regular expression: " + fault_);
  return Translation{std::move(out_), std::move(unsupported_), *weight};
}

PatternReader::Weight PatternReader::read_choices(std::size_t depth) {
  if (depth > kGroupDepth) return fault("its groups nest too deep");
  std::size_t total = 1;
  for (;;) {
    const Weight weight = read_sequence(depth);
    if (!weight) return std::nullopt;
    total += *weight + 1;
    if (at_end() || source_[at_] != '|') return total;
    out_ += '|';
    ++at_;
  }
}

PatternReader::Weight PatternReader::read_sequence(std::size_t depth) {
  std::size_t total = 0;
  while (!at_end() && source_[at_] != '|' && source_[at_] != ')') {
    const Weight weight = read_term(depth);
    if (!weight) return std::nullopt;
    total += *weight;
  }
  return total;
}

// One atom with its repeat, or one assertion, which ECMA-262 does not let repeat.
PatternReader::Weight PatternReader::read_term(std::size_t depth) {
  const char next = source_[at_];
  if (next == '^' || next == '$' || starts_with("\\b") || starts_with("\\B")) {
    const std::size_t length = next == '\\' ? 2 : 1;
    out_ += source_.substr(at_, length);
    at_ += length;
    if (at_repeat()) return fault("there is nothing to repeat");
    return 1;
  }
  if (at_repeat()) return fault("there is nothing to repeat");
  Weight weight;
  if (next == '(') {
    weight = read_group(depth);
  } else if (next == '[') {
    weight = read_class();
  } else if (next == '\\') {
    weight = read_escape();
  } else {
    weight = read_literal();
  }
  return weight ? read_repeat(std::max<std::size_t>(1, *weight)) : std::nullopt;
}

// Groups never capture: nobody asks what they held.
PatternReader::Weight PatternReader::read_group(std::size_t depth) {
  ++at_;
  if (starts_with("?=") || starts_with("?!")) {
    note_unsupported("looking ahead, (?= or (?!");
    at_ += 2;
  } else if (starts_with("?<=") || starts_with("?<!")) {
    note_unsupported("looking behind, (?<= or (?<!");
    at_ += 3;
  } else if (starts_with("?:")) {
    at_ += 2;
  } else if (starts_with("?<")) {
    at_ += 2;
    if (!read_group_name()) return fault("a group's name is not a word in < and >");
  } else if (starts_with("?")) {
    return fault("\"(?\" starts no kind of group");
  }
  out_ += "(?:";
  const Weight weight = read_choices(depth + 1);
  if (!weight) return std::nullopt;
  if (at_end()) return fault("a \"(\" has no \")\"");
  ++at_;
  out_ += ')';
  return weight;
}

bool PatternReader::read_group_name() {
  const std::size_t end = source_.find('>', at_);
  if (end == std::string_view::npos || end == at_ || is_digit(source_[at_])) return false;
  const std::string_view name = source_.substr(at_, end - at_);
  at_ = end + 1;
  return std::all_of(name.begin(), name.end(), [](char character) {
    return is_letter(character) || is_digit(character) || character == '_' || character == '$' ||
           static_cast<unsigned char>(character) >= 0x80;
  });
}

PatternReader::Weight PatternReader::read_literal() {
  const char next = source_[at_];
  if (next == '.') {
    ++at_;
    out_ += R"([^\n\r\x{2028}\x{2029}])";
    return pattern_weight::kClass;
  }
  if (next == '{' || next == '}' || next == ']') {
    ++at_;
    out_ += '\\';
    out_ += next;
    return 1;
  }
  const std::size_t bytes = decode_utf8(source_, at_).bytes;
  out_ += source_.substr(at_, bytes);
  at_ += bytes;
  return bytes;
}

PatternReader::Weight PatternReader::read_escape() {
  ++at_;
  if (at_end()) return fault("it ends in a backslash");
  const char next = source_[at_];
  if (next == 'p' || next == 'P') {
    std::string written;
    if (!read_property(written)) return std::nullopt;
    out_ += written;
    return pattern_weight::kProperty;
  }
  if (next == 'd' || next == 'D' || next == 'w' || next == 'W') {
    ++at_;
    out_ += '\\';
    out_ += next;
    return pattern_weight::kClass;
  }
  if (next == 's' || next == 'S') {
    ++at_;
    out_ += '[';
    out_ += next == 's' ? kSpaces : kNotSpaces;
    out_ += ']';
    return 2 * pattern_weight::kClass;
  }
  if (next >= '1' && next <= '9') {
    note_unsupported("a reference back to a group");
    while (!at_end() && is_digit(source_[at_])) ++at_;
    return 1;
  }
  if (starts_with("k<")) {
    note_unsupported("a reference back to a group");
    at_ += 2;
    if (!read_group_name()) return fault("a group's name is not a word in < and >");
    return 1;
  }
  const std::optional<char32_t> character = read_character_escape();
  if (!character) return std::nullopt;
  out_ += escaped_character(*character);
  return 4;
}

// The escapes that stand for one character, inside a class and outside; at_ is behind the backslash.
std::optional<char32_t> PatternReader::read_character_escape() {
  const char next = source_[at_];
  constexpr std::string_view kNames = "tnvfr";
  constexpr std::string_view kMeanings = "\t\n\v\f\r";
  if (const std::size_t index = kNames.find(next); index != std::string_view::npos) {
    ++at_;
    return static_cast<char32_t>(kMeanings[index]);
  }
  if (next == 'c') {
    ++at_;
    if (at_end() || !is_letter(source_[at_])) return fault("\\c needs a letter");
    return static_cast<char32_t>(source_[at_++]) % 32;
  }
  if (next == '0') {
    ++at_;
    if (!at_end() && is_digit(source_[at_])) return fault("\\0 can not be followed by a digit");
    return U'\0';
  }
  if (next == 'x') {
    ++at_;
    return read_hexadecimal(2);
  }
  if (next == 'u') {
    ++at_;
    return read_unicode_escape();
  }
  if (is_letter(next) || is_digit(next)) return fault("\\" + std::string(1, next) + " is no escape");
  return take_character();
}

std::optional<char32_t> PatternReader::read_hexadecimal(std::size_t digits) {
  char32_t value = 0;
  for (std::size_t count = 0; count < digits; ++count, ++at_) {
    if (at_end()) return fault("an escape lacks hexadecimal digits");
    const char digit = source_[at_];
    const char lower = static_cast<char>(digit | 0x20);
    if (!is_digit(digit) && !(lower >= 'a' && lower <= 'f')) return fault("an escape lacks hexadecimal digits");
    value = value * 16 + static_cast<char32_t>(is_digit(digit) ? digit - '0' : lower - 'a' + 10);
  }
  return value;
}

// \u1234, \u{12345}, and two halves of a surrogate pair, which are one character of UTF-8.
std::optional<char32_t> PatternReader::read_unicode_escape() {
  if (starts_with("{")) {
    const std::size_t end = source_.find('}', at_);
    if (end == std::string_view::npos || end == at_ + 1 || end - at_ > 7) return fault("\\u{...} is not closed");
    ++at_;
    const std::optional<char32_t> value = read_hexadecimal(end - at_);
    if (!value) return std::nullopt;
    ++at_;
    if (*value > kLastCharacter) return fault("\\u{...} is beyond the last character");
    if (*value >= 0xD800 && *value <= 0xDFFF) return fault("\\u{...} is half a character");
    return value;
  }
  const std::optional<char32_t> first = read_hexadecimal(4);
  if (!first || *first < 0xD800 || *first > 0xDFFF) return first;
  if (*first > 0xDBFF || !starts_with("\\u")) return fault("\\u stands for half a character");
  at_ += 2;
  const std::optional<char32_t> second = read_hexadecimal(4);
  if (!second) return std::nullopt;
  if (*second < 0xDC00 || *second > 0xDFFF) return fault("\\u stands for half a character");
  return 0x10000 + ((*first - 0xD800) << 10) + (*second - 0xDC00);
}

std::optional<std::size_t> PatternReader::read_repeat(std::size_t weight) {
  if (!at_repeat()) return weight;
  std::size_t times = 2;
  const char next = source_[at_];
  if (next != '{') {
    out_ += next;
    ++at_;
  } else {
    const std::size_t end = source_.find('}', at_);
    const std::vector<std::string> bounds = split(source_.substr(at_ + 1, end - at_ - 1), ',');
    std::array<std::size_t, 2> numbers{0, 0};
    for (std::size_t index = 0; index < bounds.size(); ++index) {
      // Six digits are beyond the bound and far from overflowing.
      for (const char digit : bounds[index].substr(0, 6)) {
        numbers[index] = numbers[index] * 10 + static_cast<std::size_t>(digit - '0');
      }
    }
    const bool has_upper = bounds.size() == 2 && !bounds[1].empty();
    if (has_upper && numbers[1] < numbers[0]) return fault("a repeat runs backwards");
    if (std::max(numbers[0], numbers[1]) > kRepeats) note_unsupported("more than 1000 repeats");
    out_ += source_.substr(at_, end + 1 - at_);
    at_ = end + 1;
    times = std::max<std::size_t>(2, std::max(numbers[0], numbers[1]) + 1);
  }
  if (starts_with("?")) ++at_;  // lazy or greedy, it is found all the same
  if (at_repeat()) return fault("there is nothing to repeat");
  // Capped, so that nested repeats can not overflow; the cap is far above what is allowed.
  return std::min(weight * times, limits::kPatternWeight * 2);
}

bool PatternReader::at_repeat() const {
  if (at_end()) return false;
  const char next = source_[at_];
  return next == '*' || next == '+' || next == '?' || (next == '{' && is_braced_repeat());
}

// {2}, {2,} or {2,3}; any other brace is an ordinary character, as Annex B has it.
bool PatternReader::is_braced_repeat() const {
  std::size_t index = at_ + 1;
  const std::size_t first = index;
  while (index < source_.size() && is_digit(source_[index])) ++index;
  if (index == first || index >= source_.size()) return false;
  if (source_[index] == ',') ++index;
  while (index < source_.size() && is_digit(source_[index])) ++index;
  return index < source_.size() && source_[index] == '}';
}

char32_t PatternReader::take_character() {
  const CodePoint character = decode_utf8(source_, at_);
  at_ += character.bytes;
  return character.value;
}

std::nullopt_t PatternReader::fault(std::string_view what) {
  if (fault_.empty()) {
    fault_ = std::string(what) + " (at byte " + std::to_string(std::min(at_, source_.size()) + 1) + ")";
  }
  return std::nullopt;
}

bool PatternReader::refuse(std::string_view what) {
  (void)fault(what);
  return false;
}

void PatternReader::note_unsupported(std::string_view what) {
  if (unsupported_.empty()) unsupported_ = what;
}

}  // namespace deskhand::schema
