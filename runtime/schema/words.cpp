#include "schema/words.h"

#include <algorithm>

#include "base/json.h"
#include "base/text.h"

namespace deskhand::schema {
namespace {

constexpr std::size_t kShownBytes = 80;   // of one value or name
constexpr std::size_t kListedNames = 40;  // more is not read
constexpr std::size_t kListedBytes = 800;
constexpr std::size_t kGuessedBytes = 64;  // of a word that a near name is looked for

bool is_plain_word(std::string_view name) {
  return !name.empty() && name.size() <= kShownBytes && std::all_of(name.begin(), name.end(), [](char character) {
    const char lower = static_cast<char>(character | 0x20);
    return (lower >= 'a' && lower <= 'z') || (character >= '0' && character <= '9') || character == '_' ||
           character == '-' || character == '$';
  });
}

// Letters and digits in lower case: "First Name", "firstName" and "first_name" are one word.
std::string letters_of(std::string_view word) {
  std::string letters;
  for (const char character : to_lower(word)) {
    if (static_cast<unsigned char>(character) >= 0x80 || std::isalnum(static_cast<unsigned char>(character)) != 0) {
      letters += character;
    }
  }
  return letters;
}

std::vector<const Step*> steps_from_root(const Step* step) {
  std::vector<const Step*> steps;
  for (; step != nullptr; step = step->before) steps.push_back(step);
  std::reverse(steps.begin(), steps.end());
  return steps;
}

}  // namespace

std::string escape_pointer(std::string_view name) {
  return replace_all(replace_all(std::string(name), "~", "~0"), "/", "~1");
}

std::string pointer_of(const Step* step) {
  std::string pointer;
  for (const Step* each : steps_from_root(step)) {
    pointer += "/" + (each->is_index ? std::to_string(each->index) : escape_pointer(each->key));
  }
  return pointer;
}

std::string place_of(const Step* step) {
  if (step == nullptr) return "the value";
  std::string place;
  for (const Step* each : steps_from_root(step)) {
    if (each->is_index) {
      place += "[" + std::to_string(each->index) + "]";
    } else if (is_plain_word(each->key)) {
      place += (place.empty() ? "" : ".") + std::string(each->key);
    } else {
      place += "[" + shown_text(each->key) + "]";
    }
  }
  return place;
}

std::string shown_text(std::string_view text) {
  // Cut before it is written as JSON, so that a long text costs no more than a short one.
  const std::string_view start = prefix_utf8(text, kShownBytes);
  return to_text(Json(printable_line(start) + (start.size() < text.size() ? "…" : "")));
}

std::string shown_name(std::string_view name) { return is_plain_word(name) ? std::string(name) : shown_text(name); }

std::string shown(const Json& value) {
  if (value.is_string()) return shown_text(value.get_ref<const std::string&>());
  if (value.is_array()) return value.empty() ? "an empty list" : "a list of " + std::to_string(value.size());
  if (value.is_object())
    return value.empty() ? "an empty object" : "an object with " + count_of(value.size(), "field", "fields");
  return to_text(value);
}

std::string described(const Json& value) { return value.is_string() ? "the string " + shown(value) : shown(value); }

std::string listed(const std::vector<std::string>& names) {
  std::string list;
  std::size_t count = 0;
  for (const std::string& name : names) {
    if (count == kListedNames || list.size() > kListedBytes) break;
    list += (count == 0 ? "" : ", ") + name;
    ++count;
  }
  if (count < names.size()) list += " and " + std::to_string(names.size() - count) + " more";
  return list;
}

std::string described_types(TypeSet types) {
  std::vector<std::string> names;
  const auto add = [&](TypeSet bit, const char* name) {
    if ((types & bit) != 0) names.emplace_back(name);
  };
  add(kStringType, "a string");
  add(kNumberType, "a number");
  if ((types & kNumberType) == 0) add(kIntegerType, "a whole number");
  add(kBooleanType, "true or false");
  add(kArrayType, "a list");
  add(kObjectType, "an object");
  add(kNullType, "null");
  return join(names, " or ");
}

TypeSet type_of(const Json& value) {
  switch (value.type()) {
    case Json::value_t::null:
      return kNullType;
    case Json::value_t::boolean:
      return kBooleanType;
    case Json::value_t::number_integer:
    case Json::value_t::number_unsigned:
      return kIntegerType | kNumberType;
    case Json::value_t::number_float:
      return kNumberType;  // 3.0 counts as an integer too; the check asks is_whole
    case Json::value_t::string:
      return kStringType;
    case Json::value_t::array:
      return kArrayType;
    case Json::value_t::object:
      return kObjectType;
    default:
      return 0;
  }
}

std::string did_you_mean(std::string_view word, const std::vector<std::string>& known) {
  if (word.empty() || word.size() > kGuessedBytes) return {};
  const std::string letters = letters_of(word);
  const auto same = std::find_if(known.begin(), known.end(), [&](const std::string& name) {
    return !letters.empty() && letters_of(name) == letters;
  });
  const std::string guess = same != known.end() ? *same : nearest(word, known);
  return guess.empty() ? "" : " (did you mean " + shown_text(guess) + "?)";
}

}  // namespace deskhand::schema
