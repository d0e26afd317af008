#include "reader/name_words.h"

#include <algorithm>
#include <array>
#include <utility>

#include "base/text.h"
#include "base/utf8.h"
#include "reader/letters.h"
#include "reader/lexicon.h"
#include "reader/spelling.h"

namespace deskhand::reader {
namespace {

using Spelling = std::pair<std::string_view, std::string_view>;
constexpr std::array<Spelling, 14> kTitles{{{"dr", "Dr."},
                                            {"mr", "Mr."},
                                            {"mrs", "Mrs."},
                                            {"ms", "Ms."},
                                            {"mx", "Mx."},
                                            {"miss", "Miss"},
                                            {"prof", "Prof."},
                                            {"professor", "Professor"},
                                            {"rev", "Rev."},
                                            {"doctor", "Dr."},
                                            {"fr", "Fr."},
                                            {"hon", "Hon."},
                                            {"sir", "Sir"},
                                            {"capt", "Capt."}}};
constexpr std::array<Spelling, 11> kSuffixes{{{"jr", "Jr."},
                                              {"sr", "Sr."},
                                              {"ii", "II"},
                                              {"iii", "III"},
                                              {"iv", "IV"},
                                              {"esq", "Esq."},
                                              {"md", "MD"},
                                              {"phd", "PhD"},
                                              {"dds", "DDS"},
                                              {"dvm", "DVM"},
                                              {"rn", "RN"}}};

template <std::size_t kCount>
std::string_view spelling_of(const std::array<Spelling, kCount>& table, std::string_view folded) {
  for (const Spelling& entry : table) {
    if (entry.first == folded) return entry.second;
  }
  return {};
}

std::string_view without_possessive(std::string_view word) {
  word.remove_suffix(1);  // the s
  while (!word.empty() && static_cast<unsigned char>(word.back()) >= 0x80 &&
         (static_cast<unsigned char>(word.back()) & 0xC0) == 0x80)
    word.remove_suffix(1);
  if (!word.empty()) word.remove_suffix(1);  // the apostrophe, or the first byte of a curly one
  return word;
}

// "macdonald" is a clan, "macias" and "mackey" are not.
bool is_clan_name(std::string_view folded) {
  static const WordSet names(
      "macarthur macdonald macdougall macdowell macgregor macintosh macintyre mackay mackenzie maclean macleod "
      "macmillan macneil macpherson macallister maccallum");
  return names.has(folded);
}

// First letters up, also after a hyphen and an apostrophe: "O'Brien", "Smith-Jones".
std::string raise_parts(std::string_view word) {
  std::string raised;
  bool raise_next = true;
  for (std::size_t position = 0; position < word.size();) {
    const CodePoint next = decode_utf8(word, position);
    position += next.bytes;
    append_utf8(raised, raise_next ? to_upper(next.value) : to_lower(next.value));
    raise_next = next.value == '-' || is_apostrophe(next.value);
  }
  return raised;
}

bool is_roman_or_letters(const NameWord& word) {
  return word.kind == NameWordKind::plain && word.casing == Casing::upper && word.folded.size() == 2;
}

// Which of the plain words opens the last name.
std::size_t last_name_start(const std::vector<NameWord>& words) {
  const std::size_t count = words.size();
  for (std::size_t index = 1; index < count; ++index) {
    if (words[index].kind != NameWordKind::particle) continue;
    // "Ana Ruiz de la Cruz": a surname may stand before the particle; "Mary Ann van der Berg": a given name does.
    std::size_t start = index;
    while (start > 1 && words[start - 1].kind == NameWordKind::plain && !is_given_name(words[start - 1].folded))
      --start;
    return start;
  }
  if (count >= 3 && words[count - 2].kind == NameWordKind::plain && is_hispanic_surname(words[count - 2].folded) &&
      !is_given_name(words[count - 2].folded)) {
    return count - 2;
  }
  return count - 1;
}

std::string upper_of(std::string_view folded) {
  std::string upper;
  for (const char letter : folded)
    upper += letter >= 'a' && letter <= 'z' ? static_cast<char>(letter - 'a' + 'A') : letter;
  return upper;
}

std::string join_words(const std::vector<NameWord>& words, std::size_t first, std::size_t end, bool is_shouted,
                       bool opens_name) {
  std::string joined;
  for (std::size_t index = first; index < end; ++index) {
    if (!joined.empty()) joined += ' ';
    const NameWord& word = words[index];
    const bool is_small_particle = word.kind == NameWordKind::particle && !(opens_name && index == first) &&
                                   (word.casing == Casing::lower || is_shouted);
    if (is_small_particle)
      joined += lower_case(word.typed);
    else if (is_roman_or_letters(word) && !is_shouted)
      joined += upper_of(word.folded);  // "JR Ortiz"
    else
      joined += normalise_word(word.typed, is_shouted);
  }
  return joined;
}

}  // namespace

bool is_title_word(std::string_view folded) { return !spelling_of(kTitles, folded).empty(); }

bool is_surname_word(std::string_view folded) {
  static const WordSet words(
      "price hill church park parks banks fields rivers stone wood woods bell bush cook page hunt field brook brooks "
      "lane best black brown gray grey green white young long short small little rich sharp strong wise "
      "good love power powers case day english french frost gates gold hand head holiday house key king knight lamb "
      "law low major moon moss noble north west east south pool pope potter read rose sands silver snow "
      "speed spring street summers swift wall walls ward waters weeks wells winters winter cash clay marsh chance "
      "early fair free gross hardy keen savage self sweet wild true rush ray rice bird fox wolf castle ford "
      "temple bond booth bridges chambers close court downs forest glass graves hall land lodge mills miles minor post "
      "penny stamp thorn block bloom boss bright bull burns butcher carpenter plumber sellers "
      "shields singer spears steel stokes teller vines washer weaver workman cross crow doll drew drum duty flood fry "
      "garden hood hope horn joy ladd lynch may march june august monday friday parent parents pinch pitts prior "
      "quick ready ring root roots rust sage salt sand shade sharp shirt star starr stark storm tate town trees trout "
      "waters wheat gill pike reese boone blue dove golden goode grand moody new old brady bland blank nice light line "
      "mann mark marks "
      "battle bowman booker baker miller mason fisher turner walker taylor cooper parker porter carter tanner barber "
      "butler driver cleaner painter dean earl hammer nail nails post pastor bishop deacon abbott");
  return words.has(folded);
}

bool is_misspelt_word(std::string_view folded) {
  static const SpellingIndex spelling([] {
    constexpr std::size_t kLongEnough = 7;
    std::vector<std::string_view> words;
    for (const std::string_view word : common_words()) {
      if (word.size() >= kLongEnough) words.push_back(word);
    }
    return words;
  }());
  return !spelling.correct(folded).empty();
}

std::optional<NameWord> read_name_word(const Tokens& tokens, std::size_t index) {
  if (!tokens.is_word(index)) return std::nullopt;
  const Token& token = tokens[index];
  NameWord word;
  word.first = index;
  word.end = index + 1;
  word.casing = token.casing;
  word.folded = std::string(token.stem());
  word.possessive = token.possessive;
  const bool has_stop = tokens.is(index + 1, ".") && tokens.is_glued(index + 1);
  if (is_title_word(token.folded) && (token.folded != "miss" || token.casing != Casing::lower)) {
    word.kind = NameWordKind::title;
    word.typed = std::string(words_of(tokens.text(), token.span));
    if (has_stop) ++word.end;
    return word;
  }
  if (!spelling_of(kSuffixes, token.folded).empty()) {
    word.kind = NameWordKind::suffix;
    word.typed = std::string(spelling_of(kSuffixes, token.folded));
    if (has_stop) ++word.end;
    return word;
  }
  const std::string_view typed = words_of(tokens.text(), token.span);
  const bool is_letter = token.folded.size() == 1 || typed.size() == 1;
  if (is_letter && (has_stop || token.casing == Casing::capital) && !(token.folded == "i" && !has_stop) &&
      !(token.folded == "a" && !has_stop)) {
    word.kind = NameWordKind::initial;
    word.typed = capitalise(typed) + (has_stop ? "." : "");
    if (has_stop) ++word.end;
    return word;
  }
  word.kind = is_name_particle(token.folded) ? NameWordKind::particle : NameWordKind::plain;
  while (tokens.is(word.end, "-") && tokens.is_glued(word.end) && tokens.is_glued(word.end + 1) &&
         tokens.is_word(word.end + 1)) {
    word.folded += "-" + std::string(tokens[word.end + 1].stem());
    word.possessive = tokens[word.end + 1].possessive;
    word.kind = NameWordKind::plain;
    word.end += 2;
  }
  const std::string_view whole = tokens.words(index, word.end);
  word.typed = std::string(word.possessive ? without_possessive(whole) : whole);
  return word;
}

PersonName name_of(const std::vector<NameWord>& all) {
  PersonName name;
  std::vector<NameWord> words;
  bool is_shouted = true;
  for (const NameWord& word : all) {
    if (word.kind == NameWordKind::title) {
      if (!name.title.empty()) name.title += ' ';
      name.title += spelling_of(kTitles, word.folded);
    } else if (word.kind == NameWordKind::suffix) {
      if (!name.suffix.empty()) name.suffix += ' ';
      name.suffix += word.typed;
    } else {
      words.push_back(word);
      if (word.kind != NameWordKind::initial && word.casing != Casing::upper) is_shouted = false;
    }
  }
  if (words.empty()) return name;
  const bool is_two_letters = words.size() == 1 && words.front().folded.size() <= 2;
  if (is_two_letters) is_shouted = false;
  if (words.size() == 1 || words.front().kind == NameWordKind::particle) {
    // "Mrs Patel", "van der Berg": a last name; a single word otherwise is what people call her.
    const bool is_last = !name.title.empty() || words.front().kind == NameWordKind::particle;
    (is_last ? name.last : name.first) = join_words(words, 0, words.size(), is_shouted, !is_last || words.size() == 1);
    return name;
  }
  const std::size_t start = last_name_start(words);
  name.first = join_words(words, 0, start, is_shouted, true);
  name.last = join_words(words, start, words.size(), is_shouted, false);
  return name;
}

std::string normalise_word(std::string_view typed, bool is_shouted) {
  int upper = 0, lower = 0;
  for (std::size_t position = 0; position < typed.size();) {
    const CodePoint next = decode_utf8(typed, position);
    position += next.bytes;
    if (to_lower(next.value) != next.value)
      ++upper;
    else if (to_upper(next.value) != next.value)
      ++lower;
  }
  const bool is_mixed = upper > 0 && lower > 0;
  if (is_mixed && !is_shouted) return std::string(typed);
  if (upper > 0 && lower == 0 && typed.size() <= 2 && typed.find('\'') == std::string_view::npos && !is_shouted)
    return std::string(typed);  // "JR", "O"
  const std::string small = lower_case(typed);
  const std::string folded = fold_name(small);
  if (folded.starts_with("mc") && folded.size() > 4 && small.starts_with("mc"))
    return "Mc" + raise_parts(small.substr(2));
  if (is_clan_name(folded) && small.starts_with("mac")) return "Mac" + raise_parts(small.substr(3));
  return raise_parts(small);
}

Span span_of(const Tokens& tokens, const std::vector<NameWord>& words) {
  if (words.empty()) return {};
  Span span = tokens.span(words.front().first, words.back().end);
  if (words.back().possessive) span.end = span.begin + without_possessive(words_of(tokens.text(), span)).size();
  return span;
}

}  // namespace deskhand::reader
