#include "app/simulate/promises.h"

#include <algorithm>

#include "base/hash.h"
#include "base/limits.h"
#include "base/text.h"
#include "schedule/plan.h"

namespace deskhand::app::simulate {
namespace {

constexpr std::int64_t kHourSeconds = 3600;

std::string ref_of(const OutboxRow& row) { return Ref{ref_prefix::kOutbox, row.head.ref_number}.text(); }
std::string ref_of(const Approval& approval) { return Ref{ref_prefix::kApproval, approval.head.ref_number}.text(); }

bool is_final(OutboxState state) {
  return state != OutboxState::queued && state != OutboxState::attempting && state != OutboxState::not_configured;
}

// Line ends and blanks are the mail format's to choose.
std::string without_blanks(std::string_view words) {
  std::string kept;
  for (const char c : words)
    if (c != ' ' && c != '\n' && c != '\r' && c != '\t') kept += c;
  return kept;
}

std::string bare_id(std::string_view id) {
  std::string bare(id);
  std::erase_if(bare, [](char c) { return c == '<' || c == '>'; });
  return bare;
}

}  // namespace

void Promises::note_yes(const Approval& approval) {
  said_yes_[approval.head.ref_number] += approval.fingerprint + "\n";
  if (approval.kind == ApprovalKind::win) wins_allowed_.emplace(approval.head.ref_number, approval);
}

std::string Promises::note_job(const schedule::RanJob& job) {
  if (!job.done) return job.behaviour + " of " + to_iso(job.day) + " failed: " + job.result;
  if (!jobs_.insert(job.behaviour + " " + to_iso(job.day)).second)
    return job.behaviour + " of " + to_iso(job.day) + " was run twice";
  return {};
}

std::string Promises::check_step() {
  std::string broken;
  const Done done = business_.runtime().store().read(business_.runtime().org().id, [&](Txn& txn) -> Done {
    broken = check_approvals(txn);
    if (broken.empty()) broken = check_outbox(txn);
    if (broken.empty()) broken = check_wins(txn);
    return {};
  });
  if (!done) return "the store can not be read: " + done.error().message;
  return broken.empty() && !leaving_ ? check_mails() : broken;
}

// Design 1.3: a card that counts as approved was approved, as it stood, by somebody who may, where a yes counts.
std::string Promises::check_approvals(Txn& txn) {
  for (;; ++next_approval_) {
    const auto approval = txn.approvals().find_by_ref(next_approval_);
    if (!approval && approval.error().code == Code::not_found) break;
    if (!approval) return approval.error().message;
    open_approvals_.insert(next_approval_);
  }
  for (auto number = open_approvals_.begin(); number != open_approvals_.end();) {
    const auto approval = txn.approvals().find_by_ref(*number);
    if (!approval) return "A-" + std::to_string(*number) + " has vanished";
    if (std::string broken = check_approval(txn, *approval); !broken.empty()) return broken;
    number = approval->status == ApprovalStatus::pending ? std::next(number) : open_approvals_.erase(number);
  }
  return {};
}

std::string Promises::check_approval(Txn& txn, const Approval& approval) const {
  const std::string ref = ref_of(approval);
  if (approval.fingerprint != sha256_hex(approval.canonical)) return ref + " carries a fingerprint of other bytes";
  if (approval.status != ApprovalStatus::approved) return {};
  const auto said = said_yes_.find(approval.head.ref_number);
  if (said == said_yes_.end()) return ref + " (" + approval.summary + ") counts as approved and nobody said yes";
  if (said->second.find(approval.fingerprint) == std::string::npos)
    return ref + " counts as approved for bytes that nobody saw";
  const auto user = txn.org().find_user(approval.decided_by);
  if (!user || user->role != UserRole::owner) return ref + " was approved by somebody who may not";
  if (approval.decided_where != "terminal" && approval.decided_where != "command line")
    return ref + " was approved on " + approval.decided_where;
  if (!approval.decided_at || *approval.decided_at >= approval.expires_at) return ref + " was approved when it had expired";
  return {};
}

std::string Promises::check_outbox(Txn& txn) {
  for (;; ++next_row_) {
    const auto row = txn.outbox().find_by_ref(next_row_);
    if (!row && row.error().code == Code::not_found) break;
    if (!row) return row.error().message;
    open_rows_.insert(next_row_);
    row_of_mail_.insert_or_assign(bare_id(row->request_id), *row);
    if (!row->grant.empty() && !row_of_grant_.emplace(row->grant.text(), ref_of(*row)).second)
      return ref_of(*row) + " uses the grant of " + row_of_grant_[row->grant.text()];
  }
  leaving_ = false;
  for (auto number = open_rows_.begin(); number != open_rows_.end();) {
    const auto row = txn.outbox().find_by_ref(*number);
    if (!row) return "X-" + std::to_string(*number) + " has vanished";
    if (std::string broken = check_row(txn, *row); !broken.empty()) return broken;
    leaving_ = leaving_ || row->state == OutboxState::attempting;
    number = is_final(row->state) ? open_rows_.erase(number) : std::next(number);
  }
  return {};
}

// Whatever waits to leave or has left: notices only to the business's own people, all else by a yes for these bytes.
std::string Promises::check_row(Txn& txn, const OutboxRow& row) {
  if (row.kind == EffectKind::owner_notice) {
    const auto user = txn.org().find_user(row.notice_to);
    const auto content = parse_canonical_message(row.canonical);
    if (!user || !content || content->to_address != user->email || !content->cc.empty())
      return ref_of(row) + ": a notice to somebody who is not of the business";
    return {};
  }
  const auto approval = txn.approvals().find(row.approval);
  if (!approval || approval->status != ApprovalStatus::approved) return ref_of(row) + " is on its way without a yes";
  const ApprovalKind kind = row.kind == EffectKind::quickbooks_customer ? ApprovalKind::create_quickbooks_customer
                                                                        : ApprovalKind::send_message;
  if (approval->kind != kind) return ref_of(row) + " is on its way by a yes for something else";
  if (row.kind == EffectKind::customer_message && approval->fingerprint != fingerprint(row.canonical))
    return ref_of(row) + " is not what was approved";
  const auto grant = txn.approvals().find_grant(row.grant);
  if (!grant || grant->fingerprint != row.fingerprint) return ref_of(row) + " has no grant for its bytes";
  return {};
}

// HS4: every lead or deal that is won has a yes of its own, to a card that was about it.
std::string Promises::check_wins(Txn& txn) {
  LeadFilter won;
  won.states = {CanonicalState::won};
  won.order = LeadFilter::Order::created_oldest;
  won.rows_max = limits::kPageRowsMax;
  for (std::size_t read = won.rows_max; read == won.rows_max; won.offset += won.rows_max) {
    const auto leads = txn.leads().list(won);
    if (!leads) return leads.error().message;
    read = leads->size();
    for (const Lead& lead : *leads) {
      const std::string ref = Ref{ref_prefix::kLead, lead.head.ref_number}.text();
      if (wins_.contains(ref)) continue;
      std::vector<std::string> names{ref};
      if (const auto deal = txn.opportunities().find(lead.opportunity))
        names.push_back(Ref{ref_prefix::kOpportunity, deal->head.ref_number}.text());
      if (std::string broken = check_win(ref, names, lead.id); !broken.empty()) return broken;
    }
  }
  OpportunityFilter deals;
  deals.stages = {OpportunityStage::won};
  deals.rows_max = limits::kPageRowsMax;
  for (std::size_t read = deals.rows_max; read == deals.rows_max; deals.offset += deals.rows_max) {
    const auto found = txn.opportunities().list(deals);
    if (!found) return found.error().message;
    read = found->size();
    for (const Opportunity& deal : *found) {
      const std::string ref = Ref{ref_prefix::kOpportunity, deal.head.ref_number}.text();
      if (!deal.lead.empty() || wins_.contains(ref)) continue;
      if (std::string broken = check_win(ref, {ref}, {}); !broken.empty()) return broken;
    }
  }
  return {};
}

std::string Promises::check_win(const std::string& ref, const std::vector<std::string>& names, const LeadId& lead) {
  for (const auto& [number, approval] : wins_allowed_) {
    const bool about_it =
        (!lead.empty() && approval.lead == lead) || std::any_of(names.begin(), names.end(), [&](const std::string& name) {
          return approval.arguments.find("\"" + name + "\"") != std::string::npos;
        });
    if (!about_it) continue;
    wins_.emplace(ref, ref_of(approval));
    wins_allowed_.erase(number);
    return {};
  }
  return ref + " is won and the owner never said yes to that";
}

// What is in the folder has left: each once, as it was approved, to whom it was approved.
std::string Promises::check_mails() {
  for (const std::string& raw : business_.take_mails())
    if (std::string broken = check_mail(raw); !broken.empty()) return broken;
  return {};
}

std::string Promises::check_mail(const std::string& raw) {
  const auto mail = parser_->parse(raw);
  if (!mail) return "a mail left that can not be read";
  const auto known = row_of_mail_.find(mail->message_id);
  if (known == row_of_mail_.end()) return "a mail left that no row speaks of: " + mail->message_id;
  const OutboxRow& row = known->second;
  if (!left_.insert(mail->message_id).second) return "the mail of " + ref_of(row) + " left twice";
  const auto content = parse_canonical_message(row.canonical);
  if (!content) return ref_of(row) + " can not be read";
  if (mail->to.size() != 1 || mail->to.front().email.folded != content->to_address || mail->cc.size() != content->cc.size())
    return "the mail of " + ref_of(row) + " left to somebody else";
  if (without_blanks(mail->subject) != without_blanks(content->subject) ||
      without_blanks(mail->text) != without_blanks(content->text))
    return "the mail of " + ref_of(row) + " left with other words";
  if (row.kind != EffectKind::owner_notice && forbidden_.contains(content->to_address))
    return "the mail of " + ref_of(row) + " left to somebody who asked not to be contacted";
  ++(row.kind == EffectKind::owner_notice ? notices_ : sent_);
  return {};
}

std::string Promises::check_day(bool whole_record) {
  if (std::string broken = check_step(); !broken.empty()) return broken;
  if (whole_record)
    if (std::string broken = verify_record(); !broken.empty()) return broken;
  Runtime& runtime = business_.runtime();
  std::string broken;
  const Done done = runtime.store().read(runtime.org().id, [&](Txn& txn) -> Done {
    broken = check_people(txn);
    if (broken.empty()) broken = check_intake(txn);
    return {};
  });
  return done ? broken : "the store can not be read: " + done.error().message;
}

// Design 1.9: the chain of the log holds, every row is as its last entry left it, and nothing has gone.
std::string Promises::verify_record() {
  const auto report = business_.runtime().system().verify(business_.runtime().org().id);
  if (!report) return "the record can not be verified: " + report.error().message;
  if (!report->findings.empty()) return report->findings.front().where + ": " + report->findings.front().what;
  if (report->record_rows < records_) return "records have vanished";
  if (report->audit_rows < audits_) return "entries of the log have vanished";
  records_ = report->record_rows;
  audits_ = report->audit_rows;
  return {};
}

// HS3: nobody is on file twice.
std::string Promises::check_people(Txn& txn) {
  std::map<std::string, std::string> holders;
  ContactFilter all;
  all.include_archived = true;
  all.order = ContactFilter::Order::created_newest;
  all.rows_max = limits::kPageRowsMax;
  for (std::size_t read = all.rows_max; read == all.rows_max; all.offset += all.rows_max) {
    const auto contacts = txn.contacts().list(all);
    if (!contacts) return contacts.error().message;
    read = contacts->size();
    for (const Contact& contact : *contacts) {
      if (!contact.root.empty()) continue;
      const std::string ref = Ref{ref_prefix::kContact, contact.head.ref_number}.text();
      for (const ContactPoint& point : contact.points) {
        if (point.retired || !point.separate.empty()) continue;
        const auto [holder, is_new] = holders.emplace(std::string(name_of(point.kind)) + " " + point.normal, ref);
        if (!is_new) return holder->first + " belongs to " + holder->second + " and to " + ref;
      }
    }
  }
  return {};
}

// Design 1.6: what was acknowledged is there, byte for byte, and was dealt with. New mails are looked at, and of the old
// ones another share each day.
std::string Promises::check_intake(Txn& txn) {
  const auto waiting = txn.intake().unsettled(1);
  if (!waiting) return waiting.error().message;
  if (!waiting->empty()) return "a mail that came in was never dealt with";
  constexpr std::size_t kShares = 16;
  ++days_checked_;
  for (std::size_t index = 0; index < acknowledged_.size(); ++index) {
    if (index < mails_checked_ && index % kShares != days_checked_ % kShares) continue;
    const auto& [id, raw] = acknowledged_[index];
    const auto kept = txn.intake().raw(id);
    if (!kept || *kept != raw) return "a mail that was acknowledged is not there as it came";
  }
  mails_checked_ = acknowledged_.size();
  return {};
}

std::string Promises::check_calendar() {
  Runtime& runtime = business_.runtime();
  const Instant now = business_.clock().now();
  std::string broken;
  const Done done = runtime.store().read(runtime.org().id, [&](Txn& txn) -> Done {
    for (const schedule::Behaviour& behaviour : runtime.scheduler().settings().behaviours) {
      const auto day = schedule::latest_due(behaviour.plan, runtime.org().calendar, business_.zone(), now);
      // These rest where nothing is to be done and leave no job then.
      if (behaviour.name == "score_refresh" || behaviour.name == "sequence_steps") continue;
      if (!day || behaviour.plan.instant_on(*day, business_.zone()) < runtime.org().head.created_at) continue;
      auto job = txn.schedule().find_job(behaviour.name, *day);
      if (!job) return job.error();
      // Told since, or to be told within the hour, by another run.
      const Instant due_at = behaviour.plan.instant_on(*day, business_.zone());
      auto last = txn.schedule().last_job(behaviour.name);
      if (!last) return last.error();
      if (*last && (*last)->state == JobState::done && (*last)->started_at >= due_at) continue;
      const auto next = schedule::next_due(behaviour.plan, runtime.org().calendar, business_.zone(), now);
      if (!*job && next && behaviour.plan.instant_on(*next, business_.zone()) <= now.plus_seconds(kHourSeconds)) continue;
      // In the hands of a worker that died; when the clock was ahead of itself then, its lease is as well.
      const bool is_leased = *job && (*job)->state == JobState::leased && (*job)->lease_until > now;
      if (is_leased || (*job && (*job)->state == JobState::done)) continue;
      broken = behaviour.name + " of " + to_iso(*day) + " is due and not done";
      if (*job) broken += ", after " + std::to_string((*job)->attempts) + " attempts: " + (*job)->result;
    }
    return {};
  });
  return done ? broken : done.error().message;
}

}  // namespace deskhand::app::simulate
