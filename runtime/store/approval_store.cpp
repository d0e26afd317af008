#include "store/approval_store.h"

#include "base/hash.h"
#include "base/json.h"

namespace deskhand::store {
namespace {

constexpr std::string_view kApprovalColumns =
    "id, ref_number, version, created_at, updated_at, kind, status, tool, arguments, summary, card, canonical, "
    "fingerprint, contact_id, "
    "lead_id, message_id, stamps, procedure_version, conversation_id, run_id, asked_at, expires_at, remind_at, "
    "decided_at, decided_by, "
    "decided_where, note, replaces_id";
constexpr std::size_t kStampsBytes = 64 * 1024;  // a card speaks of a handful of records

std::string stamps_column(const std::vector<VersionStamp>& stamps) {
  if (stamps.empty()) return {};
  Json list = Json::array();
  for (const VersionStamp& stamp : stamps)
    list.push_back(Json{{"noun", noun_name(stamp.noun)}, {"id", stamp.id}, {"version", stamp.version}});
  return to_text(list);
}

Result<std::vector<VersionStamp>> read_stamps(std::string_view column) {
  std::vector<VersionStamp> stamps;
  if (column.empty()) return stamps;
  const Error damaged = make_error(Code::corrupt, "A stored approval is damaged; run `deskhand verify`.");
  const Result<Json> list = parse_json(column, kStampsBytes);
  if (!list || !list->is_array()) return damaged;
  for (const Json& each : *list) {
    if (!each.is_object() || !each.contains("noun") || !each.contains("id") || !each.contains("version"))
      return damaged;
    if (!each["noun"].is_string() || !each["id"].is_string() || !each["version"].is_number_integer()) return damaged;
    const std::optional<Noun> noun = parse_noun(each["noun"].get_ref<const std::string&>());
    if (!noun) return damaged;
    stamps.push_back({*noun, each["id"].get<std::string>(), each["version"].get<std::int64_t>()});
  }
  return stamps;
}

Result<Approval> read_approval(const Row& row) {
  ColumnReader in(row);
  Approval approval;
  approval.id = in.id<ApprovalId>();
  approval.head = in.head();
  approval.kind = in.name(parse_approval_kind);
  approval.status = in.name(parse_approval_status);
  approval.tool = in.text();
  approval.arguments = in.text();
  approval.summary = in.text();
  approval.card = in.text();
  approval.canonical = in.text();
  approval.fingerprint = in.text();
  approval.contact = in.id<ContactId>();
  approval.lead = in.id<LeadId>();
  approval.message = in.id<MessageId>();
  Result<std::vector<VersionStamp>> stamps = read_stamps(in.text());
  if (!stamps) return stamps.error();
  approval.stamps = std::move(*stamps);
  approval.procedure_version = in.text();
  approval.conversation = in.id<ConversationId>();
  approval.run = in.id<RunId>();
  approval.asked_at = in.instant();
  approval.expires_at = in.instant();
  approval.remind_at = in.maybe_instant();
  approval.decided_at = in.maybe_instant();
  approval.decided_by = in.id<UserId>();
  approval.decided_where = in.text();
  approval.note = in.text();
  approval.replaces = in.id<ApprovalId>();
  return in.finish(std::move(approval));
}

Fields approval_fields(const Approval& approval) {
  return {{"kind", text(name_of(approval.kind))},
          {"status", text(name_of(ApprovalStatus::pending))},
          {"tool", approval.tool},
          {"arguments", approval.arguments},
          {"summary", approval.summary},
          {"card", approval.card},
          {"canonical", blob(approval.canonical)},
          {"fingerprint", approval.fingerprint},
          {"contact_id", id(approval.contact)},
          {"lead_id", id(approval.lead)},
          {"message_id", id(approval.message)},
          {"stamps", stamps_column(approval.stamps)},
          {"procedure_version", approval.procedure_version},
          {"conversation_id", id(approval.conversation)},
          {"run_id", id(approval.run)},
          {"asked_at", instant(approval.asked_at)},
          {"expires_at", instant(approval.expires_at)},
          {"remind_at", instant(approval.remind_at)},
          {"decided_where", text("")},
          {"note", approval.note},
          {"replaces_id", id(approval.replaces)}};
}

const RecordTable& approvals() { return record_table("approvals"); }

}  // namespace

// An approval is born pending, whatever the caller says: only decide() makes a yes.
Result<Approval> SqlApprovalStore::insert(Approval approval) {
  if (approval.fingerprint != sha256_hex(approval.canonical)) {
    return make_error(Code::internal, "The approval's fingerprint is not that of its bytes.");
  }
  std::string id = approval.id.text();
  Done inserted = session_.insert(approvals(), id, approval.head, approval_fields(approval));
  if (!inserted) return inserted.error();
  return find(ApprovalId(id));
}

Result<Approval> SqlApprovalStore::find(const ApprovalId& id) const {
  return session_.one("SELECT " + std::string(kApprovalColumns) + " FROM approvals WHERE org_id = $1 AND id = $2", {id.text()},
                      read_approval, "approval of that name");
}

Result<Approval> SqlApprovalStore::find_by_ref(std::int64_t number) const {
  return session_.one("SELECT " + std::string(kApprovalColumns) + " FROM approvals WHERE org_id = $1 AND ref_number = $2",
                      {number}, read_approval, "approval " + Ref{ref_prefix::kApproval, number}.text());
}

Result<std::vector<Approval>> SqlApprovalStore::pending(std::size_t rows_max) const {
  return session_.all(
      "SELECT " + std::string(kApprovalColumns) +
          " FROM approvals WHERE org_id = $1 AND status = 'pending' ORDER BY asked_at, ref_number LIMIT $2",
      {number(static_cast<std::int64_t>(std::min<std::size_t>(rows_max, limits::kPendingApprovals)))}, read_approval);
}

Result<std::vector<Approval>> SqlApprovalStore::pending_of_contact(const ContactId& contact) const {
  return session_.all("SELECT " + std::string(kApprovalColumns) +
                          " FROM approvals WHERE org_id = $1 AND contact_id = $2 AND status = 'pending' ORDER BY "
                          "asked_at, ref_number LIMIT $3",
                      {contact.text(), number(limits::kPendingApprovals)}, read_approval);
}

Result<std::vector<Approval>> SqlApprovalStore::pending_of_message(const MessageId& draft_root) const {
  return session_.all("SELECT " + std::string(kApprovalColumns) +
                          " FROM approvals WHERE org_id = $1 AND status = 'pending' AND message_id IN "
                          "(SELECT m.id FROM messages m WHERE m.org_id = $1 AND m.draft_root_id = $2) ORDER BY "
                          "asked_at, ref_number LIMIT $3",
                      {draft_root.text(), number(limits::kPendingApprovals)}, read_approval);
}

Result<std::vector<Approval>> SqlApprovalStore::recent(std::size_t rows_max) const {
  return session_.all(
      "SELECT " + std::string(kApprovalColumns) + " FROM approvals WHERE org_id = $1 ORDER BY ref_number DESC LIMIT $2",
      {page(rows_max)}, read_approval);
}

Result<Approval> SqlApprovalStore::decide(const ApprovalId& id, const ApprovalDecision& decision) {
  if (decision.status != ApprovalStatus::approved && decision.status != ApprovalStatus::rejected) {
    return make_error(Code::internal, "A decision is a yes or a no.");
  }
  Result<bool> decided = change_if(approvals(), id.text(),
                                   "UPDATE approvals SET status = $4, decided_at = $5, decided_by = $6, decided_where "
                                   "= $7, note = $8, version = version + 1, "
                                   "updated_at = $5 WHERE org_id = $1 AND id = $2 AND fingerprint = $3 AND status = "
                                   "'pending' AND expires_at > $5 RETURNING id",
                                   {id.text(), decision.fingerprint, text(name_of(decision.status)),
                                    instant(decision.at), store::id(decision.by), decision.where, decision.note});
  if (!decided) return decided.error();
  if (!*decided) return why_not(id, decision);
  return find(id);
}

Error SqlApprovalStore::why_not(const ApprovalId& id, const ApprovalDecision& decision) const {
  Result<Approval> stored = find(id);
  if (!stored) return stored.error();
  const std::string ref = Ref{ref_prefix::kApproval, stored->head.ref_number}.text();
  if (stored->status != ApprovalStatus::pending) {
    return make_error(Code::conflict, ref + " is already " + std::string(name_of(stored->status)) + ".");
  }
  if (stored->expires_at <= decision.at) return make_error(Code::conflict, ref + " has expired; ask for it again.");
  return make_error(Code::conflict, ref + " no longer says what you saw; look at it again.");
}

Done SqlApprovalStore::close(const ApprovalId& id, ApprovalStatus status, std::string_view note, Instant at) {
  if (status != ApprovalStatus::expired && status != ApprovalStatus::superseded && status != ApprovalStatus::stopped) {
    return make_error(Code::internal, "Closing an approval is no decision.");
  }
  Result<bool> closed =
      change_if(approvals(), id.text(),
                "UPDATE approvals SET status = $3, note = $4, decided_at = $5, version = version + 1, updated_at = $5 "
                "WHERE org_id = $1 AND id = $2 AND status = 'pending' RETURNING id",
                {id.text(), text(name_of(status)), text(note), instant(at)});
  if (!closed) return closed.error();
  if (*closed) return {};
  return why_not(id, {.status = status, .fingerprint = {}, .by = {}, .where = {}, .note = {}, .at = at});
}

Done SqlApprovalStore::set_remind_at(const ApprovalId& id, Instant at) {
  Result<bool> set = change_if(approvals(), id.text(),
                               "UPDATE approvals SET remind_at = $3, version = version + 1, updated_at = $4 "
                               "WHERE org_id = $1 AND id = $2 AND status = 'pending' RETURNING id",
                               {id.text(), instant(at), instant(session_.now())});
  if (!set) return set.error();
  if (*set) return {};
  return why_not(id, {.status = {}, .fingerprint = {}, .by = {}, .where = {}, .note = {}, .at = session_.now()});
}

Result<std::int64_t> SqlApprovalStore::count_pending() const {
  return session_.integer("SELECT COUNT(*) FROM approvals WHERE org_id = $1 AND status = 'pending'", {});
}

Result<bool> SqlApprovalStore::change_if(const RecordTable& table, const std::string& id, std::string_view sql,
                                         Values values) {
  bool changed = false;
  Result<bool> known =
      session_.exists("SELECT 1 FROM " + std::string(table.name) + " WHERE org_id = $1 AND id = $2", {id});
  if (!known) return known.error();
  if (!*known) return Session::none_of(table.name == "grants" ? "grant of that name" : "approval of that name");
  Done captured = session_.capture(table, id, [&]() -> Done {
    Result<bool> hit = session_.exists(sql, std::move(values));
    if (!hit) return hit.error();
    changed = *hit;
    return {};
  });
  if (!captured) return captured.error();
  return changed;
}

}  // namespace deskhand::store
