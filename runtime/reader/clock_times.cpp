#include "reader/clock_times.h"

#include <algorithm>
#include <array>

#include "reader/calendar_words.h"
#include "reader/lexicon.h"

namespace deskhand::reader {
namespace {

constexpr int kNoon = 12 * 60;

enum class HalfDay { open, morning, afternoon };

struct Hour {
  int hour = 0, minute = 0;
  HalfDay half = HalfDay::open;
  bool has_minutes = false;  // a colon was written
  bool is_certain = false;   // 14:30, noon: no am or pm needed
  bool is_impossible = false;
  std::size_t end = 0;
};

// "am", "a.m.", "p", "pm"; `index` is the token after the digits.
std::optional<WordAt<HalfDay>> read_half_day(const Tokens& tokens, std::size_t index) {
  const std::string_view word = tokens.word(index);
  if (word == "am" || word == "pm") {
    // "Friday at 2. Am I late?": the word must be near in writing, too.
    if (tokens[index].line_start) return std::nullopt;
    return WordAt<HalfDay>{word == "am" ? HalfDay::morning : HalfDay::afternoon, index + 1};
  }
  if (word != "a" && word != "p") return std::nullopt;
  const HalfDay half = word == "a" ? HalfDay::morning : HalfDay::afternoon;
  if (tokens.is(index + 1, ".") && tokens.is(index + 2, "m") && tokens.is_glued(index + 1) &&
      tokens.is_glued(index + 2)) {
    const bool has_stop = tokens.is(index + 3, ".") && tokens.is_glued(index + 3);
    return WordAt<HalfDay>{half, index + (has_stop ? 4 : 3)};
  }
  if (tokens.is_glued(index) && tokens.is_number(index - 1)) return WordAt<HalfDay>{half, index + 1};
  return std::nullopt;
}

// "two", "two thirty", "two fifteen".
std::optional<Hour> read_word_hour(const Tokens& tokens, std::size_t index) {
  constexpr std::array<std::string_view, 12> kHours{"one",   "two",   "three", "four", "five",   "six",
                                                    "seven", "eight", "nine",  "ten",  "eleven", "twelve"};
  const auto found = std::find(kHours.begin(), kHours.end(), tokens.word(index));
  if (found == kHours.end()) return std::nullopt;
  Hour read{static_cast<int>(found - kHours.begin()) + 1, 0};
  read.end = index + 1;
  const std::string_view next = tokens.word(read.end);
  const int minute = next == "thirty" ? 30 : next == "fifteen" ? 15 : 0;
  if (minute != 0) {
    read.minute = minute;
    read.has_minutes = true;
    ++read.end;
  }
  return read;
}

// "2", "2:30", "14:30", "1430" is none, "2.30pm", "two", "two thirty", "noon", "midnight", "half past two".
std::optional<Hour> read_hour(const Tokens& tokens, std::size_t index) {
  const std::string_view word = tokens.word(index);
  if (word == "noon" || word == "midday") return Hour{12, 0, HalfDay::afternoon, false, true, false, index + 1};
  if (word == "midnight") return Hour{0, 0, HalfDay::open, false, true, false, index + 1};
  const bool is_half = word == "half", is_quarter = word == "quarter";
  if ((is_half || is_quarter) && (tokens.is(index + 1, "past") || (is_quarter && tokens.is(index + 1, "to")))) {
    auto hour = read_hour(tokens, index + 2);
    if (!hour || hour->has_minutes || hour->hour < 1 || hour->hour > 12) return std::nullopt;
    const bool is_before = tokens.is(index + 1, "to");
    hour->minute = is_half ? 30 : is_before ? 45 : 15;
    if (is_before) hour->hour = hour->hour == 1 ? 12 : hour->hour - 1;
    hour->has_minutes = true;
    return hour;
  }
  if (!tokens.is_number(index)) {
    auto hour = read_word_hour(tokens, index);
    if (hour) {
      if (const auto half = read_half_day(tokens, hour->end)) hour->half = half->value, hour->end = half->end;
    }
    return hour;
  }
  if (tokens[index].folded.size() > 2) return std::nullopt;
  Hour read{static_cast<int>(tokens.number(index)), 0};
  read.end = index + 1;
  const bool has_colon = tokens.is(index + 1, ":");
  if ((has_colon || tokens.is(index + 1, ".")) && tokens.is_glued(index + 1) && tokens.is_glued(index + 2) &&
      tokens.is_number(index + 2) && tokens[index + 2].folded.size() == 2) {
    read.minute = static_cast<int>(tokens.number(index + 2));
    read.has_minutes = true;
    read.end = index + 3;
    // "14:30:00"
    if (has_colon && tokens.is(index + 3, ":") && tokens.is_glued(index + 3) && tokens.is_number(index + 4))
      read.end = index + 5;
  }
  const auto half = read_half_day(tokens, read.end);
  if (half) {
    read.half = half->value;
    read.end = half->end;
  }
  if (read.has_minutes && !has_colon && !half) return std::nullopt;  // "2.30" alone is money or a number
  const bool is_24_hours = read.hour > 12 || read.hour == 0;
  read.is_impossible =
      read.minute > 59 || read.hour > 23 || (half && read.hour == 0 && half->value == HalfDay::afternoon);
  if (read.is_impossible && !has_colon && !half) return std::nullopt;  // a plain number
  if (half && read.hour > 12 && (half->value == HalfDay::morning || !read.has_minutes)) read.is_impossible = true;
  read.is_certain = is_24_hours && has_colon;
  return read;
}

bool is_time_mark(std::string_view word) { return word == "oclock" || word == "sharp" || word == "ish"; }

// "o'clock" is one word; "o clock" two.
std::size_t skip_time_marks(const Tokens& tokens, std::size_t index) {
  for (int count = 0; count < 2; ++count) {
    if (is_time_mark(tokens.word(index)))
      ++index;
    else if (tokens.is(index, "o") && tokens.is(index + 1, "clock"))
      index += 2;
    else if (tokens.is(index, "-") && tokens.is(index + 1, "ish"))
      index += 2;
    else
      break;
  }
  return index;
}

int minute_of(const Hour& hour, HalfDay half) {
  int value = hour.hour * 60 + hour.minute;
  if (half == HalfDay::afternoon && hour.hour < 12) value += kNoon;
  if (half == HalfDay::morning && hour.hour == 12) value -= kNoon;
  return value;
}

// The half of the day that business hours suggest.
HalfDay usual_half(int hour) { return hour >= 1 && hour <= 6 ? HalfDay::afternoon : HalfDay::morning; }

ClockPhrase clock_phrase_of(const Hour& hour, std::size_t end) {
  ClockPhrase phrase;
  phrase.end = end;
  phrase.is_impossible = hour.is_impossible;
  if (hour.is_impossible) return phrase;
  const bool is_open = hour.half == HalfDay::open && !hour.is_certain;
  phrase.is_half_day_open = is_open && hour.hour >= 1 && hour.hour <= 12;
  const bool is_open_noon = is_open && hour.hour == 12;
  phrase.minute = minute_of(hour, is_open && !is_open_noon ? usual_half(hour.hour) : hour.half);
  phrase.certainty = phrase.is_half_day_open ? Certainty::likely : Certainty::sure;
  if (hour.hour == 0 && hour.half == HalfDay::open && !hour.has_minutes)
    phrase.certainty = Certainty::likely;  // midnight
  phrase.is_explicit = !is_open || hour.has_minutes;
  return phrase;
}

struct ClockRange {
  Hour first, second;
  std::size_t end = 0;
};

// "2-4pm", "9am to 11am", "between 2 and 4".
std::optional<ClockRange> read_range(const Tokens& tokens, std::size_t index, bool is_between) {
  const auto first = read_hour(tokens, index);
  if (!first) return std::nullopt;
  const std::size_t joint = skip_time_marks(tokens, first->end);
  const bool joins = tokens.is(joint, "-") || tokens.is(joint, "to") || tokens.is(joint, "til") ||
                     tokens.is(joint, "until") || (is_between && tokens.is(joint, "and"));
  if (!joins) return std::nullopt;
  const auto second = read_hour(tokens, joint + 1);
  if (!second) return std::nullopt;
  return ClockRange{*first, *second, skip_time_marks(tokens, second->end)};
}

std::optional<ClockPhrase> clock_phrase_of(const ClockRange& range) {
  if (range.first.is_impossible || range.second.is_impossible) {
    ClockPhrase phrase;
    phrase.is_impossible = true;
    phrase.end = range.end;
    return phrase;
  }
  ClockPhrase phrase = clock_phrase_of(range.second, range.end);
  Hour first = range.first;
  // "2-4pm": the first hour takes the half that puts it before the second.
  if (first.half == HalfDay::open && !first.is_certain && range.second.half != HalfDay::open) {
    first.half = range.second.half;
    if (minute_of(first, first.half) > *phrase.minute) first.half = HalfDay::morning;
  }
  const ClockPhrase begin = clock_phrase_of(first, range.end);
  if (begin.minute >= phrase.minute) return std::nullopt;
  phrase.minute_end = phrase.minute;
  phrase.minute = begin.minute;
  phrase.is_explicit = phrase.is_explicit || begin.is_explicit;
  if (begin.certainty == Certainty::likely) phrase.certainty = Certainty::likely;
  return phrase;
}

std::optional<DayPart> part_named(std::string_view word) {
  if (word == "morning" || word == "mornin" || word == "am") return DayPart::morning;
  if (word == "lunchtime" || word == "lunch") return DayPart::midday;
  if (word == "afternoon" || word == "aft" || word == "arvo" || word == "pm") return DayPart::afternoon;
  if (word == "evening" || word == "eve") return DayPart::evening;
  if (word == "night") return DayPart::night;
  return std::nullopt;
}

ClockPhrase part_phrase(DayPart part, std::size_t end, bool is_explicit) {
  ClockPhrase phrase;
  phrase.part = part;
  phrase.end = end;
  phrase.is_explicit = is_explicit;
  return phrase;
}

// "first thing", "in the morning", "after lunch", "end of day", "afternoon" beside a day.
std::optional<ClockPhrase> read_part(const Tokens& tokens, std::size_t index, bool beside_day) {
  const std::string_view word = tokens.word(index), next = tokens.word(index + 1);
  if (word == "first" && next == "thing") {
    const bool is_in_morning =
        tokens.is(index + 2, "in") && tokens.is(index + 3, "the") && tokens.is(index + 4, "morning");
    const bool is_morning = tokens.is(index + 2, "morning");
    return part_phrase(DayPart::morning, index + (is_in_morning ? 5 : is_morning ? 3 : 2), true);
  }
  if (word == "last" && next == "thing" && beside_day) return part_phrase(DayPart::end_of_day, index + 2, false);
  if ((word == "after" || word == "before") && (next == "lunch" || next == "noon" || next == "lunchtime")) {
    if (next == "noon" && word == "before") return std::nullopt;  // a bound on a time, read as one
    return part_phrase(word == "after" ? DayPart::afternoon : DayPart::morning, index + 2, true);
  }
  if ((word == "at" || word == "over" || word == "around") && (next == "lunch" || next == "lunchtime")) {
    return part_phrase(DayPart::midday, index + 2, true);
  }
  if (word == "at" && next == "night") return part_phrase(DayPart::night, index + 2, beside_day);
  const bool is_early = word == "early" || word == "late" || word == "mid";
  if (word == "in" || word == "during" || is_early || (word == "the" && beside_day)) {
    std::size_t at = index + 1;
    if (!is_early && tokens.is(at, "the")) ++at;
    if (tokens.is(at, "early") || tokens.is(at, "late") || tokens.is(at, "mid")) ++at;
    if (tokens.is(at, "-")) ++at;
    const auto part = part_named(tokens.word(at));
    if (!part || tokens.is(at, "am") || tokens.is(at, "pm") || tokens.is(at, "lunch")) return std::nullopt;
    if (is_early && !beside_day) return std::nullopt;
    return part_phrase(*part, at + 1, true);
  }
  if ((word == "end" && next == "of" && (tokens.is(index + 2, "day") || tokens.is(index + 2, "business")))) {
    return part_phrase(DayPart::end_of_day, index + 3, false);
  }
  if (word == "eod" || word == "cob") return part_phrase(DayPart::end_of_day, index + 1, false);
  if (!beside_day) return std::nullopt;
  if (const auto part = part_named(word); part && word != "lunch") return part_phrase(*part, index + 1, false);
  return std::nullopt;
}

std::optional<Relation> time_relation(std::string_view word) {
  if (word == "by") return Relation::by;
  if (word == "before") return Relation::before;
  if (word == "after") return Relation::after;
  if (word == "until" || word == "till" || word == "til") return Relation::until;
  if (word == "around" || word == "about" || word == "approx" || word == "roughly" || word == "like" ||
      word == "circa") {
    return Relation::around;
  }
  return std::nullopt;
}

std::optional<ClockPhrase> read_exact(const Tokens& tokens, std::size_t index, bool beside_day) {
  std::size_t at = index;
  Relation relation = Relation::on;
  bool has_at = false;
  const bool is_between = tokens.is(at, "between") || tokens.is(at, "from");
  if (tokens.is(at, "at") || tokens.is(at, "@") || is_between) {
    has_at = true;
    ++at;
  }
  if (const auto found = time_relation(tokens.word(at))) {
    relation = *found;
    has_at = has_at || relation != Relation::around || beside_day;
    ++at;
  }
  if (const auto range = read_range(tokens, at, is_between)) {
    auto phrase = clock_phrase_of(*range);
    // "tomorrow 9-11": a dash between two hours beside a day is no count.
    const bool is_dashed = at == index && tokens.is_number(at) && tokens.is(at + 1, "-");
    if (phrase && (phrase->is_impossible || phrase->is_explicit || (beside_day && (has_at || is_dashed))) &&
        (phrase->is_explicit || may_follow_bare_number(tokens, phrase->end))) {
      return phrase;
    }
  }
  const auto hour = read_hour(tokens, at);
  if (!hour) return std::nullopt;
  const std::size_t end = skip_time_marks(tokens, hour->end);
  ClockPhrase phrase = clock_phrase_of(*hour, end);
  phrase.relation = relation;
  if (phrase.is_impossible) return phrase;
  if (end > hour->end && tokens.is_number(at)) phrase.is_explicit = true;
  // A colon alone could be a score or a ratio, yet only 24-hour and minute forms pass read_hour.
  if (phrase.is_explicit) {
    if (!tokens.is_number(at) && hour->half == HalfDay::open && !hour->is_certain && end == hour->end && !has_at &&
        !beside_day)
      return std::nullopt;
    return phrase;
  }
  if (!beside_day || !has_at || !may_follow_bare_number(tokens, end)) return std::nullopt;
  return phrase;
}

}  // namespace

bool may_follow_bare_number(const Tokens& tokens, std::size_t index) {
  static const WordSet followers(
      "at in on or and if with to for works work please pls this next but then so because instead thanks he she they "
      "we i it "
      "is ok okay about re regarding as unless when while via by thru from until till not no yes which that the before "
      "after "
      "back again per also would will should can could was everyone everybody");
  if (index >= tokens.size() || tokens[index].line_start) return true;
  if (tokens[index].is_number()) return false;
  if (tokens[index].is_word()) {
    return followers.has(tokens.word(index)) || read_weekday(tokens, index).has_value() ||
           is_calendar_word(tokens.word(index));
  }
  const std::string_view mark = tokens.word(index);
  if (mark == "%" || mark == "/" || mark == "#" || mark == "$" || mark == "*" || mark == "x") return false;
  if (mark == "," || mark == ".") return !(tokens.is_glued(index + 1) && tokens.is_number(index + 1));
  return true;
}

std::optional<ClockPhrase> read_clock(const Tokens& tokens, std::size_t index, bool beside_day) {
  if (index >= tokens.size()) return std::nullopt;
  if (auto part = read_part(tokens, index, beside_day)) return part;
  return read_exact(tokens, index, beside_day);
}

std::optional<ClockPhrase> merge_clocks(const ClockPhrase& first, const ClockPhrase& second) {
  if (first.minute && second.minute) return std::nullopt;
  if (first.part && second.part && *first.part != *second.part) return std::nullopt;
  ClockPhrase merged = first.minute ? first : second;
  const std::optional<DayPart> part = first.part ? first.part : second.part;
  merged.part = part;
  merged.end = std::max(first.end, second.end);
  merged.relation = first.relation != Relation::on ? first.relation : second.relation;
  merged.is_impossible = first.is_impossible || second.is_impossible;
  if (!merged.minute || !part || !merged.is_half_day_open) return merged;
  const bool is_late = *part == DayPart::afternoon || *part == DayPart::evening || *part == DayPart::night;
  const auto settle = [&](int minute) {
    const int within = minute % kNoon;
    return *part == DayPart::midday ? minute : is_late ? within + kNoon : within;
  };
  const bool is_dark = *part == DayPart::evening || *part == DayPart::night;
  if (*merged.minute == kNoon && (*part == DayPart::morning || is_dark))
    return std::nullopt;  // "12 at night": which day?
  merged.minute = settle(*merged.minute);
  if (merged.minute_end) merged.minute_end = settle(*merged.minute_end);
  merged.certainty = Certainty::sure;
  merged.is_half_day_open = false;
  return merged;
}

}  // namespace deskhand::reader
