#include "crm/contact.h"

#include "crm/name_table.h"

namespace deskhand {
namespace {

constexpr std::pair<PointKind, std::string_view> kPointKinds[] = {{PointKind::phone, "phone"}, {PointKind::email, "email"}};
constexpr std::pair<Lifecycle, std::string_view> kLifecycles[] = {
    {Lifecycle::prospect, "prospect"}, {Lifecycle::customer, "customer"}, {Lifecycle::past_customer, "past_customer"}};
constexpr std::pair<PreferredChannel, std::string_view> kPreferredChannels[] = {{PreferredChannel::none, ""},
                                                                                {PreferredChannel::phone, "phone"},
                                                                                {PreferredChannel::email, "email"},
                                                                                {PreferredChannel::sms, "sms"}};
constexpr std::pair<CompanyType, std::string_view> kCompanyTypes[] = {{CompanyType::business, "business"},
                                                                      {CompanyType::individual, "individual"},
                                                                      {CompanyType::nonprofit, "nonprofit"},
                                                                      {CompanyType::government, "government"},
                                                                      {CompanyType::other, "other"}};
constexpr std::pair<CompanyStatus, std::string_view> kCompanyStatuses[] = {{CompanyStatus::prospect, "prospect"},
                                                                           {CompanyStatus::active_customer, "active_customer"},
                                                                           {CompanyStatus::inactive, "inactive"},
                                                                           {CompanyStatus::archived, "archived"}};

std::string primary(const Contact& contact, PointKind kind) {
  for (const ContactPoint& point : contact.points)
    if (point.kind == kind && !point.retired) return point.normal;
  return {};
}

}  // namespace

std::string_view name_of(PointKind kind) { return name_in(kPointKinds, kind); }
std::optional<PointKind> parse_point_kind(std::string_view name) { return value_in(kPointKinds, name); }
std::string_view name_of(Lifecycle lifecycle) { return name_in(kLifecycles, lifecycle); }
std::optional<Lifecycle> parse_lifecycle(std::string_view name) { return value_in(kLifecycles, name); }
std::string_view name_of(PreferredChannel channel) { return name_in(kPreferredChannels, channel); }
std::optional<PreferredChannel> parse_preferred_channel(std::string_view name) { return value_in(kPreferredChannels, name); }
std::string_view name_of(CompanyType type) { return name_in(kCompanyTypes, type); }
std::optional<CompanyType> parse_company_type(std::string_view name) { return value_in(kCompanyTypes, name); }
std::string_view name_of(CompanyStatus status) { return name_in(kCompanyStatuses, status); }
std::optional<CompanyStatus> parse_company_status(std::string_view name) { return value_in(kCompanyStatuses, name); }

std::string Contact::full_name() const {
  std::string name = first_name;
  if (!first_name.empty() && !last_name.empty()) name += ' ';
  name += last_name;
  if (!name.empty()) return name;
  for (const ContactPoint& point : points)
    if (!point.retired) return point.as_typed.empty() ? point.normal : point.as_typed;
  return "(no name)";
}

std::string Contact::phone() const { return primary(*this, PointKind::phone); }
std::string Contact::email() const { return primary(*this, PointKind::email); }

}  // namespace deskhand
