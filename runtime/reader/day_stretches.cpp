// Weeks, months and years, and their beginnings and ends: "next week", "end of the month", "early March", "the last 30
// days".
#include "reader/calendar_words.h"
#include "reader/clock_times.h"
#include "reader/day_phrases.h"
#include "reader/lexicon.h"

namespace deskhand::reader {
namespace {

enum class Side { whole, early, start, middle, late, end };
enum class Kind { week, weekend, month, quarter, year };

struct Stretch {
  Kind kind = Kind::week;
  Day first, last;
  bool is_current = false;  // this week, this month: part of it is over
  Certainty certainty = Certainty::sure;
  std::size_t end = 0;
};

std::optional<Kind> kind_named(std::string_view word) {
  if (word == "week" || word == "wk" || word == "weeks") return Kind::week;
  if (word == "weekend" || word == "weekends" || word == "wkend") return Kind::weekend;
  if (word == "month" || word == "months") return Kind::month;
  if (word == "quarter") return Kind::quarter;
  if (word == "year" || word == "years") return Kind::year;
  return std::nullopt;
}

// The stretch that holds today, moved by `steps`.
Stretch stretch_at(Kind kind, Day today, int steps) {
  Stretch stretch;
  stretch.kind = kind;
  stretch.is_current = steps == 0;
  const Day monday = monday_of(today), month = first_of_month(today);
  switch (kind) {
    case Kind::week:
      stretch.first = monday.plus_days(7 * steps);
      stretch.last = stretch.first.plus_days(6);
      break;
    case Kind::weekend:
      stretch.first = monday.plus_days(7 * steps + 5);
      stretch.last = stretch.first.plus_days(1);
      break;
    case Kind::month:
      stretch.first = month.plus_months(steps);
      stretch.last = last_of_month(stretch.first);
      break;
    case Kind::quarter:
      stretch.first = month.plus_months(-((today.month() - 1) % 3) + 3 * steps);
      stretch.last = last_of_month(stretch.first.plus_months(2));
      break;
    case Kind::year:
      stretch.first = month.plus_months(1 - today.month() + 12 * steps);
      stretch.last = last_of_month(stretch.first.plus_months(11));
      break;
  }
  return stretch;
}

// "the", "this", "next", "last", "coming" and the number of steps they mean.
std::optional<WordAt<int>> read_which(const DayScene& scene, std::size_t index) {
  const Tokens& tokens = scene.tokens;
  std::size_t at = index;
  const bool has_article = tokens.is(at, "the");
  if (has_article) ++at;
  const std::string_view word = tokens.word(at);
  if (word == "this" || word == "current")
    return WordAt<int>{0, tokens.is(at + 1, "coming") || tokens.is(at + 1, "current") ? at + 2 : at + 1};
  if (word == "next" || word == "nxt") return WordAt<int>{1, at + 1};
  if (word == "coming" || word == "upcoming") return WordAt<int>{1, at + 1};
  if (word == "last" || word == "previous" || (word == "past" && kind_named(tokens.word(at + 1)) == Kind::weekend))
    return WordAt<int>{-1, at + 1};
  if (has_article) return WordAt<int>{0, at};
  return std::nullopt;
}

std::optional<Stretch> read_month_named(const DayScene& scene, std::size_t index, int steps_said, bool is_said) {
  const Tokens& tokens = scene.tokens;
  const auto month = read_month(tokens, index);
  if (!month) return std::nullopt;
  Stretch stretch;
  stretch.kind = Kind::month;
  stretch.end = month->end;
  stretch.certainty = month->certainty;
  const std::string_view year = tokens.word(month->end);
  if (tokens.is_number(month->end) && year.size() == 4 && (year.starts_with("20") || year.starts_with("19"))) {
    const auto first = make_day(static_cast<int>(tokens.number(month->end)), month->value, 1);
    if (!first) return std::nullopt;
    stretch.first = *first;
    stretch.end = month->end + 1;
  } else {
    const Day today = scene.today();
    const bool is_past = scene.is_past() || (is_said && steps_said < 0);
    int year_number = today.year();
    const bool is_now = today.month() == month->value;
    if (is_past && month->value > today.month()) --year_number;
    if (is_past && is_now && steps_said < 0) --year_number;
    if (!is_past && month->value < today.month()) ++year_number;
    if (!is_past && is_now && steps_said > 0) ++year_number;
    const auto first = make_day(year_number, month->value, 1);
    if (!first) return std::nullopt;
    stretch.first = *first;
    if (is_said && steps_said > 0) stretch.certainty = Certainty::likely;
  }
  stretch.last = last_of_month(stretch.first);
  stretch.is_current = first_of_month(scene.today()) == stretch.first;
  return stretch;
}

// "next week", "the month", "March", "the week after next", "the weekend".
std::optional<Stretch> read_stretch(const DayScene& scene, std::size_t index) {
  const Tokens& tokens = scene.tokens;
  const std::size_t article = tokens.is(index, "the") ? 1 : 0;
  if (const auto kind = kind_named(tokens.word(index + article));
      kind && tokens.is(index + article + 1, "after") && tokens.is(index + article + 2, "next")) {
    Stretch stretch = stretch_at(*kind, scene.today(), 2);
    stretch.end = index + article + 3;
    return stretch;
  }
  const auto which = read_which(scene, index);
  const std::size_t at = which ? which->end : index;
  if (const auto kind = kind_named(tokens.word(at)); kind && (which || *kind == Kind::weekend)) {
    int steps = which ? which->value : 0;
    const bool is_coming = at > index && (tokens.is(at - 1, "coming") || tokens.is(at - 1, "upcoming"));
    if (is_coming && *kind == Kind::weekend) steps = 0;
    // "last weekend" on a Tuesday is the one just gone, and so is "the weekend" of somebody who tells.
    if (*kind == Kind::weekend && steps == 0 && scene.is_past() && scene.today().weekday() < Weekday::saturday)
      steps = -1;
    Stretch stretch = stretch_at(*kind, scene.today(), steps);
    if (*kind == Kind::weekend && steps == 1 && scene.today().weekday() < Weekday::saturday)
      stretch.certainty = Certainty::likely;
    stretch.end = at + 1;
    return stretch;
  }
  if (which && tokens.is(which->end - 1, "the")) return std::nullopt;  // "the March lead"
  return read_month_named(scene, at, which ? which->value : 0, which.has_value());
}

// "beginning of", "end of", "mid-", "early", "late".
std::optional<WordAt<Side>> read_side(const Tokens& tokens, std::size_t index) {
  const std::size_t at = tokens.is(index, "the") ? index + 1 : index;
  const std::string_view word = tokens.word(at);
  const bool has_of = tokens.is(at + 1, "of");
  const std::size_t after = at + (has_of ? 2 : 1);
  if (has_of && (word == "beginning" || word == "start" || word == "begining")) return WordAt<Side>{Side::start, after};
  if (has_of && word == "end") return WordAt<Side>{Side::end, after};
  if (has_of && word == "middle") return WordAt<Side>{Side::middle, after};
  if (word == "mid") return WordAt<Side>{Side::middle, tokens.is(after, "-") ? after + 1 : after};
  if (word == "early") return WordAt<Side>{Side::early, has_of ? after : tokens.is(at + 1, "in") ? at + 2 : after};
  if (word == "late") return WordAt<Side>{Side::late, has_of ? after : tokens.is(at + 1, "in") ? at + 2 : after};
  if (word == "later") return WordAt<Side>{Side::late, tokens.is(at + 1, "in") ? at + 2 : at + 1};
  return std::nullopt;
}

Day within(const Stretch& stretch, int day_of_month) { return stretch.first.plus_days(day_of_month - 1); }

// The days of one side of a stretch. Weeks are working weeks here.
std::optional<DayPhrase> side_of(const DayScene& scene, Stretch stretch, Side side) {
  const Day today = scene.today();
  if (stretch.kind == Kind::weekend) return std::nullopt;
  const auto start_again = [&] {  // "the beginning of the month" that is over means the next one
    if (!stretch.is_current || scene.is_past() || stretch.kind == Kind::quarter) return;
    const Stretch next = stretch_at(stretch.kind, stretch.last.plus_days(1), 0);
    stretch.first = next.first;
    stretch.last = next.last;
    stretch.certainty = Certainty::likely;
  };
  if (side == Side::start) {
    if (stretch.first < today) start_again();
    return plain_day(stretch.first, stretch.end, stretch.certainty);
  }
  if (side == Side::end) {
    if (stretch.kind != Kind::week) return plain_day(stretch.last, stretch.end, stretch.certainty);
    if (today > stretch.first.plus_days(4)) start_again();
    return plain_day(stretch.first.plus_days(4), stretch.end, Certainty::likely);
  }
  if (side == Side::middle) {
    if (stretch.kind == Kind::week) return plain_day(stretch.first.plus_days(2), stretch.end, Certainty::likely);
    if (stretch.kind == Kind::month) return plain_day(within(stretch, 15), stretch.end, Certainty::likely);
    return std::nullopt;
  }
  const bool is_early = side == Side::early;
  if (stretch.kind == Kind::week) {
    return is_early
               ? stretch_of(stretch.first, stretch.first.plus_days(1), stretch.end, Certainty::likely)
               : stretch_of(stretch.first.plus_days(3), stretch.first.plus_days(4), stretch.end, Certainty::likely);
  }
  if (stretch.kind == Kind::month) {
    return is_early ? stretch_of(stretch.first, within(stretch, 10), stretch.end, Certainty::likely)
                    : stretch_of(within(stretch, 21), stretch.last, stretch.end, Certainty::likely);
  }
  return std::nullopt;
}

// "later this week": what is left of it.
std::optional<DayPhrase> rest_of(const DayScene& scene, const Stretch& stretch) {
  if (!stretch.is_current) return std::nullopt;
  const Day first = scene.today().plus_days(1);
  const Day last = stretch.kind == Kind::week ? stretch.first.plus_days(4) : stretch.last;
  if (first > last) return std::nullopt;
  return stretch_of(first, last, stretch.end, Certainty::likely);
}

std::optional<DayPhrase> read_sided(const DayScene& scene, std::size_t index) {
  const auto side = read_side(scene.tokens, index);
  if (!side) return std::nullopt;
  auto stretch = read_stretch(scene, side->end);
  if (!stretch) {
    // "end of month", "mid week", "end of next business week" with the article left out.
    const auto kind = kind_named(scene.tokens.word(side->end));
    if (!kind || *kind == Kind::weekend) return std::nullopt;
    stretch = stretch_at(*kind, scene.today(), 0);
    stretch->end = side->end + 1;
  }
  if (scene.tokens.is(index, "later")) return rest_of(scene, *stretch);
  return side_of(scene, *stretch, side->value);
}

// "eom", "month end", "the new year".
std::optional<DayPhrase> read_end_word(const DayScene& scene, std::size_t index) {
  const Tokens& tokens = scene.tokens;
  const std::size_t at = tokens.is(index, "the") ? index + 1 : index;
  const std::string_view word = tokens.word(at);
  const auto end_of = [&](Kind kind, std::size_t end) {
    Stretch stretch = stretch_at(kind, scene.today(), 0);
    stretch.end = end;
    return side_of(scene, stretch, Side::end);
  };
  if (word == "eow") return end_of(Kind::week, at + 1);
  if (word == "eom") return end_of(Kind::month, at + 1);
  if (word == "eoy") return end_of(Kind::year, at + 1);
  if (tokens.is(at + 1, "end") && (word == "month" || word == "months")) return end_of(Kind::month, at + 2);
  if (tokens.is(at + 1, "end") && (word == "year" || word == "years")) return end_of(Kind::year, at + 2);
  if (word == "new" && tokens.is(at + 1, "year") && at > index) {
    return plain_day(stretch_at(Kind::year, scene.today(), 1).first, at + 2, Certainty::likely);
  }
  if (word == "midweek") {
    Stretch week = stretch_at(Kind::week, scene.today(), 0);
    week.end = at + 1;
    return side_of(scene, week, Side::middle);
  }
  return std::nullopt;
}

// "the last 30 days", "the past week", "the next two weeks".
std::optional<DayPhrase> read_rolling(const DayScene& scene, std::size_t index) {
  const Tokens& tokens = scene.tokens;
  std::size_t at = index;
  if (tokens.is(at, "in") || tokens.is(at, "over") || tokens.is(at, "during") || tokens.is(at, "within")) ++at;
  if (tokens.is(at, "the") || tokens.is(at, "these")) ++at;
  const std::string_view word = tokens.word(at);
  const bool is_past = word == "last" || word == "past" || word == "previous",
             is_next = word == "next" || word == "coming";
  if (!is_past && !is_next) return std::nullopt;
  auto measure = read_measure(tokens, at + 1);
  if (!measure && word == "past") {
    const auto unit = read_unit(tokens, at + 1);
    if (unit) measure = WordAt<Measure>{{100, unit->value}, unit->end};
  }
  if (!measure || !measure->value.is_whole() || tokens.is(at + 1, "a") || tokens.is(at + 1, "an")) return std::nullopt;
  const int count = measure->value.whole() * (is_past ? -1 : 1);
  if (count > 3660 || count < -3660) return std::nullopt;
  const Day today = scene.today();
  Day other = today;
  switch (measure->value.unit) {
    case Unit::day:
      other = today.plus_days(count);
      break;
    case Unit::week:
      other = today.plus_days(7 * count);
      break;
    case Unit::month:
      other = today.plus_months(count);
      break;
    case Unit::year:
      other = today.plus_months(12 * (count > 200 ? 200 : count < -200 ? -200 : count));
      break;
    case Unit::business_day:
      other = scene.context.calendar.add_business_days(today, count);
      break;
    default:
      return std::nullopt;
  }
  return is_past ? stretch_of(other, today, measure->end, measure->certainty)
                 : stretch_of(today, other, measure->end, measure->certainty);
}

// "the week of the 15th".
std::optional<DayPhrase> read_week_of(const DayScene& scene, std::size_t index) {
  const Tokens& tokens = scene.tokens;
  const std::size_t at = tokens.is(index, "the") ? index + 1 : index;
  if (!tokens.is(at, "week") || !tokens.is(at + 1, "of")) return std::nullopt;
  const auto day = read_written_day(scene, at + 2);
  if (!day || day->is_impossible) return day;
  return stretch_of(monday_of(*day->day), monday_of(*day->day).plus_days(6), day->end, day->certainty);
}

// What makes a bare month or "the weekend" a time and not a word: "in March", "over the weekend".
bool is_introduced(const Tokens& tokens, std::size_t index) {
  static const WordSet openers(
      "in until till til by during since before after through thru around about from over on for at not");
  return index > 0 && openers.has(tokens.word(index - 1));
}

}  // namespace

std::optional<DayPhrase> read_day_stretch(const DayScene& scene, std::size_t index) {
  const Tokens& tokens = scene.tokens;
  if (auto phrase = read_rolling(scene, index)) return phrase;
  if (auto phrase = read_week_of(scene, index)) return phrase;
  if (auto phrase = read_end_word(scene, index)) return phrase;
  if (auto phrase = read_sided(scene, index)) return phrase;
  const bool has_preposition = tokens.is(index, "in") || tokens.is(index, "over") || tokens.is(index, "during") ||
                               (tokens.is(index, "on") && tokens.is(index + 2, "weekend"));
  const std::size_t at = has_preposition ? index + 1 : index;
  // "next week Friday": the day is said behind it.
  if (const auto which = read_which(scene, at);
      which && !tokens.is(which->end - 1, "the") && tokens.is(which->end, "week")) {
    const std::size_t day_at = tokens.is(which->end + 1, "on") ? which->end + 2 : which->end + 1;
    if (const auto weekday = read_weekday(tokens, day_at)) {
      const Day day = monday_of(scene.today()).plus_days(7 * which->value + static_cast<int>(weekday->value) - 1);
      return plain_day(day, weekday->end, weekday->certainty);
    }
  }
  const auto stretch = read_stretch(scene, at);
  if (!stretch) return std::nullopt;
  const bool is_bare_month = read_month(tokens, at).has_value();
  const bool is_bare = is_bare_month || tokens.is(at, "the") || tokens.is(at, "weekend");
  if (is_bare && !has_preposition && !is_introduced(tokens, at)) return std::nullopt;
  // "a call from april jones": April is a woman here.
  if (is_bare_month && !tokens.is_number(at + 1) && !may_follow_bare_number(tokens, at + 1)) return std::nullopt;
  if (tokens.is(at, "the") && stretch->kind != Kind::weekend && !tokens.is(at + 1, "next") &&
      !tokens.is(at + 1, "last") && !tokens.is(at + 1, "week") && !tokens.is(at + 1, "coming")) {
    return std::nullopt;  // "the month", "the year": no day
  }
  if (tokens.is(at, "the") && tokens.is(at + 1, "week") && !tokens.is(at + 2, "after")) return std::nullopt;
  Stretch clipped = *stretch;
  // Of "this week" only what is left can be meant for something still to do.
  if (stretch->is_current && scene.direction == Direction::future && clipped.first < scene.today())
    clipped.first = scene.today();
  if (clipped.first > clipped.last) return std::nullopt;
  return stretch_of(clipped.first, clipped.last, clipped.end, clipped.certainty);
}

}  // namespace deskhand::reader
