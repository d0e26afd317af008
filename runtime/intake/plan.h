// What is to be done with a mail: decided from what it says and what the record knows, without writing anything.
//
// Thread rule: pure but for reads through the caller's Txn. Codes: those of the store.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/json_fwd.h"
#include "intake/checked_answer.h"
#include "intake/intent.h"
#include "intake/mail_outcome.h"
#include "intake/standing.h"

namespace deskhand::intake {

struct PlannedCall {
  std::string tool;
  std::shared_ptr<const Json> arguments;
};

struct Plan {
  IntakeAction action = IntakeAction::needs_reading;
  bool is_inquiry = false;
  std::string kind, reason;
  std::vector<PlannedCall>
      before;  // each may run twice without harm: a bounce, "do not contact", a proposal for the owner
  std::optional<PlannedCall> main;  // settles the mail in its own transaction
  std::vector<std::string> notices, flags;
  std::string bounced;
  ContactId contact;  // where no call says it: the contact and lead of the mail this one repeats
  LeadId lead;
  std::string extraction;  // JSON for the record of the mail
  std::string answers;
};

// `answer`: what a model copied out of it and the check let through, where one has read it.
Result<Plan> plan_mail(const InboundMail& mail, const OwnIdentity& own, Txn& txn, const CheckedAnswer* answer = nullptr);

// A website or a group address of the business sends customers' mail on in its own name and puts the customer into
// Reply-To: the mail as its writer would have sent it, where that is somebody else.
std::optional<InboundMail> as_its_writer_sent_it(const InboundMail& mail, const OwnIdentity& own);

}  // namespace deskhand::intake
