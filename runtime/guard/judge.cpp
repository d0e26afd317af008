#include "guard/judge.h"

namespace deskhand::guard {

Judgement judge(const std::vector<std::unique_ptr<Guard>>& guards, const std::vector<Effect>& effects, const Actor& actor,
                const Facts& facts) {
  if (effects.empty() || guards.empty()) return {Stop{"The action does not say what it would do, so it was not done."}, "ROLES"};
  Judgement strictest{Allow{}, {}};
  for (const Effect& effect : effects) {
    for (const auto& guard : guards) {
      Verdict verdict = guard->judge(effect, actor, facts);
      if (std::holds_alternative<Stop>(verdict)) return {std::move(verdict), std::string(guard->rule_id())};
      if (std::holds_alternative<Ask>(verdict) && std::holds_alternative<Allow>(strictest.verdict))
        strictest = {std::move(verdict), std::string(guard->rule_id())};
    }
  }
  return strictest;
}

Instant next_waking_instant(const Org& org, const Zone& zone, Instant now) {
  if (!org.quiet || org.quiet->begin_minute == org.quiet->end_minute) return now;
  const LocalTime local = zone.to_local(now);
  const int begin = org.quiet->begin_minute, end = org.quiet->end_minute, minute = local.minute_of_day;
  const bool over_midnight = begin > end;
  const bool quiet = over_midnight ? (minute >= begin || minute < end) : (minute >= begin && minute < end);
  if (!quiet) return now;
  const Day day = over_midnight && minute >= begin ? local.day.plus_days(1) : local.day;
  return zone.to_instant({day, end, 0});
}

}  // namespace deskhand::guard
