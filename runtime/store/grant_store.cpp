// The grants part of ApprovalStore.
#include "store/approval_store.h"

namespace deskhand::store {
namespace {

constexpr std::string_view kGrantColumns =
    "id, ref_number, version, created_at, updated_at, approval_id, outbox_id, fingerprint, granted_by, granted_at, "
    "expires_at, used_at, "
    "revoked_at, standing, template_stage, channel, uses_max, uses";

Result<Grant> read_grant(const Row& row) {
  ColumnReader in(row);
  Grant grant;
  grant.id = in.id<GrantId>();
  grant.head = in.head();
  grant.approval = in.id<ApprovalId>();
  grant.outbox = in.id<OutboxId>();
  grant.fingerprint = in.text();
  grant.granted_by = in.id<UserId>();
  grant.granted_at = in.instant();
  grant.expires_at = in.instant();
  grant.used_at = in.maybe_instant();
  grant.revoked_at = in.maybe_instant();
  grant.standing = in.flag();
  grant.template_stage = in.text();
  grant.channel = in.text();
  grant.uses_max = static_cast<int>(in.number());
  grant.uses = static_cast<int>(in.number());
  return in.finish(std::move(grant));
}

const RecordTable& grants() { return record_table("grants"); }

}  // namespace

Result<Grant> SqlApprovalStore::insert(Grant grant) {
  std::string id = grant.id.text();
  Done inserted = session_.insert(grants(), id, grant.head,
                                  {{"approval_id", store::id(grant.approval)},
                                   {"outbox_id", store::id(grant.outbox)},
                                   {"fingerprint", grant.fingerprint},
                                   {"granted_by", store::id(grant.granted_by)},
                                   {"granted_at", instant(grant.granted_at)},
                                   {"expires_at", instant(grant.expires_at)},
                                   {"used_at", instant(grant.used_at)},
                                   {"revoked_at", instant(grant.revoked_at)},
                                   {"standing", flag(grant.standing)},
                                   {"template_stage", grant.template_stage},
                                   {"channel", grant.channel},
                                   {"uses_max", number(grant.uses_max)},
                                   {"uses", number(grant.uses)}});
  if (!inserted) return inserted.error();
  return find_grant(GrantId(id));
}

Result<Grant> SqlApprovalStore::find_grant(const GrantId& id) const {
  return session_.one("SELECT " + std::string(kGrantColumns) + " FROM grants WHERE org_id = $1 AND id = $2", {id.text()},
                      read_grant, "grant of that name");
}

Result<Grant> SqlApprovalStore::find_grant_by_ref(std::int64_t number) const {
  return session_.one("SELECT " + std::string(kGrantColumns) + " FROM grants WHERE org_id = $1 AND ref_number = $2",
                      {number}, read_grant, "grant " + Ref{ref_prefix::kGrant, number}.text());
}

Result<std::vector<Grant>> SqlApprovalStore::standing_grants(Instant now) const {
  return session_.all("SELECT " + std::string(kGrantColumns) +
                          " FROM grants WHERE org_id = $1 AND standing = 1 AND revoked_at IS NULL AND expires_at > $2 "
                          "AND uses < uses_max "
                          "ORDER BY ref_number LIMIT $3",
                      {instant(now), page(limits::kPageRowsMax)}, read_grant);
}

Result<std::vector<Grant>> SqlApprovalStore::all_standing_grants(std::size_t rows_max) const {
  return session_.all("SELECT " + std::string(kGrantColumns) +
                          " FROM grants WHERE org_id = $1 AND standing = 1 ORDER BY ref_number DESC LIMIT $2",
                      {page(rows_max)}, read_grant);
}

Done SqlApprovalStore::revoke(const GrantId& id, Instant at) {
  Result<bool> revoked = change_if(grants(), id.text(),
                                   "UPDATE grants SET revoked_at = $3, version = version + 1, updated_at = $3 "
                                   "WHERE org_id = $1 AND id = $2 AND revoked_at IS NULL RETURNING id",
                                   {id.text(), instant(at)});
  if (!revoked) return revoked.error();
  return *revoked ? Done{} : make_error(Code::conflict, "This grant is already revoked.");
}

Done SqlApprovalStore::count_use(const GrantId& id, Instant now) {
  Result<bool> used = change_if(
      grants(), id.text(),
      "UPDATE grants SET uses = uses + 1, version = version + 1, updated_at = $3 WHERE org_id = $1 AND id = $2 "
      "AND standing = 1 AND revoked_at IS NULL AND expires_at > $3 AND uses < uses_max RETURNING id",
      {id.text(), instant(now)});
  if (!used) return used.error();
  return *used ? Done{} : make_error(Code::conflict, "This auto-send grant is used up, expired or revoked.");
}

}  // namespace deskhand::store
