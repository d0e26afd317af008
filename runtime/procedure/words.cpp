#include "procedure/words.h"

#include <algorithm>
#include <array>
#include <map>
#include <utility>

#include "base/text.h"

namespace deskhand::procedure {
namespace {

bool is_letter(unsigned char byte) { return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z'); }
bool is_digit(unsigned char byte) { return byte >= '0' && byte <= '9'; }

// Characters above ASCII that part words although their bytes look like letters to a byte-wise reader.
constexpr std::array<std::string_view, 16> kMarks = {"“", "”", "„", "«",      "»",      "—", "–",      "…",
                                                     "•", "·", "→", "\u00a0", "\u200b", "‘", "\u2028", "≥"};

// The length of the mark that begins here, 0 when a letter does.
std::size_t mark_length(std::string_view rest) {
  // They all begin with one of two bytes; nearly every other character is told by its first.
  if (rest.empty() || (rest.front() != '\xE2' && rest.front() != '\xC2')) return 0;
  for (const auto mark : kMarks)
    if (rest.starts_with(mark)) return mark.size();
  return 0;
}

bool is_word_byte(std::string_view text, std::size_t at) {
  const auto byte = static_cast<unsigned char>(text[at]);
  return is_letter(byte) || is_digit(byte) || (byte >= 0x80 && mark_length(text.substr(at)) == 0);
}

std::size_t apostrophe_length(std::string_view rest) {
  if (rest.empty() || (rest.front() != '\'' && rest.front() != '\xE2')) return 0;
  if (rest.front() == '\'') return 1;
  if (rest.starts_with("’")) return std::string_view("’").size();
  return 0;
}

void add_word(std::vector<Word>& words, Word word, std::string_view suffix) {
  if (suffix == "t" && word.text.size() > 1 && word.text.back() == 'n') {
    word.text.pop_back();
    if (word.text == "wo") word.text = "will";
    if (word.text == "ca") word.text = "can";
    Word negation = word;
    negation.text = "not";
    words.push_back(std::move(word));
    words.push_back(std::move(negation));
    return;
  }
  if (word.text == "cannot") {
    Word negation = word;
    word.text = "can";
    negation.text = "not";
    words.push_back(std::move(word));
    words.push_back(std::move(negation));
    return;
  }
  if (word.text == "mail" && !words.empty() && words.back().text == "e" && words.back().end + 1 == word.begin) {
    words.back().text = "email";
    words.back().end = word.end;
    return;
  }
  if (word.text == "mails" && !words.empty() && words.back().text == "e" && words.back().end + 1 == word.begin) {
    words.back().text = "emails";
    words.back().end = word.end;
    return;
  }
  words.push_back(std::move(word));
}

bool sentence_ends_within(std::string_view text, std::size_t begin, std::size_t end) {
  for (std::size_t at = begin; at < end; ++at)
    if (text[at] == '.' || text[at] == '!' || text[at] == '?' || text[at] == ':') return true;
  return false;
}

// Sorted by the form, for the search in stem().
constexpr std::array<std::pair<std::string_view, std::string_view>, 56> kIrregular = {
    {{"are", "be"},          {"been", "be"},           {"being", "be"},       {"bought", "buy"},
     {"brought", "bring"},   {"does", "do"},           {"enquire", "inquir"}, {"enquiries", "inquiry"},
     {"enquiry", "inquiry"}, {"followup", "followup"}, {"found", "find"},     {"gave", "giv"},
     {"given", "giv"},       {"goes", "go"},           {"gone", "go"},        {"got", "get"},
     {"had", "hav"},         {"has", "hav"},           {"heard", "hear"},     {"held", "hold"},
     {"is", "be"},           {"kept", "keep"},         {"knew", "know"},      {"known", "know"},
     {"leaves", "leav"},     {"left", "leav"},         {"lose", "lost"},      {"loses", "lost"},
     {"losing", "lost"},     {"lost", "lost"},         {"made", "mak"},       {"met", "meet"},
     {"note", "note"},       {"noted", "note"},        {"notes", "note"},     {"noting", "note"},
     {"people", "person"},   {"said", "say"},          {"saw", "see"},        {"seen", "see"},
     {"sent", "send"},       {"shown", "show"},        {"spoke", "speak"},    {"spoken", "speak"},
     {"taken", "tak"},       {"texted", "text"},       {"told", "tell"},      {"was", "be"},
     {"went", "go"},         {"were", "be"},           {"win", "won"},        {"winning", "won"},
     {"wins", "won"},        {"won", "won"},           {"written", "writ"},   {"wrote", "writ"}}};

bool is_vowel(char byte) {
  return byte == 'a' || byte == 'e' || byte == 'i' || byte == 'o' || byte == 'u' || byte == 'y';
}

// "planned" -> "plan": a doubled last consonant came with the ending, except in "call", "press", "buzz".
void undouble(std::string& text) {
  const auto size = text.size();
  if (size < 4 || text[size - 1] != text[size - 2] || is_vowel(text[size - 1])) return;
  if (text[size - 1] == 'l' || text[size - 1] == 's' || text[size - 1] == 'z') return;
  text.pop_back();
}

bool has_vowel(std::string_view text) { return std::any_of(text.begin(), text.end(), is_vowel); }

}  // namespace

std::vector<Word> words_of(std::string_view text) {
  std::vector<Word> words;
  std::size_t at = 0;
  std::size_t last_end = 0;
  while (at < text.size()) {
    if (!is_word_byte(text, at)) {
      const auto mark = mark_length(text.substr(at));
      at += mark > 0 ? mark : 1;
      continue;
    }
    Word word;
    word.begin = at;
    while (at < text.size() && is_word_byte(text, at) && apostrophe_length(text.substr(at)) == 0) ++at;
    // An apostrophe alone: not a letter, but its bytes are above ASCII.
    if (at == word.begin) {
      at += apostrophe_length(text.substr(at));
      continue;
    }
    word.end = at;
    word.text = to_lower(text.substr(word.begin, at - word.begin));
    word.is_capital = text[word.begin] >= 'A' && text[word.begin] <= 'Z';
    word.is_number = std::any_of(word.text.begin(), word.text.end(), [](unsigned char byte) { return is_digit(byte); });
    word.starts_sentence = words.empty() || sentence_ends_within(text, last_end, word.begin);
    std::string suffix;
    const auto apostrophe = apostrophe_length(text.substr(at));
    if (apostrophe > 0 && at + apostrophe < text.size() &&
        is_letter(static_cast<unsigned char>(text[at + apostrophe]))) {
      at += apostrophe;
      while (at < text.size() && is_letter(static_cast<unsigned char>(text[at]))) suffix += text[at++];
      word.end = at;
      suffix = to_lower(suffix);
    }
    last_end = word.end;
    add_word(words, std::move(word), suffix);
  }
  return words;
}

std::string folded(std::string_view text) {
  std::string result;
  for (const auto& word : words_of(text)) {
    if (!result.empty()) result += ' ';
    result += word.text;
  }
  return result;
}

std::string stem(std::string_view word) {
  const auto irregular =
      std::lower_bound(kIrregular.begin(), kIrregular.end(), word,
                       [](const auto& entry, std::string_view wanted) { return entry.first < wanted; });
  if (irregular != kIrregular.end() && irregular->first == word) return std::string(irregular->second);
  std::string text(word);
  const auto size = text.size();
  if (size > 4 && text.ends_with("ies")) {
    text.replace(size - 3, 3, "y");
  } else if (size > 4 &&
             (text.ends_with("ches") || text.ends_with("shes") || text.ends_with("sses") || text.ends_with("xes"))) {
    text.resize(size - 2);
  } else if (size > 3 && text.ends_with("s") && !text.ends_with("ss") && !text.ends_with("us") &&
             !text.ends_with("is")) {
    text.pop_back();
  }
  if (text.size() > 5 && text.ends_with("ing") && has_vowel(std::string_view(text).substr(0, text.size() - 3))) {
    text.resize(text.size() - 3);
    undouble(text);
  } else if (text.size() > 4 && text.ends_with("ied")) {
    text.replace(text.size() - 3, 3, "y");
  } else if (text.size() > 4 && text.ends_with("ed") && has_vowel(std::string_view(text).substr(0, text.size() - 2))) {
    text.resize(text.size() - 2);
    undouble(text);
  }
  if (text.size() > 3 && text.ends_with("e")) text.pop_back();
  return text;
}

std::string stemmed(std::string_view text) {
  std::string result;
  for (const auto& word : words_of(text)) result += (result.empty() ? "" : " ") + stem(word.text);
  return result;
}

Pattern::Pattern(std::string_view text) {
  for (const auto& part : split(text, ' ')) {
    if (part.empty()) continue;
    Group group;
    group.is_forbidden = part.front() == '!';
    for (const auto& alternative : split(std::string_view(part).substr(group.is_forbidden ? 1 : 0), '|')) {
      if (alternative.empty()) continue;
      Phrase phrase;
      phrase.is_exact = alternative.front() == '=';
      if (phrase.is_exact)
        phrase.words = {alternative.substr(1)};
      else
        for (const auto& word : split(alternative, '_')) phrase.words.push_back(stem(word));
      group.phrases.push_back(std::move(phrase));
    }
    groups_.push_back(std::move(group));
  }
}

Stems::Stems(std::string_view text) {
  for (const auto& word : words_of(text)) {
    words_.push_back(word.text);
    if (word.text == "followup" || word.text == "followups") {
      stems_.insert(stems_.end(), {"follow", "up"});
      continue;
    }
    stems_.push_back(word.text == "ups" ? "up" : stem(word.text));
  }
}

namespace {

constexpr std::size_t kKnownPatterns = 2000;

// The same few hundred alternatives are asked of every sentence; each is read once.
const Pattern& known_pattern(std::string_view alternatives) {
  thread_local std::map<std::string, Pattern, std::less<>> known;
  if (const auto found = known.find(alternatives); found != known.end()) return found->second;
  if (known.size() >= kKnownPatterns) known.clear();
  return known.emplace(alternatives, Pattern(alternatives)).first->second;
}

}  // namespace

bool Stems::has_phrase(const Pattern::Phrase& phrase) const {
  const auto& words = phrase.is_exact ? words_ : stems_;
  return std::search(words.begin(), words.end(), phrase.words.begin(), phrase.words.end()) != words.end();
}

bool Stems::has_group(const Pattern::Group& group) const {
  return std::any_of(group.phrases.begin(), group.phrases.end(),
                     [&](const auto& phrase) { return has_phrase(phrase); });
}

bool Stems::has(std::string_view alternatives) const { return match(known_pattern(alternatives)) > 0; }

int Stems::match(const Pattern& pattern) const {
  int met = 0;
  for (const auto& group : pattern.groups_) {
    if (has_group(group) == group.is_forbidden) return 0;
    if (!group.is_forbidden) ++met;
  }
  return met;
}

int Stems::match_any(const std::vector<Pattern>& patterns) const {
  int best = 0;
  for (const auto& pattern : patterns) best = std::max(best, match(pattern));
  return best;
}

int number_of(std::string_view word) {
  static constexpr std::array<std::string_view, 21> kSmall = {
      "zero",     "one",     "two",     "three",     "four",     "five",     "six",
      "seven",    "eight",   "nine",    "ten",       "eleven",   "twelve",   "thirteen",
      "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty"};
  if (word.empty() || word.size() > 12) return 0;
  if (is_digit(static_cast<unsigned char>(word.front()))) {
    int value = 0;
    for (const char byte : word) {
      if (!is_digit(static_cast<unsigned char>(byte)) || value > 99) return 0;
      value = value * 10 + (byte - '0');
    }
    return value;
  }
  for (std::size_t value = 1; value < kSmall.size(); ++value)
    if (kSmall[value] == word) return static_cast<int>(value);
  static constexpr std::array<std::pair<std::string_view, int>, 9> kLarge = {{{"thirty", 30},
                                                                              {"forty", 40},
                                                                              {"fortyfive", 45},
                                                                              {"fifty", 50},
                                                                              {"sixty", 60},
                                                                              {"ninety", 90},
                                                                              {"dozen", 12},
                                                                              {"fortnight", 14},
                                                                              {"hundred", 100}}};
  for (const auto& [name, value] : kLarge)
    if (name == word) return value;
  return 0;
}

}  // namespace deskhand::procedure
