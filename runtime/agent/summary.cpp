#include "agent/summary.h"

#include <algorithm>

#include "base/json.h"
#include "base/limits.h"
#include "base/text.h"

namespace deskhand::agent {
namespace {

constexpr int kSummaryForm = 1;
constexpr std::size_t kMessagesLeft = limits::kMessagesInContext / 3;
constexpr std::size_t kDigestBytes = 3 * 1024;  // of the whole digest; its oldest lines go first
constexpr std::size_t kLineBytes = 160;         // of one thing said or done
constexpr std::size_t kFocusKept = 12;

// What one step adds to the digest, or "".
std::string line_of(const Step& step, const Json& payload) {
  if (step.kind == StepKind::person_said) return "- said: " + first_line(payload.value("text", ""), kLineBytes);
  if (step.kind == StepKind::decided || step.kind == StepKind::card_answer)
    return "- decided: " + first_line(payload.value("text", ""), kLineBytes);
  if (step.kind == StepKind::tool_called && payload.value("ok", false) && payload.value("effect", "read") != "read")
    return "- done: " + first_line(payload.value("text", ""), kLineBytes);
  return {};
}

std::string bounded(const std::string& digest) {
  if (digest.size() <= kDigestBytes) return digest;
  const std::size_t cut = digest.find("\n- ", digest.size() - kDigestBytes);
  return cut == std::string::npos ? std::string() : digest.substr(cut + 1);
}

// Where the part that stays begins: a person's words, so that no result stands without its call. `steps.size()`:
// nowhere.
std::size_t first_to_stay(const std::vector<Step>& steps) {
  std::size_t messages = 0;
  for (std::size_t at = steps.size(); at-- > 0;) {
    if (steps[at].kind != StepKind::replied && steps[at].kind != StepKind::noted) ++messages;
    if (messages >= kMessagesLeft && steps[at].kind == StepKind::person_said) return at;
  }
  return steps.size();
}

}  // namespace

Result<std::optional<std::string>> summary_of(const std::vector<Step>& history,
                                              const std::vector<std::string>& procedures) {
  auto messages = fold_messages(history);
  if (!messages) return messages.error();
  if (messages->size() <= limits::kMessagesInContext) return std::optional<std::string>{};
  const std::size_t stays = first_to_stay(history);
  if (stays == 0 || stays == history.size()) return std::optional<std::string>{};
  std::string digest;
  for (std::size_t at = 0; at < stays; ++at) {
    auto note = read_summary(history[at]);
    if (!note) return note.error();
    if (*note) {
      digest = (*note)->text;
      continue;
    }
    auto payload = content_of(history[at]);
    if (!payload) return payload.error();
    if (std::string line = line_of(history[at], **payload); !line.empty()) digest += (digest.empty() ? "" : "\n") + line;
  }
  auto focus = fold_focus({history.begin(), history.begin() + static_cast<std::ptrdiff_t>(stays)}, kFocusKept);
  if (!focus) return focus.error();
  Json records = Json::array();
  for (const FocusRecord& record : *focus)
    records.push_back({{"noun", noun_name(record.noun)}, {"ref", record.ref}, {"label", record.label}});
  const Step& last = history[stays - 1];
  return std::optional<std::string>(to_text(Json{{"v", kSummaryForm},
                                                 {"summary", bounded(digest)},
                                                 {"focus", records},
                                                 {"procedures", procedures},
                                                 {"covers_run", last.run.text()},
                                                 {"covers_step", last.number}}));
}

Result<std::optional<SummaryNote>> read_summary(const Step& step) {
  if (step.kind != StepKind::noted) return std::optional<SummaryNote>{};
  auto content = content_of(step);
  if (!content) return content.error();
  const Json& payload = **content;
  if (!payload.contains("summary")) return std::optional<SummaryNote>{};
  SummaryNote note;
  note.text = payload.value("summary", "");
  if (payload.contains("focus") && payload["focus"].is_array())
    for (const Json& item : payload["focus"])
      if (const auto noun = parse_noun(item.value("noun", "")))
        note.focus.push_back({*noun, item.value("ref", ""), item.value("label", "")});
  if (payload.contains("procedures") && payload["procedures"].is_array())
    for (const Json& name : payload["procedures"])
      if (name.is_string()) note.procedures.push_back(name.get<std::string>());
  return std::optional<SummaryNote>(std::move(note));
}

Result<std::vector<Step>> with_summary_first(std::vector<Step> steps) {
  for (std::size_t at = steps.size(); at-- > 0;) {
    auto note = read_summary(steps[at]);
    if (!note) return note.error();
    if (!*note) continue;
    const auto content = content_of(steps[at]);
    if (!content) return content.error();
    const std::string run = (*content)->value("covers_run", "");
    const int number = (*content)->value("covers_step", 0);
    const auto covered = std::find_if(
        steps.begin(), steps.end(), [&](const Step& step) { return step.run.text() == run && step.number == number; });
    std::vector<Step> kept{steps[at]};
    for (auto step = covered == steps.end() ? steps.begin() : covered + 1; step != steps.end(); ++step) {
      auto other = read_summary(*step);
      if (!other) return other.error();
      if (!*other) kept.push_back(std::move(*step));
    }
    return kept;
  }
  return steps;
}

}  // namespace deskhand::agent
