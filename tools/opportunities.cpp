// convert_lead, create_opportunity and update_opportunity; see opportunities.h.
#include "tools/opportunities.h"

#include "base/json.h"
#include "base/limits.h"
#include "base/text.h"
#include "ports/store/store.h"
#include "tools/arguments.h"
#include "tools/conversion.h"
#include "tools/deals.h"
#include "tools/present.h"
#include "tools/qualifying.h"
#include "tools/schema_parts.h"

namespace deskhand::tools {
namespace {

Result<std::optional<OpportunityStage>> open_stage(const Json& arguments) {
  const auto stage = choice(arguments, "stage", parse_opportunity_stage);
  if (!stage) return stage.error();
  if (*stage && (**stage == OpportunityStage::won || **stage == OpportunityStage::lost))
    return make_error(Code::invalid_argument,
                      "A deal begins as estimating or scheduled; use win_opportunity or lose_opportunity afterwards.");
  return *stage;
}

// S2-EV3.3, "depending on context": what was agreed already needs a date, not another estimate.
Result<OpportunityStage> stage_for(const Json& arguments, const ToolContext& context, const Lead& lead) {
  const auto said = open_stage(arguments);
  if (!said) return said.error();
  if (*said) return **said;
  if (lead.stage == LeadStage::scheduled_visit) return OpportunityStage::scheduled;
  const auto estimates = context.txn.opportunities().estimates_of(lead.id);
  if (!estimates) return estimates.error();
  if (!estimates->empty() && estimates->front().status == EstimateStatus::accepted) return OpportunityStage::scheduled;
  return OpportunityStage::estimating;
}

struct Conversion {
  Deal deal;
  Completion completion;
  OpportunityStage stage = OpportunityStage::estimating;
  std::optional<Money> amount;
};

Result<Conversion> read_conversion(const Json& arguments, const ToolContext& context) {
  Result<Deal> deal = resolve_deal(arguments, context, Scope::open);
  if (!deal) return deal.error();
  if (deal->opportunity)
    return make_error(Code::conflict, (deal->lead ? ref_of(*deal->lead) + " is converted already: " : std::string()) +
                                          deal->line(context) + ".");
  if (is_closed(deal->state())) return make_error(Code::conflict, deal->line(context) + "; reopen it first.");
  if (!deal->contact) return missing_error(*deal, "converted", {"who the customer is"});
  Result<Completion> completion = complete_contact(arguments, context, *deal->contact);
  if (!completion) return completion.error();
  if (!completion->missing.empty()) return missing_error(*deal, "converted", completion->missing);
  const Result<OpportunityStage> stage = stage_for(arguments, context, *deal->lead);
  if (!stage) return stage.error();
  const auto amount = amount_of(arguments, context, *deal);
  if (!amount) return amount.error();
  return Conversion{std::move(*deal), std::move(*completion), *stage, *amount};
}

// An estimate that is out or accepted already is not made again.
Result<bool> has_estimate(const ToolContext& context, const Lead& lead) {
  const auto estimates = context.txn.opportunities().estimates_of(lead.id);
  if (!estimates) return estimates.error();
  for (const Estimate& estimate : *estimates)
    if (estimate.status == EstimateStatus::sent || estimate.status == EstimateStatus::accepted) return true;
  return false;
}

// S2-EV3.5 and S2-X1: who takes it up next.
Result<std::string> hand_on(const Json& arguments, ToolContext& context, const Deal& deal) {
  std::string told;
  const Opportunity& opportunity = *deal.opportunity;
  if (opportunity.stage == OpportunityStage::estimating) {
    const Result<bool> estimated = has_estimate(context, *deal.lead);
    if (!estimated) return estimated.error();
    if (!*estimated) {
      const auto handoff =
          hand_off(context, HandoffTo::estimating, about(opportunity), "Prepare an estimate: " + opportunity.name);
      if (!handoff) return handoff.error();
      told += " " + text_of(*handoff);
    }
  }
  const bool visit = flag(arguments, "site_visit", opportunity.stage == OpportunityStage::scheduled);
  if (visit) {
    const std::string what =
        opportunity.stage == OpportunityStage::scheduled ? "Book the job: " : "Book a site visit: ";
    const auto handoff = hand_off(context, HandoffTo::scheduling, about(opportunity), what + opportunity.name);
    if (!handoff) return handoff.error();
    told += " " + text_of(*handoff);
  }
  return told;
}

Result<std::vector<std::string>> apply_to_opportunity(const Json& arguments, const ToolContext& context, Opportunity& opportunity) {
  std::vector<std::string> told;
  if (const std::string name = line(arguments, "name"); !name.empty() && name != opportunity.name)
    told.push_back("name " + (opportunity.name = name));
  if (given(arguments, "amount")) {
    const auto amount = money(arguments, "amount", context.org);
    if (!amount) return amount.error();
    if (*amount != opportunity.amount) told.push_back(*amount ? "amount " + to_short_text(**amount) : "no amount");
    opportunity.amount = *amount;
  }
  if (given(arguments, "expected_close_date")) {
    const auto date = day(arguments, "expected_close_date", context.today);
    if (!date) return date.error();
    if (*date != opportunity.expected_close)
      told.push_back(*date ? "expected to close " + to_short_text(**date) : "no expected close");
    opportunity.expected_close = *date;
  }
  if (const std::string words = line(arguments, "owner"); !words.empty()) {
    const Result<User> user = resolve_user(context, words);
    if (!user) return user.error();
    if (user->id != opportunity.assignee) told.push_back("assigned to " + user->name);
    opportunity.assignee = user->id;
  }
  const CustomFields before = opportunity.custom;
  if (Done done = apply_custom_fields(arguments, opportunity.custom); !done) return done.error();
  if (opportunity.custom != before) told.push_back("own fields");
  return told;
}

Json with_user(Json arguments, const Opportunity& opportunity) {
  if (!line(arguments, "owner").empty()) arguments["owner"] = opportunity.assignee.text();
  return arguments;
}

Result<Proposal> propose_create_opportunity(const Json& arguments, const ToolContext& context) {
  if (!line(arguments, "lead").empty())
    return make_error(Code::invalid_argument, "A lead becomes an opportunity by convert_lead.");
  const Result<Contact> contact = resolve_contact(context, line(arguments, "contact"));
  if (!contact) return contact.error();
  Opportunity opportunity;
  const auto told = apply_to_opportunity(arguments, context, opportunity);
  if (!told) return told.error();
  if (opportunity.name.empty())
    return make_error(Code::invalid_argument,
                      "create_opportunity: ask for what the job is; a few words are enough for the name.");
  if (const auto stage = open_stage(arguments); !stage) return stage.error();
  Json resolved = with_user(arguments, opportunity);
  resolved["contact"] = ref_of(*contact);
  Proposal proposal;
  proposal.effects = {ChangesRecord{Noun::opportunity, true}};
  proposal.arguments = share(std::move(resolved));
  proposal.summary = "New opportunity " + opportunity.name + " — " + contact->full_name();
  proposal.contact = contact->id;
  return proposal;
}

Result<ToolOutcome> run_create_opportunity(const Json& arguments, ToolContext& context) {
  const Result<Contact> contact = resolve_contact(context, line(arguments, "contact"));
  if (!contact) return contact.error();
  Opportunity opportunity;
  const auto told = apply_to_opportunity(arguments, context, opportunity);
  if (!told) return told.error();
  const auto stage = open_stage(arguments);
  if (!stage) return stage.error();
  opportunity.contact = contact->id;
  opportunity.stage = stage->value_or(OpportunityStage::estimating);
  const Result<Opportunity> stored = context.txn.opportunities().insert(std::move(opportunity));
  if (!stored) return stored.error();
  const auto logged = log_system(context, about(*stored), "",
                                 "Opportunity opened — " + stored->name + ", " + spoken(name_of(stored->stage)) + ".");
  if (!logged) return logged.error();
  Result<Deal> deal = deal_of(context, *stored);
  if (!deal) return deal.error();
  return outcome_of(*deal, context, "Opened opportunity " + opportunity_line(*stored, context) + ".");
}

Result<Proposal> propose_update_opportunity(const Json& arguments, const ToolContext& context) {
  Result<Opportunity> opportunity = resolve_opportunity(context, line(arguments, "opportunity"), Scope::open_first);
  if (!opportunity) return opportunity.error();
  const VersionStamp stamp = stamp_of(*opportunity);
  const auto told = apply_to_opportunity(arguments, context, *opportunity);
  if (!told) return told.error();
  Json resolved = with_user(arguments, *opportunity);
  resolved["opportunity"] = ref_of(*opportunity);
  Proposal proposal;
  proposal.effects = {ChangesRecord{Noun::opportunity}};
  proposal.arguments = share(std::move(resolved));
  proposal.summary = "Change " + ref_of(*opportunity) + ": " + join(*told, ", ");
  proposal.contact = opportunity->contact;
  proposal.stamps = {stamp};
  return proposal;
}

Result<ToolOutcome> run_update_opportunity(const Json& arguments, ToolContext& context) {
  Result<Opportunity> opportunity = resolve_opportunity(context, line(arguments, "opportunity"), Scope::open_first);
  if (!opportunity) return opportunity.error();
  const auto told = apply_to_opportunity(arguments, context, *opportunity);
  if (!told) return told.error();
  if (!told->empty()) {
    opportunity = context.txn.opportunities().update(std::move(*opportunity));
    if (!opportunity) return opportunity.error();
  }
  Result<Deal> deal = deal_of(context, *opportunity);
  if (!deal) return deal.error();
  const std::string shown = opportunity_line(*opportunity, context);
  return outcome_of(*deal, context,
                    told->empty() ? shown + " already reads so; nothing was changed."
                                  : "Updated " + shown + ": " + join(*told, ", ") + ".");
}

}  // namespace

Result<Proposal> propose_convert(const Json& arguments, const ToolContext& context) {
  const Result<Conversion> conversion = read_conversion(arguments, context);
  if (!conversion) return conversion.error();
  Json resolved = arguments;
  put_refs(conversion->deal, resolved);
  Proposal proposal;
  proposal.effects = {move_of(conversion->deal, state_of(conversion->stage)), ChangesRecord{Noun::opportunity, true}};
  proposal.summary =
      "Convert " + ref_of(*conversion->deal.lead) + " " + conversion->deal.title() + " to an opportunity";
  proposal.card_lines = {conversion->deal.line(context),
                         "Convert it to an opportunity, " + spoken(name_of(conversion->stage))};
  put_effects(conversion->completion, context, proposal);
  proposal.arguments = share(std::move(resolved));
  put_subject(conversion->deal, proposal);
  return proposal;
}

Result<ToolOutcome> run_convert(const Json& arguments, ToolContext& context) {
  Result<Conversion> conversion = read_conversion(arguments, context);
  if (!conversion) return conversion.error();
  const Result<Contact> contact = store_completion(context, std::move(conversion->completion));
  if (!contact) return contact.error();
  const Result<Deal> deal =
      convert(context, conversion->deal, conversion->stage, line(arguments, "name"), conversion->amount);
  if (!deal) return deal.error();
  const Result<std::string> handed = hand_on(arguments, context, *deal);
  if (!handed) return handed.error();
  return outcome_of(
      *deal, context,
      "Converted: " + ref_of(*deal->lead) + " is now " + opportunity_line(*deal->opportunity, context) + "." + *handed);
}

Tools opportunity_tools(const schema::RecordSchemas& records) {
  const Json opportunity = text_of("The deal: a ref such as O-7, or the person's name.", limits::kNameBytes);
  const Json amount = money_of("What the job is worth.");
  const Json stage = one_of("How far it is; told by what is on file when left out.", {"estimating", "scheduled"});
  const Json owner = text_of("Who looks after it: a name, a login or \"me\".", limits::kNameBytes);
  Tools tools;

  ToolSpec convert_spec;
  convert_spec.name = "convert_lead";
  convert_spec.description =
      "The job is moving forward: a lead becomes an opportunity, and estimating or scheduling hears of it. The contact "
      "needs a name, a phone and a service address first; ask for what is missing.";
  Json properties = completion_properties();
  properties["lead"] = text_of("The lead: a ref such as L-1042, or the person's name.", limits::kNameBytes);
  properties["stage"] = stage;
  properties["name"] = text_of("What the deal is called; the lead's title when left out.", limits::kNameBytes);
  properties["amount"] = amount;
  properties["site_visit"] = yes_or_no("true when somebody has to visit before.");
  convert_spec.arguments = share(closed_schema(std::move(properties), {"lead"}));
  convert_spec.effect = EffectClass::write;
  convert_spec.undoable = true;
  tools.push_back(make_tool(std::move(convert_spec), propose_convert, run_convert));

  schema::ArgumentShape shape;
  shape.noun = "opportunity";
  shape.fields = {"name", "expected_close_date"};
  shape.required = {"contact", "name"};
  ToolSpec create;
  create.name = "create_opportunity";
  create.description =
      "Open a deal for a known customer that did not begin as a lead. A lead becomes one by convert_lead.";
  create.arguments = share(records.argument_schema(
      shape, {{"contact", text_of("The customer: a ref such as C-12, or a name.", limits::kNameBytes)},
              {"amount", amount},
              {"stage", stage},
              {"owner", owner}}));
  create.effect = EffectClass::write;
  create.undoable = true;
  tools.push_back(make_tool(std::move(create), propose_create_opportunity, run_create_opportunity));

  shape.required = {"opportunity"};
  shape.clearable = true;
  ToolSpec update;
  update.name = "update_opportunity";
  update.description =
      "Correct or complete a deal: name, amount, expected close, who looks after it. For its stage use move_stage, "
      "win_opportunity or lose_opportunity.";
  update.arguments =
      share(records.argument_schema(shape, {{"opportunity", opportunity}, {"amount", amount}, {"owner", owner}}));
  update.effect = EffectClass::write;
  update.undoable = true;
  tools.push_back(make_tool(std::move(update), propose_update_opportunity, run_update_opportunity));
  for (std::unique_ptr<Tool>& tool : opportunity_lookup_tools(records)) tools.push_back(std::move(tool));
  return tools;
}

}  // namespace deskhand::tools
