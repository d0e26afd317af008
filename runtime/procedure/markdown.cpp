#include "procedure/markdown.h"

#include <cmark-gfm-core-extensions.h>
#include <cmark-gfm-extension_api.h>
#include <cmark-gfm.h>

#include <algorithm>
#include <memory>
#include <mutex>

#include "base/limits.h"
#include "base/text.h"

namespace deskhand::procedure {
namespace {

// Private-use characters that stand for '[' and ']' while the library reads, so that it never sees a link.
constexpr std::string_view kOpen = "\uF8E0";
constexpr std::string_view kClose = "\uF8E1";

struct NodeFree {
  void operator()(cmark_node* node) const { cmark_node_free(node); }
};
struct ParserFree {
  void operator()(cmark_parser* parser) const { cmark_parser_free(parser); }
};

std::string with_brackets_hidden(std::string_view text) {
  std::string result;
  result.reserve(text.size() + text.size() / 16);
  for (std::size_t at = 0; at < text.size(); ++at) {
    // Editors that export Markdown write "\[name\]"; the backslash means nothing to us.
    const bool escaped = text[at] == '\\' && at + 1 < text.size() && (text[at + 1] == '[' || text[at + 1] == ']');
    if (escaped) ++at;
    if (text[at] == '[') {
      result += kOpen;
    } else if (text[at] == ']') {
      result += kClose;
    } else {
      result += text[at];
    }
  }
  return result;
}

std::string with_brackets_shown(std::string_view text) {
  return replace_all(replace_all(std::string(text), kOpen, "["), kClose, "]");
}

// Comments vanish, tags vanish, "<br>" is a space; the rest stays.
std::string without_tags(std::string_view html) {
  std::string result;
  std::size_t at = 0;
  while (at < html.size()) {
    if (html[at] != '<') {
      result += html[at++];
      continue;
    }
    const bool comment = html.substr(at).starts_with("<!--");
    const auto close = comment ? html.find("-->", at) : html.find('>', at);
    if (close == std::string_view::npos) break;
    const auto after = close + (comment ? 3 : 1);
    // Lines inside a tag or a comment still count.
    result.append(static_cast<std::size_t>(std::count(html.begin() + static_cast<std::ptrdiff_t>(at),
                                                      html.begin() + static_cast<std::ptrdiff_t>(after), '\n')),
                  '\n');
    at = after;
  }
  return result;
}

std::string_view literal_of(cmark_node* node) {
  const char* literal = cmark_node_get_literal(node);
  return literal == nullptr ? std::string_view() : std::string_view(literal);
}

void add_text(Prose& prose, std::string_view text) { prose.text += with_brackets_shown(text); }

void add_inline_leaf(Prose& prose, cmark_node* node) {
  switch (cmark_node_get_type(node)) {
    case CMARK_NODE_TEXT:
      add_text(prose, literal_of(node));
      break;
    case CMARK_NODE_CODE:
      prose.text += '`';
      add_text(prose, literal_of(node));
      prose.text += '`';
      break;
    case CMARK_NODE_SOFTBREAK:
      prose.text += '\n';
      break;
    case CMARK_NODE_LINEBREAK:
      prose.hard_breaks.push_back(prose.text.size());
      prose.text += '\n';
      break;
    default:
      break;  // inline HTML: the tag says nothing, its inner text is a node of its own
  }
}

Prose read_prose(cmark_node* block) {
  Prose prose;
  prose.line = cmark_node_get_start_line(block);
  std::unique_ptr<cmark_iter, decltype(&cmark_iter_free)> iter(cmark_iter_new(block), &cmark_iter_free);
  std::size_t bold_begin = 0;
  int bold_depth = 0;
  for (auto event = cmark_iter_next(iter.get()); event != CMARK_EVENT_DONE; event = cmark_iter_next(iter.get())) {
    cmark_node* node = cmark_iter_get_node(iter.get());
    if (cmark_node_get_type(node) != CMARK_NODE_STRONG) {
      if (event == CMARK_EVENT_ENTER) add_inline_leaf(prose, node);
      continue;
    }
    if (event == CMARK_EVENT_ENTER && bold_depth++ == 0) bold_begin = prose.text.size();
    if (event == CMARK_EVENT_EXIT && --bold_depth == 0) prose.bold.push_back({bold_begin, prose.text.size()});
  }
  while (!prose.text.empty() && (prose.text.back() == '\n' || prose.text.back() == ' ')) prose.text.pop_back();
  for (auto& bold : prose.bold) bold.end = std::min(bold.end, prose.text.size());
  return prose;
}

Prose read_literal(cmark_node* node, bool fenced) {
  Prose prose;
  prose.text = with_brackets_shown(literal_of(node));
  while (!prose.text.empty() && prose.text.back() == '\n') prose.text.pop_back();
  prose.line = cmark_node_get_start_line(node) + (fenced ? 1 : 0);
  return prose;
}

BlockKind block_kind_of(cmark_node* node) {
  const std::string_view name = cmark_node_get_type_string(node);
  if (name == "table") return BlockKind::table;
  if (name == "table_row" || name == "table_header") return BlockKind::row;
  if (name == "table_cell") return BlockKind::cell;
  switch (cmark_node_get_type(node)) {
    case CMARK_NODE_PARAGRAPH:
      return BlockKind::paragraph;
    case CMARK_NODE_HEADING:
      return BlockKind::heading;
    case CMARK_NODE_BLOCK_QUOTE:
      return BlockKind::quote;
    case CMARK_NODE_LIST:
      return BlockKind::list;
    case CMARK_NODE_ITEM:
      return BlockKind::item;
    case CMARK_NODE_CODE_BLOCK:
      return BlockKind::code;
    case CMARK_NODE_HTML_BLOCK:
      return BlockKind::html;
    case CMARK_NODE_THEMATIC_BREAK:
      return BlockKind::rule;
    default:
      return BlockKind::document;
  }
}

int fence_of(cmark_node* node) {
  int length = 0, offset = 0;
  char character = 0;
  return cmark_node_get_fenced(node, &length, &offset, &character);
}

struct Reader {
  std::string_view file_name;
  std::size_t blocks = 0;

  Done read(cmark_node* node, std::size_t depth, Block& block);
};

Done Reader::read(cmark_node* node, std::size_t depth, Block& block) {
  block.kind = block_kind_of(node);
  block.line = cmark_node_get_start_line(node);
  block.last_line = cmark_node_get_end_line(node);
  const auto where = std::string(file_name) + " line " + std::to_string(block.line) + ": ";
  if (depth > limits::kProcedureNesting)
    return make_error(Code::limit_exceeded, where + "lists and quotes are nested deeper than " +
                                                std::to_string(limits::kProcedureNesting) + " levels; flatten them");
  if (++blocks > limits::kProcedureBlocks)
    return make_error(Code::limit_exceeded, where + "more than " + std::to_string(limits::kProcedureBlocks) +
                                                " paragraphs, items and cells; split the procedure into modules");
  switch (block.kind) {
    case BlockKind::heading:
      block.level = cmark_node_get_heading_level(node);
      [[fallthrough]];
    case BlockKind::paragraph:
    case BlockKind::cell:
      block.prose = read_prose(node);
      return {};
    case BlockKind::code:
      block.prose = read_literal(node, fence_of(node) != 0);
      return {};
    case BlockKind::html:
      block.prose = read_literal(node, false);
      block.prose.text = without_tags(block.prose.text);
      return {};
    default:
      break;
  }
  const bool ordered = block.kind == BlockKind::list && cmark_node_get_list_type(node) == CMARK_ORDERED_LIST;
  int number = ordered ? cmark_node_get_list_start(node) : 0;
  for (cmark_node* child = cmark_node_first_child(node); child != nullptr; child = cmark_node_next(child)) {
    block.children.emplace_back();
    if (auto done = read(child, depth + 1, block.children.back()); !done) return done;
    if (ordered) block.children.back().level = number++;
  }
  return {};
}

// What the library must not see: text that is not UTF-8, very long lines, very long runs of lines without a blank one.
Done check_lines(std::string_view text, std::string_view file_name) {
  int line = 1;
  std::size_t block_bytes = 0;
  std::size_t begin = 0;
  while (begin < text.size()) {
    const auto end = std::min(text.find('\n', begin), text.size());
    const auto content = text.substr(begin, end - begin);
    const auto where = std::string(file_name) + " line " + std::to_string(line) + ": ";
    if (!is_utf8(content)) return make_error(Code::invalid_argument, where + "not UTF-8 text; save the file as UTF-8");
    if (content.size() > limits::kProcedureLineBytes)
      return make_error(Code::limit_exceeded, where + "longer than " + std::to_string(limits::kProcedureLineBytes) +
                                                  " bytes; break the line");
    block_bytes = trim(content).empty() ? 0 : block_bytes + content.size() + 1;
    if (block_bytes > limits::kProcedureRunBytes)
      return make_error(Code::limit_exceeded, where + "more than " + std::to_string(limits::kProcedureRunBytes) +
                                                  " bytes without a blank line; part the text");
    begin = end + 1;
    ++line;
  }
  return {};
}

void register_extensions() {
  static std::once_flag once;
  std::call_once(once, [] { cmark_gfm_core_extensions_ensure_registered(); });
}

}  // namespace

int Prose::line_at(std::size_t offset) const {
  const auto end = text.begin() + static_cast<std::ptrdiff_t>(std::min(offset, text.size()));
  return line + static_cast<int>(std::count(text.begin(), end, '\n'));
}

std::string normal_lines(std::string_view bytes) {
  if (bytes.starts_with("\xEF\xBB\xBF")) bytes.remove_prefix(3);
  std::string result;
  result.reserve(bytes.size());
  for (std::size_t at = 0; at < bytes.size(); ++at) {
    if (bytes[at] != '\r') {
      result += bytes[at];
      continue;
    }
    result += '\n';
    if (at + 1 < bytes.size() && bytes[at + 1] == '\n') ++at;
  }
  return result;
}

Result<Block> parse_markdown(std::string_view markdown, std::string_view file_name) {
  if (markdown.size() > limits::kProcedureBytes)
    return make_error(Code::limit_exceeded, std::string(file_name) + ": " + std::to_string(markdown.size()) +
                                                " bytes; a procedure has at most " +
                                                std::to_string(limits::kProcedureBytes));
  const auto text = normal_lines(markdown);
  if (auto checked = check_lines(text, file_name); !checked) return checked.error();

  register_extensions();
  const std::unique_ptr<cmark_parser, ParserFree> parser(cmark_parser_new(CMARK_OPT_DEFAULT));
  if (auto* table = cmark_find_syntax_extension("table"); table != nullptr)
    cmark_parser_attach_syntax_extension(parser.get(), table);
  const auto hidden = with_brackets_hidden(text);
  cmark_parser_feed(parser.get(), hidden.data(), hidden.size());
  const std::unique_ptr<cmark_node, NodeFree> document(cmark_parser_finish(parser.get()));
  if (document == nullptr)
    return make_error(Code::internal, std::string(file_name) + ": the Markdown reader gave nothing");

  Reader reader{file_name};
  Block root;
  if (auto done = reader.read(document.get(), 0, root); !done) return done.error();
  return root;
}

bool has_list(const std::vector<Block>& blocks) {
  return std::any_of(blocks.begin(), blocks.end(), [](const Block& block) { return block.kind == BlockKind::list; });
}

}  // namespace deskhand::procedure
