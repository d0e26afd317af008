#include "crm/status.h"

#include "crm/name_table.h"

namespace deskhand {
namespace {

constexpr std::pair<CanonicalState, std::string_view> kStateNames[] = {
    {CanonicalState::fresh, "new"},           {CanonicalState::engaged, "engaged"},
    {CanonicalState::qualified, "qualified"}, {CanonicalState::booked, "booked"},
    {CanonicalState::quoted, "quoted"},       {CanonicalState::negotiating, "negotiating"},
    {CanonicalState::won, "won"},             {CanonicalState::lost, "lost"},
    {CanonicalState::disqualified, "disqualified"}};
constexpr std::pair<LeadStatus, std::string_view> kLeadStatuses[] = {{LeadStatus::fresh, "new"},
                                                                 {LeadStatus::working, "working"},
                                                                 {LeadStatus::qualified, "qualified"},
                                                                 {LeadStatus::disqualified, "disqualified"},
                                                                 {LeadStatus::converted, "converted"}};
constexpr std::pair<LeadStage, std::string_view> kStages[] = {{LeadStage::inquiry, "inquiry"},
                                                              {LeadStage::needs_analysis, "needs_analysis"},
                                                              {LeadStage::estimate_sent, "estimate_sent"},
                                                              {LeadStage::follow_up, "follow_up"},
                                                              {LeadStage::scheduled_visit, "scheduled_visit"}};
constexpr std::pair<OpportunityStage, std::string_view> kOpportunityStages[] = {{OpportunityStage::estimating, "estimating"},
                                                                                {OpportunityStage::scheduled, "scheduled"},
                                                                                {OpportunityStage::won, "won"},
                                                                                {OpportunityStage::lost, "lost"}};

// Inventory 1b, one row per canonical state. The first state of a word, in this order, is that word's default. For the core
// vocabulary the words are those of S2-L1f; its stages are written through LeadStage.
struct Aliases {
  CanonicalState state;
  std::string_view one_table, tenant, core, live, pipeline;
};
constexpr Aliases kAliases[] = {
    {CanonicalState::fresh, "lead", "new", "new", "new", "new"},
    {CanonicalState::engaged, "prospect", "contacted", "working", "contacted", "contacted"},
    {CanonicalState::qualified, "prospect", "qualified", "working", "qualified", "qualified"},
    {CanonicalState::booked, "prospect", "qualified", "working", "booked", "qualified"},
    {CanonicalState::quoted, "quoted", "qualified", "working", "qualified", "proposal"},
    {CanonicalState::negotiating, "quoted", "qualified", "working", "qualified", "negotiating"},
    {CanonicalState::won, "customer", "converted", "converted", "converted", "won"},
    {CanonicalState::lost, "inactive", "disqualified", "converted", "lost", "lost"},
    {CanonicalState::disqualified, "inactive", "disqualified", "disqualified", "lost", "disqualified"}};

std::string_view word_in(const Aliases& row, Vocabulary vocabulary) {
  switch (vocabulary) {
    case Vocabulary::one_table: return row.one_table;
    case Vocabulary::tenant: return row.tenant;
    case Vocabulary::core: return row.core;
    case Vocabulary::live: return row.live;
    case Vocabulary::pipeline: return row.pipeline;
  }
  return {};
}

CanonicalState state_of_opportunity(OpportunityStage stage) {
  switch (stage) {
    case OpportunityStage::estimating: return CanonicalState::quoted;
    case OpportunityStage::scheduled: return CanonicalState::booked;
    case OpportunityStage::won: return CanonicalState::won;
    case OpportunityStage::lost: return CanonicalState::lost;
  }
  return CanonicalState::quoted;
}

CanonicalState state_of_stage(LeadStage stage) {
  switch (stage) {
    case LeadStage::inquiry: return CanonicalState::engaged;
    case LeadStage::needs_analysis: return CanonicalState::qualified;
    case LeadStage::estimate_sent: return CanonicalState::quoted;
    case LeadStage::follow_up: return CanonicalState::negotiating;
    case LeadStage::scheduled_visit: return CanonicalState::booked;
  }
  return CanonicalState::engaged;
}

}  // namespace

std::string_view state_name(CanonicalState state) { return name_in(kStateNames, state); }
std::optional<CanonicalState> parse_state(std::string_view name) { return value_in(kStateNames, name); }

bool is_closed(CanonicalState state) {
  return state == CanonicalState::won || state == CanonicalState::lost || state == CanonicalState::disqualified;
}

std::string_view name_of(LeadStatus status) { return name_in(kLeadStatuses, status); }
std::optional<LeadStatus> parse_lead_status(std::string_view name) { return value_in(kLeadStatuses, name); }
std::string_view name_of(LeadStage stage) { return name_in(kStages, stage); }
std::optional<LeadStage> parse_lead_stage(std::string_view name) { return value_in(kStages, name); }
std::string_view name_of(OpportunityStage stage) { return name_in(kOpportunityStages, stage); }
std::optional<OpportunityStage> parse_opportunity_stage(std::string_view name) { return value_in(kOpportunityStages, name); }

CanonicalState canonical_state(LeadStatus status, LeadStage stage, bool contacted,
                               std::optional<OpportunityStage> opportunity) {
  if (opportunity) return state_of_opportunity(*opportunity);
  switch (status) {
    case LeadStatus::disqualified: return CanonicalState::disqualified;
    case LeadStatus::fresh:
      // A follow_up stage on a lead nobody has worked means "we are in touch" (inventory 1b: engaged is inquiry, follow_up).
      if (stage == LeadStage::inquiry) return contacted ? CanonicalState::engaged : CanonicalState::fresh;
      return stage == LeadStage::follow_up ? CanonicalState::engaged : state_of_stage(stage);
    case LeadStatus::working: return state_of_stage(stage);
    // Explicitly qualified, and nothing said yet of a visit or an estimate.
    case LeadStatus::qualified: return stage == LeadStage::inquiry ? CanonicalState::qualified : state_of_stage(stage);
    // Converted before its opportunity is known: handed off, still open.
    case LeadStatus::converted: return CanonicalState::quoted;
  }
  return CanonicalState::fresh;
}

std::string_view alias_of(Vocabulary vocabulary, CanonicalState state) {
  for (const Aliases& row : kAliases)
    if (row.state == state) return word_in(row, vocabulary);
  return {};
}

std::vector<CanonicalState> states_of(Vocabulary vocabulary, std::string_view alias) {
  std::vector<CanonicalState> states;
  for (const Aliases& row : kAliases)
    if (word_in(row, vocabulary) == alias) states.push_back(row.state);
  return states;
}

std::optional<CanonicalState> write_alias(Vocabulary vocabulary, std::string_view alias, CanonicalState current) {
  const std::vector<CanonicalState> states = states_of(vocabulary, alias);
  if (states.empty()) return std::nullopt;
  for (CanonicalState state : states)
    if (state == current) return std::nullopt;
  return states.front();
}

}  // namespace deskhand
