// Whether nobody is to be asked to write to or to call a person: archived, or marked as not to be contacted. Of one merged into
// another the marks of whoever stands for both now count.
//
// Thread rule: a constant.
#pragma once

#include <string_view>

namespace deskhand::store {

// A number, 0 when nothing stands against it, of a query that joins contacts as c (no row: nobody, and nothing does) and
// has the org as $1. Few people are merged ones, so the rest are told by the row that was joined.
inline constexpr std::string_view kBarred =
    "CASE WHEN c.root_id IS NULL THEN COALESCE(c.archived + c.do_not_contact, 0) ELSE COALESCE((WITH RECURSIVE chain (id, "
    "root_id, mark) AS (SELECT x.id, x.root_id, x.archived + x.do_not_contact FROM contacts x WHERE x.org_id = $1 AND x.id = "
    "c.root_id UNION SELECT y.id, y.root_id, y.archived + y.do_not_contact FROM chain JOIN contacts y ON y.org_id = $1 AND "
    "y.id = chain.root_id) SELECT mark FROM chain WHERE root_id IS NULL), 0) END";

}  // namespace deskhand::store
