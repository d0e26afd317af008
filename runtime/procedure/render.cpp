#include <algorithm>
#include <array>

#include "base/text.h"
#include "procedure/catalogue.h"
#include "procedure/words.h"

namespace deskhand::procedure {
namespace {

constexpr std::array<std::string_view, 4> kCurrencies = {"$", "€", "£", "¥"};

// The words around one placeholder on its row.
struct Surroundings {
  std::string line_before;                                   // folded, from the beginning of the row
  std::string before;                                        // folded, since the previous placeholder
  std::string after;                                         // folded, up to the next one
  std::string stems_line_before, stems_before, stems_after;  // the same without endings
  bool row_begins_with_placeholder = false;
  FactShape shape = FactShape::text;
};

bool has_words(std::string_view text, std::string_view phrase) {
  for (auto at = text.find(phrase); at != std::string_view::npos; at = text.find(phrase, at + 1)) {
    const bool begins = at == 0 || text[at - 1] == ' ';
    const auto end = at + phrase.size();
    if (begins && (end == text.size() || text[end] == ' ')) return true;
  }
  return false;
}

bool has_any(std::string_view text, std::initializer_list<std::string_view> phrases) {
  return std::any_of(phrases.begin(), phrases.end(), [&](std::string_view phrase) { return has_words(text, phrase); });
}

bool ends_with_currency(std::string_view text) {
  return std::any_of(kCurrencies.begin(), kCurrencies.end(),
                     [&](std::string_view mark) { return text.ends_with(mark); });
}

bool is_number_word(std::string_view words) {
  static constexpr std::array<std::string_view, 12> kNumbers = {"n",      "x",     "y",  "z",   "k",     "p",
                                                                "number", "count", "no", "num", "total", "how many"};
  return words == "#" || std::find(kNumbers.begin(), kNumbers.end(), words) != kNumbers.end();
}

FactShape shape_of(std::string_view raw_before, std::string_view raw_after, const Surroundings& around,
                   std::string_view words) {
  if (ends_with_currency(raw_before) || around.before.ends_with("usd")) return FactShape::money;
  if (raw_after.starts_with("%") || has_words(around.after.substr(0, 8), "percent")) return FactShape::percent;
  if (!is_number_word(words) && words != "days" && words != "age") return FactShape::text;
  if (has_any(around.before, {"avg", "average", "mean", "on average"})) return FactShape::average;
  for (const std::string_view unit : {"day", "days", "business", "working", "month", "months", "week", "weeks"})
    if (around.after == unit || around.after.starts_with(std::string(unit) + " ")) return FactShape::days;
  if (words == "days" || words == "age") return FactShape::days;
  if (has_any(around.before, {"value", "worth", "for", "amount", "total value", "revenue", "totaling", "totalling"}))
    return FactShape::money;
  const auto last = around.before.substr(around.before.rfind(' ') + 1);
  for (const std::string_view word : {"phone", "tel", "call", "reach", "at", "on", "number", "mobile", "cell", "ph"})
    if (last == word) return FactShape::text;
  return FactShape::count;
}

Surroundings surroundings_of(const Template& message, const Placeholder& placeholder) {
  const std::string_view row = message.rows[placeholder.row].text;
  std::size_t from = 0;
  std::size_t to = row.size();
  std::size_t first = row.size();
  Template own_row;
  own_row.rows.push_back(message.rows[placeholder.row]);
  for (const auto& other : placeholders_of(own_row)) {
    first = std::min(first, other.begin);
    if (other.end <= placeholder.begin) from = std::max(from, other.end);
    if (other.begin >= placeholder.end) to = std::min(to, other.begin);
  }
  Surroundings around;
  const auto raw_before = row.substr(from, placeholder.begin - from);
  const auto raw_after = row.substr(placeholder.end, to - placeholder.end);
  around.line_before = folded(row.substr(0, placeholder.begin));
  around.before = folded(raw_before);
  around.after = folded(raw_after);
  around.stems_line_before = stemmed(around.line_before);
  around.stems_before = stemmed(around.before);
  around.stems_after = stemmed(around.after);
  around.row_begins_with_placeholder = folded(row.substr(0, first)).empty();
  around.shape = shape_of(raw_before, raw_after, around, placeholder.words);
  return around;
}

// How well the labels of a form name the row, 0 when they do not: nearer words and longer labels are better.
int label_score(const FactForm& form, const Surroundings& around) {
  int best = 0;
  for (const auto& label : form.labels) {
    const int length = static_cast<int>(label.size());
    if (around.row_begins_with_placeholder && has_words(around.stems_after, label))
      best = std::max(best, 3000 + length);
    if (around.row_begins_with_placeholder) continue;
    if (has_words(around.stems_before, label)) best = std::max(best, 2000 + length);
    if (has_words(around.stems_line_before, label)) best = std::max(best, 1000 + length);
  }
  return best;
}

int score_of(const FactForm& form, const Placeholder& placeholder, const Surroundings& around) {
  if (std::find(form.words.begin(), form.words.end(), placeholder.words) == form.words.end()) {
    const bool number_sign =
        placeholder.words == "#" && std::find(form.words.begin(), form.words.end(), "n") != form.words.end();
    if (!number_sign) return 0;
  }
  if (form.shape != FactShape::text && form.shape != around.shape) return 0;
  int score = form.shape != FactShape::text ? 20 : 10;
  if (!form.labels.empty()) {
    const int label = label_score(form, around);
    if (label == 0) return 0;
    score += label;
  }
  return score;
}

std::string without_articles(std::string_view words) {
  for (const std::string_view article : {"the ", "their ", "a ", "an ", "his ", "her ", "your "})
    if (words.starts_with(article)) return std::string(words.substr(article.size()));
  return std::string(words);
}

// "contact.x_boiler_model" is "boiler model" to an owner.
std::string words_of_field(std::string_view key) {
  if (const auto dot = key.rfind('.'); dot != std::string_view::npos) key = key.substr(dot + 1);
  if (key.starts_with("x_")) key = key.substr(2);
  return replace_all(std::string(key), "_", " ");
}

const std::string* value_of(const CatalogueItem& item, const Template& message, const Placeholder& placeholder,
                            const FactValues& values) {
  const auto name = fact_of(item, message, placeholder);
  if (!name.empty()) {
    const auto found = values.find(name);
    if (found != values.end() && !found->second.empty()) return &found->second;
  }
  for (const auto& [key, value] : values) {
    const bool is_field = key.find('.') != std::string::npos;
    if (is_field && !value.empty() && words_of_field(key) == placeholder.words) return &value;
  }
  return nullptr;
}

// "€2,400", "2,400 CHF", "$900 + €40": the value says its currency itself.
bool names_currency(std::string_view value) {
  int capitals = 0;
  for (const char byte : value) {
    capitals = byte >= 'A' && byte <= 'Z' ? capitals + 1 : 0;
    if (capitals == 3) return true;
  }
  return std::any_of(kCurrencies.begin(), kCurrencies.end(),
                     [&](std::string_view mark) { return value.find(mark) != std::string_view::npos; });
}

// A "$" written before the placeholder gives way to a value in another currency.
void drop_other_currency(std::string& rendered, std::string_view value) {
  for (const auto mark : kCurrencies)
    if (rendered.ends_with(mark) && !value.starts_with(mark) && names_currency(value))
      rendered.resize(rendered.size() - mark.size());
}

// The value as it goes into its row.
std::string fitted(std::string_view value, std::string_view before, bool alone_on_row) {
  std::string text = alone_on_row ? std::string(value) : squeeze(value);
  for (const auto mark : kCurrencies)
    if (before.ends_with(mark) && std::string_view(text).starts_with(mark)) text.erase(0, mark.size());
  return text;
}

}  // namespace

std::string fact_of(const CatalogueItem& item, const Template& message, const Placeholder& placeholder) {
  const auto around = surroundings_of(message, placeholder);
  Placeholder candidate = placeholder;
  for (int attempt = 0; attempt < 2; ++attempt) {
    const FactForm* best = nullptr;
    int best_score = 0;
    for (const auto& form : item.facts) {
      const int score = score_of(form, candidate, around);
      if (score <= best_score) continue;
      best = &form;
      best_score = score;
    }
    if (best != nullptr) return best->name;
    candidate.words = without_articles(placeholder.words);
    if (candidate.words == placeholder.words) break;
  }
  return {};
}

Rendered render(const Template& message, const CatalogueItem& item, const FactValues& values) {
  Rendered rendered;
  const auto placeholders = placeholders_of(message);
  std::size_t next = 0;
  for (std::size_t index = 0; index < message.rows.size(); ++index) {
    const std::string_view row = message.rows[index].text;
    if (index > 0) rendered.text += '\n';
    std::size_t at = 0;
    for (; next < placeholders.size() && placeholders[next].row == index; ++next) {
      const auto& placeholder = placeholders[next];
      rendered.text += row.substr(at, placeholder.begin - at);
      at = placeholder.end;
      if (const auto* value = value_of(item, message, placeholder, values)) {
        drop_other_currency(rendered.text, squeeze(*value));
        const auto before = row.substr(0, placeholder.begin);
        rendered.text += fitted(*value, before, trim(row) == placeholder.as_written);
      } else {
        rendered.text += placeholder.as_written;
        rendered.open.push_back(placeholder);
      }
    }
    rendered.text += row.substr(at);
  }
  return rendered;
}

}  // namespace deskhand::procedure
