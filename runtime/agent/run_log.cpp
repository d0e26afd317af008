#include "agent/run_log.h"

#include <algorithm>

#include "agent/summary.h"
#include "base/json.h"
#include "base/limits.h"
#include "base/text.h"

namespace deskhand::agent {
namespace {

constexpr int kForm = kRunForm;

Json choices_json(const std::vector<Choice>& choices) {
  Json list = Json::array();
  for (const Choice& choice : choices)
    list.push_back({{"noun", noun_name(choice.noun)}, {"ref", choice.ref}, {"label", choice.label}});
  return list;
}

std::vector<Choice> read_choices(const Json& payload) {
  std::vector<Choice> choices;
  if (!payload.contains("list") || !payload["list"].is_array()) return choices;
  for (const Json& item : payload["list"]) {
    const auto noun = parse_noun(item.value("noun", ""));
    if (noun) choices.push_back({*noun, item.value("ref", ""), item.value("label", "")});
  }
  return choices;
}

Error unreadable(const Step& step) {
  return make_error(Code::corrupt, "A step of an earlier turn can not be read; start a new conversation.",
                    "run " + step.run.text() + " step " + std::to_string(step.number));
}

std::vector<std::string> read_strings(const Json& payload, const char* key) {
  std::vector<std::string> strings;
  if (!payload.contains(key) || !payload[key].is_array()) return strings;
  for (const Json& item : payload[key])
    if (item.is_string()) strings.push_back(item.get<std::string>());
  return strings;
}

// Of a form this program knows.
Result<std::shared_ptr<const Json>> read_payload(const Step& step) {
  auto payload = content_of(step);
  if (!payload) return payload;
  const int form = (*payload)->value("v", 0);
  return form >= 1 && form <= kForm ? payload : unreadable(step);
}

ProposedCall read_call(const Json& payload) {
  return {payload.value("id", ""), payload.value("tool", ""), payload.value("arguments", "{}")};
}

std::vector<ProposedCall> read_calls(const Json& payload) {
  std::vector<ProposedCall> calls;
  if (!payload.contains("calls") || !payload["calls"].is_array()) return calls;
  for (const Json& call : payload["calls"]) calls.push_back(read_call(call));
  return calls;
}

bool is_models_mistake(const Json& payload) {
  const std::string code = payload.value("code", "");
  return !payload.value("ok", false) && (code == "invalid_argument" || code == "not_found") && payload.value("repairable", false);
}

ModelMessage tool_message(const std::shared_ptr<const Json>& content, Instant at) {
  const Json& payload = *content;
  ModelMessage message;
  message.speaker = Speaker::tool;
  message.call_id = payload.value("id", "");
  message.tool = payload.value("tool", "");
  message.ok = payload.value("ok", false);
  message.code = payload.value("code", "");
  message.text = message.ok ? payload.value("text", "") : payload.value("error", "");
  message.offer = payload.value("offer", "");
  message.undo = payload.value("undo", "");
  message.list = read_choices(payload);
  if (const auto data = payload.find("data"); data != payload.end() && !data->is_null())
    message.data = std::shared_ptr<const Json>(content, &*data);
  const std::vector<std::string> parked = read_strings(payload, "parked");
  if (!parked.empty()) message.parked = parked.front();
  // What a tool reads from the record or repeats of a note may be a customer's words, whoever wrote them down; so may the names
  // and titles that it lists or by which it says why it did not do a thing.
  message.from_outside = true;
  message.at = at;
  return message;
}

}  // namespace

Result<std::shared_ptr<const Json>> content_of(const Step& step) {
  if (step.content) return step.content;
  auto payload = parse_json(step.payload, limits::kStepPayloadBytes);
  if (!payload || !payload->is_object()) return unreadable(step);
  return std::make_shared<const Json>(std::move(*payload));
}

void keep_content(Step& step) {
  if (auto content = content_of(step)) step.content = std::move(*content);
}

std::string person_said(std::string_view text) { return to_text(Json{{"v", kForm}, {"text", text}}); }

std::string model_answered(const ModelReply& reply, std::string_view prompt_hash, std::int64_t took_ms) {
  Json calls = Json::array();
  for (const ProposedCall& call : reply.calls)
    calls.push_back({{"id", call.id}, {"tool", call.tool}, {"arguments", call.arguments_text}});
  return to_text(Json{{"v", kForm}, {"text", reply.text}, {"calls", calls}, {"model", reply.model},
                      {"tokens_in", reply.usage.input_tokens}, {"tokens_cached", reply.usage.cached_tokens}, {"tokens_out", reply.usage.output_tokens},
                      {"cost_micros", reply.usage.cost_micros}, {"prompt", prompt_hash}, {"ms", took_ms}});
}

std::string tool_called(const ProposedCall& call, const toolbox::CallResult& result, EffectClass effect) {
  Json payload{{"v", kForm},         {"id", call.id},       {"tool", call.tool}, {"arguments", call.arguments_text},
               {"ok", result.ok},    {"effect", name_of(effect)}};
  if (!result.ok) {
    payload["code"] = code_name(result.code);
    payload["error"] = result.error;
    payload["repairable"] = result.list.empty() && result.rule_id.empty();
    if (!result.rule_id.empty()) payload["rule"] = result.rule_id;
  }
  if (!result.text.empty()) payload["text"] = shorten(result.text, limits::kToolResultBytes);
  if (!result.offer.empty()) payload["offer"] = result.offer;
  if (result.data && to_text(*result.data).size() <= limits::kToolResultBytes) payload["data"] = *result.data;
  if (!result.touched.empty()) payload["touched"] = result.touched;
  if (!result.list.empty()) payload["list"] = choices_json(result.list);
  if (!result.undo_ref.empty()) payload["undo"] = result.undo_ref;
  Json parked = Json::array();
  for (const Approval& approval : result.parked) parked.push_back(Ref{ref_prefix::kApproval, approval.head.ref_number}.text());
  if (!parked.empty()) payload["parked"] = parked;
  if (!parked.empty() && !result.asked_rule.empty()) payload["asked_rule"] = result.asked_rule;
  if (!result.audit.empty()) payload["audit"] = result.audit;
  return to_text(payload);
}

std::string replied(const ReplyRecord& reply) {
  Json payload{{"v", kForm}, {"text", reply.text}, {"cards", reply.cards}, {"list", choices_json(reply.list)}, {"asked", reply.asked}};
  if (!reply.withheld.empty()) payload["withheld"] = reply.withheld;
  if (!reply.withheld.empty() && !reply.claim.empty()) payload["claim"] = reply.claim;
  return to_text(payload);
}

std::string decided(std::string_view verdict, std::string_view approval_ref, const toolbox::CallResult& result) {
  Json payload{{"v", kForm}, {"verdict", verdict}, {"approval", approval_ref}, {"text", result.ok ? result.text : result.error}, {"ok", result.ok}};
  if (!result.offer.empty()) payload["offer"] = result.offer;
  if (!result.undo_ref.empty()) payload["undo"] = result.undo_ref;
  if (!result.rule_id.empty()) payload["rule"] = result.rule_id;
  if (!result.touched.empty()) payload["touched"] = result.touched;
  if (!result.audit.empty()) payload["audit"] = result.audit;
  Json parked = Json::array();
  for (const Approval& approval : result.parked) parked.push_back(Ref{ref_prefix::kApproval, approval.head.ref_number}.text());
  if (!parked.empty()) payload["parked"] = parked;
  return to_text(payload);
}

std::string left_open(std::string_view verdict, std::string_view ref, std::string_view text, std::string_view card) {
  Json payload{{"v", kForm}, {"verdict", verdict}, {"approval", ref}, {"text", text}, {"ok", true}};
  if (!card.empty()) payload["parked"] = Json::array({card});
  return to_text(payload);
}

std::string quarantined_answered(const ModelReply& reply, const QuarantinedLog& log) {
  Json payload{{"v", kForm}, {"quarantined", log.purpose}, {"about", log.about}, {"text", reply.text}, {"model", reply.model},
               {"tokens_in", reply.usage.input_tokens}, {"tokens_cached", reply.usage.cached_tokens}, {"tokens_out", reply.usage.output_tokens},
               {"cost_micros", reply.usage.cost_micros}, {"prompt", log.prompt_hash}, {"ms", log.took_ms}};
  if (!log.refused.empty()) payload["refused"] = log.refused;
  return to_text(payload);
}

std::optional<std::string> worded_before(const std::vector<Step>& steps, std::string_view lead) {
  for (const Step& step : steps) {
    if (step.kind != StepKind::noted) continue;
    const auto payload = read_payload(step);
    if (!payload || (*payload)->value("quarantined", "") != name_of(ModelPurpose::draft) || (*payload)->value("about", "") != lead)
      continue;
    const auto answer = parse_json((*payload)->value("text", ""), limits::kStepPayloadBytes);
    if (answer && answer->is_object() && answer->contains("text") && (*answer)["text"].is_string()) return (*answer)["text"].get<std::string>();
    return std::string();  // what it said was no draft: it is not asked again
  }
  return std::nullopt;
}

std::string resumed() { return to_text(Json{{"v", kForm}, {"resumed", true}}); }

std::string gave_up(std::string_view why) { return to_text(Json{{"v", kForm}, {"gave_up", why}}); }

Result<TurnState> fold_turn(const std::vector<Step>& steps) {
  TurnState state;
  for (const Step& step : steps) {
    auto read = read_payload(step);
    if (!read) return read.error();
    const Json& payload = **read;
    if (step.kind == StepKind::model_answered) {
      ++state.model_answers;
      state.waiting = read_calls(payload);
      state.answered_without_calls = state.waiting.empty();
      if (payload.value("model", "") == "person") state.picked = true;
    } else if (step.kind == StepKind::tool_called) {
      ProposedCall call = read_call(payload);
      std::erase_if(state.waiting, [&](const ProposedCall& waiting) { return waiting.id == call.id; });
      if (payload.contains("parked")) state.parked = true;
      state.results.push_back({std::move(call), payload.value("ok", false), is_models_mistake(payload)});
    } else if (step.kind == StepKind::replied) {
      state.replied = true;
    } else if (step.kind == StepKind::card_answer) {
      state.answers_cards = true;
    } else if (step.kind == StepKind::noted && payload.value("resumed", false)) {
      ++state.resumes;
    }
  }
  return state;
}

Result<AnswerReceipts> fold_answers(const std::vector<Step>& steps) {
  AnswerReceipts receipts;
  for (const Step& step : steps) {
    if (step.kind != StepKind::decided) continue;
    auto read = read_payload(step);
    if (!read) return read.error();
    const Json& payload = **read;
    ++receipts.count;
    if (std::string text = payload.value("text", ""); !text.empty()) receipts.lines.push_back(std::move(text));
    if (payload.value("verdict", "") == "approve") receipts.released = true;
    for (const std::string& ref : read_strings(payload, "touched"))
      if (!ref.empty() && ref.front() == ref_prefix::kOutbox) receipts.released = true;
    if (payload.contains("offer")) receipts.offer = payload.value("offer", "");
    if (payload.contains("undo")) receipts.undo_ref = payload.value("undo", "");
    for (std::string& ref : read_strings(payload, "parked")) receipts.parked.push_back(std::move(ref));
  }
  return receipts;
}

Result<TurnReceipts> fold_receipts(const std::vector<Step>& steps) {
  TurnReceipts receipts;
  std::vector<std::pair<std::string, std::string>> failed;  // tool, why
  bool picked = false;
  for (const Step& step : steps) {
    if (step.kind != StepKind::model_answered && step.kind != StepKind::tool_called) continue;
    auto read = read_payload(step);
    if (!read) return read.error();
    const Json& payload = **read;
    if (step.kind == StepKind::model_answered) {
      receipts.model_text = payload.value("text", "");
      picked = payload.value("model", "") == "person";
      continue;
    }
    const bool ok = payload.value("ok", false);
    const bool writes = payload.value("effect", "read") != "read";
    const std::string tool = payload.value("tool", "");
    if (writes) {
      receipts.has_writes = true;
      for (TurnReceipts::Told& told : receipts.told) told.after_last_write = false;
      if (ok) std::erase_if(failed, [&](const auto& earlier) { return earlier.first == tool; });
      else if (const std::string why = payload.value("error", ""); !why.starts_with(tool + ": ")) failed.emplace_back(tool, why);  // else: its arguments did not fit the schema
    }
    if (picked && !ok) receipts.picked_error = payload.value("error", "");
    if (ok && payload.contains("text")) receipts.told.push_back({payload.value("text", ""), writes, true});
    for (std::string& ref : read_strings(payload, "parked")) receipts.parked.push_back(std::move(ref));
    for (std::string& ref : read_strings(payload, "touched")) receipts.touched.push_back(std::move(ref));
    std::vector<Choice> list = read_choices(payload);
    if (!list.empty()) receipts.list = std::move(list);
    if (ok) receipts.offer = payload.value("offer", "");
    if (payload.contains("undo")) receipts.undo_ref = payload.value("undo", "");
  }
  for (auto& [tool, why] : failed) receipts.failures.push_back(std::move(why));
  if (!receipts.picked_error.empty()) receipts.failures.clear();
  return receipts;
}

Result<std::vector<ModelMessage>> fold_messages(const std::vector<Step>& steps) {
  std::vector<ModelMessage> messages;
  for (const Step& step : steps) {
    auto read = read_payload(step);
    if (!read) return read.error();
    const Json& payload = **read;
    ModelMessage message;
    message.at = step.at;
    switch (step.kind) {
      case StepKind::person_said:
        message.speaker = Speaker::person;
        message.text = payload.value("text", "");
        break;
      case StepKind::model_answered:
        message.speaker = Speaker::model;
        message.text = payload.value("text", "");
        message.calls = read_calls(payload);
        if (message.text.empty() && message.calls.empty()) continue;
        break;
      case StepKind::tool_called: message = tool_message(*read, step.at); break;
      case StepKind::decided:
        message.speaker = Speaker::notice;
        message.text = payload.value("text", "");
        message.from_outside = true;  // it repeats names and titles of the record
        break;
      case StepKind::noted: {
        auto note = read_summary(step);
        if (!note) return note.error();
        if (!*note) continue;
        message.speaker = Speaker::notice;
        message.text = "Earlier in this conversation:\n" + (*note)->text;
        message.from_outside = true;  // it repeats what tools read from the record
        break;
      }
      case StepKind::replied:
        // What nobody was shown is not repeated to the model as its own words either.
        if (payload.contains("withheld") && !messages.empty() && messages.back().speaker == Speaker::model && messages.back().calls.empty()) {
          messages.back().text = payload.value("text", "");
          messages.back().from_outside = true;  // it may repeat what tools told, which the model never said
        }
        continue;
      case StepKind::card_answer: continue;
    }
    messages.push_back(std::move(message));
  }
  return messages;
}

Result<std::vector<FocusRecord>> fold_focus(const std::vector<Step>& steps, std::size_t records_max) {
  std::vector<FocusRecord> focus;
  const auto mention = [&](const std::string& ref_text, const std::string& label, std::int64_t at) {
    const auto ref = parse_ref(ref_text);
    const auto noun = ref ? noun_of_prefix(ref->prefix) : std::nullopt;
    if (!noun || focus.size() >= records_max) return;
    const bool known =
        std::any_of(focus.begin(), focus.end(), [&](const FocusRecord& record) { return record.ref == ref_text; });
    if (!known) focus.push_back({*noun, ref_text, label, at, ""});
  };
  std::int64_t position = static_cast<std::int64_t>(steps.size());
  for (auto step = steps.rbegin(); step != steps.rend(); ++step, --position) {
    if (step->kind == StepKind::noted) {
      auto note = read_summary(*step);
      if (!note) return note.error();
      if (*note)
        for (const Choice& choice : (*note)->focus) mention(choice.ref, choice.label, position);
    }
    if (step->kind != StepKind::tool_called) continue;
    auto read = read_payload(*step);
    if (!read) return read.error();
    const Json& payload = **read;
    for (const std::string& ref : read_strings(payload, "touched")) mention(ref, "", position);
    for (const Choice& choice : read_choices(payload)) mention(choice.ref, choice.label, position);
  }
  return focus;
}

Result<ReplyRecord> last_reply(const std::vector<Step>& steps) {
  for (auto step = steps.rbegin(); step != steps.rend(); ++step) {
    if (step->kind != StepKind::replied) continue;
    auto read = read_payload(*step);
    if (!read) return read.error();
    const Json& payload = **read;
    ReplyRecord record;
    record.text = payload.value("text", "");
    record.cards = read_strings(payload, "cards");
    record.list = read_choices(payload);
    record.asked = payload.value("asked", false);
    return record;
  }
  return ReplyRecord{};
}

}  // namespace deskhand::agent
