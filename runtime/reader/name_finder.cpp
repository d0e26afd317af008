// find_person_names of names.h: where in running text a person is named.
#include <algorithm>

#include "base/limits.h"
#include "reader/addresses.h"
#include "reader/companies.h"
#include "reader/emails.h"
#include "reader/lexicon.h"
#include "reader/name_words.h"
#include "reader/names.h"
#include "reader/street_words.h"

namespace deskhand::reader {
namespace {

bool is_plain_name_word(std::string_view folded) {
  const bool is_known_otherwise = is_common_word(folded) || is_calendar_word(folded) || is_brand(folded);
  return folded.size() >= 2 && !is_known_otherwise && !is_misspelt_word(folded);
}

// Given names that are nothing else, or whose other meaning is out of question ("June Carter").
bool is_firm_given_name(std::string_view folded) {
  return is_given_name(folded) && !is_common_word(folded) && !is_calendar_word(folded);
}

// Words after which even an unknown word in small letters is a person, likely.
bool introduces_person(const Tokens& tokens, std::size_t index) {
  static const WordSet direct(
      "call called calling text texted texting email emailed emailing message messaged met meet visit visited phoned "
      "phone rang add remind tell told ask asked quoted disqualify qualify convert customer client contact patient "
      "named mr mrs ms dr name ping pinged dial invoice reach contacted reached");
  static const WordSet after_with(
      "spoke spoken talked talk chatted meeting met visit call appointment followed follow up touch lunch coffee heard "
      "went speak walkthrough");
  static const WordSet after_to(
      "spoke talked talk sent send wrote write speak spoken gave give quote estimate proposal message email text draft "
      "reply invoice");
  static const WordSet after_from("heard call email text message voicemail vm inquiry request quote lead reply word");
  static const WordSet after_for(
      "quote estimate appointment message draft reminder lead job proposal visit note card invoice");
  if (index == 0) return false;
  const std::string_view word = tokens.word(index - 1),
                         before = index >= 2 ? tokens.word(index - 2) : std::string_view();
  if (tokens[index].line_start) return false;
  static const WordSet labels("name customer contact client lead inquiry patient caller");
  if (word == ":") return labels.has(before);
  if (word == "/") return before == "w";  // "follow up w/ deshawn"
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
  const std::string_view word = tokens.word(index - 1),
                         before = index >= 2 ? tokens.word(index - 2) : std::string_view();
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
      "called calls said says wants wanted needs needed texted emailed asked accepted declined went came is was has "
      "had didnt doesnt wont isnt rang phoned replied wrote rescheduled cancelled canceled just never left "
      "told paid signed likes liked agreed confirmed and & from at");
  return verbs.has(folded);
}

class NameFinder {
 public:
  NameFinder(const Tokens& tokens, const std::vector<Span>& taken)
      : tokens_(tokens), taken_(taken), is_shouting_(shouts(tokens)) {}

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
    const bool is_glued = tokens_.is_glued(index) && index > 0 &&
                          (tokens_.is_number(index - 1) || tokens_.is_word(index - 1) || tokens_.is(index - 1, "@") ||
                           tokens_.is(index - 1, "#"));
    if (is_glued || (index > 0 && tokens_.is(index - 1, "-") && tokens_.is_glued(index) && tokens_.is_glued(index - 1)))
      return false;
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
    const bool may_be_name = is_capital ? !is_calendar_word(name->folded)
                                        : is_plain_name_word(name->folded) || is_firm_given_name(name->folded) ||
                                              name->kind == NameWordKind::particle;
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
    if (first.kind == NameWordKind::particle && !(has_next_capital(first.end) && !tokens_.starts_sentence(index)))
      return false;
    if (first.kind == NameWordKind::initial && !has_next_capital(first.end)) return false;
    const bool is_word = is_common_word(folded) || is_calendar_word(folded);
    const bool is_given = is_given_name(folded) || is_given_name(folded.substr(0, folded.find('-')));
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
    if (plain > 4 || folded == "st") return false;  // A Title In Capitals
    static const WordSet streets("st street ave avenue rd road blvd ln hwy pkwy cir ct");
    if (plain > 1 && streets.has(words.back().folded)) return false;  // "the Oak St job"
    const bool is_firm = is_given && plain >= 2;
    certainty = is_firm || introduces_self(tokens_, index) ? Certainty::sure : Certainty::likely;
    return true;
  }

  // "ana ruiz", "call mendes".
  bool read_small(const NameWord& first, std::vector<NameWord>& words, Certainty& certainty) const {
    const std::string& folded = first.folded;
    const std::size_t index = first.first;
    if (first.kind == NameWordKind::particle) return read_small_particles(first, words);
    if (first.kind == NameWordKind::initial && !(tokens_.is(first.end - 1, ".") && read_name_word(tokens_, first.end)))
      return false;
    if (!is_shouting_ && tokens_[index].casing == Casing::upper && !is_firm_given_name(folded)) return false;  // HVAC
    if (is_place_here(tokens_, index)) return false;
    const bool is_given = is_firm_given_name(folded);
    const bool is_introduced = introduces_person(tokens_, index) || introduces_self(tokens_, index);
    const bool is_unknown = is_plain_name_word(folded) && !is_place(folded);
    const bool is_named = is_introduced || followed_as_person(index);
    if (first.kind == NameWordKind::plain && !is_given && !(is_named && is_unknown)) {
      // "call will price", "from april jones": a given name that is a word needs both an introduction and a last name.
      const auto last =
          is_introduced && is_given_name(folded) ? last_name_at(first.end, !is_calendar_word(folded)) : std::nullopt;
      if (!last && !is_called_by_word(index)) return false;
      words.push_back(first);
      if (last) words.push_back(*last);
      return true;
    }
    words.push_back(first);
    extend(words, false);
    certainty = introduces_self(tokens_, index) && plain_count(words) >= 2 ? Certainty::sure : Certainty::likely;
    return has_plain(words) && plain_count(words) <= 4;
  }

  // "mendes called", "the okafor lead": what follows an unknown word shows that it is somebody.
  bool followed_as_person(std::size_t index) const {
    static const WordSet verbs(
        "called calls texted emailed phoned rang wants wanted said says asked accepted declined agreed replied "
        "rescheduled cancelled canceled confirmed signed paid");
    static const WordSet nouns("lead leads job quote estimate deal proposal inquiry account draft card appointment");
    std::size_t at = index + 1;
    if (follows(at) && is_plain_name_word(tokens_.word(at)) && !verbs.has(tokens_.word(at)))
      ++at;  // "patel mendes called"
    if (!follows(at)) return false;
    const bool has_article = index > 0 && tokens_.is(index - 1, "the");
    return verbs.has(tokens_.word(at)) ? !has_article : has_article && nouns.has(tokens_.word(at));
  }

  // "call mark back", "text bill": behind such a verb and without an article a name that is also a word is the name.
  bool is_called_by_word(std::size_t index) const {
    static const WordSet verbs(
        "call called text texted email emailed message messaged met tell told ask asked remind phone phoned visit "
        "visited");
    static const WordSet doubtful(
        "will may guy major chance page van august april june art love price angel early day summer autumn case chase "
        "grant max rich hope");
    const std::string_view word = tokens_.word(index);
    return index > 0 && !tokens_[index].line_start && verbs.has(tokens_.word(index - 1)) && is_given_name(word) &&
           !doubtful.has(word);
  }

  // "van der berg called", "de la cruz": two particles and a word nobody uses otherwise.
  bool read_small_particles(const NameWord& first, std::vector<NameWord>& words) const {
    const auto second = follows(first.end) ? read_name_word(tokens_, first.end) : std::nullopt;
    if (!second || second->kind != NameWordKind::particle) return false;
    words.push_back(first);
    return add_particles(words, first.end, false);
  }

  // A last name in small letters: a word nobody knows, or one that is a surname too and ends the clause ("will price,
  // he ...").
  std::optional<NameWord> last_name_at(std::size_t at, bool may_be_word) const {
    const auto next = follows(at) ? read_name_word(tokens_, at) : std::nullopt;
    if (!next || next->kind != NameWordKind::plain) return std::nullopt;
    if (is_plain_name_word(next->folded)) return next;
    const bool ends =
        !tokens_.is_word(next->end) || tokens_[next->end].line_start || is_person_verb(tokens_.word(next->end));
    return may_be_word && ends && is_surname_word(next->folded) ? next : std::nullopt;
  }

  // Nothing but a space parts this token from the one before.
  bool follows(std::size_t at) const { return is_free(at) && tokens_.is_word(at) && !tokens_[at].line_start; }

  bool has_next_capital(std::size_t at) const {
    return follows(at) && tokens_[at].is_capitalised() && !is_calendar_word(tokens_.word(at));
  }

  // Adds the words that go on with the name.
  void extend(std::vector<NameWord>& words, bool in_capitals) const {
    while (words.size() < kNameWordsMax && !words.back().possessive) {
      std::size_t at = words.back().end;
      if (tokens_.is(at, ",") && has_plain(words)) {
        const auto suffix = read_name_word(tokens_, at + 1);
        if (suffix && suffix->kind == NameWordKind::suffix && tokens_[at + 1].is_capitalised())
          words.push_back(*suffix);
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
        const bool is_firm = in_capitals ? tokens_[at].is_capitalised() && !is_calendar_word(next->folded)
                                         : is_plain_name_word(next->folded) || is_firm_given_name(next->folded);
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
      const bool is_first_given = is_given_name(words.front().folded) || words.front().kind == NameWordKind::title ||
                                  words.front().kind == NameWordKind::initial;
      return is_first_given && plain_count(words) == 1 && is_surname_word(next.folded) &&
             !is_calendar_word(next.folded);
    }
    if (is_word || is_misspelt_word(next.folded) || next.folded.size() < 2) return false;
    return plain_count(words) < 3 || is_hispanic_surname(next.folded);
  }

  // "Winterized the pipes", "Rescheduling Bob": an unknown verb at the start of a sentence.
  bool looks_like_verb(const NameWord& word) const {
    const bool has_ending = word.folded.ends_with("ed") || word.folded.ends_with("ing");
    return has_ending && word.folded.size() > 5;
  }

  static std::size_t plain_count(const std::vector<NameWord>& words) {
    return static_cast<std::size_t>(std::count_if(
        words.begin(), words.end(), [](const NameWord& word) { return word.kind == NameWordKind::plain; }));
  }
  static bool has_plain(const std::vector<NameWord>& words) { return plain_count(words) > 0; }

  // "Bob at Acme": Acme is where he works, not a second person.
  std::size_t skip_employer(std::size_t end) const {
    if (!tokens_.is(end, "at") && !tokens_.is(end, "of") && !tokens_.is(end, "from")) return end;
    std::size_t at = end + 1;
    while (at < tokens_.size() && tokens_.is_word(at) && !tokens_[at].line_start && tokens_[at].is_capitalised() &&
           !is_calendar_word(tokens_.word(at)) && !is_given_name(tokens_.word(at)))
      ++at;
    return at;
  }

  const Tokens& tokens_;
  const std::vector<Span>& taken_;
  const bool is_shouting_;
};

}  // namespace

std::vector<Reading<PersonName>> find_person_names(std::string_view text) {
  const Tokens tokens(text);
  std::vector<Span> taken;
  for (const auto& company : find_company_names(tokens.text())) taken.push_back(company.span);
  for (const auto& address : find_addresses(tokens.text())) taken.push_back(address.span);
  for (const auto& email : find_email_addresses(tokens.text())) taken.push_back(email.span);
  for (std::size_t index = 0; index < tokens.size() && taken.size() < 4 * kReadingsMax; ++index) {
    // "Round Rock", "San Antonio": towns of two words.
    const std::size_t end = skip_known_place(tokens, index);
    if (end > index + 1) taken.push_back(tokens.span(index, end));
  }
  return NameFinder(tokens, taken).find();
}

}  // namespace deskhand::reader
