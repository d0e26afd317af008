// Hard stops: numbered or bulleted items, bold paragraphs or headings, each with the sentence that counts.
#include <algorithm>
#include <utility>

#include "base/text.h"
#include "procedure/catalogue.h"
#include "procedure/pieces.h"
#include "procedure/readers.h"
#include "procedure/words.h"

namespace deskhand::procedure {
namespace {

constexpr std::size_t kLabelWords = 4;  // "**Owner review.** No message ...": a label, not the sentence
constexpr std::size_t kTagBytes = 8;

// "HS4", or the id of another guard. "[HS9]" is a tag too, so that its mistake is told.
bool is_tag(std::string_view text) {
  const bool hard_stop = text.size() > 2 && text.size() <= kTagBytes && text.starts_with("HS") &&
                         text.find_first_not_of("0123456789", 2) == std::string_view::npos;
  const auto* item = core_catalogue().find(text);
  return hard_stop || (item != nullptr && item->kind == ItemKind::guard);
}

// Takes every [HS1] out of the text.
std::string take_tags(std::string_view text, std::vector<std::string>& tags) {
  std::string result;
  std::size_t at = 0;
  while (at < text.size()) {
    const auto close = text[at] == '[' ? text.find(']', at) : std::string_view::npos;
    const auto inner = close == std::string_view::npos ? std::string_view() : trim(text.substr(at + 1, close - at - 1));
    if (is_tag(inner)) {
      if (std::find(tags.begin(), tags.end(), inner) == tags.end()) tags.emplace_back(inner);
      at = close + 1;
      continue;
    }
    result += text[at++];
  }
  return result;
}

// The sentence that holds the bytes from begin to end, or goes on after them to its full stop.
Span sentence_around(std::string_view text, Span bold) {
  std::vector<std::string> tags;
  const auto untagged = take_tags(text.substr(bold.begin, bold.end - bold.begin), tags);
  const auto inner = trim(untagged);
  if (inner.ends_with(".") || inner.ends_with("!") || inner.ends_with("?")) return bold;
  for (const auto& sentence : sentences_of(text.substr(bold.begin))) {
    const auto end = bold.begin + sentence.begin + sentence.text.size();
    if (end >= bold.end) return {bold.begin, end};
  }
  return {bold.begin, text.size()};
}

Span first_sentence(std::string_view text) {
  const auto sentences = sentences_of(text);
  if (sentences.empty()) return {0, text.size()};
  return {sentences.front().begin, sentences.front().begin + sentences.front().text.size()};
}

// Lines apart end a sentence here: the items of an inner list have no full stops.
std::string with_full_stops(std::string_view text) {
  std::string result;
  for (const auto& part : split(std::string(text), '\n')) {
    const auto line = trim(part);
    if (line.empty()) {
      const bool open = !result.empty() && result.back() != '.' && result.back() != '!' && result.back() != '?';
      if (open) result += '.';
      continue;
    }
    if (!result.empty()) result += ' ';
    result += line;
  }
  return result;
}

struct Statement {
  std::string statement;
  std::string rest;
};

// Of the item's first paragraph: what is bold, or the first sentence.
Statement statement_of(const Prose& prose) {
  const std::string_view text = prose.text;
  Span span = prose.bold.empty() ? first_sentence(text) : sentence_around(text, prose.bold.front());
  const auto chosen = text.substr(span.begin, span.end - span.begin);
  const auto after = trim(text.substr(span.end));
  const bool label =
      !prose.bold.empty() && words_of(chosen).size() <= kLabelWords && !is_prohibition(chosen) && !after.empty();
  if (label) {
    const auto begin = span.end;
    span = first_sentence(text.substr(begin));
    span.begin += begin;
    span.end += begin;
  }
  Statement result;
  result.statement = squeeze(text.substr(span.begin, span.end - span.begin));
  auto before = squeeze(text.substr(0, span.begin));
  if (!before.empty() && before.back() != '.') before += '.';
  result.rest = squeeze(before + ' ' + std::string(text.substr(span.end)));
  return result;
}

void add_stop(const std::vector<Block>& blocks, int number, int line, Procedure& procedure) {
  if (blocks.empty()) return;
  HardStop stop;
  stop.number = number;
  stop.place = {procedure.file, line};
  const bool has_prose = !blocks.front().prose.text.empty();
  const auto head = has_prose ? blocks.front().prose : prose_of({blocks.front()}, true);
  auto [statement, rest] = statement_of(head);
  for (std::size_t index = 1; index < blocks.size(); ++index) {
    const auto more = with_full_stops(prose_of({blocks[index]}, true).text + "\n\n");
    // An item of an inner list is a sentence of its own even without a full stop between the lines.
    if (!rest.empty() && rest.back() != '.' && rest.back() != '!' && rest.back() != '?') rest += '.';
    rest += ' ' + more;
  }
  stop.statement = squeeze(take_tags(statement, stop.tags));
  stop.rest = squeeze(take_tags(rest, stop.tags));
  if (!stop.statement.empty()) procedure.hard_stops.push_back(std::move(stop));
}

// Prose outside the items, sentence by sentence: it may introduce them, forbid something of its own, or weaken them.
void add_notes(const Block& block, Procedure& procedure) {
  const auto prose = prose_of({block}, true);
  for (const auto& sentence : sentences_of(prose.text)) {
    HardStop note;
    note.is_note = true;
    note.place = {procedure.file, prose.line_at(sentence.begin)};
    note.statement = squeeze(take_tags(sentence.text, note.tags));
    if (!note.statement.empty()) procedure.hard_stops.push_back(std::move(note));
  }
}

// "1. No message ..." as a heading: the number and the sentence.
int take_number(std::string& title) {
  std::size_t digits = 0;
  int number = 0;
  while (digits < title.size() && digits < 3 && title[digits] >= '0' && title[digits] <= '9')
    number = number * 10 + (title[digits++] - '0');
  if (digits == 0 || digits >= title.size() || (title[digits] != '.' && title[digits] != ')' && title[digits] != ':'))
    return 0;
  title = std::string(trim(std::string_view(title).substr(digits + 1)));
  return number;
}

void add_heading_stop(const Section& section, int index, Procedure& procedure) {
  Block title;
  title.kind = BlockKind::paragraph;
  title.prose = section.title;
  const int number = take_number(title.prose.text);
  title.prose.bold = {{0, title.prose.text.size()}};
  std::vector<Block> blocks = {std::move(title)};
  blocks.insert(blocks.end(), section.blocks.begin(), section.blocks.end());
  add_stop(blocks, number > 0 ? number : index, section.title.line, procedure);
}

}  // namespace

bool is_prohibition(std::string_view text) {
  const auto words = words_of(text);
  for (std::size_t index = 0; index < std::min<std::size_t>(words.size(), 5); ++index)
    for (const std::string_view negation : {"no", "never", "nothing", "nobody", "none", "not", "cannot"})
      if (words[index].text == negation) return true;
  return false;
}

void read_hard_stops(const Section& section, Procedure& procedure) {
  const auto count = [&] {
    return static_cast<int>(std::count_if(procedure.hard_stops.begin(), procedure.hard_stops.end(),
                                          [](const HardStop& stop) { return !stop.is_note; }));
  };
  for (const auto& block : section.blocks) {
    if (block.kind == BlockKind::list) {
      for (const auto& item : block.children)
        add_stop(item.children, item.level > 0 ? item.level : count() + 1, item.line, procedure);
    } else if (block.kind == BlockKind::table) {
      for (std::size_t row = 1; row < block.children.size(); ++row)
        add_stop(block.children[row].children, count() + 1, block.children[row].line, procedure);
    } else if (block.kind == BlockKind::paragraph && !block.prose.bold.empty() && block.prose.bold.front().begin == 0) {
      add_stop({block}, count() + 1, block.line, procedure);
    } else {
      add_notes(block, procedure);
    }
  }
  for (const auto& inner : section.sections) {
    add_heading_stop(inner, count() + 1, procedure);
    for (const auto& deeper : inner.sections) add_heading_stop(deeper, count() + 1, procedure);
  }
}

}  // namespace deskhand::procedure
