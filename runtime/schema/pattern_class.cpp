// Sets of characters: [a-z\d], \s and \p{Letter}.
#include <algorithm>
#include <array>
#include <utility>

#include "base/text.h"
#include "base/utf8.h"
#include "schema/pattern_reader.h"

namespace deskhand::schema {
namespace {

constexpr std::array<std::pair<std::string_view, std::string_view>, 38> kCategories{{
    {"Letter", "L"},
    {"Cased_Letter", "LC"},
    {"Uppercase_Letter", "Lu"},
    {"Lowercase_Letter", "Ll"},
    {"Titlecase_Letter", "Lt"},
    {"Modifier_Letter", "Lm"},
    {"Other_Letter", "Lo"},
    {"Mark", "M"},
    {"Nonspacing_Mark", "Mn"},
    {"Spacing_Mark", "Mc"},
    {"Enclosing_Mark", "Me"},
    {"Number", "N"},
    {"Decimal_Number", "Nd"},
    {"digit", "Nd"},
    {"Letter_Number", "Nl"},
    {"Other_Number", "No"},
    {"Punctuation", "P"},
    {"punct", "P"},
    {"Connector_Punctuation", "Pc"},
    {"Dash_Punctuation", "Pd"},
    {"Open_Punctuation", "Ps"},
    {"Close_Punctuation", "Pe"},
    {"Initial_Punctuation", "Pi"},
    {"Final_Punctuation", "Pf"},
    {"Other_Punctuation", "Po"},
    {"Symbol", "S"},
    {"Math_Symbol", "Sm"},
    {"Currency_Symbol", "Sc"},
    {"Modifier_Symbol", "Sk"},
    {"Other_Symbol", "So"},
    {"Separator", "Z"},
    {"Space_Separator", "Zs"},
    {"Line_Separator", "Zl"},
    {"Paragraph_Separator", "Zp"},
    {"Other", "C"},
    {"Control", "Cc"},
    {"Format", "Cf"},
    {"Private_Use", "Co"},
}};


}  // namespace

std::string escaped_character(char32_t character) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string digits;
  do {
    digits.insert(digits.begin(), kDigits[character % 16]);
    character /= 16;
  } while (character != 0);
  return "\\x{" + digits + "}";
}

PatternReader::Weight PatternReader::read_class() {
  const std::size_t start = out_.size();
  ++at_;
  const bool negated = starts_with("^");
  if (negated) ++at_;
  if (starts_with("]")) {
    // ECMA-262 lets a class be empty: it fits nothing, and its negation fits anything. RE2 has no such spelling.
    ++at_;
    out_ += negated ? R"([\x{0}-\x{10ffff}])" : R"([^\x{0}-\x{10ffff}])";
    return pattern_weight::kClass;
  }
  out_ += negated ? "[^" : "[";
  while (!starts_with("]")) {
    if (at_end()) return fault("a \"[\" has no \"]\"");
    if (!read_class_part()) return std::nullopt;
  }
  ++at_;
  out_ += ']';
  const bool has_property =
      out_.find("\\p", start) != std::string::npos || out_.find("\\P", start) != std::string::npos;
  return (has_property ? pattern_weight::kProperty : pattern_weight::kClass) + (out_.size() - start);
}

// One character, one range or one set such as \d. A "-" between a set and anything else is itself.
bool PatternReader::read_class_part() {
  bool is_set = false;
  char32_t first = 0;
  if (!read_class_escape(is_set, first)) return false;
  if (is_set) return true;
  if (!starts_with("-") || starts_with("-]")) {
    out_ += escaped_character(first);
    return true;
  }
  ++at_;
  if (at_end()) return refuse("a \"[\" has no \"]\"");
  const std::size_t before = out_.size();
  char32_t last = 0;
  if (!read_class_escape(is_set, last)) return false;
  if (is_set) {
    out_.insert(before, escaped_character(first) + escaped_character(U'-'));
    return true;
  }
  if (last < first) return refuse("a range in [ ] runs backwards");
  out_ += escaped_character(first) + "-" + escaped_character(last);
  return true;
}

// Either writes a set such as \d and says so, or gives one character without writing it.
bool PatternReader::read_class_escape(bool& is_set, char32_t& character) {
  is_set = false;
  if (source_[at_] != '\\') {
    character = take_character();
    return true;
  }
  ++at_;
  if (at_end()) return refuse("it ends in a backslash");
  const char next = source_[at_];
  is_set = std::string_view("dDwWsSpP").find(next) != std::string_view::npos;
  if (!is_set) {
    // In a class \b is the backspace, and \- may be written though "-" is not special to the rest of the syntax.
    const std::optional<char32_t> escape = next == 'b' ? (++at_, U'\b') : read_character_escape();
    if (!escape) return false;
    character = *escape;
    return true;
  }
  if (next == 'p' || next == 'P') {
    std::string written;
    if (!read_property(written)) return false;
    out_ += written;
    return true;
  }
  ++at_;
  if (next == 's' || next == 'S') {
    out_ += next == 's' ? kSpaces : kNotSpaces;
  } else {
    out_ += '\\';
    out_ += next;
  }
  return true;
}

// \p{Lu}, \p{Letter}, \p{Script=Greek}: RE2 takes the short category and the bare script name.
bool PatternReader::read_property(std::string& written) {
  const std::size_t end = source_.find('}', at_);
  if (source_.substr(at_ + 1, 1) != "{" || end == std::string_view::npos) {
    return refuse("\\p needs a name in { and }");
  }
  std::string_view name = source_.substr(at_ + 2, end - at_ - 2);
  for (const std::string_view prefix : {"General_Category=", "gc=", "Script=", "sc="}) {
    if (name.substr(0, prefix.size()) == prefix) {
      name.remove_prefix(prefix.size());
      break;
    }
  }
  const bool is_word = !name.empty() && std::all_of(name.begin(), name.end(), [](char character) {
    return is_letter(character) || is_digit(character) || character == '_';
  });
  if (!is_word) return refuse("\\p{...} holds no name of a property");
  for (const auto& [long_name, short_name] : kCategories) {
    if (name == long_name) name = short_name;
  }
  if (name == "LC") note_unsupported("\\p{LC}");
  written = "\\" + std::string(1, source_[at_]) + "{" + std::string(name) + "}";
  at_ = end + 1;
  return true;
}

}  // namespace deskhand::schema
