// Days counted from another: "in 3 days", "two weeks ago", "a week from Friday", "the day after tomorrow".
#include "reader/calendar_words.h"
#include "reader/day_phrases.h"
#include "reader/durations.h"

namespace deskhand::reader {
namespace {

constexpr int kDayMinutes = 24 * 60;

struct Moved {
  Day day;
  std::optional<int> minute;
};

std::optional<Moved> move_by_minutes(const LocalTime& now, std::int64_t minutes) {
  if (minutes > kMinutesMax || minutes < -kMinutesMax) return std::nullopt;
  std::int64_t total = now.minute_of_day + minutes;
  int days = static_cast<int>(total / kDayMinutes);
  total %= kDayMinutes;
  if (total < 0) {
    total += kDayMinutes;
    --days;
  }
  return Moved{now.day.plus_days(days), static_cast<int>(total)};
}

// `from` plus or minus the measure. Minutes and hours count only from now.
std::optional<Moved> move(const DayScene& scene, Day from, const Measure& measure, int sign, bool from_now) {
  if (measure.unit == Unit::minute || measure.unit == Unit::hour) {
    if (!from_now) return std::nullopt;
    return move_by_minutes(scene.context.now, sign * measure.hundredths * (measure.unit == Unit::hour ? 60 : 1) / 100);
  }
  if (!measure.is_whole()) return std::nullopt;
  const int count = measure.whole();
  switch (measure.unit) {
    case Unit::day:
      return count > kDaysMax ? std::nullopt : std::optional<Moved>({from.plus_days(sign * count), {}});
    case Unit::week:
      return count > kDaysMax / 7 ? std::nullopt : std::optional<Moved>({from.plus_days(sign * 7 * count), {}});
    case Unit::month:
      return count > kDaysMax / 31 ? std::nullopt : std::optional<Moved>({from.plus_months(sign * count), {}});
    case Unit::year:
      return count > kDaysMax / 366 ? std::nullopt : std::optional<Moved>({from.plus_months(sign * 12 * count), {}});
    case Unit::business_day:
      if (count > kDaysMax / 100) return std::nullopt;
      return Moved{scene.context.calendar.add_business_days(from, sign * count), {}};
    default:
      return std::nullopt;
  }
}

DayPhrase day_phrase_of(const Moved& moved, std::size_t end, Certainty certainty) {
  DayPhrase phrase = plain_day(moved.day, end, certainty);
  phrase.minute = moved.minute;
  return phrase;
}

// "or two", "or so" behind a distance make it vague.
std::size_t skip_vagueness(const Tokens& tokens, std::size_t index, Certainty& certainty) {
  if (!tokens.is(index, "or") ||
      !(tokens.is(index + 1, "so") || tokens.is(index + 1, "two") || tokens.is(index + 1, "three")))
    return index;
  certainty = Certainty::likely;
  return index + 2;
}

// "in 2-3 weeks", "in two or three days".
std::optional<DayPhrase> read_span_ahead(const DayScene& scene, std::size_t index) {
  const Tokens& tokens = scene.tokens;
  const auto low = read_quantity(tokens, index);
  if (!low || !(tokens.is(low->end, "-") || tokens.is(low->end, "to") || tokens.is(low->end, "or")))
    return std::nullopt;
  const auto high = read_measure(tokens, low->end + 1);
  if (!high || high->value.hundredths <= low->value) return std::nullopt;
  const auto first = move(scene, scene.today(), {low->value, high->value.unit}, 1, false);
  const auto last = move(scene, scene.today(), high->value, 1, false);
  if (!first || !last) return std::nullopt;
  return stretch_of(first->day, last->day, high->end, Certainty::likely);
}

std::optional<DayPhrase> read_ahead(const DayScene& scene, std::size_t index) {
  const Tokens& tokens = scene.tokens;
  const bool is_within = tokens.is(index, "within");
  if (!is_within && !tokens.is(index, "in")) return std::nullopt;
  std::size_t at = index + 1;
  Certainty certainty = Certainty::sure;
  if (tokens.is(at, "about") || tokens.is(at, "around") || tokens.is(at, "roughly") || tokens.is(at, "maybe")) {
    certainty = Certainty::likely;
    ++at;
  }
  if (auto span = read_span_ahead(scene, at)) return span;
  const auto measure = read_measure(tokens, at);
  if (!measure) return std::nullopt;
  if (measure->certainty == Certainty::likely) certainty = Certainty::likely;
  std::size_t end = measure->end;
  if (tokens.is(end, "time") || (tokens.is(end, "'") && tokens.is(end + 1, "time"))) end += tokens.is(end, "'") ? 2 : 1;
  end = skip_vagueness(tokens, end, certainty);
  // "in 10 minutes I drove ..." can not be told apart; "in 2 days ago" is none.
  if (tokens.is(end, "ago")) return std::nullopt;
  const auto moved = move(scene, scene.today(), measure->value, 1, true);
  if (!moved) return std::nullopt;
  DayPhrase phrase = day_phrase_of(*moved, end, certainty);
  if (is_within) phrase.relation = Relation::by;
  return phrase;
}

// After "3 weeks": "from now", "from Friday", "after the 15th", "before tomorrow", "ago".
std::optional<DayPhrase> read_from(const DayScene& scene, const WordAt<Measure>& measure) {
  const Tokens& tokens = scene.tokens;
  const std::string_view word = tokens.word(measure.end);
  if (word == "ago" || (word == "back" && !scene.tokens.is(measure.end + 1, "to"))) {
    const auto moved = move(scene, scene.today(), measure.value, -1, true);
    if (!moved) return std::nullopt;
    return day_phrase_of(*moved, measure.end + 1, measure.certainty);
  }
  const bool is_after = word == "from" || word == "after", is_before = word == "before";
  if (!is_after && !is_before) return std::nullopt;
  const std::size_t at = measure.end + 1;
  if (word == "from" && tokens.is(at, "now")) {
    const auto moved = move(scene, scene.today(), measure.value, 1, true);
    if (!moved) return std::nullopt;
    return day_phrase_of(*moved, at + 1, measure.certainty);
  }
  auto base = read_written_day(scene, at);
  if (!base) base = read_named_day(scene, at);
  if (!base) return std::nullopt;
  if (base->is_impossible) return base;
  const auto moved = move(scene, *base->day, measure.value, is_before ? -1 : 1, false);
  if (!moved) return std::nullopt;
  // "a week from Friday" on a Friday is a week ahead for everybody.
  Certainty certainty = measure.certainty == Certainty::likely ? Certainty::likely : base->certainty;
  if (base->weekday && word == "from" && scene.today().weekday() == *base->weekday) {
    const auto from_today = move(scene, scene.today(), measure.value, 1, false);
    if (from_today) return day_phrase_of(*from_today, base->end, Certainty::likely);
  }
  return day_phrase_of(*moved, base->end, certainty);
}

// "the day after tomorrow", "day before yesterday", "the week after next", "the day after".
std::optional<DayPhrase> read_next_to(const DayScene& scene, std::size_t index) {
  const Tokens& tokens = scene.tokens;
  const std::size_t at = tokens.is(index, "the") ? index + 1 : index;
  const bool is_after = tokens.is(at + 1, "after"), is_before = tokens.is(at + 1, "before");
  if (!tokens.is(at, "day") || (!is_after && !is_before)) return std::nullopt;
  auto base = read_named_day(scene, at + 2);
  if (!base) base = read_written_day(scene, at + 2);
  if (!base) return std::nullopt;
  if (base->is_impossible) return base;
  return plain_day(base->day->plus_days(is_after ? 1 : -1), base->end, base->certainty);
}

// "next business day", "the following working day".
std::optional<DayPhrase> read_next_business_day(const DayScene& scene, std::size_t index) {
  const Tokens& tokens = scene.tokens;
  const std::size_t at = tokens.is(index, "the") ? index + 1 : index;
  if (!tokens.is(at, "next")) return std::nullopt;
  const auto unit = read_unit(tokens, at + 1);
  if (!unit || unit->value != Unit::business_day) return std::nullopt;
  return plain_day(scene.context.calendar.next_business_day(scene.today()), unit->end);
}

}  // namespace

std::optional<DayPhrase> read_day_distance(const DayScene& scene, std::size_t index) {
  if (auto phrase = read_ahead(scene, index)) return phrase;
  if (auto phrase = read_next_to(scene, index)) return phrase;
  if (auto phrase = read_next_business_day(scene, index)) return phrase;
  auto measure = read_measure(scene.tokens, index);
  if (!measure) {
    // "week from Friday", with the article left out.
    const auto unit = read_unit(scene.tokens, index);
    if (!unit || (unit->value != Unit::week && unit->value != Unit::month) || !scene.tokens.is(unit->end, "from"))
      return std::nullopt;
    measure = WordAt<Measure>{{100, unit->value}, unit->end};
  }
  return read_from(scene, *measure);
}

}  // namespace deskhand::reader
