// Gathers what the guards need to know about an action's effects, from inside the unit of work that would do it.
//
// Thread rule: as the Txn. Codes: those of the store. A fact no effect needs stays absent.
#pragma once

#include <vector>

#include "base/result.h"
#include "ports/guard.h"
#include "ports/store/store.h"

namespace deskhand::toolbox {

Result<Facts> gather_facts(const std::vector<Effect>& effects, Txn& txn, Instant now);

}  // namespace deskhand::toolbox
