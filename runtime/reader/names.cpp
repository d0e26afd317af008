#include "reader/names.h"

#include <algorithm>

#include "base/limits.h"
#include "base/text.h"
#include "reader/addresses.h"
#include "reader/companies.h"
#include "reader/emails.h"
#include "reader/lexicon.h"
#include "reader/name_words.h"
#include "reader/spelling.h"

namespace deskhand::reader {
namespace {

constexpr std::size_t kNameWordsMax = 6;  // "Dr. Mary Ann van der Berg Jr." has seven with its title; more is no name

// "appointmnt" in small letters is a misspelling, not a person.
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

bool is_plain_name_word(std::string_view folded) {
  const bool is_known_otherwise = is_common_word(folded) || is_calendar_word(folded) || is_brand(folded);
  return folded.size() >= 2 && !is_known_otherwise && !is_misspelt_word(folded);
}

// Given names that are nothing else, or whose other meaning is out of question ("June Carter").
bool is_firm_given_name(std::string_view folded) { return is_given_name(folded) && !is_common_word(folded) && !is_calendar_word(folded); }

// Words after which even an unknown word in small letters is a person, likely.
bool introduces_person(const Tokens& tokens, std::size_t index) {
  static const WordSet direct(
      "call called calling text texted texting email emailed emailing message messaged met meet visit visited phoned phone rang add remind tell told ask asked quoted disqualify qualify convert customer client contact patient "
      "named mr mrs ms dr name ping pinged dial invoice reach contacted reached");
  static const WordSet after_with("spoke spoken talked talk chatted meeting met visit call appointment followed follow up touch lunch coffee heard went speak walkthrough");
  static const WordSet after_to("spoke talked talk sent send wrote write speak spoken gave give quote estimate proposal message email text draft reply invoice");
  static const WordSet after_from("heard call email text message voicemail vm inquiry request quote lead reply word");
  static const WordSet after_for("quote estimate appointment message draft reminder lead job proposal visit note card invoice");
  if (index == 0) return false;
  const std::string_view word = tokens.word(index - 1), before = index >= 2 ? tokens.word(index - 2) : std::string_view();
  if (tokens[index].line_start) return false;
  if (word == ":") return before == "name" || before == "customer" || before == "contact" || before == "client";
  if (word == "with") return after_with.has(before);
  if (word == "to") return after_to.has(before);
  if (word == "from") return after_from.has(before);
  if (word == "for") return after_for.has(before);
  if (word == "on") return before == "up";
  if (word == "is") return before == "name";
  return direct.has(word);
}

// "my name is", "this is", "I'm": the speaker names herself.
bool introduces_self(const Tokens& tokens, std::size_t index) {
  if (index == 0 || tokens[index].line_start) return false;
  const std::string_view word = tokens.word(index - 1), before = index >= 2 ? tokens.word(index - 2) : std::string_view();
  if (word == "is") return before == "name" || before == "this";
  if (word == "am") return before == "i";
  if (word == ":") return before == "name";
  return word == "im" || word == "named";
}

bool is_place_here(const Tokens& tokens, std::size_t index) {
  static const WordSet prepositions("in from at near to around outside downtown");
  return is_place(tokens.word(index)) && index > 0 && prepositions.has(tokens.word(index - 1));
}

// Verbs that follow a person: "Mark called", "Will wants", so that a name that is also a word may open a sentence.
bool is_person_verb(std::string_view folded) {
  static const WordSet verbs(
      "called calls said says wants wanted needs needed texted emailed asked accepted declined went came is was has had didnt doesnt wont isnt rang phoned replied wrote rescheduled cancelled canceled just never left "
      "told paid signed likes liked agreed confirmed and & from at");
  return verbs.has(folded);
}

class NameFinder {
 public:
  NameFinder(const Tokens& tokens, const std::vector<Span>& taken) : tokens_(tokens), taken_(taken), is_shouting_(shouts(tokens)) {}

  std::vector<Reading<PersonName>> find() const {
    std::vector<Reading<PersonName>> readings;
    for (std::size_t index = 0; index < tokens_.size() && readings.size() < kReadingsMax;) {
      std::vector<NameWord> words;
      Certainty certainty = Certainty::likely;
      if (!starts_name(index, words, certainty)) {
        ++index;
        continue;
      }
      const Span span = span_of(tokens_, words);
      const std::size_t end = words.back().end;
      if (span.size() <= limits::kNameBytes) readings.push_back({name_of(words), span, certainty});
      index = skip_employer(end);
    }
    return readings;
  }

 private:
  static bool shouts(const Tokens& tokens) {
    std::size_t upper = 0, words = 0;
    for (std::size_t index = 0; index < tokens.size(); ++index) {
      if (!tokens.is_word(index) || tokens[index].folded.size() < 2) continue;
      ++words;
      if (tokens[index].casing == Casing::upper) ++upper;
    }
    return words >= 2 && upper * 5 >= words * 4;
  }

  bool is_free(std::size_t index) const { return index < tokens_.size() && !overlaps_any(tokens_[index].span, taken_); }

  bool has_capital(const Token& token) const {
    return !is_shouting_ && (token.casing == Casing::capital || (token.casing == Casing::mixed && starts_upper(token)));
  }
  bool starts_upper(const Token& token) const {
    const char first = tokens_.text()[token.span.begin];
    return !(first >= 'a' && first <= 'z');
  }

  bool starts_name(std::size_t index, std::vector<NameWord>& words, Certainty& certainty) const {
    if (!is_free(index) || !tokens_.is_word(index)) return false;
    const bool is_glued = tokens_.is_glued(index) && index > 0 && (tokens_.is_number(index - 1) || tokens_.is_word(index - 1) || tokens_.is(index - 1, "@") || tokens_.is(index - 1, "#"));
    if (is_glued || (index > 0 && tokens_.is(index - 1, "-") && tokens_.is_glued(index) && tokens_.is_glued(index - 1))) return false;
    const auto first = read_name_word(tokens_, index);
    if (!first || first->kind == NameWordKind::suffix) return false;
    if (first->kind == NameWordKind::title) return read_titled(*first, words, certainty);
    if (has_capital(tokens_[index])) return read_capitalised(*first, words, certainty);
    return read_small(*first, words, certainty);
  }

  // "Dr. Østergård", "mrs patel".
  bool read_titled(const NameWord& title, std::vector<NameWord>& words, Certainty& certainty) const {
    words.push_back(title);
    std::size_t at = title.end;
    if (const auto second = read_name_word(tokens_, at); second && second->kind == NameWordKind::title && follows(at)) {
      words.push_back(*second);  // "Prof. Dr."
      at = second->end;
    }
    const auto name = follows(at) ? read_name_word(tokens_, at) : std::nullopt;
    if (!name || name->kind == NameWordKind::title || name->kind == NameWordKind::suffix) return false;
    const bool is_capital = tokens_[at].is_capitalised();
    const bool may_be_name = is_capital ? !is_calendar_word(name->folded) : is_plain_name_word(name->folded) || is_firm_given_name(name->folded) || name->kind == NameWordKind::particle;
    if (!may_be_name) return false;
    if (title.casing == Casing::lower && is_capital && title.folded == "sir") return false;
    words.push_back(*name);
    extend(words, is_capital && !is_shouting_);
    certainty = is_capital || is_plain_name_word(name->folded) ? Certainty::sure : Certainty::likely;
    return has_plain(words);
  }

  // "Ana Ruiz" in the middle of a sentence or at its start.
  bool read_capitalised(const NameWord& first, std::vector<NameWord>& words, Certainty& certainty) const {
    const std::string& folded = first.folded;
    const std::size_t index = first.first;
    if (first.kind == NameWordKind::particle && !(has_next_capital(first.end) && !tokens_.starts_sentence(index))) return false;
    if (first.kind == NameWordKind::initial && !has_next_capital(first.end)) return false;
    const bool is_word = is_common_word(folded) || is_calendar_word(folded);
    const bool is_given = is_given_name(folded);
    if (is_brand(folded) || (is_word && !is_given) || is_place_here(tokens_, index)) return false;
    if (is_place(folded) && !is_given) return false;
    const bool opens = tokens_.starts_sentence(index);
    words.push_back(first);
    extend(words, true);
    const std::size_t plain = plain_count(words);
    if (!has_plain(words)) return false;
    if (is_word && plain == 1) {
      // "Mark it lost", "on May 5", "Will you": a name only beside a verb of people or inside a sentence.
      if (is_calendar_word(folded)) return false;
      if (opens && !is_person_verb(tokens_.word(words.back().end)) && !first.possessive) return false;
    }
    if (opens && plain == 1 && !is_given && looks_like_verb(first)) return false;
    if (plain > 4) return false;  // A Title In Capitals
    const bool is_firm = is_given && plain >= 2;
    certainty = is_firm || introduces_self(tokens_, index) ? Certainty::sure : Certainty::likely;
    return true;
  }

  // "ana ruiz", "call mendes".
  bool read_small(const NameWord& first, std::vector<NameWord>& words, Certainty& certainty) const {
    const std::string& folded = first.folded;
    const std::size_t index = first.first;
    if (first.kind == NameWordKind::particle) return false;
    if (first.kind == NameWordKind::initial && !(tokens_.is(first.end - 1, ".") && read_name_word(tokens_, first.end))) return false;
    if (!is_shouting_ && tokens_[index].casing == Casing::upper && !is_firm_given_name(folded)) return false;  // HVAC
    if (is_place_here(tokens_, index)) return false;
    const bool is_given = is_firm_given_name(folded);
    const bool is_introduced = introduces_person(tokens_, index) || introduces_self(tokens_, index);
    const bool is_unknown = is_plain_name_word(folded) && !is_place(folded);
    if (first.kind == NameWordKind::plain && !is_given && !(is_introduced && is_unknown)) {
      // "name: will price": a given name that is a word needs both an introduction and a last name.
      const bool has_last = is_introduced && is_given_name(folded) && !is_calendar_word(folded) && is_unknown_next(first.end);
      if (!has_last) return false;
    }
    words.push_back(first);
    extend(words, false);
    certainty = introduces_self(tokens_, index) && plain_count(words) >= 2 ? Certainty::sure : Certainty::likely;
    return has_plain(words) && plain_count(words) <= 4;
  }

  bool is_unknown_next(std::size_t at) const {
    const auto next = follows(at) ? read_name_word(tokens_, at) : std::nullopt;
    return next && next->kind == NameWordKind::plain && (is_plain_name_word(next->folded) || is_surname_word(next->folded));
  }

  // Nothing but a space parts this token from the one before.
  bool follows(std::size_t at) const { return is_free(at) && tokens_.is_word(at) && !tokens_[at].line_start; }

  bool has_next_capital(std::size_t at) const { return follows(at) && tokens_[at].is_capitalised() && !is_calendar_word(tokens_.word(at)); }

  // Adds the words that go on with the name.
  void extend(std::vector<NameWord>& words, bool in_capitals) const {
    while (words.size() < kNameWordsMax && !words.back().possessive) {
      std::size_t at = words.back().end;
      if (tokens_.is(at, ",") && has_plain(words)) {
        const auto suffix = read_name_word(tokens_, at + 1);
        if (suffix && suffix->kind == NameWordKind::suffix && tokens_[at + 1].is_capitalised()) words.push_back(*suffix);
        return;
      }
      if (!follows(at)) return;
      const auto next = read_name_word(tokens_, at);
      if (!next || next->kind == NameWordKind::title) return;
      if (next->kind == NameWordKind::suffix) {
        if (plain_count(words) >= 1) words.push_back(*next);
        return;
      }
      if (next->kind == NameWordKind::particle) {
        if (!add_particles(words, at, in_capitals)) return;
        continue;
      }
      if (!goes_on(words, *next, in_capitals)) return;
      words.push_back(*next);
    }
  }

  // "van der", "de la", with the name behind them.
  bool add_particles(std::vector<NameWord>& words, std::size_t at, bool in_capitals) const {
    std::vector<NameWord> particles;
    while (follows(at)) {
      const auto next = read_name_word(tokens_, at);
      if (!next) return false;
      if (next->kind != NameWordKind::particle) {
        const bool is_firm = in_capitals ? tokens_[at].is_capitalised() && !is_calendar_word(next->folded) : is_plain_name_word(next->folded) || is_firm_given_name(next->folded);
        if (next->kind != NameWordKind::plain || !is_firm) return false;
        words.insert(words.end(), particles.begin(), particles.end());
        words.push_back(*next);
        return true;
      }
      if (next->folded == "e" || next->folded == "do") return false;
      particles.push_back(*next);
      if (particles.size() > 3) return false;
      at = next->end;
    }
    return false;
  }

  bool goes_on(const std::vector<NameWord>& words, const NameWord& next, bool in_capitals) const {
    if (next.kind == NameWordKind::initial) return in_capitals || tokens_.is(next.end - 1, ".");
    const bool is_word = is_common_word(next.folded) || is_calendar_word(next.folded);
    if (is_brand(next.folded)) return false;
    if (in_capitals) {
      const Token& token = tokens_[next.first];
      if (!has_capital(token)) return false;
      if (!is_word) return !is_place(next.folded) || plain_count(words) == 1;
      const bool is_first_given = is_given_name(words.front().folded) || words.front().kind == NameWordKind::title || words.front().kind == NameWordKind::initial;
      return is_first_given && plain_count(words) == 1 && is_surname_word(next.folded) && !is_calendar_word(next.folded);
    }
    if (is_word || is_misspelt_word(next.folded) || next.folded.size() < 2) return false;
    return plain_count(words) < 3;
  }

  // "Winterized the pipes", "Rescheduling Bob": an unknown verb at the start of a sentence.
  bool looks_like_verb(const NameWord& word) const {
    const bool has_ending = word.folded.ends_with("ed") || word.folded.ends_with("ing");
    return has_ending && word.folded.size() > 5;
  }

  static std::size_t plain_count(const std::vector<NameWord>& words) {
    return static_cast<std::size_t>(std::count_if(words.begin(), words.end(), [](const NameWord& word) { return word.kind == NameWordKind::plain; }));
  }
  static bool has_plain(const std::vector<NameWord>& words) { return plain_count(words) > 0; }

  // "Bob at Acme": Acme is where he works, not a second person.
  std::size_t skip_employer(std::size_t end) const {
    if (!tokens_.is(end, "at") && !tokens_.is(end, "of") && !tokens_.is(end, "from")) return end;
    std::size_t at = end + 1;
    while (at < tokens_.size() && tokens_.is_word(at) && !tokens_[at].line_start && tokens_[at].is_capitalised() && !is_calendar_word(tokens_.word(at)) && !is_given_name(tokens_.word(at))) ++at;
    return at;
  }

  const Tokens& tokens_;
  const std::vector<Span>& taken_;
  const bool is_shouting_;
};

// The token after "my name is", "it's", "name:" and the like.
std::size_t skip_lead_in(const Tokens& tokens) {
  static const WordSet openers("its it is name names my the his her their this im i am hi hello hey customer customers called she hes shes he they client new sure yes ok okay yeah last first and full");
  std::size_t at = 0;
  while (at < tokens.size() && at < 6 && (openers.has(tokens.word(at)) || (at > 0 && (tokens.is(at, ":") || tokens.is(at, ","))))) ++at;
  return at;
}

std::size_t skip_tail(const Tokens& tokens, std::size_t end) {
  static const WordSet closers("please pls thanks thank you");
  while (end > 0) {
    const std::string_view word = tokens.word(end - 1);
    const bool is_stop = word == "." && !(end >= 2 && tokens.is_word(end - 2) && tokens[end - 2].folded.size() <= 3 && tokens.is_glued(end - 1));
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
    if (word && words.empty() && word->kind == NameWordKind::suffix && word->casing == Casing::upper) word->kind = NameWordKind::plain;  // "JR Ortiz"
    if (!word || word->end > end || word->possessive || words.size() >= kNameWordsMax + 1) return {};
    if (is_comma && word->kind != NameWordKind::suffix) return {};
    if (word->kind == NameWordKind::suffix && words.empty()) return {};
    words.push_back(*word);
    at = word->end;
  }
  return words;
}

// Whether these words may be a name when a name was asked for.
bool is_believable(const Tokens& tokens, const std::vector<NameWord>& words) {
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
      const bool is_last_name = is_surname_word(word.folded) && index + 1 == words.size() && (has_given || (index > 0 && words.front().kind != NameWordKind::plain && is_capital));
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
    const std::vector<NameWord> last = read_all_words(tokens, first, comma), given = read_all_words(tokens, comma + 1, end);
    if (last.empty() || given.empty() || last.size() > 3 || given.size() > 3 || !is_believable(tokens, given) || !is_believable(tokens, last)) return std::nullopt;
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
  if (!is_believable(tokens, words)) return std::nullopt;
  const PersonName name = name_of(words);
  const bool is_firm = words.size() >= 2 && (is_given_name(words.front().folded) || words.front().kind != NameWordKind::plain);
  return Reading<PersonName>{name, span, is_firm ? Certainty::sure : Certainty::likely};
}

std::vector<Reading<PersonName>> find_person_names(std::string_view text) {
  const Tokens tokens(text);
  std::vector<Span> taken;
  for (const auto& company : find_company_names(tokens.text())) taken.push_back(company.span);
  for (const auto& address : find_addresses(tokens.text())) taken.push_back(address.span);
  for (const auto& email : find_email_addresses(tokens.text())) taken.push_back(email.span);
  return NameFinder(tokens, taken).find();
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
