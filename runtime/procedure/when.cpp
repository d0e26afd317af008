#include "procedure/when.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "procedure/condition_words.h"
#include "procedure/words.h"

namespace deskhand::procedure {
namespace {

constexpr std::array<std::string_view, 7> kWeekdays = {"monday", "tuesday",  "wednesday", "thursday",
                                                       "friday", "saturday", "sunday"};
constexpr std::array<std::string_view, 7> kShortWeekdays = {"mon", "tue", "wed", "thu", "fri", "sat", "sun"};

std::optional<Weekday> weekday_of(std::string_view word) {
  if (word.ends_with("s") && word.size() > 5) word.remove_suffix(1);
  for (std::size_t index = 0; index < kWeekdays.size(); ++index)
    if (word == kWeekdays[index] || word == kShortWeekdays[index]) return static_cast<Weekday>(index + 1);
  if (word == "tues") return Weekday::tuesday;
  if (word == "thur" || word == "thurs") return Weekday::thursday;
  return std::nullopt;
}

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

namespace {

bool is_am(std::string_view word) { return word == "am" || word == "a"; }
bool is_pm(std::string_view word) { return word == "pm" || word == "p"; }

// "8am" -> 8 and "am".
struct ClockWord {
  int number = -1;
  std::string suffix;
};

ClockWord clock_word(std::string_view word) {
  ClockWord result;
  std::size_t digits = 0;
  while (digits < word.size() && word[digits] >= '0' && word[digits] <= '9') ++digits;
  if (digits == 0 || digits > 2) return result;
  result.number = word[0] - '0';
  if (digits == 2) result.number = result.number * 10 + (word[1] - '0');
  result.suffix = std::string(word.substr(digits));
  return result;
}

// 12-hour to minutes; nullopt for 25:00 and 13 pm.
std::optional<int> minutes_of(int hour, int minute, std::string_view suffix) {
  if (minute > 59) return std::nullopt;
  if (is_am(suffix) || is_pm(suffix)) {
    if (hour < 1 || hour > 12) return std::nullopt;
    hour = hour % 12 + (is_pm(suffix) ? 12 : 0);
  }
  if (hour > 23) return std::nullopt;
  return hour * 60 + minute;
}

std::string_view suffix_at(const std::vector<Word>& words, std::size_t at) {
  if (at >= words.size()) return {};
  const auto& word = words[at].text;
  if (word == "am" || word == "pm") return word;
  const bool dotted = (word == "a" || word == "p") && at + 1 < words.size() && words[at + 1].text == "m" &&
                      words[at + 1].begin == words[at].end + 1;
  return dotted ? std::string_view(word) : std::string_view();
}

}  // namespace

std::optional<int> clock_of(std::string_view text) {
  const auto words = words_of(text);
  for (std::size_t at = 0; at < words.size(); ++at) {
    if (words[at].text == "noon" || words[at].text == "midday") return 12 * 60;
    if (words[at].text == "midnight") return 0;
    const auto hour = clock_word(words[at].text);
    if (hour.number < 0) continue;
    if (!hour.suffix.empty()) {  // "8am", "1st"
      if (is_am(hour.suffix) || is_pm(hour.suffix)) return minutes_of(hour.number, 0, hour.suffix);
      continue;
    }
    const bool colon = at + 1 < words.size() && words[at + 1].begin == words[at].end + 1 &&
                       (text[words[at].end] == ':' || text[words[at].end] == '.');
    const auto minute = colon ? clock_word(words[at + 1].text) : ClockWord{};
    const bool two_digits = colon && words[at + 1].end - words[at + 1].begin - minute.suffix.size() == 2;
    if (minute.number >= 0 && two_digits) {
      const auto suffix = minute.suffix.empty() ? suffix_at(words, at + 2) : std::string_view(minute.suffix);
      return minutes_of(hour.number, minute.number, suffix);
    }
    if (const auto suffix = suffix_at(words, at + 1); !suffix.empty()) return minutes_of(hour.number, 0, suffix);
    const bool oclock = at + 1 < words.size() && words[at + 1].text == "o";
    // "at 7" and "at 3": a business that means seven in the evening or three in the morning says so.
    const bool bare = at > 0 && words[at - 1].text == "at" && !colon && hour.number >= 1;
    if (oclock || bare) return minutes_of(bare && hour.number < 5 ? hour.number + 12 : hour.number, 0, "");
  }
  return std::nullopt;
}

namespace {

DayPart part_of(const Stems& stems) {
  if (stems.has("morning|first_thing|breakfast|opening|start_of_day|start_of_the_day")) return DayPart::morning;
  if (stems.has("midday|noon|lunch|lunchtime")) return DayPart::midday;
  if (stems.has("afternoon|end_of_day|end_of_the_day|close_of_business|closing")) return DayPart::afternoon;
  if (stems.has("evening|night|tonight")) return DayPart::evening;
  return DayPart::none;
}

// "the 1st", "15th of the month", "day 1".
std::optional<int> ordinal_of(const std::vector<Word>& words) {
  static constexpr std::array<std::string_view, 4> kNames = {"", "first", "second", "third"};
  for (std::size_t at = 0; at < words.size(); ++at) {
    const auto number = clock_word(words[at].text);
    if (number.number >= 1 && number.number <= 31 && is_one_of(number.suffix, {"st", "nd", "rd", "th"}))
      return number.number;
    if (words[at].text == "day" && at + 1 < words.size() && number_of(words[at + 1].text) >= 1 &&
        number_of(words[at + 1].text) <= 31)
      return number_of(words[at + 1].text);
    for (int name = 1; name <= 3; ++name)
      if (words[at].text == kNames[static_cast<std::size_t>(name)]) {
        // "first thing" is a time of day; "first Monday" is read by the caller.
        if (at + 1 < words.size() && words[at + 1].text == "thing") continue;
        return name;
      }
  }
  return std::nullopt;
}

void read_month_day(When& when, const Stems& stems, const std::vector<Word>& words) {
  when.on_business_day = stems.has("business_day|working_day|workday|weekday");
  if (stems.has("last_day|last_business_day|last_working_day|end_of_month|end_of_the_month|end_of_each_month|"
                "end_of_every_month|month_end|last_weekday|last_of_the_month|last_of_month|last_of_each_month|"
                "last_of_every_month")) {
    when.day_of_month = -1;
  } else if (const auto day = ordinal_of(words)) {
    when.day_of_month = day;
  } else if (stems.has("start_of_the_month|beginning_of_the_month|begin_of_month|start_of_month|start_of_each_month")) {
    when.day_of_month = 1;
  } else if (stems.has("mid_month|middle_of_the_month|middle_of_each_month|middle_of_every_month")) {
    when.day_of_month = 15;
  }
  // "the first Monday of the month" is no rule that we run.
  if (!when.weekdays.empty() || stems.has("to_last|before_last")) when.cadence = Cadence::unsupported;
}

// "every 4 weeks", "every third day": no rule that we run either.
bool is_every_so_many(const std::vector<Word>& words) {
  for (std::size_t at = 0; at + 2 < words.size(); ++at)
    if (words[at].text == "every" && number_of(words[at + 1].text) > 1 &&
        Stems(words[at + 2].text).has("day|week|month|weekday|business|working|hour|minute"))
      return true;
  return false;
}

// "Monday to Friday", "Mon–Fri"; not "Monday, Friday".
bool is_range(std::string_view text, const std::vector<Word>& words) {
  for (std::size_t at = 0; at < words.size(); ++at) {
    if (weekday_of(words[at].text) != Weekday::monday) continue;
    if (at + 2 < words.size() && is_one_of(words[at + 1].text, {"to", "through", "till", "until"})) return true;
    if (at + 1 >= words.size()) continue;
    const auto between = trim(text.substr(words[at].end, words[at + 1].begin - words[at].end));
    if (between == "-" || between == "–" || between == "—") return true;
  }
  return false;
}

bool is_unsupported(const Stems& stems) {
  return stems.has(
             "quarterly|every_quarter|each_quarter|biweekly|fortnightly|every_fortnight|yearly|annually|every_year|"
             "each_year|hourly") ||
         stems.has(
             "every_hour|every_minute|every_other|every_second|every_third|every_fourth|every_2nd|every_3rd|every_4th|"
             "every_two|every_three|every_2|every_3|every_few|twice_a|"
             "twice_daily|bimonthly");
}

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
  const Stems stems(text);
  const auto words = words_of(text);
  for (const auto& word : words)
    if (const auto weekday = weekday_of(word.text);
        weekday && std::find(when.weekdays.begin(), when.weekdays.end(), *weekday) == when.weekdays.end())
      when.weekdays.push_back(*weekday);
  when.minute_of_day = clock_of(text);
  when.part = part_of(stems);
  const bool monthly = stems.has("monthly|month|month_end");
  const bool weekly = stems.has("weekly|week");
  const bool on_weekdays = stems.has("weekday|business_day|working_day|workday|every_business_day") && !monthly;
  if (is_unsupported(stems) || is_every_so_many(words)) {
    when.cadence = Cadence::unsupported;
  } else if (monthly) {
    when.cadence = Cadence::monthly;
    read_month_day(when, stems, words);
  } else if (!when.weekdays.empty()) {
    when.cadence = Cadence::weekly;
    const bool monday_to_friday = when.weekdays.size() == 2 && when.weekdays[0] == Weekday::monday &&
                                  when.weekdays[1] == Weekday::friday && is_range(text, words);
    if (monday_to_friday) {
      when.cadence = Cadence::weekdays;
      when.weekdays.clear();
    }
  } else if (on_weekdays) {
    when.cadence = Cadence::weekdays;
  } else if (weekly) {
    when.cadence = Cadence::weekly;
  } else if (stems.has("daily|every_day|each_day|every_morning|each_morning|every_afternoon|every_evening|every_night|"
                       "nightly") ||
             stems.has("every_single_day|per_day|a_day|day_by_day|=mornings|=evenings|=afternoons")) {
    when.cadence = Cadence::daily;
  } else if (stems.has("on_the") && ordinal_of(words)) {
    when.cadence = Cadence::monthly;
    read_month_day(when, stems, words);
  }
  return when;
}

}  // namespace deskhand::procedure
