#include "ports/tool.h"

#include "crm/name_table.h"

namespace deskhand {
namespace {

constexpr std::pair<EffectClass, std::string_view> kEffects[] = {{EffectClass::read, "read"},
                                                                 {EffectClass::write, "write"},
                                                                 {EffectClass::draft, "draft"},
                                                                 {EffectClass::send, "send"},
                                                                 {EffectClass::money, "money"}};
constexpr std::pair<ToolRole, std::string_view> kRoles[] = {{ToolRole::member, "member"},
                                                            {ToolRole::admin, "admin"},
                                                            {ToolRole::owner_action, "owner_action"},
                                                            {ToolRole::system, "system"}};

}  // namespace

std::string_view name_of(EffectClass effect) { return name_in(kEffects, effect); }
std::string_view name_of(ToolRole role) { return name_in(kRoles, role); }

}  // namespace deskhand
