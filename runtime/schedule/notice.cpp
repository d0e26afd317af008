#include "schedule/notice.h"

#include <algorithm>

#include "base/ids.h"
#include "base/limits.h"
#include "base/text.h"
#include "crm/message.h"
#include "guard/judge.h"
#include "ports/store/telling.h"
#include "schedule/place.h"

namespace deskhand::schedule {
namespace {

constexpr std::string_view kWhere =
    "Answer by number in Deskhand, not by e-mail: run `deskhand chat` and write, for instance, \"1 done; 2 later "
    "Friday\".";

std::string title_of(const std::string& job, const Settings& settings) {
  if (const Behaviour* behaviour = settings.find(job)) return behaviour->title;
  for (const Behaviour* own : {&reminder_behaviour(), &first_step_behaviour()})
    if (job.starts_with(own->name + " ")) return own->title;
  return "Deskhand";
}

std::string subject_of(const std::vector<Digest>& digests, const Settings& settings, const Org& org) {
  std::vector<std::string> titles;
  for (const Digest& digest : digests) {
    const std::string title = title_of(digest.behaviour, settings);
    if (std::find(titles.begin(), titles.end(), title) == titles.end()) titles.push_back(title);
  }
  return shorten(join(titles, ", ") + " — " + to_short_text(digests.front().day) + " — " + printable_line(org.name),
                 limits::kSubjectBytes);
}

// Our own Message-ID, made before any connection.
std::string message_id(const Org& org, Instant now, Random& random) {
  const std::size_t at = org.email.find('@');
  const std::string domain = at == std::string::npos ? "deskhand.invalid" : org.email.substr(at + 1);
  const std::uint64_t high = random.next();
  return "<" + uuid_v7(now.unix_ms(), high, random.next()) + "@" + domain + ">";
}

}  // namespace

Result<bool> queue_notice(Txn& txn, const Org& org, const User& user, const Settings& settings, Instant now,
                          Random& random) {
  if (!user.active || !user.email_verified || user.email.empty()) return false;
  const Result<std::vector<Digest>> told = tell_waiting(txn, user.id, kMailChannel, now);
  if (!told) return told.error();
  if (told->empty()) return false;
  const Result<Zone> zone = Zone::find(org.timezone);
  if (!zone) return zone.error();
  const NumberedDigests all = number_through(*told);
  MessageContent content;
  content.to_address = user.email;
  content.to_name = user.name;
  content.subject = subject_of(*told, settings, org);
  content.text = shorten(all.text, limits::kBodyBytes) + (all.items.empty() ? "" : "\n\n" + std::string(kWhere)) + "\n";
  OutboxRow row;
  row.kind = EffectKind::owner_notice;
  row.notice_to = user.id;
  row.canonical = canonical_bytes(content);
  row.fingerprint = fingerprint(row.canonical);
  row.request_id = message_id(org, now, random);
  row.not_before = guard::next_waking_instant(org, *zone, now);
  row.expires_at = row.not_before.plus_seconds(limits::kNoticeHours * 3600);
  Result<OutboxRow> queued = txn.outbox().insert(std::move(row));
  if (!queued) return queued.error();
  return true;
}

}  // namespace deskhand::schedule
