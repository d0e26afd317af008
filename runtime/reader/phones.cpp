#include "reader/phones.h"

#include <algorithm>
#include <array>
#include <optional>

#include "base/text.h"
#include "reader/lexicon.h"
#include "reader/tokenizer.h"

namespace deskhand::reader {
namespace {

constexpr std::size_t kLocalDigits = 7;  // of the North American plan
constexpr std::size_t kSpokenDigitsMin = 7;
constexpr std::size_t kSpokenDigitsMax = 15;  // E.164
constexpr std::size_t kExtensionDigits = 6;

bool is_north_american(std::string_view region) {
  return equal_ignoring_case(region, "US") || equal_ignoring_case(region, "CA");
}

struct Extension {
  std::string digits;
  std::size_t end = 0;  // token after it
};

// "ext 4", "x12", ", extension 4", "ext. 4".
std::optional<Extension> read_extension(const Tokens& tokens, std::size_t index) {
  std::size_t at = tokens.is(index, ",") ? index + 1 : index;
  const std::string_view word = tokens.word(at);
  if (word != "ext" && word != "extension" && word != "extn" && word != "x") return std::nullopt;
  ++at;
  if (tokens.is(at, ".") || tokens.is(at, ":")) ++at;
  if (!tokens.is_number(at) || tokens[at].folded.size() > kExtensionDigits) return std::nullopt;
  return Extension{tokens[at].folded, at + 1};
}

std::vector<Reading<PhoneNumber>> find_written(const Tokens& tokens, std::string_view region) {
  std::vector<Reading<PhoneNumber>> readings;
  for (PhoneMatch& match : find_phones(tokens.text(), region, kReadingsMax)) {
    Reading<PhoneNumber> reading;
    reading.span = {match.begin, std::min(match.end, tokens.text().size())};
    reading.value.phone = std::move(match.phone);
    // The digits before "ext" may or may not be inside the match; either way the extension is read from the words.
    for (std::size_t at = tokens.at_byte(match.begin); at < tokens.size() && tokens[at].span.begin < match.end + 3;
         ++at) {
      const auto extension = read_extension(tokens, at);
      if (!extension) continue;
      reading.value.extension = extension->digits;
      reading.span.end = std::max(reading.span.end, tokens[extension->end - 1].span.end);
      break;
    }
    readings.push_back(std::move(reading));
  }
  return readings;
}

int spoken_digit(std::string_view word) {
  constexpr std::array<std::string_view, 10> kDigits{"zero", "one", "two",   "three", "four",
                                                     "five", "six", "seven", "eight", "nine"};
  if (word == "oh" || word == "o" || word == "nought") return 0;
  const auto found = std::find(kDigits.begin(), kDigits.end(), word);
  return found == kDigits.end() ? -1 : static_cast<int>(found - kDigits.begin());
}

struct Spoken {
  std::string digits;
  std::size_t end = 0;
  bool has_words = false;
  bool has_plus = false;
};

// A row of spoken digits and digit groups: "five one two 555 oh one four two", "five double five".
Spoken read_spoken(const Tokens& tokens, std::size_t index) {
  Spoken spoken;
  std::size_t at = index;
  if (tokens.is(at, "plus") || tokens.is(at, "+")) {
    spoken.has_plus = true;
    ++at;
  }
  while (at < tokens.size() && spoken.digits.size() <= kSpokenDigitsMax) {
    if (tokens.is_number(at)) {
      spoken.digits += tokens[at].folded;
      spoken.end = ++at;
      continue;
    }
    const bool is_double = tokens.is(at, "double"), is_triple = tokens.is(at, "triple");
    const int digit = spoken_digit(tokens.word(is_double || is_triple ? at + 1 : at));
    if (digit >= 0) {
      spoken.digits.append(is_triple ? 3 : is_double ? 2 : 1, static_cast<char>('0' + digit));
      spoken.has_words = true;
      at += is_double || is_triple ? 2 : 1;
      spoken.end = at;
      continue;
    }
    const bool is_separator = tokens.is(at, "-") || tokens.is(at, ".") || tokens.is(at, ",") || tokens.is(at, "dash") ||
                              tokens.is(at, "(") || tokens.is(at, ")");
    if (!is_separator || spoken.end != at || tokens[at].line_start) break;
    ++at;
  }
  return spoken;
}

std::vector<Span> spans_of(const std::vector<Reading<PhoneNumber>>& readings) {
  std::vector<Span> spans;
  for (const auto& reading : readings) spans.push_back(reading.span);
  return spans;
}

void add_spoken(const Tokens& tokens, std::string_view region, std::vector<Reading<PhoneNumber>>& readings) {
  const std::vector<Span> taken = spans_of(readings);
  for (std::size_t index = 0; index < tokens.size() && readings.size() < kReadingsMax;) {
    const bool may_start = tokens.is_number(index) || spoken_digit(tokens.word(index)) >= 0 ||
                           tokens.is(index, "plus") || tokens.is(index, "double") || tokens.is(index, "triple");
    const Spoken spoken = may_start ? read_spoken(tokens, index) : Spoken{};
    if (spoken.end == 0) {
      ++index;
      continue;
    }
    const Span span = tokens.span(index, spoken.end);
    index = spoken.end;
    const bool fits =
        spoken.has_words && spoken.digits.size() >= kSpokenDigitsMin && spoken.digits.size() <= kSpokenDigitsMax;
    if (!fits || overlaps_any(span, taken)) continue;
    Reading<PhoneNumber> reading{{}, span, Certainty::likely};
    reading.value.phone.as_typed = (spoken.has_plus ? "+" : "") + spoken.digits;
    if (const auto phone = parse_phone((spoken.has_plus ? "+" : "") + spoken.digits, region)) {
      reading.value.phone.e164 = phone->e164;
    } else if (spoken.digits.size() == kLocalDigits && is_north_american(region)) {
      reading.value.is_complete = false;
    } else {
      continue;
    }
    if (const auto extension = read_extension(tokens, spoken.end)) {
      reading.value.extension = extension->digits;
      reading.span.end = tokens[extension->end - 1].span.end;
      index = extension->end;
    }
    readings.push_back(std::move(reading));
  }
}

bool has_phone_word_before(const Tokens& tokens, std::size_t index) {
  static const WordSet words("phone number cell mobile tel telephone call text landline fax ph num reach contact");
  for (std::size_t back = 1; back <= 4 && back <= index; ++back) {
    if (words.has(tokens.word(index - back))) return true;
  }
  return false;
}

// Seven digits of the North American plan: 555-0142, 555 0142, 5550142.
void add_local(const Tokens& tokens, std::vector<Reading<PhoneNumber>>& readings) {
  const std::vector<Span> taken = spans_of(readings);
  for (std::size_t index = 0; index < tokens.size() && readings.size() < kReadingsMax; ++index) {
    if (!tokens.is_number(index) || tokens.word(index).starts_with('0') || tokens.word(index).starts_with('1'))
      continue;
    const bool is_glued_before = tokens.is_glued(index) && index > 0 && !tokens.is(index - 1, "(") &&
                                 !tokens.is(index - 1, ":") && !tokens.is(index - 1, ",");
    if (is_glued_before) continue;
    std::size_t end = 0;
    const bool has_word = has_phone_word_before(tokens, index);
    Certainty certainty = Certainty::sure;
    if (tokens[index].folded.size() == kLocalDigits) {
      if (!has_word) continue;  // an invoice, a part, an order
      end = index + 1;
    } else if (tokens[index].folded.size() == 3) {
      const bool has_mark = tokens.is(index + 1, "-") || (tokens.is(index + 1, ".") && tokens.is_glued(index + 1));
      const std::size_t last = has_mark ? index + 2 : index + 1;
      if (!tokens.is_number(last) || tokens[last].folded.size() != 4 || (has_mark && !tokens.is_glued(last)) ||
          tokens[last].line_start)
        continue;
      if (!has_mark && !has_word) certainty = Certainty::likely;
      end = last + 1;
    } else {
      continue;
    }
    const bool goes_on = tokens.is_glued(end) &&
                         (tokens.is_number(end) || tokens.is(end, "-") || tokens.is(end, "/") || tokens.is(end, "%")) &&
                         (tokens.is_number(end) || tokens.is_glued(end + 1));
    const Span span = tokens.span(index, end);
    if (goes_on || overlaps_any(span, taken) ||
        (end < tokens.size() && tokens.is_number(end) && !tokens[end].line_start))
      continue;
    Reading<PhoneNumber> reading{{}, span, certainty};
    reading.value.phone.as_typed = std::string(words_of(tokens.text(), span));
    reading.value.is_complete = false;
    if (const auto extension = read_extension(tokens, end)) {
      reading.value.extension = extension->digits;
      reading.span.end = tokens[extension->end - 1].span.end;
    }
    readings.push_back(std::move(reading));
    index = end - 1;
  }
}

}  // namespace

std::vector<Reading<PhoneNumber>> find_phone_numbers(std::string_view text, std::string_view region) {
  const Tokens tokens(text);
  std::vector<Reading<PhoneNumber>> readings = find_written(tokens, region);
  add_spoken(tokens, region, readings);
  if (is_north_american(region)) add_local(tokens, readings);
  std::sort(readings.begin(), readings.end(),
            [](const auto& left, const auto& right) { return left.span < right.span; });
  if (readings.size() > kReadingsMax) readings.resize(kReadingsMax);
  return readings;
}

}  // namespace deskhand::reader
