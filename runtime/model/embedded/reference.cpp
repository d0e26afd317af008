#include "model/embedded/reference.h"

#include <algorithm>

#include "base/text.h"
#include "reader/lexicon.h"

namespace deskhand::embedded {
namespace {

constexpr std::size_t kNameWords = 6;     // "Maria de la Cruz Ortega Diaz"
constexpr std::size_t kPhraseWords = 7;   // "the kitchen sink and faucet lead"
constexpr std::size_t kReferenceUnits = 12;

bool is_pronoun(std::string_view folded) {
  static const reader::WordSet words("her him them she he they it their his hers theirs this that these those its");
  return words.has(folded);
}
bool is_personal(std::string_view folded) {
  static const reader::WordSet words("her him them she he they their his hers theirs");
  return words.has(folded);
}
bool is_determiner(std::string_view folded) {
  static const reader::WordSet words("the that this my our those these");
  return words.has(folded);
}
bool is_one(std::string_view folded) { return folded == "one" || folded == "ones" || folded == "guy" || folded == "lady" || folded == "person"; }
bool is_title(std::string_view folded) {
  static const reader::WordSet words("mr mrs ms miss dr prof doctor mister");
  return words.has(folded);
}

int ordinal_of(std::string_view folded) {
  constexpr std::string_view kOrdinals[] = {"first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"};
  for (std::size_t at = 0; at < std::size(kOrdinals); ++at)
    if (kOrdinals[at] == folded) return static_cast<int>(at) + 1;
  if (folded == "last" || folded == "bottom") return -1;
  if (folded == "top") return 1;
  return 0;
}

// Common words that are surnames as well; they count as one only behind a given name.
bool is_surname_too(std::string_view folded) {
  static const reader::WordSet words(
      "green black white brown gray grey young cook baker king hill wood woods banks bell rice price stone fields field long short rich love "
      "best day may park parks lane west north bush ford fisher hunter mason carter miller taylor cross holland york law power powers street "
      "church house hall newman freeman bond case chase costa cole rose reed page read sharp small little wise waters rivers berry glass "
      "gold silver moon moody nice noble pool post root sage sand snow spring summers winters stock strong swift walker ward weeks wells "
      "wolf fox bird marsh lake forest knight major butler shepherd porter potter sawyer turner tanner weaver");
  return words.has(folded);
}

// Behind a person these end the name: "with Ana again", "from Bob back".
bool is_after_name(std::string_view folded) {
  static const reader::WordSet words(
      "again back about on in at for to from by with re regarding and or but that who which because since so if when while as is was has had "
      "wants want needs need said says told asked asks called calls texted emailed wrote went will would can could did didnt does doesnt isnt "
      "wont not no yes please now soon later too also then just still only first next this last said agreed signed accepted decided hung "
      "she he they we i you picked answered replied responded sent got came went whos whose under into as his her their number phone email address new now over "
      "should must might couldnt wouldnt shouldnt cant wanted gonna");
  return words.has(folded);
}

class Reader {
 public:
  Reader(const Utterance& utterance, std::size_t first, std::size_t limit)
      : utterance_(utterance), first_(first), limit_(std::min({limit, utterance.size(), first + kReferenceUnits})) {}

  std::vector<ReferenceEnd> read() {
    if (first_ >= limit_) return {};
    if (value() || numbered()) return std::move(found_);
    if (unsaid()) return std::move(found_);
    that_one();
    described();
    apposed();
    named();
    if (found_.empty()) pronoun();
    titled();
    ordered();
    std::stable_sort(found_.begin(), found_.end(), [](const ReferenceEnd& left, const ReferenceEnd& right) { return left.end > right.end; });
    return std::move(found_);
  }

 private:
  std::string_view folded(std::size_t at) const { return at < limit_ ? utterance_.folded(at) : std::string_view(); }
  bool is_word(std::size_t at) const { return at < limit_ && utterance_.is(at, UnitKind::word); }
  std::string_view stem(std::size_t at) const { return is_word(at) ? utterance_.token(at).stem() : std::string_view(); }

  void add(std::size_t end, Reference reference) {
    reference.unit = first_;
    found_.push_back({end, std::move(reference)});
  }

  // "Ana's", not "she's"; nor "Omar's a dead lead", where it stands for "is".
  bool is_possessive(std::size_t at) const {
    static const reader::WordSet predicates("a an not the too so just out in on ready still always never been gone going all being really very");
    return utterance_.token(at).possessive && !utterance_[at].shorthand && !predicates.has(folded(at + 1));
  }
  bool is_contracted(std::size_t at) const { return utterance_.token(at).possessive && !is_possessive(at); }

  // What a word is called: lead for "lead", and for "laed".
  std::optional<Noun> noun_at(std::size_t at) const {
    if (at >= limit_) return std::nullopt;
    const std::optional<Noun> noun = noun_of_word(folded(at));
    return noun || !utterance_[at].guessed ? noun : noun_of_word(utterance_[at].meant);
  }

  // "a lead", "one of our customers": not said which.
  bool unsaid() {
    std::size_t at = first_;
    if (folded(at) == "one" && folded(at + 1) == "of") {
      at += 2;
      if (is_determiner(folded(at)) || folded(at) == "the") ++at;
    } else if (folded(at) == "a" || folded(at) == "an" || folded(at) == "some" || folded(at) == "another") {
      ++at;
    } else {
      return false;
    }
    std::optional<Noun> noun = noun_at(at);
    const std::string_view word = folded(at);
    if (!noun && word.size() > 2 && word.back() == 's') noun = noun_of_word(word.substr(0, word.size() - 1));
    if (!noun && (word == "person" || word == "guy" || word == "somebody")) noun = Noun::contact;
    if (!noun || (is_word(at + 1) && !is_after_name(folded(at + 1)))) return false;
    Reference reference;
    reference.pointing = Pointing::unsaid;
    reference.noun = noun;
    reference.words = std::string(utterance_.words(first_, at + 1));
    reference.quality = 0.9;
    add(at + 1, std::move(reference));
    return true;
  }

  // "this lead: leaking skylight", "the customer, Ana Ruiz": the words behind say which.
  void apposed() {
    std::size_t at = first_;
    if (!is_determiner(folded(at))) return;
    const std::optional<Noun> noun = noun_at(++at);
    const std::string_view mark = folded(at + 1);
    if (!noun || mark != ":" || at + 2 >= limit_) return;
    const std::size_t begin = at + 2;
    std::size_t end = begin;
    while (is_word(end) && end < begin + kPhraseWords && (end == begin || !is_after_name(folded(end)))) ++end;
    if (end == begin) return;
    Reference reference;
    reference.noun = noun;
    reference.words = std::string(utterance_.words(begin, end));
    reference.quality = 0.9;
    add(end, std::move(reference));
  }

  // L-3, a phone, an e-mail; also "lead L-3".
  bool value() {
    std::size_t at = first_;
    if (is_determiner(folded(at))) ++at;
    if (noun_of_word(folded(at)) && at + 1 < limit_) ++at;
    if (folded(at) == "#") ++at;
    if (at >= limit_) return false;
    const UnitKind kind = utterance_[at].kind;
    if (kind != UnitKind::ref && kind != UnitKind::phone && kind != UnitKind::email) return false;
    Reference reference;
    std::size_t end = at + 1;
    if (kind == UnitKind::ref) {
      reference.pointing = Pointing::ref;
      reference.words = utterance_.ref(at).text();
      reference.noun = noun_of_prefix(utterance_.ref(at).prefix);
      if (folded(end) == "(") --end;
    } else {
      reference.words = std::string(utterance_.words(at, end));
    }
    if (noun_of_word(folded(end))) ++end;
    add(end, std::move(reference));
    return true;
  }

  // "lead 3", "customer #12": the ref of that noun; "number 2", "#2", "2": the second of a list.
  bool numbered() {
    std::size_t at = first_;
    const std::optional<Noun> noun = noun_at(at);
    const bool is_named = noun || folded(at) == "number" || folded(at) == "no" || folded(at) == "option";
    if (is_named) ++at;
    const bool has_sign = folded(at) == "#";
    if (has_sign) ++at;
    if (folded(at) == "-" ) ++at;
    if (at >= limit_ || !utterance_.is(at, UnitKind::number)) return false;
    const long number = utterance_.tokens().number(utterance_[at].first);
    if (number < 1 || (!is_named && !has_sign && number > 20)) return false;
    Reference reference;
    if (noun) {
      reference.pointing = Pointing::ref;
      reference.noun = noun;
      reference.words = Ref{ref_prefix_of(*noun), number}.text();
    } else {
      reference.pointing = Pointing::nth;
      reference.nth = static_cast<int>(number);
      reference.words = std::to_string(number);
      reference.quality = 0.8;
    }
    add(at + 1, std::move(reference));
    return true;
  }

  // "follow-up", "callback", "call back": one that was set.
  std::size_t promise_words(std::size_t at) const {
    if (folded(at) == "followup" || folded(at) == "callback") return 1;
    const bool is_pair = (folded(at) == "follow" && folded(at + 1) == "up") || (folded(at) == "call" && folded(at + 1) == "back") || (folded(at) == "check" && folded(at + 1) == "in");
    return is_pair ? 2 : 0;
  }

  // "the other one", "the second lead", "that customer", "this one", "the last one".
  void that_one() {
    std::size_t at = first_;
    const bool has_determiner = is_determiner(folded(at));
    const bool is_that = folded(at) == "that" || folded(at) == "this";
    if (has_determiner) ++at;
    Reference reference;
    reference.pointing = Pointing::pronoun;
    if (folded(at) == "other") {
      reference.pointing = Pointing::other_one;
      ++at;
    } else if (const int nth = ordinal_of(folded(at)); nth != 0 && has_determiner) {
      reference.pointing = Pointing::nth;
      reference.nth = nth;
      ++at;
    } else if (folded(at) == "same") {
      ++at;
    }
    std::optional<Noun> noun = noun_at(at);
    const std::size_t promise = promise_words(at);
    if (promise > 0) noun = Noun::interaction;
    const bool ends_in_noun = noun || is_one(folded(at));
    if (ends_in_noun) at += std::max<std::size_t>(promise, 1);
    else if (reference.pointing == Pointing::pronoun) return;
    else if (is_word(at)) return;
    if (reference.pointing == Pointing::pronoun && !has_determiner) return;
    // "the lead" is the one just spoken of; "the one" alone says too little.
    if (reference.pointing == Pointing::pronoun && !is_that && !noun) return;
    if (is_word(at) && !is_after_name(folded(at)) && (noun || reference.pointing == Pointing::pronoun)) return;
    reference.noun = noun;
    reference.is_person = noun == Noun::contact || folded(at - 1) == "guy" || folded(at - 1) == "lady" || folded(at - 1) == "person";
    reference.words = std::string(utterance_.words(first_, at));
    reference.quality = 0.9;
    add(at, std::move(reference));
  }

  // "the Ruiz lead", "the leaking shower job", "Ana's kitchen lead", "her lead".
  void described() {
    std::size_t at = first_;
    const bool has_determiner = is_determiner(folded(at));
    const bool is_theirs = is_personal(folded(at));
    if (has_determiner || is_theirs) ++at;
    const std::size_t begin = at;
    bool has_possessive = is_theirs;
    for (; is_word(at) && at < begin + kPhraseWords; ++at) {
      const std::optional<Noun> noun = noun_at(at);
      // "the spigot one"
      if (has_determiner && at > begin && folded(at) == "one" && ordinal_of(folded(begin)) == 0 && folded(begin) != "other" && folded(begin) != "same") {
        Reference reference;
        reference.words = std::string(utterance_.words(begin, at));
        reference.quality = 0.85;
        reference.is_one = true;
        add(at + 1, std::move(reference));
        return;
      }
      if (noun && at > begin - (is_theirs ? 1 : 0) && (has_determiner || has_possessive || at == begin + 1 || is_lead_word(folded(at)) || utterance_[at].guessed)) {
        // "the Ruiz lead on Oak St" ends at the noun; "Ruiz lead leaking" would not be one.
        Reference reference;
        reference.noun = noun;
        reference.words = std::string(utterance_.words(begin, at + 1));
        if (is_theirs && at == begin) {
          reference.pointing = Pointing::pronoun;
          reference.words = std::string(folded(first_));
        }
        reference.quality = has_determiner || has_possessive ? 0.95 : 0.7;
        if (at > begin || is_theirs) add(at + 1, std::move(reference));
        return;
      }
      if (is_contracted(at)) return;
      if (is_possessive(at)) has_possessive = true;
      else if (at > begin && promise_words(at) > 0) break;
      else if (at > begin && (is_after_name(folded(at)) || folded(at) == "a" || folded(at) == "an")) break;
      else if (at == begin && (is_little_word(folded(at)) && !reader::is_given_name(folded(at)))) return;
    }
    // "Tessa's website redesign": what somebody wants done.
    if (!has_possessive || is_theirs || at < begin + 2 || is_possessive(at - 1) || name_worth(begin, false) < 0.65) return;
    Reference reference;
    reference.noun = Noun::lead;
    reference.words = std::string(utterance_.words(begin, at));
    reference.quality = 0.7;
    for (std::size_t shorter = at - 1; shorter > begin + 1; --shorter) {
      Reference part = reference;
      part.words = std::string(utterance_.words(begin, shorter));
      part.quality = 0.65;
      add(shorter, std::move(part));
    }
    add(at, std::move(reference));
  }
  static bool is_lead_word(std::string_view word) { return word == "lead" || word == "deal" || word == "inquiry" || word == "opportunity"; }

  bool is_capital(std::size_t at) const { return is_word(at) && utterance_.token(at).is_capitalised(); }
  bool opens_sentence(std::size_t at) const { return utterance_.tokens().starts_sentence(utterance_[at].first); }

  // How likely a word is part of a name; 0: it is none.
  double name_worth(std::size_t at, bool behind_name) const {
    if (!is_word(at)) return 0;
    const std::string_view word = stem(at);
    // "colour_club" is a tag and no part of a name.
    const std::size_t behind = utterance_[at].span.end;
    if (behind < utterance_.text().size() && utterance_.text()[behind] == '_') return 0;
    if (word.empty() || (word.size() == 1 && !is_capital(at)) || utterance_[at].shorthand) return 0;
    const bool is_common = reader::is_common_word(word) || is_little_word(word);
    const bool is_given = reader::is_given_name(word);
    if (reader::is_calendar_word(word) && !is_given) return 0;
    if (is_capital(at)) {
      if (is_given || !is_common) return utterance_.token(at).folded.size() > 1 ? 1 : 0.6;
      if (opens_sentence(at) && !behind_name) return 0;
      return is_after_name(word) && is_little_word(word) ? 0 : 0.8;
    }
    if (behind_name && is_after_name(word)) return 0;
    // "Desmond Achterberg popped in": who writes the name large goes on with a verb.
    if (behind_name && at > 0 && is_capital(at - 1) && word.size() > 4 && (word.ends_with("ed") || word.ends_with("ing"))) return 0;
    if (is_given && !is_little_word(word) && !is_after_name(word)) return 0.9;  // "said" is no Said
    if (!is_common) return 0.65;
    return behind_name && is_surname_too(word) ? 0.6 : 0;
  }

  void named() {
    std::size_t at = first_;
    const bool has_title = is_title(folded(at));
    if (has_title) {
      ++at;
      if (folded(at) == ".") ++at;
    }
    const bool has_the = !has_title && folded(at) == "the";  // "the Ruizes"
    if (has_the) ++at;
    const std::size_t begin = at;
    double worth = 0;
    std::size_t words = 0;
    while (at < limit_ && words < kNameWords) {
      if (words > 0 && joins_name(at)) {
        ++at;
        continue;
      }
      double now = name_worth(at, words > 0);
      if (has_title && words == 0 && is_word(at)) now = std::max(now, 0.9);
      if (now == 0) break;
      worth += now;
      ++words;
      const bool ends_here = is_possessive(at) || is_contracted(at);
      ++at;
      if (folded(at) == "." && at > begin && folded(at - 1).size() == 1 && !utterance_.ends_sentence(at)) ++at;  // J.
      if (ends_here) break;
    }
    while (at > begin && words > 0 && (joins_name(at - 1) || folded(at - 1) == "&")) --at;
    if (words == 0 || at == begin) return;
    Reference reference;
    std::string text(utterance_.words(has_the ? begin : first_, at));
    for (const std::string_view ending : {"'s", "\u2019s", "'S"})
      if (text.ends_with(ending)) text.resize(text.size() - ending.size());
    reference.words = without_genitive(std::move(text), at);
    reference.quality = worth / static_cast<double>(words) - (has_the ? 0.2 : 0);
    reference.is_person = true;
    for (std::size_t shorter = at - 1; shorter > begin; --shorter) {
      // A later word may belong to what follows: "Ana Ruiz kitchen".
      if (name_worth(shorter, true) > 0.7 || is_possessive(shorter)) break;
      Reference part = reference;
      part.words = std::string(utterance_.words(first_, shorter));
      part.quality -= 0.1;
      add(shorter, std::move(part));
    }
    add(at, std::move(reference));
  }

  // "omars number", "danas leads": a genitive written without its apostrophe, where what is before the s is a given name.
  std::string without_genitive(std::string text, std::size_t end) const {
    const std::string_view last = folded(end - 1);
    const bool may_be = is_word(end - 1) && !is_capital(end - 1) && last.size() > 3 && last.back() == 's' && !reader::is_given_name(last) &&
                        (reader::is_given_name(last.substr(0, last.size() - 1)) || last.ends_with("zs"));
    if (may_be && is_word(end) && text.ends_with('s')) text.pop_back();
    return text;
  }

  // Inside a name: "van", "de la"; "&" and "and" between capitals ("Smith & Sons"); an apostrophe mark.
  bool joins_name(std::size_t at) const {
    const std::string_view word = folded(at);
    if (word == "&" || (word == "and" && is_capital(at - 1) && is_capital(at + 1) && is_company_end(folded(at + 1)))) return at + 1 < limit_;
    return reader::is_name_particle(word) && !is_capital(at) && at + 1 < limit_ && is_word(at + 1) && name_worth(at + 1, true) > 0 && word != "e" && word != "y" && word != "do" &&
           word != "du";
  }
  static bool is_company_end(std::string_view word) { return word == "sons" || word == "co" || word == "company" || word == "daughters" || word == "partners"; }

  // "the kitchen remodel": by words of its title alone.
  void titled() {
    if (!is_determiner(folded(first_)) || folded(first_) == "this" || folded(first_) == "those" || folded(first_) == "these") return;
    std::size_t at = first_ + 1;
    while (is_word(at) && at < first_ + 5 && !is_after_name(folded(at)) && !(is_little_word(folded(at)) && at == first_ + 1) && (at == first_ + 1 || !noun_at(at - 1))) ++at;
    if (at == first_ + 1) return;
    if (std::any_of(found_.begin(), found_.end(), [&](const ReferenceEnd& other) { return other.end >= at; })) return;
    Reference reference;
    reference.words = std::string(utterance_.words(first_ + 1, at));
    reference.quality = 0.6;
    for (std::size_t shorter = at - 1; shorter > first_ + 2; --shorter) {
      Reference part = reference;
      part.words = std::string(utterance_.words(first_ + 1, shorter));
      part.quality = 0.55;
      add(shorter, std::move(part));
    }
    add(at, std::move(reference));
  }

  // "disqualify banner ads", "mark boundary dispute as won": behind a word that orders something done to a lead, its title stands bare.
  void ordered() {
    static const reader::WordSet orders("disqualify qualify convert reopen mark flag won win lost lose turn move push advance");
    if (first_ == 0 || !orders.has(utterance_.folded(first_ - 1)) || !is_word(first_)) return;
    if (is_determiner(folded(first_)) || is_pronoun(folded(first_)) || is_little_word(folded(first_)) || is_unbounded(folded(first_))) return;
    std::size_t at = first_ + 1;
    while (is_word(at) && at < first_ + 5 && !is_after_name(folded(at)) && !is_possessive(at - 1)) ++at;
    for (std::size_t end = at; end > first_ + 1; --end) {
      if (std::any_of(found_.begin(), found_.end(), [&](const ReferenceEnd& other) { return other.end == end; })) continue;
      Reference reference;
      reference.words = std::string(utterance_.words(first_, end));
      reference.quality = 0.55;
      add(end, std::move(reference));
    }
  }
  // "everything", "all deals", "every lead": nobody's title begins so.
  static bool is_unbounded(std::string_view word) {
    static const reader::WordSet words("all every everything everyone everybody each any anything another some something nothing none both");
    return words.has(word);
  }

  void pronoun() {
    std::size_t end = first_ + 1;
    const std::string_view word = folded(first_);
    if (!is_pronoun(word)) return;
    // "it's for the gas range" points at nothing.
    const std::string_view written = utterance_.words(first_, end);
    if (word == "its" && written.size() > word.size()) return;
    if ((word == "it" || word == "that" || word == "this") && folded(end) == "is" && folded(end + 1) == "for") return;
    Reference reference;
    reference.pointing = Pointing::pronoun;
    reference.words = std::string(word);
    reference.is_person = is_personal(word);
    reference.quality = 0.85;
    add(end, std::move(reference));
  }

  const Utterance& utterance_;
  std::size_t first_, limit_;
  std::vector<ReferenceEnd> found_;
};

}  // namespace

std::optional<Noun> noun_of_word(std::string_view folded) {
  constexpr std::pair<std::string_view, Noun> kNouns[] = {
      {"lead", Noun::lead},           {"leads", Noun::lead},          {"inquiry", Noun::lead},        {"enquiry", Noun::lead},
      {"prospect", Noun::contact},    {"customer", Noun::contact},    {"client", Noun::contact},      {"contact", Noun::contact},
      {"patient", Noun::contact},     {"opportunity", Noun::opportunity}, {"deal", Noun::opportunity}, {"job", Noun::opportunity},
      {"project", Noun::opportunity}, {"company", Noun::company},     {"business", Noun::company},    {"appointment", Noun::appointment},
      {"visit", Noun::appointment},   {"reminder", Noun::reminder},   {"estimate", Noun::estimate},   {"quote", Noun::estimate},
      {"proposal", Noun::estimate},   {"bid", Noun::estimate},        {"draft", Noun::message},       {"message", Noun::message}};
  for (const auto& [word, noun] : kNouns)
    if (word == folded) return noun;
  return std::nullopt;
}

std::vector<ReferenceEnd> read_references(const Utterance& utterance, std::size_t first, std::size_t limit) {
  return Reader(utterance, first, limit).read();
}

std::optional<Reference> read_reference(const Utterance& utterance, std::size_t first, std::size_t end) {
  for (ReferenceEnd& candidate : read_references(utterance, first, end))
    if (candidate.end == end) return std::move(candidate.reference);
  return std::nullopt;
}

}  // namespace deskhand::embedded
