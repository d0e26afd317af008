#include "procedure/outline.h"

#include <optional>
#include <utility>

#include "base/text.h"
#include "procedure/pieces.h"

namespace deskhand::procedure {
namespace {

constexpr std::string_view kDash = "—";
constexpr std::string_view kShortDash = "–";

// Length of the mark that parts a title from what it introduces, 0 when there is none.
std::size_t parting_mark(std::string_view rest) {
  if (rest.starts_with(":")) return 1;
  if (rest.starts_with(kDash)) return kDash.size();
  if (rest.starts_with(kShortDash)) return kShortDash.size();
  if (rest.starts_with("- ")) return 1;
  return 0;
}

Prose tail_of(const Prose& prose, std::size_t begin) {
  while (begin < prose.text.size() && (prose.text[begin] == ' ' || prose.text[begin] == '\n')) ++begin;
  Prose tail;
  tail.line = prose.line_at(begin);
  tail.text = begin < prose.text.size() ? prose.text.substr(begin) : "";
  for (const auto& bold : prose.bold)
    if (bold.begin >= begin) tail.bold.push_back({bold.begin - begin, bold.end - begin});
  for (const auto offset : prose.hard_breaks)
    if (offset >= begin) tail.hard_breaks.push_back(offset - begin);
  return tail;
}

struct LeadIn {
  Prose title;
  Prose rest;
};

std::string without_colon(std::string_view title) {
  title = trim(title);
  while (title.ends_with(":") || title.ends_with(".")) title = trim(title.substr(0, title.size() - 1));
  return std::string(title);
}

std::optional<LeadIn> make_lead_in(const Prose& prose, std::string_view title, std::size_t rest_begin) {
  LeadIn lead_in;
  lead_in.title.text = without_colon(title);
  lead_in.title.line = prose.line;
  lead_in.rest = tail_of(prose, rest_begin);
  if (lead_in.title.text.empty() || lead_in.title.text.find('\n') != std::string::npos) return std::nullopt;
  return lead_in;
}

// "**Daily:** check ...", "**Daily**: check ...", "**“Add a customer”** — ask ...", "**Daily:**" alone, several bold
// titles in a row ("**“A”** or **“B”** — ...").
std::optional<LeadIn> bold_lead_in(const Prose& prose) {
  if (prose.bold.empty() || prose.bold.front().begin != 0) return std::nullopt;
  std::size_t end = prose.bold.front().end;
  for (std::size_t next = 1; next < prose.bold.size(); ++next) {
    const auto between = trim(std::string_view(prose.text).substr(end, prose.bold[next].begin - end));
    if (between != "or" && between != "/" && between != ",") break;
    end = prose.bold[next].end;
  }
  const std::string_view title = std::string_view(prose.text).substr(0, end);
  std::size_t rest = end;
  while (rest < prose.text.size() && prose.text[rest] == ' ') ++rest;
  // A bracket after the bold words belongs to the title: "**Weekly** (Monday morning):".
  std::size_t bracket_end = rest;
  if (rest < prose.text.size() && prose.text[rest] == '(') {
    const auto close = prose.text.find(')', rest);
    if (close != std::string::npos) bracket_end = close + 1;
  }
  const std::string_view after_bracket = std::string_view(prose.text).substr(bracket_end);
  const auto bracket_mark = parting_mark(after_bracket);
  if (bracket_end > rest && (bracket_mark > 0 || after_bracket.empty() || after_bracket.front() == '\n'))
    return make_lead_in(prose, std::string_view(prose.text).substr(0, bracket_end), bracket_end + bracket_mark);
  const std::string_view after = std::string_view(prose.text).substr(rest);
  const auto mark = parting_mark(after);
  const bool parted =
      mark > 0 || after.empty() || after.front() == '\n' || title.ends_with(":") || title.ends_with(".");
  if (!parted) return std::nullopt;
  return make_lead_in(prose, title, rest + mark);
}

// "Daily: check ..." or "Daily:" without bold: the words before the first colon of the first line.
std::optional<LeadIn> plain_lead_in(const Prose& prose) {
  const auto colon = prose.text.find(':');
  const auto line_end = prose.text.find('\n');
  // A clock ("Monday at 8:00:") is not the end of a title.
  std::size_t at = colon;
  while (at != std::string::npos && at + 1 < prose.text.size() && prose.text[at + 1] >= '0' &&
         prose.text[at + 1] <= '9')
    at = prose.text.find(':', at + 1);
  if (at == std::string::npos || at > 80 || (line_end != std::string::npos && at > line_end)) return std::nullopt;
  return make_lead_in(prose, std::string_view(prose.text).substr(0, at), at + 1);
}

// "“Add a customer” — ask ...", "“A” or “B”" on a line of its own.
std::optional<LeadIn> quoted_lead_in(const Prose& prose) {
  const auto quotes = quoted_of(prose.text);
  if (quotes.empty() || !starts_with_quote(prose.text)) return std::nullopt;
  const auto line_end = std::min(prose.text.find('\n'), prose.text.size());
  std::size_t end = 0;
  for (const auto& quote : quotes) {
    const auto between =
        end == 0 ? std::string_view("or") : trim(std::string_view(prose.text).substr(end, quote.begin - end));
    if (end > 0 && !between.starts_with("or") && !between.starts_with("/") && !between.starts_with(",")) break;
    const auto close = std::min(prose.text.find('"', quote.begin), prose.text.find("”", quote.begin));
    if (close == std::string::npos || close > line_end) break;
    end = close + (prose.text[close] == '"' ? 1 : std::string_view("”").size());
  }
  if (end == 0) return std::nullopt;
  std::size_t rest = end;
  while (rest < prose.text.size() && prose.text[rest] == ' ') ++rest;
  const std::string_view after = std::string_view(prose.text).substr(rest);
  const auto mark = parting_mark(after);
  if (mark == 0 && !after.empty() && after.front() != '\n') return std::nullopt;
  return make_lead_in(prose, std::string_view(prose.text).substr(0, end), rest + mark);
}

std::optional<LeadIn> lead_in_of(const Block& block, const IsTitle& is_title) {
  if (block.kind != BlockKind::paragraph) return std::nullopt;
  if (auto bold = bold_lead_in(block.prose); bold && is_title(bold->title.text, true)) return bold;
  if (auto quoted = quoted_lead_in(block.prose); quoted && is_title(quoted->title.text, false)) return quoted;
  if (auto plain = plain_lead_in(block.prose); plain && is_title(plain->title.text, false)) return plain;
  return std::nullopt;
}

Section begin_part(LeadIn lead_in) {
  Section part;
  part.title = std::move(lead_in.title);
  part.level = 7;
  if (!lead_in.rest.text.empty()) {
    Block paragraph;
    paragraph.kind = BlockKind::paragraph;
    paragraph.line = paragraph.last_line = lead_in.rest.line;
    paragraph.prose = std::move(lead_in.rest);
    part.blocks.push_back(std::move(paragraph));
  }
  return part;
}

// The items of a list as parts, or nothing when one of them has no title.
std::vector<Section> item_parts(const Block& list, const IsTitle& is_title) {
  std::vector<Section> parts;
  for (const auto& item : list.children) {
    if (item.children.empty()) continue;
    auto lead_in = lead_in_of(item.children.front(), is_title);
    if (!lead_in) return {};
    auto part = begin_part(std::move(*lead_in));
    part.blocks.insert(part.blocks.end(), item.children.begin() + 1, item.children.end());
    parts.push_back(std::move(part));
  }
  return parts;
}

void put_section(Section& parent, Section section) {
  Section* at = &parent;
  while (!at->sections.empty() && at->sections.back().level < section.level) at = &at->sections.back();
  at->sections.push_back(std::move(section));
}

Section& last_section(Section& root) {
  Section* at = &root;
  while (!at->sections.empty()) at = &at->sections.back();
  return *at;
}

void add_prose(Prose& result, const Prose& prose) {
  if (prose.text.empty()) return;
  if (result.text.empty()) {
    result = prose;
    return;
  }
  // Blank lines keep the line numbers true as far as they can: a later line never gets an earlier number.
  int gap = prose.line - result.line_at(result.text.size());
  do {
    result.text += '\n';
  } while (--gap > 0);
  const auto shift = result.text.size();
  result.text += prose.text;
  for (const auto& bold : prose.bold) result.bold.push_back({bold.begin + shift, bold.end + shift});
}

void add_prose_of_blocks(Prose& result, const std::vector<Block>& blocks, bool with_quotes) {
  for (const auto& block : blocks) {
    const bool quoted = block.kind == BlockKind::quote || block.kind == BlockKind::code;
    if (quoted && !with_quotes) continue;
    add_prose(result, block.prose);
    add_prose_of_blocks(result, block.children, with_quotes);
  }
}

}  // namespace

Section outline_of(Block document) {
  Section root;
  for (auto& block : document.children) {
    if (block.kind == BlockKind::rule) continue;
    if (block.kind != BlockKind::heading) {
      last_section(root).blocks.push_back(std::move(block));
      continue;
    }
    Section section;
    section.title = std::move(block.prose);
    section.level = block.level;
    put_section(root, std::move(section));
  }
  return root;
}

std::vector<Section> parts_of(const Section& section, const IsTitle& is_title) {
  std::vector<Section> parts(1);
  parts.front().title.line = section.title.line;
  for (const auto& block : section.blocks) {
    if (auto lead_in = lead_in_of(block, is_title)) {
      parts.push_back(begin_part(std::move(*lead_in)));
      continue;
    }
    if (block.kind == BlockKind::list && parts.back().title.text.empty()) {
      auto items = item_parts(block, is_title);
      parts.insert(parts.end(), std::make_move_iterator(items.begin()), std::make_move_iterator(items.end()));
      if (!items.empty()) continue;
    }
    parts.back().blocks.push_back(block);
  }
  parts.insert(parts.end(), section.sections.begin(), section.sections.end());
  return parts;
}

Prose prose_of(const std::vector<Block>& blocks, bool with_quotes) {
  Prose result;
  add_prose_of_blocks(result, blocks, with_quotes);
  return result;
}

}  // namespace deskhand::procedure
