#include "tools/script.h"

#include <algorithm>

#include "base/text.h"
#include "procedure/rules.h"

namespace deskhand::tools {
namespace {

using procedure::CatalogueItem;
using procedure::FactValues;
using procedure::Placeholder;
using procedure::Template;

constexpr int kDaysBackMax = 100 * 366;  // before any record there is

constexpr std::string_view kSilentLead =
    "[title] from [contact name] has been quiet for [N] days. Last touchpoint: [last interaction summary]. Shall I "
    "draft a follow-up?";
constexpr std::string_view kMorning =
    "Today's follow-ups:\n— Call [name] about [topic]\n— [name] is waiting for our proposal";
constexpr std::string_view kPipeline =
    "Pipeline on [date]\n"
    "New leads this week: [N]\n"
    "Leads in follow-up: [N] (avg age: [X] days)\n"
    "Proposals out: [N] (total value: $[X])\n"
    "Won this week: [N] ($[X])\n"
    "Lost this week: [N]\n"
    "\n"
    "Oldest open lead: [name] — [N] days, stage: [stage]";
constexpr std::string_view kInquiry =
    "Hi [name], thank you for asking us about [job description]. A short visit would let us give you a firm price. "
    "Would [suggested day/time] suit you?";
constexpr std::string_view kEstimateSent =
    "Hi [name], I am writing about the estimate we sent on [date]. If anything in it is unclear, just ask. Shall we go "
    "ahead?";
constexpr std::string_view kAccepted =
    "Hi [name], thank you for going ahead with us. You are on our list, and I will write shortly with dates to choose "
    "from.";

constexpr std::pair<DraftStage, std::pair<std::string_view, std::string_view>> kStages[] = {
    {DraftStage::inquiry, {"inquiry", "DR1"}},
    {DraftStage::estimate_sent, {"estimate_sent", "DR2"}},
    {DraftStage::accepted, {"accepted", "DR3"}}};

Template plain(std::string_view text) {
  Template message;
  for (std::string& row : split(text, '\n')) message.rows.push_back({std::move(row), 0});
  return message;
}

void take_stale_leads(const procedure::StaleLeadRule& rule, Script& script) {
  if (!rule.is_active) return;
  script.silent_counts_business_days = rule.threshold.unit == procedure::DurationUnit::business_days;
  script.silent_after = script.silent_counts_business_days ? rule.threshold.count : procedure::in_days(rule.threshold);
  if (!rule.statuses.empty()) script.silent_statuses = rule.statuses;
  if (!rule.message.empty()) script.silent_lead = rule.message;
}

// --- fill_in: the row is mended first, so that values are put in once and never looked at again
// ------------------------

class Mender {
 public:
  Mender(const CatalogueItem& item, const FactValues& values, const std::set<std::string, std::less<>>& idle)
      : item_(item), values_(values), idle_(idle) {}

  Template mended(Template message) const {
    const std::vector<Placeholder> placeholders = procedure::placeholders_of(message);
    Template result = message;
    for (std::size_t row = 0; row < message.rows.size(); ++row) mend(message, placeholders, row, result.rows[row].text);
    return result;
  }

 private:
  struct Slot {
    Placeholder placeholder;
    std::string fact, value;
  };

  void mend(const Template& message, const std::vector<Placeholder>& placeholders, std::size_t row,
            std::string& text) const {
    std::vector<Slot> slots;
    for (const Placeholder& placeholder : placeholders) {
      if (placeholder.row != row) continue;
      std::string fact = procedure::fact_of(item_, message, placeholder);
      const auto value = values_.find(fact);
      slots.push_back({placeholder, fact, value == values_.end() ? std::string() : value->second});
    }
    if (slots.empty()) return;
    const std::string_view label = trim(std::string_view(text).substr(0, slots.front().placeholder.begin));
    const bool known = std::any_of(slots.begin(), slots.end(),
                                   [](const Slot& slot) { return !slot.value.empty() || slot.fact.empty(); });
    if (!known && label.ends_with(":")) {
      text = std::string(label) + " none";
      return;
    }
    std::size_t kept = text.size();                   // from here on the row is mended or gone
    for (std::size_t at = slots.size(); at-- > 0;) {  // from the right, so that what stands before keeps its place
      if (slots[at].placeholder.begin >= kept) continue;
      make_singular(slots[at], text);
      kept = drop_idle_bracket(slots, at, text);
    }
  }

  static void make_singular(const Slot& slot, std::string& text) {
    constexpr std::string_view kDays = " days";
    const std::size_t after = slot.placeholder.end;
    if (slot.value != "1" || text.compare(after, kDays.size(), kDays) != 0) return;
    const std::size_t end = after + kDays.size();
    if (end < text.size() && text[end] >= 'a' && text[end] <= 'z') return;
    text.erase(end - 1, 1);
  }

  // "(avg age: [X] days)" around that slot, when all slots inside are idle. Where the row still stands as it was.
  std::size_t drop_idle_bracket(const std::vector<Slot>& slots, std::size_t at, std::string& text) const {
    const std::size_t begin = slots[at].placeholder.begin;
    const std::size_t open = text.rfind('(', begin);
    const std::size_t close = text.find(')', begin);
    if (open == std::string::npos || close == std::string::npos || text.find(')', open) != close) return begin;
    for (const Slot& slot : slots) {
      const bool inside = slot.placeholder.begin > open && slot.placeholder.end <= close;
      if (inside && !idle_.contains(slot.fact)) return begin;
    }
    const std::size_t from = open > 0 && text[open - 1] == ' ' ? open - 1 : open;
    text.erase(from, close + 1 - from);
    return from;
  }

  const CatalogueItem& item_;
  const FactValues& values_;
  const std::set<std::string, std::less<>>& idle_;
};

}  // namespace

std::string_view name_of(DraftStage stage) {
  for (const auto& [known, names] : kStages)
    if (known == stage) return names.first;
  return {};
}

std::string_view item_id_of(DraftStage stage) {
  for (const auto& [known, names] : kStages)
    if (known == stage) return names.second;
  return {};
}

std::optional<Day> latest_day(Day today, const std::function<bool(Day)>& holds) {
  if (holds(today)) return today;
  // Doubling, then halving: `holds` looks at a span of days, and years of it are dear.
  int no = 0, yes = 1;
  for (; !holds(today.plus_days(-yes)); no = yes, yes *= 2)
    if (yes > kDaysBackMax) return std::nullopt;
  while (yes - no > 1) {
    const int middle = no + (yes - no) / 2;
    (holds(today.plus_days(-middle)) ? yes : no) = middle;
  }
  return today.plus_days(-yes);
}

std::optional<Day> Script::silent_by(Day today, const BusinessCalendar& calendar) const {
  return latest_day(today, [&](Day last) {
    const int days =
        silent_counts_business_days ? calendar.business_days_between(last, today) : days_between(last, today);
    return days >= silent_after;
  });
}

std::vector<LeadStatus> Script::watched_statuses() const {
  std::vector<LeadStatus> statuses;
  for (const std::string& word : silent_statuses)
    if (const auto status = parse_lead_status(word)) statuses.push_back(*status);
  return statuses;
}

std::vector<CanonicalState> Script::watched_states() const {
  std::set<CanonicalState> states;
  for (const std::string& word : silent_statuses)
    for (const CanonicalState state : states_of(Vocabulary::core, word)) states.insert(state);
  return {states.begin(), states.end()};
}

Script plain_script() {
  Script script;
  script.silent_lead = plain(kSilentLead);
  script.morning = procedure::list_of(plain(kMorning));
  script.pipeline = plain(kPipeline);
  script.drafts = {{DraftStage::inquiry, plain(kInquiry)},
                   {DraftStage::estimate_sent, plain(kEstimateSent)},
                   {DraftStage::accepted, plain(kAccepted)}};
  return script;
}

Script script_of(const procedure::Procedure& procedure) {
  Script script = plain_script();
  take_stale_leads(procedure::stale_lead_rule(procedure), script);
  if (const procedure::FollowUpRule rule = procedure::follow_up_rule(procedure);
      rule.is_active && !rule.message.empty())
    script.morning = rule.list;
  const procedure::ReportRule pipeline = procedure::pipeline_rule(procedure);
  if (pipeline.is_active && !pipeline.message.empty()) script.pipeline = pipeline.message;
  if (pipeline.is_active && !pipeline.when.weekdays.empty())
    script.report_weekdays = {pipeline.when.weekdays.begin(), pipeline.when.weekdays.end()};
  const procedure::ReportRule win_loss = procedure::win_loss_rule(procedure);
  if (win_loss.is_active && !win_loss.message.empty()) script.win_loss = win_loss.message;
  if (!procedure.drafts.empty()) script.drafts.clear();
  for (const auto& [stage, names] : kStages) {
    const Template* wording = procedure::draft_template(procedure, names.second);
    if (wording != nullptr && !wording->empty()) script.drafts[stage] = *wording;
  }
  return script;
}

procedure::Rendered fill_in(Template message, std::string_view item_id, const FactValues& values,
                            const std::set<std::string, std::less<>>& idle) {
  const CatalogueItem* item = procedure::core_catalogue().find(item_id);
  static const CatalogueItem kNone;
  const CatalogueItem& known = item == nullptr ? kNone : *item;
  return procedure::render(Mender(known, values, idle).mended(std::move(message)), known, values);
}

}  // namespace deskhand::tools
