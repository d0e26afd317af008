// What became of one mail, as `ingest email --json` tells it.
//
// Thread rule: value types.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/json_fwd.h"
#include "ports/store/intake_store.h"

namespace deskhand::intake {

struct ContactSummary {
  std::string ref, name;
  std::vector<std::string> phones, emails;  // E.164 and folded, the primary first
};
struct LeadSummary {
  std::string ref, title, source;
  bool urgent = false;
};

struct MailOutcome {
  std::string id;          // of the stored mail
  std::string file;        // the label it was handed in with
  std::string message_id;
  IntakeAction action = IntakeAction::needs_reading;
  bool is_inquiry = false;
  std::optional<ContactSummary> contact;
  std::optional<LeadSummary> lead;
  std::string interaction;  // I-88, or ""
  std::vector<std::string> notices;  // sentences for the owner, built from rows; outside text in them is plain text
  std::string kind, reason;          // how the mail was judged
  std::vector<std::string> flags;    // reply_to_differs, look_alike_address, address_not_on_file, do_not_contact
  std::string bounced;               // the Message-ID of ours that came back, or ""
};

// Keys in the order of the contract: file, message_id, action, is_inquiry, contact, lead, interaction, notices; then more.
OrderedJson to_json(const MailOutcome& outcome);
// One line for a terminal: "mail.eml: new lead L-7 for Ana Ruiz (C-12): Leaking faucet".
std::string to_line(const MailOutcome& outcome);

}  // namespace deskhand::intake
