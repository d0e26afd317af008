#include "base/money.h"

#include <algorithm>
#include <array>
#include <optional>
#include <vector>

#include "base/text.h"

namespace deskhand {
namespace {

// ISO 4217 codes in use (list one, 2024), in order of the alphabet.
constexpr auto kCurrencies = std::to_array<std::string_view>(
    {"AED", "AFN", "ALL", "AMD", "ANG", "AOA", "ARS", "AUD", "AWG", "AZN", "BAM", "BBD", "BDT", "BGN", "BHD", "BIF",
     "BMD", "BND", "BOB", "BRL", "BSD", "BTN", "BWP", "BYN", "BZD", "CAD", "CDF", "CHF", "CLF", "CLP", "CNY", "COP",
     "CRC", "CUP", "CVE", "CZK", "DJF", "DKK", "DOP", "DZD", "EGP", "ERN", "ETB", "EUR", "FJD", "FKP", "GBP", "GEL",
     "GHS", "GIP", "GMD", "GNF", "GTQ", "GYD", "HKD", "HNL", "HTG", "HUF", "IDR", "ILS", "INR", "IQD", "IRR", "ISK",
     "JMD", "JOD", "JPY", "KES", "KGS", "KHR", "KMF", "KPW", "KRW", "KWD", "KYD", "KZT", "LAK", "LBP", "LKR", "LRD",
     "LSL", "LYD", "MAD", "MDL", "MGA", "MKD", "MMK", "MNT", "MOP", "MRU", "MUR", "MVR", "MWK", "MXN", "MYR", "MZN",
     "NAD", "NGN", "NIO", "NOK", "NPR", "NZD", "OMR", "PAB", "PEN", "PGK", "PHP", "PKR", "PLN", "PYG", "QAR", "RON",
     "RSD", "RUB", "RWF", "SAR", "SBD", "SCR", "SDG", "SEK", "SGD", "SHP", "SLE", "SOS", "SRD", "SSP", "STN", "SVC",
     "SYP", "SZL", "THB", "TJS", "TMT", "TND", "TOP", "TRY", "TTD", "TWD", "TZS", "UAH", "UGX", "USD", "UYI", "UYU",
     "UYW", "UZS", "VED", "VES", "VND", "VUV", "WST", "XAF", "XCD", "XOF", "XPF", "YER", "ZAR", "ZMW", "ZWG"});
static_assert(std::ranges::is_sorted(kCurrencies));
constexpr auto kWithoutMinor =
    std::to_array<std::string_view>({"BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF", "UGX", "UYI",
                                     "VND", "VUV", "XAF", "XOF", "XPF"});
constexpr auto kThreeDigits = std::to_array<std::string_view>({"BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"});
constexpr auto kFourDigits = std::to_array<std::string_view>({"CLF", "UYW"});

struct Symbol {
  std::string_view text;
  std::string_view currency;  // what it means unless the org's own currency uses the same symbol
  std::string_view others;    // currencies of the same symbol, each followed by a space
};

constexpr std::string_view kDollars =
    "USD AUD BBD BMD BND BSD BZD CAD FJD GYD HKD JMD KYD LRD MXN NAD NZD SGD TTD TWD XCD ";
constexpr auto kSymbols = std::to_array<Symbol>({{"US$", "USD", ""},
                                                 {"CA$", "CAD", ""},
                                                 {"AU$", "AUD", ""},
                                                 {"NZ$", "NZD", ""},
                                                 {"C$", "CAD", ""},
                                                 {"A$", "AUD", ""},
                                                 {"$", "USD", kDollars},
                                                 {"€", "EUR", ""},
                                                 {"£", "GBP", "EGP FKP GIP SHP SSP SYP "},
                                                 {"¥", "JPY", "CNY "},
                                                 {"dollars", "USD", kDollars},
                                                 {"dollar", "USD", kDollars},
                                                 {"bucks", "USD", kDollars},
                                                 {"euros", "EUR", ""},
                                                 {"euro", "EUR", ""},
                                                 {"pounds", "GBP", "EGP FKP GIP SHP SSP SYP "},
                                                 {"yen", "JPY", ""}});

template <std::size_t count>
bool contains(const std::array<std::string_view, count>& list, std::string_view code) {
  return std::find(list.begin(), list.end(), code) != list.end();
}


Error bad_money(std::string_view text, std::string reason) {
  constexpr std::size_t kShownBytes = 40;
  return make_error(Code::invalid_argument, "\"" + shorten(printable_line(text), kShownBytes) +
                                                "\" is not an amount: " + std::move(reason) + ".");
}

// The currency of one mark ("$", "eur", "dollars"), or nothing for other words. A sign that several currencies share is
// the one of the business.
std::optional<std::string> currency_of(std::string_view mark, const std::string& home) {
  for (const Symbol& symbol : kSymbols) {
    if (!equal_ignoring_case(mark, symbol.text)) continue;
    const bool is_ours = symbol.others.find(home + " ") != std::string_view::npos;
    return is_ours ? home : std::string(symbol.currency);
  }
  std::string code = to_upper(mark);
  if (is_currency(code)) return code;
  return std::nullopt;
}

// "USD $", "CAD$" and "$" are one or two marks.
std::vector<std::string> marks_in(std::string_view side) {
  constexpr std::size_t kCodeLetters = 3;
  std::vector<std::string> marks = split(squeeze(side), ' ');
  if (marks.size() == 1 && marks[0].size() > kCodeLetters && is_currency(to_upper(marks[0].substr(0, kCodeLetters)))) {
    const std::string rest = marks[0].substr(kCodeLetters);
    if (currency_of(rest, "USD")) marks = {marks[0].substr(0, kCodeLetters), rest};
  }
  return marks;
}

struct Naming {
  std::string currency;         // "" when nothing is named
  std::string_view fault = {};  // "" when the marks agree
};

// "$5 CAD" and "CAD $5": the code says which dollar the sign means; any other two have to be the same.
Naming naming_of(const std::vector<std::string>& marks, const std::string& home) {
  Naming naming;
  bool is_only_a_sign = false;
  for (const std::string& mark : marks) {
    const std::optional<std::string> currency = currency_of(mark, home);
    if (!currency) return {"", "write it like 2400, $2,400.50 or EUR 12"};
    const bool is_sign = mark == "$";
    const bool fits_a_dollar =
        kDollars.find(is_sign ? naming.currency + " " : *currency + " ") != std::string_view::npos;
    if (naming.currency.empty() || (is_only_a_sign && fits_a_dollar)) {
      naming.currency = *currency;
      is_only_a_sign = is_sign;
    } else if (naming.currency != *currency && !(is_sign && fits_a_dollar)) {
      return {"", "it names two currencies"};
    }
  }
  return naming;
}

struct Number {
  __int128 digits = 0;          // all digits as one number
  int decimals = 0;             // how many of them stand after the point
  std::string_view fault = {};  // "" when it could be read
};

// "2400", "2,400.50", "1'200"; thousands in threes, the same separator throughout.
Number read_number(std::string_view text) {
  constexpr int kDigitsMax = 24;  // more than any amount in range, less than 128 bits
  Number number;
  const std::size_t point = text.find('.');
  const std::string_view whole = text.substr(0, point);
  const std::string_view decimals = point == std::string_view::npos ? "" : text.substr(point + 1);
  if (point != std::string_view::npos && decimals.empty()) return {0, 0, "digits are missing after the point"};
  if (whole.size() + decimals.size() > kDigitsMax) return {0, 0, "it is too large"};
  const std::size_t mark = whole.find_first_of(",'");
  for (std::size_t position = 0; position < whole.size(); ++position) {
    const char character = whole[position];
    const std::size_t left =
        whole.size() - position;  // "1,234": a separator has 4, 8, 12 ... characters left with itself
    const bool is_separator_place = mark != std::string_view::npos && position >= mark && left % 4 == 0;
    if (is_separator_place ? character != whole[mark] : !is_digit(character))
      return {0, 0, "write it like 2400 or 2,400.50"};
    if (!is_separator_place) number.digits = number.digits * 10 + (character - '0');
  }
  const bool is_odd_start = mark != std::string_view::npos && (mark == 0 || mark > 3 || whole.front() == '0');
  if (is_odd_start) return {0, 0, "write it like 2400 or 2,400.50"};
  for (const char character : decimals) {
    if (!is_digit(character)) return {0, 0, "write it like 2400 or 2,400.50"};
    number.digits = number.digits * 10 + (character - '0');
  }
  number.decimals = static_cast<int>(decimals.size());
  return number;
}

// Minor units: digits * 10^(minor digits + thousands - decimals), or a fault.
Result<Money> to_money(std::string_view text, const Number& number, int power, const std::string& currency) {
  const int digits = minor_digits(currency);
  const int exponent = digits + power - number.decimals;
  if (exponent < 0) {
    return bad_money(text, digits == 0 ? currency + " has no smaller unit, write it without a point"
                                       : currency + " has " + std::to_string(digits) + " digits after the point");
  }
  __int128 minor = number.digits;
  for (int step = 0; step < exponent; ++step) {
    minor *= 10;
    if (minor > kAmountMinorMax) break;
  }
  if (minor > kAmountMinorMax) return bad_money(text, "it is too large");
  return Money{static_cast<std::int64_t>(minor), currency};
}

// The power of ten that "k" or "m" right after the digits means, taken off `after`. "5 KWD" begins with a code instead:
// the letter is a power only where what follows it is nothing or a currency itself.
int take_power(std::string_view& after, const std::string& home) {
  if (after.empty() || std::string_view("kKmM").find(after.front()) == std::string_view::npos) return 0;
  const std::string_view rest = trim(after.substr(1));
  if (currency_of(after, home) || (!rest.empty() && !currency_of(rest, home))) return 0;
  const bool is_thousands = after.front() == 'k' || after.front() == 'K';
  after = rest;
  return is_thousands ? 3 : 6;
}

std::string_view symbol_of(std::string_view currency) {
  if (currency == "USD") return "$";
  if (currency == "EUR") return "€";
  if (currency == "GBP") return "£";
  if (currency == "JPY") return "¥";
  return "";
}

struct Parts {
  std::string sign, whole, decimals;
};

Parts parts_of(const Money& money) {
  Parts parts;
  const bool is_negative = money.minor < 0;
  const auto bits = static_cast<std::uint64_t>(money.minor);
  parts.sign = is_negative ? "-" : "";
  parts.whole = std::to_string(is_negative ? 0 - bits : bits);  // also right for the smallest number of 64 bits
  const auto digits = static_cast<std::size_t>(minor_digits(money.currency));
  if (parts.whole.size() <= digits) parts.whole.insert(0, digits + 1 - parts.whole.size(), '0');
  parts.decimals = parts.whole.substr(parts.whole.size() - digits);
  parts.whole.resize(parts.whole.size() - digits);
  return parts;
}

std::string assemble(const Money& money, Parts parts) {
  for (std::size_t place = parts.whole.size(); place > 3;) {
    place -= 3;
    parts.whole.insert(place, 1, ',');
  }
  const std::string number = parts.whole + (parts.decimals.empty() ? "" : "." + parts.decimals);
  const std::string_view symbol = symbol_of(money.currency);
  if (symbol.empty()) return parts.sign + number + " " + money.currency;
  return parts.sign + std::string(symbol) + number;
}

}  // namespace

int minor_digits(std::string_view currency) {
  if (contains(kWithoutMinor, currency)) return 0;
  if (contains(kThreeDigits, currency)) return 3;
  return contains(kFourDigits, currency) ? 4 : 2;
}

bool is_currency(std::string_view code) { return std::binary_search(kCurrencies.begin(), kCurrencies.end(), code); }

Result<Money> parse_money(std::string_view text, std::string_view default_currency) {
  constexpr std::size_t kTextBytesMax = 64;
  const std::string home = to_upper(default_currency);
  if (!is_currency(home)) {
    return make_error(Code::invalid_argument, "\"" + printable_line(default_currency.substr(0, 10)) +
                                                  "\" is not a currency; use an ISO code such as USD.");
  }
  const std::string_view trimmed = trim(text);
  if (trimmed.empty() || trimmed.size() > kTextBytesMax) return bad_money(trimmed, "write it like 2400 or $2,400.50");
  const std::size_t begin = trimmed.find_first_of("0123456789.");
  if (begin == std::string_view::npos) return bad_money(trimmed, "it has no digits");
  const std::size_t end = trimmed.find_last_of("0123456789.") + 1;
  const std::string_view before = trim(trimmed.substr(0, begin));
  std::string_view after = trim(trimmed.substr(end));
  const bool is_negative =
      before.find_first_of("-(") != std::string_view::npos || before.find("−") != std::string_view::npos;
  if (is_negative) return bad_money(trimmed, "an amount is never negative");

  const int power = take_power(after, home);
  std::vector<std::string> marks = marks_in(before);
  for (std::string& mark : marks_in(after)) marks.push_back(std::move(mark));
  const Naming naming = naming_of(marks, home);
  if (!naming.fault.empty()) return bad_money(trimmed, std::string(naming.fault));
  const Number number = read_number(trimmed.substr(begin, end - begin));
  if (!number.fault.empty()) return bad_money(trimmed, std::string(number.fault));
  return to_money(trimmed, number, power, naming.currency.empty() ? home : naming.currency);
}

std::string to_text(const Money& money) { return assemble(money, parts_of(money)); }

std::string to_short_text(const Money& money) {
  Parts parts = parts_of(money);
  if (parts.decimals.find_first_not_of('0') == std::string::npos) parts.decimals.clear();
  return assemble(money, std::move(parts));
}

std::string to_decimal(const Money& money) {
  const Parts parts = parts_of(money);
  return parts.sign + parts.whole + (parts.decimals.empty() ? "" : "." + parts.decimals);
}

Result<Money> add(const Money& left, const Money& right) {
  if (left.currency != right.currency) {
    return make_error(Code::invalid_argument, left.currency + " and " + right.currency + " can not be added up.");
  }
  const __int128 sum = static_cast<__int128>(left.minor) + right.minor;
  if (sum > kAmountMinorMax || sum < -kAmountMinorMax) {
    return make_error(Code::limit_exceeded,
                      "The sum is larger than " + to_text(Money{kAmountMinorMax, left.currency}) + ".");
  }
  return Money{static_cast<std::int64_t>(sum), left.currency};
}

}  // namespace deskhand
