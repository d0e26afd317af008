#include "store/schedule_store.h"

#include "base/json.h"

namespace deskhand::store {
namespace {

constexpr std::string_view kJobColumns =
    "behaviour, local_date, state, due_at, worker, lease_until, attempts, missed, started_at, ended_at, result";
constexpr std::int64_t kPausesMax = 200;
constexpr std::size_t kItemsBytes = 256 * 1024;

Result<Job> read_job(const Row& row) {
  ColumnReader in(row);
  Job job;
  job.behaviour = in.text();
  job.day = in.day();
  job.state = in.name(parse_job_state);
  job.due_at = in.instant();
  job.worker = in.text();
  job.lease_until = in.instant();
  job.attempts = static_cast<int>(in.number());
  job.missed = static_cast<int>(in.number());
  job.started_at = in.instant();
  job.ended_at = in.maybe_instant();
  job.result = in.text();
  return in.finish(std::move(job));
}

std::string items_text(const std::vector<ListItem>& items) {
  Json list = Json::array();
  for (const ListItem& item : items) list.push_back(Json::array({noun_name(item.noun), item.ref, item.label}));
  return to_text(list);
}

Result<std::vector<ListItem>> read_items(std::string_view text) {
  const Error damaged = make_error(Code::corrupt, "A stored list is damaged; run `deskhand verify`.");
  Result<Json> list = parse_json(text, kItemsBytes);
  if (!list || !list->is_array()) return damaged;
  std::vector<ListItem> items;
  for (const Json& row : *list) {
    if (!row.is_array() || row.size() != 3 || !row[0].is_string() || !row[1].is_string() || !row[2].is_string())
      return damaged;
    const auto noun = parse_noun(row[0].get<std::string>());
    if (!noun) return damaged;
    items.push_back({static_cast<int>(items.size()) + 1, *noun, row[1].get<std::string>(), row[2].get<std::string>()});
  }
  return items;
}

Result<Digest> read_digest(const Row& row) {
  ColumnReader in(row);
  Digest digest;
  digest.id = in.text();
  digest.behaviour = in.text();
  digest.day = in.day();
  digest.user = in.id<UserId>();
  digest.text = in.text();
  Result<std::vector<ListItem>> items = read_items(in.text());
  if (!items) return items.error();
  digest.items = std::move(*items);
  digest.made_at = in.instant();
  return in.finish(std::move(digest));
}

Error taken_over(const Job& job) {
  return make_error(Code::conflict, "Another worker has taken over " + job.behaviour + " of " + to_iso(job.day) + ".");
}

}  // namespace

Result<std::optional<Job>> SqlScheduleStore::claim(const Job& job, Instant now) {
  return session_.maybe<Job>("INSERT INTO jobs (org_id, behaviour, local_date, state, due_at, worker, lease_until, attempts, missed, "
                        "started_at, ended_at, result) VALUES ($1, $2, $3, 'leased', $4, $5, $6, 1, $7, $8, NULL, '') "
                        "ON CONFLICT (org_id, behaviour, local_date) DO UPDATE SET worker = excluded.worker, "
                        "lease_until = excluded.lease_until, attempts = jobs.attempts + 1 "
                        "WHERE jobs.state = 'leased' AND jobs.lease_until <= $8 RETURNING " +
                            std::string(kJobColumns),
                        {job.behaviour, day(job.day), instant(job.due_at), job.worker, instant(job.lease_until),
                         number(job.missed), instant(now)},
                        read_job);
}

Done SqlScheduleStore::finish(const Job& job, JobState state, std::string_view result, Instant now) {
  Result<bool> mine = session_.exists(
      "UPDATE jobs SET state = $5, ended_at = $6, result = $7 WHERE org_id = $1 AND behaviour = $2 AND local_date = $3 "
      "AND state = 'leased' AND worker = $4 RETURNING 1",
      {job.behaviour, day(job.day), job.worker, text(name_of(state)), instant(now), text(result)});
  if (!mine) return mine.error();
  return *mine ? Done{} : Done{taken_over(job)};
}

Done SqlScheduleStore::release(const Job& job, std::string_view why, Instant again_at) {
  Result<bool> mine = session_.exists(
      "UPDATE jobs SET lease_until = $5, result = $6 WHERE org_id = $1 AND behaviour = $2 AND local_date = $3 "
      "AND state = 'leased' AND worker = $4 RETURNING 1",
      {job.behaviour, day(job.day), job.worker, instant(again_at), text(why)});
  if (!mine) return mine.error();
  return *mine ? Done{} : Done{taken_over(job)};
}

Result<std::optional<Job>> SqlScheduleStore::find_job(std::string_view behaviour, Day local) const {
  return session_.maybe<Job>(
      "SELECT " + std::string(kJobColumns) + " FROM jobs WHERE org_id = $1 AND behaviour = $2 AND local_date = $3",
      {text(behaviour), day(local)}, read_job);
}

Result<std::optional<Job>> SqlScheduleStore::job_before(std::string_view behaviour, Day local) const {
  return session_.maybe<Job>("SELECT " + std::string(kJobColumns) +
                            " FROM jobs WHERE org_id = $1 AND behaviour = $2 AND local_date < $3 ORDER BY local_date DESC LIMIT 1",
                        {text(behaviour), day(local)}, read_job);
}

Result<std::optional<Job>> SqlScheduleStore::last_job(std::string_view behaviour) const {
  return session_.maybe<Job>("SELECT " + std::string(kJobColumns) +
                            " FROM jobs WHERE org_id = $1 AND behaviour = $2 ORDER BY local_date DESC LIMIT 1",
                        {text(behaviour)}, read_job);
}

Result<std::vector<BehaviourPause>> SqlScheduleStore::pauses() const {
  return session_.all<BehaviourPause>(
      "SELECT behaviour, paused, changed_by, changed_at FROM behaviour_pauses WHERE org_id = $1 ORDER BY behaviour LIMIT $2",
      {number(kPausesMax)}, [](const Row& row) -> Result<BehaviourPause> {
        ColumnReader in(row);
        BehaviourPause pause;
        pause.behaviour = in.text();
        pause.paused = in.flag();
        pause.by = in.text();
        pause.at = in.instant();
        return in.finish(std::move(pause));
      });
}

Result<bool> SqlScheduleStore::set_paused(std::string_view behaviour, bool paused, std::string_view by, Instant now) {
  if (!paused)
    return session_.exists(
        "UPDATE behaviour_pauses SET paused = 0, changed_by = $3, changed_at = $4 WHERE org_id = $1 AND behaviour = $2 "
        "AND paused = 1 RETURNING 1",
        {text(behaviour), text(by), instant(now)});
  return session_.exists(
      "INSERT INTO behaviour_pauses (org_id, behaviour, paused, changed_by, changed_at) VALUES ($1, $2, 1, $3, $4) "
      "ON CONFLICT (org_id, behaviour) DO UPDATE SET paused = 1, changed_by = excluded.changed_by, changed_at = excluded.changed_at "
      "WHERE behaviour_pauses.paused = 0 RETURNING 1",
      {text(behaviour), text(by), instant(now)});
}

Result<Digest> SqlScheduleStore::insert(Digest digest) {
  if (digest.id.empty()) digest.id = session_.new_id();
  Done inserted = session_.run(
      "INSERT INTO digests (org_id, id, behaviour, local_date, user_id, content, items, made_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
      {digest.id, digest.behaviour, day(digest.day), id(digest.user), digest.text, items_text(digest.items),
       instant(digest.made_at)});
  if (!inserted) return inserted.error();
  return digest;
}

Result<std::vector<Digest>> SqlScheduleStore::undelivered(const UserId& user, std::string_view channel,
                                                          std::size_t rows_max) const {
  return session_.all<Digest>(
      "SELECT d.id, d.behaviour, d.local_date, d.user_id, d.content, d.items, d.made_at FROM digests d "
      "WHERE d.org_id = $1 AND d.user_id = $2 AND NOT EXISTS (SELECT 1 FROM digest_deliveries v "
      "WHERE v.org_id = $1 AND v.channel = $3 AND v.digest_id = d.id) ORDER BY d.made_at DESC, d.behaviour DESC LIMIT $4",
      {id(user), text(channel), number(static_cast<std::int64_t>(rows_max))}, read_digest);
}

Done SqlScheduleStore::mark_delivered(const Digest& digest, std::string_view channel, Instant now) {
  return session_.run(
      "INSERT INTO digest_deliveries (org_id, digest_id, channel, delivered_at) VALUES ($1, $2, $3, $4)",
      {digest.id, text(channel), instant(now)});
}

Result<std::optional<LeadNaming>> SqlScheduleStore::naming_of(const LeadId& lead) const {
  return session_.maybe<LeadNaming>(
      "SELECT lead_id, named_on, quiet_since FROM lead_namings WHERE org_id = $1 AND lead_id = $2", {id(lead)},
      [](const Row& row) -> Result<LeadNaming> {
        ColumnReader in(row);
        LeadNaming naming;
        naming.lead = in.id<LeadId>();
        naming.named_on = in.day();
        naming.quiet_since = in.day();
        return in.finish(std::move(naming));
      });
}

Done SqlScheduleStore::set_naming(const LeadNaming& naming) {
  return session_.run(
      "INSERT INTO lead_namings (org_id, lead_id, named_on, quiet_since) VALUES ($1, $2, $3, $4) "
      "ON CONFLICT (org_id, lead_id) DO UPDATE SET named_on = excluded.named_on, quiet_since = excluded.quiet_since",
      {id(naming.lead), day(naming.named_on), day(naming.quiet_since)});
}

}  // namespace deskhand::store
