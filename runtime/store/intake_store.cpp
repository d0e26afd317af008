#include "store/intake_store.h"

#include <algorithm>

#include "base/hash.h"
#include "store/message_store.h"
#include "store/pieces.h"

namespace deskhand::store {
namespace {

constexpr std::string_view kIntakeColumns =
    "id, label, received_at, raw_sha256, raw_bytes, settled_at, action, kind, reason, is_inquiry, message_id, "
    "content_key, identity, sender, reply_address, subject, sent_at, in_reply_to, contact_id, lead_id, interaction, "
    "notices, extraction";

Result<InboundRecord> read_record(const Row& row) {
  ColumnReader in(row);
  InboundRecord record;
  record.id = in.text();
  record.label = in.text();
  record.received_at = in.instant();
  record.raw_sha256 = in.text();
  record.raw_bytes = in.number();
  record.settled_at = in.maybe_instant();
  record.action = in.name_or(parse_intake_action, IntakeAction::needs_reading);
  record.kind = in.text();
  record.reason = in.text();
  record.is_inquiry = in.flag();
  record.message_id = in.text();
  record.content_key = in.text();
  record.identity = in.text();
  record.sender = in.text();
  record.reply_address = in.text();
  record.subject = in.text();
  record.sent_at = in.maybe_instant();
  record.in_reply_to = in.text();
  record.contact = in.id<ContactId>();
  record.lead = in.id<LeadId>();
  record.interaction = in.text();
  record.notices = in.list();
  record.extraction = in.text();
  return in.finish(std::move(record));
}

Result<Attachment> read_attachment(const Row& row) {
  ColumnReader in(row);
  Attachment attachment;
  attachment.file_name = in.text();
  attachment.media_type = in.text();
  attachment.sha256 = in.text();
  attachment.bytes = in.number();
  return in.finish(std::move(attachment));
}

Result<ThreadPoint> read_inbound_point(const Row& row) {
  ColumnReader in(row);
  ThreadPoint point;
  point.contact = in.id<ContactId>();
  point.lead = in.id<LeadId>();
  return in.finish(std::move(point));
}

std::string select_mails(std::string_view condition) {
  return "SELECT " + std::string(kIntakeColumns) + " FROM inbound_mails WHERE org_id = $1 AND " + std::string(condition);
}

}  // namespace

Result<IntakeStore::Kept> SqlIntakeStore::keep(std::string_view raw, std::string_view label) {
  const std::string hash = sha256_hex(raw);
  Result<std::optional<InboundRecord>> known =
      session_.maybe(select_mails("raw_sha256 = $2"), {text(hash)}, read_record);
  if (!known) return known.error();
  if (*known) return Kept{std::move(**known), false};
  InboundRecord record;
  record.id = session_.new_id();
  record.label = label;
  record.received_at = session_.now();
  record.raw_sha256 = hash;
  record.raw_bytes = static_cast<std::int64_t>(raw.size());
  Done stored = session_.run(
      "INSERT INTO inbound_mails (org_id, id, label, received_at, raw_sha256, raw_bytes, action, kind, reason, "
      "is_inquiry, message_id, content_key, sender, reply_address, subject, in_reply_to, interaction, notices, "
      "extraction) VALUES ($1, $2, $3, $4, $5, $6, '', '', '', 0, '', '', '', '', '', '', '', '', '')",
      {text(record.id), text(record.label), instant(record.received_at), text(hash), number(record.raw_bytes)});
  if (stored) stored = write_pieces(session_, kMailPieces, record.id, raw);
  if (!stored) return stored.error();
  return Kept{std::move(record), true};
}

Result<std::string> SqlIntakeStore::raw(std::string_view id) const {
  Result<std::optional<std::string>> bytes = read_pieces(session_, kMailPieces, id);
  if (!bytes) return bytes.error();
  if (!*bytes || (*bytes)->empty()) return Session::none_of("mail of that name");
  return std::move(**bytes);
}

Result<InboundRecord> SqlIntakeStore::find(std::string_view id) const {
  return with_attachments(session_.one(select_mails("id = $2"), {text(id)}, read_record, "mail of that name"));
}

Result<InboundRecord> SqlIntakeStore::with_attachments(Result<InboundRecord> record) const {
  if (!record) return record;
  Result<std::vector<Attachment>> attachments = session_.all(
      "SELECT file_name, media_type, sha256, bytes FROM inbound_attachments WHERE org_id = $1 AND mail_id = $2 "
      "ORDER BY position",
      {text(record->id)}, read_attachment);
  if (!attachments) return attachments.error();
  record->attachments = std::move(*attachments);
  return record;
}

Done SqlIntakeStore::settle(const InboundRecord& record) {
  bool was_open = false;
  Done settled = session_.run(
      "UPDATE inbound_mails SET settled_at = $3, action = $4, kind = $5, reason = $6, is_inquiry = $7, "
      "message_id = $8, content_key = $9, identity = $10, sender = $11, reply_address = $12, subject = $13, "
      "in_reply_to = $14, contact_id = $15, lead_id = $16, interaction = $17, notices = $18, extraction = $19, "
      "sent_at = $20 "
      "WHERE org_id = $1 AND id = $2 AND settled_at IS NULL RETURNING id",
      {text(record.id), instant(session_.now()), text(name_of(record.action)), text(record.kind), text(record.reason),
       flag(record.is_inquiry), text(record.message_id), text(record.content_key),
       record.identity.empty() ? Value{} : text(record.identity), text(record.sender), text(record.reply_address),
       text(record.subject), text(record.in_reply_to), id(record.contact), id(record.lead), text(record.interaction),
       text(to_column(record.notices)), text(record.extraction), instant(record.sent_at)},
      [&](const Row&) -> Done {
        was_open = true;
        return {};
      });
  if (!settled) return settled;
  if (!was_open) return make_error(Code::conflict, "This mail has already been dealt with.");
  std::int64_t position = 0;
  for (const Attachment& each : record.attachments) {
    settled = session_.run(
        "INSERT INTO inbound_attachments (org_id, mail_id, position, sha256, file_name, media_type, bytes, is_kept) "
        "VALUES ($1, $2, $3, $4, $5, $6, $7, CASE WHEN EXISTS (SELECT 1 FROM attachments WHERE org_id = $1 AND sha256 "
        "= $4) THEN 1 ELSE 0 END)",
        {text(record.id), number(position++), text(each.sha256), text(each.file_name), text(each.media_type),
         number(each.bytes)});
    if (!settled) return settled;
  }
  return {};
}

Done SqlIntakeStore::settle_read(const InboundRecord& record) {
  Result<bool> waited = session_.exists(
      "UPDATE inbound_mails SET action = $3, reason = $4, is_inquiry = $5, contact_id = $6, lead_id = $7, "
      "interaction = $8, notices = $9, extraction = $10 "
      "WHERE org_id = $1 AND id = $2 AND action = 'needs_reading' AND lead_id IS NULL RETURNING id",
      {text(record.id), text(name_of(record.action)), text(record.reason), flag(record.is_inquiry), id(record.contact),
       id(record.lead), text(record.interaction), text(to_column(record.notices)), text(record.extraction)});
  if (!waited) return waited.error();
  return *waited ? Done{} : Done{make_error(Code::conflict, "This mail no longer waits to be read.")};
}

Result<std::vector<InboundRecord>> SqlIntakeStore::unsettled(std::size_t rows_max) const {
  return session_.all(select_mails("settled_at IS NULL ORDER BY received_at, id LIMIT $2"), {page(rows_max)},
                      read_record);
}

Result<std::vector<InboundRecord>> SqlIntakeStore::needing_reading(std::size_t rows_max) const {
  return session_.all(select_mails("action = 'needs_reading' ORDER BY received_at DESC, id DESC LIMIT $2"),
                      {page(rows_max)}, read_record);
}

Result<std::vector<InboundRecord>> SqlIntakeStore::with_message_id(std::string_view message_id) const {
  if (message_id.empty()) return std::vector<InboundRecord>{};
  return session_.all(
      select_mails("message_id = $2 AND message_id <> '' AND identity IS NOT NULL ORDER BY received_at, id LIMIT $3"),
      {text(message_id), page(limits::kPageRows)}, read_record);
}

Result<std::optional<InboundRecord>> SqlIntakeStore::with_content_key(std::string_view content_key) const {
  return session_.maybe(
      select_mails("content_key = $2 AND content_key <> '' AND identity IS NOT NULL ORDER BY received_at, id LIMIT 1"),
      {text(content_key)}, read_record);
}

Result<std::optional<ThreadPoint>> SqlIntakeStore::last_with_address(std::string_view address) const {
  if (address.empty()) return std::optional<ThreadPoint>{};
  // Two look-ups by index and not one with OR: the newer of the two wins.
  return session_.maybe(
      "SELECT contact_id, lead_id FROM (SELECT contact_id, lead_id, received_at FROM inbound_mails WHERE org_id = $1 "
      "AND sender = $2 AND sender <> '' AND (contact_id IS NOT NULL OR lead_id IS NOT NULL) UNION ALL SELECT "
      "contact_id, lead_id, received_at FROM inbound_mails WHERE org_id = $1 AND reply_address = $2 AND "
      "reply_address <> '' AND (contact_id IS NOT NULL OR lead_id IS NOT NULL)) AS found ORDER BY received_at DESC "
      "LIMIT 1",
      {text(address)}, read_inbound_point);
}

Result<std::optional<InboundRecord>> SqlIntakeStore::last_of_lead(const LeadId& lead) const {
  return session_.maybe(select_mails("lead_id = $2 AND identity IS NOT NULL ORDER BY received_at DESC, id DESC LIMIT 1"),
                        {id(lead)}, read_record);
}

Result<std::optional<InboundRecord>> SqlIntakeStore::last_inquiry() const {
  return session_.maybe(select_mails("is_inquiry = 1 ORDER BY received_at DESC, id DESC LIMIT 1"), {}, read_record);
}

Result<std::optional<Message>> SqlIntakeStore::message_of_ours(std::string_view message_id) const {
  if (message_id.empty()) return std::optional<Message>{};
  std::string found;
  // Our Message-IDs are kept with their brackets, as they go over the wire.
  Done read = session_.run(
      "SELECT id FROM messages WHERE org_id = $1 AND internet_message_id IN ($2, $3) AND internet_message_id <> '' "
      "AND inbound = 0 ORDER BY revision DESC LIMIT 1",
      {text(message_id), text("<" + std::string(message_id) + ">")}, [&](const Row& row) -> Done {
        found = row.bytes(0);
        return {};
      });
  if (!read) return read.error();
  if (found.empty()) return std::optional<Message>{};
  Result<Message> message = SqlMessageStore(session_).find(MessageId(found));
  if (!message) return message.error();
  return std::optional<Message>(std::move(*message));
}

Result<bool> SqlIntakeStore::is_notice_of_ours(std::string_view message_id) const {
  if (message_id.empty()) return false;
  return session_.exists(
      "SELECT 1 FROM outbox WHERE org_id = $1 AND request_id IN ($2, $3) AND request_id <> '' AND kind = "
      "'owner_notice'",
      {text(message_id), text("<" + std::string(message_id) + ">")});
}

Result<std::optional<ThreadPoint>> SqlIntakeStore::thread_of(std::string_view message_id) const {
  if (message_id.empty()) return std::optional<ThreadPoint>{};
  Result<std::optional<Message>> ours = message_of_ours(message_id);
  if (!ours) return ours.error();
  if (*ours) {
    const Message& message = **ours;
    return std::optional<ThreadPoint>(ThreadPoint{message.contact, message.lead, message.opportunity, true});
  }
  return session_.maybe(
      "SELECT contact_id, lead_id FROM inbound_mails WHERE org_id = $1 AND message_id = $2 AND message_id <> '' AND "
      "identity IS NOT NULL AND (contact_id IS NOT NULL OR lead_id IS NOT NULL) ORDER BY received_at LIMIT 1",
      {text(message_id)}, read_inbound_point);
}

namespace {

constexpr std::string_view kMarkColumns = "mailbox, uid_validity, uid, visited_at, failing_since, failure, told_at";

Result<MailboxMark> read_mark(const Row& row) {
  ColumnReader in(row);
  MailboxMark mark;
  mark.mailbox = in.text();
  mark.uid_validity = static_cast<std::uint32_t>(in.number());
  mark.uid = static_cast<std::uint32_t>(in.number());
  mark.visited_at = in.maybe_instant();
  mark.failing_since = in.maybe_instant();
  mark.failure = in.text();
  mark.told_at = in.maybe_instant();
  return in.finish(std::move(mark));
}

}  // namespace

Result<std::optional<MailboxMark>> SqlIntakeStore::mark_of(std::string_view mailbox) const {
  return session_.maybe("SELECT " + std::string(kMarkColumns) + " FROM mailbox_marks WHERE org_id = $1 AND mailbox = $2", {text(mailbox)}, read_mark);
}

Result<std::vector<MailboxMark>> SqlIntakeStore::marks() const {
  return session_.all("SELECT " + std::string(kMarkColumns) + " FROM mailbox_marks WHERE org_id = $1 ORDER BY mailbox LIMIT $2", {page(limits::kPageRowsMax)}, read_mark);
}

Result<std::string> SqlIntakeStore::claim_mailbox(const MailboxClaim& claim) {
  std::string reader;
  const auto take_reader = [&](const Row& row) -> Done {
    reader = row.bytes(0);
    return {};
  };
  Done done = session_.run(
      "INSERT INTO mailbox_marks (org_id, mailbox, uid_validity, uid, failure, reader, reader_until) VALUES ($1, $2, "
      "0, 0, '', $3, $4) ON CONFLICT (org_id, mailbox) DO UPDATE SET reader = excluded.reader, reader_until = "
      "excluded.reader_until WHERE mailbox_marks.reader IN ('', $3, $5) OR mailbox_marks.reader_until <= $6 "
      "RETURNING reader",
      {text(claim.mailbox), text(claim.reader), instant(claim.until), text(claim.instead_of), instant(claim.now)},
      take_reader);
  if (done && reader.empty())
    done = session_.run("SELECT reader FROM mailbox_marks WHERE org_id = $1 AND mailbox = $2", {text(claim.mailbox)},
                        take_reader);
  if (!done) return done.error();
  return reader;
}

Done SqlIntakeStore::release_mailbox(std::string_view mailbox, std::string_view reader) {
  return session_.run(
      "UPDATE mailbox_marks SET reader = '', reader_until = NULL WHERE org_id = $1 AND mailbox = $2 AND reader = $3",
      {text(mailbox), text(reader)});
}

Done SqlIntakeStore::keep_mark(const MailboxMark& mark) {
  return session_.run(
      "INSERT INTO mailbox_marks (org_id, mailbox, uid_validity, uid, visited_at, failing_since, failure, told_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8) "
      "ON CONFLICT (org_id, mailbox) DO UPDATE SET uid_validity = excluded.uid_validity, uid = excluded.uid, visited_at = excluded.visited_at, "
      "failing_since = excluded.failing_since, failure = excluded.failure, told_at = excluded.told_at",
      {text(mark.mailbox), Value{static_cast<std::int64_t>(mark.uid_validity)}, Value{static_cast<std::int64_t>(mark.uid)}, instant(mark.visited_at),
       instant(mark.failing_since), text(mark.failure), instant(mark.told_at)});
}

}  // namespace deskhand::store
