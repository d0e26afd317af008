// The sections of a document: what stands under which heading. Headings of any level make sections; inside a section a
// bold beginning ("**Daily:** ...") or a list item may make a part of it as well, where its reader says so.
//
// Thread rule: pure functions and value types.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "procedure/markdown.h"

namespace deskhand::procedure {

struct Section {
  Prose title;  // text "" for what stands before any heading
  int level = 0;
  std::vector<Block> blocks;  // up to the first heading inside
  std::vector<Section> sections;
};

// The whole document; its sections in order, deeper headings inside shallower ones.
Section outline_of(Block document);

// Whether the bold or plain beginning of a paragraph or of a list item is the title of a part.
using IsTitle = std::function<bool(std::string_view title, bool is_bold)>;

// What stands in a section, part by part and in order: first, with an empty title, what precedes every part; then the
// parts that begin in paragraphs and list items; then the sections inside. Blocks are copied.
std::vector<Section> parts_of(const Section& section, const IsTitle& is_title);

// All paragraphs, items, quotes, code and cells as text, one line each, for reading what a section says in running
// prose. Quotes and code are left out unless `with_quotes`.
Prose prose_of(const std::vector<Block>& blocks, bool with_quotes);

}  // namespace deskhand::procedure
