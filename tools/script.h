// What reports and drafts take from the written procedure: when a lead counts as silent, on which days the weekly
// report is due, and every message in the owner's words. Where no procedure says otherwise, plain_script() does.
//
// Thread rule: a Script is immutable; tools share it by shared_ptr to const.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "base/result.h"
#include "crm/business_calendar.h"
#include "crm/lead.h"
#include "procedure/catalogue.h"
#include "procedure/procedure.h"
#include "procedure/template.h"

namespace deskhand::tools {

// How far a deal has come, for choosing the words of a follow-up (S2-DR1 … S2-DR3).
enum class DraftStage { inquiry, estimate_sent, accepted };
std::string_view name_of(DraftStage stage);     // "inquiry": what auto-send grants are given for
std::string_view item_id_of(DraftStage stage);  // "DR1"

struct Script {
  int silent_after = 3;
  bool silent_counts_business_days = true;
  std::vector<std::string> silent_statuses{"new", "working"};  // S2-L1f words
  procedure::Template silent_lead;                             // T1
  procedure::ListTemplate morning;                             // T2
  procedure::Template pipeline;                                // T3, RQ3
  std::set<Weekday> report_weekdays{Weekday::monday};
  procedure::Template win_loss;                      // T4; empty: our own page
  std::map<DraftStage, procedure::Template> drafts;  // a stage left out has no wording

  // The latest day on which a lead may have been touched to be silent today; nullopt: no day is so long ago.
  std::optional<Day> silent_by(Day today, const BusinessCalendar& calendar) const;
  // Which leads the daily look at silent ones takes, of those that are open and not handed off: the statuses as written,
  // and the canonical states that share the word ("working" covers a lead that somebody marked qualified).
  std::vector<LeadStatus> watched_statuses() const;
  std::vector<CanonicalState> watched_states() const;
};
using SharedScript = std::shared_ptr<const Script>;

// The latest day of the past for which `holds`, which is true of every day before one of which it is true.
std::optional<Day> latest_day(Day today, const std::function<bool(Day)>& holds);

Script plain_script();
// What the procedure says, in place of the plain words; what it leaves out stays. Its drafting section, where it has
// one, replaces all plain drafts: an owner who words two stages did not ask for ours in the third.
Script script_of(const procedure::Procedure& procedure);

// A template with its facts put in, made to read naturally: "1 day" for one of "days"; a bracket whose numbers are all
// `idle` (an average of nothing) is left out; a labelled row of which nothing is known says "none".
procedure::Rendered fill_in(procedure::Template message, std::string_view item_id, const procedure::FactValues& values,
                            const std::set<std::string, std::less<>>& idle = {});

}  // namespace deskhand::tools
