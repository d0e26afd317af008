// People and companies: the one customer table (S0-F1, S2-C1, S2-C2). A phone or an e-mail is a contact point of its own,
// because it identifies a person and is unique in an org unless an approval said "create separate".
//
// Thread rule: value types. Text is UTF-8, trimmed, within base/limits.h; the stores keep what they are given.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "crm/record.h"

namespace deskhand {

enum class PointKind { phone, email };
std::string_view name_of(PointKind kind);
std::optional<PointKind> parse_point_kind(std::string_view name);

struct ContactPoint {
  ContactPointId id;
  PointKind kind = PointKind::phone;
  std::string normal;    // E.164 or folded address; what identifies
  std::string as_typed;  // what somebody wrote
  int position = 0;      // 0 is the primary of its kind
  std::string origin;    // message id the value was read from, or "" when a person typed it
  ApprovalId separate;   // the approval that allowed a second owner of the same normal form, else empty
  bool retired = false;  // no longer the person's; kept as history
};

enum class Lifecycle { prospect, customer, past_customer };      // S2-C1h
enum class PreferredChannel { none, phone, email, sms };         // S2-C1g
std::string_view name_of(Lifecycle lifecycle);
std::string_view name_of(PreferredChannel channel);  // "" for none
std::optional<Lifecycle> parse_lifecycle(std::string_view name);
std::optional<PreferredChannel> parse_preferred_channel(std::string_view name);

struct Contact {
  ContactId id;
  RecordHead head;
  std::string first_name, last_name;
  CompanyId company;
  std::vector<ContactPoint> points;  // phones and e-mails, each kind in order of position
  std::string address;               // service address
  PreferredChannel preferred_channel = PreferredChannel::none;
  Lifecycle lifecycle = Lifecycle::prospect;
  std::vector<std::string> tags, services_interested;
  std::string notes;
  std::string source;  // how they heard of us, in the customer's or owner's words
  std::string quickbooks_customer_id;
  bool do_not_contact = false;
  std::string do_not_contact_reason;
  bool archived = false;
  ContactId root;  // the survivor this record was merged into, else empty
  std::optional<Day> next_follow_up;
  std::optional<Instant> last_contacted_at, last_activity_at, became_customer_at;  // derived from interactions and wins
  CustomFields custom;

  std::string full_name() const;  // never empty: "Ana Ruiz", or the first point, or "(no name)"
  std::string phone() const;      // primary E.164 or ""
  std::string email() const;      // primary folded address or ""
};

enum class CompanyType { business, individual, nonprofit, government, other };  // S2-C2c
enum class CompanyStatus { prospect, active_customer, inactive, archived };     // S2-C2g
std::string_view name_of(CompanyType type);
std::string_view name_of(CompanyStatus status);
std::optional<CompanyType> parse_company_type(std::string_view name);
std::optional<CompanyStatus> parse_company_status(std::string_view name);

struct Company {
  CompanyId id;
  RecordHead head;
  std::string name;
  CompanyType type = CompanyType::business;
  std::string main_phone, main_phone_as_typed;  // E.164 and as typed
  std::string billing_address;
  ContactId primary_contact;
  CompanyStatus status = CompanyStatus::prospect;
  std::string quickbooks_customer_id;
  CustomFields custom;
};

}  // namespace deskhand
