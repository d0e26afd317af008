#include "procedure/guard_meaning.h"

#include <algorithm>
#include <optional>

#include "base/text.h"
#include "procedure/guard_language.h"
#include "procedure/guard_patterns.h"

namespace deskhand::procedure {
namespace {

std::vector<std::string> guard_ids(const Catalogue& catalogue) {
  std::vector<std::string> ids;
  for (const auto& item : catalogue.items)
    if (item.kind == ItemKind::guard) ids.push_back(item.id);
  return ids;
}

// The letters that are typical of each guard, for naming the nearest one.
std::string_view typical_letters(std::string_view guard) {
  if (guard == "HS1") return "MmSsx";
  if (guard == "HS2") return "Dy";
  if (guard == "HS3") return "K=2g";
  if (guard == "HS4") return "V";
  if (guard == "HS5") return "Q";
  if (guard == "DO-NOT-CONTACT") return "o";
  return "";
}

std::string nearest_guard(std::string_view sentence, const std::vector<std::string>& guards) {
  const auto meaning = meaning_of(sentence);
  std::string best = guards.empty() ? std::string() : guards.front();
  std::size_t best_count = 0;
  for (const auto& guard : guards) {
    std::size_t count = 0;
    for (const char letter : meaning.letters)
      if (typical_letters(guard).find(letter) != std::string_view::npos) count += guard == "HS1" ? 1 : 2;
    if (count <= best_count) continue;
    best = guard;
    best_count = count;
  }
  return best;
}

std::string in_quotes(std::string_view text) { return "\"" + shorten(text, 160) + "\""; }

std::string list_conditions(const std::vector<Condition>& conditions) {
  constexpr std::size_t kShown = 3;
  std::vector<std::string> parts;
  for (const auto& condition : conditions) {
    if (parts.size() == kShown) break;
    const auto part = in_quotes(condition.words) + " (" + condition.why + ")";
    if (std::find(parts.begin(), parts.end(), part) == parts.end()) parts.push_back(part);
  }
  return join(parts, ", ");
}

std::string what_of(const Catalogue& catalogue, std::string_view guard) {
  const auto* item = catalogue.find(guard);
  return item == nullptr ? std::string() : item->what;
}

// "hard stop 3", or the words of a sentence outside the list.
std::string name_of(const HardStop& stop) {
  return (stop.is_note ? "hard stops: " : "hard stop " + std::to_string(stop.number) + " ") + in_quotes(stop.statement);
}

std::string adds(const HardStop& stop, const std::vector<Condition>& conditions, const Catalogue& catalogue,
                 const std::string& guard) {
  return name_of(stop) + " adds " + list_conditions(conditions) + ", which " + guard + " (" +
         what_of(catalogue, guard) + ") does not enforce; take it out or move it to another section";
}

struct Stated {
  std::string guard;
  std::string beside;  // clauses of the sentence that explain it
};

// The guard that the sentence, or one clause of it, states. "Never mark a job won without asking; it starts the
// paperwork": what stands beside a semicolon, a colon or a dash is explanation like the rest of the item. Behind a
// comma it may go on with a list, so there it must repeat the guard.
std::optional<Stated> stated_by(std::string_view sentence, const std::vector<std::string>& guards) {
  const auto whole = meaning_of(sentence).letters;
  for (const auto& guard : guards)
    if (states_guard(guard, whole)) return Stated{guard, ""};
  for (const bool at_commas : {false, true}) {
    std::string parted(sentence);
    for (const auto mark : {"—", "–", " - ", ";", ": "}) parted = replace_all(std::move(parted), mark, "\n");
    if (at_commas) parted = replace_all(std::move(parted), ", ", "\n");
    const auto clauses = split(parted, '\n');
    for (const auto& guard : guards)
      for (const auto& clause : clauses) {
        if (!states_guard(guard, meaning_of(clause).letters)) continue;
        Stated stated{guard, ""};
        bool repeats = true;
        for (const auto& other : clauses) {
          if (&other == &clause || trim(other).empty()) continue;
          stated.beside += std::string(trim(other)) + ". ";
          repeats = repeats && repeats_guard(guard, meaning_of(other).letters);
        }
        if (!at_commas || repeats) return stated;
      }
  }
  return std::nullopt;
}

// Free wording must still point the same way: "no draft needs approval [HS1]" says the opposite of its tag.
bool says_the_opposite(std::string_view letters, std::string_view guard) {
  const auto has = [&](std::string_view any) { return letters.find_first_of(any) != std::string_view::npos; };
  const auto negation = letters.find_first_of("Nu");
  const bool negated = negation != std::string_view::npos;
  const auto without = letters.find('W');
  const bool without_approval =
      without != std::string_view::npos && letters.find_first_of("OAq", without) != std::string_view::npos;
  if (without_approval && !negated) return true;
  if (negated && letters.find_first_of("Hlqw", negation) != std::string_view::npos && !without_approval) return true;
  if (guard == "HS2") return has("D") && !negated && !has("#v");
  if (guard == "HS3") return has("E") && has("K2") && !negated;
  const bool asks = negated || has("AqBPO");
  if (guard == "HS4") return has("V") && has("Z") && !asks;
  if (guard == "HS5") return has("Q") && has("E") && !asks;
  return guard == "HS1" && has("Ssx") && !asks;
}

void settle_tagged(StopVerdict& verdict, const HardStop& stop, const std::vector<std::string>& guards,
                   const Catalogue& catalogue, const std::vector<std::string>& own_names) {
  for (const auto& tag : stop.tags) {
    if (std::find(guards.begin(), guards.end(), tag) == guards.end()) {
      verdict.problem =
          name_of(stop) + " has the tag [" + tag + "], which no guard has; the guards are " + join(guards, ", ");
      return;
    }
  }
  // A sentence that plainly means another guard has the wrong tag.
  const auto meant = guards_meant(stop.statement);
  const bool contradicts = !meant.empty() && std::none_of(meant.begin(), meant.end(), [&](const std::string& guard) {
    return std::find(stop.tags.begin(), stop.tags.end(), guard) != stop.tags.end();
  });
  if (contradicts) {
    verdict.nearest = meant.front();
    verdict.problem = name_of(stop) + " means " + meant.front() + " (" + what_of(catalogue, meant.front()) +
                      ") but has the tag [" + stop.tags.front() + "]; write [" + meant.front() + "]";
    return;
  }
  const auto stated = stated_by(stop.statement, guards);
  for (const auto& tag : stop.tags) {
    verdict.conditions = conditions_of(stop.rest, tag, TextPart::explanation, own_names);
    const bool is_stated = stated && stated->guard == tag;
    if (!is_stated && says_the_opposite(meaning_of(stop.statement).letters, tag))
      verdict.conditions.push_back({stop.statement, "the opposite"});
    const auto own = is_stated ? conditions_of(stated->beside, tag, TextPart::beside, own_names)
                               : conditions_of(stop.statement, tag, TextPart::free, own_names);
    verdict.conditions.insert(verdict.conditions.begin(), own.begin(), own.end());
    if (verdict.conditions.empty()) continue;
    verdict.nearest = tag;
    verdict.problem = adds(stop, verdict.conditions, catalogue, tag);
    return;
  }
  verdict.guards = stop.tags;
}

// A guard's statement and a few words more: "No message sent to a customer without owner review on Sundays".
bool settle_limited(StopVerdict& verdict, const HardStop& stop, const std::vector<std::string>& guards,
                    const Catalogue& catalogue, const std::vector<std::string>& own_names) {
  auto letters = meaning_of(stop.statement).letters;
  std::erase(letters, letter::kUnknown);
  for (const auto& guard : guards) {
    if (!states_guard(guard, letters)) continue;
    verdict.nearest = guard;
    verdict.conditions = conditions_of(stop.statement, guard, TextPart::beside, own_names);
    // Naming the whole sentence helps nobody; the words that no guard speaks of do.
    std::erase_if(verdict.conditions, [](const Condition& condition) {
      return condition.why == "another rule" || condition.why == "a condition";
    });
    if (verdict.conditions.empty())
      for (const auto& word : meaning_of(stop.statement).unknown())
        verdict.conditions.push_back({word, "no guard speaks of it"});
    verdict.problem = adds(stop, verdict.conditions, catalogue, guard);
    return true;
  }
  return false;
}

void settle_untagged(StopVerdict& verdict, const HardStop& stop, const std::vector<std::string>& guards,
                     const Catalogue& catalogue, const std::vector<std::string>& own_names) {
  const auto stated = stated_by(stop.statement, guards);
  if (!stated) {
    if (settle_limited(verdict, stop, guards, catalogue, own_names)) return;
    verdict.nearest = nearest_guard(stop.statement, guards);
    verdict.conditions = conditions_of(stop.statement, verdict.nearest, TextPart::explanation, own_names);
    const auto added =
        verdict.conditions.empty() ? std::string() : " (it says " + list_conditions(verdict.conditions) + ")";
    verdict.problem = name_of(stop) + " is kept by no guard" + added + "; nearest is " + verdict.nearest + " (" +
                      what_of(catalogue, verdict.nearest) + "): if that is what it means, write [" + verdict.nearest +
                      "] in the item, else move it out of the hard stops";
    return;
  }
  const auto& guard = stated->guard;
  verdict.nearest = guard;
  verdict.conditions = conditions_of(stated->beside, guard, TextPart::beside, own_names);
  const auto rest = conditions_of(stop.rest, guard, TextPart::explanation, own_names);
  verdict.conditions.insert(verdict.conditions.end(), rest.begin(), rest.end());
  if (verdict.conditions.empty()) {
    verdict.guards = {guard};
    return;
  }
  verdict.problem = adds(stop, verdict.conditions, catalogue, guard);
}

}  // namespace

std::vector<std::string> guards_meant(std::string_view sentence) {
  const auto stated = stated_by(sentence, {"HS1", "HS2", "HS3", "HS4", "HS5", "DO-NOT-CONTACT"});
  return stated ? std::vector<std::string>{stated->guard} : std::vector<std::string>{};
}

StopVerdict judge(const HardStop& stop, const Catalogue& catalogue, const std::vector<std::string>& own_names) {
  StopVerdict verdict;
  const auto guards = guard_ids(catalogue);
  verdict.nearest = stop.tags.empty() ? nearest_guard(stop.statement, guards) : stop.tags.front();
  if (!stop.tags.empty())
    settle_tagged(verdict, stop, guards, catalogue, own_names);
  else
    settle_untagged(verdict, stop, guards, catalogue, own_names);
  return verdict;
}

}  // namespace deskhand::procedure
