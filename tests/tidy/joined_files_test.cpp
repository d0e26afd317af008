// Files of a folder are compiled as one (docs/adr/0016-joined-files.md), and which of them meet in one changes with every file that
// is added. So names in unnamed namespaces differ within a folder, whether two of them meet today or not.
#include <gtest/gtest.h>

#include <algorithm>
#include <cctype>
#include <initializer_list>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "tests/tidy/tree.h"

using namespace tidy;

namespace {

bool is_word_character(char character) { return std::isalnum(static_cast<unsigned char>(character)) != 0 || character == '_'; }
bool is_number_character(char character) { return is_word_character(character) || character == '\'' || character == '.'; }
bool is_word(const std::string& token) { return is_word_character(token.front()) && std::isdigit(static_cast<unsigned char>(token.front())) == 0; }

std::size_t line_end(const std::string& text, std::size_t at) { return std::min(text.find('\n', at), text.size()); }

// Behind the comment, the literal or the line of the preprocessor that begins there; `at` itself where none does.
std::size_t behind_no_code(const std::string& text, std::size_t at, bool line_begins) {
  const auto behind = [&](const std::string& mark, std::size_t from) {
    const std::size_t found = text.find(mark, from);
    return found == std::string::npos ? text.size() : found + mark.size();
  };
  if (text.compare(at, 2, "//") == 0) return line_end(text, at);
  if (text.compare(at, 2, "/*") == 0) return behind("*/", at + 2);
  if (text.compare(at, 2, "R\"") == 0) {
    const std::size_t open = text.find('(', at);
    return open == std::string::npos ? text.size() : behind(")" + text.substr(at + 2, open - at - 2) + "\"", open);
  }
  if (text[at] == '#' && line_begins) {
    std::size_t end = line_end(text, at);
    while (end < text.size() && text[end - 1] == '\\') end = line_end(text, end + 1);
    return end;
  }
  if (text[at] != '"' && text[at] != '\'') return at;
  std::size_t end = at + 1;
  while (end < text.size() && text[end] != text[at]) end += text[end] == '\\' ? 2 : 1;
  return std::min(end + 1, text.size());
}

// Words, "::" and single signs; comments, literals and the preprocessor's lines are left out.
std::vector<std::string> tokens_of(const std::string& text) {
  std::vector<std::string> tokens;
  bool line_begins = true;
  for (std::size_t at = 0; at < text.size();) {
    if (std::isspace(static_cast<unsigned char>(text[at])) != 0) {
      line_begins = line_begins || text[at] == '\n';
      ++at;
      continue;
    }
    const std::size_t code = behind_no_code(text, at, line_begins);
    line_begins = false;
    if (code != at) {
      at = code;
      continue;
    }
    std::size_t end = at + (text.compare(at, 2, "::") == 0 ? 2 : 1);
    if (is_word_character(text[at])) {
      const bool is_number = std::isdigit(static_cast<unsigned char>(text[at])) != 0;
      while (end < text.size() && (is_number ? is_number_character(text[end]) : is_word_character(text[end]))) ++end;
    }
    tokens.push_back(text.substr(at, end - at));
    at = end;
  }
  return tokens;
}

// The names of one file's unnamed namespaces, each with the namespace around it: functions, constants and types.
class UnnamedNames {
 public:
  explicit UnnamedNames(const std::string& text) : tokens_(tokens_of(text)) { scan(0, tokens_.size(), "", false); }
  const std::set<std::string>& found() const { return found_; }

 private:
  bool is(std::size_t at, std::string_view token) const { return at < tokens_.size() && tokens_[at] == token; }
  bool is_one_of(std::size_t at, std::initializer_list<std::string_view> known) const {
    return std::any_of(known.begin(), known.end(), [&](std::string_view token) { return is(at, token); });
  }

  std::size_t closing(std::size_t open) const {
    std::size_t depth = 0;
    for (std::size_t at = open; at < tokens_.size(); ++at) {
      if (is(at, "{")) ++depth;
      if (is(at, "}") && --depth == 0) return at;
    }
    return tokens_.size();
  }

  // Where a declaration begins behind its attributes and template parameters.
  std::size_t begin_of(std::size_t at, std::size_t end) const {
    while (at < end && (is(at, "template") || (is(at, "[") && is(at + 1, "[")))) {
      const bool is_template = is(at, "template");
      const std::string_view opens = is_template ? "<" : "[", closes = is_template ? ">" : "]";
      if (is_template) ++at;
      std::size_t depth = 0;
      do {
        if (is(at, opens)) ++depth;
        if (is(at, closes)) --depth;
        ++at;
      } while (at < end && depth > 0);
    }
    return at;
  }

  // "operator<(" and "operator()(": its sign is none of the declaration's.
  std::size_t behind_operator(std::size_t at, std::size_t end) const {
    at = std::min(at + 2, end);
    while (at < end && !is(at, "(")) ++at;
    return at;
  }

  // What stands behind the declared name: "(" of a function, "=", "{" or "[" of a variable, "{" or ";" of a type.
  std::size_t behind_name(std::size_t at, std::size_t end) const {
    int depth = 0;
    for (; at < end; ++at) {
      if (is(at, "<")) ++depth;
      if (is(at, ">")) --depth;
      if (is(at, "operator")) return behind_operator(at, end);
      if (depth == 0 && is_one_of(at, {"(", "=", "{", "[", ";"})) break;
    }
    return at;
  }

  void scan(std::size_t at, std::size_t end, const std::string& around, bool is_unnamed) {
    int parentheses = 0;
    for (std::size_t begin = at; at < end; ++at) {
      if (is(at, "(")) ++parentheses;
      if (is(at, ")")) --parentheses;
      if (is(at, ";")) {
        if (is_unnamed) declare(begin, at + 1, around);
        begin = at + 1;
      }
      if (!is(at, "{")) continue;
      const std::size_t close = closing(at);
      if (parentheses > 0) {  // "int limit = {}" of a function
        at = close;
        continue;
      }
      const std::size_t first = begin_of(begin, at);
      if (is_one_of(first, {"namespace", "inline"}) && (is(first, "namespace") || is(first + 1, "namespace"))) {
        std::string name;
        for (std::size_t part = first + (is(first, "inline") ? 2 : 1); part < at; ++part) name += tokens_[part];
        scan(at + 1, close, name.empty() ? around : around + name + "::", is_unnamed || name.empty());
        begin = close + 1;
      } else if (first == at || (is(behind_name(first, at), "(") && !is_one_of(close + 1, {",", "{"}))) {
        // A function ends with its body; whatever else has braces goes on to its semicolon.
        if (is_unnamed) declare(begin, at, around);
        begin = close + 1;
      }
      at = close;
    }
  }

  void declare(std::size_t begin, std::size_t end, const std::string& around) {
    const std::size_t first = begin_of(begin, end);
    if (first >= end || is_one_of(first, {"static_assert", "namespace", "friend", "extern"})) return;
    if (is_one_of(first, {"struct", "class", "union", "enum"})) {
      const std::size_t name = first + (is(first + 1, "class") ? 2 : 1);
      if (name < end && is_word(tokens_[name])) found_.insert(around + tokens_[name]);
      return;
    }
    if (is_one_of(first, {"using", "concept"})) {
      if (is(first + 2, "=")) found_.insert(around + tokens_[first + 1]);
      return;
    }
    const std::size_t behind = behind_name(first, end);
    for (std::size_t at = first; at < behind; ++at)
      if (is(at, "operator")) return;
    // A name alone is a macro; one behind "::" belongs to a class.
    if (behind >= end || behind < first + 2 || !is_word(tokens_[behind - 1]) || is(behind - 2, "::")) return;
    found_.insert(around + tokens_[behind - 1]);
    if (!is(behind, "(")) declare_more(behind, end, around);
  }

  // "kFirst = 1, kLast = 9": the names behind the first.
  void declare_more(std::size_t at, std::size_t end, const std::string& around) {
    int depth = 0;
    for (; at + 2 < end; ++at) {
      if (is_one_of(at, {"(", "{", "["})) ++depth;
      if (is_one_of(at, {")", "}", "]"})) --depth;
      if (depth == 0 && is(at, ",") && is_word(tokens_[at + 1]) && is_one_of(at + 2, {"=", "{", "[", ",", ";"}))
        found_.insert(around + tokens_[at + 1]);
    }
  }

  const std::vector<std::string> tokens_;
  std::set<std::string> found_;
};

}  // namespace

TEST(Tidy, names_in_unnamed_namespaces_differ_within_a_folder) {
  std::map<std::string, std::map<std::string, std::set<std::string>>> files_of_name;  // of a folder
  std::size_t count = 0;
  for (const fs::path& file : sources()) {
    if (file.extension() != ".cpp") continue;
    const UnnamedNames names(read(file));
    for (const std::string& name : names.found()) files_of_name[layer_of(file)][name].insert(fs::relative(file, kRoot).string());
    count += names.found().size();
  }
  EXPECT_GE(count, 1000u) << "the test reads no unnamed namespaces any more";
  for (const auto& [folder, names] : files_of_name)
    for (const auto& [name, files] : names) {
      if (files.size() == 1) continue;
      std::string listed;
      for (const std::string& file : files) listed += (listed.empty() ? "" : ", ") + file;
      ADD_FAILURE() << name << " stands in the unnamed namespaces of " << listed << "; name each for what it is about, or keep one in a header of " << folder;
    }
}

TEST(Tidy, names_are_told_from_what_only_looks_like_one) {
  const std::set<std::string> found = UnnamedNames(R"cpp(
#include <map>
#define LONG_ONE(name) \
  int name() { return 0; }
namespace desk::hand {
int named() { return 1; }
namespace {

// int in_comment() { return 0; }
constexpr std::size_t kFirst = 1'000, kLast = 9;
const std::map<std::string, std::vector<int>> kTable{{"a {", {1}}, {"b", {2}}};
constexpr char kBrace = '{';
const char* const kList[] = {"x", "y"};
struct Half {
  int member() const { return 0; }
  int size = 0;
};
enum class Kind { none, one };
using Names = std::vector<std::string>;
using other::borrowed;
static_assert(kFirst > 1);
template <class Item, std::size_t kCount>
std::optional<Item> first_of(const std::array<Item, kCount>& items, Half half = {}, int limit = 3) {
  const auto local = [&](int at) { return at < limit; };
  return local(0) ? items[0] : Item{};
}
[[maybe_unused]] bool ahead(const std::function<bool(int)>& test);
bool operator==(const Half& left, const Half& right) { return left.size == right.size; }
bool operator<(const Half& left, const Half& right) { return left.size < right.size; }
int Outer::inner() const { return 0; }
const RE2& pattern() {
  static const RE2 known(R"(}\{)");
  return known;
}

}  // namespace
int after() { return 2; }
}  // namespace desk::hand
)cpp")
                                          .found();
  const std::set<std::string> expected{"desk::hand::kFirst", "desk::hand::kLast", "desk::hand::kTable", "desk::hand::kBrace", "desk::hand::kList",
                                       "desk::hand::Half",   "desk::hand::Kind",  "desk::hand::Names",  "desk::hand::first_of", "desk::hand::ahead",
                                       "desk::hand::pattern"};
  EXPECT_EQ(found, expected);
}
