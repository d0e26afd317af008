#include "agent/activation.h"

#include <algorithm>
#include <array>
#include <optional>

#include "agent/agent.h"
#include "agent/summary.h"
#include "agent/turn.h"
#include "base/json.h"
#include "base/limits.h"
#include "base/text.h"
#include "crm/name_table.h"

namespace deskhand::agent {
namespace {

using procedure::ActivationEvent;

constexpr std::int64_t kNewsSeconds = 24 * 3600;  // how far back a conversation that begins looks

// Calls that move a lead or a deal to another stage, whatever their arguments say.
constexpr std::array<std::string_view, 8> kStageTools{"move_stage",      "qualify_lead",    "disqualify_lead", "reopen_lead",
                                                      "convert_lead",    "win_opportunity", "lose_opportunity", "create_opportunity"};
// Arguments by which an update does.
constexpr std::array<std::string_view, 3> kStageArguments{"stage", "pipeline_stage", "status"};

// Whole words; a plural is the word too ("leads" of "lead").
bool says(std::string_view text, std::string_view word) {
  const auto is_letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); };
  for (std::size_t at = text.find(word); at != std::string_view::npos; at = text.find(word, at + 1)) {
    std::size_t end = at + word.size();
    if (end < text.size() && text[end] == 's') ++end;
    if ((at == 0 || !is_letter(text[at - 1])) && (end == text.size() || !is_letter(text[end]))) return true;
  }
  return false;
}

bool holds_name(const auto& names, std::string_view name) { return std::find(names.begin(), names.end(), name) != names.end(); }

constexpr std::pair<ActivationEvent, std::string_view> kEvents[] = {
    {ActivationEvent::inbound_email, "inbound_email"}, {ActivationEvent::web_form, "web_form"},
    {ActivationEvent::phone_call, "phone_call"},       {ActivationEvent::text_message, "text_message"},
    {ActivationEvent::stage_changed, "stage_changed"}, {ActivationEvent::scheduled_run, "scheduled_run"}};

std::optional<ActivationEvent> event_of_way(std::string_view way) {
  if (way == "email" || way == "email_inbound") return ActivationEvent::inbound_email;
  if (way == "web_form") return ActivationEvent::web_form;
  if (way == "phone_call") return ActivationEvent::phone_call;
  if (way == "sms") return ActivationEvent::text_message;
  return std::nullopt;
}

void add_event_of_call(const Json& payload, Events& events) {
  if (!payload.value("ok", false) || payload.value("effect", "read") == "read") return;
  const std::string tool = payload.value("tool", "");
  if (holds_name(kStageTools, tool)) events.insert(ActivationEvent::stage_changed);
  const auto arguments = parse_json(payload.value("arguments", "{}"), limits::kStepPayloadBytes);
  if (!arguments || !arguments->is_object()) return;
  const bool updates = tool == "update_lead" || tool == "update_opportunity";
  for (const std::string_view name : kStageArguments)
    if (updates && arguments->contains(name)) events.insert(ActivationEvent::stage_changed);
  const char* const way = tool == "capture_inquiry" || tool == "create_lead" ? "source" : tool == "log_interaction" ? "type" : nullptr;
  if (way == nullptr || !arguments->contains(way) || !(*arguments)[way].is_string()) return;
  if (const auto event = event_of_way((*arguments)[way].get<std::string>())) events.insert(*event);
}

// A yes to a card that touched a deal has moved it.
void add_event_of_decision(const Json& payload, Events& events) {
  if (!payload.value("ok", false) || payload.value("verdict", "") != "approve") return;
  for (const Json& ref : payload.value("touched", Json::array()))
    if (ref.is_string() && !ref.get<std::string>().empty() && ref.get<std::string>().front() == ref_prefix::kOpportunity)
      events.insert(ActivationEvent::stage_changed);
}

}  // namespace

std::vector<std::string> active_procedures(const std::vector<BriefedProcedure>& procedures,
                                           const std::vector<ModelMessage>& messages, const Events& happened,
                                           const std::vector<std::string>& before) {
  std::vector<std::string> said;
  for (const ModelMessage& message : messages)
    if (message.speaker == Speaker::person) said.push_back(to_lower(message.text));
  std::vector<std::string> names;
  for (const BriefedProcedure& procedure : procedures) {
    const bool is_first = &procedure == &procedures.front();
    const bool by_event = std::any_of(procedure.events.begin(), procedure.events.end(),
                                      [&](ActivationEvent event) { return happened.contains(event); });
    const bool by_words = std::any_of(said.begin(), said.end(), [&](const std::string& text) {
      return std::any_of(procedure.words.begin(), procedure.words.end(),
                         [&](const std::string& word) { return says(text, word); });
    });
    if (is_first || holds_name(before, procedure.name) || by_event || by_words) names.push_back(procedure.name);
  }
  return names;
}

Result<Events> events_in(const std::vector<Step>& steps) {
  Events events;
  for (const Step& step : steps) {
    if (step.kind != StepKind::tool_called && step.kind != StepKind::decided) continue;
    auto payload = content_of(step);
    if (!payload) return payload.error();
    if (step.kind == StepKind::tool_called) add_event_of_call(**payload, events);
    else add_event_of_decision(**payload, events);
  }
  return events;
}

std::string procedures_joined(const std::vector<std::string>& names, const Events& events) {
  Json list = Json::array();
  for (const ActivationEvent event : events) list.push_back(name_in(kEvents, event));
  return to_text(Json{{"v", kRunForm}, {"joined", names}, {"events", std::move(list)}});
}

Result<std::vector<std::string>> joined_before(const std::vector<Step>& steps) {
  std::vector<std::string> names;
  for (const Step& step : steps) {
    if (step.kind != StepKind::noted) continue;
    auto note = read_summary(step);
    if (!note) return note.error();
    if (*note) names.insert(names.end(), (*note)->procedures.begin(), (*note)->procedures.end());
    auto payload = content_of(step);
    if (!payload) return payload.error();
    for (const Json& name : (*payload)->value("joined", Json::array()))
      if (name.is_string()) names.push_back(name.get<std::string>());
  }
  return names;
}

Result<std::vector<std::string>> Agent::procedures_in_force(const std::vector<Step>& steps) const {
  if (briefing_.procedures.empty()) return std::vector<std::string>{};
  if (briefing_.procedures.size() == 1) return std::vector<std::string>{briefing_.procedures.front().name};
  auto messages = fold_messages(steps);
  if (!messages) return messages.error();
  auto before = joined_before(steps);
  if (!before) return before.error();
  auto happened = events_in(steps);
  if (!happened) return happened.error();
  return active_procedures(briefing_.procedures, *messages, *happened, *before);
}

// What happened outside of the conversation since it was last spoken in: an inquiry came, a report of the calendar was told in it.
// The procedures it calls for are written down with the turn's first step.
Done Agent::note_events(Turn& turn) const {
  const bool waits_for_events = std::any_of(briefing_.procedures.begin(), briefing_.procedures.end(), [&](const BriefedProcedure& one) {
    return &one != &briefing_.procedures.front() && !one.events.empty();
  });
  if (!waits_for_events) return {};
  const Instant since = turn.history.empty() ? turn.run.started_at.plus_seconds(-kNewsSeconds) : turn.history.back().at;
  Events happened;
  const Done read = store_.read(turn.org, [&](Txn& txn) -> Done {
    auto mail = txn.intake().last_inquiry();
    if (!mail) return mail.error();
    if (*mail && (*mail)->received_at > since)
      happened.insert((*mail)->kind == "lead_notice" ? ActivationEvent::web_form : ActivationEvent::inbound_email);
    auto list = txn.conversations().last_list(turn.run.conversation);
    if (!list) return list.error();
    if (*list && (*list)->purpose == "digest" && (*list)->delivered_at > since) happened.insert(ActivationEvent::scheduled_run);
    return {};
  });
  if (!read || happened.empty()) return read;
  auto before = procedures_in_force(turn.history);
  if (!before) return before.error();
  std::vector<std::string> joined = active_procedures(briefing_.procedures, {}, happened, {});
  std::erase_if(joined, [&](const std::string& name) { return holds_name(*before, name); });
  if (!joined.empty()) turn.add(StepKind::noted, procedures_joined(joined, happened), clock_.now());
  return {};
}

}  // namespace deskhand::agent
