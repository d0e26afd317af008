// send_message: the one tool whose effect is that words reach a customer. See messages.h.
#include "base/limits.h"
#include "base/text.h"
#include "guard/judge.h"
#include "ports/random.h"
#include "ports/store/store.h"
#include "tools/arguments.h"
#include "tools/local_time.h"
#include "tools/messages.h"
#include "tools/present.h"
#include "tools/resolve.h"
#include "tools/schema_parts.h"

namespace deskhand::tools {
namespace {

// What the card shows has to be what is hashed: nothing invisible, nothing that moves the words about.
Done check_shown_as_hashed(const Message& message) {
  const MessageContent& content = message.content;
  const bool shown = printable(content.text) == content.text && printable(content.html) == content.html &&
                     printable_line(content.subject) == content.subject &&
                     printable_line(content.to_name) == content.to_name;
  if (!shown)
    return make_error(Code::invalid_argument,
                      ref_of(message) + " holds characters that can't be shown on a card; word it again.");
  return {};
}

Done check_complete(const Message& message) {
  const MessageContent& content = message.content;
  if (content.to_address.empty())
    return make_error(Code::invalid_argument, ref_of(message) + " has no address to go to.");
  if (trim(content.text).empty())
    return make_error(Code::invalid_argument, ref_of(message) + " has no words yet; give its text.");
  if (content.cc.size() + 1 > limits::kRecipients)
    return make_error(Code::limit_exceeded,
                      ref_of(message) + " goes to more than " + std::to_string(limits::kRecipients) + " people.");
  const std::vector<std::string> open = open_placeholders(content);
  if (!open.empty())
    return make_error(Code::invalid_argument, ref_of(message) + " still has " + join(open, ", ") +
                                                  " in it; say what goes there before it can be approved.");
  return check_shown_as_hashed(message);
}

Result<Message> message_to_send(const Json& arguments, const ToolContext& context) {
  Result<Message> message = resolve_message(context, line(arguments, "message"));
  if (!message) return message;
  if (message->inbound)
    return make_error(Code::invalid_argument, ref_of(*message) + " came from the customer; it can't be sent.");
  if (message->status != DraftStatus::open)
    return make_error(Code::conflict, ref_of(*message) + " is " + std::string(name_of(message->status)) +
                                          " already; nothing was sent.");
  if (Done done = check_complete(*message); !done) return done.error();
  return message;
}

// What was odd about the mail that this answers: a Reply-To elsewhere, an address that only looks like a known one.
Done add_warnings_of_mail(const Message& message, const ToolContext& context, std::vector<std::string>& warnings) {
  if (message.lead.empty() || message.in_reply_to.empty()) return {};
  Result<std::optional<InboundRecord>> mail = context.txn.intake().last_of_lead(message.lead);
  if (!mail) return mail.error();
  if (!*mail) return {};
  for (const std::string& notice : (*mail)->notices)
    if (notice.starts_with("Careful: ")) warnings.push_back(printable_line(notice));
  return {};
}

// A recipient whose record no longer holds the address is shown as such; whether it may go at all is the guard's to
// say.
Result<std::vector<std::string>> warnings_for(const Message& message, const Contact& contact,
                                              const ToolContext& context) {
  Result<std::vector<std::string>> warnings = foreign_data(context, message);
  if (!warnings) return warnings;
  const PointKind kind = message.content.channel == MessageChannel::sms ? PointKind::phone : PointKind::email;
  bool on_file = false;
  for (const ContactPoint& point : contact.points)
    if (point.kind == kind && !point.retired && point.normal == message.content.to_address) on_file = true;
  if (!on_file)
    warnings->insert(warnings->begin(),
                     "Mind: this address is not on file for " + printable_line(name_with_ref(contact)) + ".");
  if (Done added = add_warnings_of_mail(message, context, *warnings); !added) return added.error();
  return warnings;
}

Result<Proposal> propose_send(const Json& arguments, const ToolContext& context) {
  Result<Message> message = message_to_send(arguments, context);
  if (!message) return message.error();
  Result<Contact> contact = context.txn.contacts().find(message->contact);
  if (!contact) return contact.error();
  Result<std::vector<std::string>> warnings = warnings_for(*message, *contact, context);
  if (!warnings) return warnings.error();

  Proposal proposal;
  proposal.effects = {
      SendsMessage{message->id, message->contact, message->lead, message->content, message->template_stage}};
  proposal.arguments = share(Json{{"message", ref_of(*message)}});
  proposal.summary = message_title(message->content);
  proposal.card_lines = std::move(*warnings);
  if (!proposal.card_lines.empty()) proposal.card_lines.emplace_back();
  for (std::string& line : message_lines(message->content)) proposal.card_lines.push_back(std::move(line));
  proposal.stamps.push_back(stamp_of(*contact));
  if (!message->lead.empty()) {
    Result<Lead> lead = context.txn.leads().find(message->lead);
    if (!lead) return lead.error();
    proposal.stamps.push_back(stamp_of(*lead));
  }
  proposal.contact = message->contact;
  proposal.lead = message->lead;
  proposal.message = message->id;
  proposal.exact_bytes = canonical_bytes(message->content);
  return proposal;
}

// Whose yes it is: the approval's, or that of a standing grant, one use of which is counted here.
Result<Grant> authority(const Message& message, const std::string& print, ToolContext& context) {
  Grant grant;
  grant.fingerprint = print;
  grant.granted_at = context.now;
  grant.expires_at = context.now.plus_seconds(limits::kApprovalDays * kSecondsPerDay);
  if (context.approval != nullptr) {
    if (context.approval->kind != ApprovalKind::send_message || context.approval->fingerprint != print)
      return make_error(Code::forbidden, "That yes was given for other words; nothing was sent.");
    grant.approval = context.approval->id;
    grant.granted_by = context.approval->decided_by;
    return grant;
  }
  Result<std::vector<Grant>> standing = context.txn.approvals().standing_grants(context.now);
  if (!standing) return standing.error();
  for (const Grant& one : *standing) {
    const bool fits = !message.template_stage.empty() && one.template_stage == message.template_stage &&
                      one.channel == name_of(message.content.channel) && one.uses < one.uses_max;
    if (!fits) continue;
    if (Done done = context.txn.approvals().count_use(one.id, context.now); !done) return done.error();
    grant.granted_by = one.granted_by;
    return grant;
  }
  return make_error(Code::forbidden, "Nobody has approved these words; nothing was sent.");
}

Result<OutboxRow> queue_message(const Message& message, ToolContext& context) {
  const std::string bytes = canonical_bytes(message.content);
  Result<Grant> grant = authority(message, fingerprint(bytes), context);
  if (!grant) return grant.error();
  Result<Grant> stored = context.txn.approvals().insert(std::move(*grant));
  if (!stored) return stored.error();
  OutboxRow row;
  row.kind = EffectKind::customer_message;
  row.grant = stored->id;
  row.approval = stored->approval;
  row.message = message.id;
  row.contact = message.contact;
  row.canonical = bytes;
  row.fingerprint = stored->fingerprint;
  row.request_id = message.internet_message_id;
  row.not_before = guard::next_waking_instant(context.org, zone_of(context.org), context.now);
  row.expires_at = stored->expires_at;
  return context.txn.outbox().insert(std::move(row));
}

Result<ToolOutcome> run_send(const Json& arguments, ToolContext& context) {
  Result<Message> message = message_to_send(arguments, context);
  if (!message) return message.error();
  Result<OutboxRow> row = queue_message(*message, context);
  if (!row) return row.error();
  if (Done done = context.txn.messages().set_status(message->id, DraftStatus::open, DraftStatus::approved); !done)
    return done.error();

  const std::string outbox = Ref{ref_prefix::kOutbox, row->head.ref_number}.text();
  ToolOutcome outcome;
  Json data{{"message", ref_of(*message)},
            {"outbox", outbox},
            {"state", name_of(row->state)},
            {"fingerprint", row->fingerprint}};
  outcome.text = "Approved: " + message_title(message->content) + " (" + outbox + ").";
  if (row->not_before > context.now) {
    outcome.text += " It leaves " + when_text(row->not_before, context) + ", after the quiet hours.";
    data["not_before"] = to_rfc3339(row->not_before);
  }
  outcome.data = share(std::move(data));
  outcome.touched = {ref_of(*message), outbox};
  return outcome;
}

}  // namespace

std::unique_ptr<Tool> make_send_message() {
  ToolSpec spec;
  spec.name = "send_message";
  spec.description =
      "Send a draft as it stands. Reached only from a draft, and only after the owner's yes to exactly these words.";
  spec.arguments = share(closed_schema({{"message", text_of("The draft: M-31.", limits::kNameBytes)}}, {"message"}));
  spec.effect = EffectClass::send;
  spec.role = ToolRole::system;
  return make_tool(std::move(spec), propose_send, run_send);
}

}  // namespace deskhand::tools
