// The org's own row, its users and settings in SQL; ports/store/org_store.h says what each method promises.
//
// Thread rule: part of a Txn.
#pragma once

#include "ports/store/org_store.h"
#include "store/session.h"

namespace deskhand::store {

class SqlOrgStore final : public OrgStore {
 public:
  explicit SqlOrgStore(Session& session) : session_(session) {}

  Result<Org> get() const override;
  Result<Org> update(Org org) override;
  Result<User> insert(User user) override;
  Result<User> update(User user) override;
  Result<User> find_user(const UserId& id) const override;
  Result<User> find_user_by_login(std::string_view login) const override;
  Result<std::vector<User>> users() const override;
  Result<std::string> setting(std::string_view name) const override;
  Done set_setting(std::string_view name, std::string_view value) override;

 private:
  Session& session_;
};

inline constexpr std::string_view kOrgColumns =
    "id, ref_number, version, created_at, updated_at, slug, name, timezone, region, currency, phone, email, address, "
    "signature, "
    "service_area, business_days, holidays, open_minute, close_minute, quiet_begin_minute, quiet_end_minute, active";
Result<Org> read_org(const Row& row);
// The first row of an org, before any Txn in it can be.
Done insert_org(Session& session, Org& org);

}  // namespace deskhand::store
