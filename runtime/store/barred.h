// The condition that nobody is to be asked to write to or to call a person: archived, or marked as not to be contacted. Of
// one merged into another the marks of whoever stands for both now count.
//
// Thread rule: pure function. Ownership: returns its text.
#pragma once

#include <string>
#include <string_view>

namespace deskhand::store {

// `contact`: an expression of the outer query that names a contact's id; NULL is nobody, and nobody is not barred. The
// org is $1.
inline std::string is_barred(std::string_view contact) {
  return "EXISTS (WITH RECURSIVE chain (id, root_id, mark) AS (SELECT x.id, x.root_id, x.archived + x.do_not_contact FROM "
         "contacts x WHERE x.org_id = $1 AND x.id = " +
         std::string(contact) +
         " UNION SELECT y.id, y.root_id, y.archived + y.do_not_contact FROM chain JOIN contacts y ON y.org_id = $1 AND "
         "y.id = chain.root_id) SELECT 1 FROM chain WHERE root_id IS NULL AND mark > 0)";
}

}  // namespace deskhand::store
