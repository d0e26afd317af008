// What searching sees of each record, and the tag index. Called after every write and after an undo; reads the stored
// rows, so that whatever was written is what is found.
//
// Thread rule: part of a Txn.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"

namespace deskhand::store {

class Session;

// Refreshes the text of one row of contacts, contact_points, companies, leads or opportunities, and of the records that
// show its name; nothing to do for other tables.
Done index_record(Session& session, std::string_view table, const std::string& id);

}  // namespace deskhand::store
