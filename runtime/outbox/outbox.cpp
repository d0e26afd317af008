#include "outbox/outbox.h"

#include <algorithm>
#include <array>

#include "base/json.h"
#include "base/limits.h"
#include "base/text.h"
#include "guard/judge.h"
#include "toolbox/facts.h"
#include "toolbox/withdraw.h"

namespace deskhand::outbox {
namespace {

constexpr int kRoundsPerDrain = 20;          // 1,000 rows; what is left is due again at the next drain
constexpr std::int64_t kOldNewsSeconds = 24 * 3600;  // a talk so long before the yes, only written down later, is no news
constexpr std::size_t kTalksLookedAt = 50;  // the newest of somebody who was written to: what came since is among them
constexpr std::chrono::seconds kDeliverySeconds{60};  // one delivery, connection to last answer
// Waits after a try that provably was not accepted, in seconds; the last one repeats until limits::kSendAttempts.
constexpr std::array<std::int64_t, 5> kRetrySeconds{60, 300, 900, 3600, 4 * 3600};

Actor outbox_actor() {
  Actor actor;
  actor.kind = ActorKind::system;
  actor.channel = "outbox";
  return actor;
}

std::string ref_of(const OutboxRow& row) { return Ref{ref_prefix::kOutbox, row.head.ref_number}.text(); }

struct Outcome {
  OutboxState state;
  std::string result;
  std::optional<Instant> retry_at;
};

Outcome outcome_of(const DeliveryResult& result, const OutboxRow& row, Instant now) {
  if (const auto* delivered = std::get_if<Delivered>(&result)) return {OutboxState::sent, delivered->receipt, {}};
  if (const auto* refused = std::get_if<Refused>(&result)) return {OutboxState::refused, refused->reason, {}};
  if (const auto* unknown = std::get_if<Unknown>(&result)) return {OutboxState::delivery_unknown, unknown->reason, {}};
  if (const auto* missing = std::get_if<NotConfigured>(&result)) return {OutboxState::not_configured, missing->reason, {}};
  const std::string& reason = std::get<NotAccepted>(result).reason;
  const std::size_t tries = static_cast<std::size_t>(std::max(row.attempts, 1));
  const Instant retry_at = now.plus_seconds(kRetrySeconds[std::min(tries, kRetrySeconds.size()) - 1]);
  if (row.attempts >= limits::kSendAttempts || retry_at >= row.expires_at)
    return {OutboxState::refused, "given up after " + count_of(tries, "try", "tries") + ": " + reason, {}};
  return {OutboxState::queued, reason, retry_at};
}

std::string what_of(const OutboxRow& row) {
  if (row.kind == EffectKind::quickbooks_customer) return "the QuickBooks customer";
  const auto content = parse_canonical_message(row.canonical);
  if (!content) return "the message";
  const std::string subject = content->subject.empty() ? "" : ": " + printable_line(content->subject);
  return std::string(content->channel == MessageChannel::sms ? "the text" : "the e-mail") + " to " +
         printable_line(content->to_address) + subject;
}

std::string text_of(const OutboxRow& row, const Outcome& outcome) {
  const std::string what = what_of(row);
  switch (outcome.state) {
    case OutboxState::sent: return "Sent " + what + ".";
    case OutboxState::refused: return "Not sent: " + what + " was refused (" + printable_line(outcome.result) + ").";
    case OutboxState::delivery_unknown:
      return "It is not known whether " + what + " left (" + printable_line(outcome.result) + "). It will not be tried again by itself; settle it with `deskhand outbox settle " +
             ref_of(row) + " sent|not-sent`.";
    case OutboxState::not_configured: return "Waiting: " + what + " - " + printable_line(outcome.result) + ".";
    case OutboxState::queued: return "Not yet sent: " + what + " (" + printable_line(outcome.result) + "); it is tried again by itself.";
    case OutboxState::cancelled: return "Not sent: " + what + " was withdrawn (" + printable_line(outcome.result) + ").";
    case OutboxState::attempting:
    case OutboxState::bounced: return std::string(name_of(outcome.state)) + ": " + what + ".";
  }
  return {};
}

// News that makes a yes to a message old: the customer has written or called, and it was taken in since. A message that quiet hours or an outage held back
// would answer words that its writer had not read.
Result<bool> has_heard_since(Txn& txn, const ContactId& contact, Instant yes) {
  if (contact.empty()) return false;
  auto talks = txn.interactions().of_contact(contact, kTalksLookedAt);
  if (!talks) return talks.error();
  return std::any_of(talks->begin(), talks->end(), [&](const Interaction& talk) {
    const bool from_them = talk.inbound || talk.type == InteractionType::email_inbound;
    return from_them && !talk.voided && talk.head.created_at > yes && talk.at > yes.plus_seconds(-kOldNewsSeconds);
  });
}

}  // namespace

struct Outbox::Gated {
  OutboxRow row;
  Org org;
  OutboundEffect effect;
};

Outbox::Outbox(Store& store, SystemHandle& system, const toolbox::Toolbox& toolbox, Transport& messages, Transport& money,
               const Clock& clock)
    : store_(store), system_(system), toolbox_(toolbox), messages_(messages), money_(money), clock_(clock) {}

Result<std::vector<Settled>> Outbox::drain(std::stop_token stop) {
  auto settled = recover(stop);
  if (!settled) return settled;
  for (int round = 0; round < kRoundsPerDrain && !stop.stop_requested(); ++round) {
    auto due = system_.lease_outbox(clock_.now(), limits::kOutboxLeaseSeconds, limits::kOutboxBatch);
    if (!due) return due.error();
    if (due->empty()) break;
    for (const DueOutbox& row : *due) {
      if (stop.stop_requested()) break;
      auto gated = pass_gate(row, *settled);
      if (!gated) return gated.error();
      if (!*gated) continue;
      const Gated& leaving = **gated;
      const DeliveryResult result = transport_for(leaving.row.kind)
                                        .deliver(leaving.org, leaving.effect, clock_.steady() + kDeliverySeconds, stop);
      if (auto done = settle(row.org, leaving.row, result, *settled); !done) return done.error();
    }
  }
  return settled;
}

Result<std::vector<Settled>> Outbox::recover(std::stop_token stop) {
  std::vector<Settled> settled;
  auto stranded = system_.stranded_outbox(clock_.now(), limits::kOutboxBatch);
  if (!stranded) return stranded.error();
  for (const DueOutbox& due : *stranded) {
    OutboxRow row;
    Org org;
    const Done read = store_.read(due.org, [&](Txn& txn) -> Done {
      auto found = txn.outbox().find(due.id);
      if (!found) return found.error();
      auto its_org = txn.org().get();
      if (!its_org) return its_org.error();
      row = std::move(*found);
      org = std::move(*its_org);
      return {};
    });
    if (!read) return read.error();
    if (row.state != OutboxState::attempting) continue;
    if (stop.stop_requested()) return settled;  // a look-up that was cut short says nothing
    const DeliveryResult proof = transport_for(row.kind).find_proof(org, row.request_id, clock_.steady() + kDeliverySeconds, stop);
    if (stop.stop_requested() && std::holds_alternative<Unknown>(proof)) return settled;
    if (auto done = settle(due.org, row, proof, settled); !done) return done.error();
  }
  return settled;
}

Result<std::unique_ptr<Outbox::Gated>> Outbox::pass_gate(const DueOutbox& due, std::vector<Settled>& settled) {
  auto gated = std::make_unique<Gated>();
  bool leaves = false;
  std::optional<Settled> withdrawn;
  const Done passed = store_.write(due.org, [&](Txn& txn) -> Done {
    leaves = false;
    withdrawn.reset();
    auto row = txn.outbox().find(due.id);
    if (!row) return row.error();
    auto org = txn.org().get();
    if (!org) return org.error();
    auto zone = Zone::find(org->timezone);
    if (!zone) return zone.error();
    const Instant now = clock_.now();
    if (row->state != OutboxState::queued || row->not_before > now) return {};
    if (row->kind == EffectKind::customer_message && guard::next_waking_instant(*org, *zone, now) > now) return {};

    if (row->kind == EffectKind::owner_notice) return pass_notice(txn, *row, std::move(*org), now, *gated, leaves, withdrawn);

    // What leaves is read from the approved bytes and nowhere else.
    std::vector<Effect> effects;
    const auto grant = txn.approvals().find_grant(row->grant);
    if (!grant) return grant.error();
    Facts facts;
    if (row->kind == EffectKind::customer_message) {
      auto content = parse_canonical_message(row->canonical);
      if (!content) return make_error(Code::corrupt, "The bytes of " + ref_of(*row) + " can not be read; nothing was sent.");
      OutboundMessage message;
      auto stored = txn.messages().find(row->message);
      if (!stored) return stored.error();
      message.content = *content;
      message.internet_message_id = row->request_id;
      message.in_reply_to = stored->in_reply_to;
      message.date = now;
      effects.push_back(SendsMessage{row->message, row->contact, stored->lead, *content, stored->template_stage});
      gated->effect = std::move(message);
    } else {
      auto contact = txn.contacts().find(row->contact);
      if (!contact) return contact.error();
      effects.push_back(CreatesQuickBooksCustomer{row->contact, contact->quickbooks_customer_id});
      gated->effect = QuickBooksCustomer{row->request_id, contact->full_name(), contact->email(), contact->phone(), contact->address};
    }
    auto gathered = toolbox::gather_facts(effects, txn, now);
    if (!gathered) return gathered.error();
    facts = std::move(*gathered);
    facts.action_fingerprint = fingerprint(row->canonical);
    const ApprovalKind kind = row->kind == EffectKind::customer_message ? ApprovalKind::send_message : ApprovalKind::create_quickbooks_customer;
    const bool live = !grant->used_at && !grant->revoked_at && grant->expires_at > now && grant->outbox == row->id;
    facts.approval = ApprovalStanding{kind, grant->fingerprint, grant->granted_by, live};
    facts.auto_send = AutoSendStanding{};  // a standing grant was turned into this row's own grant when it was queued
    facts.lead_closed_since_card = false;  // judged at the yes; a lead closed by the very work this mail is about may still get it
    const guard::Judgement judgement = guard::judge(toolbox_.guards(), effects, outbox_actor(), facts);

    AuditEntry entry;
    entry.at = now;
    entry.actor = "system:outbox";
    entry.action = "begin_attempt";
    entry.subject = ref_of(*row);
    const bool is_allowed = std::holds_alternative<Allow>(judgement.verdict);
    auto heard = is_allowed && row->kind == EffectKind::customer_message ? has_heard_since(txn, row->contact, grant->granted_at) : Result<bool>(false);
    if (!heard) return heard.error();
    if (!is_allowed || *heard) {
      const auto* stop = std::get_if<Stop>(&judgement.verdict);
      const std::string reason = *heard ? "they have been in touch since your yes; read it, and ask for this again if it should still go"
                                 : stop != nullptr ? stop->reason : "its approval is not live any more";
      auto cancelled = txn.outbox().settle(row->id, OutboxState::queued, OutboxState::cancelled, reason, now, {});
      if (!cancelled) return cancelled.error();
      if (auto done = toolbox::reopen_draft(txn, *row); !done) return done;
      entry.verdict = "stop " + (*heard ? std::string("HEARD") : judgement.rule_id) + ": " + reason;
      withdrawn = Settled{due.org,   ref_of(*row), "", row->kind, OutboxState::cancelled,
                          text_of(*row, {OutboxState::cancelled, reason, {}})};
    } else {
      auto attempting = txn.outbox().begin_attempt(row->id, now);
      if (!attempting) return attempting.error().code == Code::conflict ? Done{} : Done{attempting.error()};
      gated->row = std::move(*attempting);
      gated->org = std::move(*org);
      entry.verdict = "allow";
      leaves = true;
    }
    auto appended = txn.audit().append(std::move(entry), false);
    return appended ? Done{} : Done{appended.error()};
  });
  if (!passed) return passed.error();
  if (withdrawn) settled.push_back(std::move(*withdrawn));
  if (!leaves) gated.reset();
  return gated;
}

// A notice needs no grant, because it goes to a person of the business and to nobody else: the address must still be the verified
// one on that person's own row.
Done Outbox::pass_notice(Txn& txn, const OutboxRow& row, Org org, Instant now, Gated& gated, bool& leaves, std::optional<Settled>& withdrawn) {
  const auto content = parse_canonical_message(row.canonical);
  if (!content) return make_error(Code::corrupt, "The bytes of " + ref_of(row) + " can not be read; nothing was sent.");
  const auto user = txn.org().find_user(row.notice_to);
  if (!user) return user.error();
  AuditEntry entry;
  entry.at = now;
  entry.actor = "system:outbox";
  entry.action = "notify";
  entry.subject = ref_of(row);
  const bool is_theirs = user->active && user->email_verified && content->to_address == user->email && content->cc.empty();
  if (!is_theirs) {
    const std::string reason = "it is not the verified address of an active person of this business any more";
    auto cancelled = txn.outbox().settle(row.id, OutboxState::queued, OutboxState::cancelled, reason, now, {});
    if (!cancelled) return cancelled.error();
    entry.verdict = "stop NOTICE: " + reason;
    withdrawn = Settled{org.id, ref_of(row), "", row.kind, OutboxState::cancelled, text_of(row, {OutboxState::cancelled, reason, {}})};
  } else {
    auto attempting = txn.outbox().begin_attempt(row.id, now);
    if (!attempting) return attempting.error().code == Code::conflict ? Done{} : Done{attempting.error()};
    gated.row = std::move(*attempting);
    gated.effect = OutboundMessage{*content, row.request_id, "", now, true};
    gated.org = std::move(org);
    entry.verdict = "allow";
    leaves = true;
  }
  auto appended = txn.audit().append(std::move(entry), false);
  return appended ? Done{} : Done{appended.error()};
}

Done Outbox::settle(const OrgId& org, const OutboxRow& row, const DeliveryResult& result, std::vector<Settled>& settled) {
  const Outcome outcome = outcome_of(result, row, clock_.now());
  Json arguments{{"outbox", ref_of(row)}, {"state", name_of(outcome.state)}, {"result", shorten(printable_line(outcome.result), limits::kSubjectBytes)}};
  if (outcome.retry_at) arguments["retry_at"] = to_rfc3339(*outcome.retry_at);
  toolbox::CallRequest request;
  request.org = org;
  request.actor = outbox_actor();
  request.tool = "record_delivery";
  request.arguments_text = to_text(arguments);
  const toolbox::CallResult called = toolbox_.call(request);
  // Somebody else settled it (a recovering process found the same proof): the row is settled either way.
  if (!called.ok && called.code != Code::conflict) return make_error(called.code, called.error, called.error_detail);
  if (called.ok) settled.push_back({org, ref_of(row), "", row.kind, outcome.state, text_of(row, outcome)});
  return {};
}

}  // namespace deskhand::outbox
