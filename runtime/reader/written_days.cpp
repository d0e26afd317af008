// Days written with numbers: 2026-03-14, 3/14, Mar 3, 14 March, the 30th.
#include "reader/calendar_words.h"
#include "reader/clock_times.h"
#include "reader/day_phrases.h"
#include "reader/lexicon.h"
#include "reader/numbers.h"

namespace deskhand::reader {
namespace {

constexpr int kFarDays = 300;  // a date without a year that far ahead may as well be the one just gone

bool is_marker_before(const Tokens& tokens, std::size_t index) {
  static const WordSet markers(
      "on by for until till til before after since from to due thru through and or of date dated is");
  return index > 0 && markers.has(tokens.word(index - 1));
}

std::optional<int> full_year(std::string_view digits, long value) {
  if (digits.size() == 2) return 2000 + static_cast<int>(value);
  if (digits.size() == 4 && value >= kYearMin && value <= kYearMax) return static_cast<int>(value);
  return std::nullopt;
}

// "3/4" of an inch is not the fourth of March.
bool is_fraction(const Tokens& tokens, std::size_t index) {
  static const WordSet nouns(
      "inch inches in pipe pipes copper valve elbow hp cup mile miles hour hours of off full price ton gallon gal bath "
      "baths brass pvc npt fitting hose tee "
      "coupling way done drill bit socket plywood drywall ply ft foot feet yard yards acre split rating");
  const long top = tokens.number(index), bottom = tokens.number(index + 2);
  if (top == 24 && bottom == 7) return true;
  if (index > 0 && tokens.is_number(index - 1) && !tokens.is_glued(index)) return true;  // 2 1/2
  const bool is_usual = top < bottom && (bottom == 2 || bottom == 3 || bottom == 4 || bottom == 8 || bottom == 16);
  return is_usual && (nouns.has(tokens.word(index + 3)) || tokens.is(index + 3, "\"") || tokens.is(index + 3, "-"));
}

DayPhrase day_or_impossible(std::optional<Day> day, std::size_t end, Certainty certainty = Certainty::sure) {
  return day ? plain_day(*day, end, certainty) : impossible_day(end);
}

Certainty certainty_of(const DayScene& scene, Day day) {
  const int distance = days_between(scene.today(), day);
  return distance > kFarDays || distance < -kFarDays ? Certainty::likely : Certainty::sure;
}

// 2026-03-14, 2026/03/14.
std::optional<DayPhrase> read_year_first(const Tokens& tokens, std::size_t index) {
  if (tokens[index].folded.size() != 4) return std::nullopt;
  for (std::size_t at = index + 1; at < index + 5; ++at) {
    if (!tokens.is_glued(at)) return std::nullopt;
  }
  const std::string_view mark = tokens.word(index + 1);
  if ((mark != "-" && mark != "/" && mark != ".") || mark != tokens.word(index + 3)) return std::nullopt;
  const long year = tokens.number(index), month = tokens.number(index + 2), day = tokens.number(index + 4);
  if (year < kYearMin || year > kYearMax || month < 0 || day < 0 || tokens[index + 2].folded.size() > 2 ||
      tokens[index + 4].folded.size() > 2) {
    return std::nullopt;
  }
  return day_or_impossible(make_day(static_cast<int>(year), static_cast<int>(month), static_cast<int>(day)), index + 5);
}

// 3/14, 3/14/26, 14.03.2026, 3-14-2026.
std::optional<DayPhrase> read_slashed(const DayScene& scene, std::size_t index) {
  const Tokens& tokens = scene.tokens;
  const std::string_view mark = tokens.word(index + 1);
  if (mark != "/" && mark != "." && mark != "-") return std::nullopt;
  if (!tokens.is_glued(index + 1) || !tokens.is_glued(index + 2) || !tokens.is_number(index + 2)) return std::nullopt;
  if (tokens.is_glued(index) && index > 0 && !tokens.is(index - 1, "(")) return std::nullopt;
  const long first = tokens.number(index), second = tokens.number(index + 2);
  if (tokens[index].folded.size() > 2 || tokens[index + 2].folded.size() > 2 || first < 1 || second < 1)
    return std::nullopt;
  std::optional<int> year;
  std::size_t end = index + 3;
  if (tokens.is(end, mark) && tokens.is_glued(end) && tokens.is_glued(end + 1) && tokens.is_number(end + 1)) {
    year = full_year(tokens.word(end + 1), tokens.number(end + 1));
    if (!year || (mark != "/" && tokens.word(end + 1).size() == 2)) return std::nullopt;
    end += 2;
  }
  if (tokens.is_glued(end) && (tokens.is_number(end) || tokens.is(end, "/") || tokens.is_word(end)) &&
      !tokens.is(end, "t"))
    return std::nullopt;
  if (!year && (mark != "/" || is_fraction(tokens, index))) return std::nullopt;
  if (!year && !is_marker_before(tokens, index) && !may_follow_bare_number(tokens, end)) return std::nullopt;
  const bool day_leads = mark == "." || (first > 12 && second <= 12) ||
                         (scene.context.order == DayOrder::day_first && !(second > 12 && first <= 12));
  const int month = static_cast<int>(day_leads ? second : first), day = static_cast<int>(day_leads ? first : second);
  if (month > 12 || day > 31) return std::nullopt;
  const bool is_against_habit = day_leads != (scene.context.order == DayOrder::day_first) && mark != ".";
  const Certainty certainty = is_against_habit ? Certainty::likely : Certainty::sure;
  if (year) return day_or_impossible(make_day(*year, month, day), end, certainty);
  const auto nearest = nearest_month_day(scene, month, day);
  if (!nearest) return impossible_day(end);
  return plain_day(*nearest, end, certainty == Certainty::likely ? certainty : certainty_of(scene, *nearest));
}

struct DayNumber {
  int value = 0;
  bool is_ordinal = false;
  std::size_t end = 0;
};

std::optional<DayNumber> read_day_number(const Tokens& tokens, std::size_t index) {
  if (const auto ordinal = read_ordinal(tokens, index)) {
    if (ordinal->value > 31) return std::nullopt;
    return DayNumber{static_cast<int>(ordinal->value), true, ordinal->end};
  }
  const long value = tokens.number(index);
  if (value < 1 || value > 31 || tokens[index].folded.size() > 2) return std::nullopt;
  // "2:30", "2/3", "2.5", "2pm" and "2%" are no days.
  const bool is_part_of_more = tokens.is_glued(index + 1) && (tokens.is_word(index + 1) || tokens.is(index + 1, ":") ||
                                                              tokens.is(index + 1, "/") || tokens.is(index + 1, "%"));
  const bool is_decimal = tokens.is(index + 1, ".") && tokens.is_glued(index + 1) && tokens.is_glued(index + 2) &&
                          tokens.is_number(index + 2);
  if (is_part_of_more || is_decimal) return std::nullopt;
  return DayNumber{static_cast<int>(value), false, index + 1};
}

struct YearAt {
  int year = 0;
  std::size_t end = 0;
};

// ", 2026" or "2026" after a month or a day.
std::optional<YearAt> read_year(const Tokens& tokens, std::size_t index) {
  const std::size_t at = tokens.is(index, ",") ? index + 1 : index;
  if (!tokens.is_number(at) || tokens[at].folded.size() != 4) return std::nullopt;
  const auto year = full_year(tokens.word(at), tokens.number(at));
  const bool is_amount =
      at > 0 && (tokens.is(at - 1, "$") || tokens.is(at + 1, "dollars") || tokens.is(at + 1, "bucks"));
  if (!year || is_amount || (tokens.is_glued(at + 1) && tokens.is_number(at + 2))) return std::nullopt;
  return YearAt{*year, at + 1};
}

DayPhrase dated(const DayScene& scene, int month, int day, std::size_t end) {
  if (const auto year = read_year(scene.tokens, end))
    return day_or_impossible(make_day(year->year, month, day), year->end);
  const auto nearest = nearest_month_day(scene, month, day);
  return nearest ? plain_day(*nearest, end, certainty_of(scene, *nearest)) : impossible_day(end);
}

bool is_word_first(const Tokens& tokens, std::size_t index) {
  const Token& token = tokens[index];
  return token.casing == Casing::lower && (token.folded == "may" || token.folded == "march" || token.folded == "mar");
}

// "Mar 3", "March 3rd, 2026", "Mar. 3-5", "March the 3rd".
std::optional<DayPhrase> read_month_first(const DayScene& scene, std::size_t index) {
  const Tokens& tokens = scene.tokens;
  const auto month = read_month(tokens, index);
  if (!month) return std::nullopt;
  std::size_t at = month->end;
  if (month->is_short && tokens.is(at, ".")) ++at;
  if (tokens.is(at, "the")) ++at;
  const auto day = read_day_number(tokens, at);
  if (!day || read_unit(tokens, day->end)) return std::nullopt;
  if (!day->is_ordinal && is_word_first(tokens, index) && !may_follow_bare_number(tokens, day->end) &&
      !read_year(tokens, day->end)) {
    return std::nullopt;
  }
  DayPhrase phrase = dated(scene, month->value, day->value, day->end);
  if (month->certainty == Certainty::likely) phrase.certainty = Certainty::likely;
  const bool has_range_mark =
      tokens.is(phrase.end, "-") || tokens.is(phrase.end, "to") || tokens.is(phrase.end, "through");
  const auto last = has_range_mark ? read_day_number(tokens, phrase.end + 1) : std::nullopt;
  if (!last || phrase.is_impossible || phrase.end != day->end || last->value <= day->value ||
      read_unit(tokens, last->end))
    return phrase;
  const DayPhrase end = dated(scene, month->value, last->value, last->end);
  if (end.is_impossible) return end;
  const auto first = make_day(end.day->year(), month->value, day->value);
  return first ? stretch_of(*first, *end.day, end.end, end.certainty) : impossible_day(end.end);
}

// "14 March", "3rd of March 2026".
std::optional<DayPhrase> read_day_first(const DayScene& scene, std::size_t index) {
  const Tokens& tokens = scene.tokens;
  const auto day = read_day_number(tokens, index);
  if (!day) return std::nullopt;
  if (!day->is_ordinal && index > 0 && (tokens.is(index - 1, "at") || tokens.is(index - 1, "@"))) return std::nullopt;
  const bool has_of = tokens.is(day->end, "of");
  const std::size_t at = has_of ? day->end + 1 : day->end;
  const auto month = read_month(tokens, at);
  if (!month) return std::nullopt;
  if (!day->is_ordinal && is_word_first(tokens, at) && !may_follow_bare_number(tokens, month->end)) return std::nullopt;
  DayPhrase phrase = dated(scene, month->value, day->value, month->end);
  if (month->certainty == Certainty::likely) phrase.certainty = Certainty::likely;
  return phrase;
}

// "the 3rd of next month", "the first of the month"; `end` is after the ordinal.
std::optional<DayPhrase> read_of_month(const DayScene& scene, const DayNumber& number) {
  const Tokens& tokens = scene.tokens;
  if (!tokens.is(number.end, "of")) return std::nullopt;
  std::size_t at = number.end + 1;
  const std::string_view which = tokens.word(at);
  if (which != "the" && which != "this" && which != "next" && which != "last" && which != "each" && which != "every")
    return std::nullopt;
  if (!tokens.is(at + 1, "month") || which == "each" || which == "every") return std::nullopt;
  const Day start = first_of_month(scene.today());
  const std::size_t end = at + 2;
  const auto in_month = [&](Day month) { return make_day(month.year(), month.month(), number.value); };
  if (which == "this") return day_or_impossible(in_month(start), end);
  if (which == "next") return day_or_impossible(in_month(start.plus_months(1)), end);
  if (which == "last") return day_or_impossible(in_month(start.plus_months(-1)), end);
  const auto here = in_month(start);
  const bool is_over = here && (scene.is_past() ? *here > scene.today() : *here < scene.today());
  if (here && !is_over) return plain_day(*here, end);
  return day_or_impossible(in_month(start.plus_months(scene.is_past() ? -1 : 1)), end);
}

// "the 30th", "on 30th": the next month that has such a day.
std::optional<DayPhrase> read_ordinal_day(const DayScene& scene, std::size_t index) {
  static const WordSet nouns(
      "floor one ones lead leads time visit call calls appointment customer customers client option quote quotes "
      "estimate street st ave avenue road rd grade place item draft card cards try "
      "attempt job jobs unit room house door step thing half quarter attempts message email text guy person week month "
      "day year choice bid hour request inquiry apt");
  const Tokens& tokens = scene.tokens;
  const bool has_article = tokens.is(index, "the");
  const std::size_t at = has_article ? index + 1 : index;
  const auto day = read_day_number(tokens, at);
  if (!day || !day->is_ordinal) return std::nullopt;
  if (auto of_month = read_of_month(scene, *day)) return of_month;
  if (const auto of_month = read_day_first(scene, at)) return of_month;
  const bool is_spelled = tokens.is_word(at);
  if (is_spelled || (!has_article && !is_marker_before(tokens, index)) || nouns.has(tokens.word(day->end)))
    return std::nullopt;
  Day month = first_of_month(scene.today());
  Certainty certainty = Certainty::sure;
  for (int step = 0; step <= 2; ++step, month = month.plus_months(scene.is_past() ? -1 : 1)) {
    const auto found = make_day(month.year(), month.month(), day->value);
    if (!found)
      certainty = Certainty::likely;  // a month was passed over
    else if (scene.is_past() ? *found <= scene.today() : *found >= scene.today())
      return plain_day(*found, day->end, certainty);
  }
  return impossible_day(day->end);
}

}  // namespace

std::optional<DayPhrase> read_written_day(const DayScene& scene, std::size_t index) {
  if (scene.tokens.is_number(index)) {
    if (auto date = read_year_first(scene.tokens, index)) return date;
    if (auto date = read_slashed(scene, index)) return date;
    if (auto date = read_day_first(scene, index)) return date;
  }
  if (auto date = read_month_first(scene, index)) return date;
  return read_ordinal_day(scene, index);
}

}  // namespace deskhand::reader
