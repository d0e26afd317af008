#include <algorithm>

#include "base/text.h"
#include "procedure/lists.h"
#include "procedure/readers.h"
#include "procedure/words.h"

namespace deskhand::procedure {
namespace {

constexpr std::size_t kFrontMatterLines = 200;

bool is_none(std::string_view value) {
  const auto words = folded(value);
  return words.empty() || words == "none" || words.starts_with("none ") || words == "n a" || words == "nothing" ||
         words == "no";
}

// "schemas/crm.json, `schemas/opportunity.json` and more.json": each part that looks like a file or a name.
std::vector<Text> read_names(std::string_view value, const Place& place) {
  std::vector<Text> names;
  if (is_none(value)) return names;
  std::string text = replace_all(std::string(value), " and ", ",");
  for (const auto mark : {"`", "\"", "'", "[", "]", "(", ")"}) text = replace_all(std::move(text), mark, "");
  for (const auto mark : {";", "\n", " & ", " + "}) text = replace_all(std::move(text), mark, ",");
  for (const auto& part : split(text, ',')) {
    auto name = std::string(trim(part));
    while (!name.empty() && name.back() == '.') name.pop_back();
    if (!name.empty() && !is_none(name)) names.push_back({std::move(name), place});
  }
  return names;
}

enum class HeaderKey { none, name, version, applies_to, required_schemas, extended_by, last_updated };

HeaderKey header_key(std::string_view key) {
  const auto words = folded(replace_all(std::string(key), "_", " "));
  const auto is = [&](std::initializer_list<std::string_view> known) {
    return std::find(known.begin(), known.end(), words) != known.end();
  };
  if (is({"name", "title", "procedure"})) return HeaderKey::name;
  if (is({"version", "revision", "rev", "procedure version"})) return HeaderKey::version;
  if (is({"applies to", "applies", "for", "audience", "tier", "business", "used by"})) return HeaderKey::applies_to;
  if (is({"requires", "required", "requires schemas", "required schemas", "needs", "depends on", "dependencies",
          "schemas", "schema"}))
    return HeaderKey::required_schemas;
  if (is({"extended by", "extended", "extensions", "modules", "extended with", "includes"}))
    return HeaderKey::extended_by;
  if (is({"last updated", "updated", "last update", "last revised", "revised", "date", "last change", "last changed"}))
    return HeaderKey::last_updated;
  return HeaderKey::none;
}

std::string plain_value(std::string_view value) {
  auto text = squeeze(value);
  if (text.size() > 1 && (text.front() == '"' || text.front() == '\'') && text.back() == text.front())
    text = text.substr(1, text.size() - 2);
  return text;
}

void set_value(Header& header, HeaderKey key, std::string_view value, const Place& place) {
  switch (key) {
    case HeaderKey::none:
      return;
    case HeaderKey::name:
      header.name = plain_value(value);
      return;
    case HeaderKey::version:
      header.version = plain_value(value);
      return;
    case HeaderKey::applies_to:
      header.applies_to = plain_value(value);
      return;
    case HeaderKey::last_updated:
      header.last_updated = plain_value(value);
      return;
    case HeaderKey::required_schemas:
      append(header.required_schemas, read_names(value, place));
      return;
    case HeaderKey::extended_by:
      append(header.extended_by, read_names(value, place));
      return;
  }
}

// "Version: 1.0" -> its key, its value set; none when no known key stands before a colon.
HeaderKey read_line(Header& header, std::string_view line, const Place& place) {
  const auto colon = line.find(':');
  if (colon == std::string_view::npos || colon > 40) return HeaderKey::none;
  const auto key = header_key(line.substr(0, colon));
  set_value(header, key, line.substr(colon + 1), place);
  return key;
}

bool is_list_key(HeaderKey key) { return key == HeaderKey::required_schemas || key == HeaderKey::extended_by; }

// `last_key` is the key of the last line; a list of names may go on below it.
bool read_header_paragraph(const Prose& prose, Header& header, HeaderKey& last_key) {
  last_key = HeaderKey::none;
  std::size_t begin = 0;
  while (begin <= prose.text.size()) {
    const auto end = std::min(prose.text.find('\n', begin), prose.text.size());
    const Place place{header.place.file, prose.line_at(begin)};
    const auto line = std::string_view(prose.text).substr(begin, end - begin);
    const auto key = read_line(header, line, place);
    if (key == HeaderKey::none && last_key == HeaderKey::none) return false;
    if (key == HeaderKey::none && is_list_key(last_key)) set_value(header, last_key, line, place);
    if (key != HeaderKey::none) last_key = key;
    begin = end + 1;
  }
  return true;
}

void read_name_list(const Block& list, Header& header, HeaderKey key) {
  for (const auto& item : list.children)
    if (!item.children.empty())
      set_value(header, key, item.children.front().prose.text, {header.place.file, item.line});
}

bool read_list(const Block& list, Header& header) {
  bool any = false;
  for (const auto& item : list.children) {
    HeaderKey item_key = HeaderKey::none;
    if (item.children.empty() || !read_header_paragraph(item.children.front().prose, header, item_key)) continue;
    any = true;
    for (const auto& inner : item.children)
      if (inner.kind == BlockKind::list && is_list_key(item_key)) read_name_list(inner, header, item_key);
  }
  return any;
}

bool read_header_table(const Block& table, Header& header) {
  bool any = false;
  for (const auto& row : table.children) {
    if (row.children.size() < 2) continue;
    const auto key = header_key(row.children[0].prose.text);
    set_value(header, key, row.children[1].prose.text, {header.place.file, row.line});
    any = any || key != HeaderKey::none;
  }
  return any;
}

}  // namespace

std::string take_front_matter(std::string_view text, Header& header) {
  std::string result(text);
  if (!text.starts_with("---\n")) return result;
  const auto lines = split(text, '\n');
  std::size_t last = 0;
  for (std::size_t index = 1; index < std::min(lines.size(), kFrontMatterLines) && last == 0; ++index)
    if (trim(lines[index]) == "---" || trim(lines[index]) == "...") last = index;
  // A rule, some text and another rule are no front matter: its first line is "key: value".
  if (last < 2 || lines[1].find(':') == std::string::npos) return result;
  HeaderKey open_key = HeaderKey::none;
  std::size_t bytes = lines[0].size() + 1;
  for (std::size_t index = 1; index <= last; ++index) {
    bytes += lines[index].size() + 1;
    if (index == last) break;
    const auto line = trim(lines[index]);
    const Place place{header.place.file, static_cast<int>(index) + 1};
    if (line.starts_with("- ") || line.starts_with("* ")) {
      set_value(header, open_key, line.substr(2), place);
    } else if (!line.starts_with("#")) {
      open_key = read_line(header, line, place);
    }
  }
  bytes = std::min(bytes, result.size());
  result.replace(0, bytes, std::string(last + 1, '\n'));
  return result;
}

void read_title(const Prose& title, Header& header) {
  header.title = squeeze(title.text);
  header.place.line = title.line;
  std::string_view rest = header.title;
  if (starts_with_ignoring_case(rest, "procedure")) {
    const auto after = trim(rest.substr(9));
    if (after.starts_with(":") || after.starts_with("-"))
      rest = trim(after.substr(1));
    else if (after.starts_with("—"))
      rest = trim(after.substr(std::string_view("—").size()));
  }
  for (const std::string_view mark : {" — ", " – ", " - "}) {
    const auto at = rest.rfind(mark);
    if (at == std::string_view::npos || at == 0) continue;
    header.module_title = std::string(trim(rest.substr(at + mark.size())));
    break;
  }
  // Front matter comes first and has the last word on the name.
  if (header.name.empty()) header.name = std::string(rest);
}

std::vector<Block> read_header_lines(const std::vector<Block>& blocks, Header& header) {
  std::vector<Block> left;
  HeaderKey open_key = HeaderKey::none;  // "Requires:" with its list below
  for (const auto& block : blocks) {
    bool taken = false;
    if (block.kind == BlockKind::list && is_list_key(open_key)) {
      read_name_list(block, header, open_key);
      taken = true;
    } else if (block.kind == BlockKind::paragraph) {
      taken = read_header_paragraph(block.prose, header, open_key);
    } else if (block.kind == BlockKind::list) {
      taken = read_list(block, header);
    } else if (block.kind == BlockKind::table) {
      taken = read_header_table(block, header);
    }
    if (block.kind == BlockKind::list) open_key = HeaderKey::none;
    if (!taken) left.push_back(block);
  }
  return left;
}

}  // namespace deskhand::procedure
