// Mails as they would come out of the parser, for tests that need no bytes.
#pragma once

#include <string>

#include "base/text.h"
#include "intake/own_identity.h"
#include "ports/inbound_mail.h"

namespace deskhand::intake::testing {

inline MailAddress address(const std::string& name, const std::string& email) {
  MailAddress made;
  made.name = name;
  if (auto parsed = parse_email(email)) made.email = *parsed;
  return made;
}

inline InboundMail mail_from(const std::string& name, const std::string& email, const std::string& subject,
                             const std::string& text) {
  InboundMail mail;
  mail.from = {address(name, email)};
  mail.to = {address("", "office@hill.example")};
  mail.subject = subject;
  mail.text = text;
  return mail;
}

inline InboundMail with_header(InboundMail mail, const std::string& name, const std::string& value) {
  mail.headers.push_back({to_lower(name), value});
  return mail;
}

inline OwnIdentity hill_plumbing() {
  Org org;
  org.name = "Hill Plumbing";
  org.email = "office@hill.example";
  org.phone = "+15125550100";
  org.region = "US";
  org.address = "2 Hill Road, Austin, TX 78704";
  User owner;
  owner.name = "Dana Hill";
  owner.email = "dana@hill.example";
  return OwnIdentity(org, {owner}, {"hillplumbing@gmail.com"});
}

}  // namespace deskhand::intake::testing
