// What the taking in of a mail and its reading afterwards have in common: who calls the tools, and how the row of a mail, the
// tools' results and what is told of them belong together.
//
// Thread rule: pure functions but for reads through the caller's Txn.
#pragma once

#include <string>
#include <vector>

#include "base/json_fwd.h"
#include "intake/mail_outcome.h"
#include "intake/own_identity.h"
#include "ports/store/store.h"
#include "toolbox/toolbox.h"

namespace deskhand::intake {

Actor mail_actor();  // "system on email"
Result<OwnIdentity> own_identity(Txn& txn, const std::vector<std::string>& more_addresses);

// The contact and lead a settled mail stands on, as they are now.
Done summarise(const InboundRecord& record, Txn& txn, MailOutcome& outcome);
MailOutcome outcome_of(const InboundRecord& record);

// What the main call made: the refs in its data become the ids in the record of the mail.
Done read_result(const toolbox::CallResult& result, Txn& txn, InboundRecord& record);
void note_parked(const toolbox::CallResult& result, std::vector<std::string>& notices);

// Not the call but the store failed: nothing was decided, and the same may be tried again.
bool is_storage_trouble(const toolbox::CallResult& result);

}  // namespace deskhand::intake
