// Whether the record is as the audit log says: the chain without a gap, every payload as its digest, every record row
// as the last entry that touched it left it, none missing, none added.
//
// Thread rule: pure over its session, which should stand on one snapshot. Memory is bounded: it reads row by row.
#pragma once

#include "ports/store/store.h"
#include "store/session.h"

namespace deskhand::store {

Result<VerifyReport> verify_org(Session& session);

}  // namespace deskhand::store
