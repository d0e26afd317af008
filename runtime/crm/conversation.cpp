#include "crm/conversation.h"

#include "crm/name_table.h"

namespace deskhand {
namespace {

constexpr std::pair<RunState, std::string_view> kRunStates[] = {
    {RunState::running, "running"}, {RunState::waiting, "waiting"}, {RunState::done, "done"}, {RunState::failed, "failed"}};
constexpr std::pair<StepKind, std::string_view> kStepKinds[] = {
    {StepKind::person_said, "person_said"}, {StepKind::card_answer, "card_answer"}, {StepKind::model_answered, "model_answered"},
    {StepKind::tool_called, "tool_called"}, {StepKind::decided, "decided"},         {StepKind::replied, "replied"},
    {StepKind::noted, "noted"}};

}  // namespace

std::string_view name_of(RunState state) { return name_in(kRunStates, state); }
std::optional<RunState> parse_run_state(std::string_view name) { return value_in(kRunStates, name); }
std::string_view name_of(StepKind kind) { return name_in(kStepKinds, kind); }
std::optional<StepKind> parse_step_kind(std::string_view name) { return value_in(kStepKinds, name); }

}  // namespace deskhand
