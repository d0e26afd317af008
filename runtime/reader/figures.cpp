#include "reader/figures.h"

#include <vector>

#include "base/text.h"
#include "reader/lexicon.h"
#include "reader/numbers.h"

namespace deskhand::reader {
namespace {

constexpr std::size_t kDigitsMax = 12;

bool is_sign(std::string_view mark) { return mark == "$" || mark == "€" || mark == "£" || mark == "¥"; }

// Writers of these currencies put the comma before the cents.
bool writes_decimal_comma(std::string_view currency) {
  static const WordSet currencies("EUR CHF SEK NOK DKK PLN CZK HUF RON BGN BRL TRY RUB UAH ISK");
  return currencies.has(currency);
}

struct Mark {
  std::string text;
  std::size_t end = 0;
};

// "usd" in small letters only for the codes people type so; "all" and "try" are words.
std::string code_at(const Tokens& tokens, std::size_t index) {
  static const WordSet typed_small("usd eur gbp cad aud nzd chf mxn");
  const std::string_view word = tokens.word(index);
  if (!tokens.is_word(index) || word.size() != 3) return {};
  if (tokens[index].casing != Casing::upper && !typed_small.has(word)) return {};
  const std::string code = to_upper(word);
  return is_currency(code) && (tokens[index].casing == Casing::upper || typed_small.has(word)) ? code : std::string();
}

// "$", "US$", "EUR" before the number.
std::optional<Mark> read_mark_before(const Tokens& tokens, std::size_t index) {
  const std::string_view word = tokens.word(index);
  if (is_sign(word)) return Mark{std::string(word), index + 1};
  if (tokens.is_word(index) && tokens.is(index + 1, "$") && tokens.is_glued(index + 1)) {
    const std::string mark = to_upper(word) + "$";
    if (mark == "US$" || mark == "CA$" || mark == "AU$" || mark == "NZ$" || mark == "C$" || mark == "A$")
      return Mark{mark, index + 2};
  }
  if (std::string code = code_at(tokens, index); !code.empty())
    return Mark{code, tokens.is(index + 1, "$") ? index + 2 : index + 1};
  return std::nullopt;
}

// "€", "EUR", "dollars", "bucks" behind the number.
std::optional<Mark> read_mark_after(const Tokens& tokens, std::size_t index, std::string_view default_currency) {
  const std::string_view word = tokens.word(index);
  if (is_sign(word) && !(tokens.is_number(index + 1) && tokens.is_glued(index + 1) && !tokens.is_glued(index)))
    return Mark{std::string(word), index + 1};
  if (word == "dollars" || word == "dollar" || word == "bucks" || word == "buck") return Mark{"dollars", index + 1};
  if (word == "usd" || word == "dolars" || word == "dollers") return Mark{word == "usd" ? "USD" : "dollars", index + 1};
  if (word == "euros" || word == "euro") return Mark{"EUR", index + 1};
  if (word == "quid") return Mark{"GBP", index + 1};
  if ((word == "pounds" || word == "pound") && !tokens.is(index + 1, "of")) return Mark{"pounds", index + 1};
  if (word == "francs") return Mark{"CHF", index + 1};
  if (word == "kr" || word == "kroner" || word == "kronor") {
    const bool is_ours = default_currency == "SEK" || default_currency == "NOK" || default_currency == "DKK";
    if (is_ours) return Mark{std::string(default_currency), index + 1};
  }
  if (std::string code = code_at(tokens, index); !code.empty()) return Mark{code, index + 1};
  return std::nullopt;
}

// The digits of a number with its separators, as typed.
struct Digits {
  std::vector<std::string_view> groups;
  std::vector<char> separators;
  std::size_t end = 0;
};

Digits read_groups(const Tokens& tokens, std::size_t index) {
  Digits digits;
  digits.groups.push_back(tokens.word(index));
  digits.end = index + 1;
  while (digits.end + 1 < tokens.size() && digits.groups.size() < 6) {
    const std::string_view mark = tokens.word(digits.end);
    if ((mark != "," && mark != "." && mark != "'") || !tokens.is_glued(digits.end) ||
        !tokens.is_glued(digits.end + 1) || !tokens.is_number(digits.end + 1))
      break;
    digits.separators.push_back(mark.front());
    digits.groups.push_back(tokens.word(digits.end + 1));
    digits.end += 2;
  }
  return digits;
}

bool are_thousands(const Digits& digits, std::size_t first, std::size_t end) {
  if (digits.groups[first].empty() || digits.groups[first].size() > 3 || digits.groups[first] == "0") return false;
  for (std::size_t index = first + 1; index < end; ++index) {
    if (digits.groups[index].size() != 3) return false;
  }
  return true;
}

// How many groups stand before the decimal point; nullopt when the writing is broken or can be read in two ways.
std::optional<std::size_t> whole_groups(const Digits& digits, bool comma_is_decimal) {
  const std::size_t count = digits.groups.size();
  if (count == 1) return 1;
  const char last = digits.separators.back();
  bool is_uniform = true;
  for (const char separator : digits.separators) is_uniform = is_uniform && separator == last;
  const std::size_t tail = digits.groups.back().size();
  if (!is_uniform) {
    // "2,400.50", "1.200,50": the last separator is the point.
    for (std::size_t index = 0; index + 1 < digits.separators.size(); ++index) {
      if (digits.separators[index] == last || digits.separators[index] != digits.separators.front())
        return std::nullopt;
    }
    return are_thousands(digits, 0, count - 1) && tail <= 2 ? std::optional(count - 1) : std::nullopt;
  }
  if (last == '\'') return are_thousands(digits, 0, count) ? std::optional(count) : std::nullopt;
  const bool is_thousands_mark = comma_is_decimal ? last == '.' : last == ',';
  if (are_thousands(digits, 0, count) && (is_thousands_mark || (comma_is_decimal && last == ','))) return count;
  const bool is_point = last == '.' || comma_is_decimal;
  return is_point && count == 2 && tail <= 2 ? std::optional<std::size_t>(1) : std::nullopt;
}

// The digits at the token, with the amount's separators understood.
bool take_digits(const Tokens& tokens, std::size_t index, bool comma_is_decimal, Figure& figure) {
  Digits digits = read_groups(tokens, index);
  // "1 200 €": groups parted by spaces, only of a currency that is written so, and only with its mark behind.
  if (comma_is_decimal && digits.groups.size() == 1 && digits.groups[0].size() <= 3) {
    std::size_t end = digits.end;
    Digits spaced = digits;
    while (tokens.is_number(end) && tokens.word(end).size() == 3 && spaced.groups.size() < 4 && !tokens[end].line_start)
      spaced.groups.push_back(tokens.word(end++));
    if (end > digits.end && (is_sign(tokens.word(end)) || !code_at(tokens, end).empty() || tokens.is(end, "euro") ||
                             tokens.is(end, "euros"))) {
      spaced.separators.assign(spaced.groups.size() - 1, '\'');
      spaced.end = end;
      digits = spaced;
    }
  }
  const auto whole = whole_groups(digits, comma_is_decimal);
  if (!whole) return false;
  std::string all;
  for (const std::string_view group : digits.groups) all += group;
  if (all.size() > kDigitsMax) return false;
  for (const char digit : all) figure.digits = figure.digits * 10 + (digit - '0');
  figure.decimals = *whole < digits.groups.size() ? static_cast<int>(digits.groups.back().size()) : 0;
  figure.is_grouped = *whole > 1;
  figure.end = digits.end;
  return true;
}

// "twelve", "a couple", "half a", "a" before a multiplier.
bool take_words(const Tokens& tokens, std::size_t index, Figure& figure) {
  if (const auto number = read_number_words(tokens, index)) {
    figure.digits = number->value;
    figure.in_words = true;
    figure.is_multiplied = number->has_scale;
    figure.end = number->end;
    return true;
  }
  figure.in_words = true;
  const std::size_t article = tokens.is(index, "a") ? index + 1 : index;
  if (tokens.is(article, "couple")) {
    figure.digits = 2;
    figure.is_vague = true;
    figure.end = tokens.is(article + 1, "of") ? article + 2 : article + 1;
    const std::string_view next = tokens.word(figure.end);
    return next == "hundred" || next == "thousand" || next == "grand" || next == "k";
  }
  if (tokens.is(index, "half") && tokens.is(index + 1, "a") &&
      (tokens.is(index + 2, "grand") || tokens.is(index + 2, "million"))) {
    figure.digits = 5;
    figure.decimals = 1;
    figure.end = index + 2;
    return true;
  }
  figure.digits = 1;
  figure.end = index + 1;
  return tokens.is(index, "a") && (tokens.is(index + 1, "grand") || tokens.is(index + 1, "million"));
}

void take_multiplier(const Tokens& tokens, Figure& figure) {
  if (figure.decimals == 0 && tokens.is(figure.end, "and") && tokens.is(figure.end + 1, "a") &&
      tokens.is(figure.end + 2, "half")) {
    const std::string_view scale = tokens.word(figure.end + 3);
    if (scale == "grand" || scale == "k" || scale == "thousand" || scale == "million") {
      figure.digits = figure.digits * 10 + 5;
      figure.decimals = 1;
      figure.end += 3;
    }
  }
  const std::string_view word = tokens.word(figure.end);
  const bool is_glued = tokens.is_glued(figure.end);
  std::int64_t multiplier = 1;
  if (word == "k" && (is_glued || !tokens.is_glued(figure.end + 1)))
    multiplier = 1000;
  else if (word == "grand")
    multiplier = 1000, figure.is_firm = true;
  else if (word == "thousand" || word == "thou")
    multiplier = 1000;
  else if (word == "hundred" && figure.digits < 100)
    multiplier = 100;
  else if (word == "million" || word == "mil" || ((word == "m" || word == "mm") && is_glued && !figure.mark.empty()))
    multiplier = 1'000'000;
  if (multiplier == 1 || (figure.in_words && figure.is_multiplied)) return;
  figure.multiplier = multiplier;
  figure.is_multiplied = true;
  ++figure.end;
}

// "fifty cents".
bool take_cents(const Tokens& tokens, std::string_view default_currency, Figure& figure) {
  if (!tokens.is(figure.end, "cents") && !tokens.is(figure.end, "cent")) return false;
  if (figure.decimals != 0 || figure.is_multiplied || figure.digits > 99 || minor_digits(default_currency) != 2 ||
      !figure.mark.empty())
    return false;
  figure.decimals = 2;
  figure.mark = std::string(default_currency);
  ++figure.end;
  return true;
}

}  // namespace

std::optional<Figure> read_figure(const Tokens& tokens, std::size_t index, std::string_view default_currency) {
  Figure figure;
  figure.first = index;
  std::size_t at = index;
  if (const auto mark = read_mark_before(tokens, index); mark && tokens.is_number(mark->end)) {
    figure.mark = mark->text;
    at = mark->end;
  } else if (tokens.is_glued(index) && index > 0 &&
             (tokens.is_number(index - 1) || tokens.is_word(index - 1) || tokens.is(index - 1, ".") ||
              tokens.is(index - 1, ",") || tokens.is(index - 1, "#"))) {
    return std::nullopt;
  }
  // The currency decides how a comma is read, and it may stand behind the number.
  std::string currency = figure.mark;
  if (currency.empty() && tokens.is_number(at)) {
    std::size_t after = read_groups(tokens, at).end;
    while (tokens.is_number(after) && tokens.word(after).size() == 3) ++after;
    if (const auto mark = read_mark_after(tokens, after, default_currency)) currency = mark->text;
  }
  const bool is_home = currency.empty() && writes_decimal_comma(default_currency);
  const bool comma_is_decimal = is_home || currency == "€" || writes_decimal_comma(currency);
  if (tokens.is_number(at) ? !take_digits(tokens, at, comma_is_decimal, figure) : !take_words(tokens, at, figure))
    return std::nullopt;
  take_multiplier(tokens, figure);
  if (const auto mark = read_mark_after(tokens, figure.end, default_currency);
      mark && (figure.mark.empty() || figure.mark == "$")) {
    const bool is_code = is_currency(mark->text);
    if (figure.mark.empty() || is_code) {
      if (figure.mark == "$" && is_code)
        figure.mark = mark->text;
      else
        figure.mark = mark->text;
      figure.end = mark->end;
    }
  } else {
    take_cents(tokens, default_currency, figure);
  }
  figure.is_firm = figure.is_firm || !figure.mark.empty();
  // "2,400sqft", "2.4.1": the number goes on as something else.
  const bool goes_on =
      tokens.is_glued(figure.end) && (tokens.is_number(figure.end) || (tokens.is_word(figure.end) && !figure.is_firm));
  if (goes_on) return std::nullopt;
  return figure;
}

std::optional<Money> money_of(const Figure& figure, std::string_view mark, std::string_view default_currency) {
  std::string digits = std::to_string(figure.digits * figure.multiplier);
  int decimals = figure.decimals;
  while (decimals > 0 && digits.back() == '0' && digits.size() > 1) {
    digits.pop_back();
    --decimals;
  }
  if (decimals > 0) {
    while (digits.size() <= static_cast<std::size_t>(decimals)) digits.insert(0, "0");
    digits.insert(digits.size() - static_cast<std::size_t>(decimals), ".");
  }
  const std::string name = figure.mark.empty() ? std::string(mark) : figure.mark;
  const auto money = parse_money(name.empty() ? digits : name + " " + digits, default_currency);
  if (!money) return std::nullopt;
  return *money;
}

}  // namespace deskhand::reader
