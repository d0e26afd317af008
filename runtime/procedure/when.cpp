#include "procedure/when.h"

#include <algorithm>
#include <array>
#include <bitset>

#include "base/text.h"
#include "procedure/clock_words.h"
#include "procedure/condition_words.h"
#include "procedure/month_day_words.h"
#include "procedure/weekday_words.h"
#include "procedure/words.h"

namespace deskhand::procedure {
namespace {

struct Unit {
  DurationUnit unit = DurationUnit::days;
  bool hours = false;
  std::size_t words = 0;  // how many words it took, 0 when there is none
};

Unit unit_at(const std::vector<Word>& words, std::size_t at) {
  if (at >= words.size()) return {};
  const auto& first = words[at].text;
  const bool business = is_one_of(first, {"business", "working", "work", "week"}) && at + 1 < words.size() &&
                        is_one_of(words[at + 1].text, {"day", "days"});
  if (business) return {DurationUnit::business_days, false, 2};
  if (is_one_of(first, {"workday", "workdays", "weekday", "weekdays"})) return {DurationUnit::business_days, false, 1};
  if (is_one_of(first, {"calendar", "full", "whole", "consecutive", "straight"}) && at + 1 < words.size() &&
      is_one_of(words[at + 1].text, {"day", "days"}))
    return {DurationUnit::days, false, 2};
  if (is_one_of(first, {"day", "days"})) return {DurationUnit::days, false, 1};
  if (is_one_of(first, {"week", "weeks"})) return {DurationUnit::weeks, false, 1};
  if (is_one_of(first, {"month", "months"})) return {DurationUnit::months, false, 1};
  if (is_one_of(first, {"hour", "hours", "hrs"})) return {DurationUnit::days, true, 1};
  return {};
}

}  // namespace

std::string to_text(const Duration& duration) {
  switch (duration.unit) {
    case DurationUnit::business_days:
      return count_of(static_cast<std::size_t>(duration.count), "business day", "business days");
    case DurationUnit::days:
      return count_of(static_cast<std::size_t>(duration.count), "day", "days");
    case DurationUnit::weeks:
      return count_of(static_cast<std::size_t>(duration.count), "week", "weeks");
    case DurationUnit::months:
      return count_of(static_cast<std::size_t>(duration.count), "month", "months");
  }
  return {};
}

int in_days(const Duration& duration) {
  switch (duration.unit) {
    case DurationUnit::business_days:
    case DurationUnit::days:
      return duration.count;
    case DurationUnit::weeks:
      return duration.count * 7;
    case DurationUnit::months:
      return duration.count * 30;
  }
  return duration.count;
}

std::vector<Duration> durations_of(std::string_view text) {
  std::vector<Duration> found;
  const auto words = words_of(text);
  for (std::size_t at = 0; at < words.size(); ++at) {
    int count = number_of(words[at].text);
    const bool article = is_one_of(words[at].text, {"a", "an", "one"});
    if (article) count = 1;
    if (words[at].text == "fortnight") {
      found.push_back({14, DurationUnit::days, words[at].begin, words[at].end});
      continue;
    }
    if (count == 0) continue;
    // "five (5) business days" says it twice.
    std::size_t next = at + 1;
    if (next < words.size() && number_of(words[next].text) == count && !article) ++next;
    if (article && next < words.size() && is_one_of(words[next].text, {"full", "whole"})) ++next;
    if (article && next < words.size() && words[next].text == "fortnight") continue;
    const auto unit = unit_at(words, next);
    if (unit.words == 0) continue;
    // "once a day", "twice a week" and "a day" as a rate are no spans.
    if (words[at].text == "a" && at > 0 && is_one_of(words[at - 1].text, {"once", "twice", "times", "every"})) continue;
    if (unit.hours) count = (count + 23) / 24;
    found.push_back({count, unit.unit, words[at].begin, words[next + unit.words - 1].end});
    at = next + unit.words - 1;
  }
  return found;
}

std::optional<int> clock_of(std::string_view text) {
  const auto reading = clocks_in(text, words_of(text));
  if (reading.is_misread || reading.clocks.empty()) return std::nullopt;
  return reading.clocks.front().minute;
}

bool is_unit_at(const std::vector<Word>& words, std::size_t at) { return unit_at(words, at).words > 0; }

namespace {

DayPart part_of(const Stems& stems) {
  // Whole words where a stem is that of another word: opening and open deals, closing and closed ones, evening and
  // even.
  if (stems.has("morning|first_thing|breakfast|=opening|start_of_day|start_of_the_day")) return DayPart::morning;
  if (stems.has("midday|noon|lunch|lunchtime")) return DayPart::midday;
  if (stems.has("afternoon|end_of_day|end_of_the_day|close_of_business|=closing")) return DayPart::afternoon;
  if (stems.has("=evening|=evenings|night|tonight|nightly")) return DayPart::evening;
  return DayPart::none;
}

// "every 4 weeks", "every third day": no rule that we run.
bool is_every_so_many(const std::vector<Word>& words) {
  for (std::size_t at = 0; at + 2 < words.size(); ++at)
    if (words[at].text == "every" && number_of(words[at + 1].text) > 1 &&
        Stems(words[at + 2].text).has("day|week|month|weekday|business|working|hour|minute"))
      return true;
  return false;
}

bool is_unsupported(const Stems& stems) {
  return stems.has(
             "quarterly|every_quarter|each_quarter|once_a_quarter|per_quarter|of_the_quarter|of_each_quarter|"
             "of_every_quarter|end_of_quarter|biweekly|bi_weekly|fortnightly|every_fortnight|each_fortnight|"
             "a_fortnight|yearly|annually|annual|every_year|each_year|once_a_year|per_year|of_the_year|of_each_year|"
             "of_every_year|hourly") ||
         stems.has(
             "every_hour|every_half|every_minute|every_other|every_second|every_third|every_fourth|every_2nd|every_3rd|"
             "every_4th|every_two|every_three|every_2|every_3|every_few|every_couple|once_in_two|twice_a|twice_daily|"
             "twice_weekly|twice_monthly|twice_per|twice_each|twice_every|thrice|times_a|times_per|times_daily|"
             "bimonthly|bi_monthly|semi_monthly|semimonthly|semiweekly|semi_weekly|alternate|alternating") ||
         stems.has("odd_day|even_day|odd_week|even_week|odd_numbered|even_numbered|odd_month|even_month");
}

// "every morning and evening", "Monday morning and Friday afternoon": two times a day, or a time for each day.
bool has_two_parts(const std::vector<Word>& words) {
  DayPart found = DayPart::none;
  for (std::size_t at = 0; at < words.size(); ++at) {
    if (!is_one_of(words[at].text, {"morning", "mornings", "afternoon", "afternoons", "evening", "evenings", "night"}))
      continue;
    const bool is_run = at == 0 || weekday_named(words[at - 1].text) ||
                        is_one_of(words[at - 1].text, {"every", "each", "and", "weekday", "weekdays", "daily", "or"});
    const auto part = part_of(Stems(words[at].text));
    if (!is_run || part == DayPart::none) continue;
    if (found != DayPart::none && found != part) return true;
    found = part;
  }
  return false;
}

// "in June", "of December", "from May to September", "during the summer", "1 January": a run of part of the year.
bool is_part_of_year(const std::vector<Word>& words) {
  for (std::size_t at = 0; at < words.size(); ++at) {
    const auto& word = words[at];
    const bool season = is_one_of(word.text, {"summer", "winter", "spring", "autumn", "season"});
    const bool month =
        is_one_of(word.text, {"january",   "february", "march",    "april",    "may", "june", "july", "august",
                              "september", "october",  "november", "december", "jan", "feb",  "apr",  "jun",
                              "jul",       "aug",      "sep",      "sept",     "oct", "nov",  "dec"});
    if (!season && !month) continue;
    std::size_t before = at;
    if (before > 0 && words[before - 1].text == "the") --before;
    const auto previous = before > 0 ? std::string_view(words[before - 1].text) : std::string_view();
    const auto next = at + 1 < words.size() ? std::string_view(words[at + 1].text) : std::string_view();
    if ((word.text == "may" || word.text == "march") && !word.is_capital) continue;
    if (is_one_of(previous, {"in", "of", "from", "during", "until", "till", "through", "every", "each", "only",
                             "except", "excluding", "but", "not"}))
      return true;
    const auto is_day = [](std::string_view other) {
      return !other.empty() && other.front() >= '0' && other.front() <= '9';
    };
    if (month && (is_day(previous) || is_day(next))) return true;
  }
  return false;
}

// Words a plan may hold that say no more than what was read from its other words.
bool is_plan_word(std::string_view word) {
  static constexpr std::array<std::string_view, 108> kWords = {
      "a",         "about",   "afternoon", "afternoons", "all",       "also",      "always",    "am",        "an",
      "and",       "any",     "apart",     "are",        "aside",     "at",        "bar",       "barring",   "be",
      "beginning", "between", "breakfast", "business",   "but",       "by",        "clock",     "close",     "closed",
      "closing",   "daily",   "day",       "days",       "during",    "each",      "early",     "end",       "evening",
      "evenings",  "even",    "every",     "everyday",   "except",    "excepting", "excl",      "excluding", "first",
      "for",       "from",    "if",        "in",         "incl",      "included",  "including", "is",        "it",
      "just",      "last",    "local",     "lunch",      "lunchtime", "m",         "mid",       "middle",    "minus",
      "month",     "monthly", "months",    "morning",    "mornings",  "never",     "next",      "night",     "nightly",
      "nights",    "no",      "not",       "o",          "of",        "on",        "once",      "only",      "opening",
      "or",        "other",   "per",       "pm",         "plus",      "public",    "run",       "runs",      "s",
      "save",      "sharp",   "single",    "skip",       "skipping",  "start",     "than",      "the",       "thing",
      "time",      "to",      "too",       "unless",     "week",      "weekly",    "when",      "without",   "working"};
  return std::find(kWords.begin(), kWords.end(), word) != kWords.end();
}

// What the readers of single kinds of words found, put together.
struct WhenReader {
  explicit WhenReader(std::string_view text)
      : stems(text),
        words(words_of(text)),
        is_daily(stems.has("daily|every_day|each_day|everyday|every_morning|each_morning|every_afternoon|every_evening|"
                           "every_night|nightly|every_single_day|7_days_a_week|seven_days_a_week|day_by_day|=mornings|"
                           "=evenings|=afternoons")),
        clocks(clocks_in(text, words)),
        weekdays(weekdays_in(text, words, is_daily)),
        month_days(month_days_in(text, words)),
        taken(words.size()) {
    for (const auto& clock : clocks.clocks)
      std::fill(taken.begin() + static_cast<std::ptrdiff_t>(clock.begin),
                taken.begin() + static_cast<std::ptrdiff_t>(clock.end), true);
    for (std::size_t at = 0; at < words.size(); ++at)
      if (weekdays.taken[at] || month_days.taken[at] || is_plan_word(words[at].text)) taken[at] = true;
  }

  std::string unread() const {
    for (std::size_t at = 0; at < words.size(); ++at)
      if (!taken[at]) return words[at].text;
    return {};
  }

  // "at 8:00 and 17:00", "weekdays at 7 and Saturdays at 9"; not "at 8:00, what was written after 17:00".
  bool has_two_clocks() const {
    for (std::size_t index = 1; index < clocks.clocks.size(); ++index) {
      const auto& before = clocks.clocks[index - 1];
      const auto& clock = clocks.clocks[index];
      if (clock.minute == before.minute) continue;
      if (std::all_of(taken.begin() + static_cast<std::ptrdiff_t>(before.end),
                      taken.begin() + static_cast<std::ptrdiff_t>(clock.begin), [](bool one) { return one; }))
        return true;
    }
    return false;
  }

  Cadence by_weekday(When& when) const {
    static const std::bitset<8> kEveryDay("11111110"), kMondayToFriday("00111110");
    when.skips_holidays = weekdays.skips_holidays;
    when.on_business_day = weekdays.on_business_days;
    const bool narrows_business_days = weekdays.on_business_days && weekdays.excludes;
    if (weekdays.days == kEveryDay) return Cadence::daily;
    if (weekdays.days == kMondayToFriday && !narrows_business_days) return Cadence::weekdays;
    for (std::size_t day = 1; day <= 7; ++day)
      if (weekdays.days.test(day)) when.weekdays.push_back(static_cast<Weekday>(day));
    return Cadence::weekly;
  }

  Cadence by_month(When& when) const {
    when.days_of_month = month_days.days;
    when.on_business_day = stems.has("business_day|working_day|workday|weekday");
    const bool is_shifted_back = stems.has(
        "previous_business|prior_business|preceding_business|business_day_before|business_day_prior|previous_working|"
        "prior_working|preceding_working|working_day_before|working_day_prior|previous_weekday|weekday_before");
    const bool has_last =
        std::find(when.days_of_month.begin(), when.days_of_month.end(), -1) != when.days_of_month.end();
    // "the first Monday of the month" and "the third business day" are no rules that we run.
    if (weekdays.names_weekdays || weekdays.excludes || weekdays.skips_holidays || is_shifted_back ||
        month_days.is_misread || stems.has("to_last|before_last") ||
        (when.on_business_day && has_last && when.days_of_month.size() > 1))
      return Cadence::unsupported;
    return Cadence::monthly;
  }

  Cadence cadence(When& when) const {
    if (is_unsupported(stems) || is_every_so_many(words)) return Cadence::unsupported;
    if (stems.has("monthly|month|month_end")) return by_month(when);
    if (weekdays.days.any() || weekdays.is_misread) return by_weekday(when);
    const bool some_days = stems.has("days_a_week|days_per_week|days_each_week|days_every_week|days_of_the_week");
    if (some_days && !is_daily) return Cadence::unsupported;
    if (is_daily && !stems.has("weekly")) return Cadence::daily;
    if (stems.has("weekly|week")) return Cadence::weekly;
    if (is_daily || stems.has("per_day|a_day")) return Cadence::daily;
    if (!month_days.days.empty() && (stems.has("on_the") || (month_days.has_digits && unread().empty())))
      return by_month(when);
    return Cadence::none;
  }

  Stems stems;
  std::vector<Word> words;
  bool is_daily;
  ClockReading clocks;
  WeekdayReading weekdays;
  MonthDayReading month_days;
  std::vector<bool> taken;
};

}  // namespace

int When::minute_or(int otherwise) const {
  if (minute_of_day) return *minute_of_day;
  switch (part) {
    case DayPart::none:
      return otherwise;
    case DayPart::morning:
      return 8 * 60;
    case DayPart::midday:
      return 12 * 60;
    case DayPart::afternoon:
      return 14 * 60;
    case DayPart::evening:
      return 18 * 60;
  }
  return otherwise;
}

When when_of(std::string_view text) {
  When when;
  when.words = squeeze(text);
  const WhenReader reader(text);
  if (!reader.clocks.is_misread && !reader.clocks.clocks.empty())
    when.minute_of_day = reader.clocks.clocks.front().minute;
  when.part = part_of(reader.stems);
  when.unread = reader.unread();
  when.cadence = reader.cadence(when);
  const bool is_misread = reader.clocks.is_misread || reader.weekdays.is_misread || reader.has_two_clocks() ||
                          reader.month_days.is_nth_weekday || has_two_parts(reader.words) ||
                          is_part_of_year(reader.words);
  if (when.cadence != Cadence::none && is_misread) when.cadence = Cadence::unsupported;
  return when;
}

}  // namespace deskhand::procedure
