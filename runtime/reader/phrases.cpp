#include "reader/phrases.h"

#include <algorithm>

#include "reader/lexicon.h"

namespace deskhand::reader {
namespace {

constexpr std::size_t kGap = 3;
constexpr std::size_t kDenialReach = 4;     // "not really because of [price]"
constexpr std::size_t kSentenceReach = 60;  // tokens looked at on each side for a question

std::vector<std::string_view> split_at(std::string_view text, char separator) {
  std::vector<std::string_view> parts;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(separator), text.size());
    if (end > 0) parts.push_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return parts;
}

bool ends_clause(std::string_view mark) { return mark == "." || mark == "!" || mark == "?" || mark == ";"; }

}  // namespace

PhraseSet::PhraseSet(const std::vector<std::string_view>& patterns) {
  for (const std::string_view pattern : patterns) add(pattern);
  std::vector<std::string_view> vocabulary;
  for (const auto& elements : patterns_) {
    for (const Element& element : elements)
      vocabulary.insert(vocabulary.end(), element.words.begin(), element.words.end());
  }
  spelling_.emplace(vocabulary);
}

void PhraseSet::add(std::string_view pattern) {
  std::vector<Element> elements;
  for (std::string_view part : split_at(pattern, ' ')) {
    Element element;
    if (part.front() == '[') {
      element.is_optional = true;
      part = part.substr(1, part.size() - 2);
    }
    if (part == "_") {
      element.kind = ElementKind::any_word;
    } else if (part == "#") {
      element.kind = ElementKind::number;
    } else if (part.front() == '*') {
      element.kind = ElementKind::gap;
      element.gap_max = part.size() > 1 ? static_cast<std::size_t>(part[1] - '0') : kGap;
    } else {
      element.words = split_at(part, '|');
      std::sort(element.words.begin(), element.words.end());
    }
    elements.push_back(std::move(element));
  }
  const std::size_t index = patterns_.size();
  for (const Element& element : elements) {
    for (const std::string_view word : element.words) by_first_word_[word].push_back(index);
    if (!element.is_optional) break;
  }
  patterns_.push_back(std::move(elements));
}

bool PhraseSet::takes(const Element& element, const Tokens& tokens, std::size_t index, bool& guessed) const {
  if (index >= tokens.size()) return false;
  switch (element.kind) {
    case ElementKind::any_word:
      return tokens[index].is_word();
    case ElementKind::number:
      return tokens[index].is_number();
    case ElementKind::gap:
      return false;
    case ElementKind::words:
      break;
  }
  const auto has = [&](std::string_view word) {
    return std::binary_search(element.words.begin(), element.words.end(), word);
  };
  if (has(tokens.word(index))) return true;
  if (!tokens[index].is_word()) return false;
  const std::string_view corrected = spelling_->correct(tokens.word(index));
  if (corrected.empty() || !has(corrected)) return false;
  guessed = true;
  return true;
}

// The token after the match of elements from `element` on, 0 when they do not match here.
std::size_t PhraseSet::match_rest(Try& attempt, std::size_t element, std::size_t index) const {
  if (element == attempt.elements.size()) return index;
  const Element& current = attempt.elements[element];
  if (current.kind == ElementKind::gap) {
    for (std::size_t gap = 0; gap <= current.gap_max && index + gap <= attempt.tokens.size(); ++gap) {
      if (const std::size_t end = match_rest(attempt, element + 1, index + gap)) return end;
      const std::size_t skipped = index + gap;
      const bool is_abbreviation =
          attempt.tokens.is(skipped, ".") && attempt.tokens.word(skipped - 1).size() <= 3;  // "Mrs."
      const bool is_end = ends_clause(attempt.tokens.word(skipped)) && !is_abbreviation;
      if (is_end || (gap > 0 && attempt.tokens[skipped].line_start)) break;
    }
    return 0;
  }
  if (takes(current, attempt.tokens, index, attempt.guessed)) {
    if (const std::size_t end = match_rest(attempt, element + 1, index + 1)) return end;
  }
  return current.is_optional ? match_rest(attempt, element + 1, index) : 0;
}

std::optional<PhraseMatch> PhraseSet::match_at(const Tokens& tokens, std::size_t index) const {
  if (index >= tokens.size()) return std::nullopt;
  auto candidates = by_first_word_.find(tokens.word(index));
  if (candidates == by_first_word_.end() && tokens[index].is_word()) {
    candidates = by_first_word_.find(spelling_->correct(tokens.word(index)));
  }
  if (candidates == by_first_word_.end()) return std::nullopt;
  std::optional<PhraseMatch> best;
  for (const std::size_t pattern : candidates->second) {
    Try attempt{tokens, patterns_[pattern]};
    const std::size_t end = match_rest(attempt, 0, index);
    if (end == 0 || (best && end <= best->end)) continue;
    best = PhraseMatch{pattern, index, end, attempt.guessed ? Certainty::likely : Certainty::sure};
  }
  return best;
}

std::vector<PhraseMatch> PhraseSet::find(const Tokens& tokens) const {
  std::vector<PhraseMatch> matches;
  for (std::size_t index = 0; index < tokens.size() && matches.size() < kReadingsMax;) {
    const auto match = match_at(tokens, index);
    if (!match) {
      ++index;
      continue;
    }
    matches.push_back(*match);
    index = std::max(match->end, index + 1);
  }
  return matches;
}

bool is_denied(const Tokens& tokens, std::size_t index) {
  static const WordSet denials(
      "not no never nor isnt wasnt arent werent dont doesnt didnt hasnt havent hadnt wont wouldnt cant couldnt aint "
      "without neither");
  for (std::size_t back = 1; back <= kDenialReach && back <= index; ++back) {
    const std::string_view word = tokens.word(index - back);
    if (ends_clause(word) || word == "," || word == "but" || tokens[index - back + 1].line_start) return false;
    if (denials.has(word)) return true;
  }
  return false;
}

bool is_asked(const Tokens& tokens, std::size_t index) {
  static const WordSet openers(
      "did does do is was were are has have had why who what when how which where could can would should will "
      "isnt wasnt arent werent didnt doesnt dont hasnt havent hadnt");
  std::size_t end = index;
  while (end < tokens.size() && end < index + kSentenceReach && !ends_clause(tokens.word(end))) ++end;
  if (!tokens.is(end, "?")) return false;
  std::size_t begin = index;
  while (begin > 0 && index - begin < kSentenceReach && !tokens.starts_sentence(begin)) --begin;
  for (std::size_t at = begin; at <= index; ++at) {
    const bool opens = at == begin || tokens.is(at - 1, ",") || tokens.is(at - 1, "and") || tokens.is(at - 1, "so");
    if (opens && openers.has(tokens.word(at))) return true;
  }
  return false;
}

}  // namespace deskhand::reader
