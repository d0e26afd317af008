#include "tools/qualifying.h"

#include "base/limits.h"
#include "base/text.h"
#include "ports/store/store.h"
#include "tools/arguments.h"
#include "tools/deals.h"
#include "tools/present.h"
#include "tools/schema_parts.h"

namespace deskhand::tools {
namespace {

// One spelling for what the two lists of reasons call differently.
constexpr std::pair<std::string_view, std::string_view> kAlike[] = {{"budget", "price"},
                                                                    {"too_expensive", "price"},
                                                                    {"cost", "price"},
                                                                    {"outside_scope", "scope"},
                                                                    {"out_of_scope", "scope"},
                                                                    {"out_of_area", "scope"},
                                                                    {"no_response", "no_decision"},
                                                                    {"no_reply", "no_decision"},
                                                                    {"competitor", "competition"}};

std::string in_lost_words(std::string_view word) {
  const std::string name = as_name(word);
  for (const auto& [other, lost] : kAlike)
    if (name == other) return std::string(lost);
  return name;
}

std::string with_note(std::string text, const std::string& note) { return note.empty() ? text : text + " " + note; }

Result<Lead> open_lead(const Json& arguments, const ToolContext& context, std::string_view deed) {
  Result<Lead> lead = resolve_lead(context, line(arguments, "lead"), Scope::open);
  if (!lead) return lead;
  if (lead->status == LeadStatus::converted) {
    const std::string deal = ref_of_opportunity(context, lead->opportunity);
    return make_error(Code::conflict, ref_of(*lead) + " was converted to " + (deal.empty() ? "an opportunity" : deal) +
                                          " and can't be " + std::string(deed) + " any more; move " +
                                          (deal.empty() ? "that" : deal) + " instead.");
  }
  if (!is_open(*lead))
    return make_error(Code::conflict, ref_of(*lead) + " is " + status_text(*lead, context) + "; reopen it first.");
  return lead;
}

Result<Proposal> proposal_on(const Json& arguments, const ToolContext& context, Lead lead, CanonicalState to) {
  Result<Deal> deal = deal_of(context, std::move(lead));
  if (!deal) return deal.error();
  Json resolved = arguments;
  put_refs(*deal, resolved);
  Proposal proposal;
  proposal.effects = {move_of(*deal, to)};
  proposal.arguments = share(std::move(resolved));
  put_subject(*deal, proposal);
  proposal.card_lines = {deal->line(context)};
  return proposal;
}

Result<LeadStage> wanted_stage(const Json& arguments, const Wording& wording) {
  const auto stage = choice(arguments, "stage", parse_lead_stage);
  if (!stage) return stage.error();
  return stage->value_or(wording.qualified_stage);
}

Result<Proposal> propose_qualify(const Json& arguments, const ToolContext& context, const Wording& wording) {
  Result<Lead> lead = open_lead(arguments, context, "qualified");
  if (!lead) return lead.error();
  const Result<LeadStage> stage = wanted_stage(arguments, wording);
  if (!stage) return stage.error();
  Result<Proposal> proposal =
      proposal_on(arguments, context, *lead, canonical_state(wording.qualified_status, *stage, lead->contacted, {}));
  if (proposal) proposal->summary = "Qualify " + ref_of(*lead) + " " + lead->title;
  return proposal;
}

// S2-EV2.3: an estimate is being prepared when somebody says so, or when it is said to be out and none is on file.
Result<bool> needs_estimate(const Json& arguments, const ToolContext& context, const Lead& lead, LeadStage stage) {
  if (given(arguments, "prepare_estimate")) return flag(arguments, "prepare_estimate");
  if (stage != LeadStage::estimate_sent) return false;
  const auto estimates = context.txn.opportunities().estimates_of(lead.id);
  if (!estimates) return estimates.error();
  return estimates->empty();
}

Result<ToolOutcome> run_qualify(const Json& arguments, ToolContext& context, const Wording& wording) {
  Result<Lead> lead = open_lead(arguments, context, "qualified");
  if (!lead) return lead.error();
  const Result<LeadStage> stage = wanted_stage(arguments, wording);
  if (!stage) return stage.error();
  const Result<bool> estimate = needs_estimate(arguments, context, *lead, *stage);
  if (!estimate) return estimate.error();
  lead->stage = *stage;
  lead->status = wording.qualified_status;
  if (!lead->qualified_at) lead->qualified_at = context.now;
  lead = store_lead(context, std::move(*lead), std::nullopt);
  if (!lead) return lead.error();
  const Result<std::optional<Contact>> contact = contact_of(context, lead->contact);
  if (!contact) return contact.error();
  const Said said =
      wording.say(Saying::lead_qualified, facts_about(context, *contact ? &**contact : nullptr, &*lead, nullptr));
  const auto logged = log_system(context, about(*lead), "", with_note(said.text, text(arguments, "note")));
  if (!logged) return logged.error();
  std::string told = "Qualified: " + lead_line(*lead, context) + ".";
  if (*estimate && wording.hands_to_estimating) {
    const auto handoff = hand_off(context, HandoffTo::estimating, about(*lead), "Prepare an estimate: " + lead->title);
    if (!handoff) return handoff.error();
    told += " " + text_of(*handoff);
  }
  Result<Deal> deal = deal_of(context, std::move(*lead));
  if (!deal) return deal.error();
  return outcome_of(*deal, context, std::move(told));
}

std::unique_ptr<Tool> make_qualify_lead(const Wording& wording) {
  ToolSpec spec;
  spec.name = "qualify_lead";
  spec.description =
      "A lead is worth pursuing: it moves to needs_analysis, or to estimate_sent when the estimate is out. Says so in "
      "the history and, when an estimate is to be made, tells estimating.";
  spec.arguments = share(closed_schema(
      {{"lead", text_of("The lead: a ref such as L-1042, or the person's name.", limits::kNameBytes)},
       {"stage", one_of("Where it moves; " + std::string(name_of(wording.qualified_stage)) + " when left out.",
                        {"needs_analysis", "estimate_sent", "follow_up", "scheduled_visit"})},
       {"prepare_estimate", yes_or_no("true when an estimate is being prepared.")},
       {"note", text_of("What to add to the history.", limits::kSubjectBytes)}},
      {"lead"}));
  spec.effect = EffectClass::write;
  spec.undoable = true;
  return make_tool(
      std::move(spec),
      [wording](const Json& arguments, const ToolContext& context) {
        return propose_qualify(arguments, context, wording);
      },
      [wording](const Json& arguments, ToolContext& context) { return run_qualify(arguments, context, wording); });
}

}  // namespace

std::optional<LostReason> read_lost_reason(std::string_view word) { return parse_lost_reason(in_lost_words(word)); }

std::optional<DisqualifyReason> read_disqualify_reason(std::string_view word) {
  if (const auto known = parse_disqualify_reason(as_name(word))) return known;
  const std::optional<LostReason> lost = read_lost_reason(word);
  if (!lost) return std::nullopt;
  switch (*lost) {
    case LostReason::price:
      return DisqualifyReason::budget;
    case LostReason::timing:
      return DisqualifyReason::timing;
    case LostReason::scope:
      return DisqualifyReason::outside_scope;
    case LostReason::no_decision:
      return DisqualifyReason::no_response;
    case LostReason::competition:
    case LostReason::other:
      return DisqualifyReason::other;
    case LostReason::none:
      break;
  }
  return std::nullopt;
}

ToolOutcome outcome_of(const Deal& deal, const ToolContext& context, std::string text) {
  Json data = Json::object();
  if (deal.opportunity) data["opportunity"] = to_data(*deal.opportunity, context);
  if (deal.lead) data["lead"] = to_data(*deal.lead, context);
  ToolOutcome outcome;
  outcome.text = std::move(text);
  if (deal.opportunity) outcome.touched.push_back(ref_of(*deal.opportunity));
  if (deal.lead) outcome.touched.push_back(ref_of(*deal.lead));
  outcome.data = share(std::move(data));
  return outcome;
}

Result<Proposal> propose_disqualify(const Json& arguments, const ToolContext& context) {
  const Result<Lead> lead = open_lead(arguments, context, "disqualified");
  if (!lead) return lead.error();
  const std::string word = line(arguments, "reason");
  const std::string opening = "Disqualify " + ref_of(*lead) + " " + printable_line(lead->title);
  if (word.empty()) return ask_reason(opening, {"budget", "timing", "outside_scope", "no_response", "other"});
  const std::optional<DisqualifyReason> reason = read_disqualify_reason(word);
  if (!reason)
    return ask_reason(opening + ": \"" + shorten(word, 60) + "\" is no reason on the list",
                      {"budget", "timing", "outside_scope", "no_response", "other"});
  Result<Proposal> proposal = proposal_on(arguments, context, *lead, CanonicalState::disqualified);
  if (!proposal) return proposal;
  proposal->summary = opening + ": " + spoken(name_of(*reason));
  proposal->card_lines.push_back("Disqualify it. Reason: " +
                                 with_note(spoken(name_of(*reason)), line(arguments, "note")));
  return proposal;
}

Result<ToolOutcome> run_disqualify(const Json& arguments, ToolContext& context) {
  Result<Lead> lead = open_lead(arguments, context, "disqualified");
  if (!lead) return lead.error();
  const std::optional<DisqualifyReason> reason = read_disqualify_reason(line(arguments, "reason"));
  if (!reason)
    return ask_reason("Disqualify " + ref_of(*lead), {"budget", "timing", "outside_scope", "no_response", "other"});
  const std::string note = text(arguments, "note");
  lead->status = LeadStatus::disqualified;
  lead->disqualify_reason = *reason;
  lead->reason_note = note;
  lead = store_lead(context, std::move(*lead), std::nullopt);
  if (!lead) return lead.error();
  const auto logged = log_system(context, about(*lead), "",
                                 with_note("Lead disqualified — reason: " + spoken(name_of(*reason)) + ".", note));
  if (!logged) return logged.error();
  Result<Deal> deal = deal_of(context, *lead);
  if (!deal) return deal.error();
  return outcome_of(*deal, context,
                    "Disqualified: " + lead_line(*lead, context) + ". The record and its history stay.");
}

Result<Proposal> propose_reopen(const Json& arguments, const ToolContext& context) {
  const Result<Deal> deal = resolve_deal(arguments, context, Scope::closed);
  if (!deal) return deal.error();
  if (!is_closed(deal->state())) return make_error(Code::conflict, deal->ref() + " is open already.");
  if (line(arguments, "reason").empty())
    return make_error(Code::invalid_argument, "Reopen " + deal->ref() + " " + printable_line(deal->title()) +
                                                  ": ask for the reason why it opens again.");
  Json resolved = arguments;
  put_refs(*deal, resolved);
  Proposal proposal;
  const CanonicalState to =
      deal->opportunity ? state_of(deal->opportunity->stage == OpportunityStage::won ? OpportunityStage::scheduled
                                                                                     : OpportunityStage::estimating)
                        : canonical_state(LeadStatus::working, deal->lead->stage, true, {});
  proposal.effects = {move_of(*deal, to)};
  proposal.arguments = share(std::move(resolved));
  proposal.summary = "Reopen " + deal->ref() + " " + deal->title();
  put_subject(*deal, proposal);
  return proposal;
}

Result<ToolOutcome> run_reopen(const Json& arguments, ToolContext& context) {
  Result<Deal> deal = resolve_deal(arguments, context, Scope::closed);
  if (!deal) return deal.error();
  if (!is_closed(deal->state())) return make_error(Code::conflict, deal->ref() + " is open already.");
  const std::string reason = text(arguments, "reason");
  if (deal->opportunity) {
    Opportunity& opportunity = *deal->opportunity;
    opportunity.stage =
        opportunity.stage == OpportunityStage::won ? OpportunityStage::scheduled : OpportunityStage::estimating;
    opportunity.lost_reason = LostReason::none;
    opportunity.reason_note.clear();
    opportunity.close_date.reset();
    Result<Opportunity> stored = context.txn.opportunities().update(opportunity);
    if (!stored) return stored.error();
    opportunity = std::move(*stored);
  }
  if (deal->lead) {
    Lead& lead = *deal->lead;
    if (!deal->opportunity) lead.status = LeadStatus::working;
    lead.disqualify_reason = DisqualifyReason::none;
    lead.reason_note.clear();
    Result<Lead> stored = store_lead(context, lead);
    if (!stored) return stored.error();
    lead = std::move(*stored);
  }
  const About subject = deal->opportunity ? about(*deal->opportunity) : about(*deal->lead);
  const auto logged = log_system(context, subject, "",
                                 std::string(deal->opportunity ? "Opportunity" : "Lead") + " reopened — " + reason);
  if (!logged) return logged.error();
  return outcome_of(*deal, context, "Reopened: " + deal->line(context) + ".");
}

Tools qualifying_tools(const schema::RecordSchemas& records, const Wording& wording) {
  const Json lead = text_of("The lead: a ref such as L-1042, or the person's name.", limits::kNameBytes);
  Json reason = records.property("lead", "disqualification_reason");
  Tools tools;
  tools.push_back(make_qualify_lead(wording));

  ToolSpec disqualify;
  disqualify.name = "disqualify_lead";
  disqualify.description =
      "Close a lead that will not become a job, with the reason (ask for it). The record stays; reopen_lead takes it "
      "up again.";
  disqualify.arguments = share(closed_schema({{"lead", lead},
                                              {"reason", std::move(reason)},
                                              {"note", text_of("The reason in more words.", limits::kBodyBytes)}},
                                             {"lead"}));
  disqualify.effect = EffectClass::write;
  disqualify.undoable = true;
  tools.push_back(make_tool(std::move(disqualify), propose_disqualify, run_disqualify));

  ToolSpec reopen;
  reopen.name = "reopen_lead";
  reopen.description = "Take up a closed lead or opportunity again, with the reason.";
  reopen.arguments = share(closed_schema(
      {{"lead", lead},
       {"opportunity", text_of("The closed deal: a ref such as O-7, or the person's name.", limits::kNameBytes)},
       {"reason", text_of("Why it opens again.", limits::kSubjectBytes)}},
      {}));
  reopen.effect = EffectClass::write;
  reopen.undoable = true;
  tools.push_back(make_tool(std::move(reopen), propose_reopen, run_reopen));
  return tools;
}

}  // namespace deskhand::tools
