#include "store/sqlite/sqlite_store.h"

#include "store/sqlite/backup.h"
#include "store/system_queries.h"
#include "store/txn.h"
#include "store/verify.h"

namespace deskhand::store {

Done SqliteStore::write(const OrgId& org, const UnitOfWork& work) {
  return database_->write([&](Connection& connection) {
    Session session(connection, org, clock_, random_, Session::Access::write);
    return run_unit(session, work);
  });
}

Done SqliteStore::read(const OrgId& org, const UnitOfWork& work) const {
  return database_->read([&](Connection& connection) {
    Session session(connection, org, clock_, random_, Session::Access::read);
    return run_unit(session, work);
  });
}

Result<Org> SqliteSystemHandle::create_org(Org org, User owner) {
  Result<Org> created = Org{};
  Done done = database_->write([&](Connection& connection) -> Done {
    created = store::create_org(connection, org, owner, clock_, random_);
    return created ? Done{} : Done(created.error());
  });
  if (!done) return done.error();
  return created;
}

Result<std::vector<Org>> SqliteSystemHandle::orgs() const {
  Result<std::vector<Org>> orgs = std::vector<Org>{};
  Done done = database_->read([&](Connection& connection) -> Done {
    orgs = all_orgs(connection);
    return {};
  });
  if (!done) return done.error();
  return orgs;
}

Result<Org> SqliteSystemHandle::find_org_by_slug(std::string_view slug) const {
  Result<Org> org = Org{};
  Done done = database_->read([&](Connection& connection) -> Done {
    org = org_of_slug(connection, slug);
    return {};
  });
  if (!done) return done.error();
  return org;
}

Result<std::vector<DueOutbox>> SqliteSystemHandle::lease_outbox(Instant now, std::int64_t lease_seconds,
                                                                std::size_t rows_max) {
  Result<std::vector<DueOutbox>> due = std::vector<DueOutbox>{};
  Done done = database_->write([&](Connection& connection) -> Done {
    due = lease_due_outbox(connection, now, lease_seconds, rows_max);
    return due ? Done{} : Done(due.error());
  });
  if (!done) return done.error();
  return due;
}

Result<std::vector<DueOutbox>> SqliteSystemHandle::stranded_outbox(Instant now, std::size_t rows_max) const {
  Result<std::vector<DueOutbox>> stranded = std::vector<DueOutbox>{};
  Done done = database_->read([&](Connection& connection) -> Done {
    stranded = stranded_rows(connection, now, rows_max);
    return {};
  });
  if (!done) return done.error();
  return stranded;
}

Result<VerifyReport> SqliteSystemHandle::verify(const OrgId& org) const {
  Result<VerifyReport> report = VerifyReport{};
  Done done = database_->read([&](Connection& connection) -> Done {
    Session session(connection, org, clock_, random_, Session::Access::read);
    report = verify_org(session);
    return {};
  });
  if (!done) return done.error();
  return report;
}

Done SqliteSystemHandle::check_integrity() const {
  Done file = database_->read(check_file);
  if (!file || !database_->writable()) return file;
  // FTS5 checks itself by a command that looks like a write.
  Done index = database_->write([](Connection& connection) {
    return connection.run("INSERT INTO search_index (search_index, rank) VALUES ('integrity-check', 1)", {}, {});
  });
  if (index || index.error().code != Code::corrupt) return index;
  Done rebuilt = database_->write([](Connection& connection) {
    return connection.run("INSERT INTO search_index (search_index) VALUES ('rebuild')", {}, {});
  });
  if (!rebuilt) return rebuilt;
  return make_error(Code::corrupt, "The search index was damaged and has been built anew; check the disk.",
                    index.error().detail);
}

Done SqliteSystemHandle::backup_to(const std::string& path) {
  return back_up(*database_, path, path + ".part-" + std::to_string(random_.next() % 1'000'000'000));
}

}  // namespace deskhand::store
