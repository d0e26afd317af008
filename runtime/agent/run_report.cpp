#include "agent/run_report.h"

#include "agent/run_log.h"
#include "base/json.h"
#include "base/limits.h"
#include "base/text.h"

namespace deskhand::agent {
namespace {

std::vector<std::string> strings_of(const Json& payload, const char* key) {
  std::vector<std::string> strings;
  for (const Json& item : payload.value(key, Json::array()))
    if (item.is_string()) strings.push_back(item.get<std::string>());
  return strings;
}

std::vector<std::int64_t> audit_of(const Json& payload) {
  std::vector<std::int64_t> numbers;
  for (const Json& item : payload.value("audit", Json::array()))
    if (item.is_number_integer()) numbers.push_back(item.get<std::int64_t>());
  return numbers;
}

ReportedCall call_of(const Json& payload, Instant at) {
  ReportedCall call;
  call.at = at;
  call.tool = payload.value("tool", "");
  call.arguments = payload.value("arguments", "{}");
  call.touched = strings_of(payload, "touched");
  call.audit = audit_of(payload);
  const std::vector<std::string> parked = strings_of(payload, "parked");
  const std::string code = payload.value("code", "");
  if (payload.value("ok", false)) {
    call.verdict = parked.empty() ? "allow" : "ask " + join(parked, " ");
    call.guard = payload.value("asked_rule", "");
    call.text = payload.value("text", "");
  } else {
    call.guard = payload.value("rule", "");
    call.verdict = call.guard.empty() ? "error " + code : "stop";
    call.text = payload.value("error", "");
  }
  return call;
}

ReportedCall decision_of(const Json& payload, Instant at) {
  ReportedCall call;
  call.at = at;
  call.tool = payload.value("verdict", "") == "edit" ? "revise_draft" : "decide_approval";
  call.arguments = to_text(Json{{"approval", payload.value("approval", "")}, {"verdict", payload.value("verdict", "")}});
  call.guard = payload.value("rule", "");
  call.verdict = payload.value("ok", true) ? "allow" : call.guard.empty() ? "error" : "stop";
  call.text = payload.value("text", "");
  call.touched = strings_of(payload, "touched");
  call.audit = audit_of(payload);
  return call;
}

ReportedAnswer answer_of(const Json& payload, Instant at) {
  ReportedAnswer answer;
  answer.at = at;
  answer.model = payload.value("model", "");
  answer.prompt_hash = payload.value("prompt", "");
  answer.tokens_in = payload.value("tokens_in", std::int64_t{0});
  answer.tokens_out = payload.value("tokens_out", std::int64_t{0});
  answer.cost_micros = payload.value("cost_micros", std::int64_t{0});
  answer.took_ms = payload.value("ms", std::int64_t{0});
  answer.calls = static_cast<int>(payload.value("calls", Json::array()).size());
  return answer;
}

void add_answer(RunReport& report, const Json& payload, Instant at) {
  report.answers.push_back(answer_of(payload, at));
  report.tokens_in += report.answers.back().tokens_in;
  report.tokens_out += report.answers.back().tokens_out;
  report.cost_micros += report.answers.back().cost_micros;
}

std::string note_of(const Json& payload) {
  if (payload.value("resumed", false)) return "went on after a crash";
  if (payload.contains("quarantined")) {
    const std::string refused = payload.value("refused", "");
    return "in quarantine: " + payload.value("quarantined", "") + " of " + payload.value("about", "") +
           (refused.empty() ? "" : "; not used: " + refused);
  }
  if (payload.contains("joined")) return "procedures joined: " + join(strings_of(payload, "joined"), ", ") + " (" + join(strings_of(payload, "events"), ", ") + ")";
  if (payload.contains("read")) return payload.value("read", "");
  if (payload.contains("gave_up")) return "given up: " + payload.value("gave_up", "");
  if (!payload.contains("approval")) return {};
  const std::string by = payload.value("by", "");
  return payload.value("approval", "") + " was answered: " + payload.value("verdict", "") + (by.empty() ? "" : " (" + by + ")");
}

}  // namespace

Result<RunReport> report_of(const std::vector<Step>& steps) {
  RunReport report;
  for (const Step& step : steps) {
    auto content = content_of(step);
    if (!content) return content.error();
    const Json& payload = **content;
    switch (step.kind) {
      case StepKind::person_said: report.said = payload.value("text", ""); break;
      case StepKind::model_answered:
        if (payload.value("model", "") == "person") break;
        add_answer(report, payload, step.at);
        break;
      case StepKind::tool_called: report.calls.push_back(call_of(payload, step.at)); break;
      case StepKind::decided: report.calls.push_back(decision_of(payload, step.at)); break;
      case StepKind::replied:
        report.reply = payload.value("text", "");
        report.withheld = payload.value("withheld", "");
        report.claim = payload.value("claim", "");
        break;
      case StepKind::noted:
        if (payload.contains("quarantined")) {
          add_answer(report, payload, step.at);
          if (report.said.empty()) report.said = "(" + payload.value("quarantined", "") + " of " + payload.value("about", "") + ")";
        }
        if (std::string note = note_of(payload); !note.empty()) report.notes.push_back(std::move(note));
        break;
      case StepKind::card_answer: break;
    }
  }
  return report;
}

}  // namespace deskhand::agent
