#include "tools/stages.h"

#include <array>

#include "base/limits.h"
#include "base/text.h"
#include "ports/store/store.h"
#include "tools/arguments.h"
#include "tools/closing.h"
#include "tools/conversion.h"
#include "tools/deals.h"
#include "tools/opportunities.h"
#include "tools/present.h"
#include "tools/qualifying.h"
#include "tools/schema_parts.h"

namespace deskhand::tools {
namespace {

// Which vocabulary a word is taken from when nobody says which: the core procedure's first.
constexpr std::array kVocabularies{Vocabulary::core, Vocabulary::live, Vocabulary::pipeline, Vocabulary::tenant,
                                   Vocabulary::one_table};

constexpr std::pair<std::string_view, std::string_view> kOtherWords[] = {
    {"closed_won", "won"},         {"sold", "won"},
    {"closed_lost", "lost"},       {"dead", "lost"},
    {"quote_sent", "quoted"},      {"proposal_sent", "proposal"},
    {"proposals_out", "proposal"}, {"negotiation", "negotiating"},
    {"reached", "contacted"},      {"visit_scheduled", "scheduled_visit"}};

std::string stage_word(std::string_view word) {
  std::string name = as_name(word);
  for (const auto& [other, known] : kOtherWords)
    if (name == other) return std::string(known);
  return name;
}

StageTarget pair_of(std::optional<LeadStatus> status, std::optional<LeadStage> stage) {
  StageTarget target;
  target.kind = StageTarget::Kind::pair;
  target.status = status;
  target.stage = stage;
  return target;
}
StageTarget deal_at(OpportunityStage stage) {
  StageTarget target;
  target.kind = StageTarget::Kind::deal_stage;
  target.deal_stage = stage;
  return target;
}
StageTarget only(StageTarget::Kind kind) {
  StageTarget target;
  target.kind = kind;
  return target;
}

// Inventory 1b, read backwards: the pair or the opportunity's stage that a canonical state is written as.
StageTarget target_of(CanonicalState state, bool has_opportunity) {
  switch (state) {
    case CanonicalState::won:
      return only(StageTarget::Kind::won);
    case CanonicalState::lost:
      return only(StageTarget::Kind::lost);
    case CanonicalState::disqualified:
      return only(StageTarget::Kind::disqualified);
    case CanonicalState::booked:
      return has_opportunity ? deal_at(OpportunityStage::scheduled)
                             : pair_of(LeadStatus::working, LeadStage::scheduled_visit);
    case CanonicalState::quoted:
      return has_opportunity ? deal_at(OpportunityStage::estimating)
                             : pair_of(LeadStatus::working, LeadStage::estimate_sent);
    case CanonicalState::fresh:
      return pair_of(LeadStatus::fresh, LeadStage::inquiry);
    case CanonicalState::engaged:
      return pair_of(LeadStatus::working, LeadStage::inquiry);
    case CanonicalState::qualified:
      return pair_of(LeadStatus::working, LeadStage::needs_analysis);
    case CanonicalState::negotiating:
      return pair_of(LeadStatus::working, LeadStage::follow_up);
  }
  return {};
}

std::optional<StageTarget> in_vocabulary(std::string_view word, Vocabulary vocabulary, CanonicalState current,
                                         bool has_opportunity) {
  if (states_of(vocabulary, word).empty()) return std::nullopt;
  const std::optional<CanonicalState> state = write_alias(vocabulary, word, current);
  return state ? target_of(*state, has_opportunity) : only(StageTarget::Kind::nowhere);
}

// The core procedure's own words are written as they are said.
std::optional<StageTarget> in_core(std::string_view word, bool has_opportunity) {
  if (const auto stage = parse_lead_stage(word)) {
    if (*stage == LeadStage::scheduled_visit && has_opportunity) return deal_at(OpportunityStage::scheduled);
    return pair_of(std::nullopt, *stage);
  }
  if (const auto stage = parse_opportunity_stage(word)) {
    if (*stage == OpportunityStage::won) return only(StageTarget::Kind::won);
    if (*stage == OpportunityStage::lost) return only(StageTarget::Kind::lost);
    if (!has_opportunity && *stage == OpportunityStage::scheduled)
      return pair_of(std::nullopt, LeadStage::scheduled_visit);
    return has_opportunity ? deal_at(*stage) : only(StageTarget::Kind::convert);
  }
  const auto status = parse_lead_status(word);
  if (!status) return std::nullopt;
  if (*status == LeadStatus::disqualified) return only(StageTarget::Kind::disqualified);
  if (*status == LeadStatus::converted)
    return only(has_opportunity ? StageTarget::Kind::nowhere : StageTarget::Kind::convert);
  if (*status == LeadStatus::fresh) return pair_of(status, LeadStage::inquiry);
  return pair_of(status, std::nullopt);
}

std::optional<Vocabulary> read_vocabulary(std::string_view name) {
  if (name == "core") return Vocabulary::core;
  if (name == "live") return Vocabulary::live;
  if (name == "pipeline") return Vocabulary::pipeline;
  if (name == "tenant") return Vocabulary::tenant;
  if (name == "one_table") return Vocabulary::one_table;
  return std::nullopt;
}

// One move: what is meant, and where it goes.
struct Move {
  Deal deal;
  StageTarget target;
  std::string word;
};

// A stage by the name that the business has given it.
Result<std::optional<StageTarget>> stage_of_business(const std::string& word, const Deal& deal,
                                                     const ToolContext& context) {
  Result<std::vector<StageSetting>> stages = context.txn.nurture().stages();
  if (!stages) return stages.error();
  for (const StageSetting& stage : *stages)
    if (stage.name && stage_word(*stage.name) == stage_word(word))
      return read_stage(state_name(stage.state), std::nullopt, deal.state(), deal.opportunity.has_value());
  return std::optional<StageTarget>();
}

Result<Move> read_move(const Json& arguments, const ToolContext& context) {
  const std::string word = line(arguments, "stage");
  if (word.empty()) return make_error(Code::invalid_argument, "move_stage: ask for the stage it moves to.");
  Result<Deal> deal = resolve_deal(arguments, context, Scope::open_first);
  if (!deal) return deal.error();
  std::optional<StageTarget> target =
      read_stage(word, read_vocabulary(line(arguments, "vocabulary")), deal->state(), deal->opportunity.has_value());
  if (!target) {
    Result<std::optional<StageTarget>> own = stage_of_business(word, *deal, context);
    if (!own) return own.error();
    target = std::move(*own);
  }
  if (!target)
    return make_error(Code::invalid_argument, "\"" + shorten(word, 60) +
                                                  "\" is no stage; the stages are inquiry, needs analysis, estimate "
                                                  "sent, follow up, scheduled visit, won, lost, disqualified.");
  return Move{std::move(*deal), *target, word};
}

// A move within the open stages, written to the lead or to its opportunity.
struct Placed {
  std::optional<Lead> lead;
  std::optional<Opportunity> opportunity;
  CanonicalState to{};
};

Result<Placed> place(const Move& move) {
  Placed placed{move.deal.lead, move.deal.opportunity, move.deal.state()};
  if (move.target.kind == StageTarget::Kind::deal_stage) {
    placed.opportunity->stage = move.target.deal_stage;
    placed.to = state_of(move.target.deal_stage);
    return placed;
  }
  if (placed.opportunity)
    return make_error(Code::conflict, move.deal.ref() + " " + printable_line(move.deal.title()) +
                                          " is an opportunity; its stages are estimating, scheduled, won and lost.");
  Lead& lead = *placed.lead;
  if (move.target.stage) lead.stage = *move.target.stage;
  if (move.target.status) lead.status = *move.target.status;
  // Somebody works on a lead that has left the first stage.
  else if (lead.status == LeadStatus::fresh && lead.stage != LeadStage::inquiry)
    lead.status = LeadStatus::working;
  placed.to = canonical_state(lead.status, lead.stage, lead.contacted, {});
  return placed;
}

bool stands_so(const Move& move, const Placed& placed) {
  if (placed.opportunity && move.deal.opportunity) return placed.opportunity->stage == move.deal.opportunity->stage;
  return placed.lead->status == move.deal.lead->status && placed.lead->stage == move.deal.lead->stage;
}

// Out of a closed state every open stage is a reopening first, with its reason.
bool reopens(const Move& move) {
  return is_closed(move.deal.state()) &&
         (move.target.kind == StageTarget::Kind::pair || move.target.kind == StageTarget::Kind::deal_stage);
}

Error needs_reason_to_reopen(const Move& move) {
  return make_error(Code::invalid_argument, move.deal.ref() + " " + printable_line(move.deal.title()) + " is " +
                                                std::string(state_name(move.deal.state())) +
                                                "; ask for the reason why it opens again.");
}

// convert_lead knows only the stages an opportunity begins at; "converted" itself names none.
Json to_convert(Json arguments) {
  const auto stage = parse_opportunity_stage(stage_word(line(arguments, "stage")));
  arguments.erase("stage");
  if (stage) arguments["stage"] = name_of(*stage);
  return arguments;
}

Result<Proposal> with_word(Result<Proposal> proposal, const Json& arguments) {
  if (!proposal) return proposal;
  Json resolved = *proposal->arguments;
  resolved["stage"] = arguments.at("stage");
  proposal->arguments = share(std::move(resolved));
  return proposal;
}

Result<Proposal> propose_move(const Json& arguments, const ToolContext& context) {
  const Result<Move> move = read_move(arguments, context);
  if (!move) return move.error();
  Json by_ref = arguments;
  put_refs(move->deal, by_ref);
  switch (move->target.kind) {
    case StageTarget::Kind::won:
      return with_word(propose_win(by_ref, context), by_ref);
    case StageTarget::Kind::lost:
      return with_word(propose_lose(by_ref, context), by_ref);
    case StageTarget::Kind::disqualified:
      return with_word(propose_disqualify(by_ref, context), by_ref);
    case StageTarget::Kind::convert:
      return with_word(propose_convert(to_convert(by_ref), context), by_ref);
    case StageTarget::Kind::pair:
    case StageTarget::Kind::deal_stage:
    case StageTarget::Kind::nowhere:
      break;
  }
  Proposal proposal;
  proposal.arguments = share(by_ref);
  put_subject(move->deal, proposal);
  if (move->target.kind == StageTarget::Kind::nowhere) {
    proposal.effects = {ReadsRecords{}};
    return proposal;
  }
  if (reopens(*move) && line(arguments, "reason").empty()) return needs_reason_to_reopen(*move);
  const Result<Placed> placed = place(*move);
  if (!placed) return placed.error();
  proposal.effects = {move_of(move->deal, placed->to)};
  proposal.summary = "Move " + move->deal.ref() + " " + move->deal.title() + " to " + spoken(move->word);
  proposal.card_lines = {move->deal.line(context), "Move it to: " + spoken(move->word)};
  return proposal;
}

std::string stage_text(const Deal& deal, const ToolContext& context) {
  return deal.opportunity ? spoken(name_of(deal.opportunity->stage)) : status_text(*deal.lead, context);
}

Result<ToolOutcome> run_place(const Move& move, const std::string& note, ToolContext& context) {
  Result<Placed> placed = place(move);
  if (!placed) return placed.error();
  if (stands_so(move, *placed))
    return outcome_of(move.deal, context, move.deal.line(context) + ": it stands there already.");
  Deal after = move.deal;
  if (placed->opportunity && move.deal.opportunity) {
    Result<Opportunity> stored = context.txn.opportunities().update(std::move(*placed->opportunity));
    if (!stored) return stored.error();
    after.opportunity = std::move(*stored);
  }
  if (placed->lead) {
    if (placed->to == CanonicalState::qualified && !placed->lead->qualified_at)
      placed->lead->qualified_at = context.now;
    Result<Lead> stored = store_lead(context, std::move(*placed->lead));
    if (!stored) return stored.error();
    after.lead = std::move(*stored);
  }
  std::string body = "Stage changed: " + stage_text(move.deal, context) + " → " + stage_text(after, context) + ".";
  if (!note.empty()) body += " " + note;
  const auto logged =
      log_system(context, after.opportunity ? about(*after.opportunity) : about(*after.lead), "", std::move(body));
  if (!logged) return logged.error();
  return outcome_of(after, context, "Moved: " + after.line(context) + ".");
}

Result<ToolOutcome> run_move(const Json& arguments, ToolContext& context, const Wording& wording) {
  Result<Move> move = read_move(arguments, context);
  if (!move) return move.error();
  switch (move->target.kind) {
    case StageTarget::Kind::won:
      return run_win(arguments, context, wording);
    case StageTarget::Kind::lost:
      return run_lose(arguments, context, wording);
    case StageTarget::Kind::disqualified:
      return run_disqualify(arguments, context);
    case StageTarget::Kind::convert:
      return run_convert(to_convert(arguments), context);
    case StageTarget::Kind::nowhere:
      return outcome_of(move->deal, context, move->deal.line(context) + ": it stands there already.");
    case StageTarget::Kind::pair:
    case StageTarget::Kind::deal_stage:
      break;
  }
  if (reopens(*move)) {
    if (line(arguments, "reason").empty()) return needs_reason_to_reopen(*move);
    const Result<ToolOutcome> reopened = run_reopen(arguments, context);
    if (!reopened) return reopened;
    move = read_move(arguments, context);
    if (!move) return move.error();
    const Result<Placed> placed = place(*move);
    if (!placed) return placed.error();
    if (stands_so(*move, *placed)) return reopened;
  }
  return run_place(*move, text(arguments, "note"), context);
}

}  // namespace

std::vector<CanonicalState> states_named(std::string_view word) {
  const std::string name = stage_word(word);
  if (const auto state = parse_state(name)) return {*state};
  for (const Vocabulary vocabulary : kVocabularies)
    if (std::vector<CanonicalState> states = states_of(vocabulary, name); !states.empty()) return states;
  return {};
}

std::optional<StageTarget> read_stage(std::string_view word, std::optional<Vocabulary> vocabulary,
                                      CanonicalState current, bool has_opportunity) {
  const std::string name = stage_word(word);
  if (!vocabulary || *vocabulary == Vocabulary::core)
    if (const auto target = in_core(name, has_opportunity)) return target;
  if (vocabulary) return in_vocabulary(name, *vocabulary, current, has_opportunity);
  if (const auto state = parse_state(name))
    return *state == current ? only(StageTarget::Kind::nowhere) : target_of(*state, has_opportunity);
  for (const Vocabulary known : kVocabularies)
    if (const auto target = in_vocabulary(name, known, current, has_opportunity)) return target;
  return std::nullopt;
}

Tools stage_tools(const Wording& wording) {
  ToolSpec spec;
  spec.name = "move_stage";
  spec.description =
      "Move a lead or an opportunity along the pipeline; every move is written into its history. Won asks the owner; "
      "lost, disqualified and reopening need a reason.";
  Json properties = completion_properties();
  properties["lead"] = text_of("The lead: a ref such as L-1042, or the person's name.", limits::kNameBytes);
  properties["opportunity"] = text_of("The deal: a ref such as O-7, or the person's name.", limits::kNameBytes);
  properties["stage"] = text_of(
      "Where: inquiry, needs_analysis, estimate_sent, follow_up, scheduled_visit; estimating, scheduled, won, lost of "
      "a deal; new, working, qualified, disqualified, converted; or contacted, booked, proposal, negotiating.",
      limits::kTagBytes);
  properties["vocabulary"] =
      one_of("Whose word it is, where that matters.", {"core", "live", "pipeline", "tenant", "one_table"});
  properties["reason"] = text_of(
      "For lost: price, competition, timing, no_decision, scope, other. For disqualified: budget, timing, "
      "outside_scope, no_response, other. To reopen: in words.",
      limits::kSubjectBytes);
  properties["note"] = text_of("What to add to the history.", limits::kBodyBytes);
  properties["amount"] = money_of("For won: what the job is worth.");
  spec.arguments = share(closed_schema(std::move(properties), {"stage"}));
  spec.effect = EffectClass::write;
  spec.undoable = true;
  Tools tools;
  tools.push_back(make_tool(std::move(spec), propose_move, [wording](const Json& arguments, ToolContext& context) {
    return run_move(arguments, context, wording);
  }));
  return tools;
}

}  // namespace deskhand::tools
