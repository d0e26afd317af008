#include "schedule/settings.h"

#include <optional>

#include "base/text.h"
#include "procedure/rules.h"

namespace deskhand::schedule {
namespace {

struct Known {
  std::string_view name, item, tool, title, what;
  Work work;
  std::string_view usual;   // "" for what only a procedure turns on
  std::string_view source;  // of the usual time
};

// The reminders to the people who have the leads are S4-J2's; the owner's own list is the procedure's.
constexpr Known kKnown[] = {
    {"stale_leads", "T1", "stale_leads", "Quiet leads", "leads that nobody has touched for too long", Work::report, "",
     ""},
    {"morning_list", "T2", "morning_list", "Morning list", "what is due and overdue today", Work::report, "", ""},
    {"pipeline_summary", "T3", "pipeline_summary", "Pipeline summary", "how the pipeline stands", Work::report, "", ""},
    {"win_loss_summary", "T4", "win_loss_summary", "Win/loss summary", "the month that has ended", Work::report, "",
     ""},
    {"follow_up_reminder", "", "morning_list", "Your follow-ups",
     "due and overdue follow-ups, to each person for their own leads", Work::rep_report, "daily 08:00", "S4-J2"},
    {"score_refresh", "", "rescore_lead", "Scores", "scores the open leads anew; rests while no tool scores leads",
     Work::rescore, "daily 03:00", "S4-J3"},
    {"sequence_steps", "", "sequence_notice", "Sequences and stages",
     "proposes the steps of sequences that have come; names leads too long in their stage", Work::sequences,
     "business days 08:00", "S4-J1"},
};

struct Written {
  bool is_active = false;
  procedure::When when;
  procedure::Place place;
};

Written written_for(const procedure::Procedure& core, std::string_view item) {
  const auto take = [](const auto& rule) { return Written{rule.is_active, rule.when, rule.place}; };
  if (item == "T1") return take(procedure::stale_lead_rule(core));
  if (item == "T2") return take(procedure::follow_up_rule(core));
  if (item == "T3") return take(procedure::pipeline_rule(core));
  if (item == "T4") return take(procedure::win_loss_rule(core));
  return {};
}

Behaviour usual(const Known& known, const procedure::Procedure& core) {
  Behaviour behaviour{std::string(known.name),
                      std::string(known.tool),
                      std::string(known.title),
                      std::string(known.what),
                      "the procedure does not have it",
                      known.work,
                      {}};
  behaviour.plan.is_off = true;
  if (!known.usual.empty()) {
    if (auto plan = parse_plan(known.usual)) behaviour.plan = std::move(*plan);
    behaviour.source = known.source;
    return behaviour;
  }
  const Written written = written_for(core, known.item);
  if (!written.is_active) return behaviour;
  behaviour.source = written.place.file + " line " + std::to_string(written.place.line);
  if (const auto plan = plan_of(written.when))
    behaviour.plan = *plan;
  else
    behaviour.source += " names no time that can be run";
  return behaviour;
}

Behaviour* behaviour_named(Settings& settings, std::string_view name) {
  for (std::size_t index = 0; index < settings.behaviours.size(); ++index)
    if (settings.behaviours[index].name == name || (!kKnown[index].item.empty() && kKnown[index].item == name))
      return &settings.behaviours[index];
  return nullptr;
}

Error bad(const std::string& key, const std::string& what) {
  return make_error(Code::invalid_argument, "schedule." + printable_line(key) + ": " + what);
}

Done set_again(const std::string& key, const std::string& value, Settings& settings) {
  const std::vector<procedure::Duration> durations = procedure::durations_of(value);
  if (durations.size() != 1 || durations.front().count < 1)
    return bad(key, "write a number of days such as 5 business days.");
  settings.again_counts_business_days = durations.front().unit == procedure::DurationUnit::business_days;
  settings.again_after = procedure::in_days(durations.front());
  return {};
}

Done apply(const std::string& key, const std::string& value, Settings& settings) {
  if (key == "again_after") return set_again(key, value, settings);
  if (key == "empty_days") {
    if (value != "say" && value != "silent") return bad(key, "say or silent.");
    settings.tells_empty_days = value == "say";
    return {};
  }
  Behaviour* behaviour = behaviour_named(settings, key);
  if (behaviour == nullptr) {
    std::vector<std::string> names{"again_after", "empty_days"};
    for (const Behaviour& known : settings.behaviours) names.push_back(known.name);
    const std::string near = nearest(key, names);
    return bad(key, near.empty() ? "nothing of that name runs; known: " + join(names, ", ") + "."
                                 : "nothing of that name runs; did you mean " + near + "?");
  }
  auto plan = parse_plan(value);
  if (!plan) return bad(key, plan.error().message);
  behaviour->plan = std::move(*plan);
  behaviour->source = "the configuration";
  return {};
}

}  // namespace

const Behaviour* Settings::find(std::string_view name) const {
  for (const Behaviour& behaviour : behaviours)
    if (behaviour.name == name) return &behaviour;
  return nullptr;
}

Result<Settings> make_settings(const procedure::Procedure& core, const std::map<std::string, std::string>& config) {
  Settings settings;
  for (const Known& known : kKnown) settings.behaviours.push_back(usual(known, core));
  const procedure::StaleLeadRule stale = procedure::stale_lead_rule(core);
  settings.again_after = stale.again_after.count;
  for (const procedure::StageRule& stage : core.stages)
    settings.limits_stages = settings.limits_stages || stage.sla_days.value_or(0) > 0;
  settings.again_counts_business_days = stale.again_after.unit == procedure::DurationUnit::business_days;
  for (const auto& [key, value] : config)
    if (Done done = apply(key, value, settings); !done) return done.error();
  return settings;
}

}  // namespace deskhand::schedule
