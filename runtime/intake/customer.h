// What a mail says about the person who wants something: each value with the words it was read from. Nothing is made up: a value
// that stands nowhere in the mail is not here, and what belongs to somebody else or to the business itself is left out.
//
// Thread rule: value types and pure functions. Bounds: limits::kContactPoints phones and addresses.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/email.h"
#include "base/phone.h"
#include "intake/classify.h"
#include "intake/form_fields.h"
#include "intake/own_identity.h"
#include "intake/split.h"
#include "ports/inbound_mail.h"

namespace deskhand::intake {

// Where a value was read: in the text at `span`, or in a header.
enum class Place { text, other_text, from, reply_to, subject, enclosed };
std::string_view name_of(Place place);

struct Source {
  Place place = Place::text;
  Span span;          // of InboundMail::text, of other_text, or of the header's value
  std::string words;  // as written
};

struct FoundText {
  std::string value;  // "" when nothing was found
  Source source;
  bool empty() const { return value.empty(); }
};
struct FoundPhone {
  Phone phone;
  Source source;
};
struct FoundEmail {
  EmailAddress email;
  Source source;
};

enum class Writer { sender, form, forwarded };  // whose details these are

struct Customer {
  Writer writer = Writer::sender;
  FoundText name, company, address, heard_from;
  std::vector<FoundPhone> phones;
  std::vector<FoundEmail> emails;
  std::string subject;  // of what they wrote
  std::string words;    // what they want, in their words
  std::string service;  // what a form says it is about
  std::string quoted;   // what they answered
  bool says_urgent = false;   // a form's own field for it
};

// The text of the mail in all forms that the readers below need.
struct Material {
  const InboundMail& mail;
  const OwnIdentity& own;
  MailKind kind = MailKind::person;
  Letter letter;
  FormFields form;
  bool form_is_other_text = false;  // the fields stand in mail.other_text
};
Material material_of(const InboundMail& mail, const OwnIdentity& own);

Customer read_customer(const Material& material);

}  // namespace deskhand::intake
