#include "reader/dates.h"

#include <array>

#include "base/text.h"
#include "reader/calendar_words.h"
#include "reader/clock_times.h"
#include "reader/date_phrases.h"
#include "reader/day_phrases.h"
#include "reader/lexicon.h"

namespace deskhand::reader {
namespace {

constexpr std::size_t kVerbReach = 10;  // tokens before a date in which its verb is looked for

// "called Ana Tuesday" points back, "call Ana Tuesday" ahead.
bool is_told_as_past(const Tokens& tokens, std::size_t index) {
  static const WordSet still_to_come("need speed expected scheduled planned supposed estimated proposed interested indeed projected");
  static const WordSet past(
      "was were had did went met spoke said told left sent came got saw gave took paid quit rang wrote heard felt "
      "bought sold lost won forgot "
      "been done gone since yesterday chatted log ran");
  static const WordSet ahead(
      "remind call follow schedule book will due visit text email meet send until by for snooze later set move push "
      "reschedule wants want needs need should "
      "gonna going again next ask check ping try");
  for (std::size_t back = 1; back <= kVerbReach && back <= index; ++back) {
    const std::size_t at = index - back;
    const std::string_view word = tokens.word(at);
    if (word == ";" || word == "." || word == "!" || word == "?" || tokens[at + 1].line_start) return false;
    if (past.has(word) || (word.size() > 4 && word.ends_with("ed") && !still_to_come.has(word))) return true;
    if (ahead.has(word)) return false;
  }
  return false;
}

std::optional<Relation> day_relation(std::string_view word) {
  if (word == "by") return Relation::by;
  if (word == "before") return Relation::before;
  if (word == "after") return Relation::after;
  if (word == "until" || word == "till" || word == "til") return Relation::until;
  if (word == "since") return Relation::since;
  if (word == "around" || word == "about") return Relation::around;
  return std::nullopt;
}

class PhraseReader {
 public:
  PhraseReader(const Tokens& tokens, const DateContext& context) : tokens_(tokens), context_(context) {}

  std::optional<DatePhrase> read(std::size_t index) const {
    if (auto phrase = read_from_day(index)) return phrase;
    return read_from_clock(index);
  }

 private:
  DayScene scene_at(std::size_t index, Relation relation) const {
    Direction direction = context_.direction;
    if (relation == Relation::since) direction = Direction::past;
    if (direction == Direction::any && is_told_as_past(tokens_, index)) direction = Direction::past;
    return {tokens_, context_, direction};
  }

  std::optional<DayPhrase> read_day_at(std::size_t index, Relation relation) const {
    auto day = read_day(scene_at(index, relation), index);
    if (day && context_.direction == Direction::any && relation != Relation::since && day->weekday &&
        is_told_as_past(tokens_, index)) {
      day->certainty = Certainty::likely;
    }
    return day;
  }

  // [by|on|...] day [, time] [time]
  std::optional<DatePhrase> read_from_day(std::size_t index) const {
    DatePhrase phrase;
    std::size_t at = index;
    if (const auto relation = day_relation(tokens_.word(at))) {
      phrase.when.relation = *relation;
      ++at;
      if (tokens_.is(at, "like") || tokens_.is(at, "maybe")) ++at;
    } else if (tokens_.is(at, "on")) {
      ++at;
    }
    // "by the end of Friday", "by end of day Friday", "by close of business tomorrow".
    if (const auto ending = skip_day_end(at)) {
      phrase.when.part = DayPart::end_of_day;
      at = *ending;
    }
    const auto day = read_day_at(at, phrase.when.relation);
    if (!day) return std::nullopt;
    phrase.end = day->end;
    phrase.is_impossible = day->is_impossible;
    phrase.certainty = day->certainty;
    phrase.when.day = day->day;
    phrase.when.last_day = day->last_day;
    phrase.when.minute = day->minute;
    if (day->part) phrase.when.part = day->part;
    if (day->relation != Relation::on) phrase.when.relation = day->relation;
    if (!day->last_day) extend_to_range(*day, phrase);
    add_clock(phrase);
    return phrase;
  }

  std::optional<std::size_t> skip_day_end(std::size_t at) const {
    if (tokens_.is(at, "the")) ++at;
    if (tokens_.is(at, "eod") || tokens_.is(at, "cob")) return at + 1;
    const bool is_end = tokens_.is(at, "end") || tokens_.is(at, "close");
    if (!is_end || !tokens_.is(at + 1, "of")) return std::nullopt;
    if (tokens_.is(at + 2, "day") || tokens_.is(at + 2, "business")) return tokens_.is(at + 3, "on") ? at + 4 : at + 3;
    if (read_weekday(tokens_, at + 2)) return at + 2;
    return std::nullopt;
  }

  // "Monday to Friday", "Mon-Wed", "between Monday and Wednesday": only of weekdays, and with "to" only in one breath,
  // because "move it from Tuesday to Thursday" is no stretch.
  void extend_to_range(const DayPhrase& first, DatePhrase& phrase) const {
    if (!first.weekday || !first.day) return;
    std::size_t at = first.end;
    const bool joins = tokens_.is(at, "-") || tokens_.is(at, "through") || tokens_.is(at, "thru") ||
                       (tokens_.is(at, "and") && at >= 2 && tokens_.is(at - 2, "between"));
    if (!joins) return;
    const auto second = read_weekday(tokens_, at + 1);
    if (!second) return;
    const int distance = (static_cast<int>(second->value) - static_cast<int>(*first.weekday) + 7) % 7;
    if (distance == 0) return;
    phrase.when.last_day = phrase.when.day->plus_days(distance);
    phrase.end = second->end;
  }

  // Times behind a day: "Friday at 2", "Friday, 2pm", "tomorrow morning at 9", "2026-03-14T14:30".
  void add_clock(DatePhrase& phrase) const {
    std::optional<ClockPhrase> clock;
    for (int count = 0; count < 2; ++count) {
      std::size_t at = clock ? clock->end : phrase.end;
      if (tokens_.is(at, ",") || tokens_.is(at, "-")) ++at;
      if (tokens_.is(at, "t") && tokens_.is_glued(at) && tokens_.is_number(at + 1)) ++at;
      const auto next = read_clock(tokens_, at, true);
      if (!next || tokens_[at].line_start) break;
      if (at != phrase.end && tokens_.is(at - 1, "-") && !next->is_explicit) break;
      const auto merged = clock ? merge_clocks(*clock, *next) : next;
      if (!merged) break;
      clock = merged;
    }
    if (!clock) return;
    apply(*clock, phrase);
    phrase.end = clock->end;
  }

  // The time joins a part of the day that was said with the day ("tonight at 8").
  void apply(ClockPhrase clock, DatePhrase& phrase) const {
    if (phrase.when.part && *phrase.when.part != DayPart::end_of_day) {
      ClockPhrase part;
      part.part = phrase.when.part;
      if (const auto merged = merge_clocks(part, clock))
        clock = *merged;
      else
        return;
    }
    phrase.is_impossible = phrase.is_impossible || clock.is_impossible;
    if (clock.minute) phrase.when.minute = clock.minute;
    if (clock.minute_end) phrase.when.minute_end = clock.minute_end;
    if (clock.part) phrase.when.part = clock.part;
    if (clock.relation != Relation::on && phrase.when.relation == Relation::on) phrase.when.relation = clock.relation;
    if (clock.certainty == Certainty::likely) phrase.certainty = Certainty::likely;
  }

  // "2pm tomorrow", "at 2 on Friday", "first thing Monday", or a time alone.
  std::optional<DatePhrase> read_from_clock(std::size_t index) const {
    if (tokens_.is_glued(index) && index > 0 && !is_opening_mark(index - 1)) return std::nullopt;
    auto clock = read_clock(tokens_, index, false);
    const bool stands_alone = clock && clock->is_explicit;
    if (!clock) clock = read_clock(tokens_, index, true);
    if (!clock) return std::nullopt;
    if (const auto more = read_clock(tokens_, clock->end, true); more && !tokens_[clock->end].line_start) {
      if (const auto merged = merge_clocks(*clock, *more)) clock = merged;
    }
    std::size_t at = clock->end;
    if (tokens_.is(at, ",")) ++at;
    if (tokens_.is(at, "on") || tokens_.is(at, "of")) ++at;
    DatePhrase phrase;
    phrase.end = clock->end;
    phrase.is_impossible = clock->is_impossible;
    const auto day = at < tokens_.size() && !tokens_[at].line_start ? read_day_at(at, Relation::on) : std::nullopt;
    if (day && !day->last_day && !day->minute) {
      phrase.when.day = day->day;
      phrase.when.part = day->part;
      phrase.is_impossible = phrase.is_impossible || day->is_impossible;
      phrase.certainty = day->certainty;
      phrase.end = day->end;
      if (!day->part) {
        if (const auto more = read_clock(tokens_, day->end, true)) {
          if (const auto merged = merge_clocks(*clock, *more)) {
            clock = merged;
            phrase.end = more->end;
          }
        }
      }
    } else if (!stands_alone) {
      if (!clock->is_explicit || !clock->minute) return std::nullopt;
    }
    apply(*clock, phrase);
    return phrase;
  }

  bool is_opening_mark(std::size_t index) const {
    const std::string_view mark = tokens_.word(index);
    return mark == "(" || mark == "\"" || mark == "'" || mark == "," || mark == ":" || mark == ";" || mark == "-" ||
           mark == "@" || mark == "*" || mark == "/";
  }

  const Tokens& tokens_;
  const DateContext& context_;
};

// "every Friday", "each month", "Good morning": no single day is meant.
bool is_repeated(const Tokens& tokens, std::size_t index) {
  const std::string_view before = index == 0 ? std::string_view() : tokens.word(index - 1);
  if (before == "other" && index >= 2 && tokens.is(index - 2, "every")) return true;
  return before == "every" || before == "each" || before == "good" || before == "per" || before == "any" ||
         before == "happy";
}

// "not Friday", "any day but Monday", "she can't do Thursday", "Thursday is out": the day is named to rule it out.
bool is_ruled_out(const Tokens& tokens, std::size_t index, const DatePhrase& phrase) {
  const std::string_view before = index > 0 ? tokens.word(index - 1) : std::string_view();
  const std::string_view earlier = index > 1 ? tokens.word(index - 2) : std::string_view();
  const bool is_bound = phrase.when.relation != Relation::on;
  if ((before == "not" && !is_bound) || before == "except") return true;
  if (before == "but" && (earlier == "day" || earlier == "time" || earlier == "anything" || earlier == "anytime"))
    return true;
  if ((before == "do" || before == "make") &&
      (earlier == "cant" || earlier == "cannot" || earlier == "couldnt" || earlier == "not"))
    return true;
  const std::string_view after = tokens.word(phrase.end), next = tokens.word(phrase.end + 1);
  if ((after == "doesnt" || after == "dont" || after == "wont" || after == "didnt") &&
      (next == "work" || next == "do" || next == "suit"))
    return true;
  return after == "is" &&
         (next == "out" || next == "no" || next == "bad" || next == "full" || next == "booked" || next == "not");
}

struct Found {
  std::vector<Reading<When>> readings;
  std::vector<Span> impossible;
};

Found find_all(const Tokens& tokens, const DateContext& context) {
  Found found;
  const PhraseReader reader(tokens, context);
  for (std::size_t index = 0;
       index < tokens.size() && found.readings.size() + found.impossible.size() < kReadingsMax;) {
    const auto phrase = reader.read(index);
    if (!phrase) {
      ++index;
      continue;
    }
    const Span span = tokens.span(index, phrase->end);
    if (phrase->is_impossible)
      found.impossible.push_back(span);
    else if (!is_repeated(tokens, index) && !is_ruled_out(tokens, index, *phrase))
      found.readings.push_back({phrase->when, span, phrase->certainty});
    index = phrase->end;
  }
  return found;
}

// Words around a date that change nothing about it.
bool is_small_talk(const Token& token) {
  static const WordSet words(
      "maybe lets let us say how about what whats sometime on at for the ok okay please pls is it i im id think will "
      "ill works work good fine best thanks thank you then "
      "probably perhaps would be great that thats uh um well so make do can we could yes yeah sure and any time if "
      "possible like to just id prefer better");
  if (token.is_word()) return words.has(token.folded);
  return !token.is_number() && token.folded != "%" && token.folded != "$";
}

}  // namespace

DayOrder day_order_of(std::string_view region) {
  constexpr std::array<std::string_view, 9> kMonthFirst{"US", "PR", "GU", "VI", "AS", "MP", "PH", "CA", "BZ"};
  for (const std::string_view known : kMonthFirst) {
    if (equal_ignoring_case(region, known)) return DayOrder::month_first;
  }
  return DayOrder::day_first;
}

std::optional<DatePhrase> read_date_phrase(const Tokens& tokens, const DateContext& context, std::size_t index) {
  return PhraseReader(tokens, context).read(index);
}

std::vector<Reading<When>> find_dates(std::string_view text, const DateContext& context) {
  const Tokens tokens(text);
  return find_all(tokens, context).readings;
}

std::optional<Reading<When>> read_date(std::string_view text, const DateContext& context) {
  const Tokens tokens(text);
  const Found found = find_all(tokens, context);
  if (found.readings.size() != 1 || !found.impossible.empty()) return std::nullopt;
  const Span span = found.readings.front().span;
  for (std::size_t index = 0; index < tokens.size(); ++index) {
    if (!span.contains(tokens[index].span) && !is_small_talk(tokens[index])) return std::nullopt;
  }
  return found.readings.front();
}

std::vector<Span> find_impossible_dates(std::string_view text, const DateContext& context) {
  const Tokens tokens(text);
  return find_all(tokens, context).impossible;
}

}  // namespace deskhand::reader
