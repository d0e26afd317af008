#include "agent/draft_wording.h"

#include <algorithm>

#include "agent/agent.h"
#include "agent/list_answer.h"
#include "agent/turn.h"
#include "base/json.h"
#include "base/limits.h"
#include "base/text.h"

namespace deskhand::agent {
namespace {


// Runs of digits, "1,200" and "9:30" as one.
std::vector<std::string> figures_in(std::string_view text) {
  std::vector<std::string> figures;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (!is_digit(text[at])) continue;
    std::size_t end = at;
    while (end < text.size() && (is_digit(text[end]) || (std::string_view(",.:-").find(text[end]) != std::string_view::npos &&
                                                         end + 1 < text.size() && is_digit(text[end + 1]))))
      ++end;
    figures.emplace_back(text.substr(at, end - at));
    at = end;
  }
  return figures;
}

bool holds_words(std::string_view text, std::string_view part) { return text.find(part) != std::string_view::npos; }

// "[...]" as it stands in a text; what has no end is one as well.
std::vector<std::string> brackets_in(std::string_view text) {
  std::vector<std::string> found;
  for (std::size_t begin = text.find('['); begin != std::string_view::npos; begin = text.find('[', begin + 1)) {
    const std::size_t end = text.find(']', begin);
    found.emplace_back(text.substr(begin, end == std::string_view::npos ? end : end + 1 - begin));
  }
  return found;
}

}  // namespace

DraftMaterial read_draft_material(const Json& data) {
  DraftMaterial material;
  material.lead = data.value("lead", "");
  material.title = data.value("title", "");
  material.wording = data.value("template", "");
  material.words = data.value("words", "");
  for (const Json& one : data.value("placeholders", Json::array()))
    if (one.is_string()) material.placeholders.push_back(one.get<std::string>());
  return material;
}

std::string why_not_worded_so(std::string_view text, const DraftMaterial& material) {
  if (trim(text).empty()) return "it is empty";
  if (text.size() > limits::kWordedDraftBytes) return "it is too long for a follow-up";
  for (const std::string& bracket : brackets_in(text))
    if (std::find(material.placeholders.begin(), material.placeholders.end(), bracket) == material.placeholders.end())
      return "it has a placeholder that the template has not";
  for (const std::string_view mark : {"@", "://", "www.", "$", "€", "£", "%"})
    if (holds_words(to_lower(text), mark) && !holds_words(to_lower(material.wording), mark)) return "it names an address or an amount that the template does not";
  for (const std::string& figure : figures_in(text)) {
    const std::vector<std::string> known = figures_in(material.wording + "\n" + material.title);
    if (std::find(known.begin(), known.end(), figure) == known.end()) return "it names a figure that the template does not";
  }
  return {};
}

// The words for a follow-up, once: after a crash they are read from the log. "" where the template is to have its way: no
// model, no answer, or one that may not stand.
Result<std::string> Agent::word_follow_up(Turn& turn, const std::string& lead) {
  if (quarantine_ == nullptr || !quarantine_->takes(ModelPurpose::draft)) return std::string();
  toolbox::CallRequest wanted;
  wanted.org = turn.org;
  wanted.actor.kind = ActorKind::system;
  wanted.actor.channel = turn.actor.channel;
  wanted.tool = "follow_up_material";
  wanted.arguments_text = to_text(Json{{"lead", lead}});
  wanted.procedure_version = briefing_.version;
  const toolbox::CallResult gathered = toolbox_.call(wanted);
  if (!gathered.ok || !gathered.data) return std::string();  // the tool itself says why, when it is called
  const DraftMaterial material = read_draft_material(*gathered.data);
  auto text = worded_before(turn.steps, lead);
  if (!text) {
    QuarantinedQuestion question;
    question.purpose = ModelPurpose::draft;
    question.frame = "The owner's template:\n" + material.wording;
    question.words = material.words;
    question.about = lead;
    question.conversation = turn.run.conversation;
    question.run = turn.run.id;
    const std::size_t before = turn.steps.size();
    auto answer = quarantine_->ask(turn.org, question, turn.watch.stop, [&](Txn& txn, const QuarantinedAnswer& given) -> Done {
      turn.steps.resize(before);  // the unit may be tried again
      turn.add(StepKind::noted, given.step, clock_.now());
      if (auto held = keep_hold(turn, txn); !held) return held;
      return turn.write_steps(txn);
    });
    if (!answer) {
      turn.steps.resize(before);
      return std::string();
    }
    turn.committed = turn.steps.size();
    text = answer->value->value("text", "");
  }
  return why_not_worded_so(*text, material).empty() ? *text : std::string();
}

}  // namespace deskhand::agent
