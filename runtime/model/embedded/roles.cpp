#include "model/embedded/roles.h"

#include <algorithm>
#include <utility>

namespace deskhand::embedded {

RoleKind kind_of_role(std::string_view role) {
  using enum RoleKind;
  constexpr std::pair<std::string_view, RoleKind> kRoles[] = {
      {"who", reference},        {"contact", reference},     {"lead", reference},         {"opportunity", reference},
      {"deal", reference}, {"the_lead", reference}, {"the_deal", reference},       {"company", reference},     {"appointment", reference},  {"follow_up", reference},
      {"reminder", reference},   {"estimate", reference},    {"message", reference},      {"other", reference},
      {"assignee", reference},   {"change", reference}, {"of_whom", reference},      {"approval", reference},     {"name", name},
      {"new_name", name},        {"date", date},             {"follow_up_date", date},    {"expected_close_date", date},
      {"due", date}, {"day", date},            {"time", time},             {"amount", money},           {"estimated_value", money},
      {"value_min", money},      {"value_max", money},       {"number", number},          {"count", number},
      {"phone", phone},          {"email", email},           {"address", address},        {"stage", choice},
      {"status", choice},        {"outcome", choice},        {"channel", choice},         {"lifecycle", choice},
      {"source", choice},        {"company_type", choice},   {"period", choice}};
  const auto known = std::find_if(std::begin(kRoles), std::end(kRoles), [&](const auto& each) { return each.first == role; });
  return known == std::end(kRoles) ? text : known->second;
}

}  // namespace deskhand::embedded
