// Reads one ECMA-262 regular expression from left to right and writes the RE2 expression that finds the same texts.
//
// Thread rule: one object, one thread, one read(). The source text must outlive it.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "schema/pattern.h"

namespace deskhand::schema {

// Weights of what is more than a character: a small class has several forms in UTF-8, \p{L} has hundreds.
namespace pattern_weight {
inline constexpr std::size_t kClass = 20;
inline constexpr std::size_t kProperty = 600;
}  // namespace pattern_weight

// What \s means in ECMA-262: white space and line ends. RE2's own \s knows ASCII only. The second text is the rest.
inline constexpr std::string_view kSpaces =
    R"(\x{9}-\x{d}\x{20}\x{a0}\x{1680}\x{2000}-\x{200a}\x{2028}\x{2029}\x{202f}\x{205f}\x{3000}\x{feff})";
inline constexpr std::string_view kNotSpaces =
    R"(\x{0}-\x{8}\x{e}-\x{1f}\x{21}-\x{9f}\x{a1}-\x{167f}\x{1681}-\x{1fff}\x{200b}-\x{2027}\x{202a}-\x{202e})"
    R"(\x{2030}-\x{205e}\x{2060}-\x{2fff}\x{3001}-\x{fefe}\x{ff00}-\x{10ffff})";

std::string escaped_character(char32_t character);  // \x{e9}

class PatternReader {
 public:
  explicit PatternReader(std::string_view source) : source_(source) {}
  Result<Translation> read();

 private:
  // Each reads one part from at_ on, appends it to out_ and gives its weight; nullopt: fault_ says what is wrong.
  using Weight = std::optional<std::size_t>;
  Weight read_choices(std::size_t depth);
  Weight read_sequence(std::size_t depth);
  Weight read_term(std::size_t depth);
  Weight read_group(std::size_t depth);
  Weight read_literal();
  Weight read_escape();
  Weight read_class();
  bool read_class_part();
  bool read_class_escape(bool& is_set, char32_t& character);
  bool read_property(std::string& written);
  bool read_group_name();
  std::optional<char32_t> read_character_escape();
  std::optional<char32_t> read_hexadecimal(std::size_t digits);
  std::optional<char32_t> read_unicode_escape();
  std::optional<std::size_t> read_repeat(std::size_t weight);

  bool at_end() const { return at_ >= source_.size(); }
  bool starts_with(std::string_view text) const { return source_.substr(at_).substr(0, text.size()) == text; }
  bool at_repeat() const;
  bool is_braced_repeat() const;
  char32_t take_character();
  std::nullopt_t fault(std::string_view what);  // keeps the first
  bool refuse(std::string_view what);           // the same, as false
  void note_unsupported(std::string_view what);

  std::string_view source_;
  std::size_t at_ = 0;
  std::string out_, fault_, unsupported_;
};

}  // namespace deskhand::schema
