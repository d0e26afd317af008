#include "store/message_store.h"

#include "base/json.h"

namespace deskhand::store {
namespace {

constexpr std::string_view kMessageColumns =
    "id, ref_number, version, created_at, updated_at, inbound, contact_id, lead_id, opportunity_id, revision, "
    "draft_root_id, channel, "
    "to_address, to_name, cc, subject, text, html, attachments, status, internet_message_id, in_reply_to, "
    "template_stage";
constexpr std::size_t kAttachmentsBytes = 64 * 1024;  // the list of names and hashes, not the bytes

std::string attachments_column(const std::vector<Attachment>& attachments) {
  if (attachments.empty()) return {};
  Json list = Json::array();
  for (const Attachment& each : attachments) {
    list.push_back(Json{{"file_name", each.file_name},
                        {"media_type", each.media_type},
                        {"sha256", each.sha256},
                        {"bytes", each.bytes}});
  }
  return to_text(list);
}

Result<std::vector<Attachment>> read_attachments(std::string_view column) {
  std::vector<Attachment> attachments;
  if (column.empty()) return attachments;
  const Result<Json> list = parse_json(column, kAttachmentsBytes);
  const Error damaged = make_error(Code::corrupt, "A stored list of attachments is damaged; run `deskhand verify`.");
  if (!list || !list->is_array()) return damaged;
  for (const Json& each : *list) {
    if (!each.is_object()) return damaged;
    const auto words = [&](const char* key) {
      return each.contains(key) && each[key].is_string() ? each[key].get<std::string>() : "";
    };
    Attachment attachment{words("file_name"), words("media_type"), words("sha256"), 0};
    if (each.contains("bytes") && each["bytes"].is_number_integer())
      attachment.bytes = each["bytes"].get<std::int64_t>();
    attachments.push_back(std::move(attachment));
  }
  return attachments;
}

Result<Message> read_message(const Row& row) {
  ColumnReader in(row);
  Message message;
  message.id = in.id<MessageId>();
  message.head = in.head();
  message.inbound = in.flag();
  message.contact = in.id<ContactId>();
  message.lead = in.id<LeadId>();
  message.opportunity = in.id<OpportunityId>();
  message.revision = static_cast<int>(in.number());
  message.draft_root = in.id<MessageId>();
  message.content.channel = in.name(parse_message_channel);
  message.content.to_address = in.text();
  message.content.to_name = in.text();
  message.content.cc = in.list();
  message.content.subject = in.text();
  message.content.text = in.text();
  message.content.html = in.text();
  Result<std::vector<Attachment>> attachments = read_attachments(in.text());
  if (!attachments) return attachments.error();
  message.content.attachments = std::move(*attachments);
  message.status = in.name(parse_draft_status);
  message.internet_message_id = in.text();
  message.in_reply_to = in.text();
  message.template_stage = in.text();
  return in.finish(std::move(message));
}

bool may_move(DraftStatus from, DraftStatus to) {
  if (from == DraftStatus::open) return to != DraftStatus::open;
  return from == DraftStatus::approved && to == DraftStatus::open;
}

}  // namespace

Result<Message> SqlMessageStore::insert(Message message) {
  if (message.id.empty()) message.id = MessageId(session_.new_id());
  if (message.draft_root.empty()) message.draft_root = message.id;
  std::string id = message.id.text();
  Done inserted = session_.insert(record_table("messages"), id, message.head,
                                  {{"inbound", flag(message.inbound)},
                                   {"contact_id", store::id(message.contact)},
                                   {"lead_id", store::id(message.lead)},
                                   {"opportunity_id", store::id(message.opportunity)},
                                   {"revision", number(message.revision)},
                                   {"draft_root_id", store::id(message.draft_root)},
                                   {"channel", text(name_of(message.content.channel))},
                                   {"to_address", message.content.to_address},
                                   {"to_name", message.content.to_name},
                                   {"cc", to_column(message.content.cc)},
                                   {"subject", message.content.subject},
                                   {"text", message.content.text},
                                   {"html", message.content.html},
                                   {"attachments", attachments_column(message.content.attachments)},
                                   {"status", text(name_of(message.status))},
                                   {"internet_message_id", message.internet_message_id},
                                   {"in_reply_to", message.in_reply_to},
                                   {"template_stage", message.template_stage}});
  if (!inserted) return inserted.error();
  return message;
}

Done SqlMessageStore::set_status(const MessageId& id, DraftStatus from, DraftStatus to) {
  Result<Message> stored = find(id);
  if (!stored) return stored.error();
  if (stored->status != from || !may_move(from, to)) {
    return make_error(Code::conflict, "The draft is " + std::string(name_of(stored->status)) + " and can not become " +
                                          std::string(name_of(to)) + "; look at it again.");
  }
  return session_.capture(record_table("messages"), id.text(), [&] {
    return session_.run(
        "UPDATE messages SET status = $4, version = version + 1, updated_at = $5 WHERE org_id = $1 AND id = $2 AND "
        "status = $3",
        {id.text(), text(name_of(from)), text(name_of(to)), instant(session_.now())});
  });
}

Result<Message> SqlMessageStore::find(const MessageId& id) const {
  return session_.one("SELECT " + std::string(kMessageColumns) + " FROM messages WHERE org_id = $1 AND id = $2", {id.text()},
                      read_message, "message of that name");
}

Result<Message> SqlMessageStore::find_by_ref(std::int64_t number) const {
  return session_.one("SELECT " + std::string(kMessageColumns) + " FROM messages WHERE org_id = $1 AND ref_number = $2",
                      {number}, read_message, "message " + Ref{ref_prefix::kMessage, number}.text());
}

Result<std::vector<Message>> SqlMessageStore::open_drafts(std::size_t rows_max) const {
  return session_.all("SELECT " + std::string(kMessageColumns) +
                          " FROM messages WHERE org_id = $1 AND status = 'open' AND inbound = 0 "
                          "ORDER BY created_at DESC, ref_number DESC LIMIT $2",
                      {page(rows_max)}, read_message);
}

Result<std::vector<Message>> SqlMessageStore::of_contact(const ContactId& id, std::size_t rows_max) const {
  return session_.all(
      "WITH RECURSIVE family (id) AS (SELECT $2 UNION SELECT c.id FROM contacts c JOIN family f ON c.root_id = f.id "
      "AND c.org_id = $1) "
      "SELECT " +
          std::string(kMessageColumns) +
          " FROM messages WHERE org_id = $1 AND contact_id IN (SELECT id FROM family) ORDER BY created_at DESC, "
          "ref_number DESC LIMIT $3",
      {id.text(), page(rows_max)}, read_message);
}

}  // namespace deskhand::store
