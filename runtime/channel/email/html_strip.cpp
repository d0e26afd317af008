#include "channel/email/html_strip.h"

#include <algorithm>
#include <array>
#include <cstdint>

#include "base/limits.h"
#include "base/text.h"
#include "base/utf8.h"

namespace deskhand::channel::email {
namespace {

constexpr std::size_t kTags = 40'000;         // of a document; a newsletter has 3,000
constexpr std::size_t kOpenTags = 500;        // deep
constexpr std::size_t kAttributes = 120'000;  // of a document
constexpr std::size_t kTagAttributes = 300;
constexpr std::size_t kCopies = 1'000'000;    // open formatting elements times blocks
constexpr std::size_t kEntityBytes = 10;

constexpr std::array<std::string_view, 21> kNeverNested{"area", "base", "br",   "col",    "embed", "hr", "img", "input", "link", "meta", "param",
                                                        "source", "wbr", "p", "li", "td", "th", "tr", "dt", "dd", "option"};
constexpr std::array<std::string_view, 14> kFormatting{"a",  "b",    "big", "code",  "em",     "font", "i",
                                                       "nobr", "s", "small", "strike", "strong", "tt", "u"};
constexpr std::array<std::string_view, 24> kBlocks{"p",  "div", "br", "tr", "table", "ul", "ol", "li", "h1", "h2", "h3", "h4",
                                                   "h5", "h6", "hr", "blockquote", "section", "article", "header", "footer", "dt", "dd", "pre", "form"};

template <std::size_t size>
bool is_one_of(std::string_view name, const std::array<std::string_view, size>& names) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

struct Tag {
  std::string name;  // lower case
  bool closes = false;
  std::size_t attributes = 0;  // at most as many as there are
  std::size_t end = 0;         // behind ">"
};


// The tag or comment that begins at "<"; a lone "<" gives a tag without a name and one byte long.
Tag read_tag(std::string_view html, std::size_t start) {
  Tag tag;
  std::size_t at = start + 1;
  if (html.substr(at, 3) == "!--") {
    const std::size_t end = html.find("-->", at + 3);
    tag.end = end == std::string_view::npos ? html.size() : end + 3;
    return tag;
  }
  tag.closes = at < html.size() && html[at] == '/';
  if (tag.closes) ++at;
  const bool is_tag = at < html.size() && (is_letter(html[at]) || html[at] == '!' || html[at] == '?');
  if (!is_tag) {
    tag.end = start + 1;
    return tag;
  }
  const std::size_t name = at;
  while (at < html.size() && html[at] != '>' && html[at] != '/' && static_cast<unsigned char>(html[at]) > ' ') ++at;
  tag.name = to_lower(html.substr(name, std::min<std::size_t>(at - name, 32)));
  char quote = 0;
  bool is_in_word = false;
  for (; at < html.size(); ++at) {
    const char c = html[at];
    if (quote != 0) {
      if (c == quote) quote = 0;
    } else if (c == '>') {
      break;
    } else if (c == '"' || c == '\'') {
      quote = c;
      ++tag.attributes;
    } else {
      const bool is_gap = static_cast<unsigned char>(c) <= ' ' || c == '/';
      if (!is_gap && !is_in_word) ++tag.attributes;
      is_in_word = !is_gap;
    }
  }
  tag.end = std::min(at + 1, html.size());
  return tag;
}

// Behind the end tag of an element whose content is no text.
std::size_t skip_raw(std::string_view html, std::size_t at, std::string_view name) {
  const std::string end_tag = "</" + std::string(name);
  for (std::size_t next = html.find("</", at); next != std::string_view::npos; next = html.find("</", next + 2)) {
    if (!equal_ignoring_case(html.substr(next, end_tag.size()), end_tag)) continue;
    const std::size_t end = html.find('>', next);
    return end == std::string_view::npos ? html.size() : end + 1;
  }
  return html.size();
}

struct Entity {
  std::string_view name;
  char32_t character;
};
constexpr std::array<Entity, 8> kEntities{{{"amp", '&'}, {"lt", '<'}, {"gt", '>'}, {"quot", '"'}, {"apos", '\''}, {"nbsp", ' '}, {"rsquo", 0x2019}, {"ndash", 0x2013}}};

// Appends what the entity at `at` says and returns the byte behind it.
std::size_t append_entity(std::string& text, std::string_view html, std::size_t at) {
  const std::size_t semicolon = html.substr(at, kEntityBytes + 2).find(';');
  const std::string_view name = semicolon == std::string_view::npos ? std::string_view() : html.substr(at + 1, semicolon - 1);
  for (const Entity& entity : kEntities) {
    if (entity.name != name) continue;
    append_utf8(text, entity.character);
    return at + semicolon + 1;
  }
  if (name.size() > 1 && name.front() == '#') {
    const bool is_hex = name[1] == 'x' || name[1] == 'X';
    std::uint32_t value = 0;
    for (const char c : to_lower(name.substr(is_hex ? 2 : 1))) {
      const bool is_digit = c >= '0' && c <= '9', is_letter_digit = is_hex && c >= 'a' && c <= 'f';
      if (!is_digit && !is_letter_digit) value = 0x110000;
      value = std::min<std::uint32_t>(value * (is_hex ? 16 : 10) + static_cast<std::uint32_t>(is_digit ? c - '0' : c - 'a' + 10), 0x110000);
    }
    const bool exists = value > 0 && value < 0x110000 && (value < 0xD800 || value > 0xDFFF);
    append_utf8(text, exists ? static_cast<char32_t>(value) : kReplacementCharacter);
    return at + semicolon + 1;
  }
  text += '&';
  return at + 1;
}

}  // namespace

bool is_tame_html(std::string_view html) {
  if (html.size() > limits::kMailHtmlBytes) return false;
  std::size_t tags = 0, attributes = 0, blocks = 0, formats_open_most = 0;
  std::int64_t open = 0, formats_open = 0;
  for (std::size_t at = html.find('<'); at != std::string_view::npos; at = html.find('<', at)) {
    const Tag tag = read_tag(html, at);
    at = tag.end;
    if (tag.name.empty()) continue;
    attributes += tag.attributes;
    if (++tags > kTags || attributes > kAttributes || tag.attributes > kTagAttributes) return false;
    if (is_one_of(tag.name, kBlocks)) ++blocks;
    if (is_one_of(tag.name, kFormatting)) {
      formats_open = std::max<std::int64_t>(0, formats_open + (tag.closes ? -1 : 1));
      formats_open_most = std::max(formats_open_most, static_cast<std::size_t>(formats_open));
    }
    if (!is_one_of(tag.name, kNeverNested)) open = std::max<std::int64_t>(0, open + (tag.closes ? -1 : 1));
    if (open > static_cast<std::int64_t>(kOpenTags)) return false;
  }
  return formats_open_most * (blocks + 1) <= kCopies;
}

std::string stripped_html(std::string_view html, std::size_t bytes_max) {
  std::string text;
  for (std::size_t at = 0; at < html.size() && text.size() < bytes_max;) {
    const char c = html[at];
    if (c == '&') {
      at = append_entity(text, html, at);
    } else if (c != '<') {
      const bool is_gap = static_cast<unsigned char>(c) <= ' ';
      if (!is_gap) text += c;
      if (is_gap && !text.empty() && text.back() != ' ' && text.back() != '\n') text += ' ';
      ++at;
    } else {
      const Tag tag = read_tag(html, at);
      at = tag.end;
      if (tag.name.empty() && tag.end == at && html[tag.end - 1] == '<') text += '<';
      const bool is_raw = tag.name == "script" || tag.name == "style" || tag.name == "title" || tag.name == "template";
      if (is_raw && !tag.closes) at = skip_raw(html, at, tag.name);
      if ((tag.name == "td" || tag.name == "th") && !tag.closes && !text.empty() && text.back() != '\n') text += '\t';
      if (is_one_of(tag.name, kBlocks) && !text.empty() && text.back() != '\n') text += '\n';
    }
  }
  return std::string(prefix_utf8(text, bytes_max));
}

}  // namespace deskhand::channel::email
