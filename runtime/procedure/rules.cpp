#include "procedure/rules.h"

#include <algorithm>

#include "base/text.h"
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

// "... and again every 5 business days".
bool says_again(std::string_view prose, const Duration& duration) {
  const auto from = duration.begin > 30 ? duration.begin - 30 : 0;
  const auto before = prose.substr(from, duration.begin - from);
  const auto sentence = before.find_last_of(".;");
  return Stems(sentence == std::string_view::npos ? before : before.substr(sentence))
      .has("again|every|repeat|each|after_that");
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
  bool found = false;
  for (const auto& duration : behaviour->durations) {
    if (says_again(behaviour->prose, duration)) {
      rule.again_after = as_days(duration);
    } else if (!found) {
      rule.threshold = as_days(duration);
      found = true;
    }
  }
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
