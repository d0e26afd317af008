#include "intake/mail_fetch.h"

#include <algorithm>

#include "base/text.h"
#include "intake/owner_news.h"

namespace deskhand::intake {
namespace {

constexpr std::int64_t kSecondsOfDay = 24 * 3600;
constexpr std::int64_t kLongestWaitSeconds = 15 * 60;
constexpr int kDoublings = 8;
constexpr std::int64_t kClaimSeconds = 12 * 60;  // a little more than a visit may take

// Whether a mail that was not taken in would be taken in at a later try.
bool is_worth_a_retry(const Error& error) {
  return error.code != Code::invalid_argument && error.code != Code::limit_exceeded;
}

// The account of "office@hill.example INBOX": when its server is away, all its mailboxes are, and one word about it is enough.
std::string account_of(const std::string& mailbox) { return mailbox.substr(0, mailbox.find(' ')); }

}  // namespace

MailFetch::MailFetch(Store& store, const MailIntake& intake, const Clock& clock, const Worker& worker, FetchRules rules)
    : store_(store), intake_(intake), clock_(clock), worker_(worker), rules_(rules) {}

FetchReport MailFetch::visit(const OrgId& org, MailSource& source, Telling telling, std::stop_token stop) const {
  const auto is_ours = claim(org, source.name());
  if (is_ours && *is_ours) {
    FetchReport report = visit_claimed(org, source, telling, std::move(stop));
    const Done released = store_.write(
        org, [&](Txn& txn) { return txn.intake().release_mailbox(source.name(), worker_.name()); });
    if (!released && !report.failure) report.failure = released.error();
    return report;
  }
  FetchReport report;
  report.mailbox = source.name();
  if (!is_ours)
    report.failure = is_ours.error();
  else
    report.is_elsewhere = true;
  return report;
}

Result<bool> MailFetch::claim(const OrgId& org, const std::string& mailbox) const {
  bool is_ours = false;
  const Done done = store_.write(org, [&](Txn& txn) -> Done {
    const Instant now = clock_.now();
    MailboxClaim wanted{mailbox, worker_.name(), now, now.plus_seconds(kClaimSeconds), ""};
    auto reader = txn.intake().claim_mailbox(wanted);
    if (reader && *reader != worker_.name() && worker_.is_gone(*reader)) {
      wanted.instead_of = *reader;
      reader = txn.intake().claim_mailbox(wanted);
    }
    if (!reader) return reader.error();
    is_ours = *reader == worker_.name();
    return {};
  });
  if (!done) return done.error();
  return is_ours;
}

FetchReport MailFetch::visit_claimed(const OrgId& org, MailSource& source, Telling telling,
                                     std::stop_token stop) const {
  FetchReport report;
  report.mailbox = source.name();
  MailboxMark mark;
  const Done known = store_.read(org, [&](Txn& txn) -> Done {
    auto found = txn.intake().mark_of(source.name());
    if (!found) return found.error();
    if (*found) mark = std::move(**found);
    return {};
  });
  if (!known) {
    report.failure = known.error();
    return report;
  }
  mark.mailbox = source.name();
  const Done read = read_new(org, source, mark, report, telling, std::move(stop));
  source.close();
  if (!read && read.error().code != Code::cancelled) note_failure(read.error(), mark, report);
  if (!read) report.failure = read.error();
  if (read && mark.failing_since) {
    if (mark.told_at) report.notices.push_back("The mailbox " + mark.mailbox + " can be read again.");
    mark.failing_since.reset();
    mark.told_at.reset();
    mark.failure.clear();
  }
  mark.visited_at = clock_.now();
  if (auto kept = close_visit(org, mark, report, telling); !kept && !report.failure) report.failure = kept.error();
  return report;
}

// What the owner is told and the mark that it was told commit together.
Done MailFetch::close_visit(const OrgId& org, const MailboxMark& mark, const FetchReport& report,
                            Telling telling) const {
  return store_.write(org, [&](Txn& txn) -> Done {
    if (telling == Telling::owners && !report.notices.empty()) {
      const std::string about = (mark.failing_since ? "mailbox away " : "mailbox ") + account_of(mark.mailbox);
      if (Done told = tell_owners(txn, about, join(report.notices, "\n"), clock_.now()); !told) return told;
    }
    return txn.intake().keep_mark(mark);
  });
}

Done MailFetch::read_new(const OrgId& org, MailSource& source, MailboxMark& mark, FetchReport& report, Telling telling,
                         std::stop_token stop) const {
  auto validity = source.open(stop);
  if (!validity) return validity.error();
  std::optional<Day> since;
  if (mark.uid_validity != *validity) {
    // New here, or the server numbers its mails anew: what was taken in before is known by its bytes and its
    // Message-ID.
    mark.uid_validity = *validity;
    mark.uid = 0;
  }
  if (mark.uid == 0)
    since = Day{static_cast<std::int32_t>(clock_.now().us / 1'000'000 / kSecondsOfDay - source.days_back())};
  auto uids = source.uids_above(mark.uid, since);
  if (!uids) return uids.error();
  for (std::size_t at = 0; at < uids->size(); ++at) {
    report.left = uids->size() - at;
    if (at >= rules_.mails_max) return {};
    if (stop.stop_requested()) return make_error(Code::cancelled, "Stopped.");
    const std::uint32_t uid = (*uids)[at];
    auto raw = source.fetch(uid);
    if (!raw && raw.error().code != Code::not_found) return raw.error();
    if (raw) {
      auto outcome = intake_.take(org, *raw, source.name() + " " + std::to_string(uid), telling);
      if (!outcome && is_worth_a_retry(outcome.error())) return outcome.error();
      if (outcome)
        report.outcomes.push_back(std::move(*outcome));
      else
        report.notices.push_back("A mail in " + mark.mailbox + " was not taken in: " + outcome.error().message);
    }
    mark.uid = uid;
    if (auto kept = keep(org, mark); !kept) return kept;
  }
  report.left = 0;
  return {};
}

Done MailFetch::keep(const OrgId& org, const MailboxMark& mark) const {
  return store_.write(org, [&](Txn& txn) { return txn.intake().keep_mark(mark); });
}

void MailFetch::note_failure(const Error& failure, MailboxMark& mark, FetchReport& report) const {
  const Instant now = clock_.now();
  if (!mark.failing_since) mark.failing_since = now;
  mark.failure = shorten(printable_line(failure.message), 300);
  const bool is_long = now.us - mark.failing_since->us >= rules_.down_after_seconds * 1'000'000;
  // A refused login does not come right by waiting.
  if (mark.told_at || !(is_long || failure.code == Code::forbidden)) return;
  mark.told_at = now;
  report.notices.push_back("The mailbox " + mark.mailbox + " can not be read since " + to_rfc3339(*mark.failing_since) +
                           ": " + mark.failure + " Mail that comes in there is not seen until it works again.");
}

std::int64_t seconds_to_next_visit(std::int64_t usual_seconds, int failures_in_a_row) {
  const std::int64_t factor = std::int64_t{1} << std::clamp(failures_in_a_row, 0, kDoublings);
  return std::min(std::max<std::int64_t>(usual_seconds, 1) * factor, std::max(usual_seconds, kLongestWaitSeconds));
}

}  // namespace deskhand::intake
