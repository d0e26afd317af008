// A message to a customer, as exact bytes. A draft is a row of immutable revisions; what an approval allows is one revision's
// fingerprint and nothing else (design 1.3).
//
// Thread rule: value types and pure functions.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "crm/record.h"

namespace deskhand {

enum class MessageChannel { email, sms };
std::string_view name_of(MessageChannel channel);
std::optional<MessageChannel> parse_message_channel(std::string_view name);

struct Attachment {
  std::string file_name, media_type, sha256;  // the bytes stand in the attachment store under their hash
  std::int64_t bytes = 0;
};

struct MessageContent {
  MessageChannel channel = MessageChannel::email;
  std::string to_address;             // folded e-mail or E.164
  std::string to_name;
  std::vector<std::string> cc;        // folded addresses
  std::string subject, text, html;    // html is empty when there is no such part
  std::vector<Attachment> attachments;
};

// Every field above, in a versioned, length-prefixed form: equal contents and only they give equal bytes.
std::string canonical_bytes(const MessageContent& content);
// Back from canonical_bytes(); nullopt when the bytes are not of that form. Sending reads these bytes and no row.
std::optional<MessageContent> parse_canonical_message(std::string_view bytes);
std::string fingerprint(std::string_view canonical_bytes);  // SHA-256, 64 hexadecimal characters
// Placeholders still open, e.g. "[date]"; such a message can't be approved.
std::vector<std::string> open_placeholders(const MessageContent& content);

enum class DraftStatus { open, approved, superseded, discarded };
std::string_view name_of(DraftStatus status);
std::optional<DraftStatus> parse_draft_status(std::string_view name);

struct Message {
  MessageId id;
  RecordHead head;
  bool inbound = false;
  ContactId contact;
  LeadId lead;
  OpportunityId opportunity;
  int revision = 1;              // of the draft `draft_root`; a revised draft is a new row
  MessageId draft_root;          // the first revision's id
  MessageContent content;
  DraftStatus status = DraftStatus::open;
  std::string internet_message_id;  // our own Message-ID, made before any connection
  std::string in_reply_to;
  std::string template_stage;       // which drafting template worded it, "" for free text
};

}  // namespace deskhand
