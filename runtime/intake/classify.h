// Machine mail told from mail that somebody wrote. Form services and marketplaces send real inquiries with all the marks of
// machines, so that a filled-in form is looked for before any mark counts.
//
// Thread rule: pure functions. Source: RFC 3834 (Auto-Submitted), RFC 3464 (delivery reports), RFC 8098 (read receipts), RFC 2919 and
// RFC 2369 (lists), and the habits of mail programs where they follow none (general knowledge).
#pragma once

#include <string>
#include <string_view>

#include "intake/form_fields.h"
#include "intake/own_identity.h"
#include "ports/inbound_mail.h"

namespace deskhand::intake {

enum class MailKind {
  person,        // somebody wrote it
  lead_notice,   // a form, a marketplace or a voice mailbox passes on what somebody wrote or said
  bounce,        // a message of ours was not delivered
  delay,         // … is still on its way, or a server tells that it arrived
  auto_reply,    // out of office, challenges, acknowledgements
  read_receipt, calendar, mailing_list, newsletter, receipt, verification, system_notice
};
std::string_view name_of(MailKind kind);  // "lead_notice"
bool is_machine(MailKind kind);           // makes no lead, moves no clock

struct Classification {
  MailKind kind = MailKind::person;
  std::string reason;  // one clause for the owner and the log: "it is an automatic answer (Auto-Submitted)"
  bool may_pass_on_an_inquiry = false;  // a notice with the words or the details of somebody who is neither we nor the service
};

Classification classify(const InboundMail& mail, const FormFields& form, const OwnIdentity& own);

// The Message-ID of ours that a bounce is about, "" when it does not tell.
std::string bounced_message_id(const InboundMail& mail);

}  // namespace deskhand::intake
