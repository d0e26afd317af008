// A message as the procedure words it, with [placeholders]. Reading one from Markdown, finding its placeholders, taking
// a list apart into its head and its kinds of items.
//
// Source lines that were only wrapped are joined; a line break is kept where the next line is an item or a labelled
// line, where the author forced it, where a sentence ends, and everywhere in code blocks. Quotation marks around the
// whole are taken off.
//
// Thread rule: pure functions and value types.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "procedure/markdown.h"

namespace deskhand::procedure {

// Where something stands. Line 0: the file as a whole.
struct Place {
  std::string file;
  int line = 0;
};

struct Template {
  struct Row {
    std::string text;
    int line = 0;
  };
  std::vector<Row> rows;
  Place place;

  bool empty() const { return rows.empty(); }
  std::string text() const;  // rows joined by '\n', no '\n' at the end
};

struct Placeholder {
  std::string words;       // folded: "last interaction summary"
  std::string as_written;  // "[Last interaction summary]"
  std::size_t row = 0;
  std::size_t begin = 0;  // of '[' in the row
  std::size_t end = 0;    // after ']'
  int line = 0;
};

// Every "[...]" of at most limits::kPlaceholderBytes that holds a letter, left to right.
std::vector<Placeholder> placeholders_of(const Template& message);

// From a quote or a code block.
Template template_of(const Block& block, const std::string& file);
// From words in quotation marks inside a sentence.
Template template_of(std::string_view words, Place place);

// What an item of a list of follow-ups is for. `any` fits when no other form does.
enum class ItemPurpose { any, call, proposal, message, visit };

struct ItemForm {
  ItemPurpose purpose = ItemPurpose::any;
  std::string bullet;  // with the space after it: "— "
  Template message;    // one row, without the bullet
};

// "Today's follow-ups:" then one form per kind of item, then what follows the list. A row "..." says that the list goes
// on and is dropped. With no bulleted row `items` is empty and everything is head.
struct ListTemplate {
  Template head;
  std::vector<ItemForm> items;
  Template foot;

  // The form for that purpose; else the form for any; else the first. nullptr when there are none.
  const ItemForm* form_for(ItemPurpose purpose) const;
};
ListTemplate list_of(const Template& message);

}  // namespace deskhand::procedure
