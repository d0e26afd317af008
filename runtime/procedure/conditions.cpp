// What a hard stop adds to what its guard enforces: the words that no code would keep.
#include <algorithm>
#include <array>
#include <optional>

#include "base/text.h"
#include "procedure/condition_words.h"
#include "procedure/guard_language.h"
#include "procedure/guard_meaning.h"
#include "procedure/guard_patterns.h"
#include "procedure/pieces.h"
#include "procedure/words.h"

namespace deskhand::procedure {
namespace {

struct Clause {
  std::string text;
  Meaning meaning;
};

// Sentences parted again at dashes, semicolons, colons, brackets and commas.
std::vector<Clause> clauses_of(std::string_view text) {
  std::vector<Clause> clauses;
  for (const auto& sentence : sentences_of(text)) {
    std::string parted = sentence.text;
    for (const auto mark : {"—", "–", " - ", ";", ":", "(", ")", ", ", "…"})
      parted = replace_all(std::move(parted), mark, "\n");
    for (const auto& part : split(parted, '\n')) {
      const auto words = trim(part);
      if (words.empty()) continue;
      Clause clause{std::string(words), meaning_of(words)};
      if (!words_of(words).empty()) clauses.push_back(std::move(clause));
    }
  }
  return clauses;
}

// "can't be taken back", "cannot be undone": why the stop is there, not another rule.
bool explains_finality(std::string_view text) {
  const Stems stems(text);
  return stems.match("not|never undo|undone|unsend|unsent|recall|reverse|restore|recover|unring") > 0 ||
         stems.match(
             "not|never "
             "take_back|get_back|took_back|taken_back|take_it_back|get_it_back|get_them_back|call_back|bring_back|take_"
             "that_back") > 0;
}

// The word with the preposition before it and, for a number, what it counts: "on Sundays", "within 30 days".
std::string phrase_at(const Clause& clause, const std::vector<Word>& words, std::size_t index) {
  std::size_t begin = words[index].begin;
  std::size_t end = words[index].end;
  const bool after_preposition =
      index > 0 &&
      is_one_of(words[index - 1].text, {"on", "above", "over", "under", "below", "within", "after", "before", "in",
                                        "at", "for", "during", "from", "to", "until", "by", "than", "every"});
  if (after_preposition) begin = words[index - 1].begin;
  const bool counts = words[index].is_number || number_of(words[index].text) > 0;
  const auto next = index + 1 < words.size() ? meaning_of(words[index + 1].text).letters : std::string();
  const bool is_counted = next.size() == 1 && std::string_view("?MCLRed").find(next[0]) != std::string_view::npos;
  if (counts && is_counted) end = words[index + 1].end;
  return clause.text.substr(begin, end - begin);
}

bool is_amount(const Clause& clause, const Word& word) {
  const std::string_view before = std::string_view(clause.text).substr(0, word.begin);
  return word.is_number && (before.ends_with("$") || before.ends_with("€") || before.ends_with("£"));
}

// Why a word is a number, a time, an amount, an exception or an emergency; empty when it is none.
std::string hard_reason(const Clause& clause, const std::vector<Word>& words, std::size_t index,
                        bool unless_is_enforced) {
  const auto& word = words[index].text;
  if (is_amount(clause, words[index]) || is_money_word(word)) return "an amount";
  if (is_time_word(word)) return "a time";
  if (words[index].is_number && !word.starts_with("hs")) return "a number";
  if (number_of(word) > 1 || is_one_of(word, {"hundred", "hundreds", "thousand", "thousands", "half", "couple"}))
    return "a number";
  const bool none = index > 0 && is_one_of(words[index - 1].text, {"no", "without", "zero"});
  if (is_one_of(word, {"exception", "exceptions"}) && !none) return "an exception";
  if (is_exception_word(word)) return "a limit or an exception";
  if (is_emergency(word)) return "an exception";
  if (word == "unless" && !unless_is_enforced) return "an exception";
  return word == "other" && index + 1 < words.size() && words[index + 1].text == "than" ? "an exception" : "";
}

void add_hard_conditions(std::vector<Condition>& found, const Clause& clause, bool unless_is_enforced) {
  const auto words = words_of(clause.text);
  for (std::size_t index = 0; index < words.size(); ++index) {
    auto why = hard_reason(clause, words, index, unless_is_enforced);
    // "above $500" is told by its number.
    const bool told_by_next =
        is_exception_word(words[index].text) && index + 1 < words.size() &&
        (words[index + 1].is_number || number_of(words[index + 1].text) > 0 || is_time_word(words[index + 1].text));
    if (why.empty() || told_by_next) continue;
    const bool to_the_end = is_exception_word(words[index].text) ||
                            is_one_of(words[index].text, {"unless", "other", "exception", "exceptions"});
    auto phrase = to_the_end ? clause.text.substr(words[index].begin) : phrase_at(clause, words, index);
    if (is_amount(clause, words[index]) && phrase.starts_with(words[index].text)) phrase = "$" + phrase;
    found.push_back({std::move(phrase), std::move(why)});
    if (to_the_end) return;  // the phrase holds whatever follows
  }
}

// Whether a name stands where somebody acts: "wait for Dana", "Dana's yes", "Dana approves".
bool acts(std::string_view text, const std::vector<Word>& words, std::size_t index) {
  if (index > 0 && is_one_of(words[index - 1].text,
                             {"by",     "from",  "for",     "to",      "ask",  "asks", "until", "unless", "with",
                              "before", "after", "and",     "or",      "tell", "show", "via",   "in",     "at",
                              "of",     "near",  "through", "without", "when", "if",   "only",  "let",    "lets"}))
    return true;
  if (text.substr(words[index].begin, words[index].end - words[index].begin).find('s') != std::string_view::npos &&
      (text.substr(words[index].begin, words[index].end - words[index].begin).ends_with("'s") ||
       text.substr(words[index].begin, words[index].end - words[index].begin).ends_with("’s")))
    return true;
  const auto next = index + 1 < words.size() ? meaning_of(words[index + 1].text).letters : std::string();
  return !next.empty() && std::string_view("AqSsDEZ!w").find(next[0]) != std::string_view::npos;
}

// Names and roles of people who are not the owner. In free wording a name counts where somebody acts.
void add_people(std::vector<Condition>& found, const Clause& clause, bool is_free,
                const std::vector<std::string>& own_names) {
  const auto words = words_of(clause.text);
  for (std::size_t index = 0; index < words.size(); ++index) {
    const auto& word = words[index];
    const bool own = std::find(own_names.begin(), own_names.end(), word.text) != own_names.end();
    if (is_role(word.text) && !own) found.push_back({word.text, "a person"});
    const bool name = word.is_capital && !is_time_word(word.text) && !is_known_name(word.text, own_names) &&
                      number_of(word.text) == 0 && meaning_of(word.text).letters == "?";
    const bool acting = acts(clause.text, words, index);
    const bool counts = word.starts_sentence ? acting && index + 1 < words.size() &&
                                                   meaning_of(words[index + 1].text).letters.find_first_of("Aq!w") == 0
                                             : acting || !is_free;
    if (name && counts) found.push_back({clause.text.substr(word.begin, word.end - word.begin), "a person"});
  }
}

// "Silence counts as approval", "a nod is enough", "Dana approves these", "you review routine replies": whoever or
// whatever stands in for the owner's own word.
void add_stand_ins(std::vector<Condition>& found, const Clause& clause, std::string_view guard) {
  const Stems stems(clause.text);
  const auto& meaning = clause.meaning;
  if (stems.has("count_as|be_enough|suffice|suffic|good_enough|will_do|treat_as|equal|serve_as|stand_for|consider|deem|"
                "in_place_of|instead_of_approval"))
    found.push_back({clause.text, "another kind of approval"});
  if (has(meaning, "A") && stems.has("writing|=written|=signed|twice|email|phone|text_message|fax|form|letter") &&
      !has(meaning, "SwNuBU"))
    found.push_back({clause.text, "another kind of approval"});
  const bool needs_approval = guard == "HS1" || guard == "HS3" || guard == "HS4" || guard == "HS5";
  if (!needs_approval || has(meaning, "NuWBU")) return;
  if (has(meaning, "A") && stems.has("means|mean")) found.push_back({clause.text, "another kind of approval"});
  for (std::size_t index = 1; index < meaning.letters.size(); ++index) {
    const bool verb =
        meaning.letters[index] == letter::kApproval &&
        is_one_of(meaning.words[index],
                  {"approve", "approves", "review", "reviews", "confirm", "confirms", "sign off", "signs off", "signs",
                   "ok", "okays", "oks", "decide", "decides", "agree", "agrees", "authorizes", "clears"});
    const char subject = meaning.letters[index - 1];
    const bool by_customer = meaning.letters[index] == letter::kApproval && (subject == 'C' || subject == 'k');
    if (by_customer) found.push_back({meaning.words[index - 1] + ' ' + meaning.words[index], "a person"});
    if (!by_customer && verb && std::string_view("IQ?").find(subject) != std::string_view::npos)
      found.push_back({meaning.words[index - 1] + ' ' + meaning.words[index], "a person"});
  }
}

// What customers, leads or messages are meant, when not all are.
void add_kinds(std::vector<Condition>& found, const Clause& clause, bool only_where_limited) {
  const auto words = words_of(clause.text);
  // "Before creating a new contact" is what HS3 is about; "for new customers" limits it.
  if (only_where_limited && !(words.front().text == "for" || clause.text.find(" for ") != std::string::npos)) return;
  for (std::size_t index = 0; index + 1 < words.size(); ++index) {
    const bool kind =
        is_one_of(words[index].text,
                  {"new",   "existing",   "regular",     "repeat",    "old",         "big",    "large", "small",
                   "first", "commercial", "residential", "important", "open",        "paying", "past",  "former",
                   "some",  "certain",    "most",        "marketing", "promotional", "bulk",   "long",  "overdue"});
    const auto next = meaning_of(words[index + 1].text).letters;
    if (kind && !next.empty() && std::string_view("CkLMmedR").find(next[0]) != std::string_view::npos)
      found.push_back({words[index].text + ' ' + words[index + 1].text, "only some of them"});
  }
}

// "unless the owner has turned on auto-send" is what HS1 itself allows.
bool is_enforced_exception(const Meaning& meaning, std::string_view guard) {
  const auto at = meaning.letters.find(letter::kUnless);
  if (at == std::string::npos) return false;
  const auto tail = std::string_view(meaning.letters).substr(at + 1);
  const bool only_auto_send =
      tail.find_first_not_of("OJX") == std::string_view::npos && meaning.letters.find('X') != std::string::npos;
  const bool only_approval =
      tail.find_first_not_of("OAqF") == std::string_view::npos && tail.find('A') != std::string_view::npos;
  return (guard == "HS1" && only_auto_send) || (guard != "HS2" && guard != "HS3" && only_approval);
}

// What a guard does in any case: an order to do it needs no understanding of its object.
bool repeats_order(std::string_view text, const Meaning& meaning, std::string_view guard) {
  const std::string_view deeds = guard == "HS1" ? "wqhd" : guard == "HS2" ? "vyZ" : guard == "HS3" ? "wq" : "q";
  const bool leads = !meaning.letters.empty() && deeds.find(meaning.letters.front()) != std::string_view::npos;
  const bool asks_customer =
      meaning.letters.find("qC") != std::string::npos || meaning.letters.find("wC") != std::string::npos;
  return leads && !asks_customer && is_imperative(text) && !has(meaning, "NuWBUTPKi");
}

// A finite deed of the guard's kind, said as a fact: "reminders go out", "test records are deleted".
bool states_deed(std::string_view text, const Meaning& meaning) {
  if (!has(meaning, "SDxs") || meaning.letters.starts_with("Q"))
    return false;  // what QuickBooks does is its own affair
  const auto words = words_of(text);
  for (std::size_t index = 0; index < words.size(); ++index) {
    if (is_one_of(words[index].text,
                  {"go", "goes", "leave", "leaves", "sends", "deletes", "removes", "erases", "purges", "wipes"}))
      return true;
    const bool base = is_one_of(words[index].text, {"send", "delete", "remove", "erase", "purge", "wipe", "discard",
                                                    "trash", "clean", "clear", "weed"});
    if (base && (index == 0 || words[index - 1].text != "to")) return true;
    const bool passive = is_one_of(words[index].text, {"is", "are", "be", "gets", "get", "was", "were"});
    if (!passive || index + 1 >= words.size()) continue;
    const auto next = meaning_of(words[index + 1].text).letters;
    if (next == "S" || next == "D" || next == "x") return true;
  }
  return false;
}

// A clause with a condition, an order or a prohibition: every word of it must be understood.
bool is_rule(const Clause& clause) {
  return has(clause.meaning, "NuBUTPWHi!#") || is_imperative(clause.text) ||
         Stems(clause.text).has("also|addition|additionally|plus|furthermore|moreover|while|as_long|until|too");
}

// "The same holds for parcels", "photos included": the promise is made larger.
bool extends_promise(std::string_view text) {
  return Stems(text).has(
      "same_hold|same_go|same_apply|same_for|same_with|same_is_true|likewise|include|including|as_well|so_do|nor_do|"
      "extend|goes_for|go_for");
}

// "We are not a shop": a statement about something else.
bool is_remark(const Clause& clause) {
  const auto words = words_of(clause.text);
  const bool begins = words.size() > 2 && words[0].text == "not" && is_one_of(words[1].text, {"a", "an", "the"});
  if (begins) return !has(clause.meaning, "SDEVQZxmsKAHBUTWP");
  for (std::size_t index = 1; index < words.size(); ++index)
    if (words[index].text == "not" && is_one_of(words[index - 1].text, {"is", "are", "was", "were", "am"}))
      return !has(clause.meaning, "SDEVQZxmsKAHBUTWP");
  return false;
}

std::optional<Condition> rule_condition(const Clause& clause, std::string_view guard, bool is_free) {
  const auto& meaning = clause.meaning;
  if (has(meaning, "!")) {
    const auto at = meaning.letters.find(letter::kMay);
    return Condition{meaning.words[at], "a permission"};
  }
  if (repeats_guard(guard, meaning.letters)) return std::nullopt;
  const bool negated = has(meaning, "Nu");
  const auto without = meaning.letters.find(letter::kWithout);
  if (!negated && without != std::string::npos && meaning.letters.find_first_of("OAq", without) != std::string::npos)
    return Condition{clause.text, "a permission"};
  if (repeats_order(clause.text, meaning, guard)) return std::nullopt;
  if (negated && meaning.letters.find_first_not_of("NIBt;") == std::string::npos)
    return std::nullopt;  // "never", "not until then"
  if (negated && is_remark(clause)) return std::nullopt;
  if (negated && !is_free) return Condition{clause.text, "another rule"};
  if (is_free) return std::nullopt;
  const auto unknown = meaning.unknown();
  if (!unknown.empty()) return Condition{clause.text, "a condition"};
  return std::nullopt;
}

std::string from_letter(const Clause& clause, std::size_t index) {
  return clause.text.substr(std::min(clause.meaning.offsets[index], clause.text.size()));
}

// Phrases that limit a sentence whose other words need not be understood: what stands after "until", "only", "if" and
// the like, after "from" and "with", and a few adverbs.
std::optional<Condition> limiting_phrase(const Clause& clause, std::string_view guard, bool is_free) {
  const auto& letters = clause.meaning.letters;
  for (const auto& word : words_of(clause.text)) {
    const bool twice = word.text == "twice" && guard != "HS3";
    if (twice || is_one_of(word.text, {"while", "whilst", "whenever", "wherever", "writing", "written", "signed"}))
      return Condition{clause.text.substr(word.begin), "a condition"};
  }
  if (Stems(clause.text).has("as_a_rule")) return Condition{"as a rule", "a limit or an exception"};
  for (const std::string_view limited : {"f?", "j?"})  // "from the website", "with a photo"
    if (const auto at = letters.find(limited); at != std::string::npos)
      return Condition{from_letter(clause, at), "a condition"};
  if (!is_free) return std::nullopt;
  for (auto at = letters.find_first_of("BUTPi"); at != std::string::npos; at = letters.find_first_of("BUTPi", at + 1)) {
    const auto tail = std::string_view(letters).substr(at);
    if (tail.starts_with("BI") || tail.starts_with("PO") || tail.starts_with("PA"))
      continue;  // "before you write", "only the owner"
    const bool understood =
        tail.find('?') == std::string_view::npos && tail.find_first_of("OAqX") != std::string_view::npos;
    if (!understood) return Condition{from_letter(clause, at), "a condition"};
  }
  return std::nullopt;
}

}  // namespace

std::vector<Condition> conditions_of(std::string_view text, std::string_view guard, TextPart part,
                                     const std::vector<std::string>& own_names) {
  const bool is_free = part == TextPart::free;
  const bool is_strict = part != TextPart::explanation;
  std::vector<Condition> found;
  for (const auto& clause : clauses_of(text)) {
    const auto before = found.size();
    add_hard_conditions(found, clause, is_enforced_exception(clause.meaning, guard));
    const bool concerns_guard = has(clause.meaning, "ASDEZVQKqwHBUTPW!x") || is_rule(clause);
    if (concerns_guard || is_strict) add_people(found, clause, is_free, own_names);
    add_stand_ins(found, clause, guard);
    if (extends_promise(clause.text)) found.push_back({clause.text, "another rule"});
    if (found.size() > before || explains_finality(clause.text)) continue;
    add_kinds(found, clause, guard == "HS3" && !is_free);
    if (found.size() > before) continue;
    // "Before a text leaves, ..." says when, not that.
    const bool is_subordinate = !clause.meaning.letters.empty() &&
                                std::string_view("BTi").find(clause.meaning.letters[0]) != std::string_view::npos;
    const bool does = !is_subordinate && states_deed(clause.text, clause.meaning) && !has(clause.meaning, "NuAqw");
    if (does && !repeats_guard(guard, clause.meaning.letters)) {
      found.push_back({clause.text, "another rule"});
    } else if (is_rule(clause)) {
      if (auto condition = rule_condition(clause, guard, is_free)) found.push_back(std::move(*condition));
    }
    if (found.size() == before && is_strict)
      if (auto condition = limiting_phrase(clause, guard, is_free)) found.push_back(std::move(*condition));
  }
  return found;
}

}  // namespace deskhand::procedure
