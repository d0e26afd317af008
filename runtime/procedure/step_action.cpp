#include "procedure/step_action.h"

#include <algorithm>
#include <array>
#include <string>

#include "base/text.h"
#include "procedure/pieces.h"
#include "procedure/words.h"

namespace deskhand::procedure {
namespace {

struct ActionWords {
  StepAction action;
  std::string_view name;
  std::array<std::string_view, 4> patterns;  // any one suffices
};

// "$people" in a pattern: the words businesses have for those they serve.
constexpr std::string_view kPeople = "contact|customer|client|person|patient|homeowner|tenant|student|guest|parent";

constexpr std::array<ActionWords, 33> kActions = {{
    {StepAction::match_contact,
     "look the person up",
     {"match|check|look|search|find|compare|see|know|exist $people|them|we|they|someone|caller "
      "phone|email|number|exist|already",
      "already|exist $people", "match phone|email|number", "check phone|email|number"}},
    {StepAction::link_contact,
     "link to the record found",
     {"link|attach|connect|tie|pull|reuse $people|record|their|inquiry|existing",
      "if yes|known|found|match link|pull|use|attach", "if known|exist|found link|use|attach", "link"}},
    {StepAction::create_contact,
     "create a contact",
     {"create|add|make|open|enter|set_up|start $people !quickbooks|qb|billing !lead_record|opportunity|interaction", "",
      "", ""}},
    {StepAction::create_lead,
     "create a lead",
     {"create|add|open|make|capture|start|new lead|inquiry !convert|converted|opportunity|interaction", "", "", ""}},
    {StepAction::log_interaction,
     "log an interaction",
     {"log", "interaction create|add|record|save|write|make|note|put",
      "record|note|write|save|put call|reason|outcome|conversation|it", "log call|text|visit|meeting"}},
    {StepAction::notify_owner,
     "tell the owner",
     {"notify|tell|alert|inform|ping|warn|let|text|email|message owner|me|boss|us|office|manager",
      "notify immediately|right_away|at_once", "", ""}},
    {StepAction::offer_draft, "offer a draft", {"draft|write|reply|answer offer|want|shall|suggest|ask", "", "", ""}},
    {StepAction::draft_message,
     "draft a message",
     {"draft|word|prepare|compose|write follow_up|message|reply|answer|response|email|text|draft|stage|appropriate",
      "draft", "", ""}},
    {StepAction::show_owner,
     "show it to the owner",
     {"present|show|surface|give|bring|look|read|see|review|list owner|me|boss|review|approval|morning|first",
      "present|show|surface|list", "go_out morning|list", ""}},
    {StepAction::set_field, "set fields", {"set", "update|change|move|mark status|stage|lifecycle|date", "", ""}},
    {StepAction::hand_off_estimating,
     "hand off to estimating",
     {"=estimating|=estimator|=estimators module|hand|pass|notify|tell|give|inform|let|off",
      "hand|pass|forward|give estimate|quote|bid|price", "", ""}},
    {StepAction::hand_off_scheduling,
     "hand off to scheduling",
     {"=scheduling|=scheduler|=dispatch|=dispatcher module|hand|pass|notify|tell|give|inform|let|off",
      "notify|tell|hand|pass|give =schedule|calendar|booking|crew", "ready book", ""}},
    {StepAction::hand_off_invoicing,
     "push to QuickBooks",
     {"invoicing|bookkeeping", "push|sync|send quickbooks|qb|billing",
      "create quickbooks|qb confirm|confirmation|yes|ok", "store id"}},
    {StepAction::ask_quickbooks,
     "ask about QuickBooks",
     {"quickbooks|qb|billing ask|present|confirm|offer|question|owner|no|not|yet|have|without|missing",
      "create quickbooks|qb", "", ""}},
    {StepAction::create_opportunity,
     "create an opportunity",
     {"create|open|add|make|start opportunity|deal|project|job", "", "", ""}},
    {StepAction::link_lead, "link the lead", {"link|point|attach lead_id|lead", "with lead_id", "", ""}},
    {StepAction::check_complete,
     "check that the contact is complete",
     {"confirm|check|make_sure|verify|ensure|need|must|walk complete|name|phone|address",
      "complete contact|record|data", "", ""}},
    {StepAction::wait_for_owner,
     "wait for the owner's word",
     {"user|owner|boss says|say|confirm|want|decide|agree !notify|=tell", "", "", ""}},
    {StepAction::ask_reason, "ask for the reason", {"ask|get|find_out|learn|know|need reason|why", "", "", ""}},
    {StepAction::ask_owner, "ask the owner", {"ask", "question", "", ""}},
    {StepAction::keep_history,
     "keep the history",
     {"not|never|no delete|remove|erase|purge|throw", "keep|stay|remain|preserve history|record|lead|contact|file", "",
      ""}},
    {StepAction::set_reminder,
     "offer a reminder",
     {"remind|reminder", "try|call|contact|reach|check again|back months|days|weeks|later", "", ""}},
    {StepAction::set_follow_up,
     "set a follow-up",
     {"set|schedule|add|note follow_up|callback|next_step", "follow_up_date", "agree|commit date", ""}},
    {StepAction::update_contact, "update the contact", {"update|change|set|mark $people", "lifecycle", "", ""}},
    {StepAction::show_report,
     "show a report",
     {"pipeline summary|report|format|overview|numbers|figures|show|return",
      "summary|report|count|total lead|owner|outcome|week|month|won|same",
      "win|won|outcome loss|lost|source|close|average",
      "same monday|tuesday|wednesday|thursday|friday|weekly|summary"}},
    {StepAction::include_overdue,
     "include what is past its close date",
     {"past|overdue|slip|late|beyond close|expected|due", "", "", ""}},
    {StepAction::show_history,
     "show the history",
     {"interaction|history|touchpoint|touch|conversation "
      "pull|show|return|summarize|summarise|list|find|query|give|last|most_recent|date",
      "last contact|talk|touch|spoke|speak", "date summary", "pull record|lead"}},
    {StepAction::list_customers,
     "list customers",
     {"query|list|return|show|give|where|newest|recent $people|list|brief "
      "newest|sort|update|brief|lifecycle|recent|first",
      "", "", ""}},
    {StepAction::find_leads,
     "find quiet leads",
     {"lead|inquiry|matter no|not|without|quiet|idle|nobody|silent|untouched|cold|stale|waiting "
      "interaction|activity|contact|touch|heard|hear|quiet|days|day",
      "", "", ""}},
    {StepAction::find_follow_ups,
     "find follow-ups that are due",
     {"follow_up|callback|callbacks|reminder today|due|pending|list", "", "", ""}},
    {StepAction::convert_lead, "convert the lead", {"convert|conversion", "turn|make job|opportunity|deal", "", ""}},
    {StepAction::disqualify_lead, "disqualify the lead", {"disqualify|disqualified|decline|reject", "", "", ""}},
    {StepAction::confirm, "confirm what was done", {"confirm|say|reply|answer|repeat", "", "", ""}},
}};

// "`stage` = won" is read as a field; its words are no deeds.
std::string without_assignments(std::string_view text) {
  std::string result;
  std::size_t at = 0;
  for (const auto& code : code_of(text)) {
    const auto close = text.find('`', code.begin);
    const auto sign = text.find_first_not_of(" \n", close + 1);
    const bool assigns =
        code.text.find('=') != std::string::npos || (sign != std::string_view::npos && text[sign] == '=');
    if (!assigns || code.begin - 1 < at) continue;
    result += text.substr(at, code.begin - 1 - at);
    at = std::min(text.find_first_of(",.;(`", std::min(close + 1, text.size())), text.size());
  }
  result += text.substr(at);
  return result;
}

struct ActionPatterns {
  StepAction action;
  std::vector<Pattern> patterns;
};

std::vector<ActionPatterns> make_action_patterns() {
  std::vector<ActionPatterns> all;
  for (const auto& words : kActions) {
    ActionPatterns action{words.action, {}};
    for (const auto pattern : words.patterns)
      if (!pattern.empty()) action.patterns.emplace_back(replace_all(std::string(pattern), "$people", kPeople));
    all.push_back(std::move(action));
  }
  return all;
}

}  // namespace

std::string_view action_name(StepAction action) {
  for (const auto& words : kActions)
    if (words.action == action) return words.name;
  return "";
}

std::vector<StepAction> actions_of(std::string_view sentence) {
  const Stems stems(without_assignments(without_quoted(sentence)));
  static const std::vector<ActionPatterns> known = make_action_patterns();
  std::vector<StepAction> actions;
  for (const auto& [action, patterns] : known) {
    const bool assigns = action == StepAction::set_field && sentence.find('=') != std::string_view::npos &&
                         !stems.has("where|whose|query|find");
    if (assigns || stems.match_any(patterns) > 0) actions.push_back(action);
  }
  return actions;
}

}  // namespace deskhand::procedure
