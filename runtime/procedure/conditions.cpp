// What a hard stop adds to what its guard enforces: the words that no code would keep.
#include <algorithm>
#include <array>
#include <optional>

#include "base/text.h"
#include "procedure/guard_language.h"
#include "procedure/guard_meaning.h"
#include "procedure/guard_patterns.h"
#include "procedure/words.h"

namespace deskhand::procedure {
namespace {

bool is_one_of(std::string_view word, std::initializer_list<std::string_view> known) {
  return std::find(known.begin(), known.end(), word) != known.end();
}

bool is_time_word(std::string_view word) {
  static constexpr std::array<std::string_view, 61> kTimes = {
      "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "mondays", "tuesdays", "wednesdays", "thursdays",
      "fridays", "saturdays", "sundays", "weekend", "weekends", "weekday", "weekdays", "holiday", "holidays", "night", "nights", "nightly",
      "evening", "evenings", "morning", "mornings", "afternoon", "afternoons", "noon", "midnight", "overnight", "hour", "hours", "minute",
      "minutes", "day", "days", "week", "weeks", "month", "months", "year", "years", "season", "summer", "winter", "christmas", "today",
      "tomorrow", "january", "february", "april", "june", "july", "august", "september", "october", "november", "december", "deadline"};
  return std::find(kTimes.begin(), kTimes.end(), word) != kTimes.end();
}

bool is_money_word(std::string_view word) {
  return is_one_of(word, {"dollar", "dollars", "usd", "euro", "euros", "pound", "pounds", "cents", "percent", "bucks", "grand"});
}

bool is_role(std::string_view word) {
  return is_one_of(word, {"manager", "managers", "bookkeeper", "accountant", "lawyer", "attorney", "attorneys", "partner", "partners", "spouse",
                          "wife", "husband", "assistant", "supervisor", "dispatcher", "receptionist", "technician", "foreman", "intern",
                          "staff", "colleague", "colleagues", "coworker", "admin", "administrator", "secretary", "doctor", "vet", "nurse",
                          "paralegal", "crew", "team", "foreperson", "sales", "legal", "compliance", "director", "ceo", "cfo", "employee",
                          "employees", "contractor", "vendor", "supplier", "banker", "auditor"});
}

bool is_emergency(std::string_view word) {
  return is_one_of(word, {"emergency", "emergencies", "urgent", "urgency", "vip", "vips", "critical"});
}

// Exceptions and limits in every form that does not depend on its clause.
bool is_exception_word(std::string_view word) {
  return is_one_of(word, {"except", "excepting", "excluding", "excludes", "excluded", "exempt", "exempted", "exemption", "apart", "besides",
                          "waive", "waived", "waiver", "applies", "apply", "applied", "applicable", "limited", "restricted", "provided",
                          "unlike", "notwithstanding", "barring", "optional", "override", "overridden", "bypass", "bypassed", "suspended",
                          "over", "above", "below", "under", "within", "during", "minimum", "maximum", "least", "most", "fewer", "than"});
}

bool is_known_name(std::string_view word, const std::vector<std::string>& own_names) {
  if (is_one_of(word, {"ai", "qb", "qbo", "quickbooks", "gmail", "sms", "crm", "deskhand", "slack", "google", "i", "email", "ok", "okay", "yes",
                       "no", "never", "id", "url", "pdf", "usa", "us", "online", "intuit", "outlook", "whatsapp", "facebook", "hs1", "hs2",
                       "hs3", "hs4", "hs5", "customer", "owner", "lead", "contact", "client", "hard", "stop"}))
    return true;
  return std::find(own_names.begin(), own_names.end(), word) != own_names.end();
}

struct Clause {
  std::string text;
  Meaning meaning;
};

// Sentences parted again at dashes, semicolons, colons, brackets and commas.
std::vector<Clause> clauses_of(std::string_view text) {
  std::vector<Clause> clauses;
  for (const auto& sentence : sentences_of(text)) {
    std::string parted = sentence.text;
    for (const auto mark : {"—", "–", " - ", ";", ":", "(", ")", ", ", "…"}) parted = replace_all(std::move(parted), mark, "\n");
    for (const auto& part : split(parted, '\n')) {
      const auto words = trim(part);
      if (words.empty()) continue;
      Clause clause{std::string(words), meaning_of(words)};
      if (!words_of(words).empty()) clauses.push_back(std::move(clause));
    }
  }
  return clauses;
}

bool has(const Meaning& meaning, std::string_view letters) { return meaning.letters.find_first_of(letters) != std::string::npos; }

// "can't be taken back", "cannot be undone": why the stop is there, not another rule.
bool explains_finality(std::string_view text) {
  const Stems stems(text);
  return stems.match("not|never undo|undone|unsend|unsent|recall|reverse|restore|recover|unring") > 0 ||
         stems.match("not|never take_back|get_back|took_back|taken_back|take_it_back|get_it_back|get_them_back|call_back|bring_back|take_that_back") > 0;
}

// The words of the clause that name a number, a time, an amount, an exception or an emergency.
void add_hard_conditions(std::vector<Condition>& found, const Clause& clause, bool unless_is_enforced) {
  const auto words = words_of(clause.text);
  for (std::size_t index = 0; index < words.size(); ++index) {
    const auto& word = words[index].text;
    const auto with_next = index + 1 < words.size() ? clause.text.substr(words[index].begin, words[index + 1].end - words[index].begin)
                                                    : clause.text.substr(words[index].begin);
    const bool no_exception = is_one_of(word, {"exception", "exceptions"}) && index > 0 &&
                              is_one_of(words[index - 1].text, {"no", "without", "zero"});
    const bool money = words[index].is_number && words[index].begin > 0 &&
                       (clause.text[words[index].begin - 1] == '$' || clause.text.substr(0, words[index].begin).ends_with("€") ||
                        clause.text.substr(0, words[index].begin).ends_with("£"));
    if (money) found.push_back({"$" + word, "an amount"});
    else if (is_money_word(word)) found.push_back({word, "an amount"});
    else if (is_time_word(word)) found.push_back({word, "a time"});
    else if (words[index].is_number && !word.starts_with("hs")) found.push_back({with_next, "a number"});
    else if (number_of(word) > 1 || is_one_of(word, {"hundred", "hundreds", "thousand", "thousands", "half", "couple"}))
      found.push_back({with_next, "a number"});
    else if (is_one_of(word, {"exception", "exceptions"}) && !no_exception) found.push_back({word, "an exception"});
    else if (is_exception_word(word)) found.push_back({with_next, "a limit or an exception"});
    else if (is_emergency(word)) found.push_back({word, "an exception"});
    else if (word == "unless" && !unless_is_enforced) found.push_back({clause.text.substr(words[index].begin), "an exception"});
    else if (word == "other" && index + 1 < words.size() && words[index + 1].text == "than") found.push_back({with_next, "an exception"});
  }
}

// Names and roles of people who are not the owner.
void add_people(std::vector<Condition>& found, const Clause& clause, const std::vector<std::string>& own_names) {
  for (const auto& word : words_of(clause.text)) {
    const bool own = std::find(own_names.begin(), own_names.end(), word.text) != own_names.end();
    if (is_role(word.text) && !own) found.push_back({word.text, "a person"});
    const bool name = word.is_capital && !word.starts_sentence && !is_time_word(word.text) && !is_known_name(word.text, own_names) &&
                      number_of(word.text) == 0 && meaning_of(word.text).letters == "?";
    if (name) found.push_back({clause.text.substr(word.begin, word.end - word.begin), "a person"});
  }
}

// "Silence counts as approval", "a nod is enough", "Dana approves these", "you review routine replies": whoever or whatever stands
// in for the owner's own word.
void add_stand_ins(std::vector<Condition>& found, const Clause& clause, std::string_view guard) {
  const Stems stems(clause.text);
  const auto& meaning = clause.meaning;
  if (stems.has("count_as|be_enough|suffice|suffic|good_enough|will_do|treat_as|equal|serve_as|stand_for|consider|deem|in_place_of|instead_of_approval"))
    found.push_back({clause.text, "another kind of approval"});
  const bool needs_approval = guard == "HS1" || guard == "HS4" || guard == "HS5" || guard == "MERGE";
  if (!needs_approval || has(meaning, "NuWBU")) return;
  if (has(meaning, "A") && stems.has("means|mean")) found.push_back({clause.text, "another kind of approval"});
  for (std::size_t index = 1; index < meaning.letters.size(); ++index) {
    const bool verb = meaning.letters[index] == letter::kApproval &&
                      is_one_of(meaning.words[index], {"approve", "approves", "review", "reviews", "confirm", "confirms", "sign off", "signs off",
                                                       "signs", "ok", "okays", "oks", "decide", "decides", "agree", "agrees", "authorizes", "clears"});
    const char subject = meaning.letters[index - 1];
    if (verb && std::string_view("CkIQ?").find(subject) != std::string_view::npos)
      found.push_back({meaning.words[index - 1] + ' ' + meaning.words[index], "a person"});
  }
}

// What customers, leads or messages are meant, when not all are.
void add_kinds(std::vector<Condition>& found, const Clause& clause) {
  const auto words = words_of(clause.text);
  for (std::size_t index = 0; index + 1 < words.size(); ++index) {
    const bool kind = is_one_of(words[index].text, {"new", "existing", "regular", "repeat", "old", "big", "large", "small", "first", "commercial",
                                                    "residential", "important", "open", "paying", "past", "former", "some", "certain", "most",
                                                    "marketing", "promotional", "bulk", "long", "overdue"});
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
  const bool only_auto_send = tail.find_first_not_of("OJX") == std::string_view::npos && tail.find('X') != std::string_view::npos;
  const bool only_approval = tail.find_first_not_of("OAqF") == std::string_view::npos && tail.find('A') != std::string_view::npos;
  return (guard == "HS1" && only_auto_send) || (guard != "HS2" && guard != "HS3" && only_approval);
}

bool is_imperative(std::string_view text) {
  static constexpr std::array<std::string_view, 62> kVerbs = {
      "check", "compare", "match", "look", "search", "ask", "show", "present", "send", "call", "verify", "confirm", "require", "get", "wait",
      "use", "include", "log", "notify", "tell", "record", "keep", "archive", "mark", "merge", "create", "charge", "email", "text", "write",
      "delete", "remove", "add", "make", "put", "set", "close", "move", "let", "allow", "treat", "copy", "forward", "print", "sign", "collect",
      "take", "give", "hold", "store", "stop", "start", "run", "book", "cancel", "refund", "approve", "review", "read", "skip", "ignore",
      "wipe"};
  const auto words = words_of(text);
  for (const auto& word : words) {
    if (is_one_of(word.text, {"then", "please", "also", "always", "so", "and", "or", "instead", "first", "but", "just"})) continue;
    return std::find(kVerbs.begin(), kVerbs.end(), word.text) != kVerbs.end();
  }
  return false;
}

// A finite deed of the guard's kind, said as a fact: "reminders go out", "test records are deleted".
bool states_deed(std::string_view text, const Meaning& meaning) {
  if (!has(meaning, "SDxs")) return false;
  const auto words = words_of(text);
  for (std::size_t index = 0; index < words.size(); ++index) {
    if (is_one_of(words[index].text, {"go", "goes", "leave", "leaves", "sends", "deletes", "removes", "erases", "purges", "wipes"})) return true;
    const bool base = is_one_of(words[index].text, {"send", "delete", "remove", "erase", "purge", "wipe", "discard", "trash", "clean", "clear", "weed"});
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
  return has(clause.meaning, "NuBUTPFWHi!#") || is_imperative(clause.text) ||
         Stems(clause.text).has("also|addition|additionally|plus|furthermore|moreover|while|as_long|until|too");
}

// "We are not a shop": a statement about something else.
bool is_remark(const Clause& clause) {
  const auto words = words_of(clause.text);
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
  const bool negated = has(meaning, "Nu");
  if (negated && meaning.letters.find_first_not_of("NIBt;") == std::string::npos) return std::nullopt;  // "never", "not until then"
  if (negated && repeats_guard(guard, meaning.letters)) return std::nullopt;
  if (negated && is_remark(clause)) return std::nullopt;
  if (negated && !is_free) return Condition{clause.text, "another rule"};
  if (is_free) return std::nullopt;
  const auto unknown = meaning.unknown();
  if (!unknown.empty()) return Condition{clause.text, "a condition"};
  return std::nullopt;
}

// In free wording: what stands after "until", "only", "if" and the like must be understood although the rest need not.
std::optional<Condition> free_condition(const Clause& clause) {
  const auto& letters = clause.meaning.letters;
  const auto at = letters.find_first_of("BUTPi");
  if (at == std::string::npos) return std::nullopt;
  const auto tail = std::string_view(letters).substr(at);
  const bool understood = tail.find('?') == std::string_view::npos && tail.find_first_of("OAqX") != std::string_view::npos;
  if (understood) return std::nullopt;
  return Condition{clause.text.substr(std::min(clause.meaning.offsets[at], clause.text.size())), "a condition"};
}

}  // namespace

std::vector<Condition> conditions_of(std::string_view text, std::string_view guard, bool is_free,
                                     const std::vector<std::string>& own_names) {
  std::vector<Condition> found;
  for (const auto& clause : clauses_of(text)) {
    const auto before = found.size();
    add_hard_conditions(found, clause, is_enforced_exception(clause.meaning, guard));
    const bool concerns_guard = has(clause.meaning, "ASDEZVQKqwHBUTPW!x") || is_rule(clause);
    if (concerns_guard || is_free) add_people(found, clause, own_names);
    add_stand_ins(found, clause, guard);
    if (found.size() > before || explains_finality(clause.text)) continue;
    if (guard != "HS3" || is_free) add_kinds(found, clause);
    if (found.size() > before) continue;
    if (is_rule(clause)) {
      if (auto condition = rule_condition(clause, guard, is_free)) found.push_back(std::move(*condition));
    } else if (states_deed(clause.text, clause.meaning) && !repeats_guard(guard, clause.meaning.letters)) {
      found.push_back({clause.text, "another rule"});
    }
    if (found.size() == before && is_free)
      if (auto condition = free_condition(clause)) found.push_back(std::move(*condition));
  }
  return found;
}

}  // namespace deskhand::procedure
