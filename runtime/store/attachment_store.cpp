#include "store/attachment_store.h"

#include "base/hash.h"
#include "base/limits.h"
#include "store/pieces.h"

namespace deskhand::store {
namespace {

Result<FiledAttachment> read_filed(const Row& row) {
  ColumnReader in(row);
  FiledAttachment filed;
  filed.file.file_name = in.text();
  filed.file.media_type = in.text();
  filed.file.sha256 = in.text();
  filed.file.bytes = in.number();
  filed.is_kept = in.flag();
  filed.mail = in.text();
  filed.sender = in.text();
  filed.subject = in.text();
  filed.received_at = in.instant();
  filed.contact = in.id<ContactId>();
  filed.lead = in.id<LeadId>();
  filed.interaction = in.text();
  return in.finish(std::move(filed));
}

std::string select_filed(std::string_view conditions) {
  return "SELECT a.file_name, a.media_type, a.sha256, a.bytes, CASE WHEN EXISTS (SELECT 1 FROM attachments k WHERE "
         "k.org_id = $1 AND k.sha256 = a.sha256) THEN 1 ELSE 0 END, m.id, m.sender, m.subject, m.received_at, "
         "m.contact_id, m.lead_id, m.interaction FROM inbound_attachments a JOIN inbound_mails m ON m.org_id = "
         "a.org_id AND m.id = a.mail_id WHERE a.org_id = $1" +
         std::string(conditions);
}

}  // namespace

Result<std::string> SqlAttachmentStore::keep(std::string_view content) {
  if (content.size() > limits::kAttachmentBytes)
    return make_error(Code::limit_exceeded, "This attachment is larger than " +
                                                std::to_string(limits::kAttachmentBytes / 1024 / 1024) + " MB.");
  std::string hash = sha256_hex(content);
  bool is_new = false;
  Done stored = session_.run(
      "INSERT INTO attachments (org_id, sha256, bytes, stored_at) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING "
      "RETURNING sha256",
      {text(hash), number(static_cast<std::int64_t>(content.size())), instant(session_.now())},
      [&](const Row&) -> Done {
        is_new = true;
        return {};
      });
  if (stored && is_new) stored = write_pieces(session_, kAttachmentPieces, hash, content);
  if (!stored) return stored.error();
  return hash;
}

Result<bool> SqlAttachmentStore::holds(std::string_view sha256) const {
  return session_.exists("SELECT 1 FROM attachments WHERE org_id = $1 AND sha256 = $2", {text(sha256)});
}

Result<std::string> SqlAttachmentStore::content(std::string_view sha256) const {
  Result<bool> held = holds(sha256);
  if (!held) return held.error();
  if (!*held) return Session::none_of("attachment of that hash");
  Result<std::optional<std::string>> bytes = read_pieces(session_, kAttachmentPieces, sha256);
  if (!bytes) return bytes.error();
  if (!*bytes) return make_error(Code::not_found, "The content of this attachment was blanked by a redaction.");
  if (sha256_hex(**bytes) != sha256)
    return make_error(Code::corrupt, "The stored attachment is not what came in; restore a backup.");
  return std::move(**bytes);
}

Result<std::vector<FiledAttachment>> SqlAttachmentStore::list(const AttachmentFilter& filter,
                                                              std::size_t rows_max) const {
  Values values;
  std::string conditions;
  const auto add = [&](std::string_view condition, Value value) {
    values.push_back(std::move(value));
    conditions += " AND " + std::string(condition) + " $" + std::to_string(values.size() + 1);
  };
  if (!filter.contact.empty()) add("m.contact_id =", id(filter.contact));
  if (!filter.lead.empty()) add("m.lead_id =", id(filter.lead));
  if (!filter.hash_start.empty()) {
    add("a.sha256 >=", text(filter.hash_start));
    add("a.sha256 <", text(filter.hash_start + "g"));  // the letter after the last hexadecimal digit
  }
  values.push_back(page(rows_max));
  conditions +=
      " ORDER BY m.received_at DESC, m.id DESC, a.position LIMIT $" + std::to_string(values.size() + 1);
  return session_.all(select_filed(conditions), std::move(values), read_filed);
}

Result<std::vector<FiledAttachment>> SqlAttachmentStore::of_mail(std::string_view mail) const {
  return session_.all(select_filed(" AND a.mail_id = $2 ORDER BY a.position LIMIT $3"),
                      {text(mail), page(limits::kMailAttachments)}, read_filed);
}

}  // namespace deskhand::store
