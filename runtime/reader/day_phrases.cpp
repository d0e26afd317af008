#include "reader/day_phrases.h"

#include "reader/calendar_words.h"
#include "reader/numbers.h"

namespace deskhand::reader {
namespace {

// The modifier before a weekday: this, next, last, coming.
enum class Which { plain, coming, next, last };
struct Modifier {
  Which which = Which::plain;
  std::size_t end = 0;
};

Modifier read_modifier(const Tokens& tokens, std::size_t index) {
  std::size_t at = index;
  if (tokens.is(at, "the")) ++at;
  const std::string_view word = tokens.word(at), following = tokens.word(at + 1);
  if (word == "this" || word == "coming" || word == "upcoming") {
    if (following == "coming" || following == "upcoming") return {Which::coming, at + 2};
    if (following == "past" || following == "last") return {Which::last, at + 2};
    return {Which::coming, at + 1};
  }
  if (word == "next" || word == "nxt") return {Which::next, at + 1};
  if (word == "last" || word == "past" || word == "previous") return {Which::last, at + 1};
  return {Which::plain, index};
}

Day coming(Day today, Weekday weekday, bool today_counts) {
  const int distance = (static_cast<int>(weekday) - static_cast<int>(today.weekday()) + 7) % 7;
  return today.plus_days(distance == 0 && !today_counts ? 7 : distance);
}

Day latest(Day today, Weekday weekday) {
  const int distance = (static_cast<int>(today.weekday()) - static_cast<int>(weekday) + 7) % 7;
  return today.plus_days(distance == 0 ? -7 : -distance);
}

DayPhrase resolve(const DayScene& scene, Weekday weekday, Which which, std::size_t end) {
  const Day today = scene.today();
  const bool is_today = today.weekday() == weekday;
  if (which == Which::next) {
    const Day day = monday_of(today).plus_days(7 + static_cast<int>(weekday) - 1);
    return plain_day(day, end, day == coming(today, weekday, false) ? Certainty::sure : Certainty::likely);
  }
  if (which == Which::last || (which != Which::next && scene.is_past())) {
    const Day day = latest(today, weekday);
    const bool is_open = which == Which::last ? monday_of(day) == monday_of(today) : is_today;
    return plain_day(day, end, is_open ? Certainty::likely : Certainty::sure);
  }
  const Day day = coming(today, weekday, which == Which::coming);
  const bool is_open = is_today || (which == Which::coming && monday_of(day) != monday_of(today));
  return plain_day(day, end, is_open ? Certainty::likely : Certainty::sure);
}

// "Friday next week", "Friday of last week", "Friday week", "Friday after next".
std::optional<DayPhrase> read_weekday_week(const DayScene& scene, Weekday weekday, std::size_t index) {
  const Tokens& tokens = scene.tokens;
  std::size_t at = index;
  if (tokens.is(at, ",")) ++at;
  if (tokens.is(at, "of") || tokens.is(at, "in")) ++at;
  const Day monday = monday_of(scene.today());
  const int offset = static_cast<int>(weekday) - 1;
  const std::string_view which = tokens.word(at);
  if (tokens.is(at + 1, "week") && (which == "next" || which == "this" || which == "last")) {
    return plain_day(monday.plus_days(offset + (which == "next" ? 7 : which == "last" ? -7 : 0)), at + 2);
  }
  if (at != index) return std::nullopt;
  if (which == "week" && !tokens.is(at + 1, "of"))
    return plain_day(coming(scene.today(), weekday, false).plus_days(7), at + 1, Certainty::likely);
  if (which == "after" && tokens.is(at + 1, "next"))
    return plain_day(monday.plus_days(offset + 14), at + 2, Certainty::likely);
  return std::nullopt;
}

// A date beside its weekday, "Friday, March 13" or "Fri the 13th": they must agree.
std::optional<DayPhrase> read_weekday_date(const DayScene& scene, Weekday weekday, std::size_t index) {
  std::size_t at = index;
  if (scene.tokens.is(at, ",") || scene.tokens.is(at, ".")) ++at;
  if (scene.tokens.is(at, "on")) return std::nullopt;
  auto date = read_written_day(scene, at);
  if (!date || date->last_day) return std::nullopt;
  if (!date->is_impossible && date->day->weekday() != weekday) return impossible_day(date->end);
  if (!date->is_impossible) date->certainty = Certainty::sure;
  return date;
}

// "the first Monday of next month", "last Friday in March".
std::optional<DayPhrase> read_weekday_of_month(const DayScene& scene, std::size_t index) {
  const Tokens& tokens = scene.tokens;
  const std::size_t at = tokens.is(index, "the") ? index + 1 : index;
  const bool is_last = tokens.is(at, "last");
  const auto ordinal = read_ordinal(tokens, at);
  if (!is_last && (!ordinal || ordinal->value > 5)) return std::nullopt;
  const int count = ordinal ? static_cast<int>(ordinal->value) : 0;
  const auto weekday = read_weekday(tokens, ordinal ? ordinal->end : at + 1);
  if (!weekday || !(tokens.is(weekday->end, "of") || tokens.is(weekday->end, "in"))) return std::nullopt;
  std::size_t after = weekday->end + 1;
  Day month = first_of_month(scene.today());
  const std::string_view which = tokens.word(after);
  if (tokens.is(after + 1, "month") && (which == "the" || which == "this" || which == "next" || which == "last")) {
    month = month.plus_months(which == "next" ? 1 : which == "last" ? -1 : 0);
    after += 2;
  } else if (const auto named = read_month(tokens, after)) {
    const auto first = nearest_month_day(scene, named->value, 28);  // the month counts as ahead until it is nearly over
    if (!first) return std::nullopt;
    month = first_of_month(*first);
    after = named->end;
  } else {
    return std::nullopt;
  }
  const Day day = is_last ? latest(last_of_month(month).plus_days(1), weekday->value)
                          : coming(month, weekday->value, true).plus_days(7 * (count - 1));
  if (first_of_month(day) != month) return impossible_day(after);
  return plain_day(day, after, weekday->certainty);
}

std::optional<DayPhrase> read_weekday_phrase(const DayScene& scene, std::size_t index) {
  const Tokens& tokens = scene.tokens;
  if (auto of_month = read_weekday_of_month(scene, index)) return of_month;
  const Modifier modifier = read_modifier(tokens, index);
  const auto weekday = read_weekday(tokens, modifier.end);
  if (!weekday) return std::nullopt;
  std::size_t end = weekday->end;
  if (modifier.which == Which::plain) {
    if (auto in_week = read_weekday_week(scene, weekday->value, end)) return in_week;
    if (auto dated_day = read_weekday_date(scene, weekday->value, end)) return dated_day;
  }
  DayPhrase phrase = resolve(scene, weekday->value, modifier.which, end);
  if (modifier.which == Which::plain) phrase.weekday = weekday->value;
  if (weekday->certainty == Certainty::likely) phrase.certainty = Certainty::likely;
  return phrase;
}

// "this morning", "last night", "tonight".
std::optional<DayPhrase> read_part_of_today(const DayScene& scene, std::size_t index) {
  const Tokens& tokens = scene.tokens;
  const std::string_view word = tokens.word(index), next = tokens.word(index + 1);
  DayPhrase phrase = plain_day(scene.today(), index + 2);
  if (word == "tonight" || word == "tonite") {
    phrase.part = DayPart::evening;
    phrase.end = index + 1;
    return phrase;
  }
  if (word == "last" && next == "night") {
    phrase.day = scene.today().plus_days(-1);
    phrase.part = DayPart::night;
    return phrase;
  }
  if (word == "later" && next == "today") return phrase;
  if (word != "this") return std::nullopt;
  if (next == "morning")
    phrase.part = DayPart::morning;
  else if (next == "afternoon")
    phrase.part = DayPart::afternoon;
  else if (next == "evening")
    phrase.part = DayPart::evening;
  else
    return std::nullopt;
  return phrase;
}

}  // namespace

std::optional<DayPhrase> read_named_day(const DayScene& scene, std::size_t index) {
  if (auto part = read_part_of_today(scene, index)) return part;
  if (const auto near = read_near_day(scene.tokens, index)) {
    return plain_day(scene.today().plus_days(near->value), near->end, near->certainty);
  }
  return read_weekday_phrase(scene, index);
}

std::optional<DayPhrase> read_day(const DayScene& scene, std::size_t index) {
  if (index >= scene.tokens.size()) return std::nullopt;
  using Reader = std::optional<DayPhrase> (*)(const DayScene&, std::size_t);
  constexpr Reader kReaders[] = {read_day_distance, read_written_day, read_day_stretch, read_named_day};
  for (const Reader reader : kReaders) {
    auto phrase = reader(scene, index);
    if (!phrase) continue;
    if (phrase->day && !is_within_calendar(*phrase->day)) return std::nullopt;
    if (phrase->last_day && !is_within_calendar(*phrase->last_day)) return std::nullopt;
    return phrase;
  }
  return std::nullopt;
}

DayPhrase plain_day(Day day, std::size_t end, Certainty certainty) {
  DayPhrase phrase;
  phrase.day = day;
  phrase.end = end;
  phrase.certainty = certainty;
  return phrase;
}

DayPhrase stretch_of(Day first, Day last, std::size_t end, Certainty certainty) {
  DayPhrase phrase = plain_day(first, end, certainty);
  phrase.last_day = last;
  return phrase;
}

DayPhrase impossible_day(std::size_t end) {
  DayPhrase phrase;
  phrase.is_impossible = true;
  phrase.end = end;
  return phrase;
}

std::optional<Day> nearest_month_day(const DayScene& scene, int month, int day_of_month) {
  const int year = scene.today().year();
  if (const auto here = make_day(year, month, day_of_month)) {
    if (scene.is_past() ? *here <= scene.today() : *here >= scene.today()) return here;
  }
  return make_day(scene.is_past() ? year - 1 : year + 1, month, day_of_month);
}

Day monday_of(Day day) { return day.plus_days(1 - static_cast<int>(day.weekday())); }
Day first_of_month(Day day) { return day.plus_days(1 - day.day_of_month()); }
Day last_of_month(Day day) { return first_of_month(day).plus_months(1).plus_days(-1); }

bool is_within_calendar(Day day) {
  const auto first = make_day(kYearMin, 1, 1), last = make_day(kYearMax, 12, 31);
  return first && last && *first <= day && day <= *last;
}

}  // namespace deskhand::reader
