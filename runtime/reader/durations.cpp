#include "reader/durations.h"

#include "reader/calendar_words.h"
#include "reader/numbers.h"

namespace deskhand::reader {
namespace {

constexpr int kMonthsMax = 12 * 100;
constexpr std::int64_t kCountMax = 10'000;

// Adds the measure; false when the part does not come out whole ("1.5 months") or is absurdly long.
bool add(const Measure& measure, Duration& duration) {
  const std::int64_t hundredths = measure.hundredths;
  switch (measure.unit) {
    case Unit::minute:
      duration.minutes += static_cast<int>(hundredths / 100);
      return measure.is_whole() && duration.minutes <= kMinutesMax;
    case Unit::hour:
      duration.minutes += static_cast<int>(hundredths * 60 / 100);
      return duration.minutes <= kMinutesMax;
    case Unit::day:
      duration.days += measure.whole();
      return measure.is_whole() && duration.days <= kDaysMax;
    case Unit::week:
      duration.days += 7 * measure.whole();
      return measure.is_whole() && duration.days <= kDaysMax;
    case Unit::business_day:
      duration.business_days += measure.whole();
      return measure.is_whole() && duration.business_days <= kDaysMax;
    case Unit::month:
      duration.months += measure.whole();
      return measure.is_whole() && duration.months <= kMonthsMax;
    case Unit::year:
      duration.months += static_cast<int>(hundredths * 12 / 100);
      return duration.months <= kMonthsMax;
  }
  return false;
}

// "1h30": minutes glued behind the hours.
std::size_t add_glued_minutes(const Tokens& tokens, std::size_t index, Duration& duration) {
  const bool is_minutes = tokens.is_number(index) && tokens.is_glued(index) && tokens[index].folded.size() == 2 &&
                          tokens.number(index) < 60;
  if (!is_minutes) return index;
  duration.minutes += static_cast<int>(tokens.number(index));
  return tokens.is(index + 1, "m") && tokens.is_glued(index + 1) ? index + 2 : index + 1;
}

struct DurationAt {
  Duration duration;
  Certainty certainty = Certainty::sure;
  std::size_t end = 0;
};

// "2 hours", "2 hours and 30 minutes", "a year and 3 months".
std::optional<DurationAt> read_at(const Tokens& tokens, std::size_t index) {
  auto measure = read_measure(tokens, index);
  // "a second" and "the 3 minute mark" are left to the caller's eyes; "a m" is nothing.
  if (!measure) return std::nullopt;
  DurationAt read;
  if (!add(measure->value, read.duration)) return std::nullopt;
  read.certainty = measure->certainty;
  read.end = measure->end;
  if (measure->value.unit == Unit::hour) read.end = add_glued_minutes(tokens, read.end, read.duration);
  const std::size_t more_at = tokens.is(read.end, "and") || tokens.is(read.end, ",") ? read.end + 1 : read.end;
  const auto more = read_measure(tokens, more_at);
  // Units must go down: "2 hours, 3 days" are two durations.
  if (more && more->value.unit < measure->value.unit && !(tokens.is(more_at, "a") && more_at == read.end)) {
    Duration sum = read.duration;
    if (add(more->value, sum)) {
      read.duration = sum;
      read.end = more->end;
    }
  }
  return read;
}

struct CountAt {
  int count = 0;
  std::size_t end = 0;
};

std::optional<CountAt> read_count(const Tokens& tokens, std::size_t index) {
  const std::string_view word = tokens.word(index);
  if (word == "once" && !tokens.is(index + 1, "he") && !tokens.is(index + 1, "she") && !tokens.is(index + 1, "they") &&
      !tokens.is(index + 1, "we") && !tokens.is(index + 1, "i") && !tokens.is(index + 1, "the") &&
      !(index > 0 && tokens.is(index - 1, "at"))) {
    return CountAt{1, index + 1};
  }
  if (word == "twice") return CountAt{2, index + 1};
  const auto number = read_whole_number(tokens, index);
  if (!number || number->value < 1 || number->value > kCountMax) return std::nullopt;
  const bool is_times =
      tokens.is(number->end, "times") || (tokens.is(number->end, "x") && tokens.is_glued(number->end));
  const bool is_one_time = number->value == 1 && tokens.is(number->end, "time");
  if (!is_times && !is_one_time) return std::nullopt;
  if (tokens.is_glued(number->end + 1) && (tokens.is_number(number->end + 1) || tokens.is_word(number->end + 1)))
    return std::nullopt;  // 2x4
  return CountAt{static_cast<int>(number->value), number->end + 1};
}

}  // namespace

std::vector<Reading<Duration>> find_durations(std::string_view text) {
  const Tokens tokens(text);
  std::vector<Reading<Duration>> readings;
  for (std::size_t index = 0; index < tokens.size() && readings.size() < kReadingsMax;) {
    // "30-minute" begins at 30, "A5 h" does not begin at 5.
    const bool starts_inside = tokens.is_glued(index) && index > 0 &&
                               (tokens.is_word(index - 1) || tokens.is(index - 1, "$") || tokens.is(index - 1, "."));
    const bool is_half = index > 0 && tokens.is(index - 1, "half");  // "half a day" has no fixed length
    const auto read = starts_inside || is_half ? std::nullopt : read_at(tokens, index);
    if (!read) {
      ++index;
      continue;
    }
    readings.push_back({read->duration, tokens.span(index, read->end), read->certainty});
    index = read->end;
  }
  return readings;
}

std::vector<Reading<int>> find_counts(std::string_view text) {
  const Tokens tokens(text);
  std::vector<Reading<int>> readings;
  for (std::size_t index = 0; index < tokens.size() && readings.size() < kReadingsMax;) {
    const auto read = read_count(tokens, index);
    if (!read) {
      ++index;
      continue;
    }
    readings.push_back({read->count, tokens.span(index, read->end), Certainty::sure});
    index = read->end;
  }
  return readings;
}

}  // namespace deskhand::reader
