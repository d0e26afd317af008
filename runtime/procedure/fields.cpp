#include "procedure/fields.h"

#include <algorithm>
#include <array>
#include <optional>

#include "base/text.h"
#include "procedure/pieces.h"
#include "procedure/words.h"

namespace deskhand::procedure {
namespace {

bool is_identifier_byte(char byte) {
  return (byte >= 'a' && byte <= 'z') || (byte >= '0' && byte <= '9') || byte == '_';
}

// A field where it stands in the text.
struct FieldAt {
  std::string noun;
  std::string field;
  std::size_t begin = 0;
  std::size_t end = 0;     // after the closing backtick
  std::size_t values = 0;  // where the values begin, 0 when there is no operator
  bool is_coded = false;
};

std::string singular(std::string_view noun) {
  std::string text = to_lower(noun);
  if (text.ends_with("ies")) return text.substr(0, text.size() - 3) + "y";
  if (text.size() > 3 && text.ends_with("s")) text.pop_back();
  return text;
}

bool is_noun(std::string_view word) {
  static constexpr std::array<std::string_view, 5> kNouns = {"lead", "contact", "company", "opportunity",
                                                             "interaction"};
  return std::find(kNouns.begin(), kNouns.end(), word) != kNouns.end();
}

// The record named shortly before: "lead `status`", "contacts where `lifecycle_stage`".
std::string noun_before(std::string_view text) {
  const auto from = text.size() > 60 ? text.size() - 60 : 0;
  const auto words = words_of(text.substr(from));
  const std::size_t reach = 4;
  for (std::size_t back = 1; back <= std::min(reach, words.size()); ++back) {
    const auto& word = words[words.size() - back];
    const auto between = text.substr(from + word.end);
    if (between.find_first_of(".;=`") != std::string_view::npos) return {};
    if (const auto noun = singular(word.text); is_noun(noun)) return noun;
  }
  return {};
}

std::size_t skip_spaces(std::string_view text, std::size_t at) {
  while (at < text.size() && (text[at] == ' ' || text[at] == '\n')) ++at;
  return at;
}

// After a field: the offset where its values begin, or 0.
std::size_t after_operator(std::string_view text, std::size_t at, bool is_coded) {
  at = skip_spaces(text, at);
  static constexpr std::array<std::string_view, 6> kSigns = {":=", "==", "=", "→", "->", ":"};
  for (const auto sign : kSigns) {
    const bool introduces = sign == ":" && (!is_coded || trim(text.substr(std::min(at + 1, text.size()))).empty());
    if (!introduces && text.substr(at).starts_with(sign)) return at + sign.size();
  }
  if (!is_coded) return 0;
  static constexpr std::array<std::string_view, 10> kWords = {"is one of ", "one of ", "set to ", "is set to ", "in ",
                                                              "to ",        "is ",     "as ",     "equals ",    "of "};
  for (const auto word : kWords)
    if (text.substr(at).starts_with(word)) return at + word.size();
  return 0;
}

std::optional<FieldAt> coded_field(std::string_view text, const Piece& code) {
  FieldAt field;
  std::string name = code.text;
  if (name.find('/') != std::string::npos || name.ends_with(".json") || name.ends_with(".md"))
    return std::nullopt;  // a file
  field.begin = code.begin - 1;
  field.end = text.find('`', code.begin) + 1;
  field.is_coded = true;
  if (const auto sign = name.find('='); sign != std::string::npos) {  // `status = new` in one pair of backticks
    name = std::string(trim(std::string_view(name).substr(0, sign)));
    field.end = code.begin + sign;
    while (field.end > code.begin && text[field.end] != '=') ++field.end;
  }
  if (const auto dot = name.rfind('.'); dot != std::string::npos) {
    field.noun = singular(replace_all(name.substr(0, dot), "[]", ""));
    name = name.substr(dot + 1);
  }
  if (!is_identifier(name)) return std::nullopt;
  field.field = name;
  if (field.noun.empty()) field.noun = noun_before(text.substr(0, field.begin));
  field.values = after_operator(text, field.end, true);
  return field;
}

// "status = new" without backticks.
void add_plain_fields(std::vector<FieldAt>& fields, std::string_view text) {
  for (auto sign = text.find('='); sign != std::string_view::npos; sign = text.find('=', sign + 1)) {
    std::size_t end = sign;
    while (end > 0 && text[end - 1] == ' ') --end;
    std::size_t begin = end;
    while (begin > 0 && is_identifier_byte(text[begin - 1])) --begin;
    const auto name = text.substr(begin, end - begin);
    if (!is_identifier(name)) continue;
    const bool known = std::any_of(fields.begin(), fields.end(),
                                   [&](const FieldAt& field) { return field.begin <= begin && begin <= field.end; });
    if (!known) fields.push_back({noun_before(text.substr(0, begin)), std::string(name), begin, end, sign + 1, false});
  }
}

// Words of the core schemas that may follow a field without any sign: "`status` new or working".
bool is_core_value(std::string_view word) {
  static constexpr std::array<std::string_view, 14> kValues = {
      "new",      "working", "qualified", "disqualified", "converted", "pending",   "completed",
      "canceled", "won",     "lost",      "estimating",   "scheduled", "contacted", "inquiry"};
  return std::find(kValues.begin(), kValues.end(), word) != kValues.end();
}

std::vector<std::string> bare_values(std::string_view text, std::size_t at) {
  std::vector<std::string> values;
  for (const auto& word : words_of(text.substr(at, std::min<std::size_t>(80, text.size() - at)))) {
    if (word.text == "or" || word.text == "and") continue;
    if (!is_core_value(word.text)) break;
    values.push_back(word.text);
  }
  return values;
}

std::vector<std::string> identifiers_of(std::string_view list) {
  std::string text = replace_all(std::string(list), " or ", ",");
  for (const auto mark : {"/", "|", ";", " and ", "\n"}) text = replace_all(std::move(text), mark, ",");
  for (const auto mark : {"`", "\"", "“", "”", "or "}) text = replace_all(std::move(text), mark, "");
  std::vector<std::string> values;
  for (const auto& part : split(text, ',')) {
    const auto value = std::string(trim(part));
    if (value.empty()) continue;
    if (!is_identifier(value)) return {};
    values.push_back(value);
  }
  return values;
}

// "working and no activity": what follows "and" is another condition. "breed and what they want" is prose.
bool begins_condition(std::string_view text) {
  text = trim(text);
  for (const std::string_view word :
       {"no ", "not ", "nobody ", "nothing ", "without ", "that ", "who ", "which ", "have ", "has ", "is ", "are "})
    if (text.starts_with(word)) return true;
  return false;
}

// Words that end a list of values: "customer, by `updated_at`"; "channel" stands for whichever it was.
bool is_function_word(std::string_view word) {
  static constexpr std::array<std::string_view, 16> kWords = {"by",      "sorted", "with", "newest", "from", "to",
                                                              "the",     "a",      "an",   "if",     "when", "where",
                                                              "channel", "then",   "on",   "in"};
  return std::find(kWords.begin(), kWords.end(), word) != kWords.end();
}

std::size_t next_separator(std::string_view text, std::size_t from, std::size_t& length) {
  static constexpr std::array<std::string_view, 5> kSeparators = {",", "/", "|", " or ", " and "};
  auto best = std::string_view::npos;
  for (const auto separator : kSeparators) {
    const auto at = text.find(separator, from);
    if (at >= best) continue;
    best = at;
    length = separator.size();
  }
  return best;
}

// The values a clause begins with: "needs_analysis or estimate_sent", "disqualified, record reason".
std::vector<std::string> leading_values(std::string_view text) {
  std::vector<std::string> values;
  std::size_t begin = 0;
  while (begin <= text.size()) {
    std::size_t length = 1;
    const auto end = next_separator(text, begin, length);
    const auto stop = std::min(end, text.size());
    const auto part = std::string(trim(replace_all(std::string(text.substr(begin, stop - begin)), "`", "")));
    if (!is_identifier(part) || is_function_word(part)) return values;
    const bool is_prose = values.empty() && end != std::string_view::npos && text.substr(end, length) == " and " &&
                          !begins_condition(text.substr(end + length)) &&
                          !is_identifier(trim(text.substr(end + length)));
    if (is_prose) return {};
    values.push_back(part);
    if (end == std::string_view::npos) return values;
    begin = end + length;
  }
  return values;
}

// Values up to the end of the clause: "[new, working]", "channel (email, web_form)" or a plain list.
std::vector<std::string> listed_values(std::string_view text) {
  text = trim(text);
  if (text.starts_with("[")) {
    const auto close = text.find(']');
    return close == std::string_view::npos ? std::vector<std::string>{} : identifiers_of(text.substr(1, close - 1));
  }
  const auto open = text.find('(');
  if (open != std::string_view::npos) {
    const auto close = text.find(')', open);
    const auto inside =
        identifiers_of(text.substr(open + 1, close == std::string_view::npos ? close : close - open - 1));
    if (inside.size() > 1) return inside;
  }
  return leading_values(trim(text.substr(0, text.find_first_of("()"))));
}

std::size_t end_of_clause(std::string_view text, std::size_t begin, std::size_t limit) {
  for (std::size_t at = begin; at < limit; ++at) {
    if (text[at] == ';') return at;
    if (text[at] == '.' && (at + 1 == text.size() || text[at + 1] == ' ' || text[at + 1] == '\n')) return at;
    if (text.substr(at).starts_with("—") || text.substr(at).starts_with(" – ") || text.substr(at).starts_with(" - "))
      return at;
    for (const std::string_view word : {" where ", " that ", " when ", " if ", " with ", " for ", " then "})
      if (text.substr(at).starts_with(word)) return at;
  }
  return limit;
}

void read_values(FieldUse& use, const FieldAt& at, std::string_view text, std::size_t limit) {
  if (at.values == 0) {
    use.values = bare_values(text, at.end);
    use.has_values = !use.values.empty();
    return;
  }
  use.has_values = true;
  const auto end = end_of_clause(text, at.values, limit);
  auto clause = trim(text.substr(at.values, end - at.values));
  while (clause.ends_with(",") || clause.ends_with("`") || clause.ends_with("(") || clause.ends_with(":"))
    clause = trim(clause.substr(0, clause.size() - 1));
  if (clause.ends_with(" and")) clause.remove_suffix(4);
  if (clause.ends_with(" or")) clause.remove_suffix(3);
  use.values = listed_values(clause);
}

}  // namespace

bool is_identifier(std::string_view text) {
  if (text.empty() || text.size() > 64 || text.front() < 'a' || text.front() > 'z') return false;
  return std::all_of(text.begin(), text.end(), is_identifier_byte);
}

std::vector<FieldUse> field_uses_of(const Prose& prose, const std::string& file) {
  const std::string_view text = prose.text;
  std::vector<FieldAt> fields;
  for (const auto& code : code_of(text))
    if (auto field = coded_field(text, code)) fields.push_back(std::move(*field));
  // A code span that is a value ("`status` = `new`") is no field of its own.
  std::erase_if(fields, [&](const FieldAt& candidate) {
    return std::any_of(fields.begin(), fields.end(), [&](const FieldAt& other) {
      return other.values > 0 && other.values <= candidate.begin &&
             trim(text.substr(other.values, candidate.begin - other.values)).empty();
    });
  });
  add_plain_fields(fields, text);
  std::sort(fields.begin(), fields.end(),
            [](const FieldAt& left, const FieldAt& right) { return left.begin < right.begin; });

  std::vector<FieldUse> uses;
  for (std::size_t index = 0; index < fields.size(); ++index) {
    const auto& at = fields[index];
    const auto limit = index + 1 < fields.size() ? fields[index + 1].begin : text.size();
    FieldUse use;
    use.noun = at.noun;
    use.field = at.field;
    use.place = {file, prose.line_at(at.begin)};
    read_values(use, at, text, limit);
    uses.push_back(std::move(use));
  }
  return uses;
}

std::vector<std::string> values_of(const std::vector<FieldUse>& uses, std::string_view field) {
  std::vector<std::string> values;
  for (const auto& use : uses)
    if (use.field == field)
      for (const auto& value : use.values)
        if (std::find(values.begin(), values.end(), value) == values.end()) values.push_back(value);
  return values;
}

}  // namespace deskhand::procedure
