#include "tools/drafts.h"

#include <algorithm>

#include "base/limits.h"
#include "base/text.h"
#include "ports/random.h"
#include "ports/store/store.h"
#include "tools/arguments.h"
#include "tools/present.h"

namespace deskhand::tools {
namespace {

constexpr std::size_t kDomainBytes = 253;  // RFC 1035

bool is_on_file(const Contact& contact, PointKind kind, std::string_view normal) {
  return std::any_of(contact.points.begin(), contact.points.end(), [&](const ContactPoint& point) {
    return point.kind == kind && !point.retired && (point.normal == normal || point.as_typed == normal);
  });
}

std::string first_of(const Contact& contact, MessageChannel channel) {
  return channel == MessageChannel::sms ? contact.phone() : contact.email();
}

Error ask_for_address(const Contact& contact, std::string_view what) {
  return make_error(Code::invalid_argument,
                    name_with_ref(contact) + " has no " + std::string(what) + " on file; what is it?");
}

Result<Recipient> named_recipient(const Contact& contact, std::optional<MessageChannel> wanted, const std::string& to,
                                  const Org& org) {
  Json points = Json::object();
  const bool email = to.find('@') != std::string::npos;
  points[email ? "email" : "phone"] = to;
  Result<std::vector<ContactPoint>> read = contact_points(points, org, "");
  if (!read) return read.error();
  const MessageChannel channel = email ? MessageChannel::email : MessageChannel::sms;
  if (wanted && *wanted != channel)
    return make_error(Code::invalid_argument, to + " can't be reached by " + std::string(name_of(*wanted)));
  if (read->empty() || !is_on_file(contact, read->front().kind, read->front().normal))
    return make_error(Code::invalid_argument,
                      to + " is not on file for " + name_with_ref(contact) + "; put it on the record first");
  return Recipient{channel, read->front().normal};
}

// The business's own domain, so that nobody else makes the same Message-ID. A name that is none of a domain's goes as
// it must.
std::string domain_of(const Org& org) {
  const std::size_t at = org.email.rfind('@');
  const std::string domain = at == std::string::npos ? std::string() : to_lower(org.email.substr(at + 1));
  const bool fine = !domain.empty() && domain.size() <= kDomainBytes &&
                    domain.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789.-") == std::string::npos;
  return fine ? domain : "deskhand.invalid";
}

std::string signature_of(const Org& org, MessageChannel channel) {
  if (channel == MessageChannel::sms) return org.name.empty() ? std::string() : "— " + printable_line(org.name);
  const std::string own(trim(printable(org.signature)));
  if (!own.empty()) return own;
  std::string signature = printable_line(org.name);
  const std::string phone = phone_text(org.phone, org);
  if (!phone.empty()) signature += (signature.empty() ? "" : "\n") + phone;
  return signature;
}

std::vector<Message> same_draft(const std::vector<Message>& open, const Message& draft) {
  std::vector<Message> same;
  for (const Message& other : open)
    if (other.contact == draft.contact && other.lead == draft.lead &&
        canonical_bytes(other.content) == canonical_bytes(draft.content))
      same.push_back(other);
  return same;
}

}  // namespace

Result<Recipient> recipient_of(const Contact& contact, std::optional<MessageChannel> wanted, std::string_view to,
                               const Org& org) {
  if (!to.empty()) return named_recipient(contact, wanted, std::string(to), org);
  if (wanted) {
    const std::string address = first_of(contact, *wanted);
    if (address.empty())
      return ask_for_address(contact, *wanted == MessageChannel::sms ? "phone number" : "e-mail address");
    return Recipient{*wanted, address};
  }
  std::vector<MessageChannel> order{MessageChannel::email, MessageChannel::sms};
  if (contact.preferred_channel == PreferredChannel::sms) std::swap(order[0], order[1]);
  for (const MessageChannel channel : order)
    if (const std::string address = first_of(contact, channel); !address.empty()) return Recipient{channel, address};
  return ask_for_address(contact, "e-mail address or phone number");
}

Result<std::optional<MessageChannel>> wanted_channel(const Json& arguments) {
  return choice(arguments, "channel", parse_message_channel);
}

std::string signed_text(std::string_view words, const Org& org, MessageChannel channel) {
  std::string text(trim(printable(words)));
  const std::string signature = signature_of(org, channel);
  if (signature.empty()) return text;
  const std::string first_line = split(signature, '\n').front();
  const std::vector<std::string> lines = split(text, '\n');
  constexpr std::size_t kClosingLines = 6;
  const std::size_t from = lines.size() > kClosingLines ? lines.size() - kClosingLines : 0;
  const bool is_signed = std::any_of(lines.begin() + static_cast<std::ptrdiff_t>(from), lines.end(),
                                     [&](const std::string& line) { return fold_name(line) == fold_name(first_line); });
  return is_signed ? text : text + (channel == MessageChannel::sms ? "\n" : "\n\n") + signature;
}

std::string new_message_id(ToolContext& context) {
  const std::uint64_t high = context.random.next(), low = context.random.next();
  return "<" + uuid_v7(context.now.unix_ms(), high, low) + "@" + domain_of(context.org) + ">";
}

Result<Message> put_down(ToolContext& context, Message draft) {
  Result<std::vector<Message>> open = context.txn.messages().open_drafts(limits::kPageRowsMax);
  if (!open) return open.error();
  if (std::vector<Message> same = same_draft(*open, draft); !same.empty()) return std::move(same.front());
  // A template's words on newer facts take the place of the older ones; free words stand beside each other.
  for (const Message& other : *open) {
    const bool stale = !draft.template_stage.empty() && !other.template_stage.empty() && other.lead == draft.lead &&
                       other.contact == draft.contact && other.content.to_address == draft.content.to_address;
    if (stale) return put_down_instead_of(context, other, std::move(draft));
  }
  draft.internet_message_id = new_message_id(context);
  return context.txn.messages().insert(std::move(draft));
}

Result<Message> put_down_instead_of(ToolContext& context, const Message& old, Message draft) {
  draft.revision = old.revision + 1;
  draft.draft_root = old.draft_root.empty() ? old.id : old.draft_root;
  draft.internet_message_id = new_message_id(context);
  if (Done done = context.txn.messages().set_status(old.id, DraftStatus::open, DraftStatus::superseded); !done)
    return done.error();
  Result<Message> stored = context.txn.messages().insert(std::move(draft));
  if (!stored) return stored;
  if (Done done = close_cards(context, old, "replaced by " + ref_of(*stored)); !done) return done.error();
  return stored;
}

Done close_cards(ToolContext& context, const Message& draft, const std::string& why) {
  const MessageId& root = draft.draft_root.empty() ? draft.id : draft.draft_root;
  Result<std::vector<Approval>> waiting = context.txn.approvals().pending_of_message(root);
  if (!waiting) return waiting.error();
  for (const Approval& approval : *waiting)
    if (Done done = context.txn.approvals().close(approval.id, ApprovalStatus::superseded, why, context.now); !done)
      return done;
  return {};
}

ToolOutcome drafted(const Message& draft, const ToolContext& context, std::string text) {
  ToolOutcome outcome;
  outcome.data = share(to_data(draft, context));
  outcome.text = std::move(text);
  outcome.touched = {ref_of(draft)};
  for (std::string ref : {ref_of_lead(context, draft.lead), ref_of_contact(context, draft.contact)})
    if (!ref.empty()) outcome.touched.push_back(std::move(ref));
  outcome.next.push_back({"send_message", share(Json{{"message", ref_of(draft)}})});
  return outcome;
}

Tools draft_tools(const SharedScript& script) {
  Tools tools = draft_revision_tools();
  tools.push_back(make_draft_follow_up(script));
  tools.push_back(make_draft_message());
  tools.push_back(make_follow_up_material(script));
  return tools;
}

}  // namespace deskhand::tools
