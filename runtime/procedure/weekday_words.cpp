#include "procedure/weekday_words.h"

#include <algorithm>
#include <array>
#include <utility>

#include "base/text.h"
#include "procedure/condition_words.h"

namespace deskhand::procedure {
namespace {

constexpr std::array<std::string_view, 7> kWeekdayNames = {"monday", "tuesday",  "wednesday", "thursday",
                                                           "friday", "saturday", "sunday"};
constexpr std::array<std::string_view, 7> kShortNames = {"mon", "tue", "wed", "thu", "fri", "sat", "sun"};

// "M-F", "Mo–Sa": letters that are a day only as one end of a stretch.
std::optional<Weekday> letters_named(std::string_view word) {
  static constexpr std::array<std::string_view, 7> kPairs = {"mo", "tu", "we", "th", "fr", "sa", "su"};
  for (std::size_t index = 0; index < kPairs.size(); ++index)
    if (word == kPairs[index]) return static_cast<Weekday>(index + 1);
  if (word == "m") return Weekday::monday;
  if (word == "f") return Weekday::friday;
  return weekday_named(word);
}

// Days that stand side by side in the text, and how they are meant.
struct DayItem {
  std::bitset<8> days;
  bool is_business = false, is_holiday = false, is_single = false, is_weekend = false;
  bool is_excluded = false, is_aside = false;
  std::size_t begin = 0, end = 0;  // words
};

class WeekdayReader {
 public:
  WeekdayReader(std::string_view text, const std::vector<Word>& words) : text_(text), words_(words) {}

  std::vector<DayItem> items() {
    std::vector<DayItem> found;
    bool excluding = false;
    for (std::size_t at = 0; at < words_.size();) {
      if (auto item = item_at(at)) {
        item->is_excluded = excluding;
        item->is_aside = is_aside(at);
        at = item->end;
        found.push_back(*item);
        continue;
      }
      if (is_exclusion(at)) {
        excluding = true;
      } else if (!is_filler(word_at(at))) {
        excluding = false;
      }
      ++at;
    }
    return found;
  }

 private:
  std::string_view word_at(std::size_t at) const {
    return at < words_.size() ? std::string_view(words_[at].text) : std::string_view();
  }

  // Only a dash, and the dot of an abbreviation, between a word and the next.
  bool is_dash_after(std::size_t at) const {
    if (at + 1 >= words_.size()) return false;
    auto between = trim(text_.substr(words_[at].end, words_[at + 1].begin - words_[at].end));
    if (between.starts_with(".")) between = trim(between.substr(1));
    return between == "-" || between == "–" || between == "—" || between == "/-";
  }

  // The last word of the stretch that begins here: "Monday up to Friday", "between Monday and Friday", "Sat-Tue".
  std::optional<std::size_t> stretch_end(std::size_t at) const {
    if (is_dash_after(at) && letters_named(word_at(at)) && letters_named(word_at(at + 1))) return at + 1;
    if (!weekday_named(word_at(at))) return std::nullopt;
    std::size_t next = at + 1;
    while (is_one_of(word_at(next), {"to", "through", "thru", "till", "til", "until", "up"})) ++next;
    const bool between = at > 0 && word_at(at - 1) == "between" && word_at(next) == "and";
    if (between) ++next;
    return next > at + 1 && weekday_named(word_at(next)) ? std::optional(next) : std::nullopt;
  }

  std::optional<DayItem> item_at(std::size_t at) const {
    DayItem item;
    item.begin = at;
    item.end = at + 1;
    const auto word = word_at(at), next = word_at(at + 1);
    if (const auto last = stretch_end(at)) {
      int day = static_cast<int>(*letters_named(word));
      const int until = static_cast<int>(*letters_named(word_at(*last)));
      for (item.days.set(static_cast<std::size_t>(day)); day != until; item.days.set(static_cast<std::size_t>(day)))
        day = day % 7 + 1;
      item.end = *last + 1;
      item.is_single = true;
      return item;
    }
    if (const auto weekday = weekday_named(word)) {
      item.days.set(static_cast<std::size_t>(*weekday));
      item.is_single = true;
      return item;
    }
    const bool two_words = is_one_of(next, {"day", "days"});
    if (is_one_of(word, {"business", "working", "work"}) && two_words) {
      item.is_business = true;
      item.end = at + 2;
    } else if (word == "workday" || word == "workdays") {
      item.is_business = true;
    } else if (is_one_of(word, {"holiday", "holidays"})) {
      item.is_holiday = true;
      return item;
    } else if (is_one_of(word, {"weekend", "weekends"}) || (word == "week" && is_one_of(next, {"end", "ends"}))) {
      item.days.set(6).set(7);
      item.is_weekend = true;
      if (word == "week") item.end = at + 2;
      return item;
    } else if (word == "week" && two_words) {
      item.end = at + 2;
    } else if (word != "weekday" && word != "weekdays") {
      return std::nullopt;
    }
    for (std::size_t day = 1; day <= 5; ++day) item.days.set(day);
    return item;
  }

  bool is_exclusion(std::size_t at) const {
    const auto word = word_at(at);
    if (is_one_of(word, {"except", "excepting", "excluding", "excl", "but", "not", "no", "never", "without", "minus",
                         "besides", "bar", "barring", "skip", "skipping", "save", "omitting", "unless"}))
      return true;
    // "daily (closed Sundays)", not "deals that closed on Friday".
    if (word == "closed")
      return (at > 0 && is_one_of(word_at(at - 1), {"are", "is", "be"})) ||
             (words_[at].begin > 0 && text_[words_[at].begin - 1] == '(');
    return (is_one_of(word, {"from", "for"}) && at > 0 &&
            is_one_of(word_at(at - 1), {"apart", "aside", "except", "save"})) ||
           (word == "than" && at > 0 && word_at(at - 1) == "other");
  }

  static bool is_filler(std::string_view word) {
    return is_one_of(word, {"on",  "for",    "the",      "of",   "in",    "every",   "each",  "and",      "or",   "any",
                            "all", "public", "national", "bank", "legal", "federal", "our",   "school",   "when", "it",
                            "is",  "a",      "an",       "if",   "at",    "during",  "state", "statutory"});
  }

  // "deals due by Friday", "what came in over the weekend": a day the work is about, not one it runs on.
  bool is_aside(std::size_t at) const {
    std::size_t before = at;
    while (before > 0 && is_one_of(word_at(before - 1), {"the", "this", "last", "next", "past", "coming"})) --before;
    if (before < at && is_one_of(word_at(at - 1), {"this", "last", "next", "past", "coming"})) return true;
    if (before == 0)  // "Weekend inquiries" against "weekend at 9"
      return word_at(at) == "weekend" && at + 1 < words_.size() && !words_[at + 1].is_number &&
             !is_one_of(word_at(at + 1), {"at", "morning", "mornings", "and", "or"});
    if (is_one_of(word_at(before - 1), {"over", "since", "by", "before", "during", "due", "until", "after", "within"}))
      return true;
    return word_at(at).starts_with("weekend") && !word_at(at).ends_with("s") &&
           !is_one_of(word_at(at - 1),
                      {"every", "each", "and", "or", "on", "at", "the", "except", "but", "not", "no"}) &&
           at > 0;
  }

  std::string_view text_;
  const std::vector<Word>& words_;
};

bool says_union(const std::vector<Word>& words) {
  return std::any_of(words.begin(), words.end(), [](const Word& word) {
    return is_one_of(word.text, {"including", "included", "includes", "incl", "also", "even", "plus", "too"});
  });
}

}  // namespace

std::optional<Weekday> weekday_named(std::string_view word) {
  if (word.ends_with("s") && word.size() > 5) word.remove_suffix(1);
  for (std::size_t index = 0; index < kWeekdayNames.size(); ++index)
    if (word == kWeekdayNames[index] || word == kShortNames[index]) return static_cast<Weekday>(index + 1);
  if (word == "tues") return Weekday::tuesday;
  if (word == "weds") return Weekday::wednesday;
  if (word == "thur" || word == "thurs") return Weekday::thursday;
  return std::nullopt;
}

WeekdayReading weekdays_in(std::string_view text, const std::vector<Word>& words, bool is_daily) {
  WeekdayReading reading;
  reading.taken.resize(words.size());
  auto items = WeekdayReader(text, words).items();
  const auto runs_on = [](const DayItem& item) { return !item.is_excluded && !item.is_aside && !item.is_holiday; };
  // Asides are left out where something else says when; a lone "over the weekend" says nothing.
  const bool has_other = is_daily || std::any_of(items.begin(), items.end(), runs_on);
  std::erase_if(items, [&](const DayItem& item) { return item.is_aside && (has_other || item.is_weekend); });
  std::bitset<8> excluded;
  bool has_plain = false;
  auto& excludes = reading.excludes;
  for (const auto& item : items) {
    std::fill(reading.taken.begin() + static_cast<std::ptrdiff_t>(item.begin),
              reading.taken.begin() + static_cast<std::ptrdiff_t>(item.end), true);
    if (item.is_holiday) {
      reading.skips_holidays = reading.skips_holidays || item.is_excluded;
    } else if (item.is_excluded) {
      excludes = true;
      excluded |= item.days;
      reading.is_misread = reading.is_misread || item.is_business;
    } else {
      reading.days |= item.days;
      reading.on_business_days = reading.on_business_days || item.is_business;
      has_plain = has_plain || !item.is_business;
      reading.names_weekdays = reading.names_weekdays || item.is_single || item.is_weekend;
    }
  }
  const std::bitset<8> every_day("11111110");
  if (reading.on_business_days && !has_plain && excludes) reading.days = every_day;  // those the business has
  if (reading.on_business_days && has_plain) reading.is_misread = true;
  if (reading.days.none() && (excludes || reading.skips_holidays)) reading.days = every_day;
  if (is_daily && reading.days.any() && !excludes && !reading.on_business_days && says_union(words))
    reading.days = every_day;
  if (excludes && (reading.days & ~excluded).none()) reading.is_misread = true;
  reading.days &= ~excluded;
  return reading;
}

}  // namespace deskhand::procedure
