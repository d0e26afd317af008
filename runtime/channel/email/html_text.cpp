#include "channel/email/html_text.h"

#include <gumbo.h>

#include <algorithm>
#include <memory>
#include <vector>

#include "base/text.h"
#include "channel/email/html_strip.h"

namespace deskhand::channel::email {
namespace {

constexpr std::size_t kLinkBytes = 320;
constexpr std::size_t kCellBytes = 4 * 1024;  // a longer cell is layout, not a value

std::string_view attribute(const GumboNode& node, const char* name) {
  const GumboAttribute* const found = gumbo_get_attribute(&node.v.element.attributes, name);
  return found == nullptr ? std::string_view() : std::string_view(found->value);
}

bool is_skipped(GumboTag tag) {
  switch (tag) {
    case GUMBO_TAG_HEAD:
    case GUMBO_TAG_TITLE:
    case GUMBO_TAG_STYLE:
    case GUMBO_TAG_SCRIPT:
    case GUMBO_TAG_TEMPLATE:
    case GUMBO_TAG_SVG:
    case GUMBO_TAG_MATH:
    case GUMBO_TAG_OBJECT:
    case GUMBO_TAG_IFRAME:
    case GUMBO_TAG_SELECT: return true;
    default: return false;
  }
}

bool is_block(GumboTag tag) {
  switch (tag) {
    case GUMBO_TAG_ADDRESS:
    case GUMBO_TAG_ARTICLE:
    case GUMBO_TAG_BLOCKQUOTE:
    case GUMBO_TAG_BODY:
    case GUMBO_TAG_CAPTION:
    case GUMBO_TAG_CENTER:
    case GUMBO_TAG_DD:
    case GUMBO_TAG_DIV:
    case GUMBO_TAG_DL:
    case GUMBO_TAG_DT:
    case GUMBO_TAG_FIELDSET:
    case GUMBO_TAG_FOOTER:
    case GUMBO_TAG_FORM:
    case GUMBO_TAG_H1:
    case GUMBO_TAG_H2:
    case GUMBO_TAG_H3:
    case GUMBO_TAG_H4:
    case GUMBO_TAG_H5:
    case GUMBO_TAG_H6:
    case GUMBO_TAG_HEADER:
    case GUMBO_TAG_HR:
    case GUMBO_TAG_LI:
    case GUMBO_TAG_MAIN:
    case GUMBO_TAG_OL:
    case GUMBO_TAG_P:
    case GUMBO_TAG_PRE:
    case GUMBO_TAG_SECTION:
    case GUMBO_TAG_TABLE:
    case GUMBO_TAG_TR:
    case GUMBO_TAG_UL: return true;
    default: return false;
  }
}

bool keeps_distance(GumboTag tag) {
  switch (tag) {
    case GUMBO_TAG_P:
    case GUMBO_TAG_HR:
    case GUMBO_TAG_H1:
    case GUMBO_TAG_H2:
    case GUMBO_TAG_H3:
    case GUMBO_TAG_H4:
    case GUMBO_TAG_H5:
    case GUMBO_TAG_H6:
    case GUMBO_TAG_BLOCKQUOTE: return true;
    default: return false;
  }
}

// What the sender hid from the reader is not what they said: preview lines of newsletters, and instructions to machines.
bool is_hidden(const GumboNode& node) {
  if (gumbo_get_attribute(&node.v.element.attributes, "hidden") != nullptr) return true;
  std::string style;
  for (const char c : to_lower(attribute(node, "style").substr(0, 1000)))
    if (c != ' ' && c != '\t' && c != '\n') style += c;
  const auto has = [&](std::string_view rule) { return style.find(rule) != std::string::npos; };
  const bool is_tiny = has("font-size:0;") || has("font-size:0px") || style.ends_with("font-size:0") || has("font-size:1px");
  return has("display:none") || has("visibility:hidden") || has("mso-hide:all") || has("opacity:0;") || style.ends_with("opacity:0") || is_tiny;
}

bool is_signature(const GumboNode& node) {
  const std::string names = to_lower(attribute(node, "class").substr(0, 200)) + " " + to_lower(attribute(node, "id").substr(0, 200));
  for (const std::string_view mark : {"gmail_signature", "moz-signature", "applemailsignature", "ms-outlook-mobile-signature"})
    if (names.find(mark) != std::string::npos && names.find("gmail_signature_prefix") == std::string::npos) return true;
  return false;
}

// Text under construction: runs of white space become one space, blocks begin on lines of their own.
class Writer {
 public:
  explicit Writer(std::size_t bytes_max) : bytes_max_(bytes_max) {}

  std::size_t room() const { return bytes_max_ - std::min(bytes_max_, text_.size()); }
  bool is_full() const { return text_.size() >= bytes_max_; }
  void say(std::string_view words) {
    for (std::size_t at = 0; at < words.size() && !is_full(); ++at) {
      const auto byte = static_cast<unsigned char>(words[at]);
      const bool is_nbsp = byte == 0xC2 && at + 1 < words.size() && static_cast<unsigned char>(words[at + 1]) == 0xA0;
      if (is_nbsp) ++at;
      if (is_nbsp || byte == ' ' || byte == '\t' || byte == '\n' || byte == '\r' || byte == '\f') {
        wants_space_ = true;
        continue;
      }
      if (wants_space_ && !text_.empty() && text_.back() != '\n') text_ += ' ';
      wants_space_ = false;
      text_ += words[at];
    }
  }
  void say_as_written(std::string_view words) {
    text_ += words.substr(0, bytes_max_ - std::min(bytes_max_, text_.size()));
    wants_space_ = false;
  }
  void break_line() {
    wants_space_ = false;
    text_ += '\n';
  }
  void start_line() {
    wants_space_ = false;
    if (!text_.empty() && text_.back() != '\n') text_ += '\n';
  }
  void start_paragraph() {
    start_line();
    if (!text_.empty() && !text_.ends_with("\n\n")) text_ += '\n';
  }
  const std::string& text() const { return text_; }

 private:
  std::size_t bytes_max_;
  std::string text_;
  bool wants_space_ = false;
};

void write(const GumboNode& node, Writer& writer, bool is_preformatted);

void write_children(const GumboNode& node, Writer& writer, bool is_preformatted) {
  const GumboVector& children = node.v.element.children;
  for (unsigned int at = 0; at < children.length && !writer.is_full(); ++at)
    write(*static_cast<const GumboNode*>(children.data[at]), writer, is_preformatted);
}

std::string text_inside(const GumboNode& node, std::size_t bytes_max) {
  Writer writer(bytes_max);
  write_children(node, writer, false);
  return std::string(trim(writer.text()));
}

// "Name" and "Ana Ruiz" in two cells are one line; cells that hold lines of their own are layout.
void write_row(const GumboNode& row, Writer& writer) {
  std::vector<std::string> cells;
  bool is_layout = false;
  const GumboVector& children = row.v.element.children;
  for (unsigned int at = 0; at < children.length && !writer.is_full(); ++at) {
    const auto& child = *static_cast<const GumboNode*>(children.data[at]);
    if (child.type != GUMBO_NODE_ELEMENT || is_hidden(child)) continue;
    // A cell is written once: into its own text, which is then part of the row. Depth is bounded, so that this copying is.
    std::string cell = text_inside(child, writer.room());
    if (cell.empty()) continue;
    is_layout = is_layout || cell.size() > kCellBytes || cell.find('\n') != std::string::npos;
    cells.push_back(std::move(cell));
  }
  writer.start_line();
  writer.say_as_written(join(cells, is_layout ? "\n" : "\t"));
  writer.start_line();
}

void write_quote(const GumboNode& node, Writer& writer, bool is_preformatted) {
  Writer inner(writer.room());
  write_children(node, inner, is_preformatted);
  writer.start_paragraph();
  for (const std::string& line : split(trim(inner.text()), '\n')) {
    if (writer.is_full()) break;
    writer.say_as_written((line.starts_with('>') ? ">" : "> ") + line);
    writer.start_line();
  }
}

// A button "Call" or a link "Email Ana" says the value only to the program.
void write_link_target(const GumboNode& node, std::string_view shown, Writer& writer) {
  std::string_view target = attribute(node, "href");
  const bool is_mail = starts_with_ignoring_case(target, "mailto:"), is_phone = starts_with_ignoring_case(target, "tel:");
  if (!is_mail && !is_phone) return;
  target = target.substr(is_mail ? 7 : 4).substr(0, kLinkBytes);
  target = trim(target.substr(0, target.find('?')));
  const auto digits = [](std::string_view text) {
    std::string found;
    for (const char c : text)
      if (c >= '0' && c <= '9') found += c;
    return found;
  };
  const bool is_said = is_mail ? to_lower(shown).find(to_lower(target)) != std::string::npos
                               : digits(shown).size() >= 7 && digits(target).ends_with(digits(shown).substr(digits(shown).size() > 10 ? digits(shown).size() - 10 : 0));
  if (!is_said && !target.empty()) writer.say(" (" + std::string(target) + ")");
}

void write_element(const GumboNode& node, Writer& writer, bool is_preformatted) {
  const GumboTag tag = node.v.element.tag;
  if (is_skipped(tag) || is_hidden(node)) return;
  if (tag == GUMBO_TAG_BR) return writer.break_line();
  if (tag == GUMBO_TAG_TR) return write_row(node, writer);
  if (tag == GUMBO_TAG_BLOCKQUOTE) return write_quote(node, writer, is_preformatted);
  if (keeps_distance(tag)) writer.start_paragraph();
  if (is_block(tag)) writer.start_line();
  if (is_signature(node)) {
    writer.start_line();
    writer.say_as_written("-- \n");
  }
  if (tag == GUMBO_TAG_LI) writer.say_as_written("- ");
  const std::size_t before = writer.text().size();
  write_children(node, writer, is_preformatted || tag == GUMBO_TAG_PRE);
  if (tag == GUMBO_TAG_A) write_link_target(node, std::string_view(writer.text()).substr(std::min(before, writer.text().size())), writer);
  if (keeps_distance(tag)) writer.start_paragraph();
  if (is_block(tag)) writer.start_line();
}

void write(const GumboNode& node, Writer& writer, bool is_preformatted) {
  switch (node.type) {
    case GUMBO_NODE_ELEMENT: return write_element(node, writer, is_preformatted);
    case GUMBO_NODE_TEXT:
    case GUMBO_NODE_CDATA: return is_preformatted ? writer.say_as_written(node.v.text.text) : writer.say(node.v.text.text);
    case GUMBO_NODE_WHITESPACE: return is_preformatted ? writer.say_as_written(node.v.text.text) : writer.say(" ");
    default: return;  // comments, templates
  }
}

// Gumbo keeps a note of every mistake in the markup unless it is told not to.
GumboOptions silent_options() {
  GumboOptions options = kGumboDefaultOptions;
  options.max_errors = 0;
  return options;
}

struct DestroyOutput {
  void operator()(GumboOutput* output) const { gumbo_destroy_output(&kGumboDefaultOptions, output); }
};

// No more than one empty line in a row and no blanks at line ends.
std::string tidied(std::string_view text) {
  std::string tidy;
  int empty_lines = 1;
  for (const std::string& line : split(text, '\n')) {
    const std::size_t end = line.find_last_not_of(" \t\r");
    const bool is_mark = line == "-- ";
    const std::string_view kept = is_mark ? line : std::string_view(line).substr(0, end == std::string::npos ? 0 : end + 1);
    empty_lines = kept.empty() ? empty_lines + 1 : 0;
    if (empty_lines <= 1) tidy.append(kept) += '\n';
  }
  return std::string(tidy.substr(0, tidy.find_last_not_of('\n') + 1));
}

}  // namespace

std::string text_of_html(std::string_view html, std::size_t bytes_max) {
  if (!is_tame_html(html)) return tidied(stripped_html(html, bytes_max));
  const GumboOptions options = silent_options();
  const std::unique_ptr<GumboOutput, DestroyOutput> output(gumbo_parse_with_options(&options, html.data(), html.size()));
  if (output == nullptr) return tidied(stripped_html(html, bytes_max));
  Writer writer(bytes_max);
  write(*output->root, writer, false);
  return std::string(prefix_utf8(tidied(writer.text()), bytes_max));
}

bool looks_like_html(std::string_view text) {
  const std::string start = to_lower(trim(text).substr(0, 2000));
  if (start.starts_with("<!doctype html") || start.starts_with("<html") || start.starts_with("<body")) return true;
  std::size_t tags = 0;
  for (const std::string_view mark : {"<br>", "<br/>", "<br />", "</p>", "</div>", "</td>", "</b>", "</a>", "</strong>", "</span>", "</li>"})
    for (std::size_t at = start.find(mark); at != std::string::npos; at = start.find(mark, at + 1)) ++tags;
  return tags >= 2;
}

}  // namespace deskhand::channel::email
