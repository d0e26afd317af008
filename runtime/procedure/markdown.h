// Markdown as a tree of blocks with line numbers. The only file that knows the Markdown library.
//
// Square brackets are never links here: [name] is a placeholder and [HS1] a tag, whatever CommonMark would make of
// them; a reference definition such as "[name]: thanks" therefore stays text. Code spans keep their backticks, emphasis
// loses its marks, HTML tags and comments are dropped and their inner text stays.
//
// Thread rule: parse_markdown may be called from any thread. Lines count from 1.
// Codes: invalid_argument (not UTF-8), limit_exceeded (too large, too deep, a line or block too long), each in one
// line. Source: CommonMark 0.29 and the table extension, by cmark-gfm 0.29.0.gfm.6 (Debian 12). That version needs
// quadratic time for some inputs, so lines and blocks are bounded before it sees them.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace deskhand::procedure {

struct Span {
  std::size_t begin = 0;
  std::size_t end = 0;
};

// Running text of a paragraph, a heading or a cell. Each source line ends in '\n' except the last.
struct Prose {
  std::string text;
  std::vector<Span> bold;
  std::vector<std::size_t> hard_breaks;  // offsets of '\n' that the author forced
  int line = 0;
  int line_at(std::size_t offset) const;
};

enum class BlockKind { document, paragraph, heading, quote, list, item, code, html, rule, table, row, cell };

struct Block {
  BlockKind kind = BlockKind::document;
  int line = 0;
  int last_line = 0;
  int level = 0;  // of a heading 1 to 6; of an item in an ordered list its number, else 0
  Prose prose;    // paragraph, heading, cell; of code its text, one source line per line
  std::vector<Block> children;
};

bool has_list(const std::vector<Block>& blocks);

// `file_name` is used in messages only.
Result<Block> parse_markdown(std::string_view markdown, std::string_view file_name);

// "LF" line ends, no byte order mark. What line numbers refer to.
std::string normal_lines(std::string_view bytes);

}  // namespace deskhand::procedure
