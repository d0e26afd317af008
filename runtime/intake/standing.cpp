#include "intake/standing.h"

#include <algorithm>

#include "base/hash.h"
#include "base/limits.h"
#include "base/text.h"
#include "intake/look_alike.h"

namespace deskhand::intake {
namespace {

constexpr std::size_t kThreadIds = 20;  // of References, from the newest backwards

Result<std::vector<Contact>> live_holders(PointKind kind, const std::string& normal, Txn& txn) {
  auto found = txn.contacts().find_by_point(kind, normal);
  if (!found) return found.error();
  std::vector<Contact> live;
  for (const Contact& contact : *found) {
    auto root = txn.contacts().find_live(contact.id);
    if (!root) return root.error();
    if (std::none_of(live.begin(), live.end(), [&](const Contact& each) { return each.id == root->id; })) live.push_back(std::move(*root));
  }
  return live;
}

// The mail it answers: In-Reply-To first, then References from the newest back.
Done follow_thread(const InboundMail& mail, Standing& standing, Txn& txn) {
  std::vector<std::string> ids = mail.in_reply_to;
  ids.insert(ids.end(), mail.references.rbegin(), mail.references.rend());
  if (ids.size() > kThreadIds) ids.resize(kThreadIds);
  for (const std::string& id : ids) {
    auto point = txn.intake().thread_of(id);
    if (!point) return point.error();
    if (!*point) continue;
    standing.thread = **point;
    standing.answers = id;
    return {};
  }
  return {};
}

// The contact whose name the sender bears and whose address the sender's resembles.
Done find_resembled(const InboundMail& mail, const Customer& customer, Standing& standing, Txn& txn) {
  if (mail.from.empty() || mail.from.front().email.folded.empty() || customer.name.empty()) return {};
  auto named = txn.contacts().search(customer.name.value, false, limits::kCandidates);
  if (!named) return named.error();
  for (Contact& contact : *named)
    for (const ContactPoint& point : contact.points)
      if (point.kind == PointKind::email && !point.retired && address_looks_like(mail.from.front().email.folded, point.normal)) {
        standing.resembles = std::move(contact);
        return {};
      }
  return {};
}

}  // namespace

std::string content_key(const InboundMail& mail) {
  CanonicalBytes bytes("deskhand-mail-1");
  for (const MailAddress& each : mail.from) bytes.add("from", each.email.folded).add("name", each.name);
  for (const MailAddress& each : mail.reply_to) bytes.add("reply", each.email.folded);
  bytes.add("date", mail.date ? to_rfc3339(*mail.date) : "").add("subject", squeeze(mail.subject)).add("text", squeeze(mail.text));
  for (const MailAttachment& each : mail.attachments) bytes.add("attachment", each.sha256);
  return sha256_hex(bytes.bytes());
}

Result<std::optional<InboundRecord>> find_duplicate(const InboundMail& mail, const std::string& key, const std::string& own_id, Txn& txn) {
  auto same_content = txn.intake().with_content_key(key);
  if (!same_content) return same_content.error();
  if (*same_content && (*same_content)->id != own_id) return same_content;
  auto same_id = txn.intake().with_message_id(mail.message_id);
  if (!same_id) return same_id.error();
  for (InboundRecord& earlier : *same_id) {
    // A mail that is delivered twice was written once: its date is the same, whatever servers did to the rest.
    const bool is_other = earlier.sent_at && mail.date && *earlier.sent_at != *mail.date;
    if (earlier.id != own_id && !is_other) return std::optional<InboundRecord>(std::move(earlier));
  }
  return std::optional<InboundRecord>();
}

Result<std::vector<Lead>> open_leads_of(const ContactId& contact, Txn& txn) {
  LeadFilter filter;
  filter.contact = contact;
  filter.open_only = true;
  filter.rows_max = limits::kPageRows;
  return txn.leads().list(filter);
}

Result<std::optional<Contact>> contact_of_address(std::string_view email, Txn& txn) {
  auto holders = live_holders(PointKind::email, std::string(email), txn);
  if (!holders) return holders.error();
  if (holders->size() != 1) return std::optional<Contact>();
  return std::optional<Contact>(std::move(holders->front()));
}

Result<Standing> look_up(const InboundMail& mail, const Customer& customer, bool follows_thread, const OwnIdentity& own, Txn& txn) {
  Standing standing;
  if (follows_thread)
    if (Done done = follow_thread(mail, standing, txn); !done) return done.error();
  for (const FoundEmail& each : customer.emails) {
    if (!standing.holders.empty() || own.is_address(each.email.folded)) break;
    auto holders = live_holders(PointKind::email, each.email.folded, txn);
    if (!holders) return holders.error();
    standing.holders = std::move(*holders);
  }
  for (const FoundPhone& each : customer.phones) {
    if (!standing.holders.empty()) break;
    auto holders = live_holders(PointKind::phone, each.phone.e164, txn);
    if (!holders) return holders.error();
    standing.holders = std::move(*holders);
    standing.found_by_phone = !standing.holders.empty();
  }
  // A service's address for one conversation: whoever it belonged to before.
  if (!standing.thread && standing.holders.empty()) {
    for (const std::vector<MailAddress>* list : {&mail.reply_to, &mail.from})
      for (const MailAddress& each : *list) {
        if (standing.thread || !is_relay_address(each.email.folded)) continue;
        auto point = txn.intake().last_with_address(each.email.folded);
        if (!point) return point.error();
        standing.thread = *point;
      }
  }
  ContactId id;
  if (standing.thread && !standing.thread->contact.empty()) id = standing.thread->contact;
  if (standing.thread && id.empty() && !standing.thread->lead.empty()) {
    auto lead = txn.leads().find(standing.thread->lead);
    if (!lead) return lead.error();
    id = lead->contact;
  }
  if (id.empty() && standing.holders.size() == 1) id = standing.holders.front().id;
  if (!id.empty()) {
    auto contact = txn.contacts().find_live(id);
    if (!contact) return contact.error();
    standing.contact = std::move(*contact);
    auto leads = open_leads_of(standing.contact->id, txn);
    if (!leads) return leads.error();
    standing.open_leads = std::move(*leads);
  } else if (Done done = find_resembled(mail, customer, standing, txn); !done) {
    return done.error();
  }
  return standing;
}

}  // namespace deskhand::intake
