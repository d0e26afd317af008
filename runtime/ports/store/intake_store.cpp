#include "ports/store/intake_store.h"

#include "crm/name_table.h"

namespace deskhand {
namespace {

constexpr std::pair<IntakeAction, std::string_view> kActions[] = {
    {IntakeAction::new_contact_and_lead, "new_contact_and_lead"},
    {IntakeAction::existing_contact_new_lead, "existing_contact_new_lead"},
    {IntakeAction::log_on_existing_lead, "log_on_existing_lead"},
    {IntakeAction::log_on_existing_contact, "log_on_existing_contact"},
    {IntakeAction::ignore, "ignore"},
    {IntakeAction::duplicate, "duplicate"},
    {IntakeAction::needs_reading, "needs_reading"}};

}  // namespace

std::string_view name_of(IntakeAction action) { return name_in(kActions, action); }
std::optional<IntakeAction> parse_intake_action(std::string_view name) { return value_in(kActions, name); }

}  // namespace deskhand
