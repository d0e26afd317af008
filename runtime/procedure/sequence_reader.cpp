// Sequences of follow-ups, and the table that says which stages begin them and how long a lead may stand in one.
#include <algorithm>
#include <utility>

#include "base/limits.h"
#include "base/text.h"
#include "crm/stage.h"
#include "procedure/pieces.h"
#include "procedure/readers.h"
#include "procedure/words.h"

namespace deskhand::procedure {
namespace {

constexpr std::size_t kKeyWords = 5;

bool is_message(const Block& block) { return block.kind == BlockKind::quote || block.kind == BlockKind::code; }

// --- the wait of a step ----------------------------------------------------------------------------------------------

// "Day 5": so many business days after the enrolment.
std::optional<int> day_number(std::string_view text) {
  const auto words = words_of(text);
  for (std::size_t at = 0; at + 1 < words.size(); ++at) {
    if (words[at].text != "day") continue;
    if (words[at + 1].text == "0" || words[at + 1].text == "zero") return 0;
    if (const int number = number_of(words[at + 1].text); number > 0) return number;
  }
  return std::nullopt;
}

void read_wait(std::string_view text, SequenceStep& step) {
  const auto durations = durations_of(text);
  if (!durations.empty()) {
    step.wait = durations.front();
    return;
  }
  if (const auto day = day_number(text)) {
    step.wait = Duration{*day, DurationUnit::business_days, 0, 0};
    step.counts_from_start = true;
    return;
  }
  const Stems stems(text);
  if (stems.has("immediately|at_once|right_away|straight_away|same_day|instantly"))
    step.wait = Duration{0, DurationUnit::business_days, 0, 0};
  else if (stems.match("next|following day") > 0)
    step.wait = Duration{1, DurationUnit::business_days, 0, 0};
}

// "Subject: Your estimate" above the words is the subject of the e-mail.
void take_subject(SequenceStep& step) {
  if (step.message.empty()) return;
  const std::string first = step.message.rows.front().text;
  if (!starts_with_ignoring_case(first, "subject:")) return;
  step.subject = squeeze(first.substr(8));
  auto& rows = step.message.rows;
  rows.erase(rows.begin());
  while (!rows.empty() && trim(rows.front().text).empty()) rows.erase(rows.begin());
}

void put_message(SequenceStep& step, const Block& block, const std::string& file) {
  step.message = template_of(block, file);
  take_subject(step);
}

SequenceStep sequence_step_of(const Prose& prose, int line, const std::string& file) {
  SequenceStep step;
  step.text = squeeze(prose.text);
  step.place = {file, line};
  read_wait(without_quoted(prose.text), step);
  const auto quoted = quoted_of(prose.text);
  if (!quoted.empty() && quoted.front().text.find(' ') != std::string::npos)
    step.message = template_of(quoted.front().text, {file, prose.line_at(quoted.front().begin)});
  take_subject(step);
  return step;
}

// --- its settings ----------------------------------------------------------------------------------------------------

struct Setting {
  std::string key, value;
  int line = 0;
};

std::optional<Setting> setting_of(std::string_view text, int line) {
  const auto colon = text.find(':');
  if (colon == std::string_view::npos) return std::nullopt;
  const auto key = text.substr(0, colon);
  if (words_of(key).size() > kKeyWords || !durations_of(key).empty() || day_number(key)) return std::nullopt;
  if (!Stems(key).has(
          "start|starts|begin|begins|stage|stages|enter|enters|end|ends|exit|exits|stop|stops|leave|leaves"))
    return std::nullopt;
  return Setting{std::string(key), squeeze(text.substr(colon + 1)), line};
}

std::vector<std::string> parts_of_list(std::string text) {
  for (const char* mark : {";", " and ", " or "}) text = replace_all(std::move(text), mark, ",");
  std::vector<std::string> parts;
  for (const auto& part : split(text, ','))
    if (auto words = squeeze(part); !words.empty()) {
      while (words.ends_with(".")) words.pop_back();
      parts.push_back(std::move(words));
    }
  return parts;
}

void read_ends(const Setting& setting, Sequence& sequence, Procedure& procedure) {
  sequence.ends_on_reply = sequence.ends_on_stage_change = false;
  for (const auto& part : parts_of_list(setting.value)) {
    const Stems stems(part);
    const bool opts_out = stems.has("opt|opts_out|opt_out|unsubscribe|unsubscribes|not_be_contacted|do_not_contact");
    const bool replies = stems.has("reply|replies|answer|answers|respond|responds|response|write_back|writes_back");
    const bool closes = stems.has("close|closed|closes|won|lost|disqualified|book|books|booked");
    const bool moves = stems.has("stage|stages|move|moves|status");
    if (replies) sequence.ends_on_reply = true;
    if (moves) sequence.ends_on_stage_change = true;
    if (opts_out || replies || closes || moves) continue;
    add_warning(
        procedure, setting.line,
        "\"" + shorten(part, kShownBytes) +
            "\" ends no sequence; one ends on a reply, a change of stage, an opt-out or when the lead is closed");
  }
}

void read_starts(const Setting& setting, Sequence& sequence, Procedure& procedure) {
  const auto words = squeeze(replace_all(replace_all(setting.value, "`", ""), "the stage", ""));
  sequence.starts_words = {words, {procedure.file, setting.line}};
  std::string name = words;
  while (name.ends_with(".")) name.pop_back();
  if (Stems(name).has("hand|manual|manually|owner|nobody|never")) return;
  sequence.starts_in = state_called(name);
  if (!sequence.starts_in)
    add_warning(procedure, setting.line,
                "no stage is called \"" + shorten(name, kShownBytes) + "\"; the sequence \"" +
                    shorten(sequence.name.words, kShownBytes) + "\" starts only by hand");
}

void read_setting(const Setting& setting, Sequence& sequence, Procedure& procedure) {
  const Stems key(setting.key);
  if (key.has("end|ends|exit|exits|stop|stops|leave|leaves"))
    read_ends(setting, sequence, procedure);
  else
    read_starts(setting, sequence, procedure);
}

// --- a sequence ------------------------------------------------------------------------------------------------------

void read_item(const Block& item, Sequence& sequence, Procedure& procedure) {
  std::vector<Block> own;
  const Block* message = nullptr;
  for (const auto& block : item.children)
    if (!is_message(block))
      own.push_back(block);
    else if (message == nullptr)
      message = &block;
  const auto prose = prose_of(own, false);
  if (message == nullptr)
    if (const auto setting = setting_of(prose.text, item.line)) return read_setting(*setting, sequence, procedure);
  auto step = sequence_step_of(prose, item.line, procedure.file);
  if (message != nullptr) put_message(step, *message, procedure.file);
  sequence.steps.push_back(std::move(step));
}

void read_sequence_paragraph(const Block& block, bool before_message, Sequence& sequence, Procedure& procedure) {
  bool is_settings = false;
  std::size_t begin = 0;
  for (const auto& row : split(block.prose.text, '\n')) {
    if (const auto setting = setting_of(row, block.prose.line_at(begin))) {
      read_setting(*setting, sequence, procedure);
      is_settings = true;
    }
    begin += row.size() + 1;
  }
  if (is_settings || !before_message) return;
  auto step = sequence_step_of(block.prose, block.line, procedure.file);
  if (step.wait) sequence.steps.push_back(std::move(step));
}

void read_blocks(const std::vector<Block>& blocks, Sequence& sequence, Procedure& procedure) {
  for (std::size_t index = 0; index < blocks.size(); ++index) {
    const auto& block = blocks[index];
    const bool before_message = index + 1 < blocks.size() && is_message(blocks[index + 1]);
    if (block.kind == BlockKind::list)
      for (const auto& item : block.children) read_item(item, sequence, procedure);
    else if (block.kind == BlockKind::paragraph)
      read_sequence_paragraph(block, before_message, sequence, procedure);
    else if (is_message(block) && !sequence.steps.empty() && sequence.steps.back().message.empty())
      put_message(sequence.steps.back(), block, procedure.file);
  }
}

std::string name_of_sequence(std::string_view title) {
  auto name = without_number(squeeze(title));
  for (const std::string_view opening : {"sequence:", "sequence —", "sequence -", "nurture sequence:", "nurture:"})
    if (starts_with_ignoring_case(name, opening)) name = squeeze(name.substr(opening.size()));
  return name;
}

// A heading inside a sequence is one of its steps: "#### Day 3".
bool is_step_heading(std::string_view title) {
  SequenceStep step;
  read_wait(title, step);
  return step.wait.has_value();
}

void read_sequence(const Section& section, Procedure& procedure) {
  Sequence sequence;
  sequence.name = {name_of_sequence(section.title.text), {procedure.file, section.title.line}};
  read_blocks(section.blocks, sequence, procedure);
  for (const auto& inner : section.sections) {
    if (!is_step_heading(inner.title.text)) continue;
    sequence.steps.push_back(sequence_step_of(inner.title, inner.title.line, procedure.file));
    for (const auto& block : inner.blocks)
      if (is_message(block) && sequence.steps.back().message.empty())
        put_message(sequence.steps.back(), block, procedure.file);
  }
  if (sequence.steps.size() > limits::kSequenceSteps) {
    add_warning(procedure, sequence.steps[limits::kSequenceSteps].place.line,
                "a sequence has at most " + std::to_string(limits::kSequenceSteps) + " steps; the rest is left out");
    sequence.steps.resize(limits::kSequenceSteps);
  }
  procedure.sequences.push_back(std::move(sequence));
}

// --- the table of stages ---------------------------------------------------------------------------------------------

enum class Column { none, stage, automatic, limit };

Column column_of(std::string_view title) {
  const Stems stems(title);
  if (stems.has("sla|limit|raise|raises|escalate|escalation|at_most|longest|too_long|after")) return Column::limit;
  if (stems.has("sequence|sequences|nurture|enrol|enrols|enroll|automatic|automatically|by_itself|auto"))
    return Column::automatic;
  return stems.has("stage|stages|status|state") ? Column::stage : Column::none;
}

std::vector<Column> columns_of(const Block& table) {
  std::vector<Column> columns;
  if (!table.children.empty())
    for (const auto& cell : table.children.front().children) columns.push_back(column_of(cell.prose.text));
  return columns;
}

bool has_column(const std::vector<Column>& columns, Column wanted) {
  return std::find(columns.begin(), columns.end(), wanted) != columns.end();
}

bool is_stage_rows(const Block& block) {
  if (block.kind != BlockKind::table) return false;
  const auto columns = columns_of(block);
  return has_column(columns, Column::stage) && (has_column(columns, Column::automatic) || has_column(columns, Column::limit));
}

bool is_blank(std::string_view text) {
  return text.empty() || text == "-" || text == "–" || text == "—" || to_lower(text) == "none" ||
         to_lower(text) == "no limit";
}

std::optional<bool> yes_or_no_of(std::string_view text) {
  const auto word = to_lower(trim(text));
  if (word == "yes" || word == "on" || word == "true" || word == "starts" || word == "x" || word == "✓") return true;
  if (word == "no" || word == "off" || word == "false") return false;
  return std::nullopt;
}

std::optional<int> limit_of(std::string_view text) {
  if (const auto durations = durations_of(text); !durations.empty()) {
    const auto& first = durations.front();
    return first.unit == DurationUnit::weeks ? first.count * 5 : in_days(first);
  }
  const auto words = words_of(text);
  const int number = words.size() == 1 ? number_of(words.front().text) : 0;
  return number > 0 ? std::optional(number) : std::nullopt;
}

void read_stage_cell(Column column, const std::string& text, int line, StageRule& rule, Procedure& procedure) {
  if (column == Column::automatic && !is_blank(text)) {
    rule.auto_nurture = yes_or_no_of(text);
    if (!rule.auto_nurture)
      add_warning(procedure, line,
                  "\"" + shorten(text, kShownBytes) + "\" is neither yes nor no; no sequence starts by itself in " +
                      shorten(rule.words.words, kShownBytes));
  }
  if (column == Column::limit && !is_blank(text)) {
    rule.sla_days = limit_of(text);
    if (!rule.sla_days)
      add_warning(procedure, line,
                  "\"" + shorten(text, kShownBytes) + "\" is no number of business days; " +
                      shorten(rule.words.words, kShownBytes) + " has no limit");
  }
}

}  // namespace

void read_sequences(const Section& section, Procedure& procedure) {
  const bool is_sequence =
      has_list(section.blocks) || std::any_of(section.sections.begin(), section.sections.end(),
                                              [](const Section& inner) { return is_step_heading(inner.title.text); });
  if (is_sequence) return read_sequence(section, procedure);
  for (const auto& inner : section.sections)
    if (is_stage_table(inner))
      read_stages(inner, procedure);
    else
      read_sequence(inner, procedure);
}

bool is_stage_table(const Section& section) {
  return std::any_of(section.blocks.begin(), section.blocks.end(), is_stage_rows);
}

void read_stages(const Section& section, Procedure& procedure) {
  for (const auto& block : section.blocks) {
    if (!is_stage_rows(block)) continue;
    const auto columns = columns_of(block);
    for (std::size_t index = 1; index < block.children.size(); ++index) {
      const auto& row = block.children[index];
      const auto cell = [&](std::size_t at) {
        return at < row.children.size() ? squeeze(replace_all(row.children[at].prose.text, "`", "")) : std::string();
      };
      StageRule rule;
      for (std::size_t at = 0; at < columns.size(); ++at)
        if (columns[at] == Column::stage) rule.words = {cell(at), {procedure.file, row.line}};
      if (rule.words.words.empty()) continue;
      rule.state = state_called(rule.words.words);
      for (std::size_t at = 0; at < columns.size(); ++at)
        read_stage_cell(columns[at], cell(at), row.line, rule, procedure);
      if (!rule.state)
        add_warning(
            procedure, row.line,
            "no stage is called \"" + shorten(rule.words.words, kShownBytes) + "\"; nothing of its row is kept");
      procedure.stages.push_back(std::move(rule));
    }
  }
}

}  // namespace deskhand::procedure
