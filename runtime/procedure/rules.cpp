#include "procedure/rules.h"

#include <algorithm>

#include "base/text.h"
#include "procedure/condition_words.h"
#include "procedure/words.h"

namespace deskhand::procedure {
namespace {

const Behaviour* find_behaviour(const Procedure& procedure, std::string_view id) {
  for (const auto& behaviour : procedure.behaviours)
    if (behaviour.id == id) return &behaviour;
  return nullptr;
}

// Weeks and months as days, so that a handler knows two units only.
Duration as_days(Duration duration) {
  if (duration.unit == DurationUnit::business_days) return duration;
  duration.count = in_days(duration);
  duration.unit = DurationUnit::days;
  return duration;
}

std::string_view sentence_before(std::string_view prose, std::size_t from, std::size_t to) {
  const auto text = prose.substr(from, to - from);
  const auto mark = text.find_last_of(".;!?");
  return mark == std::string_view::npos ? text : text.substr(mark + 1);
}

// "every 5 business days", "again after 5 days", "repeat this once another 5 days have passed": what stands between the
// word and the number says nothing else, so that "every lead quiet for 5 days" is none.
bool follows_again(std::string_view before) {
  auto words = words_of(before);
  const auto last_is = [&](std::initializer_list<std::string_view> known) {
    return !words.empty() && is_one_of(words.back().text, known);
  };
  if (last_is({"every", "each"})) return true;
  while (last_is({"after", "in",  "every", "each", "once",  "when",   "another",   "further",
                  "more",  "the", "next",  "at",   "about", "within", "a",         "for",
                  "this",  "it",  "that",  "them", "of",    "me",     "intervals", "least"}))
    words.pop_back();
  if (last_is({"again", "repeat", "repeats", "repeated", "repeating", "thereafter", "reminder", "remention"}))
    return true;
  return Stems(before).has("after_that") && words.size() < 3;
}

// A span behind the first one: "quiet for 4 days, then again, if nothing came, after 6", "and 6 days after that".
bool follows_again_later(std::string_view between, std::string_view after) {
  if (Stems(between).has("again|repeat|after_that|thereafter|remind|another|further")) return true;
  const auto clause = after.substr(0, after.find_first_of(".;,!?"));
  return Stems(clause).has("after_that|thereafter|later|again");
}

bool says_again(const Behaviour& behaviour, std::size_t index) {
  const auto& duration = behaviour.durations[index];
  const std::string_view prose = behaviour.prose;
  const auto from = index == 0 ? 0 : behaviour.durations[index - 1].end;
  const auto before = sentence_before(prose, from, duration.begin);
  if (follows_again(before)) return true;
  const bool is_same_sentence = index > 0 && before.size() == duration.begin - from;
  return is_same_sentence && follows_again_later(before, prose.substr(duration.end));
}

// "created in the last 90 days and quiet for 5": the silence, not the first number.
bool says_silence(const Behaviour& behaviour, std::size_t index) {
  const auto& duration = behaviour.durations[index];
  const auto from = index == 0 ? 0 : behaviour.durations[index - 1].end;
  return Stems(sentence_before(behaviour.prose, from, duration.begin))
      .has("quiet|silent|silence|untouched|inactive|idle|stale|cold|no|not|nothing|nobody|without|never");
}

void read_spans(const Behaviour& behaviour, StaleLeadRule& rule) {
  bool is_silence = false;
  for (std::size_t index = 0; index < behaviour.durations.size(); ++index) {
    const auto& duration = behaviour.durations[index];
    if (says_again(behaviour, index)) {
      rule.again_after = as_days(duration);
      continue;
    }
    const bool is_better = !is_silence && says_silence(behaviour, index);
    if (rule.has_threshold && !is_better) continue;
    rule.threshold = as_days(duration);
    rule.has_threshold = true;
    is_silence = is_silence || is_better;
  }
}

ReportRule report_rule(const Procedure& procedure, std::string_view id, Cadence usual) {
  ReportRule rule;
  const auto* behaviour = find_behaviour(procedure, id);
  if (behaviour == nullptr) return rule;
  rule.is_active = true;
  rule.when = behaviour->when;
  rule.message = behaviour->message;
  rule.place = behaviour->place;
  if (rule.when.cadence == Cadence::none) rule.when.cadence = usual;
  if (rule.when.cadence == Cadence::weekly && rule.when.weekdays.empty()) rule.when.weekdays = {Weekday::monday};
  if (rule.when.cadence == Cadence::monthly && rule.when.days_of_month.empty()) rule.when.days_of_month = {1};
  return rule;
}

}  // namespace

StaleLeadRule stale_lead_rule(const Procedure& procedure) {
  StaleLeadRule rule;
  const auto* behaviour = find_behaviour(procedure, "T1");
  if (behaviour == nullptr) return rule;
  rule.is_active = true;
  rule.when = behaviour->when;
  if (rule.when.cadence == Cadence::none) rule.when.cadence = Cadence::daily;
  read_spans(*behaviour, rule);
  if (auto statuses = values_of(behaviour->fields, "status"); !statuses.empty()) rule.statuses = std::move(statuses);
  rule.message = behaviour->message;
  rule.place = behaviour->place;
  return rule;
}

FollowUpRule follow_up_rule(const Procedure& procedure) {
  FollowUpRule rule;
  const auto* behaviour = find_behaviour(procedure, "T2");
  if (behaviour == nullptr) return rule;
  rule.is_active = true;
  rule.when = behaviour->when;
  if (rule.when.cadence == Cadence::none) rule.when.cadence = Cadence::daily;
  rule.message = behaviour->message;
  rule.list = list_of(rule.message);
  rule.place = behaviour->place;
  return rule;
}

ReportRule pipeline_rule(const Procedure& procedure) { return report_rule(procedure, "T3", Cadence::weekly); }

ReportRule win_loss_rule(const Procedure& procedure) { return report_rule(procedure, "T4", Cadence::monthly); }

namespace {

void flatten(const std::vector<Step>& steps, std::vector<const Step*>& flat) {
  for (const auto& step : steps) {
    flat.push_back(&step);
    flatten(step.steps, flat);
  }
}

bool does(const Step& step, StepAction action) {
  return std::find(step.actions.begin(), step.actions.end(), action) != step.actions.end();
}

// The words of a step: the quote under it, else what it has in quotation marks.
Template words_of_step(const Step& step) {
  if (!step.message.empty()) return step.message;
  return step.quoted.empty() ? Template{} : step.quoted.front();
}

bool speaks_of_quickbooks(const Template& words) { return Stems(words.text()).has("quickbooks|qb|qbo|billing_system"); }

void read_messages(TriggerRule& rule, const Step& step) {
  const auto words = words_of_step(step);
  if (words.empty()) return;
  if (rule.quickbooks_question.empty() && speaks_of_quickbooks(words)) {
    rule.quickbooks_question = words;
  } else if (rule.reminder_question.empty() && does(step, StepAction::set_reminder)) {
    rule.reminder_question = words;
  } else if (rule.owner_message.empty() && does(step, StepAction::notify_owner)) {
    rule.owner_message = words;
  } else if (rule.log.empty() && does(step, StepAction::log_interaction)) {
    rule.log = words;
  }
}

void read_reminder(TriggerRule& rule, const Step& step) {
  if (rule.reminder || !does(step, StepAction::set_reminder)) return;
  auto durations = durations_of(words_of_step(step).text());
  if (durations.empty()) durations = step.durations;
  if (!durations.empty()) rule.reminder = durations.front();
}

}  // namespace

bool TriggerRule::has(StepAction action) const {
  return std::any_of(steps.begin(), steps.end(), [&](const Step* step) { return does(*step, action); });
}

std::vector<std::string> TriggerRule::values(std::string_view field) const {
  std::vector<std::string> found;
  for (const auto* step : steps)
    for (const auto& value : values_of(step->fields, field))
      if (std::find(found.begin(), found.end(), value) == found.end()) found.push_back(value);
  return found;
}

bool TriggerRule::sets(std::string_view field) const {
  return std::any_of(steps.begin(), steps.end(), [&](const Step* step) {
    return std::any_of(step->fields.begin(), step->fields.end(),
                       [&](const FieldUse& use) { return use.field == field && use.has_values; });
  });
}

TriggerRule trigger_rule(const Procedure& procedure, std::string_view id) {
  TriggerRule rule;
  const auto found = std::find_if(procedure.triggers.begin(), procedure.triggers.end(),
                                  [&](const Trigger& trigger) { return trigger.id == id; });
  if (found == procedure.triggers.end()) return rule;
  rule.is_active = true;
  rule.place = found->title.place;
  flatten(found->steps, rule.steps);
  for (const auto* step : rule.steps) {
    read_messages(rule, *step);
    read_reminder(rule, *step);
    if (rule.reasons.empty() && does(*step, StepAction::ask_reason)) rule.reasons = step->choices;
  }
  return rule;
}

const Request* find_request(const Procedure& procedure, std::string_view id) {
  for (const auto& request : procedure.requests)
    if (request.id == id) return &request;
  return nullptr;
}

const Template* draft_template(const Procedure& procedure, std::string_view id) {
  for (const auto& draft : procedure.drafts)
    if (draft.id == id && !draft.message.empty()) return &draft.message;
  return nullptr;
}

bool is_activated_by(const Procedure& procedure, std::string_view words) {
  const Stems stems(words);
  return std::any_of(procedure.activation.words.begin(), procedure.activation.words.end(), [&](const Text& word) {
    const auto phrase = replace_all(folded(word.words), " ", "_");
    return !phrase.empty() && stems.has(phrase);
  });
}

bool is_activated_by(const Procedure& procedure, ActivationEvent event) {
  return std::any_of(procedure.activation.events.begin(), procedure.activation.events.end(),
                     [&](const Activation::Event& other) { return other.event == event; });
}

}  // namespace deskhand::procedure
