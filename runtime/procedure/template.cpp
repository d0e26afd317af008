#include "procedure/template.h"

#include <algorithm>
#include <array>

#include "base/limits.h"
#include "base/text.h"
#include "procedure/pieces.h"
#include "procedure/words.h"

namespace deskhand::procedure {
namespace {

constexpr std::array<std::string_view, 8> kBullets = {"— ", "– ", "• ", "· ", "- ", "* ", "+ ", "▪ "};
constexpr std::size_t kShortRowBytes = 44;  // a row that ends earlier was ended by its author

std::size_t bullet_length(std::string_view row) {
  for (const auto bullet : kBullets)
    if (row.starts_with(bullet)) return bullet.size();
  std::size_t digits = 0;
  while (digits < row.size() && row[digits] >= '0' && row[digits] <= '9') ++digits;
  const bool numbered = digits > 0 && digits < 3 && digits + 1 < row.size() &&
                        (row[digits] == '.' || row[digits] == ')') && row[digits + 1] == ' ';
  return numbered ? digits + 2 : 0;
}

bool is_ellipsis(std::string_view row) {
  row = trim(row);
  while (row.ends_with("\"")) row.remove_suffix(1);
  if (row.ends_with("”")) row.remove_suffix(std::string_view("”").size());
  return row == "..." || row == "…" || row == "[...]" || row == "[…]" || row == "etc." || row == "(and so on)";
}

// "Won this week: [N]" or "Oldest open lead: ...": a few words and a colon.
bool is_labelled(std::string_view row) {
  const auto colon = row.find(':');
  if (colon == std::string_view::npos || colon == 0 || colon > 40) return false;
  if (colon + 1 < row.size() && row[colon + 1] != ' ') return false;
  const auto label = row.substr(0, colon);
  // "Prices given, no answer yet: [N]" is a label; "Hello, one thing: we are closed" is a sentence.
  const bool filled = colon + 2 < row.size() && (row[colon + 2] == '[' || row[colon + 2] == '$');
  return label.find(". ") == std::string_view::npos && (filled || label.find(',') == std::string_view::npos);
}

bool row_ends_sentence(std::string_view row) {
  while (!row.empty() && (row.back() == '"' || row.back() == ')' || row.back() == ' ')) row.remove_suffix(1);
  return !row.empty() && (row.back() == '.' || row.back() == '!' || row.back() == '?' || row.back() == ':');
}

bool is_wrapped(std::string_view row, std::string_view next) {
  if (row.empty() || next.empty() || bullet_length(next) > 0 || is_ellipsis(next)) return false;
  if (row.size() < kShortRowBytes || row_ends_sentence(row)) return false;
  return !is_labelled(next);
}

std::string without_code_marks(std::string_view text) { return replace_all(std::string(text), "`", ""); }

void add_paragraph(std::vector<Template::Row>& rows, const Prose& prose, std::string_view bullet) {
  std::size_t begin = 0;
  bool forced = true;  // the first row begins on its own
  std::string_view previous;
  std::string lead(bullet);
  while (begin <= prose.text.size()) {
    const auto end = std::min(prose.text.find('\n', begin), prose.text.size());
    const auto row = trim(std::string_view(prose.text).substr(begin, end - begin));
    if (!forced && is_wrapped(previous, row)) {
      rows.back().text += ' ' + without_code_marks(row);
    } else {
      rows.push_back({lead + without_code_marks(row), prose.line_at(begin)});
      lead.clear();
    }
    previous = row;
    forced = std::find(prose.hard_breaks.begin(), prose.hard_breaks.end(), end) != prose.hard_breaks.end();
    begin = end + 1;
  }
}

void add_code(std::vector<Template::Row>& rows, const Prose& prose) {
  int line = prose.line;
  for (const auto& row : split(prose.text, '\n')) rows.push_back({std::string(row), line++});
}

void add_rows(std::vector<Template::Row>& rows, const Block& block, std::string_view bullet) {
  switch (block.kind) {
    case BlockKind::paragraph:
    case BlockKind::heading:
    case BlockKind::html:
      add_paragraph(rows, block.prose, bullet);
      return;
    case BlockKind::code:
      add_code(rows, block.prose);
      return;
    case BlockKind::rule:
      rows.push_back({"", block.line});
      return;
    default:
      break;
  }
  bool first = true;
  for (const auto& child : block.children) {
    const bool in_quote = block.kind == BlockKind::quote || block.kind == BlockKind::document;
    if (in_quote && !first && child.kind != BlockKind::list) rows.push_back({"", child.line});
    std::string lead;
    if (child.kind == BlockKind::item) lead = child.level > 0 ? std::to_string(child.level) + ". " : "- ";
    if (block.kind == BlockKind::item && first) lead = bullet;
    if (block.kind == BlockKind::row && !first && !rows.empty()) {
      rows.back().text += " | " + without_code_marks(child.prose.text);
    } else if (child.kind == BlockKind::cell) {
      rows.push_back({without_code_marks(child.prose.text), child.line > 0 ? child.line : block.line});
    } else {
      add_rows(rows, child, lead);
    }
    first = false;
  }
}

bool strip_suffix(std::string& text, std::string_view suffix) {
  if (!text.ends_with(suffix)) return false;
  text.resize(text.size() - suffix.size());
  return true;
}

void strip_outer_quotes(Template& message) {
  if (message.rows.empty()) return;
  auto& first = message.rows.front().text;
  auto& last = message.rows.back().text;
  if (!starts_with_quote(first) || (message.rows.size() == 1 && first.size() < 2)) return;
  // "“Yes” or “no”?" begins and ends with marks of different pairs; only a single pair is taken off.
  const auto whole = plain_quotes(message.text());
  if (std::count(whole.begin(), whole.end(), '"') != 2 || !whole.ends_with('"')) return;
  first.erase(0, first.starts_with("\"") ? 1 : std::string_view("“").size());
  if (!strip_suffix(last, "\"")) strip_suffix(last, "”");
}

void trim_rows(Template& message) {
  for (auto& row : message.rows)
    while (!row.text.empty() && (row.text.back() == ' ' || row.text.back() == '\t')) row.text.pop_back();
  while (!message.rows.empty() && message.rows.back().text.empty()) message.rows.pop_back();
  while (!message.rows.empty() && message.rows.front().text.empty()) message.rows.erase(message.rows.begin());
}

ItemPurpose purpose_of(std::string_view row) {
  const Stems stems(row);
  if (stems.has("proposal|quote|estimate|bid|price|offer|figure")) return ItemPurpose::proposal;
  if (stems.has("visit|appointment|come_by|stop_by|site|meet|meeting")) return ItemPurpose::visit;
  if (stems.has("call|ring|phone|dial")) return ItemPurpose::call;
  if (stems.has("email|text|write|message|mail|sms|reply")) return ItemPurpose::message;
  return ItemPurpose::any;
}

}  // namespace

std::string Template::text() const {
  std::string result;
  for (std::size_t index = 0; index < rows.size(); ++index) {
    if (index > 0) result += '\n';
    result += rows[index].text;
  }
  return result;
}

std::vector<Placeholder> placeholders_of(const Template& message) {
  std::vector<Placeholder> found;
  for (std::size_t index = 0; index < message.rows.size(); ++index) {
    const std::string_view row = message.rows[index].text;
    std::size_t open = row.find('[');
    while (open != std::string_view::npos && found.size() < limits::kPlaceholders) {
      const auto stop = row.find_first_of("[]", open + 1);
      if (stop == std::string_view::npos) break;
      if (row[stop] == '[') {  // "[[name]" : the inner one counts
        open = stop;
        continue;
      }
      const auto inner = row.substr(open + 1, stop - open - 1);
      auto words = folded(inner);
      if (words.empty() && trim(inner) == "#") words = "#";
      if (!words.empty() && inner.size() <= limits::kPlaceholderBytes)
        found.push_back({std::move(words), std::string(row.substr(open, stop + 1 - open)), index, open, stop + 1,
                         message.rows[index].line});
      open = row.find('[', stop + 1);
    }
  }
  return found;
}

Template template_of(const Block& block, const std::string& file) {
  Template message;
  add_rows(message.rows, block, "");
  trim_rows(message);
  strip_outer_quotes(message);
  trim_rows(message);
  message.place = {file, message.rows.empty() ? block.line : message.rows.front().line};
  return message;
}

Template template_of(std::string_view words, Place place) {
  Template message;
  const auto text = squeeze(words);
  if (!text.empty()) message.rows.push_back({without_code_marks(text), place.line});
  message.place = std::move(place);
  return message;
}

const ItemForm* ListTemplate::form_for(ItemPurpose purpose) const {
  for (const auto& item : items)
    if (item.purpose == purpose) return &item;
  for (const auto& item : items)
    if (item.purpose == ItemPurpose::any) return &item;
  return items.empty() ? nullptr : &items.front();
}

ListTemplate list_of(const Template& message) {
  ListTemplate list;
  list.head.place = message.place;
  list.foot.place = message.place;
  for (const auto& row : message.rows) {
    const auto bullet = bullet_length(row.text);
    if (is_ellipsis(bullet > 0 ? std::string_view(row.text).substr(bullet) : std::string_view(row.text))) continue;
    if (bullet == 0) {
      (list.items.empty() ? list.head : list.foot).rows.push_back(row);
      continue;
    }
    ItemForm form;
    form.bullet = row.text.substr(0, bullet);
    form.message.rows.push_back({row.text.substr(bullet), row.line});
    form.message.place = {message.place.file, row.line};
    form.purpose = purpose_of(row.text);
    list.items.push_back(std::move(form));
  }
  return list;
}

}  // namespace deskhand::procedure
