#include "reader/numbers.h"

#include <algorithm>
#include <array>
#include <utility>

namespace deskhand::reader {
namespace {

constexpr std::int64_t kValueMax = 999'999'999;
constexpr std::size_t kNumberWordsMax = 12;  // "nine hundred and ninety-nine thousand nine hundred and ninety-nine"

using NumberWord = std::pair<std::string_view, int>;

constexpr std::array<NumberWord, 21> kUnitWords{
    {{"zero", 0},      {"one", 1},       {"two", 2},       {"three", 3},    {"four", 4},     {"five", 5},
     {"six", 6},       {"seven", 7},     {"eight", 8},     {"nine", 9},     {"ten", 10},     {"eleven", 11},
     {"twelve", 12},   {"thirteen", 13}, {"fourteen", 14}, {"fifteen", 15}, {"sixteen", 16}, {"seventeen", 17},
     {"eighteen", 18}, {"nineteen", 19}, {"fiveteen", 15}}};
constexpr std::array<NumberWord, 10> kTens{{{"twenty", 20},
                                            {"thirty", 30},
                                            {"forty", 40},
                                            {"fourty", 40},
                                            {"fifty", 50},
                                            {"sixty", 60},
                                            {"seventy", 70},
                                            {"eighty", 80},
                                            {"ninety", 90},
                                            {"ninty", 90}}};
constexpr std::array<NumberWord, 3> kScales{{{"hundred", 100}, {"hundered", 100}, {"thousand", 1000}}};
constexpr std::array<NumberWord, 21> kOrdinals{
    {{"first", 1},      {"second", 2},       {"third", 3},       {"fourth", 4},      {"fifth", 5},
     {"sixth", 6},      {"seventh", 7},      {"eighth", 8},      {"ninth", 9},       {"tenth", 10},
     {"eleventh", 11},  {"twelfth", 12},     {"thirteenth", 13}, {"fourteenth", 14}, {"fifteenth", 15},
     {"sixteenth", 16}, {"seventeenth", 17}, {"eighteenth", 18}, {"nineteenth", 19}, {"twentieth", 20},
     {"thirtieth", 30}}};

template <std::size_t kCount>
int number_value(const std::array<NumberWord, kCount>& table, std::string_view word) {
  for (const NumberWord& entry : table) {
    if (entry.first == word) return entry.second;
  }
  return -1;
}

bool is_number_word(std::string_view word) { return number_value(kUnitWords, word) >= 0 || number_value(kTens, word) >= 0; }

// The sum that grows while number words are read.
struct Sum {
  enum class Last { none, unit, tens, hundred, thousand };
  std::int64_t total = 0, current = 0;
  Last last = Last::none;
  bool has_scale = false;

  bool take(std::string_view word) {
    if (const int unit = number_value(kUnitWords, word); unit >= 0) {
      if (last == Last::unit || (last == Last::tens && (unit > 9 || unit == 0))) return false;
      current += unit;
      last = Last::unit;
      return true;
    }
    if (const int tens = number_value(kTens, word); tens >= 0) {
      if (last == Last::unit || last == Last::tens) return false;
      current += tens;
      last = Last::tens;
      return true;
    }
    const int scale = number_value(kScales, word);
    if (scale == 100 && last != Last::hundred && current < 100 && !(last == Last::thousand)) {
      current = std::max<std::int64_t>(current, 1) * 100;
      last = Last::hundred;
    } else if (scale == 1000 && total == 0 && last != Last::thousand) {
      total = std::max<std::int64_t>(current, 1) * 1000;
      current = 0;
      last = Last::thousand;
    } else {
      return false;
    }
    has_scale = true;
    return true;
  }
};

std::optional<NumberAt> read_digits(const Tokens& tokens, std::size_t index) {
  const long first = tokens.number(index);
  if (first < 0) return std::nullopt;
  NumberAt read{first, index + 1, false, false, tokens[index].folded.size()};
  if (read.digit_count > 3) return read;
  while (tokens.is(read.end, ",") && tokens.is_glued(read.end) && tokens.is_glued(read.end + 1) &&
         tokens.is_number(read.end + 1) && tokens[read.end + 1].folded.size() == 3) {
    read.value = read.value * 1000 + tokens.number(read.end + 1);
    if (read.value > kValueMax) return std::nullopt;
    read.end += 2;
  }
  return read;
}

}  // namespace

std::optional<NumberAt> read_number_words(const Tokens& tokens, std::size_t index) {
  Sum sum;
  std::size_t at = index;
  if (tokens.is(at, "a") && number_value(kScales, tokens.word(at + 1)) > 0) ++at;
  std::size_t end = 0;
  for (std::size_t count = 0; count < kNumberWordsMax; ++count) {
    std::size_t next = at;
    if (end != 0 && tokens.is(next, "-") && tokens.is_glued(next) && tokens.is_glued(next + 1)) ++next;
    if (end != 0 && tokens.is(next, "and") && sum.has_scale && is_number_word(tokens.word(next + 1)) &&
        (sum.last == Sum::Last::hundred || sum.last == Sum::Last::thousand)) {
      ++next;
    }
    if (!tokens.is_word(next) || !sum.take(tokens.word(next))) break;
    at = end = next + 1;
  }
  if (end == 0 || is_number_word(tokens.word(end)) || sum.total + sum.current > kValueMax) return std::nullopt;
  return NumberAt{sum.total + sum.current, end, true, sum.has_scale, 0};
}

std::optional<NumberAt> read_whole_number(const Tokens& tokens, std::size_t index) {
  if (!tokens.is_number(index)) return read_number_words(tokens, index);
  auto read = read_digits(tokens, index);
  if (!read) return std::nullopt;
  const int scale = number_value(kScales, tokens.word(read->end));
  if ((scale == 100 && read->value < 100) || (scale == 1000 && read->value < 1000)) {
    read->value *= scale;
    read->has_scale = true;
    ++read->end;
  }
  return read;
}

std::optional<NumberAt> read_ordinal(const Tokens& tokens, std::size_t index) {
  if (tokens.is_number(index)) {
    const std::string_view suffix = tokens.word(index + 1);
    const bool is_suffix = suffix == "st" || suffix == "nd" || suffix == "rd" || suffix == "th";
    if (!is_suffix || !tokens.is_glued(index + 1) || tokens.number(index) < 1) return std::nullopt;
    return NumberAt{tokens.number(index), index + 2, false, false, tokens[index].folded.size()};
  }
  const std::string_view word = tokens.word(index);
  if (const int tens = number_value(kTens, word); tens == 20 || tens == 30) {
    const std::size_t next = tokens.is(index + 1, "-") ? index + 2 : index + 1;
    const int unit = number_value(kOrdinals, tokens.word(next));
    if (unit >= 1 && unit <= 9) return NumberAt{tens + unit, next + 1, true, false, 0};
    return std::nullopt;
  }
  const int value = number_value(kOrdinals, word);
  if (value < 1) return std::nullopt;
  return NumberAt{value, index + 1, true, false, 0};
}

}  // namespace deskhand::reader
