// What the record knows about a mail before anything is done: is it here already, whose is it, what work of theirs is open.
//
// Thread rule: reads through the caller's Txn only. Codes: those of the store.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "crm/contact.h"
#include "crm/lead.h"
#include "intake/customer.h"
#include "ports/store/store.h"

namespace deskhand::intake {

struct Standing {
  std::optional<InboundRecord> duplicate_of;
  std::optional<Message> own_copy;   // this very mail is a message we sent
  std::optional<ThreadPoint> thread;  // of the mail it answers
  std::string answers;               // the Message-ID that led there
  std::vector<Contact> holders;      // live contacts that hold what identifies its writer; more than one: it can't be told
  bool found_by_phone = false;
  std::vector<Lead> open_leads;      // of the one contact, newest activity first
  std::optional<Contact> contact;    // the one, when it can be told
  std::optional<Contact> resembles;  // a contact whose address the sender's is made to look like
};

// Two copies of one mail give one key: who, when, about what, and what.
std::string content_key(const InboundMail& mail);

// By Message-ID, else by content. Mails of one Message-ID that were written at different times are different mails: some form
// programs give all of theirs the same.
Result<std::optional<InboundRecord>> find_duplicate(const InboundMail& mail, const std::string& content_key, const std::string& own_id, Txn& txn);

// `emails` and `phones` are those of the customer, in the order in which they identify.
Result<Standing> look_up(const InboundMail& mail, const Customer& customer, bool follows_thread, const OwnIdentity& own, Txn& txn);

// The contact that a message of ours to this address stands on.
Result<std::optional<Contact>> contact_of_address(std::string_view email, Txn& txn);
Result<std::vector<Lead>> open_leads_of(const ContactId& contact, Txn& txn);

}  // namespace deskhand::intake
