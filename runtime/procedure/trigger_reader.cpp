// Event triggers: what is done, step by step, when something happens.
#include <algorithm>
#include <utility>

#include "base/text.h"
#include "procedure/catalogue.h"
#include "procedure/pieces.h"
#include "procedure/readers.h"
#include "procedure/words.h"

namespace deskhand::procedure {
namespace {

std::vector<Step> steps_of(const Block& list, const std::string& file);

void fill_step(Step& step, const Prose& prose, const std::string& file) {
  step.text = squeeze(prose.text);
  step.actions = actions_of(prose.text);
  step.fields = field_uses_of(prose, file);
  for (const auto& quoted : quoted_of(prose.text))
    step.quoted.push_back(template_of(quoted.text, {file, prose.line_at(quoted.begin)}));
  step.choices = choices_of(prose.text);
  step.durations = durations_of(prose.text);
}

Step step_of(const Block& item, const std::string& file) {
  Step step;
  step.number = item.level;
  step.place = {file, item.line};
  std::vector<Block> own;
  for (const auto& block : item.children) {
    const bool message = block.kind == BlockKind::quote || block.kind == BlockKind::code;
    if (message && step.message.empty()) step.message = template_of(block, file);
    if (block.kind == BlockKind::list) {
      auto inner = steps_of(block, file);
      step.steps.insert(step.steps.end(), std::make_move_iterator(inner.begin()), std::make_move_iterator(inner.end()));
    } else if (!message) {
      own.push_back(block);
    }
  }
  fill_step(step, prose_of(own, false), file);
  // "Offer to come back to it: > Remind you in 12 months?" is a reminder by its message.
  const bool reminds = Stems(step.message.text()).has("remind|reminder");
  const bool known =
      std::find(step.actions.begin(), step.actions.end(), StepAction::set_reminder) != step.actions.end();
  if (reminds && !known) step.actions.push_back(StepAction::set_reminder);
  return step;
}

std::vector<Step> steps_of(const Block& list, const std::string& file) {
  std::vector<Step> steps;
  for (const auto& item : list.children) steps.push_back(step_of(item, file));
  return steps;
}

// Prose without a list: each sentence is a step.
void add_sentences(std::vector<Step>& steps, const Prose& prose, const std::string& file) {
  for (const auto& sentence : sentences_of(prose.text)) {
    Step step;
    step.place = {file, prose.line_at(sentence.begin)};
    Prose part;
    part.text = sentence.text;
    part.line = step.place.line;
    fill_step(step, part, file);
    steps.push_back(std::move(step));
  }
}

bool is_event_title(std::string_view title, bool /*is_bold*/) {
  return recognise(core_catalogue(), ItemKind::trigger, title, "") != nullptr;
}

}  // namespace

void read_trigger(const Section& section, Procedure& procedure) {
  Trigger trigger;
  trigger.title = {without_number(squeeze(section.title.text)), {procedure.file, section.title.line}};
  if (const auto* item = recognise(core_catalogue(), ItemKind::trigger, section.title.text, "")) trigger.id = item->id;
  const bool listed = has_list(section.blocks);
  for (const auto& block : section.blocks) {
    const bool message = block.kind == BlockKind::quote || block.kind == BlockKind::code;
    if (block.kind == BlockKind::list) {
      auto steps = steps_of(block, procedure.file);
      trigger.steps.insert(trigger.steps.end(), std::make_move_iterator(steps.begin()),
                           std::make_move_iterator(steps.end()));
    } else if (message && !trigger.steps.empty() && trigger.steps.back().message.empty()) {
      trigger.steps.back().message = template_of(block, procedure.file);
    } else if (!listed && !message) {
      add_sentences(trigger.steps, block.prose, procedure.file);
    } else if (!message) {
      trigger.prose += (trigger.prose.empty() ? "" : "\n") + block.prose.text;
    }
  }
  if (!trigger.steps.empty() || !trigger.prose.empty()) procedure.triggers.push_back(std::move(trigger));
  for (const auto& inner : section.sections) read_trigger(inner, procedure);
}

void read_triggers(const Section& section, Procedure& procedure) {
  for (const auto& part : parts_of(section, is_event_title))
    if (!part.title.text.empty()) read_trigger(part, procedure);
}

}  // namespace deskhand::procedure
