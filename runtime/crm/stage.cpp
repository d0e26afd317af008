#include "crm/stage.h"

#include <algorithm>

#include "base/text.h"

namespace deskhand {
namespace {

struct Usual {
  CanonicalState state;
  std::string_view name;
  int probability;
  std::string_view colour;
};
constexpr Usual kUsual[] = {{CanonicalState::fresh, "New", 10, "#718096"},
                            {CanonicalState::engaged, "Contacted", 20, "#4299e1"},
                            {CanonicalState::qualified, "Qualified", 40, "#3182ce"},
                            {CanonicalState::booked, "Visit booked", 60, "#6b46c1"},
                            {CanonicalState::quoted, "Estimate sent", 50, "#d69e2e"},
                            {CanonicalState::negotiating, "Negotiating", 70, "#dd6b20"},
                            {CanonicalState::won, "Won", 100, "#2f855a"},
                            {CanonicalState::lost, "Lost", 0, "#c53030"},
                            {CanonicalState::disqualified, "Disqualified", 0, "#4a5568"}};

constexpr std::pair<std::string_view, CanonicalState> kStageWords[] = {
    {"inquiry", CanonicalState::fresh},          {"needs_analysis", CanonicalState::qualified},
    {"estimate_sent", CanonicalState::quoted},   {"quote_sent", CanonicalState::quoted},
    {"proposal_sent", CanonicalState::quoted},   {"follow_up", CanonicalState::negotiating},
    {"scheduled_visit", CanonicalState::booked}, {"visit_booked", CanonicalState::booked},
    {"visit_scheduled", CanonicalState::booked}, {"estimating", CanonicalState::quoted},
    {"scheduled", CanonicalState::booked}};

template <class Value>
void take(std::optional<Value>& into, const std::optional<Value>& under) {
  if (!into) into = under;
}

}  // namespace

StageSetting usual_stage(CanonicalState state) {
  StageSetting stage;
  stage.state = state;
  stage.auto_nurture = false;
  stage.sla_days = 0;
  for (const Usual& usual : kUsual) {
    if (usual.state != state) continue;
    stage.name = std::string(usual.name);
    stage.probability = usual.probability;
    stage.colour = std::string(usual.colour);
  }
  return stage;
}

StageSetting laid_over(const StageSetting& over, const StageSetting& under) {
  StageSetting stage = over;
  take(stage.name, under.name);
  take(stage.probability, under.probability);
  take(stage.colour, under.colour);
  take(stage.auto_nurture, under.auto_nurture);
  take(stage.sla_days, under.sla_days);
  return stage;
}

bool is_colour(std::string_view text) {
  return text.size() == 7 && text.front() == '#' &&
         text.find_first_not_of("0123456789abcdefABCDEF", 1) == std::string_view::npos;
}

std::optional<CanonicalState> state_called(std::string_view words) {
  const std::string name = replace_all(replace_all(to_lower(squeeze(words)), " ", "_"), "-", "_");
  if (const auto state = parse_state(name)) return state;
  for (const auto& [word, state] : kStageWords)
    if (word == name) return state;
  for (const Vocabulary vocabulary :
       {Vocabulary::live, Vocabulary::pipeline, Vocabulary::core, Vocabulary::tenant, Vocabulary::one_table})
    if (const auto states = states_of(vocabulary, name); !states.empty()) return states.front();
  for (const Usual& usual : kUsual)
    if (to_lower(squeeze(words)) == to_lower(usual.name)) return usual.state;
  return std::nullopt;
}

}  // namespace deskhand
