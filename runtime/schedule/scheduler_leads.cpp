// The behaviours that do something to one lead after the other: the steps of sequences, and scores.
#include <algorithm>

#include "base/json.h"
#include "base/limits.h"
#include "base/text.h"
#include "schedule/place.h"

namespace deskhand::schedule {
namespace {

bool is_at_once(const Enrolment& enrolment, Day today) { return enrolment.next_step == 1 && enrolment.enrolled_on == today; }

std::string first_step_job(const Enrolment& enrolment) { return "first_step " + enrolment.id.text(); }

}  // namespace

const Behaviour& first_step_behaviour() {
  static const Behaviour behaviour{"first_step", "sequence_notice", "Sequences and stages", "the first step of a sequence that waits for nothing", "S4-J1", Work::first_step, {}};
  return behaviour;
}

// A business without sequences and limits has no such job at all.
Result<bool> Scheduler::has_sequence_work(NurtureStore& nurture, Day today) const {
  if (settings_.limits_stages) return true;
  Result<std::vector<StageSetting>> stages = nurture.stages();
  if (!stages) return stages.error();
  for (const StageSetting& stage : *stages)
    if (stage.sla_days.value_or(0) > 0) return true;
  Result<std::vector<Enrolment>> due = nurture.due(today, limits::kEnrolmentsPerRun);
  if (!due) return due.error();
  return std::any_of(due->begin(), due->end(), [&](const Enrolment& enrolment) { return !is_at_once(enrolment, today); });
}

// A step without a wait is proposed when its lead comes into the sequence, not in the next daily run.
Done Scheduler::add_first_steps(const Place& place, Txn& txn, std::vector<Due>& found) const {
  if (toolbox_.find(first_step_behaviour().tool) == nullptr) return {};
  const Day today = place.zone.day_of(place.now);
  Result<std::vector<Enrolment>> due = txn.nurture().due(today, limits::kEnrolmentsPerRun);
  if (!due) return due.error();
  for (const Enrolment& enrolment : *due)
    if (is_at_once(enrolment, today))
      if (Done done = add_unless_known(place, first_step_behaviour(), first_step_job(enrolment), enrolment.head.created_at, txn, found); !done) return done;
  return {};
}

Result<RanJob> Scheduler::first_step(const Place& place, const Due& due, bool is_last) {
  LeadId lead;
  const Done read = store_.read(place.org.id, [&](Txn& txn) -> Done {
    Result<std::vector<Enrolment>> waiting = txn.nurture().due(place.zone.day_of(place.now), limits::kEnrolmentsPerRun);
    if (!waiting) return waiting.error();
    for (const Enrolment& enrolment : *waiting)
      if (first_step_job(enrolment) == due.job.behaviour) lead = enrolment.lead;
    return {};
  });
  if (!read) return read.error();
  if (!lead.empty())  // empty: it was done before a crash, or the lead has left since
    if (Done done = advance(place, lead); !done) return done.error();
  Result<RanJob> reps = tell_reps(place, due);
  if (!reps || !reps->done) return reps;
  return report(place, due, nullptr, true, is_last);
}

// Each step is a unit of work of its own, so that one lead whose step can not be done keeps no other from its own; one
// that was done before a crash has moved on and is not due any more. What was done since the job began is told at its
// end.
Result<RanJob> Scheduler::sequence_steps(const Place& place, const Due& due, bool is_last) {
  std::vector<LeadId> leads;
  const Done read = store_.read(place.org.id, [&](Txn& txn) -> Done {
    leads.clear();
    Result<std::vector<Enrolment>> waiting = txn.nurture().due(place.zone.day_of(place.now), limits::kEnrolmentsPerRun);
    if (!waiting) return waiting.error();
    for (const Enrolment& enrolment : *waiting) leads.push_back(enrolment.lead);
    return {};
  });
  if (!read) return read.error();
  for (const LeadId& lead : leads)
    if (Done done = advance(place, lead); !done) return done.error();
  Result<RanJob> reps = tell_reps(place, due);
  if (!reps || !reps->done) return reps;
  return report(place, due, nullptr, true, is_last);
}

// A step that a guard stops, or whose words lack something, is held with the reason and looked at again.
Done Scheduler::advance(const Place& place, const LeadId& lead) {
  const toolbox::CallResult advanced = call_system("advance_sequence", Json{{"lead", lead.text()}}, place);
  if (advanced.ok) return {};
  if (is_the_stores(advanced.code)) return make_error(advanced.code, advanced.error, advanced.error_detail);
  const Json why{{"lead", lead.text()}, {"reason", shorten(advanced.error, limits::kSubjectBytes)}};
  const toolbox::CallResult held = call_system("hold_sequence", why, place);
  return held.ok ? Done{} : Done{make_error(held.code, held.error, held.error_detail)};
}

// A page of leads after the other, each lead in a unit of work of its own; a lead that can not be scored keeps no other
// from it. Told to nobody: the score stands on the lead.
Result<RanJob> Scheduler::rescore(const Place& place, const Due& due, bool is_last) {
  std::size_t scored = 0, failed = 0;
  LeadFilter filter;
  filter.open_only = true;
  filter.order = LeadFilter::Order::created_oldest;
  filter.rows_max = limits::kPageRowsMax;
  for (bool more = true; more && filter.offset < limits::kReportRows; filter.offset += filter.rows_max) {
    std::vector<Lead> leads;
    const Done read = store_.read(place.org.id, [&](Txn& txn) -> Done {
      Result<std::vector<Lead>> page = txn.leads().list(filter);
      if (!page) return page.error();
      leads = std::move(*page);
      return {};
    });
    if (!read) return read.error();
    more = leads.size() == filter.rows_max;
    for (const Lead& lead : leads) {
      const toolbox::CallResult called = call_system("rescore_lead", Json{{"lead", lead.id.text()}}, place);
      if (!called.ok && is_the_stores(called.code)) return make_error(called.code, called.error, called.error_detail);
      ++(called.ok ? scored : failed);
    }
  }
  RanJob ran{place.org.id, due.behaviour->name, due.job.day, true, count_of(scored, "lead", "leads") + " scored", ""};
  if (failed > 0) ran.result += ", " + std::to_string(failed) + " could not be";
  if (Done ended = end_alone(place, due, ran, is_last); !ended) return ended.error();
  return ran;
}

}  // namespace deskhand::schedule
