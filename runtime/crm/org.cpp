#include "crm/org.h"

#include "crm/name_table.h"

namespace deskhand {
namespace {

constexpr std::pair<UserRole, std::string_view> kRoles[] = {
    {UserRole::tech, "tech"}, {UserRole::member, "member"}, {UserRole::admin, "admin"}, {UserRole::owner, "owner"}};

}  // namespace

std::string_view name_of(UserRole role) { return name_in(kRoles, role); }
std::optional<UserRole> parse_user_role(std::string_view name) { return value_in(kRoles, name); }

}  // namespace deskhand
