// The queries across orgs: a closed list, used by the SystemHandle of each engine and by nothing else. Every other
// statement of the store is bound to one org.
//
// Thread rule: part of the transaction its connection has open.
#pragma once

#include <string_view>
#include <vector>

#include "base/result.h"
#include "ports/clock.h"
#include "ports/random.h"
#include "ports/store/store.h"
#include "store/driver.h"

namespace deskhand::store {

Result<Org> create_org(Connection& connection, Org org, User owner, const Clock& clock, Random& random);
Result<std::vector<Org>> all_orgs(Connection& connection);
Result<Org> org_of_slug(Connection& connection, std::string_view slug);
Result<std::vector<DueOutbox>> lease_due_outbox(Connection& connection, Instant now, std::int64_t lease_seconds,
                                                std::size_t rows_max);
Result<std::vector<DueOutbox>> stranded_rows(Connection& connection, Instant now, std::size_t rows_max);

}  // namespace deskhand::store
