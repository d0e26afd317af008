// The business itself: its people, its place and its habits. All are rows per org; config.yaml only seeds the first one.
//
// Thread rule: value types.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/time.h"
#include "crm/business_calendar.h"
#include "crm/record.h"

namespace deskhand {

enum class UserRole { tech, member, admin, owner };
std::string_view name_of(UserRole role);
std::optional<UserRole> parse_user_role(std::string_view name);

struct User {
  UserId id;
  RecordHead head;
  std::string name;      // "Dana Flores"
  std::string login;     // what --as takes: "dana"
  UserRole role = UserRole::member;
  std::string email;     // folded; where owner notices may go once verified
  bool email_verified = false;
  bool may_approve_messages = false;  // the owner may let others approve messages; never the other kinds
  bool active = true;
};

struct OpeningHours {
  int open_minute = 8 * 60, close_minute = 17 * 60;  // local minutes of the day
};

struct QuietHours {                  // customer messages wait outside them; absent: none
  int begin_minute = 21 * 60, end_minute = 8 * 60;
};

struct Org {
  OrgId id;
  RecordHead head;
  std::string slug, name, timezone = "UTC", region = "US", currency = "USD";
  std::string phone, email, address, signature, service_area;
  BusinessCalendar calendar;
  OpeningHours hours;
  std::optional<QuietHours> quiet;
  bool active = true;
};

}  // namespace deskhand
