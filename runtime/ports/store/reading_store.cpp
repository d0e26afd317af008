#include "ports/store/reading_store.h"

#include "crm/name_table.h"

namespace deskhand {
namespace {

constexpr std::pair<ReadingState, std::string_view> kStates[] = {
    {ReadingState::waiting, "waiting"}, {ReadingState::done, "done"}, {ReadingState::left, "left"}};

}  // namespace

std::string_view name_of(ReadingState state) { return name_in(kStates, state); }
std::optional<ReadingState> parse_reading_state(std::string_view name) { return value_in(kStates, name); }

}  // namespace deskhand
