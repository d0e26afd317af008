#include "procedure/month_day_words.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string>

#include "base/text.h"
#include "procedure/condition_words.h"
#include "procedure/weekday_words.h"

namespace deskhand::procedure {
namespace {

// "first", "fifteenth", "thirty-first", "1st", "day 10": the number and how many words it took.
struct Ordinal {
  int number = 0;
  std::size_t begin = 0, end = 0;
  bool has_digits = false;
};

int ordinal_named(std::string_view word) {
  static constexpr std::array<std::string_view, 20> kNames = {
      "first",     "second",    "third",       "fourth",     "fifth",      "sixth",      "seventh",
      "eighth",    "ninth",     "tenth",       "eleventh",   "twelfth",    "thirteenth", "fourteenth",
      "fifteenth", "sixteenth", "seventeenth", "eighteenth", "nineteenth", "twentieth"};
  for (std::size_t index = 0; index < kNames.size(); ++index)
    if (word == kNames[index]) return static_cast<int>(index) + 1;
  return word == "thirtieth" ? 30 : 0;
}

std::optional<Ordinal> ordinal_at(const std::vector<Word>& words, std::size_t at) {
  const std::string_view word = words[at].text;
  const std::string_view next = at + 1 < words.size() ? std::string_view(words[at + 1].text) : std::string_view();
  const bool has_suffix = word.size() > 2 && is_one_of(word.substr(word.size() - 2), {"st", "nd", "rd", "th"});
  if (has_suffix && word.size() <= 4 && word.front() >= '0' && word.front() <= '9') {
    const auto digits = word.substr(0, word.size() - 2);
    if (digits.find_first_not_of("0123456789") != std::string_view::npos) return std::nullopt;
    int number = 0;
    for (const char digit : digits) number = number * 10 + (digit - '0');
    return Ordinal{number == 0 ? 99 : number, at, at + 1, true};
  }
  if (is_one_of(word, {"day", "days"}) && !next.empty() && next.front() >= '0' && next.front() <= '9' &&
      number_of(next) > 0)
    return Ordinal{number_of(next), at, at + 2, true};
  if ((word == "twenty" || word == "thirty") && ordinal_named(next) > 0 && ordinal_named(next) < 10)
    return Ordinal{(word == "twenty" ? 20 : 30) + ordinal_named(next), at, at + 2, false};
  if (const int number = ordinal_named(word); number > 0 && next != "thing")  // "first thing" is a time of day
    return Ordinal{number, at, at + 1, false};
  return std::nullopt;
}

bool joins(const std::vector<Word>& words, std::size_t begin, std::size_t end) {
  for (std::size_t at = begin; at < end; ++at)
    if (!is_one_of(words[at].text,
                   {"and", "or", "the", "on", "plus", "also", "of", "each", "every", "month", "day", "a"}))
      return false;
  return true;
}

bool holds_and(const std::vector<Word>& words, std::size_t begin, std::size_t end) {
  return std::any_of(words.begin() + static_cast<std::ptrdiff_t>(begin),
                     words.begin() + static_cast<std::ptrdiff_t>(end), [](const Word& word) {
                       return is_one_of(word.text, {"and", "or", "plus"});
                     });
}

// "days 1 and 15": the days after the first have no word of their own.
std::optional<Ordinal> plain_number_after(std::string_view text, const std::vector<Word>& words,
                                          const Ordinal& before) {
  if (words[before.begin].text != "day" && words[before.begin].text != "days") return std::nullopt;
  std::size_t at = before.end;
  if (at < words.size() && (words[at].text == "and" || words[at].text == "or")) ++at;
  if (at >= words.size() || words[at].text.size() > 2 || number_of(words[at].text) == 0) return std::nullopt;
  const bool has_marks = words[at].end < text.size() && (text[words[at].end] == ':' || text[words[at].end] == '.');
  const bool has_suffix = at + 1 < words.size() && is_one_of(words[at + 1].text, {"am", "pm", "o", "a", "p"});
  if (has_marks || has_suffix || !words[at].is_number) return std::nullopt;  // "day 1, 7:30"
  return Ordinal{number_of(words[at].text), before.begin, at + 1, true};
}

// The ordinals that stand together, from the first on: "the 1st, 10th and 20th".
std::vector<Ordinal> ordinals_of(std::string_view text, const std::vector<Word>& words, MonthDayReading& reading) {
  std::vector<Ordinal> found;
  for (std::size_t at = 0; at < words.size(); ++at) {
    const auto ordinal = ordinal_at(words, at);
    if (!ordinal) continue;
    if (!found.empty()) {
      const auto& before = found.back();
      const auto between = trim(text.substr(words[before.end - 1].end, words[at].begin - words[before.end - 1].end));
      bool is_stretch = between == "-" || between == "–" || between == "—";
      for (std::size_t word = before.end; word < at; ++word)
        is_stretch = is_stretch || is_one_of(words[word].text, {"to", "through", "thru", "till", "until"});
      if (is_stretch && at - before.end <= 2) reading.is_misread = true;
      if (!joins(words, before.end, at)) break;
    }
    found.push_back(*ordinal);
    while (const auto more = plain_number_after(text, words, found.back())) found.push_back(*more);
    at = found.back().end - 1;
  }
  return found;
}

// The word of a phrase for the end of the month: "last day", "end of the month".
std::optional<std::size_t> last_day_word(const std::vector<Word>& words) {
  static const std::array<std::string_view, 14> kPhrases = {
      "last_day",          "last_business_day",  "last_working_day",    "end_of_month", "end_of_the_month",
      "end_of_each_month", "end_of_every_month", "month_end",           "last_weekday", "last_of_the_month",
      "last_of_month",     "last_of_each_month", "last_of_every_month", "last_workday"};
  for (std::size_t at = 0; at < words.size(); ++at) {
    if (!is_one_of(words[at].text, {"last", "end", "month"})) continue;
    std::string phrase;
    for (std::size_t word = at; word < words.size() && word < at + 4; ++word) {
      phrase += (phrase.empty() ? "" : "_") + words[word].text;
      if (std::find(kPhrases.begin(), kPhrases.end(), phrase) != kPhrases.end()) return at;
    }
  }
  return std::nullopt;
}

void check_neighbours(const std::vector<Word>& words, const std::vector<Ordinal>& ordinals, MonthDayReading& reading) {
  for (const auto& ordinal : ordinals) {
    if (ordinal.number > 31) reading.is_misread = true;
    if (ordinal.end >= words.size()) continue;
    const auto& next = words[ordinal.end].text;
    if (next == "week") reading.is_misread = true;
    if (ordinal.number > 1 && is_one_of(next, {"business", "working", "workday", "weekday"})) reading.is_misread = true;
  }
  for (std::size_t at = 0; at + 1 < words.size(); ++at) {
    const bool is_nth = words[at].text == "last" || ordinal_at(words, at);
    // "what came in since last Friday" is not read as a day to run on.
    const bool is_aside =
        words[at].text == "last" && at > 0 && !is_one_of(words[at - 1].text, {"the", "every", "each"});
    if (is_nth && !is_aside && weekday_named(words[at + 1].text)) reading.is_nth_weekday = true;
    if (words[at].text == "last" && words[at + 1].text == "week" && at + 2 < words.size() && words[at + 2].text == "of")
      reading.is_misread = true;
  }
}

}  // namespace

MonthDayReading month_days_in(std::string_view text, const std::vector<Word>& words) {
  MonthDayReading reading;
  reading.taken.resize(words.size());
  auto ordinals = ordinals_of(text, words, reading);
  check_neighbours(words, ordinals, reading);
  const auto last = last_day_word(words);
  // "the last day of the month: first ..." is the last day alone, "the 15th and the last day" is both.
  if (last && !ordinals.empty()) {
    const bool is_after = ordinals.front().begin > *last;
    const auto begin = is_after ? *last + 1 : ordinals.back().end;
    const auto end = is_after ? ordinals.front().begin : *last;
    if (begin > end || !joins(words, begin, end) || !holds_and(words, begin, end)) ordinals.clear();
  }
  for (const auto& ordinal : ordinals) {
    if (std::find(reading.days.begin(), reading.days.end(), ordinal.number) == reading.days.end() &&
        ordinal.number <= 31)
      reading.days.push_back(ordinal.number);
    reading.has_digits = reading.has_digits || ordinal.has_digits;
    std::fill(reading.taken.begin() + static_cast<std::ptrdiff_t>(ordinal.begin),
              reading.taken.begin() + static_cast<std::ptrdiff_t>(ordinal.end), true);
  }
  if (last) {
    reading.days.push_back(-1);
  } else if (reading.days.empty()) {
    const Stems stems(text);
    if (stems.has("start_of_the_month|beginning_of_the_month|begin_of_month|start_of_month|start_of_each_month|"
                  "start_of_every_month|beginning_of_each_month|beginning_of_every_month"))
      reading.days = {1};
    else if (stems.has("mid_month|middle_of_the_month|middle_of_each_month|middle_of_every_month"))
      reading.days = {15};
  }
  return reading;
}

}  // namespace deskhand::procedure
