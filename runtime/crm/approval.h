// The owner's yes as records: what is asked (approval), what a yes allows once (grant), and the outside effect that uses it
// up (outbox row). Design 1.3 and 1.5.
//
// Thread rule: value types and pure functions.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "crm/record.h"

namespace deskhand {

enum class ApprovalKind {
  send_message, create_separate_contact, share_contact_point, change_contact, merge_contacts, win, create_quickbooks_customer, close_lead,
  auto_send
};
enum class ApprovalStatus { pending, approved, rejected, expired, superseded, stopped };
std::string_view name_of(ApprovalKind kind);
std::string_view name_of(ApprovalStatus status);
std::optional<ApprovalKind> parse_approval_kind(std::string_view name);
std::optional<ApprovalStatus> parse_approval_status(std::string_view name);

// The version of a record at the moment a card was drawn; news since then is told before a yes counts.
struct VersionStamp {
  Noun noun = Noun::contact;
  std::string id;
  std::int64_t version = 0;
};

struct Approval {
  ApprovalId id;
  RecordHead head;
  ApprovalKind kind = ApprovalKind::send_message;
  ApprovalStatus status = ApprovalStatus::pending;
  std::string tool;            // what runs at the yes
  std::string arguments;       // its arguments as canonical JSON, names already resolved to refs
  std::string summary;         // one line: "E-mail to Ana Ruiz: Checking in"
  std::string card;            // the bytes the owner is shown; part of what is hashed
  std::string canonical;       // what a yes allows, byte for byte
  std::string fingerprint;     // SHA-256 of `canonical`
  ContactId contact;
  LeadId lead;
  MessageId message;           // for send_message
  std::vector<VersionStamp> stamps;
  std::string procedure_version;  // "crm 1.0 3f2a…" when parked
  ConversationId conversation;    // where it was asked, empty for a scheduled proposal
  RunId run;
  Instant asked_at, expires_at;
  std::optional<Instant> remind_at;  // "later" moves this, not the bytes
  std::optional<Instant> decided_at;
  UserId decided_by;
  std::string decided_where;  // "terminal", "command line", "slack": the channel of proof
  std::string note;           // why it was rejected, stopped or superseded; the owner's words or the guard's
  ApprovalId replaces;        // the card this one was redrawn from
};

struct Grant {
  GrantId id;
  RecordHead head;
  ApprovalId approval;          // the yes it came from, empty for a standing auto-send grant
  OutboxId outbox;              // the one row it belongs to, empty for a standing grant
  std::string fingerprint;      // exact bytes; empty for a standing grant
  UserId granted_by;
  Instant granted_at, expires_at;
  std::optional<Instant> used_at, revoked_at;
  // A standing auto-send grant is scoped: all of these must hold (HS1's exception, S2-FU2).
  bool standing = false;
  std::string template_stage, channel;  // which drafting template, which channel
  int uses_max = 0, uses = 0;
};

enum class EffectKind { customer_message, quickbooks_customer, owner_notice };
enum class OutboxState { queued, attempting, sent, refused, delivery_unknown, not_configured, cancelled, bounced };
std::string_view name_of(EffectKind kind);
std::string_view name_of(OutboxState state);
std::optional<EffectKind> parse_effect_kind(std::string_view name);
std::optional<OutboxState> parse_outbox_state(std::string_view name);
// The legal moves of design 1.5.
bool may_move(OutboxState from, OutboxState to);

struct OutboxRow {
  OutboxId id;
  RecordHead head;
  EffectKind kind = EffectKind::customer_message;
  OutboxState state = OutboxState::queued;
  GrantId grant;             // empty only for owner_notice
  ApprovalId approval;
  MessageId message;
  ContactId contact;
  std::string canonical;     // what leaves, byte for byte
  std::string fingerprint;
  std::string request_id;    // our own key towards the provider: Message-ID or QuickBooks requestid
  UserId notice_to;          // owner_notice: a user of this org; never an address from arguments
  int attempts = 0;
  Instant not_before, expires_at;
  std::optional<Instant> attempted_at, settled_at;
  std::string result;        // what the provider or the folder said, one line
};

}  // namespace deskhand
