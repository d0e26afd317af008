// Mail that came in: its raw bytes as they arrived, and what became of it. The bytes are stored and committed before anything is
// thought about them; a mail is settled once, in the same transaction as the record it led to.
//
// Reached only through a Txn (one org). Not records of the business: a row says what was received and where it went, its raw bytes
// never change and nothing is deleted. Codes: not_found; conflict (settled already, or another mail has its identity); unavailable.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/time.h"
#include "crm/message.h"
#include "crm/record.h"

namespace deskhand {

enum class IntakeAction {
  new_contact_and_lead, existing_contact_new_lead, log_on_existing_lead, log_on_existing_contact, ignore, duplicate, needs_reading
};
std::string_view name_of(IntakeAction action);
std::optional<IntakeAction> parse_intake_action(std::string_view name);

struct InboundRecord {
  std::string id;             // UUID; what `origin` of contact points, leads and interactions names
  std::string label;          // where it came from: a file, a mailbox and its UID
  Instant received_at;
  std::string raw_sha256;
  std::int64_t raw_bytes = 0;

  // Filled in when it is settled.
  std::optional<Instant> settled_at;
  IntakeAction action = IntakeAction::needs_reading;
  std::string kind;           // "person", "lead_notice", "bounce" …
  std::string reason;         // one clause
  bool is_inquiry = false;
  std::string message_id;     // without brackets, "" when it has none
  std::string content_key;    // SHA-256 of who, when, about what and what: equal for two copies of one mail
  std::string identity;       // what may be settled once: the Message-ID, or the content key; "" for duplicates
  std::string sender;         // folded address; "" when there is none
  std::string reply_address;  // where its answers go when that is not the sender
  std::string subject;
  std::optional<Instant> sent_at;  // as the sender's clock had it
  std::string in_reply_to;    // the mail of the record it answers
  ContactId contact;
  LeadId lead;
  std::string interaction;    // I-88
  std::vector<std::string> notices;  // what the owner is told
  std::string extraction;     // JSON: each value with its place and words
  std::vector<Attachment> attachments;
};

// Where an earlier mail or message of the same thread stands on the record.
struct ThreadPoint {
  ContactId contact;
  LeadId lead;
  OpportunityId opportunity;
  bool is_ours = false;       // a message of ours, as opposed to one that came in
};

// How far a mailbox was read, and since when it can not be read.
struct MailboxMark {
  std::string mailbox;
  std::uint32_t uid_validity = 0, uid = 0;  // the last one taken in, under that numbering
  std::optional<Instant> visited_at, failing_since, told_at;
  std::string failure;
};

// A mailbox is read by one worker at a time, until it says that it is done or `until` has passed.
struct MailboxClaim {
  std::string mailbox, reader;
  Instant now, until;
  std::string instead_of;  // a reader that is known to run no more
};

class IntakeStore {
 public:
  virtual ~IntakeStore() = default;
  struct Kept {
    InboundRecord record;
    bool is_new = false;      // false: these very bytes are here already
  };
  virtual Result<Kept> keep(std::string_view raw, std::string_view label) = 0;
  virtual Result<std::string> raw(std::string_view id) const = 0;
  virtual Result<InboundRecord> find(std::string_view id) const = 0;
  // Not settled -> settled. conflict: it is settled, or a settled mail has the same identity.
  virtual Done settle(const InboundRecord& record) = 0;
  // needs_reading -> what it was read as, once. conflict: it no longer waits, or it stands on a lead.
  virtual Done settle_read(const InboundRecord& record) = 0;

  virtual Result<std::vector<InboundRecord>> unsettled(std::size_t rows_max) const = 0;      // oldest first
  virtual Result<std::vector<InboundRecord>> needing_reading(std::size_t rows_max) const = 0;  // newest first
  // Settled ones that are no duplicates.
  virtual Result<std::vector<InboundRecord>> with_message_id(std::string_view message_id) const = 0;
  virtual Result<std::optional<InboundRecord>> with_content_key(std::string_view content_key) const = 0;
  // The newest settled mail whose answers go to that address, or that came from it, and that stands on a contact or lead.
  virtual Result<std::optional<ThreadPoint>> last_with_address(std::string_view address) const = 0;
  // The newest mail that stands on that lead: what an answer continues.
  virtual Result<std::optional<InboundRecord>> last_of_lead(const LeadId& lead) const = 0;
  // The newest mail that was taken for an inquiry.
  virtual Result<std::optional<InboundRecord>> last_inquiry() const = 0;
  // The mail or message of that Message-ID, when it is on the record.
  virtual Result<std::optional<ThreadPoint>> thread_of(std::string_view message_id) const = 0;
  virtual Result<std::optional<Message>> message_of_ours(std::string_view message_id) const = 0;

  virtual Result<std::optional<MailboxMark>> mark_of(std::string_view mailbox) const = 0;
  virtual Result<std::vector<MailboxMark>> marks() const = 0;  // of every mailbox, by name
  virtual Done keep_mark(const MailboxMark& mark) = 0;
  // Who has the mailbox now: claim.reader, or whoever had it before and keeps it.
  virtual Result<std::string> claim_mailbox(const MailboxClaim& claim) = 0;
  virtual Done release_mailbox(std::string_view mailbox, std::string_view reader) = 0;
  // Whether that is a notice of ours to one of our own people.
  virtual Result<bool> is_notice_of_ours(std::string_view message_id) const = 0;
};

}  // namespace deskhand
