// read_targets of answer_parts.h: which cards or lines of a list an answer names.
#include "reader/answer_parts.h"
#include "reader/lexicon.h"
#include "reader/numbers.h"

namespace deskhand::reader {
namespace {

constexpr std::size_t kTargetsMax = 100;

struct OneAt {
  std::vector<Target> targets;  // several for "1-3"
  std::size_t end = 0;
};

Target numbered(std::int64_t number) { return {Target::Kind::number, number, {}}; }
Target of_kind(Target::Kind kind) { return {kind, 0, {}}; }

// A line number: one to three digits that nothing is glued to but marks of a list ("2)", "2.", "2,").
std::optional<std::int64_t> list_number(const Tokens& tokens, std::size_t index) {
  if (tokens.is_number(index)) {
    const long value = tokens.number(index);
    const bool is_glued_behind = tokens.is_glued(index) && index > 0 && !tokens.is(index - 1, "#") &&
                                 !tokens.is(index - 1, "(") && !tokens.is(index - 1, ",") &&
                                 !tokens.is(index - 1, "-") && !tokens.is(index - 1, ";") &&
                                 !tokens.is(index - 1, "&") && !tokens.is(index - 1, "+") && !tokens.is(index - 1, ":");
    if (value < 1 || value > kListNumberMax || is_glued_behind || tokens.word(index).starts_with('0'))
      return std::nullopt;
    if (tokens.is_glued(index + 1) && tokens.is_word(index + 1)) return std::nullopt;
    const std::string_view mark = tokens.is_glued(index + 1) ? tokens.word(index + 1) : std::string_view();
    if (mark == "%" || mark == "/" || mark == "$" || mark == "'" || mark == "\"") return std::nullopt;
    if ((mark == "." || mark == ":") && tokens.is_glued(index + 2) && tokens.is_number(index + 2))
      return std::nullopt;  // 1.5, 2:30
    return value;
  }
  const auto words = read_number_words(tokens, index);
  if (!words || words->end != index + 1 || words->value < 1 || words->value > 20) return std::nullopt;
  return words->value;
}

// "A-5", "a5", "#A-5".
std::optional<OneAt> read_ref(const Tokens& tokens, std::size_t index) {
  std::size_t at = tokens.is(index, "#") ? index + 1 : index;
  const std::size_t first = at;
  if (!tokens.is_word(at) || tokens.word(at).size() != 1) return std::nullopt;
  ++at;
  if (tokens.is(at, "-") && tokens.is_glued(at)) ++at;
  if (!tokens.is_number(at) || !tokens.is_glued(at)) return std::nullopt;
  const auto ref = parse_ref(tokens.words(first, at + 1));
  if (!ref || (tokens.is_glued(at + 1) && (tokens.is_word(at + 1) || tokens.is_number(at + 1)))) return std::nullopt;
  return OneAt{{{Target::Kind::ref, 0, *ref}}, at + 1};
}

// "the second", "first one", "the last one", "the other one".
std::optional<OneAt> read_place(const Tokens& tokens, std::size_t index) {
  const bool has_article = tokens.is(index, "the");
  const std::size_t at = has_article ? index + 1 : index;
  const auto after = [&](std::size_t end) { return tokens.is(end, "one") ? end + 1 : end; };
  const std::string_view word = tokens.word(at);
  if (word == "last") {
    if (tokens.is(at + 1, "one") || has_article) return OneAt{{of_kind(Target::Kind::last)}, after(at + 1)};
    return std::nullopt;
  }
  if (word == "other" && has_article && !tokens.is(at + 1, "two"))
    return OneAt{{of_kind(Target::Kind::other)}, after(at + 1)};
  const bool is_rest = word == "rest" || word == "others" || word == "remaining";
  if (is_rest && (has_article || word != "remaining"))
    return OneAt{{of_kind(Target::Kind::rest)}, tokens.is(at + 1, "of") && tokens.is(at + 2, "them") ? at + 3 : at + 1};
  const auto ordinal = read_ordinal(tokens, at);
  if (!ordinal || ordinal->value > kListNumberMax) return std::nullopt;
  if (!has_article && !tokens.is(ordinal->end, "one")) return std::nullopt;  // "send it first"
  if (tokens.is(ordinal->end, "thing")) return std::nullopt;
  return OneAt{{numbered(ordinal->value)}, after(ordinal->end)};
}

// "2", "#2", "number 2", "1-3", "1 to 3".
std::optional<OneAt> read_number(const Tokens& tokens, std::size_t index) {
  std::size_t at = index;
  if (tokens.is(at, "#") || tokens.is(at, "number") || tokens.is(at, "item") || tokens.is(at, "numbers") ||
      tokens.is(at, "nr"))
    ++at;
  const auto first = list_number(tokens, at);
  if (!first) return std::nullopt;
  OneAt one{{numbered(*first)}, at + 1};
  const bool is_word_joint = tokens.is(one.end, "through") || tokens.is(one.end, "thru") || tokens.is(one.end, "to");
  const bool is_dash = tokens.is(one.end, "-") && tokens.is_number(one.end + 1);
  if (!is_word_joint && !is_dash) return one;
  const auto last = list_number(tokens, one.end + 1);
  if (!last) return is_dash ? std::nullopt : std::optional(one);
  if (*last <= *first || *last - *first > 50) return std::nullopt;
  for (std::int64_t number = *first + 1; number <= *last; ++number) one.targets.push_back(numbered(number));
  one.end += 2;
  return one;
}

std::optional<OneAt> read_all(const Tokens& tokens, std::size_t index) {
  const std::string_view word = tokens.word(index);
  const bool is_both = word == "both";
  if (word == "everything" || word == "everyone") return OneAt{{of_kind(Target::Kind::all)}, index + 1};
  if (word != "all" && !is_both) return std::nullopt;
  std::size_t at = index + 1;
  if (tokens.is(at, "of") && (tokens.is(at + 1, "them") || tokens.is(at + 1, "these") || tokens.is(at + 1, "those") ||
                              tokens.is(at + 1, "it")))
    at += 2;
  else if (tokens.is(at, "of") && tokens.is(at + 1, "the") && tokens.is(at + 2, "above"))
    at += 3;
  else if (tokens.is(at, "three") || tokens.is(at, "four") || tokens.is(at, "five"))
    ++at;
  return OneAt{{of_kind(Target::Kind::all)}, at};
}

std::optional<OneAt> read_one(const Tokens& tokens, std::size_t index) {
  if (auto ref = read_ref(tokens, index)) return ref;
  if (auto all = read_all(tokens, index)) return all;
  if (auto number = read_number(tokens, index)) return number;
  return read_place(tokens, index);
}

// ", and", "&", "or" is none: "1 or 2" leaves it open.
std::size_t skip_joint(const Tokens& tokens, std::size_t index) {
  std::size_t at = index;
  if (tokens.is(at, ",")) ++at;
  if (tokens.is(at, "and") || tokens.is(at, "&") || tokens.is(at, "+") || tokens.is(at, "plus")) ++at;
  return at == index ? 0 : at;
}

std::optional<OneAt> read_list(const Tokens& tokens, std::size_t index) {
  auto list = read_one(tokens, index);
  if (!list) return std::nullopt;
  while (list->targets.size() < kTargetsMax) {
    const std::size_t next = skip_joint(tokens, list->end);
    const auto more = next != 0 ? read_one(tokens, next) : std::nullopt;
    if (!more) break;
    list->targets.insert(list->targets.end(), more->targets.begin(), more->targets.end());
    list->end = more->end;
  }
  return list;
}

}  // namespace

std::optional<TargetsAt> read_targets(const Tokens& tokens, std::size_t index) {
  auto list = read_list(tokens, index);
  if (!list) return std::nullopt;
  TargetsAt found{list->targets, {}, list->end};
  const bool is_all = list->targets.size() == 1 && list->targets.front().kind == Target::Kind::all;
  std::size_t at = found.end;
  if (is_all &&
      (tokens.is(at, "but") || tokens.is(at, "except") || tokens.is(at, "besides") || tokens.is(at, "minus"))) {
    ++at;
    if (tokens.is(at, "for")) ++at;
    const auto except = read_list(tokens, at);
    if (!except) return std::nullopt;
    found.except = except->targets;
    found.end = except->end;
  }
  return found;
}

std::vector<Target> read_choice(std::string_view text) {
  static const WordSet filler(
      "please pls just the one ones i mean id say take pick choose want for thanks number option lead customer it is "
      "its that would be");
  const Tokens tokens(text);
  if (const auto ordinal = read_ordinal(tokens, 0);
      ordinal && ordinal->end == tokens.size() && ordinal->value <= kListNumberMax)
    return {numbered(ordinal->value)};
  std::size_t index = 0;
  std::optional<TargetsAt> found;
  while (index < tokens.size() && !found) {
    found = read_targets(tokens, index);
    if (!found && !filler.has(tokens.word(index))) return {};
    if (!found) ++index;
  }
  if (!found || !found->except.empty()) return {};
  for (std::size_t at = found->end; at < tokens.size(); ++at) {
    const std::string_view word = tokens.word(at);
    if (word != "." && word != "!" && word != "," && word != ")" && !filler.has(word)) return {};
  }
  return found->targets;
}

}  // namespace deskhand::reader
