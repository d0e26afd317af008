#include "store/outbox_store.h"

#include "base/hash.h"

namespace deskhand::store {
namespace {

constexpr std::string_view kOutboxColumns =
    "id, ref_number, version, created_at, updated_at, kind, state, grant_id, approval_id, message_id, contact_id, "
    "canonical, fingerprint, "
    "request_id, notice_to, attempts, not_before, expires_at, attempted_at, settled_at, result";

Result<OutboxRow> read_outbox(const Row& row) {
  ColumnReader in(row);
  OutboxRow outbox;
  outbox.id = in.id<OutboxId>();
  outbox.head = in.head();
  outbox.kind = in.name(parse_effect_kind);
  outbox.state = in.name(parse_outbox_state);
  outbox.grant = in.id<GrantId>();
  outbox.approval = in.id<ApprovalId>();
  outbox.message = in.id<MessageId>();
  outbox.contact = in.id<ContactId>();
  outbox.canonical = in.text();
  outbox.fingerprint = in.text();
  outbox.request_id = in.text();
  outbox.notice_to = in.id<UserId>();
  outbox.attempts = static_cast<int>(in.number());
  outbox.not_before = in.instant();
  outbox.expires_at = in.instant();
  outbox.attempted_at = in.maybe_instant();
  outbox.settled_at = in.maybe_instant();
  outbox.result = in.text();
  return in.finish(std::move(outbox));
}

Fields outbox_fields(const OutboxRow& row) {
  return {{"kind", text(name_of(row.kind))},
          {"state", text(name_of(row.state))},
          {"grant_id", id(row.grant)},
          {"approval_id", id(row.approval)},
          {"message_id", id(row.message)},
          {"contact_id", id(row.contact)},
          {"canonical", blob(row.canonical)},
          {"fingerprint", row.fingerprint},
          {"request_id", row.request_id},
          {"notice_to", id(row.notice_to)},
          {"attempts", number(0)},
          {"not_before", instant(row.not_before)},
          {"expires_at", instant(row.expires_at)},
          {"result", row.result}};
}

const RecordTable& outbox() { return record_table("outbox"); }

std::string ref_of(const OutboxRow& row) { return Ref{ref_prefix::kOutbox, row.head.ref_number}.text(); }

}  // namespace

Result<OutboxRow> SqlOutboxStore::insert(OutboxRow row) {
  if (row.kind != EffectKind::owner_notice && row.fingerprint != sha256_hex(row.canonical)) {
    return make_error(Code::forbidden, "What would leave is not what its fingerprint says; nothing leaves.");
  }
  std::string id = row.id.text();
  if (id.empty()) id = session_.new_id();
  Done inserted = session_.insert(outbox(), id, row.head, outbox_fields(row));
  if (!inserted) return inserted.error();
  row.id = OutboxId(id);
  if (!row.grant.empty()) {
    // From here on the grant belongs to this row alone.
    Done bound = change_grant(row,
                              "UPDATE grants SET outbox_id = $3, version = version + 1, updated_at = $4 "
                              "WHERE org_id = $1 AND id = $2 AND outbox_id IS NULL RETURNING id",
                              {id, instant(session_.now())}, false);
    if (!bound) return bound.error();
  }
  return find(row.id);
}

Result<OutboxRow> SqlOutboxStore::find(const OutboxId& id) const {
  return session_.one("SELECT " + std::string(kOutboxColumns) + " FROM outbox WHERE org_id = $1 AND id = $2", {id.text()},
                      read_outbox, "outbox row of that name");
}

Result<OutboxRow> SqlOutboxStore::find_by_ref(std::int64_t number) const {
  return session_.one("SELECT " + std::string(kOutboxColumns) + " FROM outbox WHERE org_id = $1 AND ref_number = $2",
                      {number}, read_outbox, "outbox row " + Ref{ref_prefix::kOutbox, number}.text());
}

Result<std::vector<OutboxRow>> SqlOutboxStore::list(std::optional<OutboxState> state, std::size_t rows_max) const {
  if (!state) {
    return session_.all(
        "SELECT " + std::string(kOutboxColumns) + " FROM outbox WHERE org_id = $1 ORDER BY ref_number DESC LIMIT $2",
        {page(rows_max)}, read_outbox);
  }
  return session_.all(
      "SELECT " + std::string(kOutboxColumns) +
          " FROM outbox WHERE org_id = $1 AND state = $2 ORDER BY created_at DESC, ref_number DESC LIMIT $3",
      {text(name_of(*state)), page(rows_max)}, read_outbox);
}

Result<std::vector<OutboxRow>> SqlOutboxStore::of_message(const MessageId& message) const {
  return session_.all("SELECT " + std::string(kOutboxColumns) +
                          " FROM outbox WHERE org_id = $1 AND message_id = $2 ORDER BY ref_number LIMIT $3",
                      {message.text(), page(limits::kPageRowsMax)}, read_outbox);
}

Result<OutboxRow> SqlOutboxStore::begin_attempt(const OutboxId& id, Instant now) {
  Result<OutboxRow> row = find(id);
  if (!row) return row.error();
  bool mine = false;
  Done taken = session_.capture(outbox(), id.text(), [&]() -> Done {
    Result<bool> hit = session_.exists(
        "UPDATE outbox SET state = 'attempting', attempts = attempts + 1, attempted_at = $3, settled_at = NULL, "
        "version = version + 1, "
        "updated_at = $3 WHERE org_id = $1 AND id = $2 AND state = 'queued' AND not_before <= $3 AND expires_at > $3 "
        "AND (kind = 'owner_notice' OR EXISTS (SELECT 1 FROM grants g WHERE g.org_id = $1 AND g.id = outbox.grant_id "
        "AND g.outbox_id = outbox.id AND g.fingerprint = outbox.fingerprint AND g.used_at IS NULL AND g.revoked_at IS "
        "NULL "
        "AND g.expires_at > $3)) RETURNING id",
        {id.text(), instant(now)});
    if (!hit) return hit.error();
    mine = *hit;
    return {};
  });
  if (!taken) return taken.error();
  if (!mine) {
    return make_error(Code::conflict, ref_of(*row) + " can not be sent now: it is " + std::string(name_of(row->state)) +
                                          ", not due, expired, or its approval is used up or revoked.");
  }
  if (!row->grant.empty()) {
    Done used = change_grant(*row,
                             "UPDATE grants SET used_at = $3, version = version + 1, updated_at = $3 "
                             "WHERE org_id = $1 AND id = $2 AND used_at IS NULL RETURNING id",
                             {instant(now)}, true);
    if (!used) return used.error();
  }
  Done leased = lease(id, now.plus_seconds(limits::kOutboxLeaseSeconds));
  if (!leased) return leased.error();
  return find(id);
}

Result<OutboxRow> SqlOutboxStore::settle(const OutboxId& id, OutboxState from, OutboxState to, std::string_view result,
                                         Instant now, std::optional<Instant> retry_at) {
  if (!may_move(from, to) || to == OutboxState::attempting || retry_at.has_value() != (to == OutboxState::queued)) {
    return make_error(Code::conflict, "An outbox row can not go from " + std::string(name_of(from)) + " to " +
                                          std::string(name_of(to)) + " that way.");
  }
  Result<OutboxRow> row = find(id);
  if (!row) return row.error();
  bool mine = false;
  Done settled = session_.capture(outbox(), id.text(), [&]() -> Done {
    Result<bool> hit = session_.exists(
        "UPDATE outbox SET state = $4, result = $5, settled_at = $6, not_before = COALESCE($7, not_before), version = "
        "version + 1, "
        "updated_at = $6 WHERE org_id = $1 AND id = $2 AND state = $3 RETURNING id",
        {id.text(), text(name_of(from)), text(name_of(to)), text(result), instant(now), instant(retry_at)});
    if (!hit) return hit.error();
    mine = *hit;
    return {};
  });
  if (!settled) return settled.error();
  if (!mine)
    return make_error(Code::conflict,
                      ref_of(*row) + " is " + std::string(name_of(row->state)) + " by now; look at it again.");
  if (!row->grant.empty() && (to == OutboxState::queued || to == OutboxState::not_configured)) {
    // It provably did not leave: the yes stands, for this row only.
    Done live = change_grant(*row,
                             "UPDATE grants SET used_at = NULL, version = version + 1, updated_at = $4 "
                             "WHERE org_id = $1 AND id = $2 AND outbox_id = $3 AND used_at IS NOT NULL RETURNING id",
                             {id.text(), instant(now)}, false);
    if (!live) return live.error();
  }
  Done released = lease(id, now);
  if (!released) return released.error();
  return find(id);
}

Done SqlOutboxStore::change_grant(const OutboxRow& row, std::string_view sql, Values values, bool must_hit) {
  return session_.capture(record_table("grants"), row.grant.text(), [&]() -> Done {
    values.insert(values.begin(), Value{row.grant.text()});
    Result<bool> hit = session_.exists(sql, std::move(values));
    if (!hit) return hit.error();
    if (!*hit && must_hit) return make_error(Code::conflict, "The approval behind this is already used.");
    return {};
  });
}

Done SqlOutboxStore::lease(const OutboxId& id, Instant until) {
  return session_.run(
      "INSERT INTO outbox_leases (org_id, outbox_id, lease_until) VALUES ($1, $2, $3) "
      "ON CONFLICT (org_id, outbox_id) DO UPDATE SET lease_until = excluded.lease_until",
      {id.text(), instant(until)});
}

// What may have left counts as sent: this figure is compared with a daily cap.
Result<std::int64_t> SqlOutboxStore::count_sent_since(Instant since) const {
  return session_.integer(
      "SELECT COUNT(*) FROM outbox WHERE org_id = $1 AND kind = 'customer_message' AND attempted_at >= $2 "
      "AND state IN ('attempting', 'sent', 'bounced', 'delivery_unknown')",
      {instant(since)});
}

}  // namespace deskhand::store
