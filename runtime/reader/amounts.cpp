#include "reader/amounts.h"

#include <algorithm>

#include "reader/addresses.h"
#include "reader/clock_times.h"
#include "reader/dates.h"
#include "reader/figures.h"
#include "reader/lexicon.h"

namespace deskhand::reader {
namespace {

constexpr std::size_t kContextReach = 7;    // tokens before a bare number in which money is spoken of
constexpr std::int64_t kBareMin = 50;       // "a quote for 3" is no price
constexpr std::int64_t kBareMax = 999'999;  // seven digits are a telephone number
constexpr std::int64_t kLikelyYearMin = 1990, kLikelyYearMax = 2060;

bool is_money_word(std::string_view word) {
  static const WordSet words(
      "quote quoted quotes quoting estimate estimated estimates bid price priced pricing cost costs charge charged "
      "worth value valued budget amount total totals paid pay pays owes owe deposit invoiced invoice offer offered "
      "proposal spend deal money fee rate "
      "bill billed sum cash discount retainer");
  return words.has(word);
}

// What may stand between a word of money and its bare number besides names.
bool is_link(std::string_view word) {
  static const WordSet links(
      "for of at to is was it its him her them us me around about roughly approximately approx like ~ : a the over "
      "under up maybe be should would will now new by only just between from total come came comes out by estimated");
  return links.has(word);
}

struct Compared {
  Comparison comparison = Comparison::exact;
  std::size_t first = 0;  // token where the comparing words begin
};

// "around", "more than", "up to" before the number.
Compared read_comparison(const Tokens& tokens, std::size_t index) {
  static const WordSet about("around about roughly approximately approx like maybe circa ca nearly almost say ~");
  static const WordSet over("over above exceeding atleast");
  static const WordSet under("under below max");
  if (index == 0) return {Comparison::exact, index};
  const std::string_view word = tokens.word(index - 1),
                         before = index >= 2 ? tokens.word(index - 2) : std::string_view();
  const std::string_view earlier = index >= 3 ? tokens.word(index - 3) : std::string_view();
  if (word == "." && (before == "approx" || before == "ca")) return {Comparison::about, index - 2};
  if (word == "than" && (earlier == "no" || earlier == "not")) {  // "no more than" is a bound from above
    if (before == "more" || before == "higher" || before == "greater") return {Comparison::under, index - 3};
    if (before == "less" || before == "lower") return {Comparison::over, index - 3};
  }
  if ((word == "over" || word == "above") && (before == "not" || before == "nothing"))
    return {Comparison::under, index - 2};
  if (word == "than" && (before == "more" || before == "greater" || before == "higher" || before == "bigger"))
    return {Comparison::over, index - 2};
  if (word == "than" && (before == "less" || before == "lower" || before == "smaller"))
    return {Comparison::under, index - 2};
  if ((word == "least" && before == "at") || (word == "of" && (before == "north" || before == "upwards")))
    return {Comparison::over, index - 2};
  if ((word == "most" && before == "at") || (word == "to" && before == "up")) return {Comparison::under, index - 2};
  if (word == ">") return {Comparison::over, index - 1};
  if (word == "<") return {Comparison::under, index - 1};
  if (over.has(word)) return {Comparison::over, index - 1};
  if (under.has(word)) return {Comparison::under, index - 1};
  if (about.has(word)) return {Comparison::about, index - 1};
  return {Comparison::exact, index};
}

// "or so", "ish", "or more", "+", "tops" behind the number; the token after them.
std::size_t read_comparison_after(const Tokens& tokens, std::size_t index, Comparison& comparison) {
  const std::string_view word = tokens.word(index), next = tokens.word(index + 1);
  if (word == "ish") return comparison = Comparison::about, index + 1;
  if (word == "-" && next == "ish") return comparison = Comparison::about, index + 2;
  if (word == "or" && next == "so") return comparison = Comparison::about, index + 2;
  if (word == "or" && (next == "more" || next == "over" || next == "above"))
    return comparison = Comparison::over, index + 2;
  if (word == "or" && (next == "less" || next == "under" || next == "below"))
    return comparison = Comparison::under, index + 2;
  if (word == "+" && tokens.is_glued(index)) return comparison = Comparison::over, index + 1;
  if (word == "tops" || word == "max") return comparison = Comparison::under, index + 1;
  return index;
}

class AmountFinder {
 public:
  AmountFinder(const Tokens& tokens, std::string_view currency, const std::vector<Span>& taken)
      : tokens_(tokens), currency_(currency), taken_(taken) {}

  std::vector<Reading<Amount>> find() const {
    std::vector<Reading<Amount>> readings;
    for (std::size_t index = 0; index < tokens_.size() && readings.size() < kReadingsMax;) {
      const auto found = read(index);
      if (!found) {
        ++index;
        continue;
      }
      if (found->is_amount) readings.push_back(found->reading);
      index = found->end;
    }
    return readings;
  }

 private:
  struct Found {
    Reading<Amount> reading;
    std::size_t end = 0;
    bool is_amount = true;
  };

  std::optional<Found> read(std::size_t index) const {
    const auto first = read_figure(tokens_, index, currency_);
    if (!first || is_negative(index)) return std::nullopt;
    if (auto range = read_range(*first)) return range;
    if (!is_money(*first, *first)) {
      // The rest of "512-555-0142" or "1,2,3" is not looked at as a number of its own.
      return std::nullopt;
    }
    const auto money = money_of(*first, "", currency_);
    if (!money) return std::nullopt;
    return finish(*first, *first, {*money, *money, Comparison::exact});
  }

  bool is_negative(std::size_t index) const {
    return index > 0 && tokens_.is(index - 1, "-") && tokens_.is_glued(index) &&
           !(tokens_.is_glued(index - 1) && index > 1);
  }

  Found finish(const Figure& first, const Figure& last, Amount amount) const {
    const Compared compared = read_comparison(tokens_, first.first);
    amount.comparison = amount.is_range() ? Comparison::exact : compared.comparison;
    std::size_t end = last.end;
    if (!amount.is_range()) end = read_comparison_after(tokens_, end, amount.comparison);
    if (first.is_vague && amount.comparison == Comparison::exact) amount.comparison = Comparison::about;
    Found found;
    found.reading.value = amount;
    const std::size_t begin = amount.is_range() ? range_start(first.first) : compared.first;
    found.reading.span = tokens_.span(begin, end);
    const bool is_sure = (first.is_firm || last.is_firm) && !first.is_vague;
    found.reading.certainty = is_sure ? Certainty::sure : Certainty::likely;
    found.end = end;
    return found;
  }

  std::size_t range_start(std::size_t index) const {
    return index > 0 && tokens_.is(index - 1, "between") ? index - 1 : index;
  }

  // "between 2 and 3k", "$500-600", "2 to 3 thousand dollars".
  std::optional<Found> read_range(Figure low) const {
    const std::size_t joint = low.end;
    const std::string_view word = tokens_.word(joint);
    const bool is_between = low.first > 0 && tokens_.is(low.first - 1, "between");
    const bool joins =
        word == "-" || ((word == "to" || word == "or") && !is_change(low.first)) || (word == "and" && is_between);
    if (!joins) return std::nullopt;
    const auto high = read_figure(tokens_, joint + 1, currency_);
    if (!high) return std::nullopt;
    // What stands behind the second belongs to both: "2 to 3k", "between 500 and 600 dollars".
    if (high->is_multiplied && !low.is_multiplied &&
        low.digits * (high->decimals > 0 ? 10 : 1) < high->digits * (low.decimals > 0 ? 10 : 1) && !low.is_grouped) {
      low.multiplier = high->multiplier;
      low.is_multiplied = true;
      if (high->in_words && high->multiplier == 1) return std::nullopt;  // "two to three hundred"
    }
    if (!is_money(low, *high)) return std::nullopt;
    if (word == "or" && !(high->is_multiplied && !low.in_words)) return std::nullopt;
    const auto first = money_of(low, high->mark, currency_), last = money_of(*high, low.mark, currency_);
    if (!first || !last || first->currency != last->currency || first->minor >= last->minor) return std::nullopt;
    return finish(low, *high, {*first, *last, Comparison::exact});
  }

  // "change it from $400 to $500" names two amounts and no range.
  bool is_change(std::size_t index) const {
    static const WordSet verbs(
        "from change changed raise raised lower lowered drop dropped increase increased move moved update updated bump "
        "bumped");
    for (std::size_t back = 1; back <= 4 && back <= index; ++back) {
      if (verbs.has(tokens_.word(index - back))) return true;
    }
    return false;
  }

  // Whether the figure is money, by its own words or by those around it.
  bool is_money(const Figure& first, const Figure& last) const {
    if (first.is_firm || last.is_firm)
      return !tokens_.is(last.end, "%") && (has_mark(first, last) || follows_well(last.end));
    const Span span = tokens_.span(first.first, last.end);
    if (overlaps_any(span, taken_) || is_label(first.first)) return false;
    if (!follows_well(last.end)) return false;
    if (first.is_multiplied || last.is_multiplied) return value_of(last) >= 100;
    if (first.in_words) return false;
    if (first.is_grouped) return first.decimals == 0 || first.decimals == 2;
    if (first.decimals > 0) return false;
    return is_bare_amount(first);
  }

  static bool has_mark(const Figure& first, const Figure& last) { return !first.mark.empty() || !last.mark.empty(); }
  static std::int64_t value_of(const Figure& figure) {
    std::int64_t value = figure.digits * figure.multiplier;
    for (int count = 0; count < figure.decimals; ++count) value /= 10;
    return value;
  }

  bool follows_well(std::size_t end) const {
    static const WordSet nouns(
        "deposit job quote estimate budget deal project range total lead ish tops max each per now plus cash paid bid still open "
        "proposal invoice");
    return may_follow_bare_number(tokens_, end) || nouns.has(tokens_.word(end)) || tokens_.is(end, "/");
  }

  // "unit 12", "L-1042", "#5", "code 2400": a name and no amount.
  bool is_label(std::size_t index) const {
    static const WordSet labels(
        "unit apt suite room no number code pin ticket order invoice job ref id zip lot flat box page extension ext "
        "version po permit model part serial account acct hwy route lead opportunity approval contact");
    if (index == 0) return false;
    const std::string_view word = tokens_.word(index - 1);
    return labels.has(word) || word == "#" || word == "@" ||
           ((word == "-" || word == "/" || word == ":") && tokens_.is_glued(index) && tokens_.is_glued(index - 1));
  }

  bool is_bare_amount(const Figure& figure) const {
    const std::int64_t value = figure.digits;
    if (value < kBareMin || value > kBareMax || tokens_.word(figure.first).starts_with('0')) return false;
    const std::string_view before = figure.first > 0 ? tokens_.word(figure.first - 1) : std::string_view();
    if (value >= kLikelyYearMin && value <= kLikelyYearMax && !is_money_word(before) && before != "to" && before != "at")
      return false;
    if (before == "at" && value < 2400 && value % 100 < 60 && value >= 100)
      return false;  // "at 1500": a time or a price
    if (before == "in") return false;
    bool is_linked = is_link(before) || is_money_word(before);
    for (std::size_t back = 1; back <= kContextReach && back <= figure.first; ++back) {
      const std::size_t at = figure.first - back;
      const std::string_view word = tokens_.word(at);
      if (is_money_word(word)) return is_linked;
      const bool is_name = tokens_.is_word(at) && (tokens_[at].is_capitalised() || !is_common_word(word));
      if (back == 1) is_linked = is_linked || is_name;
      if (word == "." || word == ";" || word == "," || word == "?" || word == "!" || tokens_.is_number(at) ||
          tokens_[at + 1].line_start)
        return false;
    }
    return false;
  }

  const Tokens& tokens_;
  const std::string_view currency_;
  const std::vector<Span>& taken_;
};

}  // namespace

std::vector<Reading<Amount>> find_amounts(std::string_view text, std::string_view default_currency) {
  const Tokens tokens(text);
  std::vector<Span> taken;
  for (const auto& address : find_addresses(tokens.text())) taken.push_back(address.span);
  DateContext context;  // only where dates stand matters here, not which days they are
  context.now.day = *make_day(2026, 1, 1);
  for (const auto& date : find_dates(tokens.text(), context)) taken.push_back(date.span);
  return AmountFinder(tokens, default_currency, taken).find();
}

}  // namespace deskhand::reader
