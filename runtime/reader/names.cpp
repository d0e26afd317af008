#include "reader/names.h"

#include <algorithm>

#include "base/limits.h"
#include "base/text.h"
#include "reader/companies.h"
#include "reader/lexicon.h"
#include "reader/name_words.h"

namespace deskhand::reader {
namespace {

// The token after "my name is", "it's", "name:" and the like.
std::size_t skip_lead_in(const Tokens& tokens) {
  static const WordSet openers(
      "its it is name names my the his her their this im i am hi hello hey customer customers called she hes shes he "
      "they client new sure yes ok okay yeah last first and full");
  std::size_t at = 0;
  while (at < tokens.size() && at < 6 &&
         (openers.has(tokens.word(at)) || (at > 0 && (tokens.is(at, ":") || tokens.is(at, ",")))))
    ++at;
  return at;
}

std::size_t skip_tail(const Tokens& tokens, std::size_t end) {
  static const WordSet closers("please pls thanks thank you");
  while (end > 0) {
    const std::string_view word = tokens.word(end - 1);
    const bool is_stop = word == "." && !(end >= 2 && tokens.is_word(end - 2) && tokens[end - 2].folded.size() <= 3 &&
                                          tokens.is_glued(end - 1));
    if (!is_stop && word != "!" && word != "," && !(closers.has(word) && end > 1)) break;
    --end;
  }
  return end;
}

// All words of tokens [first, end), or nothing when anything but a name's words stands there.
std::vector<NameWord> read_all_words(const Tokens& tokens, std::size_t first, std::size_t end) {
  std::vector<NameWord> words;
  for (std::size_t at = first; at < end;) {
    const bool is_comma = tokens.is(at, ",");
    auto word = read_name_word(tokens, is_comma ? at + 1 : at);
    if (word && words.empty() && word->kind == NameWordKind::suffix && word->casing == Casing::upper)
      word->kind = NameWordKind::plain;  // "JR Ortiz"
    if (!word || word->end > end || word->possessive || words.size() >= kNameWordsMax + 1) return {};
    if (is_comma && word->kind != NameWordKind::suffix) return {};
    if (word->kind == NameWordKind::suffix && words.empty()) return {};
    words.push_back(*word);
    at = word->end;
  }
  return words;
}

// Whether these words may be a name when a name was asked for.
bool is_believable_name(const Tokens& tokens, const std::vector<NameWord>& words) {
  bool has_plain = false, has_given = false;
  for (std::size_t index = 0; index < words.size(); ++index) {
    const NameWord& word = words[index];
    if (word.kind == NameWordKind::title && index > 1) return false;
    if (word.kind != NameWordKind::plain) continue;
    const bool is_given = is_given_name(word.folded);
    const bool is_word = is_common_word(word.folded) || is_calendar_word(word.folded);
    const bool is_capital = tokens[word.first].is_capitalised();
    if (is_brand(word.folded) || word.folded.size() < 2) return false;
    if (is_word && !is_given) {
      const bool is_last_name = is_surname_word(word.folded) && index + 1 == words.size() &&
                                (has_given || (index > 0 && words.front().kind != NameWordKind::plain && is_capital));
      if (!is_last_name) return false;
    }
    if (is_word && is_given && words.size() == 1 && is_calendar_word(word.folded) && !is_capital) return false;
    if (!is_word && !is_given && !is_capital && is_misspelt_word(word.folded)) return false;
    if (is_place(word.folded) && !is_given && words.size() == 1) return false;
    has_plain = true;
    has_given = has_given || is_given;
  }
  return has_plain;
}

}  // namespace

std::string PersonName::text() const {
  std::string text = first;
  for (const std::string* part : {&last, &suffix}) {
    if (part->empty()) continue;
    if (!text.empty()) text += ' ';
    text += *part;
  }
  return text;
}

std::optional<Reading<PersonName>> read_person_name(std::string_view text) {
  const Tokens tokens(text);
  const std::size_t first = skip_lead_in(tokens);
  const std::size_t end = skip_tail(tokens, tokens.size());
  if (first >= end) return std::nullopt;
  const Span span = tokens.span(first, end);
  if (span.size() > limits::kNameBytes || read_company_name(words_of(tokens.text(), span))) return std::nullopt;
  std::vector<NameWord> words = read_all_words(tokens, first, end);
  if (words.empty()) {
    // "Ruiz, Ana".
    std::size_t comma = first;
    while (comma < end && !tokens.is(comma, ",")) ++comma;
    const std::vector<NameWord> last = read_all_words(tokens, first, comma),
                                given = read_all_words(tokens, comma + 1, end);
    if (last.empty() || given.empty() || last.size() > 3 || given.size() > 3 || !is_believable_name(tokens, given) ||
        !is_believable_name(tokens, last))
      return std::nullopt;
    PersonName name = name_of(given);
    const bool has_one_part = name.first.empty() != name.last.empty();
    name.first = has_one_part ? name.first + name.last : name.first + " " + name.last;
    std::string family;
    for (const NameWord& word : last) {
      if (!family.empty()) family += ' ';
      const bool is_small = word.kind == NameWordKind::particle && word.casing == Casing::lower;
      family += is_small ? word.typed : normalise_word(word.typed, word.casing == Casing::upper);
    }
    name.last = family;
    return Reading<PersonName>{name, span, Certainty::likely};
  }
  if (!is_believable_name(tokens, words)) return std::nullopt;
  const PersonName name = name_of(words);
  const bool is_firm =
      words.size() >= 2 && (is_given_name(words.front().folded) || words.front().kind != NameWordKind::plain);
  return Reading<PersonName>{name, span, is_firm ? Certainty::sure : Certainty::likely};
}

std::string normalise_name(std::string_view typed) {
  const Tokens tokens(typed);
  std::vector<NameWord> words;
  for (std::size_t at = 0; at < tokens.size();) {
    const auto word = read_name_word(tokens, at);
    if (!word) return squeeze(typed);
    words.push_back(*word);
    at = word->end;
  }
  if (words.empty()) return squeeze(typed);
  const PersonName name = name_of(words);
  return name.title.empty() ? name.text() : name.title + " " + name.text();
}

}  // namespace deskhand::reader
