#include <ostream>

#include "app/commands.h"
#include "base/json.h"
#include "base/text.h"
#include "schedule/scheduler.h"

namespace deskhand::app {
namespace {

std::string local_text(Instant at, const Zone& zone) {
  const LocalTime local = zone.to_local(at);
  return to_short_text(local.day) + ", " + to_clock_text(local.minute_of_day);
}

OrderedJson data_of(const schedule::Listed& listed) {
  OrderedJson data{{"behaviour", listed.behaviour->name},
                   {"when", listed.behaviour->plan.is_off ? "off" : listed.behaviour->plan.words},
                   {"source", listed.behaviour->source},
                   {"paused", listed.pause.has_value()},
                   {"next", nullptr},
                   {"last", nullptr}};
  if (listed.next) data["next"] = to_rfc3339(*listed.next);
  if (listed.last)
    data["last"] = {{"date", to_iso(listed.last->day)},
                    {"state", name_of(listed.last->state)},
                    {"missed", listed.last->missed},
                    {"result", listed.last->result}};
  return data;
}

void print_behaviour(const schedule::Listed& listed, const Zone& zone, std::ostream& out) {
  const schedule::Behaviour& behaviour = *listed.behaviour;
  out << behaviour.name << "  " << (behaviour.plan.is_off ? "off" : printable_line(behaviour.plan.words)) << " ("
      << printable_line(behaviour.source) << ")\n";
  out << "  " << behaviour.what;
  if (listed.pause)
    out << "; paused by " << printable_line(listed.pause->by) << " on " << local_text(listed.pause->at, zone);
  else if (listed.next)
    out << "; next " << local_text(*listed.next, zone);
  if (listed.last)
    out << "; last " << to_iso(listed.last->day) << " " << name_of(listed.last->state)
        << (listed.last->result.empty() ? "" : ": " + printable_line(listed.last->result));
  out << "\n";
}

OrderedJson data_of(const schedule::RanJob& ran) {
  return {{"behaviour", ran.behaviour},
          {"date", to_iso(ran.day)},
          {"done", ran.done},
          {"result", ran.result},
          {"text", ran.text}};
}

std::string line_of(const schedule::RanJob& ran) {
  return ran.behaviour + " of " + to_iso(ran.day) + ": " + printable_line(ran.result);
}

}  // namespace

int run_schedule_list(const GlobalOptions& options, Console console) {
  auto session = Session::open(options, Session::Needs::store, true);
  if (!session) return report(session.error(), options, console);
  Runtime& runtime = (*session)->runtime();
  const auto zone = Zone::find(runtime.org().timezone);
  if (!zone) return report(zone.error(), options, console);
  auto listed = runtime.scheduler().list(runtime.org());
  if (!listed) return report(listed.error(), options, console);
  OrderedJson all = OrderedJson::array();
  for (const schedule::Listed& one : *listed) {
    if (options.json)
      all.push_back(data_of(one));
    else
      print_behaviour(one, *zone, console.out);
  }
  if (options.json) console.out << to_text(all) << "\n";
  return kExitDone;
}

int run_schedule_pause(const GlobalOptions& options, const std::string& behaviour, bool paused, Console console) {
  auto session = Session::open(options, Session::Needs::store, true);
  if (!session) return report(session.error(), options, console);
  Runtime& runtime = (*session)->runtime();
  if (runtime.user().role != UserRole::owner && runtime.user().role != UserRole::admin)
    return report(make_error(Code::forbidden, "Only the owner or an admin pauses what is scheduled."), options,
                  console);
  auto changed = runtime.scheduler().set_paused(runtime.org(), behaviour, paused, runtime.user().login);
  if (!changed) return report(changed.error(), options, console);
  if (options.json)
    console.out << to_text(OrderedJson{{"behaviour", behaviour}, {"paused", paused}, {"changed", *changed}}) << "\n";
  else
    console.out << behaviour << (*changed ? "" : " already") << (paused ? " rests" : " goes on")
                << (paused ? " until `deskhand schedule resume " + behaviour + "`.\n" : ".\n");
  return kExitDone;
}

int run_schedule_run(const GlobalOptions& options, const std::string& behaviour, Console console) {
  auto session = Session::open(options, Session::Needs::store, true);
  if (!session) return report(session.error(), options, console);
  Runtime& runtime = (*session)->runtime();
  auto ran = runtime.scheduler().run_now(runtime.org(), behaviour);
  if (!ran) return report(ran.error(), options, console);
  auto delivered = runtime.deliver();
  if (!delivered) return report(delivered.error(), options, console);
  if (options.json) {
    OrderedJson data = data_of(*ran);
    data["delivered"] = *delivered;
    console.out << to_text(data) << "\n";
  } else {
    console.out << line_of(*ran) << "\n";
    if (!ran->text.empty()) console.out << printable(ran->text) << "\n";
    for (const std::string& line : *delivered) console.out << printable_line(line) << "\n";
  }
  return ran->done ? kExitDone : kExitFailed;
}

// What the calendar has due, then what waits in the outbox.
int run_due(const GlobalOptions& options, Console console) {
  auto session = Session::open(options, Session::Needs::store, true);
  if (!session) return report(session.error(), options, console);
  Runtime& runtime = (*session)->runtime();
  auto ran = runtime.scheduler().run_due();
  if (!ran) return report(ran.error(), options, console);
  auto delivered = runtime.deliver();
  if (!delivered) return report(delivered.error(), options, console);
  if (options.json) {
    OrderedJson jobs = OrderedJson::array();
    for (const schedule::RanJob& one : *ran) jobs.push_back(data_of(one));
    console.out << to_text(OrderedJson{{"jobs", std::move(jobs)}, {"delivered", *delivered}}) << "\n";
    return kExitDone;
  }
  if (ran->empty() && delivered->empty()) console.out << "Nothing is due.\n";
  for (const schedule::RanJob& one : *ran)
    console.out << line_of(one) << "\n" << (one.text.empty() ? "" : printable(one.text) + "\n");
  for (const std::string& line : *delivered) console.out << printable_line(line) << "\n";
  return kExitDone;
}

}  // namespace deskhand::app
