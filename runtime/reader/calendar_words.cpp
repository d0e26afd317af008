#include "reader/calendar_words.h"

#include <array>
#include <utility>

#include "reader/lexicon.h"
#include "reader/numbers.h"
#include "reader/spelling.h"

namespace deskhand::reader {
namespace {

constexpr std::int64_t kQuantityMax = 10'000;

constexpr std::array<std::string_view, 7> kWeekdays{"monday", "tuesday",  "wednesday", "thursday",
                                                    "friday", "saturday", "sunday"};
constexpr std::array<std::string_view, 12> kMonths{"january",   "february", "march",    "april",
                                                   "may",       "june",     "july",     "august",
                                                   "september", "october",  "november", "december"};

using CalendarWord = std::pair<std::string_view, int>;
constexpr std::array<CalendarWord, 14> kShortWeekdays{{{"mon", 1},
                                                       {"tue", 2},
                                                       {"tues", 2},
                                                       {"tu", 2},
                                                       {"wed", 3},
                                                       {"weds", 3},
                                                       {"thu", 4},
                                                       {"thur", 4},
                                                       {"thurs", 4},
                                                       {"thr", 4},
                                                       {"fri", 5},
                                                       {"frid", 5},
                                                       {"sat", 6},
                                                       {"sun", 7}}};
constexpr std::array<CalendarWord, 12> kShortMonths{{{"jan", 1},
                                                     {"feb", 2},
                                                     {"mar", 3},
                                                     {"apr", 4},
                                                     {"jun", 6},
                                                     {"jul", 7},
                                                     {"aug", 8},
                                                     {"sep", 9},
                                                     {"sept", 9},
                                                     {"oct", 10},
                                                     {"nov", 11},
                                                     {"dec", 12}}};
constexpr std::array<CalendarWord, 16> kNearDays{{{"today", 0},
                                                  {"tday", 0},
                                                  {"tomorrow", 1},
                                                  {"tmrw", 1},
                                                  {"tmr", 1},
                                                  {"tmw", 1},
                                                  {"tmrrw", 1},
                                                  {"tomo", 1},
                                                  {"tomorro", 1},
                                                  {"tommorow", 1},
                                                  {"tomorow", 1},
                                                  {"tommorrow", 1},
                                                  {"tomorrows", 1},
                                                  {"todays", 0},
                                                  {"yesterday", -1},
                                                  {"yday", -1}}};

struct UnitName {
  std::string_view word;
  Unit unit;
};
constexpr std::array<UnitName, 26> kUnitNames{
    {{"minute", Unit::minute}, {"minutes", Unit::minute}, {"min", Unit::minute}, {"mins", Unit::minute},
     {"hour", Unit::hour},     {"hours", Unit::hour},     {"hr", Unit::hour},    {"hrs", Unit::hour},
     {"h", Unit::hour},        {"day", Unit::day},        {"days", Unit::day},   {"dy", Unit::day},
     {"week", Unit::week},     {"weeks", Unit::week},     {"wk", Unit::week},    {"wks", Unit::week},
     {"month", Unit::month},   {"months", Unit::month},   {"mo", Unit::month},   {"mos", Unit::month},
     {"mth", Unit::month},     {"mths", Unit::month},     {"year", Unit::year},  {"years", Unit::year},
     {"yr", Unit::year},       {"yrs", Unit::year}}};

template <std::size_t kCount>
std::optional<int> calendar_value(const std::array<CalendarWord, kCount>& table, std::string_view word) {
  for (const CalendarWord& entry : table) {
    if (entry.first == word) return entry.second;
  }
  return std::nullopt;
}

template <std::size_t kCount>
int position_of(const std::array<std::string_view, kCount>& table, std::string_view word) {
  for (std::size_t index = 0; index < kCount; ++index) {
    if (table[index] == word) return static_cast<int>(index);
  }
  return -1;
}

// A capital in the middle of a sentence is a name sooner than a misspelling ("Ms Sundry").
std::string_view corrected(const SpellingIndex& spelling, const Tokens& tokens, std::size_t index) {
  const std::string_view word = tokens.word(index);
  const std::string_view known = spelling.correct(word);
  if (known == word) return known;
  return tokens[index].is_capitalised() && !tokens.starts_sentence(index) && tokens[index].casing != Casing::upper &&
                 known.size() < 8
             ? std::string_view()
             : known;
}

// Whether "sat" or "sun" stands among words of dates: "on sat", "next sun", "sat at 2", "fri or sat".
bool stands_as_weekday(const Tokens& tokens, std::size_t index) {
  static const WordSet before(
      "on next this last by until till before after for coming every or and to thru through til fri friday thu");
  static const WordSet after("at morning afternoon evening night or noon am pm mon monday the");
  const Token& token = tokens[index];
  if (token.casing == Casing::capital && !tokens.starts_sentence(index)) return true;
  if (tokens.size() == 1) return true;
  return before.has(index == 0 ? "" : tokens.word(index - 1)) || after.has(tokens.word(index + 1));
}

std::optional<WordAt<std::int64_t>> whole_quantity(const Tokens& tokens, std::size_t index) {
  if (const auto number = read_whole_number(tokens, index)) {
    if (number->value > kQuantityMax) return std::nullopt;
    return WordAt<std::int64_t>{number->value * 100, number->end};
  }
  const bool has_article = tokens.is(index, "a");
  if (tokens.is(has_article ? index + 1 : index, "couple")) {
    const std::size_t after = index + (has_article ? 2 : 1);
    return WordAt<std::int64_t>{200, tokens.is(after, "of") ? after + 1 : after, false, Certainty::likely};
  }
  if (has_article || tokens.is(index, "an")) return WordAt<std::int64_t>{100, index + 1};
  return std::nullopt;
}

}  // namespace

std::optional<WordAt<Weekday>> read_weekday(const Tokens& tokens, std::size_t index) {
  if (!tokens.is_word(index)) return std::nullopt;
  const std::string_view word = tokens[index].stem();
  if (const auto known = calendar_value(kShortWeekdays, word)) {
    if (word == "tu" || ((word == "sat" || word == "sun") && !stands_as_weekday(tokens, index))) return std::nullopt;
    return WordAt<Weekday>{static_cast<Weekday>(*known), index + 1, true};
  }
  if (const int position = position_of(kWeekdays, word); position >= 0) {
    return WordAt<Weekday>{static_cast<Weekday>(position + 1), index + 1};
  }
  static const SpellingIndex spelling({kWeekdays.begin(), kWeekdays.end()});
  const int position = position_of(kWeekdays, corrected(spelling, tokens, index));
  if (position < 0) return std::nullopt;
  return WordAt<Weekday>{static_cast<Weekday>(position + 1), index + 1, false, Certainty::likely};
}

std::optional<WordAt<int>> read_month(const Tokens& tokens, std::size_t index) {
  if (!tokens.is_word(index)) return std::nullopt;
  const std::string_view word = tokens.word(index);
  if (const auto known = calendar_value(kShortMonths, word)) return WordAt<int>{*known, index + 1, true};
  if (const int position = position_of(kMonths, word); position >= 0) return WordAt<int>{position + 1, index + 1};
  static const SpellingIndex spelling({kMonths.begin(), kMonths.end()});
  const int position = position_of(kMonths, corrected(spelling, tokens, index));
  if (position < 0) return std::nullopt;
  return WordAt<int>{position + 1, index + 1, false, Certainty::likely};
}

std::optional<WordAt<int>> read_near_day(const Tokens& tokens, std::size_t index) {
  if (tokens.is(index, "2") && (tokens.is(index + 1, "moro") || tokens.is(index + 1, "morrow")) &&
      tokens.is_glued(index + 1)) {
    return WordAt<int>{1, index + 2};
  }
  if (!tokens.is_word(index)) return std::nullopt;
  if (const auto known = calendar_value(kNearDays, tokens.word(index))) return WordAt<int>{*known, index + 1};
  static const SpellingIndex spelling({"tomorrow", "yesterday"});
  const std::string_view guess = corrected(spelling, tokens, index);
  if (guess.empty()) return std::nullopt;
  return WordAt<int>{guess == "tomorrow" ? 1 : -1, index + 1, false, Certainty::likely};
}

std::optional<WordAt<Unit>> read_unit(const Tokens& tokens, std::size_t index) {
  const std::string_view word = tokens.word(index);
  const bool is_working = word == "business" || word == "working" || word == "work";
  if (is_working && (tokens.is(index + 1, "day") || tokens.is(index + 1, "days"))) {
    return WordAt<Unit>{Unit::business_day, index + 2};
  }
  if (word == "weekdays" || word == "workdays" || word == "workday") return WordAt<Unit>{Unit::business_day, index + 1};
  if (!tokens.is_word(index)) return std::nullopt;
  for (const UnitName& name : kUnitNames) {
    if (name.word == tokens[index].stem() || name.word == word) return WordAt<Unit>{name.unit, index + 1};
  }
  return std::nullopt;
}

std::optional<WordAt<std::int64_t>> read_quantity(const Tokens& tokens, std::size_t index) {
  auto quantity = whole_quantity(tokens, index);
  if (!quantity) return std::nullopt;
  const std::size_t end = quantity->end;
  if (tokens.is_number(index) && end == index + 1 && (tokens.is(end, ".") || tokens.is(end, ",")) &&
      tokens.is_glued(end) && tokens.is_glued(end + 1) && tokens.is_number(end + 1)) {
    const std::string_view decimals = tokens.word(end + 1);
    if (decimals.size() > 2) return std::nullopt;
    quantity->value += tokens.number(end + 1) * (decimals.size() == 1 ? 10 : 1);
    quantity->end = end + 2;
  } else if (tokens.is(end, "and") && tokens.is(end + 1, "a") && tokens.is(end + 2, "half")) {
    quantity->value += 50;
    quantity->end = end + 3;
  } else if (tokens.is(end, "1") && tokens.is(end + 1, "/") && tokens.is(end + 2, "2")) {
    quantity->value += 50;
    quantity->end = end + 3;
  }
  return quantity;
}

std::optional<WordAt<Measure>> read_measure(const Tokens& tokens, std::size_t index) {
  if (tokens.is(index, "half")) {
    const bool has_article = tokens.is(index + 1, "a") || tokens.is(index + 1, "an");
    const auto unit = read_unit(tokens, index + (has_article ? 2 : 1));
    if (!unit || unit->value != Unit::hour) return std::nullopt;
    return WordAt<Measure>{{50, Unit::hour}, unit->end};
  }
  const bool has_article = tokens.is(index, "a");
  if (tokens.is(has_article ? index + 1 : index, "fortnight")) {
    return WordAt<Measure>{{200, Unit::week}, index + (has_article ? 2 : 1)};
  }
  if (has_article && tokens.is(index + 1, "half") && (tokens.is(index + 2, "hour") || tokens.is(index + 2, "hr"))) {
    return WordAt<Measure>{{50, Unit::hour}, index + 3};
  }
  auto quantity = read_quantity(tokens, index);
  if (!quantity) return std::nullopt;
  // "a 3-month plan", "2-hour visit".
  const std::size_t at =
      tokens.is(quantity->end, "-") && tokens.is_glued(quantity->end) ? quantity->end + 1 : quantity->end;
  const auto unit = read_unit(tokens, at);
  if (!unit) {
    // "90m" is minutes only when glued; "5 m" may be anything.
    if (tokens.is(at, "m") && tokens.is_glued(at) && tokens.is_number(index)) {
      return WordAt<Measure>{{quantity->value, Unit::minute}, at + 1, false, Certainty::likely};
    }
    return std::nullopt;
  }
  WordAt<Measure> measure{{quantity->value, unit->value}, unit->end, false, quantity->certainty};
  if (tokens.is(unit->end, "and") && tokens.is(unit->end + 1, "a") && tokens.is(unit->end + 2, "half") &&
      !tokens.is(unit->end + 3, "inch")) {
    measure.value.hundredths += 50;
    measure.end = unit->end + 3;
  }
  return measure;
}

}  // namespace deskhand::reader
