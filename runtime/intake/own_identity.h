// What belongs to the business itself, so that its own numbers and addresses are never taken for a customer's.
//
// Thread rule: value type.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "crm/org.h"

namespace deskhand::intake {

class OwnIdentity {
 public:
  // `more_addresses`: what mail leaves from and comes to besides the org's and its people's own.
  OwnIdentity(const Org& org, const std::vector<User>& users, const std::vector<std::string>& more_addresses);

  const std::string& region() const { return region_; }
  const std::string& org_name() const { return org_name_; }
  bool is_address(std::string_view email) const;  // ours, or at a domain of ours
  bool is_domain(std::string_view domain) const;
  bool is_phone(std::string_view e164) const;
  bool is_name(std::string_view name) const;            // the business's or one of its people's
  bool is_place(std::string_view address) const;        // the business's own street address
  const std::vector<std::string>& domains() const { return domains_; }

 private:
  std::vector<std::string> addresses_, domains_, names_;
  std::string phone_, address_folded_, region_, org_name_;
};

std::string_view domain_of(std::string_view email);
// gmail.com and the like: everybody's domain, so that it says nothing about who somebody is.
bool is_public_mail_domain(std::string_view domain);

// Addresses behind which no person reads: noreply@…, notifications@…, mailer-daemon@….
bool is_unattended_address(std::string_view email);
// Addresses that a service makes for one conversation and that reach a person only through it.
bool is_relay_address(std::string_view email);

}  // namespace deskhand::intake
