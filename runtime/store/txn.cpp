#include "store/txn.h"

#include <exception>

namespace deskhand::store {

Done run_unit(Session& session, const UnitOfWork& work) {
  Result<bool> known = session.exists("SELECT 1 FROM orgs WHERE org_id = $1", {});
  if (!known) return known.error();
  if (!*known)
    return make_error(Code::not_found, "There is no such business in this data folder.", session.org().text());
  SqlTxn txn(session);
  try {
    Done done = work(txn);
    if (!done) return done;
  } catch (const std::exception& fault) {
    return make_error(Code::internal, "Something went wrong inside; nothing was changed.", fault.what());
  } catch (...) {
    return make_error(Code::internal, "Something went wrong inside; nothing was changed.",
                      "an exception of unknown type");
  }
  if (session.changes.empty() && session.undoing == 0) return {};
  const std::string what = session.changes.empty() ? "an undo" : std::string(session.changes.front().table->name);
  return make_error(Code::internal, "A change would not have been in the audit log; nothing was changed.", what);
}

}  // namespace deskhand::store
