// What becomes of a draft whose approved message did not leave: it can be worded again, and sending it needs a new yes.
//
// Thread rule: within the caller's unit of work. Codes: those of the store.
#pragma once

#include "crm/approval.h"
#include "ports/store/store.h"

namespace deskhand::toolbox {

// The draft of that row, approved until now, is open again. Nothing when the row is about no draft, or it is not approved.
Done reopen_draft(Txn& txn, const OutboxRow& row);

}  // namespace deskhand::toolbox
