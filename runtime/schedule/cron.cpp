#include "schedule/cron.h"

#include <algorithm>
#include <array>
#include <vector>

#include "base/text.h"

namespace deskhand::schedule {
namespace {

constexpr std::size_t kFields = 5;
constexpr std::size_t kFieldBytes = 100;

struct FieldRule {
  std::string_view name;
  int least, most;
};
constexpr std::array<FieldRule, kFields> kRules = {
    {{"minute", 0, 59}, {"hour", 0, 23}, {"day of the month", 1, 31}, {"month", 1, 12}, {"weekday", 0, 7}}};

std::vector<std::string> words_in(std::string_view text) {
  std::vector<std::string> words;
  for (const std::string& word : split(squeeze(text), ' '))
    if (!word.empty()) words.push_back(word);
  return words;
}

Error wrong_field(const FieldRule& rule, std::string_view field) {
  return make_error(Code::invalid_argument, "The " + std::string(rule.name) + " \"" + printable_line(field) +
                                                "\" of a cron expression is " + std::to_string(rule.least) + " to " +
                                                std::to_string(rule.most) +
                                                ", a list (1,3), a range (1-5), a step (*/2) or *.");
}

std::optional<int> number_in(std::string_view text) {
  if (text.empty() || text.size() > 3) return std::nullopt;
  int value = 0;
  for (const char c : text) {
    if (c < '0' || c > '9') return std::nullopt;
    value = value * 10 + (c - '0');
  }
  return value;
}

// "mon", "jan"; 1 to 7 and 1 to 12.
std::optional<int> number_named(std::string_view text, std::size_t field) {
  if (text.size() < 3) return std::nullopt;
  if (field == 4)
    for (int weekday = 1; weekday <= 7; ++weekday)
      if (starts_with_ignoring_case(weekday_name(static_cast<Weekday>(weekday)), text)) return weekday;
  if (field == 3)
    for (int month = 1; month <= 12; ++month)
      if (starts_with_ignoring_case(month_name(month), text)) return month;
  return std::nullopt;
}

using Values = std::bitset<64>;

// One element of a list: "*", "5", "1-5", "*/10", "1-9/2".
bool read_element(std::string_view element, std::size_t field, Values& values) {
  const FieldRule& rule = kRules[field];
  int step = 1;
  if (const std::size_t slash = element.find('/'); slash != std::string_view::npos) {
    const auto every = number_in(element.substr(slash + 1));
    if (!every || *every < 1) return false;
    step = *every;
    element = element.substr(0, slash);
  }
  const auto value_of = [&](std::string_view word) -> std::optional<int> {
    auto value = number_in(word);
    if (!value) value = number_named(word, field);
    if (!value || *value < rule.least || *value > rule.most) return std::nullopt;
    return value;
  };
  int from = rule.least, to = field == 4 ? 6 : rule.most;
  if (element != "*") {
    const std::size_t dash = element.find('-');
    const auto first = value_of(element.substr(0, dash));
    if (!first) return false;
    from = *first;
    if (dash != std::string_view::npos) {
      const auto last = value_of(element.substr(dash + 1));
      if (!last || *last < from) return false;
      to = *last;
    } else if (step == 1) {
      to = from;
    }
  }
  for (int value = from; value <= to; value += step) values.set(static_cast<std::size_t>(value));
  return true;
}

struct Field {
  Values values;
  bool is_any = false, has_last = false;
};

Result<Field> read_field(std::string_view text, std::size_t field) {
  Field read;
  read.is_any = text == "*" || text == "?";
  if (text.empty() || text.size() > kFieldBytes) return wrong_field(kRules[field], text);
  for (const std::string& element : split(text, ',')) {
    if (field == 2 && (element == "L" || element == "l")) {
      read.has_last = true;
      continue;
    }
    if (!read_element(element == "?" ? "*" : element, field, read.values)) return wrong_field(kRules[field], text);
  }
  return read;
}

std::optional<int> only_value(const Values& values) {
  if (values.count() != 1) return std::nullopt;
  for (std::size_t value = 0; value < values.size(); ++value)
    if (values.test(value)) return static_cast<int>(value);
  return std::nullopt;
}

std::string_view expanded(std::string_view text) {
  if (text == "@daily" || text == "@midnight") return "0 0 * * *";
  if (text == "@weekly") return "0 0 * * 0";
  if (text == "@monthly") return "0 0 1 * *";
  return text;
}

}  // namespace

bool looks_like_cron(std::string_view text) {
  text = trim(text);
  if (!text.empty() && text.front() == '@') return true;
  const std::vector<std::string> words = words_in(text);
  // The first two fields of a cron expression hold no letters; words about time do within two words.
  return words.size() >= 2 && std::all_of(words.begin(), words.begin() + 2, [](const std::string& word) {
           return word.find_first_not_of("0123456789*,-/?") == std::string::npos;
         });
}

Result<Plan> parse_cron(std::string_view text) {
  const std::vector<std::string> words = words_in(expanded(trim(text)));
  if (words.size() != kFields)
    return make_error(Code::invalid_argument, "\"" + shorten(printable_line(text), kFieldBytes) +
                                                  "\" is no cron expression: it has minute, hour, day of the month, "
                                                  "month and weekday, such as 30 7 * * 1-5.");
  std::array<Field, kFields> fields;
  for (std::size_t index = 0; index < kFields; ++index) {
    Result<Field> field = read_field(words[index], index);
    if (!field) return field.error();
    fields[index] = *field;
  }
  const auto minute = only_value(fields[0].values), hour = only_value(fields[1].values);
  if (!minute || !hour)
    return make_error(
        Code::invalid_argument,
        "\"" + shorten(printable_line(text), kFieldBytes) +
            "\" would run several times a day; a behaviour runs once on a date, so give one minute and one hour.");
  Plan plan;
  plan.words = squeeze(text);
  plan.minute_of_day = *hour * 60 + *minute;
  plan.last_day = fields[2].has_last;
  if (!fields[2].is_any)
    for (std::size_t day = 1; day <= 31; ++day) plan.days_of_month.set(day, fields[2].values.test(day));
  if (!fields[3].is_any)
    for (std::size_t month = 1; month <= 12; ++month) plan.months.set(month, fields[3].values.test(month));
  if (!fields[4].is_any)
    for (std::size_t weekday = 1; weekday <= 7; ++weekday)  // Sunday is 0 and 7
      plan.weekdays.set(weekday, fields[4].values.test(weekday) || (weekday == 7 && fields[4].values.test(0)));
  return plan;
}

}  // namespace deskhand::schedule
