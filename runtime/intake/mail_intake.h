// The way of one mail onto the record (design 2 [2], S2-EV1): stored and committed raw, then read, judged and matched by code, then
// written by the same tools as everything else, as the actor "system on email". The same path serves `ingest email` and live mailboxes.
//
// Nothing a mail says chooses a tool, a recipient or a record: tools are called by what this code decided, with values that were read
// from the text and stand under its origin. Identity fields of a contact on file change only through a parked approval.
//
// Thread rule: take() may be called from several threads and processes at once; a mail is settled by one of them. References must
// outlive the object. Bounds: limits::kMailBytes a mail.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "intake/mail_outcome.h"
#include "ports/inbound_mail.h"
#include "ports/store/store.h"
#include "toolbox/toolbox.h"

namespace deskhand::intake {

struct MailIntakeSettings {
  std::vector<std::string> own_addresses;  // configured ones, besides those of the org and its people
  std::string procedure_version;
  // A model is to read the mails afterwards (mail_reader.h). Taking in never waits for it.
  bool is_read_later = false;
};

// Who hears what the owner has to know: whoever hands the mail in and shows its outcome, or the owners by their channels.
enum class Telling { caller, owners };

class MailIntake {
 public:
  MailIntake(Store& store, const toolbox::Toolbox& toolbox, const MailParser& parser, MailIntakeSettings settings);

  // One mail with everything that follows from it. A mail that can not be read is kept and its outcome is needs_reading: that is no
  // error. Codes: unavailable and unknown_outcome (the store; the mail may be handed in again: it is settled once), limit_exceeded
  // (larger than limits::kMailBytes; not kept), invalid_argument (empty).
  Result<MailOutcome> take(const OrgId& org, std::string_view raw, std::string_view label, Telling telling = Telling::caller) const;

  // Mails that were stored by a process that died before it had settled them, oldest first, at most limits::kPageRowsMax.
  Result<std::vector<MailOutcome>> resume(const OrgId& org, Telling telling = Telling::caller) const;

 private:
  Result<MailOutcome> settle(const OrgId& org, InboundRecord record, std::string_view raw, Telling telling) const;

  Store& store_;
  const toolbox::Toolbox& toolbox_;
  const MailParser& parser_;
  MailIntakeSettings settings_;
};

}  // namespace deskhand::intake
