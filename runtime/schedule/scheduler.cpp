#include "schedule/scheduler.h"

#include <algorithm>

#include "base/json.h"
#include "base/limits.h"
#include "base/text.h"
#include "schedule/notice.h"
#include "schedule/place.h"

namespace deskhand::schedule {
namespace {

constexpr std::int64_t kSoonSeconds = 3600;  // a list that is late is not told so shortly before its next one

std::string new_id(const Clock& clock, Random& random) {
  const std::uint64_t high = random.next();
  return uuid_v7(clock.now().unix_ms(), high, random.next());
}

Actor clock_actor() {
  Actor actor;
  actor.kind = ActorKind::system;
  actor.channel = "clock";
  return actor;
}

// The month that a run on that day is about: the one that has ended, or, where the plan means a month's last day, the one that ends.
std::string month_text(const Plan& plan, const BusinessCalendar& calendar, Day day) {
  const bool ends_it = plan.last_day && plan.falls_on(day, calendar);
  return to_iso(ends_it ? day : day.plus_days(-day.day_of_month())).substr(0, 7);
}

}  // namespace

std::vector<User> owners_of(const std::vector<User>& users) {
  std::vector<User> owners;
  for (const User& user : users)
    if (user.active && user.role == UserRole::owner) owners.push_back(user);
  return owners;
}

std::string late_line(const Job& job, const Plan& plan, const Zone& business, Instant now) {
  if (job.missed == 0 && now < job.due_at.plus_seconds(limits::kLateSeconds)) return {};
  const LocalTime due = plan.zone_in(business).to_local(job.due_at);
  std::string text = "Late: this was due " + to_short_text(due.day) + ", " + to_clock_text(due.minute_of_day);
  if (plan.in_utc) text += " UTC";
  if (job.missed > 0)
    text += "; it also stands for " +
            count_of(static_cast<std::size_t>(job.missed), "earlier run that was", "earlier runs that were") +
            " missed";
  return text + ".";
}

namespace {

bool has_nothing_to_say(const Behaviour& behaviour, const toolbox::CallResult& result) {
  const bool is_list =
      behaviour.tool == "stale_leads" || behaviour.tool == "morning_list" || behaviour.tool == "sequence_notice";
  return is_list && result.list.empty();
}

std::vector<ListItem> items_of(const toolbox::CallResult& result) {
  std::vector<ListItem> items;
  for (const Choice& choice : result.list)
    items.push_back(
        {static_cast<int>(items.size()) + 1, choice.noun, choice.ref, shorten(choice.label, limits::kNameBytes)});
  return items;
}

// The leads that were named in full are not named again every day.
Done remember_namings(Txn& txn, Day today, const toolbox::CallResult& result) {
  if (!result.data || !result.data->contains("leads")) return {};
  const Json& rows = result.data->at("leads");
  for (std::size_t index = 0; index < result.list.size() && index < rows.size(); ++index) {
    const auto ref = parse_ref(result.list[index].ref);
    const auto since = parse_iso_day(rows[index].value("quiet_since", ""));
    if (!ref || !since) continue;
    Result<Lead> lead = txn.leads().find_by_ref(ref->number);
    if (!lead) return lead.error();
    if (Done done = txn.schedule().set_naming({lead->id, today, *since}); !done) return done;
  }
  return {};
}

Done note(Txn& txn, std::string_view behaviour, std::string_view verdict, Day day, Instant now) {
  AuditEntry entry;
  entry.at = now;
  entry.actor = "system:clock";
  entry.action = std::string(behaviour);
  entry.subject = to_iso(day);
  entry.verdict = std::string(verdict);
  auto appended = txn.audit().append(std::move(entry), false);
  return appended ? Done{} : Done{appended.error()};
}

}  // namespace

Scheduler::Scheduler(Store& store, SystemHandle& system, const toolbox::Toolbox& toolbox, const Clock& clock,
                     Random& random, Settings settings)
    : store_(store),
      system_(system),
      toolbox_(toolbox),
      clock_(clock),
      random_(random),
      settings_(std::move(settings)),
      worker_(new_id(clock, random)) {}

Result<std::vector<RanJob>> Scheduler::run_due(std::stop_token stop) {
  Result<std::vector<Org>> orgs = system_.orgs();
  if (!orgs) return orgs.error();
  std::vector<RanJob> all;
  for (const Org& org : *orgs) {
    if (stop.stop_requested()) break;
    Result<std::vector<RanJob>> ran = run_due_of(org, stop);
    if (!ran) return ran.error();
    all.insert(all.end(), std::make_move_iterator(ran->begin()), std::make_move_iterator(ran->end()));
  }
  return all;
}

Result<std::vector<RanJob>> Scheduler::run_due_of(const Org& org, std::stop_token stop) {
  std::vector<RanJob> all;
  if (!org.active) return all;
  const Result<Zone> zone = Zone::find(org.timezone);
  if (!zone) return zone.error();
  const Place place{org, *zone, clock_.now()};
  Result<std::vector<Due>> due = due_of(place);
  if (!due) return due.error();
  for (std::size_t index = 0; index < due->size() && !stop.stop_requested(); ++index) {
    Due& one = (*due)[index];
    Result<std::optional<Job>> claimed = claim(org.id, one.job);
    if (!claimed) return claimed.error();
    if (!*claimed) continue;  // somebody else was faster
    one.job = std::move(**claimed);
    Result<RanJob> ran = carry_out(place, one, index + 1 == due->size());
    if (!ran) return ran.error();
    all.push_back(std::move(*ran));
  }
  // What another worker finished after the last job of its round, or before it died, is told now.
  if (Done done = flush_notices(place); !done) return done.error();
  return all;
}

Done Scheduler::flush_notices(const Place& place) {
  std::vector<User> waiting;
  const Done read = store_.read(place.org.id, [&](Txn& txn) -> Done {
    waiting.clear();
    Result<std::vector<User>> users = txn.org().users();
    if (!users) return users.error();
    for (User& user : *users) {
      if (!user.active || !user.email_verified) continue;
      Result<std::vector<Digest>> digests = txn.schedule().undelivered(user.id, kMailChannel, 1);
      if (!digests) return digests.error();
      if (!digests->empty()) waiting.push_back(std::move(user));
    }
    return {};
  });
  if (!read || waiting.empty()) return read;
  return store_.write(place.org.id, [&](Txn& txn) -> Done {
    const Instant now = clock_.now();
    bool queued_any = false;
    for (const User& user : waiting) {
      Result<bool> queued = queue_notice(txn, place.org, user, settings_, now, random_);
      if (!queued) return queued.error();
      queued_any = queued_any || *queued;
    }
    return queued_any ? note(txn, "notify", "allow", place.zone.day_of(now), now) : Done{};
  });
}

Result<std::vector<Scheduler::Due>> Scheduler::due_of(const Place& place) const {
  std::vector<Due> found;
  const Done read = store_.read(place.org.id, [&](Txn& txn) -> Done {
    found.clear();
    Result<std::vector<BehaviourPause>> pauses = txn.schedule().pauses();
    if (!pauses) return pauses.error();
    for (const Behaviour& behaviour : settings_.behaviours) {
      Error failed;
      std::optional<Due> due = due_now(place, behaviour, txn, *pauses, failed);
      if (!failed.message.empty()) return failed;
      if (due) found.push_back(std::move(*due));
    }
    if (Done done = add_first_steps(place, txn, found); !done) return done;
    return add_timed_reminders(place, txn, found);
  });
  if (!read) return read.error();
  return found;
}

std::optional<Scheduler::Due> Scheduler::due_now(const Place& place, const Behaviour& behaviour,
                                                 Txn& txn, const std::vector<BehaviourPause>& pauses,
                                                 Error& failed) const {
  ScheduleStore& schedule = txn.schedule();
  if (toolbox_.find(behaviour.tool) == nullptr) return std::nullopt;  // what would do it is not built in
  const std::optional<Day> day = latest_due(behaviour.plan, place.org.calendar, place.zone, place.now);
  if (!day) return std::nullopt;
  const Instant due_at = behaviour.plan.instant_on(*day, place.zone);
  if (due_at < place.org.head.created_at) return std::nullopt;  // before there was a business
  std::optional<Instant> resumed_at;
  for (const BehaviourPause& pause : pauses) {
    if (pause.behaviour != behaviour.name) continue;
    if (pause.paused || due_at <= pause.at) return std::nullopt;
    resumed_at = pause.at;
  }
  Result<std::optional<Job>> known = schedule.find_job(behaviour.name, *day);
  if (!known) return failed = known.error(), std::nullopt;
  if (*known && ((*known)->state != JobState::leased || (*known)->lease_until > place.now)) return std::nullopt;
  if (behaviour.work == Work::sequences && !*known) {
    const Result<bool> work = has_sequence_work(txn.nurture(), place.zone.day_of(place.now));
    if (!work) return failed = work.error(), std::nullopt;
    if (!*work) return std::nullopt;
  }
  Result<std::optional<Job>> before = schedule.job_before(behaviour.name, *day);
  if (!before) return failed = before.error(), std::nullopt;
  if (!*known && is_covered(place, behaviour, due_at, schedule, failed)) return std::nullopt;
  if (!failed.message.empty()) return std::nullopt;
  Due due;
  due.behaviour = &behaviour;
  due.job.behaviour = behaviour.name;
  due.job.day = *day;
  due.job.due_at = due_at;
  if (*before) {
    const Day since = resumed_at ? std::max((*before)->day, behaviour.plan.zone_in(place.zone).day_of(*resumed_at)) : (*before)->day;
    due.job.missed = since < *day ? dates_between(behaviour.plan, place.org.calendar, place.zone, since, *day) : 0;
  }
  return due;
}

// What a run since then has told already (one by hand, or by another plan that the owner has changed), or what the next run tells
// shortly, is not told late as well.
bool Scheduler::is_covered(const Place& place, const Behaviour& behaviour, Instant due_at, ScheduleStore& schedule, Error& failed) const {
  const Result<std::optional<Job>> last = schedule.last_job(behaviour.name);
  if (!last) {
    failed = last.error();
    return false;
  }
  if (*last && (*last)->state == JobState::done && (*last)->started_at >= due_at && (*last)->started_at <= place.now) return true;
  if (behaviour.work != Work::report || place.now < due_at.plus_seconds(limits::kLateSeconds)) return false;
  const std::optional<Day> next = next_due(behaviour.plan, place.org.calendar, place.zone, place.now);
  return next && behaviour.plan.instant_on(*next, place.zone) <= place.now.plus_seconds(kSoonSeconds);
}

Done Scheduler::add_unless_known(const Place& place, const Behaviour& behaviour, std::string job, Instant due_at, Txn& txn, std::vector<Due>& found) const {
  Due due;
  due.behaviour = &behaviour;
  due.job.behaviour = std::move(job);
  due.job.day = place.zone.day_of(place.now);
  due.job.due_at = due_at;
  Result<std::optional<Job>> known = txn.schedule().find_job(due.job.behaviour, due.job.day);
  if (!known) return known.error();
  if (!*known || ((*known)->state == JobState::leased && (*known)->lease_until <= place.now)) found.push_back(std::move(due));
  return {};
}

Result<std::optional<Job>> Scheduler::claim(const OrgId& org, Job job) {
  job.worker = worker_;
  std::optional<Job> claimed;
  const Done done = store_.write(org, [&](Txn& txn) -> Done {
    const Instant now = clock_.now();
    job.lease_until = now.plus_seconds(limits::kJobLeaseSeconds);
    Result<std::optional<Job>> taken = txn.schedule().claim(job, now);
    if (!taken) return taken.error();
    claimed = std::move(*taken);
    return {};
  });
  if (!done) return done.error();
  return claimed;
}

Result<RanJob> Scheduler::carry_out(const Place& place, const Due& due, bool is_last) {
  switch (due.behaviour->work) {
    case Work::report:
      return report(place, due, nullptr, true, is_last);
    case Work::rep_report:
      return rep_reports(place, due, is_last);
    case Work::rescore:
      return rescore(place, due, is_last);
    case Work::sequences:
      return sequence_steps(place, due, is_last);
    case Work::first_step:
      return first_step(place, due, is_last);
    case Work::reminder:
      return tell_reminder(place, due, is_last);
  }
  return make_error(Code::internal, "A behaviour has no work.", due.behaviour->name);
}

toolbox::CallRequest Scheduler::request_for(const Place& place, const Due& due, const User* rep) const {
  toolbox::CallRequest request;
  request.org = place.org.id;
  request.actor = clock_actor();
  request.tool = due.behaviour->tool;
  request.procedure_version = settings_.procedure_version;
  Json arguments = Json::object();
  if (due.behaviour->name == "stale_leads") {
    arguments = {{"scheduled", true},
                 {"again_after", settings_.again_after},
                 {"again_in_business_days", settings_.again_counts_business_days}};
  } else if (due.behaviour->name == "pipeline_summary") {
    arguments = {{"scheduled", true}, {"until", to_rfc3339(due.job.due_at)}};
  } else if (due.behaviour->name == "win_loss_summary") {
    arguments = {{"month", month_text(due.behaviour->plan, place.org.calendar, due.job.day)}};
  } else if (due.behaviour->tool == "sequence_notice") {
    arguments = {{"since", to_rfc3339(due.job.started_at)}};
  }
  if (rep != nullptr) arguments["assignee"] = rep->login;
  request.arguments_text = to_text(arguments);
  return request;
}

// One call of a reading tool; what it says, what is remembered of it and the job's end commit together.
Result<RanJob> Scheduler::report(const Place& place, const Due& due, const User* rep, bool ends_job, bool is_last) {
  RanJob ran{place.org.id, due.behaviour->name, due.job.day, false, "", ""};
  toolbox::CallRequest request = request_for(place, due, rep);
  request.in_same_unit = [&](Txn& txn, const toolbox::CallResult& result) -> Done {
    ran.text.clear();
    if (rep != nullptr) return store_outcome(txn, place, due, {*rep}, result, ends_job, is_last, ran);
    Result<std::vector<User>> users = txn.org().users();
    if (!users) return users.error();
    return store_outcome(txn, place, due, owners_of(*users), result, ends_job, is_last, ran);
  };
  const toolbox::CallResult called = toolbox_.call(request);
  if (called.ok) return ran;
  ran.done = false;  // whatever was done in that unit of work was taken back, or is not known to stand
  if (is_the_stores(called.code)) return make_error(called.code, called.error, called.error_detail);
  if (ran.result.empty()) ran.result = called.error;
  return ran;
}

Done Scheduler::store_outcome(Txn& txn, const Place& place, const Due& due, const std::vector<User>& readers,
                              const toolbox::CallResult& result, bool ends_job, bool is_last, RanJob& ran) {
  if (!result.ok) return fail(txn, place, due, result.error, is_last, ran);
  const Instant now = clock_.now();
  ran.done = true;
  const bool is_empty = has_nothing_to_say(*due.behaviour, result);
  ran.result = is_empty ? "nothing" : result.list.empty() ? "told" : count_of(result.list.size(), "item", "items");
  if (!is_empty || settings_.tells_empty_days) {
    // The work of sequences arises at any time of the day; what waited longer says its own dates.
    const bool may_be_late = due.behaviour->tool != "sequence_notice";
    const std::string late = may_be_late ? late_line(due.job, due.behaviour->plan, place.zone, now) : "";
    ran.text = shorten((late.empty() ? "" : late + "\n") + result.text, limits::kDigestBytes);
    if (Done told = tell(txn, due, readers, ran.text, items_of(result)); !told) return told;
  }
  if (due.behaviour->name == "stale_leads")
    if (Done done = remember_namings(txn, place.zone.day_of(now), result); !done) return done;
  return ends_job ? finish(txn, place, due, ran.result, is_last) : Done{};
}

Done Scheduler::tell(Txn& txn, const Due& due, const std::vector<User>& readers, const std::string& text, const std::vector<ListItem>& items) const {
  for (const User& reader : readers) {
    Digest digest;
    digest.behaviour = due.job.behaviour;
    digest.day = due.job.day;
    digest.user = reader.id;
    digest.text = text;
    digest.items = items;
    digest.made_at = clock_.now();
    Result<Digest> stored = txn.schedule().insert(std::move(digest));
    if (!stored && stored.error().code != Code::conflict) return stored.error();  // conflict: told before a crash
  }
  return {};
}

// The job's end, and with the last one of a round the mail about all of it.
Done Scheduler::finish(Txn& txn, const Place& place, const Due& due, std::string_view result, bool is_last) {
  const Instant now = clock_.now();
  if (Done done = txn.schedule().finish(due.job, JobState::done, result, now); !done) return done;
  if (is_last) {
    Result<std::vector<User>> users = txn.org().users();
    if (!users) return users.error();
    for (const User& user : *users) {
      Result<bool> queued = queue_notice(txn, place.org, user, settings_, now, random_);
      if (!queued) return queued.error();
    }
  }
  return note(txn, due.behaviour->name, "allow", due.job.day, now);
}

Done Scheduler::fail(Txn& txn, const Place& place, const Due& due, const std::string& why, bool is_last, RanJob& ran) {
  const Instant now = clock_.now();
  ran.result = why;
  if (due.job.attempts < limits::kJobAttempts)
    return txn.schedule().release(due.job, why, now.plus_seconds(limits::kJobRetrySeconds));
  Result<std::vector<User>> users = txn.org().users();
  if (!users) return users.error();
  ran.text = due.behaviour->title + " of " + to_short_text(due.job.day) + " could not be made: " + why;
  const std::vector<User> owners = owners_of(*users);
  if (Done told = tell(txn, due, owners, ran.text, {}); !told) return told;
  for (const User& owner : owners) {
    if (!is_last) break;
    Result<bool> queued = queue_notice(txn, place.org, owner, settings_, now, random_);
    if (!queued) return queued.error();
  }
  if (Done done = txn.schedule().finish(due.job, JobState::failed, why, now); !done) return done;
  return note(txn, due.behaviour->name, "error: " + why, due.job.day, now);
}

// One digest for each person who has leads of their own.
Result<RanJob> Scheduler::tell_reps(const Place& place, const Due& due) {
  std::vector<User> reps;
  const Done read = store_.read(place.org.id, [&](Txn& txn) -> Done {
    Result<std::vector<User>> users = txn.org().users();
    if (!users) return users.error();
    reps = std::move(*users);
    std::erase_if(reps, [](const User& user) { return !user.active || user.role == UserRole::owner; });
    return {};
  });
  if (!read) return read.error();
  RanJob all{place.org.id, due.behaviour->name, due.job.day, true, "nothing", ""};
  std::size_t told = 0;
  for (const User& rep : reps) {
    Result<RanJob> ran = report(place, due, &rep, false, false);
    if (!ran) return ran;
    if (!ran->done) return ran;
    if (ran->text.empty()) continue;
    ++told;
    all.text += (all.text.empty() ? "" : "\n\n") + printable_line(rep.name) + ":\n" + ran->text;
  }
  if (told > 0) all.result = "told " + count_of(told, "person", "people");
  return all;
}

// The owners have the whole list already.
Result<RanJob> Scheduler::rep_reports(const Place& place, const Due& due, bool is_last) {
  Result<RanJob> told = tell_reps(place, due);
  if (!told || !told->done) return told;
  if (Done ended = end_alone(place, due, *told, is_last); !ended) return ended.error();
  return told;
}

// The end of a job whose work was committed before. Another worker that took it over ends it instead.
Done Scheduler::end_alone(const Place& place, const Due& due, RanJob& ran, bool is_last) {
  const Done ended =
      store_.write(place.org.id, [&](Txn& txn) -> Done { return finish(txn, place, due, ran.result, is_last); });
  if (ended || ended.error().code != Code::conflict) return ended;
  ran.done = false;
  return {};
}

toolbox::CallResult Scheduler::call_system(std::string_view tool, const Json& arguments, const Place& place) const {
  toolbox::CallRequest request;
  request.org = place.org.id;
  request.actor = clock_actor();
  request.procedure_version = settings_.procedure_version;
  request.tool = std::string(tool);
  request.arguments_text = to_text(arguments);
  return toolbox_.call(request);
}

Result<RanJob> Scheduler::run_now(const Org& org, std::string_view name) {
  const Behaviour* behaviour = settings_.find(name);
  if (behaviour == nullptr) {
    std::vector<std::string> names;
    for (const Behaviour& known : settings_.behaviours) names.push_back(known.name);
    return make_error(Code::not_found, "There is no behaviour \"" + shorten(printable_line(name), 60) +
                                           "\"; there are " + join(names, ", ") + ".");
  }
  if (toolbox_.find(behaviour->tool) == nullptr)
    return make_error(Code::not_found, behaviour->name + " has nothing to run yet: there is no tool " + behaviour->tool + ".");
  const Result<Zone> zone = Zone::find(org.timezone);
  if (!zone) return zone.error();
  const Place place{org, *zone, clock_.now()};
  Due due;
  due.behaviour = behaviour;
  due.job.behaviour = behaviour->name;
  due.job.day = behaviour->plan.zone_in(place.zone).day_of(place.now);
  due.job.due_at = place.now;
  Result<std::optional<Job>> claimed = claim(org.id, due.job);
  if (!claimed) return claimed.error();
  if (*claimed) {
    due.job = std::move(**claimed);
    return carry_out(place, due, true);
  }
  if (behaviour->work != Work::report)
    return RanJob{org.id, behaviour->name, due.job.day, true, "it ran today already", ""};
  toolbox::CallRequest again = request_for(place, due, nullptr);
  if (behaviour->name == "stale_leads") again.arguments_text = "{}";
  const toolbox::CallResult result = toolbox_.call(again);
  if (!result.ok) return make_error(result.code, result.error, result.error_detail);
  return RanJob{org.id,     behaviour->name, due.job.day, true, "it ran today already; this is told to nobody else",
                result.text};
}

Result<std::vector<Listed>> Scheduler::list(const Org& org) const {
  const Result<Zone> zone = Zone::find(org.timezone);
  if (!zone) return zone.error();
  std::vector<Listed> all;
  const Instant now = clock_.now();
  const Done read = store_.read(org.id, [&](Txn& txn) -> Done {
    all.clear();
    Result<std::vector<BehaviourPause>> pauses = txn.schedule().pauses();
    if (!pauses) return pauses.error();
    for (const Behaviour& behaviour : settings_.behaviours) {
      Listed listed;
      listed.behaviour = &behaviour;
      for (BehaviourPause& pause : *pauses)
        if (pause.behaviour == behaviour.name && pause.paused) listed.pause = pause;
      Result<std::optional<Job>> last = txn.schedule().last_job(behaviour.name);
      if (!last) return last.error();
      listed.last = std::move(*last);
      if (toolbox_.find(behaviour.tool) != nullptr)
        if (const auto day = next_due(behaviour.plan, org.calendar, *zone, now))
          listed.next = behaviour.plan.instant_on(*day, *zone);
      all.push_back(std::move(listed));
    }
    return {};
  });
  if (!read) return read.error();
  return all;
}

Result<bool> Scheduler::set_paused(const Org& org, std::string_view name, bool paused, std::string_view by) {
  if (settings_.find(name) == nullptr)
    return make_error(Code::not_found, "There is no behaviour \"" + shorten(printable_line(name), 60) +
                                           "\"; `deskhand schedule list` shows them.");
  bool changed = false;
  const Done done = store_.write(org.id, [&](Txn& txn) -> Done {
    const Instant now = clock_.now();
    Result<bool> set = txn.schedule().set_paused(name, paused, by, now);
    if (!set) return set.error();
    changed = *set;
    if (!changed) return {};
    AuditEntry entry;
    entry.at = now;
    entry.actor = "person:" + std::string(by) + " on command line";
    entry.action = paused ? "pause_behaviour" : "resume_behaviour";
    entry.subject = std::string(name);
    entry.verdict = "allow";
    auto appended = txn.audit().append(std::move(entry), false);
    return appended ? Done{} : Done{appended.error()};
  });
  if (!done) return done.error();
  return changed;
}

Result<std::optional<Instant>> Scheduler::next_wake() const {
  Result<std::vector<Org>> orgs = system_.orgs();
  if (!orgs) return orgs.error();
  std::optional<Instant> earliest;
  const Instant now = clock_.now();
  for (const Org& org : *orgs) {
    const Result<Zone> zone = Zone::find(org.timezone);
    if (!zone) continue;
    for (const Behaviour& behaviour : settings_.behaviours)
      if (const auto day = next_due(behaviour.plan, org.calendar, *zone, now)) {
        const Instant at = behaviour.plan.instant_on(*day, *zone);
        if (!earliest || at < *earliest) earliest = at;
      }
  }
  return earliest;
}

}  // namespace deskhand::schedule
