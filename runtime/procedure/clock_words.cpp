#include "procedure/clock_words.h"

#include <optional>
#include <string>

#include "base/text.h"
#include "procedure/condition_words.h"
#include "procedure/weekday_words.h"

namespace deskhand::procedure {
namespace {

constexpr int kNoon = 12 * 60;
constexpr int kBareAfternoon = 5;  // "at 3": a business that means three in the morning says so

bool is_am(std::string_view word) { return word == "am" || word == "a"; }
bool is_pm(std::string_view word) { return word == "pm" || word == "p"; }

// The digits a word begins with, and what is glued to them: "8am", "17h30", "0730".
struct Digits {
  int value = -1;
  std::size_t count = 0;
  std::string_view suffix;
};

Digits digits_of(std::string_view word) {
  Digits result;
  while (result.count < word.size() && word[result.count] >= '0' && word[result.count] <= '9') ++result.count;
  if (result.count == 0 || result.count > 4) return result;
  result.value = 0;
  for (const char digit : word.substr(0, result.count)) result.value = result.value * 10 + (digit - '0');
  result.suffix = word.substr(result.count);
  return result;
}

// How the hour was written decides how it is understood.
enum class HourStyle { bare, clock, exact };  // "at 3", "3:00", "03:00" or "15:00"

enum class PartOfDay { none, morning, afternoon, evening, night };

PartOfDay part_named(std::string_view word) {
  if (word == "morning" || word == "mornings") return PartOfDay::morning;
  if (word == "afternoon" || word == "afternoons") return PartOfDay::afternoon;
  if (word == "evening" || word == "evenings") return PartOfDay::evening;
  if (word == "night" || word == "nights" || word == "nightly") return PartOfDay::night;
  return PartOfDay::none;
}

// -1: the two contradict each other.
int hour_in(int hour, HourStyle style, PartOfDay part) {
  if (style == HourStyle::exact || hour > 12) return hour;
  switch (part) {
    case PartOfDay::none:
      return style == HourStyle::bare && hour < kBareAfternoon ? hour + 12 : hour;
    case PartOfDay::morning:
      return hour < 12 ? hour : -1;
    case PartOfDay::afternoon:
      if (hour == 12) return hour;
      return hour <= 8 ? hour + 12 : -1;
    case PartOfDay::evening:
      return hour < 12 ? hour + 12 : -1;
    case PartOfDay::night:
      if (hour == 12) return 0;
      return hour >= 6 ? hour + 12 : hour;
  }
  return hour;
}

// One attempt to read a time at one word; which words it took is in `begin_` and `end_`.
class ClockReader {
 public:
  ClockReader(std::string_view text, const std::vector<Word>& words, std::size_t at)
      : text_(text), words_(words), begin_(at), end_(at) {}

  enum class Outcome { none, clock, misread };

  Outcome read() {
    const auto word = word_at(begin_);
    if (word == "noon" || word == "midday") return take(kNoon, begin_ + 1);
    if (word == "midnight") return take(0, begin_ + 1);
    if (const auto spoken = read_spoken(); spoken != Outcome::none) return spoken;
    const auto digits = digits_of(word);
    if (digits.value < 0) return read_number_word();
    return digits.count <= 2 ? read_short(digits) : read_long(digits);
  }

  ClockWords words() const { return {minute_, begin_, end_}; }

 private:
  std::string_view word_at(std::size_t at) const {
    return at < words_.size() ? std::string_view(words_[at].text) : std::string_view();
  }
  char char_before(std::size_t at) const {
    return at < words_.size() && words_[at].begin > 0 ? text_[words_[at].begin - 1] : ' ';
  }
  // The words follow each other with only this between them.
  bool is_joined(std::size_t at, char mark) const {
    return at + 1 < words_.size() && words_[at + 1].begin == words_[at].end + 1 && text_[words_[at].end] == mark;
  }
  bool is_last(std::size_t at) const { return at + 1 >= words_.size(); }

  bool follows_at() const { return (begin_ > 0 && word_at(begin_ - 1) == "at") || char_before(begin_) == '@'; }
  bool follows_day() const {
    if (begin_ == 0) return false;
    const auto word = word_at(begin_ - 1);
    return weekday_named(word) || part_named(word) != PartOfDay::none ||
           is_one_of(word, {"daily", "weekly", "monthly", "weekdays", "weekday", "weekends", "weekend", "month"}) ||
           (is_one_of(word, {"day", "days"}) && begin_ > 1 &&
            is_one_of(word_at(begin_ - 2), {"every", "each", "business", "working", "week", "all"}));
  }
  bool is_followed_by_percent(std::size_t at) const {
    return words_[at].end < text_.size() && text_[words_[at].end] == '%';
  }
  // "daily 7" and "at 7, Monday", but not "at 7 leads a day".
  bool ends_phrase(std::size_t at) const {
    if (is_last(at)) return true;
    const auto next = word_at(at + 1);
    return weekday_named(next) || is_one_of(next, {"on", "and", "or", "every", "each", "except", "daily", "weekdays",
                                                   "o", "sharp", "in", "but", "local", "business", "of", "the"});
  }

  Outcome take(int minute, std::size_t end) {
    minute_ = minute;
    end_ = end;
    while (is_one_of(word_at(end_), {"sharp", "hrs", "hours", "h"})) ++end_;
    if (is_joined(end_ - 1, ':') && word_at(end_) == "00") ++end_;  // seconds
    if (is_one_of(word_at(end_), {"local", "business"}) && word_at(end_ + 1) == "time") end_ += 2;
    const bool is_zone = is_one_of(
        word_at(end_), {"est", "edt", "cst",  "cdt", "mst", "mdt",  "pst", "pdt", "gmt", "utc",     "cet",     "cest",
                        "bst", "ist", "aest", "jst", "et",  "zulu", "ct",  "mt",  "pt",  "eastern", "pacific", "z"});
    return is_zone ? Outcome::misread : Outcome::clock;
  }

  Outcome take_hour(int hour, int minute, HourStyle style, std::size_t end) {
    if (hour > 23 || minute > 59) return Outcome::misread;
    if (word_at(end) == "o") end += word_at(end + 1) == "clock" ? 2 : 1;
    auto part = PartOfDay::none;
    if (const bool named =
            word_at(end) == "in" && word_at(end + 1) == "the" && part_named(word_at(end + 2)) != PartOfDay::none;
        named || (word_at(end) == "at" && word_at(end + 1) == "night")) {
      part = part_named(word_at(end + (named ? 2 : 1)));
      end += named ? 3 : 2;
    } else {
      std::size_t before = begin_;
      if (before > 0 && word_at(before - 1) == "at") --before;
      if (before > 0) part = part_named(word_at(before - 1));
    }
    const int meant = hour_in(hour, style, part);
    return meant < 0 ? Outcome::misread : take(meant * 60 + minute, end);
  }

  // "am", "p.m." at this word: how many words it took, 0 when there is none.
  std::size_t suffix_words(std::size_t at) const {
    const auto word = word_at(at);
    if (word == "am" || word == "pm") return 1;
    return (word == "a" || word == "p") && word_at(at + 1) == "m" && is_joined(at, '.') ? 2 : 0;
  }

  Outcome take_twelve(int hour, int minute, std::string_view suffix, std::size_t end) {
    if (hour < 1 || hour > 12 || minute > 59) return Outcome::misread;
    return take((hour % 12 + (is_pm(suffix) ? 12 : 0)) * 60 + minute, end);
  }

  // "half past seven", "a quarter to eight", "ten minutes past 7", "at ten to six".
  Outcome read_spoken() {
    std::size_t at = begin_;
    if (word_at(at) == "a" && word_at(at + 1) == "quarter") ++at;
    const bool is_half = word_at(at) == "half", is_quarter = word_at(at) == "quarter";
    const int amount = is_half ? 30 : is_quarter ? 15 : number_of(word_at(at));
    if (amount < 1 || amount > 30) return Outcome::none;
    ++at;
    const bool has_minutes = is_one_of(word_at(at), {"minutes", "minute", "min"});
    if (has_minutes) ++at;
    if (is_half && number_of(word_at(at)) > 0 && number_of(word_at(at)) <= 12 && follows_at())
      return Outcome::misread;  // half seven: 6:30 to one reader, 7:30 to another
    if (!is_half && !is_quarter && !has_minutes && !follows_at()) return Outcome::none;
    const bool is_past = is_one_of(word_at(at), {"past", "after"});
    const bool is_to = !is_half && is_one_of(word_at(at), {"to", "till", "before", "of"});
    if (!is_past && !is_to) return Outcome::none;
    ++at;
    int hour = number_of(word_at(at));
    if (word_at(at) == "noon" || word_at(at) == "midnight") hour = 12;
    if (hour < 1 || hour > 12) {
      const bool is_clock_phrase = (is_half || is_quarter) && is_past;
      return is_clock_phrase ? Outcome::misread : Outcome::none;
    }
    const bool is_noon = word_at(at) == "noon", is_midnight = word_at(at) == "midnight";
    const int minute = is_past ? amount : 60 - amount;
    if (const auto suffix = suffix_words(at + 1); suffix > 0) {
      const int base = (hour % 12 + (is_pm(word_at(at + 1)) ? 12 : 0)) * 60;
      return take((base + (is_past ? amount : -amount) + 24 * 60) % (24 * 60), at + 1 + suffix);
    }
    if (is_noon || is_midnight)
      return take(((is_noon ? kNoon : 0) + (is_past ? amount : -amount) + 24 * 60) % (24 * 60), at + 1);
    const int before = hour == 1 ? 12 : hour - 1;
    return take_hour(is_past ? hour : before, minute, HourStyle::bare, at + 1);
  }

  // "at seven", "at eight thirty".
  Outcome read_number_word() {
    if (!follows_at()) return Outcome::none;
    const int hour = number_of(word_at(begin_));
    if (hour < 1 || hour > 12 || is_unit_at(words_, begin_ + 1)) return Outcome::none;
    std::size_t next = begin_ + 1;
    int minute = 0;
    if (const int tens = number_of(word_at(next)); tens >= 10 && tens < 60 && !is_unit_at(words_, next + 1)) {
      minute = tens;
      ++next;
      const int ones = number_of(word_at(next));
      if (tens % 10 == 0 && tens >= 20 && ones >= 1 && ones <= 9) {
        minute += ones;
        ++next;
      }
    }
    if (const auto suffix = suffix_words(next); suffix > 0)
      return take_twelve(hour, minute, word_at(next), next + suffix);
    return take_hour(hour, minute, HourStyle::bare, next);
  }

  // One or two digits: "8am", "8:30", "17h30", "at 7".
  Outcome read_short(const Digits& hour) {
    const bool is_padded = hour.count == 2 && word_at(begin_).front() == '0';
    if (hour.suffix == "am" || hour.suffix == "pm" || hour.suffix == "a" || hour.suffix == "p")
      return take_twelve(hour.value, 0, hour.suffix, begin_ + 1);
    if (is_one_of(hour.suffix, {"st", "nd", "rd", "th"})) return Outcome::none;
    if (is_one_of(hour.suffix, {"h", "hr", "hrs"}) && !is_joined(begin_, ':')) {
      if (!follows_at() && !follows_day() && begin_ > 0) return Outcome::none;  // "quiet for 48h"
      return take_hour(hour.value, 0, HourStyle::exact, begin_ + 1);
    }
    if (hour.suffix.size() == 3 && hour.suffix.front() == 'h') {
      const auto minute = digits_of(hour.suffix.substr(1));
      if (minute.count == 2) return take_hour(hour.value, minute.value, HourStyle::exact, begin_ + 1);
    }
    if (!hour.suffix.empty()) return follows_at() ? Outcome::misread : Outcome::none;
    if (is_joined(begin_, ':') || is_joined(begin_, '.')) return read_marked(hour.value, is_padded);
    if (is_joined(begin_, ' ') && is_one_of(word_at(begin_ + 1), {"noon", "midday", "midnight"}) && hour.value == 12)
      return take(word_at(begin_ + 1) == "midnight" ? 0 : kNoon, begin_ + 2);
    if (const auto suffix = suffix_words(begin_ + 1); suffix > 0)
      return take_twelve(hour.value, 0, word_at(begin_ + 1), begin_ + 1 + suffix);
    if (is_followed_by_percent(begin_) || is_unit_at(words_, begin_ + 1)) return Outcome::none;
    const auto behind = text_.substr(words_[begin_].end);
    const bool is_stretch = (behind.starts_with("-") || behind.starts_with("–")) && begin_ + 1 < words_.size() &&
                            words_[begin_ + 1].is_number;
    if (is_stretch && (follows_day() || follows_at())) return Outcome::misread;  // "Mon-Fri 9-5"
    const bool says_part = word_at(begin_ + 1) == "in" && word_at(begin_ + 2) == "the" &&
                           part_named(word_at(begin_ + 3)) != PartOfDay::none;
    const bool is_oclock = word_at(begin_ + 1) == "o";
    if (hour.value < 1 && !is_padded) return Outcome::none;
    if (!is_oclock && !says_part && !follows_at() && !(follows_day() && ends_phrase(begin_))) return Outcome::none;
    if (hour.value > 23) return ends_phrase(begin_) ? Outcome::misread : Outcome::none;
    return take_hour(hour.value, 0, is_oclock && !says_part ? HourStyle::clock : HourStyle::bare, begin_ + 1);
  }

  // "8:30", "7.30 pm"; not "12.05.2026", "$7.50" and "2.50%".
  Outcome read_marked(int hour, bool is_padded) {
    const bool has_colon = is_joined(begin_, ':');
    const auto minute = digits_of(word_at(begin_ + 1));
    if (minute.count != 2) return has_colon && minute.count > 0 ? Outcome::misread : Outcome::none;
    const bool is_other = char_before(begin_) == '$' || is_followed_by_percent(begin_ + 1) ||
                          (is_joined(begin_ + 1, '.') && digits_of(word_at(begin_ + 2)).value >= 0);
    if (!has_colon && (is_other || hour > 23 || minute.value > 59)) return Outcome::none;
    if (is_am(minute.suffix) || is_pm(minute.suffix)) return take_twelve(hour, minute.value, minute.suffix, begin_ + 2);
    if (!minute.suffix.empty() && !is_one_of(minute.suffix, {"h", "hrs"})) return Outcome::misread;
    if (const auto suffix = suffix_words(begin_ + 2); suffix > 0)
      return take_twelve(hour, minute.value, word_at(begin_ + 2), begin_ + 2 + suffix);
    if (is_joined(begin_ + 1, ':') && word_at(begin_ + 2) != "00") return Outcome::misread;
    return take_hour(hour, minute.value, is_padded || hour == 0 ? HourStyle::exact : HourStyle::clock, begin_ + 2);
  }

  // Three or four digits: "0730", "730am", "at 1730", "1730 hours"; a year or a house number is none.
  Outcome read_long(const Digits& digits) {
    const int hour = digits.value / 100, minute = digits.value % 100;
    if (digits.suffix == "am" || digits.suffix == "pm") return take_twelve(hour, minute, digits.suffix, begin_ + 1);
    const bool says_hours = digits.suffix == "h" || digits.suffix == "hrs" ||
                            (digits.count == 4 && is_one_of(word_at(begin_ + 1), {"hours", "hrs", "h"}));
    if (!digits.suffix.empty() && !says_hours) return Outcome::none;
    if (const auto suffix = suffix_words(begin_ + 1); suffix > 0)
      return take_twelve(hour, minute, word_at(begin_ + 1), begin_ + 1 + suffix);
    const bool is_padded = word_at(begin_).front() == '0';
    const bool is_meant = says_hours || ((follows_at() || follows_day() || begin_ == 0) && ends_phrase(begin_)) ||
                          (is_padded && digits.count == 4 && ends_phrase(begin_));
    if (!is_meant || char_before(begin_) == '$' || is_joined(begin_, '-')) return Outcome::none;
    return take_hour(hour, minute, is_padded || digits.count == 4 ? HourStyle::exact : HourStyle::clock, begin_ + 1);
  }

  std::string_view text_;
  const std::vector<Word>& words_;
  std::size_t begin_, end_;
  int minute_ = 0;
};

// "8-9am", "between 8 and 9am": a stretch, of which the first end is no clock by itself.
bool is_end_of_stretch(std::string_view text, const std::vector<Word>& words, std::size_t at) {
  const auto is_bare = [&](std::size_t other) {
    const auto digits = digits_of(words[other].text);
    return digits.count >= 1 && digits.count <= 2 && digits.suffix.empty();
  };
  if (at == 0) return false;
  const auto between = trim(text.substr(words[at - 1].end, words[at].begin - words[at - 1].end));
  if (is_bare(at - 1)) return between == "-" || between == "–" || between == "—";
  return at > 1 && is_one_of(words[at - 1].text, {"to", "and", "or", "till", "until"}) && is_bare(at - 2);
}

}  // namespace

ClockReading clocks_in(std::string_view text, const std::vector<Word>& words) {
  ClockReading reading;
  for (std::size_t at = 0; at < words.size(); ++at) {
    ClockReader reader(text, words, at);
    const auto outcome = reader.read();
    if (outcome == ClockReader::Outcome::misread) reading.is_misread = true;
    if (outcome != ClockReader::Outcome::clock) continue;
    if (is_end_of_stretch(text, words, at)) reading.is_misread = true;
    reading.clocks.push_back(reader.words());
    at = reader.words().end - 1;
  }
  return reading;
}

}  // namespace deskhand::procedure
