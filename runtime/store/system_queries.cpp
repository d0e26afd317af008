#include "store/system_queries.h"

#include "base/text.h"
#include "store/audit_store.h"
#include "store/org_store.h"
#include "store/session.h"

namespace deskhand::store {
namespace {

constexpr std::int64_t kOrgs = 100'000;  // businesses on one host

Result<std::vector<DueOutbox>> due_rows(Connection& connection, std::string_view sql, const Values& values) {
  std::vector<DueOutbox> due;
  Done read = connection.run(sql, values, [&](const Row& row) -> Done {
    due.push_back({OrgId(std::string(row.bytes(0))), OutboxId(std::string(row.bytes(1)))});
    return {};
  });
  if (!read) return read.error();
  return due;
}

Result<std::vector<Org>> orgs_of(Connection& connection, std::string_view condition, const Values& values) {
  std::vector<Org> orgs;
  Done read = connection.run("SELECT " + std::string(kOrgColumns) + " FROM orgs" + std::string(condition), values,
                             [&](const Row& row) -> Done {
                               Result<Org> org = read_org(row);
                               if (!org) return org.error();
                               orgs.push_back(std::move(*org));
                               return {};
                             });
  if (!read) return read.error();
  return orgs;
}

}  // namespace

Result<Org> create_org(Connection& connection, Org org, User owner, const Clock& clock, Random& random) {
  if (org.id.empty()) {
    const std::uint64_t high = random.next();
    org.id = OrgId(uuid_v7(clock.now().unix_ms(), high, random.next()));
  }
  Session session(connection, org.id, clock, random, Session::Access::write);
  Done inserted = insert_org(session, org);
  if (!inserted) {
    if (inserted.error().code != Code::conflict) return inserted.error();
    return make_error(Code::conflict,
                      "There is already a business called \"" + shorten(printable_line(org.slug), 80) + "\".");
  }
  SqlOrgStore users(session);
  Result<User> stored = users.insert(std::move(owner));
  if (!stored) return stored.error();
  AuditEntry entry;
  entry.at = session.now();
  entry.actor = "system";
  entry.action = "create_org";
  entry.subject = org.slug;
  entry.verdict = "allow";
  Result<AuditEntry> noted = SqlAuditStore(session).append(std::move(entry), false);
  if (!noted) return noted.error();
  return org;
}

Result<std::vector<Org>> all_orgs(Connection& connection) {
  return orgs_of(connection, " ORDER BY slug LIMIT $1", {kOrgs});
}

Result<Org> org_of_slug(Connection& connection, std::string_view slug) {
  Result<std::vector<Org>> orgs = orgs_of(connection, " WHERE slug = $1", {std::string(slug)});
  if (!orgs) return orgs.error();
  if (orgs->empty()) return Session::none_of("business called \"" + shorten(printable_line(slug), 80) + "\"");
  return std::move(orgs->front());
}

Result<std::vector<DueOutbox>> lease_due_outbox(Connection& connection, Instant now, std::int64_t lease_seconds,
                                                std::size_t rows_max) {
  Result<std::vector<DueOutbox>> due = due_rows(
      connection,
      "SELECT o.org_id, o.id FROM outbox o LEFT JOIN outbox_leases l ON l.org_id = o.org_id AND l.outbox_id = o.id "
      "WHERE o.state = 'queued' AND o.not_before <= $1 AND o.expires_at > $1 AND (l.lease_until IS NULL OR "
      "l.lease_until <= $1) "
      "ORDER BY o.not_before, o.org_id, o.ref_number LIMIT $2",
      {now.us, page(rows_max)});
  if (!due) return due;
  for (const DueOutbox& row : *due) {
    Done leased = connection.run(
        "INSERT INTO outbox_leases (org_id, outbox_id, lease_until) VALUES ($1, $2, $3) "
        "ON CONFLICT (org_id, outbox_id) DO UPDATE SET lease_until = excluded.lease_until",
        {row.org.text(), row.id.text(), now.plus_seconds(lease_seconds).us}, {});
    if (!leased) return leased.error();
  }
  return due;
}

Result<std::vector<DueOutbox>> stranded_rows(Connection& connection, Instant now, std::size_t rows_max) {
  return due_rows(
      connection,
      "SELECT o.org_id, o.id FROM outbox o LEFT JOIN outbox_leases l ON l.org_id = o.org_id AND l.outbox_id = o.id "
      "WHERE o.state = 'attempting' AND (l.lease_until IS NULL OR l.lease_until <= $1) ORDER BY o.attempted_at, o.id "
      "LIMIT $2",
      {now.us, page(rows_max)});
}

}  // namespace deskhand::store
