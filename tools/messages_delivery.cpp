// record_delivery, record_bounce and settle_delivery: what became of a queued effect. See messages.h.
#include "base/limits.h"
#include "base/text.h"
#include "ports/store/store.h"
#include "toolbox/withdraw.h"
#include "tools/arguments.h"
#include "tools/messages.h"
#include "tools/present.h"
#include "tools/schema_parts.h"

namespace deskhand::tools {
namespace {

std::string ref_of_row(const OutboxRow& row) { return Ref{ref_prefix::kOutbox, row.head.ref_number}.text(); }

Result<OutboxRow> named_row(const Json& arguments, const ToolContext& context) {
  const std::string words = line(arguments, "outbox");
  const std::optional<Ref> ref = parse_ref(words);
  if (!ref || ref->prefix != ref_prefix::kOutbox)
    return make_error(Code::invalid_argument,
                      "outbox \"" + shorten(words, 40) + "\" names no message on its way; they look like X-3.");
  Result<OutboxRow> row = context.txn.outbox().find_by_ref(ref->number);
  if (!row && row.error().code == Code::not_found)
    return make_error(Code::not_found, "There is no " + ref->text() + "; `deskhand outbox list` shows what there is.");
  return row;
}

std::string row_title(const OutboxRow& row) {
  if (row.kind == EffectKind::quickbooks_customer) return "QuickBooks customer";
  const std::optional<MessageContent> content = parse_canonical_message(row.canonical);
  return content ? message_title(*content) : "Message";
}

Result<Interaction> about_message(const OutboxRow& row, const ToolContext& context) {
  Interaction entry;
  entry.at = context.now;
  entry.contact = row.contact;
  Result<Message> message = context.txn.messages().find(row.message);
  if (!message) return message.error();
  entry.lead = message->lead;
  entry.opportunity = message->opportunity;
  return entry;
}

// What left goes into the history, as it left: from the bytes that were approved.
Done log_sent(const OutboxRow& row, ToolContext& context, std::vector<std::string>& touched) {
  if (row.kind != EffectKind::customer_message) return {};
  const std::optional<MessageContent> content = parse_canonical_message(row.canonical);
  if (!content)
    return make_error(Code::corrupt, "The bytes of " + ref_of_row(row) + " can not be read; run `deskhand verify`.");
  Result<Interaction> entry = about_message(row, context);
  if (!entry) return entry.error();
  entry->type = content->channel == MessageChannel::sms ? InteractionType::sms : InteractionType::email_outbound;
  entry->subject = content->subject;
  entry->body = content->text;
  Result<Interaction> stored = context.txn.interactions().insert(std::move(*entry));
  if (!stored) return stored.error();
  touched.push_back(ref_of(*stored));
  return {};
}

struct Settling {
  OutboxState to = OutboxState::sent;
  std::string result;
  std::optional<Instant> retry_at;
};

Result<ToolOutcome> settle(const OutboxRow& row, const Settling& settling, ToolContext& context,
                           const std::string& said) {
  ToolOutcome outcome;
  outcome.touched = {ref_of_row(row)};
  OutboxRow now = row;
  if (row.state != settling.to) {  // told twice: the first telling counts
    Result<OutboxRow> settled =
        context.txn.outbox().settle(row.id, row.state, settling.to, settling.result, context.now, settling.retry_at);
    if (!settled) return settled.error();
    now = std::move(*settled);
    if (settling.to == OutboxState::sent)
      if (Done done = log_sent(now, context, outcome.touched); !done) return done.error();
    if (settling.to == OutboxState::refused || settling.to == OutboxState::cancelled)
      if (Done done = toolbox::reopen_draft(context.txn, now); !done) return done.error();
  }
  outcome.text = row_title(now) + " (" + ref_of_row(now) + "): " + said + ".";
  outcome.data = share(Json{{"outbox", ref_of_row(now)}, {"state", name_of(now.state)}, {"result", now.result}});
  return outcome;
}

Result<Proposal> propose_on_row(const Json& arguments, const ToolContext& context, Effect effect) {
  Result<OutboxRow> row = named_row(arguments, context);
  if (!row) return row.error();
  Json resolved = arguments;
  resolved["outbox"] = ref_of_row(*row);
  Proposal proposal;
  proposal.effects = {std::move(effect)};
  proposal.arguments = share(std::move(resolved));
  proposal.summary = row_title(*row);
  proposal.contact = row->contact;
  proposal.message = row->message;
  return proposal;
}

Result<Proposal> propose_record_on_row(const Json& arguments, const ToolContext& context) {
  return propose_on_row(arguments, context, ChangesRecord{Noun::outbox, false});
}

// --- record_delivery: by the outbox, right after the one try ---------------------------------------------------------

Result<ToolOutcome> run_record_delivery(const Json& arguments, ToolContext& context) {
  Result<OutboxRow> row = named_row(arguments, context);
  if (!row) return row.error();
  const std::optional<OutboxState> state = parse_outbox_state(line(arguments, "state"));
  if (!state)
    return make_error(Code::invalid_argument, "state \"" + line(arguments, "state") + "\" is none of the outbox's.");
  Settling settling{*state, line(arguments, "result"), std::nullopt};
  if (given(arguments, "retry_at")) {
    Result<Instant> at = parse_rfc3339(line(arguments, "retry_at"));
    if (!at) return at.error();
    settling.retry_at = *at;
  }
  // A copy in the Sent mailbox, or an answer to it, proves that what nobody saw has left.
  const bool is_proof = row->state == OutboxState::delivery_unknown && *state == OutboxState::sent;
  if (row->state != OutboxState::attempting && row->state != *state && !is_proof)
    return make_error(Code::conflict, ref_of_row(*row) + " is " + spoken(name_of(row->state)) + " already.");
  return settle(*row, settling, context,
                spoken(name_of(*state)) + (settling.result.empty() ? "" : " (" + settling.result + ")"));
}

// --- record_bounce ---------------------------------------------------------------------------------------------------

Result<ToolOutcome> run_record_bounce(const Json& arguments, ToolContext& context) {
  Result<OutboxRow> row = named_row(arguments, context);
  if (!row) return row.error();
  const std::string reason = line(arguments, "reason");
  const std::string said = "came back" + (reason.empty() ? std::string() : ", " + reason);
  if (row->state == OutboxState::delivery_unknown) {  // a bounce proves that it had left
    Result<ToolOutcome> left = settle(*row, {OutboxState::sent, "proven by its bounce", std::nullopt}, context, "sent");
    if (!left) return left;
    row = context.txn.outbox().find(row->id);
    if (!row) return row.error();
  }
  const bool repeated = row->state == OutboxState::bounced;
  Result<ToolOutcome> outcome = settle(*row, {OutboxState::bounced, reason, std::nullopt}, context, said);
  if (!outcome || repeated || row->kind != EffectKind::customer_message) return outcome;
  Result<Interaction> entry = about_message(*row, context);
  if (!entry) return entry.error();
  entry->type = InteractionType::system;
  entry->subject = "Not delivered";
  entry->body = row_title(*row) + " " + said + ".";
  Result<Interaction> stored = context.txn.interactions().insert(std::move(*entry));
  if (!stored) return stored.error();
  outcome->touched.push_back(ref_of(*stored));
  return outcome;
}

// --- settle_delivery: by the owner -----------------------------------------------------------------------------------

Result<Settling> owners_word(const OutboxRow& row, std::string_view word, const ToolContext& context) {
  const bool unknown = row.state == OutboxState::delivery_unknown;
  const bool waits = row.state == OutboxState::queued || row.state == OutboxState::not_configured;
  if (word == "sent" && unknown) return Settling{OutboxState::sent, "the owner says it arrived", std::nullopt};
  if (word == "cancelled" && (unknown || waits))
    return Settling{OutboxState::cancelled, "withdrawn by the owner", std::nullopt};
  const bool again =
      (word == "not_sent" && unknown) || (word == "try_again" && row.state == OutboxState::not_configured);
  // The yes was given for these bytes and they never left: the same row goes out under it, while it is live.
  if (again && row.expires_at > context.now)
    return Settling{OutboxState::queued, "the owner says it did not leave", context.now};
  if (again && unknown)
    return Settling{OutboxState::cancelled, "the owner says it did not leave; its approval has expired", std::nullopt};
  if (again)
    return make_error(Code::conflict, "The approval of " + ref_of_row(row) + " has expired; ask for it again.");
  return make_error(Code::conflict, ref_of_row(row) + " is " + spoken(name_of(row.state)) +
                                        "; that can't be settled as " + spoken(word) + ".");
}

Result<ToolOutcome> run_settle(const Json& arguments, ToolContext& context) {
  Result<OutboxRow> row = named_row(arguments, context);
  if (!row) return row.error();
  Result<Settling> settling = owners_word(*row, line(arguments, "as"), context);
  if (!settling) return settling.error();
  switch (settling->to) {
    case OutboxState::sent:
      return settle(*row, *settling, context, "settled as sent");
    case OutboxState::queued:
      return settle(*row, *settling, context, "queued again under the same approval");
    default:
      return settle(*row, *settling, context, "withdrawn; nothing leaves");
  }
}

// --- specs -----------------------------------------------------------------------------------------------------------

Json which_row() { return text_of("The effect: X-3.", limits::kNameBytes); }

ToolSpec delivery_spec(std::string name, std::string description, Json properties, std::vector<std::string> required,
                       ToolRole role) {
  ToolSpec spec;
  spec.name = std::move(name);
  spec.description = std::move(description);
  spec.arguments = share(closed_schema(std::move(properties), std::move(required)));
  spec.effect = EffectClass::write;
  spec.role = role;
  return spec;
}

}  // namespace

Tools delivery_tools() {
  Tools tools;
  tools.push_back(make_tool(
      delivery_spec(
          "record_delivery", "Write down what became of one try to deliver.",
          {{"outbox", which_row()},
           {"state", one_of("What is known after the try.",
                            {"sent", "refused", "delivery_unknown", "not_configured", "queued", "cancelled"})},
           {"result", text_of("What the other side said.", limits::kSubjectBytes)},
           {"retry_at", {{"type", "string"}, {"format", "date-time"}, {"description", "With queued: not before."}}}},
          {"outbox", "state"}, ToolRole::system),
      propose_record_on_row, run_record_delivery));
  tools.push_back(
      make_tool(delivery_spec("record_bounce", "Write down that a sent message came back.",
                              {{"outbox", which_row()}, {"reason", text_of("What the bounce said.", limits::kSubjectBytes)}},
                              {"outbox"}, ToolRole::system),
                propose_record_on_row, run_record_bounce));
  tools.push_back(make_tool(
      delivery_spec(
          "settle_delivery",
          "Settle what nobody saw: say whether it was sent, or withdraw it, or let it be tried again.",
          {{"outbox", which_row()},
           {"as",
            one_of("sent: it arrived. not_sent: it did not leave and goes out again. cancelled: it shall not leave. "
                   "try_again: what it waited for is there.",
                   {"sent", "not_sent", "cancelled", "try_again"})}},
          {"outbox", "as"}, ToolRole::owner_action),
      [](const Json& arguments, const ToolContext& context) {
        return propose_on_row(arguments, context, SettlesDelivery{});
      },
      run_settle));
  return tools;
}

}  // namespace deskhand::tools
