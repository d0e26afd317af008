#include "intake/own_identity.h"

#include <re2/re2.h>

#include <algorithm>

#include "base/email.h"
#include "base/phone.h"
#include "base/text.h"

namespace deskhand::intake {
namespace {

constexpr std::string_view kPublicDomains[] = {
    "gmail.com",     "googlemail.com", "yahoo.com",      "yahoo.co.uk",  "ymail.com",     "rocketmail.com",
    "outlook.com",   "hotmail.com",    "hotmail.co.uk",  "live.com",     "msn.com",       "icloud.com",
    "me.com",        "mac.com",        "aol.com",        "comcast.net",  "verizon.net",   "att.net",
    "sbcglobal.net", "bellsouth.net",  "cox.net",        "charter.net",  "earthlink.net", "gmx.de",
    "gmx.net",       "gmx.com",        "web.de",         "t-online.de",  "freenet.de",    "mail.com",
    "proton.me",     "protonmail.com", "pm.me",          "fastmail.com", "zoho.com",      "yandex.com",
    "mail.ru",       "qq.com",         "163.com",        "orange.fr",    "free.fr",       "wanadoo.fr",
    "laposte.net",   "libero.it",      "btinternet.com", "sky.com"};

void add_once(std::vector<std::string>& list, std::string value) {
  if (!value.empty() && std::find(list.begin(), list.end(), value) == list.end()) list.push_back(std::move(value));
}

bool full_match(std::string_view text, const RE2& pattern) {
  return RE2::FullMatch(re2::StringPiece(text.data(), text.size()), pattern);
}

}  // namespace

OwnIdentity::OwnIdentity(const Org& org, const std::vector<User>& users, const std::vector<std::string>& more_addresses)
    : address_folded_(fold_name(org.address)), region_(org.region), org_name_(org.name) {
  std::vector<std::string> emails = more_addresses;
  emails.push_back(org.email);
  for (const User& user : users) {
    emails.push_back(user.email);
    add_once(names_, fold_name(user.name));
  }
  add_once(names_, fold_name(org.name));
  for (const std::string& email : emails) {
    const auto parsed = parse_email(email);
    if (!parsed) continue;
    add_once(addresses_, without_tag(parsed->folded));
    const std::string domain(domain_of(parsed->folded));
    if (!is_public_mail_domain(domain)) add_once(domains_, domain);
  }
  if (const auto phone = parse_phone(org.phone, org.region)) phone_ = phone->e164;
}

bool OwnIdentity::is_address(std::string_view email) const {
  const std::string folded = without_tag(to_lower(email));
  return std::find(addresses_.begin(), addresses_.end(), folded) != addresses_.end() || is_domain(domain_of(folded));
}

bool OwnIdentity::is_domain(std::string_view domain) const {
  return std::any_of(domains_.begin(), domains_.end(), [&](const std::string& own) {
    return domain == own ||
           (domain.size() > own.size() && domain.ends_with(own) && domain[domain.size() - own.size() - 1] == '.');
  });
}

bool OwnIdentity::is_phone(std::string_view e164) const { return !phone_.empty() && e164 == phone_; }

bool OwnIdentity::is_name(std::string_view name) const {
  const std::string folded = fold_name(name);
  return !folded.empty() && std::find(names_.begin(), names_.end(), folded) != names_.end();
}

bool OwnIdentity::is_place(std::string_view address) const {
  const std::string folded = fold_name(address);
  constexpr std::size_t kStreetBytes = 8;  // "9 oak st"
  if (folded.size() < kStreetBytes || address_folded_.size() < kStreetBytes) return false;
  return address_folded_.starts_with(folded) || folded.starts_with(address_folded_) ||
         address_folded_.find(folded) != std::string::npos;
}

std::string_view domain_of(std::string_view email) {
  const std::size_t at = email.rfind('@');
  return at == std::string_view::npos ? std::string_view() : email.substr(at + 1);
}

bool is_public_mail_domain(std::string_view domain) {
  return std::find(std::begin(kPublicDomains), std::end(kPublicDomains), domain) != std::end(kPublicDomains);
}

bool is_unattended_address(std::string_view email) {
  static const RE2 local(
      R"((?i)(?:.*[._+-])?(?:no-?_?\.?reply|do-?_?\.?not-?_?\.?reply|donotreply|noresponse|no-response|mailer-daemon|postmaster|bounces?|notifications?|notify|notifier|alerts?|automailer|auto-?confirm|mailer|system|robot|bot|daemon|unattended|newsletters?|news|updates?|digest|marketing|promo(?:tions)?|offers?|wordpress|webmaster|web-?forms?|forms?|formmail|contact-?forms?|website|leads?|lead-?notifications?|new-?leads?|receipts?|invoices?|verify|verification|account-?security|security-?alert|delivery|shipping|shipment-?tracking|order-?update|auto-?reply|ne-?pas-?repondre|nicht-?antworten|keine-?antwort|no-?responder|voice-?mail|voice-?messages?|e-?fax|fax)(?:[._+-].*)?@.+)");
  return full_match(email.substr(0, 400), local);
}

bool is_relay_address(std::string_view email) {
  static const RE2 relay(
      R"((?i)(?:reply|r|relay|msg|message|messages|conversation|conv|thread|lead|anon|masked|proxy|guest|user|customer|buyer)?[+._-]?(?:[a-z]*[+._-])?[0-9a-f-]{12,}@.+|.+@(?:.*[.-])?(?:relay|reply|messaging|messages|privaterelay|privatemail|masked|anon|proxy|mailer|inbound|replies|msg|communication)[.-].+|(?:reply|replies|relay|conversation|thread|messages?)[+._-].+@.+)");
  return full_match(email.substr(0, 400), relay);
}

}  // namespace deskhand::intake
