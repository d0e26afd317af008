#include "base/phone.h"

#include <phonenumbers/logger.h>
#include <phonenumbers/phonenumber.pb.h>
#include <phonenumbers/phonenumbermatch.h>
#include <phonenumbers/phonenumbermatcher.h>
#include <phonenumbers/phonenumberutil.h>

#include <algorithm>
#include <array>

#include "base/limits.h"
#include "base/text.h"
#include "base/utf8.h"

namespace deskhand {
namespace {

using i18n::phonenumbers::NullLogger;
using i18n::phonenumbers::PhoneNumber;
using i18n::phonenumbers::PhoneNumberMatch;
using i18n::phonenumbers::PhoneNumberMatcher;
using i18n::phonenumbers::PhoneNumberUtil;

constexpr std::size_t kPhoneDigitsMax = 20;
constexpr int kMatchTries = 2'000;  // candidates that may fail before a text counts as having no more numbers
constexpr std::size_t kTextBytesMax = limits::kBodyBytes;

// The library's one object. It is immutable once its logger is gone; the logger would write to standard output.
const PhoneNumberUtil& numbers() {
  static const PhoneNumberUtil* const library = [] {
    PhoneNumberUtil* const created = PhoneNumberUtil::GetInstance();
    created->SetLogger(new NullLogger);  // the library owns it
    return created;
  }();
  return *library;
}


std::string e164_of(const PhoneNumber& number) {
  std::string e164;
  numbers().Format(number, PhoneNumberUtil::E164, &e164);
  return e164;
}

Error bad_phone(std::string_view text, const std::string& region) {
  std::string example = "+12125551234";
  PhoneNumber number;
  if (numbers().GetExampleNumber(region, &number)) {
    std::string national;
    numbers().Format(number, PhoneNumberUtil::NATIONAL, &national);
    example = national + " or " + e164_of(number);
  }
  return make_error(Code::invalid_argument, "\"" + shorten(printable_line(text), limits::kPhoneBytes) +
                                                "\" is not a phone number that can exist; write it like " + example +
                                                ".");
}

// The library skips words in front of a number; a field that holds a sentence is not a number somebody typed.
bool begins_like_a_number(std::string_view text) {
  if (text.empty()) return false;
  const char32_t first = decode_utf8(text, 0).value;
  const bool is_wide = first == 0xFF0B || first == 0xFF08 || (first >= 0xFF10 && first <= 0xFF19);
  const bool is_arabic_digit = (first >= 0x660 && first <= 0x669) || (first >= 0x6F0 && first <= 0x6F9);
  return (first >= '0' && first <= '9') || first == '+' || first == '(' || is_wide || is_arabic_digit;
}

}  // namespace

Result<Phone> parse_phone(std::string_view text, std::string_view region) {
  const std::string home = to_upper(region);
  const std::string_view typed = trim(text);
  std::string_view number_text = typed;
  if (starts_with_ignoring_case(number_text, "tel:")) number_text.remove_prefix(4);
  number_text = trim(number_text);
  const bool is_clean = is_utf8(number_text) && printable_line(number_text) == number_text;
  if (typed.size() > limits::kPhoneBytes || !is_clean || !begins_like_a_number(number_text))
    return bad_phone(text, home);
  PhoneNumber number;
  const auto outcome = numbers().Parse(std::string(number_text), home, &number);
  // IsValidNumber knows real area codes and takes the 555-01xx numbers of fiction in them for valid.
  if (outcome != PhoneNumberUtil::NO_PARSING_ERROR || !numbers().IsValidNumber(number)) return bad_phone(text, home);
  return Phone{e164_of(number), std::string(typed)};
}

std::string format_phone(std::string_view e164, std::string_view region) {
  PhoneNumber number;
  if (e164.size() > limits::kPhoneBytes || !e164.starts_with('+')) return std::string(e164);
  if (numbers().Parse(std::string(e164), "ZZ", &number) != PhoneNumberUtil::NO_PARSING_ERROR) return std::string(e164);
  if (!numbers().IsPossibleNumber(number)) return std::string(e164);
  const bool is_home = numbers().GetCountryCodeForRegion(to_upper(region)) == number.country_code();
  std::string formatted;
  numbers().Format(number, is_home ? PhoneNumberUtil::NATIONAL : PhoneNumberUtil::INTERNATIONAL, &formatted);
  return formatted;
}

namespace {

// The matcher gives up on bytes that are not UTF-8; blanks of the same length keep every position true.
std::string matchable(std::string_view text) {
  std::string copy(prefix_utf8(text, kTextBytesMax));
  const bool is_good = is_utf8(copy);
  for (char& character : copy) {
    const auto byte = static_cast<unsigned char>(character);
    if ((byte < 0x20 && character != '\n') || byte == 0x7F || (byte >= 0x80 && !is_good)) character = ' ';
  }
  return copy;
}

// The words right before `end`, nearest first, in lower case; a sentence's end stops them.
std::vector<std::string> words_before(std::string_view text, std::size_t end, std::size_t count_max) {
  std::vector<std::string> words;
  constexpr std::size_t kBytesBack = 48;
  const std::size_t start = end > kBytesBack ? end - kBytesBack : 0;
  std::size_t at = end;
  while (at > start && words.size() < count_max) {
    while (at > start && std::string_view(" \t:#.-=(\"").find(text[at - 1]) != std::string_view::npos) --at;
    std::size_t word_end = at;
    while (at > start && is_letter(text[at - 1])) --at;
    if (at == word_end) break;
    words.push_back(to_lower(text.substr(at, word_end - at)));
  }
  return words;
}

// "order 5125550142", "invoice no. 5125550142": a bare run of digits that its own sentence names as something else.
bool is_named_otherwise(std::string_view text, std::size_t begin) {
  constexpr std::array kFillers = {"no", "nr", "num", "number", "id", "is", "code"};
  constexpr std::array kNouns = {"order",    "invoice",      "inv",         "ref",    "reference", "ticket",  "case",
                                 "account",  "acct",         "tracking",    "policy", "po",        "serial",  "sku",
                                 "permit",   "confirmation", "booking",     "claim",  "model",     "license", "licence",
                                 "estimate", "receipt",      "transaction", "upc",    "isbn",      "part",    "item",
                                 "routing",  "job",          "quote",       "parcel"};
  for (const std::string& word : words_before(text, begin, 4)) {
    if (std::find(kNouns.begin(), kNouns.end(), word) != kNouns.end()) return true;
    if (std::find(kFillers.begin(), kFillers.end(), word) == kFillers.end()) return false;
  }
  return false;
}

// Digits that are a piece of an address on the net: "5125550142@carrier.example", "https://shop.example/5125550142".
bool is_part_of_an_address(std::string_view text, std::size_t begin, std::size_t end) {
  if (begin > 0 && text[begin - 1] == '@') return true;
  constexpr std::size_t kBytesAround = 64;
  const std::size_t last = std::min(text.size(), end + kBytesAround);
  std::size_t after = end;
  while (after < last && (is_letter(text[after]) || is_digit(text[after]) || text[after] == '_' || text[after] == '+' ||
                          text[after] == '.' || text[after] == '-')) {
    ++after;
  }
  if (after < last && text[after] == '@') return true;
  std::size_t token = begin;
  const std::size_t first = begin > 4 * kBytesAround ? begin - 4 * kBytesAround : 0;
  while (token > first && text[token - 1] != ' ' && text[token - 1] != '\n') --token;
  return text.substr(token, begin - token).find("://") != std::string_view::npos;
}

// "3.14159265358", "4-5125550142": digits that go on beyond a point, a comma or a hyphen.
bool is_part_of_a_longer_number(std::string_view text, std::size_t begin, std::size_t end) {
  constexpr std::string_view kMarks = ".,-";
  const bool goes_on_before =
      begin >= 2 && kMarks.find(text[begin - 1]) != std::string_view::npos && is_digit(text[begin - 2]);
  const bool goes_on_after =
      end + 1 < text.size() && kMarks.find(text[end]) != std::string_view::npos && is_digit(text[end + 1]);
  return goes_on_before || goes_on_after;
}

bool reads_as_a_phone(std::string_view text, std::size_t begin, std::size_t end) {
  if (is_part_of_an_address(text, begin, end)) return false;
  const std::string_view raw = text.substr(begin, end - begin);
  const bool is_bare = std::all_of(raw.begin(), raw.end(), is_digit);
  if (!is_bare) return true;
  if (begin > 0 && (text[begin - 1] == '#' || text[begin - 1] == '=' || text[begin - 1] == '_')) return false;
  return !is_part_of_a_longer_number(text, begin, end) && !is_named_otherwise(text, begin);
}

}  // namespace

std::vector<PhoneMatch> find_phones(std::string_view text, std::string_view region, std::size_t count_max) {
  std::vector<PhoneMatch> found;
  const std::string copy = matchable(text);
  PhoneNumberMatcher matcher(numbers(), copy, to_upper(region), PhoneNumberMatcher::VALID, kMatchTries);
  while (found.size() < count_max && matcher.HasNext()) {
    PhoneNumberMatch match;
    if (!matcher.Next(&match)) break;
    const auto begin = static_cast<std::size_t>(match.start()), end = static_cast<std::size_t>(match.end());
    if (begin >= end || end > copy.size() || !reads_as_a_phone(copy, begin, end)) continue;
    found.push_back({{e164_of(match.number()), std::string(text.substr(begin, end - begin))}, begin, end});
  }
  return found;
}

std::string phone_digits(std::string_view text) {
  std::string digits;
  for (const char character : text) {
    if (digits.size() == kPhoneDigitsMax) break;
    if (is_digit(character)) digits += character;
  }
  return digits;
}

bool is_region(std::string_view region) {
  return region.size() == 2 && numbers().GetCountryCodeForRegion(to_upper(region)) != 0;
}

}  // namespace deskhand
