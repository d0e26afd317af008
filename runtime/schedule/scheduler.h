// The calendar at work: looks which behaviours are due, takes their jobs, does them and says what came of it. It drives
// nothing by itself: whoever has a clock (serve, run due, a simulation) calls run_due().
//
// Once: a job is claimed by one conditional statement; what it produces, its remembered namings, its notice and its end
// commit in one unit of work, which fails when another worker has taken the job over. A worker that dies leaves a lease
// that ends. Caught up: only the latest date of a plan is run, however long the machine was off, and the run says what
// it stands in for. No model is called here; an idle round reads a few rows per business.
//
// Thread rule: run_due() may be called by several threads and processes at once. References must outlive the object.
// Codes: those of the store; not_found for a behaviour nobody knows.
#pragma once

#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "base/json_fwd.h"
#include "base/result.h"
#include "ports/clock.h"
#include "ports/random.h"
#include "ports/store/store.h"
#include "schedule/settings.h"
#include "toolbox/toolbox.h"

namespace deskhand::schedule {

struct RanJob {
  OrgId org;
  std::string behaviour;
  Day day;
  bool done = false;   // false: it failed, or it will be tried again
  std::string result;  // "2 items", "nothing", or why it failed
  std::string text;    // what it had to say, as the owner reads it; "" when it had nothing to say
};

struct Listed {
  const Behaviour* behaviour = nullptr;
  std::optional<BehaviourPause> pause;  // while it is paused
  std::optional<Job> last;
  std::optional<Instant> next;  // when it runs next, were it not paused
};

class Scheduler {
 public:
  Scheduler(Store& store, SystemHandle& system, const toolbox::Toolbox& toolbox, const Clock& clock, Random& random,
            Settings settings);

  // Everything due in every business, each job once. A job that fails does not stop the others.
  Result<std::vector<RanJob>> run_due(std::stop_token stop = {});
  Result<std::vector<RanJob>> run_due_of(const Org& org, std::stop_token stop = {});
  // Today's job of that behaviour, due or not. When it is done already its text is made again for the caller and told
  // to nobody.
  Result<RanJob> run_now(const Org& org, std::string_view behaviour);

  Result<std::vector<Listed>> list(const Org& org) const;
  // false: it was so already.
  Result<bool> set_paused(const Org& org, std::string_view behaviour, bool paused, std::string_view by);
  // The earliest time at which some business has something to run; nullopt: nothing is planned.
  Result<std::optional<Instant>> next_wake() const;

  const Settings& settings() const { return settings_; }

 private:
  struct Due {
    const Behaviour* behaviour = nullptr;
    Job job;
  };
  struct Place;  // a business with its zone and calendar at one moment
  Result<std::vector<Due>> due_of(const Place& place) const;
  std::optional<Due> due_now(const Place& place, const Behaviour& behaviour, Txn& txn,
                             const std::vector<BehaviourPause>& pauses, Error& failed) const;
  Done flush_notices(const Place& place);
  Result<std::optional<Job>> claim(const OrgId& org, Job job);
  Result<RanJob> carry_out(const Place& place, const Due& due, bool is_last);
  Result<RanJob> report(const Place& place, const Due& due, const User* rep, bool ends_job, bool is_last);
  Result<RanJob> rep_reports(const Place& place, const Due& due, bool is_last);
  Done end_alone(const Place& place, const Due& due, RanJob& ran, bool is_last);
  Result<RanJob> rescore(const Place& place, const Due& due, bool is_last);
  toolbox::CallResult call_system(std::string_view tool, const Json& arguments, const Place& place) const;
  bool is_covered(const Place& place, const Behaviour& behaviour, Instant due_at, ScheduleStore& schedule, Error& failed) const;
  Done add_first_steps(const Place& place, Txn& txn, std::vector<Due>& found) const;
  Result<RanJob> first_step(const Place& place, const Due& due, bool is_last);
  // A due job of its own in each place, unless it is done or in work.
  Done add_unless_known(const Place& place, const Behaviour& behaviour, std::string job, Instant due_at, Txn& txn, std::vector<Due>& found) const;
  Done add_timed_reminders(const Place& place, Txn& txn, std::vector<Due>& found) const;
  Result<RanJob> tell_reminder(const Place& place, const Due& due, bool is_last);
  Done tell(Txn& txn, const Due& due, const std::vector<User>& readers, const std::string& text, const std::vector<ListItem>& items) const;
  Result<RanJob> tell_reps(const Place& place, const Due& due);
  Result<RanJob> sequence_steps(const Place& place, const Due& due, bool is_last);
  Done advance(const Place& place, const LeadId& lead);
  Result<bool> has_sequence_work(NurtureStore& nurture, Day today) const;
  Done store_outcome(Txn& txn, const Place& place, const Due& due, const std::vector<User>& readers,
                     const toolbox::CallResult& result, bool ends_job, bool is_last, RanJob& ran);
  Done finish(Txn& txn, const Place& place, const Due& due, std::string_view result, bool is_last);
  Done fail(Txn& txn, const Place& place, const Due& due, const std::string& why, bool is_last, RanJob& ran);
  toolbox::CallRequest request_for(const Place& place, const Due& due, const User* rep) const;

  Store& store_;
  SystemHandle& system_;
  const toolbox::Toolbox& toolbox_;
  const Clock& clock_;
  Random& random_;
  Settings settings_;
  std::string worker_;
};

}  // namespace deskhand::schedule
