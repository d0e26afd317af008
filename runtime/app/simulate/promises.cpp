#include "app/simulate/promises.h"

#include "base/limits.h"
#include "base/text.h"
#include "schedule/plan.h"

namespace deskhand::app::simulate {
namespace {

std::string ref_of(const OutboxRow& row) { return Ref{ref_prefix::kOutbox, row.head.ref_number}.text(); }

bool has_left(OutboxState state) {
  return state == OutboxState::attempting || state == OutboxState::sent || state == OutboxState::delivery_unknown ||
         state == OutboxState::bounced;
}

// Design 1.3: what leaves is what was approved, byte for byte, by somebody who may.
std::string check_row(Txn& txn, const OutboxRow& row) {
  if (row.kind == EffectKind::owner_notice) {
    const auto user = txn.org().find_user(row.notice_to);
    const auto content = parse_canonical_message(row.canonical);
    if (!user || !content || content->to_address != user->email)
      return ref_of(row) + ": a notice to somebody who is not of the business";
    return {};
  }
  const auto approval = txn.approvals().find(row.approval);
  if (!approval || approval->status != ApprovalStatus::approved) return ref_of(row) + " left without a yes";
  if (row.kind == EffectKind::customer_message && approval->fingerprint != fingerprint(row.canonical))
    return ref_of(row) + " is not what was approved";
  return {};
}

}  // namespace

std::string Promises::check_step() {
  std::string broken;
  const Done done = business_.runtime().store().read(business_.runtime().org().id, [&](Txn& txn) -> Done {
    broken = check_sent(txn);
    if (broken.empty()) broken = check_wins(txn);
    return {};
  });
  return done ? broken : "the store can not be read: " + done.error().message;
}

std::string Promises::check_sent(Txn& txn) {
  const auto rows = txn.outbox().list(std::nullopt, limits::kPageRowsMax);
  if (!rows) return rows.error().message;
  for (const OutboxRow& row : *rows)
    if (has_left(row.state))
      if (std::string broken = check_row(txn, row); !broken.empty()) return broken;
  return {};
}

// HS4: every win has a yes.
std::string Promises::check_wins(Txn& txn) {
  LeadFilter won;
  won.states = {CanonicalState::won};
  const auto wins = txn.leads().count(won);
  if (!wins) return wins.error().message;
  if (*wins > wins_allowed_) return "more leads are won than the owner ever said yes to";
  return {};
}

std::string Promises::check_day() {
  if (std::string broken = check_step(); !broken.empty()) return broken;
  Runtime& runtime = business_.runtime();
  const auto report = runtime.system().verify(runtime.org().id);
  if (!report) return "the record can not be verified: " + report.error().message;
  if (!report->findings.empty()) return report->findings.front().where + ": " + report->findings.front().what;
  if (report->record_rows < records_) return "records have vanished";
  records_ = report->record_rows;

  sent_ = notices_ = 0;
  std::set<std::string> seen;
  for (const std::string& mail : business_.mails()) {
    const std::size_t at = mail.find("Message-ID: ");
    const std::size_t other = mail.find("Message-Id: ");
    const std::size_t begin = at == std::string::npos ? other : at;
    if (begin == std::string::npos) return "a mail left without a Message-ID";
    if (!seen.insert(mail.substr(begin, mail.find('\n', begin) - begin)).second) return "a mail left twice";
    ++(mail.find("dana@flores.example") != std::string::npos ? notices_ : sent_);
  }
  for (const auto& [address, before] : forbidden_)
    if (mails_to(address) > before) return "a mail left to " + address + " after they asked not to be contacted";
  return {};
}

std::size_t Promises::mails_to(const std::string& address) const {
  std::size_t count = 0;
  for (const std::string& mail : business_.mails())
    if (mail.find(address) != std::string::npos) ++count;
  return count;
}

std::string Promises::check_calendar() {
  Runtime& runtime = business_.runtime();
  const Instant now = business_.clock().now();
  std::string broken;
  const Done done = runtime.store().read(runtime.org().id, [&](Txn& txn) -> Done {
    for (const schedule::Behaviour& behaviour : runtime.scheduler().settings().behaviours) {
      const auto day = schedule::latest_due(behaviour.plan, runtime.org().calendar, business_.zone(), now);
      if (!day || behaviour.plan.instant_on(*day, business_.zone()) < runtime.org().head.created_at) continue;
      auto job = txn.schedule().find_job(behaviour.name, *day);
      if (!job) return job.error();
      if (!*job || (*job)->state != JobState::done)
        broken = behaviour.name + " of " + to_iso(*day) + " is due and not done";
    }
    return {};
  });
  return done ? broken : done.error().message;
}

}  // namespace deskhand::app::simulate
