#include "tools/arguments.h"

#include <algorithm>
#include <cmath>

#include "base/email.h"
#include "base/json.h"
#include "base/limits.h"
#include "base/phone.h"
#include "base/text.h"

namespace deskhand::tools {
namespace {

const Json* find(const Json& arguments, std::string_view name) {
  if (!arguments.is_object()) return nullptr;
  const auto at = arguments.find(name);
  return at == arguments.end() ? nullptr : &*at;
}

// Numbers where text is meant (a house number, a ZIP) read as their digits; anything else is no text.
std::string as_text(const Json& value) {
  if (value.is_string()) return value.get<std::string>();
  if (value.is_number()) return to_text(value);
  return {};
}

std::string one_line(const Json& value) { return squeeze(printable_line(as_text(value))); }

bool has_point(const std::vector<ContactPoint>& points, PointKind kind, std::string_view normal) {
  return std::any_of(points.begin(), points.end(),
                     [&](const ContactPoint& point) { return point.kind == kind && point.normal == normal; });
}

Done add_point(std::vector<ContactPoint>& points, PointKind kind, const std::string& typed, const Org& org,
               std::string_view origin) {
  ContactPoint point;
  point.kind = kind;
  point.as_typed = typed;
  point.origin = origin;
  if (kind == PointKind::phone) {
    const Result<Phone> phone = parse_phone(typed, org.region);
    if (!phone) return phone.error();
    point.normal = phone->e164;
  } else {
    const Result<EmailAddress> email = parse_email(typed);
    if (!email) return email.error();
    point.normal = email->folded;
  }
  if (has_point(points, kind, point.normal)) return {};
  point.position = static_cast<int>(
      std::count_if(points.begin(), points.end(), [&](const ContactPoint& other) { return other.kind == kind; }));
  points.push_back(std::move(point));
  return {};
}

}  // namespace

bool given(const Json& arguments, std::string_view name) { return find(arguments, name) != nullptr; }

std::string text(const Json& arguments, std::string_view name) {
  const Json* value = find(arguments, name);
  return value ? std::string(trim(printable(as_text(*value)))) : std::string();
}

std::string line(const Json& arguments, std::string_view name) {
  const Json* value = find(arguments, name);
  return value ? one_line(*value) : std::string();
}

std::optional<std::string> optional_text(const Json& arguments, std::string_view name) {
  if (!given(arguments, name)) return std::nullopt;
  return text(arguments, name);
}

std::optional<std::string> optional_line(const Json& arguments, std::string_view name) {
  if (!given(arguments, name)) return std::nullopt;
  return line(arguments, name);
}

bool flag(const Json& arguments, std::string_view name, bool otherwise) {
  const Json* value = find(arguments, name);
  if (!value) return otherwise;
  if (value->is_boolean()) return value->get<bool>();
  const std::string word = to_lower(one_line(*value));
  if (word == "true" || word == "yes") return true;
  if (word == "false" || word == "no") return false;
  return otherwise;
}

std::int64_t integer(const Json& arguments, std::string_view name, std::int64_t otherwise, std::int64_t least,
                     std::int64_t most) {
  const Json* value = find(arguments, name);
  if (!value) return otherwise;
  double number = 0;
  if (value->is_number()) {
    number = value->get<double>();
  } else {
    const std::string word = one_line(*value);
    if (word.empty() || word.size() > 12 || word.find_first_not_of("0123456789") != std::string::npos) return otherwise;
    for (char digit : word) number = number * 10 + (digit - '0');
  }
  if (std::isnan(number)) return otherwise;
  return static_cast<std::int64_t>(
      std::clamp(std::trunc(number), static_cast<double>(least), static_cast<double>(most)));
}

std::vector<std::string> lines(const Json& arguments, std::string_view name, std::size_t count_max) {
  std::vector<std::string> result;
  const auto add = [&](const Json& item) {
    std::string word = one_line(item);
    if (word.empty() || result.size() >= count_max) return;
    const bool known = std::any_of(result.begin(), result.end(),
                                   [&](const std::string& other) { return equal_ignoring_case(other, word); });
    if (!known) result.push_back(std::move(word));
  };
  const Json* value = find(arguments, name);
  if (!value) return result;
  if (!value->is_array()) {
    add(*value);
    return result;
  }
  for (const Json& item : *value) add(item);
  return result;
}

Result<std::optional<Day>> day(const Json& arguments, std::string_view name, Day today) {
  const std::string word = to_lower(line(arguments, name));
  if (word.empty()) return std::optional<Day>();
  if (word == "today") return std::optional<Day>(today);
  if (word == "tomorrow") return std::optional<Day>(today.plus_days(1));
  if (word == "yesterday") return std::optional<Day>(today.plus_days(-1));
  const Result<Day> parsed = parse_iso_day(word);
  if (!parsed)
    return make_error(Code::invalid_argument, std::string(name) + " \"" + shorten(word, 40) +
                                                  "\" is not a date; write it as " + to_iso(today) + ".");
  return std::optional<Day>(*parsed);
}

Result<std::optional<Money>> money(const Json& arguments, std::string_view name, const Org& org) {
  const std::string word = line(arguments, name);
  if (word.empty()) return std::optional<Money>();
  Result<Money> amount = parse_money(word, org.currency);
  if (!amount) return make_error(Code::invalid_argument, std::string(name) + ": " + amount.error().message);
  if (amount->currency != org.currency)
    return make_error(Code::invalid_argument, std::string(name) + " is in " + amount->currency +
                                                  "; this business keeps its books in " + org.currency + ".");
  return std::optional<Money>(*amount);
}

Result<std::vector<ContactPoint>> contact_points(const Json& arguments, const Org& org, std::string_view origin) {
  constexpr std::pair<PointKind, std::string_view> kNames[] = {{PointKind::phone, "phones"},
                                                               {PointKind::phone, "phone"},
                                                               {PointKind::email, "emails"},
                                                               {PointKind::email, "email"}};
  std::vector<ContactPoint> points;
  for (const auto& [kind, name] : kNames) {
    for (const std::string& typed : lines(arguments, name, limits::kContactPoints + 1))
      if (Done added = add_point(points, kind, typed, org, origin); !added) return added.error();
  }
  if (points.size() > limits::kContactPoints)
    return make_error(Code::limit_exceeded, "One person can have at most " + std::to_string(limits::kContactPoints) +
                                                " phones and e-mail addresses.");
  return points;
}

PersonName split_name(std::string_view full_name) {
  const std::string name = squeeze(full_name);
  if (const std::size_t comma = name.find(','); comma != std::string::npos && comma > 0 && comma + 1 < name.size())
    return {std::string(trim(std::string_view(name).substr(comma + 1))),
            std::string(trim(std::string_view(name).substr(0, comma)))};
  const std::size_t space = name.rfind(' ');
  if (space == std::string::npos) return {name, ""};
  return {name.substr(0, space), name.substr(space + 1)};
}

std::optional<PersonName> person_name(const Json& arguments) {
  PersonName name{line(arguments, "first_name"), line(arguments, "last_name")};
  if (!name.first.empty() || !name.last.empty()) return name;
  const std::string full = line(arguments, "name");
  if (full.empty()) return std::nullopt;
  return split_name(full);
}

Done apply_custom_fields(const Json& arguments, CustomFields& onto) {
  if (!arguments.is_object()) return {};
  for (const auto& [name, value] : arguments.items()) {
    if (!name.starts_with("x_")) continue;
    if (value.is_null()) {
      onto.erase(name);
      continue;
    }
    std::string stored = to_text(value);
    if (stored.size() > limits::kCustomValueBytes)
      return make_error(Code::invalid_argument,
                        name + " is longer than " + std::to_string(limits::kCustomValueBytes) + " bytes; shorten it.");
    onto[name] = std::move(stored);
  }
  if (onto.size() > limits::kCustomFields)
    return make_error(Code::limit_exceeded,
                      "A record holds at most " + std::to_string(limits::kCustomFields) + " fields of its own.");
  return {};
}

}  // namespace deskhand::tools
