#include "agent/claim_lexicon.h"

#include <algorithm>

#include "base/limits.h"
#include "base/text.h"

namespace deskhand::agent {
namespace {

constexpr std::size_t kGapWords = 3;
constexpr std::size_t kWordsBefore = 4;      // in which a word such as "until" makes a passive no claim
constexpr std::size_t kClauseWords = 400;    // a longer run without a mark is read in parts
constexpr std::size_t kPatternItems = 16;

bool is_word_byte(unsigned char byte) {
  return (byte >= 'a' && byte <= 'z') || (byte >= '0' && byte <= '9') || byte == '\'' || byte == '-' || byte >= 0x80;
}

// Invisible characters and marks of emphasis can't hide a word: "s\u200bent", "**sent**".
std::string plain(std::string_view prose) {
  std::string text = to_lower(to_utf8(prose));
  for (const std::string_view hidden : {"\xE2\x80\x8B", "\xE2\x80\x8C", "\xE2\x80\x8D", "\xEF\xBB\xBF", "\xC2\xAD", "\xE2\x81\xA0", "*", "_", "`", "~", "\""})
    text = replace_all(std::move(text), hidden, "");
  for (const std::string_view quote : {"\xE2\x80\x99", "\xE2\x80\x98", "\xCA\xBC"}) text = replace_all(std::move(text), quote, "'");
  for (const std::string_view quote : {"\xE2\x80\x9C", "\xE2\x80\x9D"}) text = replace_all(std::move(text), quote, "");
  for (const std::string_view dash : {"\xE2\x80\x94", "\xE2\x80\x93", "\xE2\x80\xA6"}) text = replace_all(std::move(text), dash, ";");
  text = replace_all(std::move(text), "\xC2\xA0", " ");
  return text;
}

void add_word(std::string word, std::vector<std::string>& words) {
  while (!word.empty() && (word.front() == '\'' || word.front() == '-')) word.erase(0, 1);
  while (!word.empty() && (word.back() == '\'' || word.back() == '-')) word.pop_back();
  if (word.empty()) return;
  struct Contraction {
    std::string_view end, full;
  };
  static constexpr Contraction kContractions[] = {{"'ve", "have"}, {"'re", "are"}, {"'m", "am"}, {"'ll", "will"}, {"n't", "not"}, {"'s", "is"}, {"'d", "had"}};
  for (const Contraction& contraction : kContractions)
    if (word.size() > contraction.end.size() && word.ends_with(contraction.end)) {
      words.push_back(word.substr(0, word.size() - contraction.end.size()));
      words.emplace_back(contraction.full);
      return;
    }
  words.push_back(std::move(word));
}

std::vector<std::vector<std::string>> clauses_of(std::string_view prose) {
  std::vector<std::vector<std::string>> clauses(1);
  std::string word;
  const std::string text = plain(prose) + "\n";
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (is_word_byte(byte)) {
      word += c;
      continue;
    }
    add_word(std::move(word), clauses.back());
    word.clear();
    if ((c != ' ' && c != '\t' && c != '/') || clauses.back().size() >= kClauseWords) clauses.emplace_back();
  }
  std::erase_if(clauses, [](const auto& clause) { return clause.empty(); });
  return clauses;
}

}  // namespace

std::vector<std::string> sentences_of(std::string_view prose) {
  std::vector<std::string> sentences;
  std::string sentence;
  for (std::size_t at = 0; at < prose.size(); ++at) {
    sentence += prose[at];
    const bool mark = prose[at] == '.' || prose[at] == '!' || prose[at] == '?';
    const bool ends = prose[at] == '\n' || (mark && (at + 1 == prose.size() || prose[at + 1] == ' ' || prose[at + 1] == '\n'));
    if (!ends) continue;
    if (!trim(sentence).empty()) sentences.emplace_back(trim(sentence));
    sentence.clear();
  }
  if (!trim(sentence).empty()) sentences.emplace_back(trim(sentence));
  return sentences;
}

Result<ClaimLexicon> ClaimLexicon::read(std::string_view text) {
  ClaimLexicon lexicon;
  std::map<std::string, std::set<std::string, std::less<>>> groups;
  int number = 0;
  for (const std::string& raw : split(text, '\n')) {
    ++number;
    std::string line(trim(raw));
    if (line.empty() || line.front() == '#') continue;
    const std::size_t equals = line.find(" = ");
    if (equals != std::string::npos) {
      const std::string name(trim(line.substr(0, equals)));
      for (const std::string& word : split(squeeze(line.substr(equals + 3)), ' ')) groups[name].insert(word);
      if (name == "unless") lexicon.unless_ = groups[name];
      continue;
    }
    Pattern pattern;
    if (line.front() == '~') {
      pattern.voidable = true;
      line.erase(0, 1);
    }
    for (const std::string& word : split(squeeze(line), ' ')) {
      if (word.empty()) continue;
      auto item = read_item(word, groups);
      if (!item) return make_error(Code::invalid_argument, "claims, line " + std::to_string(number) + ": " + item.error().message);
      pattern.items.push_back(std::move(*item));
    }
    if (pattern.items.size() > kPatternItems) return make_error(Code::invalid_argument, "claims, line " + std::to_string(number) + ": at most " + std::to_string(kPatternItems) + " words.");
    lexicon.patterns_.push_back(std::move(pattern));
  }
  if (lexicon.patterns_.empty()) return make_error(Code::invalid_argument, "claims: the file holds no pattern.");
  return lexicon;
}

Result<ClaimLexicon::Item> ClaimLexicon::read_item(const std::string& word, const std::map<std::string, std::set<std::string, std::less<>>>& groups) {
  Item item;
  if (word == "...") item.kind = Kind::gap;
  else if (word == "^") item.kind = Kind::start;
  else if (word == "$") item.kind = Kind::end;
  if (item.kind != Kind::words) return item;
  std::string rest = word;
  if (rest.back() == '?') {
    item.optional = true;
    rest.pop_back();
  }
  if (rest.size() > 2 && rest.front() == '{' && rest.back() == '}') {
    const auto group = groups.find(rest.substr(1, rest.size() - 2));
    if (group == groups.end()) return make_error(Code::invalid_argument, "there is no group " + rest + " above this line.");
    item.words = group->second;
  } else {
    for (const std::string& one : split(rest, '|')) item.words.insert(one);
  }
  return item;
}

// `last`: just after the last word that was read. Bounded: every item reads at most one word, a gap at most three.
bool ClaimLexicon::matches(const Pattern& pattern, std::size_t item, const Words& clause, std::size_t word, std::size_t& last) const {
  if (item == pattern.items.size()) {
    last = word;
    return true;
  }
  const Item& wanted = pattern.items[item];
  switch (wanted.kind) {
    case Kind::start: return word == 0 && matches(pattern, item + 1, clause, word, last);
    case Kind::end: return word == clause.size() && matches(pattern, item + 1, clause, word, last);
    case Kind::gap:
      for (std::size_t skipped = 0; skipped <= kGapWords && word + skipped <= clause.size(); ++skipped) {
        if (matches(pattern, item + 1, clause, word + skipped, last)) return true;
        if (word + skipped < clause.size() && stops(clause[word + skipped])) return false;
      }
      return false;
    case Kind::words: break;
  }
  if (word < clause.size() && wanted.words.find(clause[word]) != wanted.words.end() && matches(pattern, item + 1, clause, word + 1, last)) return true;
  return wanted.optional && matches(pattern, item + 1, clause, word, last);
}

std::string ClaimLexicon::first_claim(std::string_view prose) const {
  if (patterns_.empty()) return std::string(trim(prose).substr(0, 40));
  for (const Words& clause : clauses_of(prose.substr(0, limits::kToolResultBytes)))
    for (std::size_t word = 0; word < clause.size(); ++word)
      for (const Pattern& pattern : patterns_) {
        std::size_t last = word;
        if (!matches(pattern, 0, clause, word, last) || last == word) continue;
        const std::size_t from = word > kWordsBefore ? word - kWordsBefore : 0;
        const bool is_void = pattern.voidable && std::any_of(clause.begin() + static_cast<std::ptrdiff_t>(from), clause.begin() + static_cast<std::ptrdiff_t>(word),
                                                             [&](const std::string& before) { return stops(before); });
        if (!is_void) return join(std::vector<std::string>(clause.begin() + static_cast<std::ptrdiff_t>(word), clause.begin() + static_cast<std::ptrdiff_t>(last)), " ");
      }
  return {};
}

}  // namespace deskhand::agent
