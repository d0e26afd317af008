// Scheduled behaviours: what runs daily, weekly, monthly.
#include <algorithm>
#include <utility>

#include "base/text.h"
#include "procedure/catalogue.h"
#include "procedure/pieces.h"
#include "procedure/readers.h"
#include "procedure/words.h"

namespace deskhand::procedure {
namespace {

constexpr std::size_t kTitleBytes = 80;

// "Daily", "Every weekday at 7:30", "Weekly (Monday morning)": words about time and little else.
bool is_cadence_title(std::string_view title, bool is_bold) {
  if (title.size() > kTitleBytes || when_of(title).cadence == Cadence::none) return false;
  // "Check all leads quiet for 3 business days" is a task, not a heading, unless its author made it one.
  return is_bold || (durations_of(title).empty() && words_of(title).size() <= 8);
}

std::string without_durations(std::string_view text) {
  std::string result(text);
  const auto found = durations_of(text);
  for (auto each = found.rbegin(); each != found.rend(); ++each) result.erase(each->begin, each->end - each->begin);
  return result;
}

const Block* first_message(const std::vector<Block>& blocks) {
  for (const auto& block : blocks) {
    if (block.kind == BlockKind::quote || block.kind == BlockKind::code) return &block;
    if (const auto* inner = first_message(block.children)) return inner;
  }
  return nullptr;
}

std::string recognised(const Behaviour& behaviour, std::string_view title) {
  const auto* item = recognise(core_catalogue(), ItemKind::schedule, behaviour.prose, "");
  if (item == nullptr) item = recognise(core_catalogue(), ItemKind::schedule, title, "");
  if (item == nullptr) item = recognise(core_catalogue(), ItemKind::schedule, behaviour.message.text(), "");
  return item == nullptr ? std::string() : item->id;
}

// What one item or one run of paragraphs says. `title` is its own heading, if it has one.
void add_behaviour(const std::vector<Block>& blocks, const When& when, std::string_view title, int line,
                   Procedure& procedure) {
  const bool is_introduction = blocks.size() == 1 && title.empty();
  const auto prose = prose_of(blocks, false);
  const auto* message = first_message(blocks);
  if (prose.text.empty() && message == nullptr) return;
  Behaviour behaviour;
  behaviour.heading = when.words;
  behaviour.when = when;
  behaviour.prose = prose.text;
  behaviour.place = {procedure.file, line};
  behaviour.durations = durations_of(prose.text);
  behaviour.fields = field_uses_of(prose, procedure.file);
  if (message != nullptr) behaviour.message = template_of(*message, procedure.file);
  if (behaviour.message.empty())
    for (const auto& quoted : quoted_of(prose.text))
      if (quoted.text.find('[') != std::string::npos) {
        behaviour.message = template_of(quoted.text, {procedure.file, prose.line_at(quoted.begin)});
        break;
      }
  if (when.cadence == Cadence::none) {
    const int heading_line = when.line;
    behaviour.when = when_of(
        without_durations(sentences_of(prose.text).empty() ? prose.text : sentences_of(prose.text).front().text));
    behaviour.when.line = heading_line > 0 ? heading_line : line;
  }
  behaviour.id = recognised(behaviour, title);
  // A sentence that introduces the section is no behaviour.
  if (behaviour.id.empty() && behaviour.message.empty() && behaviour.when.cadence == Cadence::none && is_introduction)
    return;
  procedure.behaviours.push_back(std::move(behaviour));
}

bool any_item_recognised(const Block& list) {
  return std::any_of(list.children.begin(), list.children.end(), [](const Block& item) {
    return recognise(core_catalogue(), ItemKind::schedule, prose_of(item.children, false).text, "") != nullptr;
  });
}

// A row says when in one cell and what in the others.
void read_behaviour_table(const Block& table, const When& outer, Procedure& procedure) {
  for (std::size_t index = 1; index < table.children.size(); ++index) {
    const auto& row = table.children[index];
    When when = outer;
    std::vector<Block> what;
    for (const auto& cell : row.children) {
      const auto told = when_of(cell.prose.text);
      const bool tells_time = when.cadence == Cadence::none && is_cadence_title(cell.prose.text, false);
      if (tells_time)
        when = told;
      else
        what.push_back(cell);
    }
    when.line = row.line;
    add_behaviour(what, when, when.words, row.line, procedure);
  }
}

// Blocks in a row: each item of a list is a behaviour of its own, unless the list spells out the paragraph before it;
// otherwise a behaviour ends with its message.
void read_run(const std::vector<Block>& blocks, const When& when, std::string_view title, int line,
              Procedure& procedure) {
  std::vector<Block> run;
  const auto finish = [&] {
    if (!run.empty()) add_behaviour(run, when, title, run.front().line > 0 ? run.front().line : line, procedure);
    run.clear();
  };
  for (const auto& block : blocks) {
    const bool message = block.kind == BlockKind::quote || block.kind == BlockKind::code;
    if (block.kind == BlockKind::table) {
      finish();
      read_behaviour_table(block, when, procedure);
      continue;
    }
    if (block.kind == BlockKind::list) {
      const bool explains = !run.empty() && !any_item_recognised(block);
      if (explains) {
        run.push_back(block);
        continue;
      }
      const bool introduced = !run.empty() && run.size() == 1 && trim(run.front().prose.text).ends_with(":") &&
                              recognise(core_catalogue(), ItemKind::schedule, run.front().prose.text, "") == nullptr;
      if (introduced) run.clear();
      finish();
      for (const auto& item : block.children) add_behaviour(item.children, when, title, item.line, procedure);
      continue;
    }
    if (block.kind == BlockKind::paragraph && std::any_of(run.begin(), run.end(), [](const Block& other) {
          return other.kind == BlockKind::quote || other.kind == BlockKind::code;
        }))
      finish();
    run.push_back(block);
    if (message) finish();
  }
  finish();
}

void read_part(const Section& part, const When& outer, Procedure& procedure) {
  When when = when_of(part.title.text);
  when.line = part.title.line;
  if (part.title.text.empty() || when.cadence == Cadence::none) when = outer;
  read_run(part.blocks, when, part.title.text, part.title.line, procedure);
  for (const auto& inner : part.sections) read_part(inner, when, procedure);
}

}  // namespace

void read_behaviours(const Section& section, Procedure& procedure) {
  // "Weekly report" as a section of its own names its cadence in its title.
  When outer = when_of(section.title.text);
  outer.line = section.title.line;
  for (const auto& part : parts_of(section, is_cadence_title)) read_part(part, outer, procedure);
}

}  // namespace deskhand::procedure
