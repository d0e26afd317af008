// Store and SystemHandle over one Database.
//
// Thread rule: thread-safe. Ownership: both share the Database, because either may be dropped first; clock and random
// outlive them.
#pragma once

#include <memory>

#include "ports/clock.h"
#include "ports/random.h"
#include "ports/store/store.h"
#include "store/sqlite/database.h"

namespace deskhand::store {

class SqliteStore final : public Store {
 public:
  SqliteStore(std::shared_ptr<Database> database, const Clock& clock, Random& random)
      : database_(std::move(database)), clock_(clock), random_(random) {}

  Done write(const OrgId& org, const UnitOfWork& work) override;
  Done read(const OrgId& org, const UnitOfWork& work) const override;

 private:
  std::shared_ptr<Database> database_;
  const Clock& clock_;
  Random& random_;
};

class SqliteSystemHandle final : public SystemHandle {
 public:
  SqliteSystemHandle(std::shared_ptr<Database> database, const Clock& clock, Random& random)
      : database_(std::move(database)), clock_(clock), random_(random) {}

  Result<Org> create_org(Org org, User owner) override;
  Result<std::vector<Org>> orgs() const override;
  Result<Org> find_org_by_slug(std::string_view slug) const override;
  Result<std::vector<DueOutbox>> lease_outbox(Instant now, std::int64_t lease_seconds, std::size_t rows_max) override;
  Result<std::vector<DueOutbox>> stranded_outbox(Instant now, std::size_t rows_max) const override;
  Result<VerifyReport> verify(const OrgId& org) const override;
  Done check_integrity() const override;
  Done backup_to(const std::string& path) override;

 private:
  std::shared_ptr<Database> database_;
  const Clock& clock_;
  Random& random_;
};

}  // namespace deskhand::store
