#include "tools/estimates.h"

#include "base/json.h"
#include "base/limits.h"
#include "base/text.h"
#include "ports/store/store.h"
#include "tools/arguments.h"
#include "tools/deal.h"
#include "tools/deals.h"
#include "tools/present.h"
#include "tools/resolve.h"
#include "tools/schema_parts.h"

namespace deskhand::tools {
namespace {

struct Price {
  Deal deal;
  std::optional<Estimate> known;  // one on file that is sent, accepted or rejected now
  Estimate estimate;              // as it will stand
};

std::optional<InteractionType> way_of(std::string_view word) {
  if (word == "phone") return InteractionType::phone_call;
  if (word == "email") return InteractionType::email_outbound;
  if (word == "sms") return InteractionType::sms;
  if (word == "meeting") return InteractionType::meeting;
  return std::nullopt;
}

// The estimate that "she accepted it" is about: the newest one that still waits for an answer.
Result<std::optional<Estimate>> waiting_estimate(const ToolContext& context, const Deal& deal) {
  if (!deal.lead) return std::optional<Estimate>();
  const auto estimates = context.txn.opportunities().estimates_of(deal.lead->id);
  if (!estimates) return estimates.error();
  for (const Estimate& estimate : *estimates)
    if (estimate.status == EstimateStatus::sent || estimate.status == EstimateStatus::draft)
      return std::optional<Estimate>(estimate);
  return std::optional<Estimate>();
}

Result<Deal> deal_for(const Json& arguments, const ToolContext& context) {
  if (const std::string words = line(arguments, "estimate");
      !words.empty() && line(arguments, "lead").empty() && line(arguments, "opportunity").empty()) {
    const Result<Estimate> estimate = resolve_estimate(context, words);
    if (!estimate) return estimate.error();
    if (!estimate->lead.empty()) {
      Result<Lead> lead = context.txn.leads().find(estimate->lead);
      if (!lead) return lead.error();
      return deal_of(context, std::move(*lead));
    }
    Result<Opportunity> opportunity = context.txn.opportunities().find(estimate->opportunity);
    if (!opportunity) return opportunity.error();
    return deal_of(context, std::move(*opportunity));
  }
  Result<Deal> deal = resolve_deal(arguments, context, Scope::open);
  if (!deal) return deal;
  if (is_closed(deal->state()))
    return make_error(Code::conflict, deal->ref() + " " + printable_line(deal->title()) + " is " +
                                          std::string(state_name(deal->state())) + "; reopen it first.");
  return deal;
}

Result<Price> read_price(const Json& arguments, const ToolContext& context) {
  Result<Deal> deal = deal_for(arguments, context);
  if (!deal) return deal.error();
  Price price;
  price.deal = std::move(*deal);
  const auto status = choice(arguments, "status", parse_estimate_status);
  if (!status) return status.error();
  const EstimateStatus wanted = status->value_or(EstimateStatus::sent);
  if (const std::string words = line(arguments, "estimate"); !words.empty()) {
    Result<Estimate> estimate = resolve_estimate(context, words);
    if (!estimate) return estimate.error();
    price.known = std::move(*estimate);
  } else if (wanted == EstimateStatus::accepted || wanted == EstimateStatus::rejected) {
    Result<std::optional<Estimate>> waiting = waiting_estimate(context, price.deal);
    if (!waiting) return waiting.error();
    price.known = std::move(*waiting);
  }
  const auto amount = money(arguments, "amount", context.org);
  if (!amount) return amount.error();
  if (!*amount && !price.known)
    return make_error(Code::invalid_argument, "record_estimate for " + price.deal.ref() + " " +
                                                  printable_line(price.deal.title()) + ": ask for the amount.");
  const auto sent_on = day(arguments, "sent_on", context.today);
  if (!sent_on) return sent_on.error();
  if (*sent_on && **sent_on > context.today)
    return make_error(Code::invalid_argument, "sent_on " + to_iso(**sent_on) + " is still to come.");

  Estimate& estimate = price.estimate;
  if (price.known)
    estimate = *price.known;
  else
    estimate.sent_on = context.today;
  if (*amount) estimate.amount = **amount;
  if (*sent_on) estimate.sent_on = **sent_on;
  if (const std::string note = text(arguments, "note"); !note.empty()) estimate.note = note;
  estimate.status = wanted;
  if (price.deal.lead) estimate.lead = price.deal.lead->id;
  if (price.deal.opportunity) estimate.opportunity = price.deal.opportunity->id;
  if (price.deal.contact) estimate.contact = price.deal.contact->id;
  return price;
}

// A sent price moves an unconverted lead to estimate_sent. An answer to one that nobody recorded does so too; otherwise
// the stage is the owner's to move.
bool moves_lead(const Price& price) {
  if (price.deal.opportunity || !price.deal.lead || is_closed(price.deal.state())) return false;
  const LeadStage stage = price.deal.lead->stage;
  if (price.estimate.status == EstimateStatus::sent) return stage != LeadStage::estimate_sent;
  return price.estimate.status == EstimateStatus::accepted &&
         (stage == LeadStage::inquiry || stage == LeadStage::needs_analysis);
}

Result<Proposal> propose_estimate(const Json& arguments, const ToolContext& context) {
  const Result<Price> price = read_price(arguments, context);
  if (!price) return price.error();
  Json resolved = arguments;
  put_refs(price->deal, resolved);
  if (price->known) resolved["estimate"] = ref_of(*price->known);
  Proposal proposal;
  proposal.effects = {ChangesRecord{Noun::estimate, !price->known.has_value()}};
  if (moves_lead(*price))
    proposal.effects.push_back(
        move_of(price->deal, canonical_state(LeadStatus::working, LeadStage::estimate_sent, true, {})));
  proposal.arguments = share(std::move(resolved));
  proposal.summary = "Estimate of " + to_short_text(price->estimate.amount) + " for " + price->deal.title() + ": " +
                     std::string(name_of(price->estimate.status));
  put_subject(price->deal, proposal);
  return proposal;
}

Done store_deal(const Price& price, const Estimate& estimate, ToolContext& context, Deal& deal) {
  if (deal.lead) {
    Lead lead = *deal.lead;
    if (moves_lead(price)) {
      lead.stage = LeadStage::estimate_sent;
      if (lead.status == LeadStatus::fresh) lead.status = LeadStatus::working;
    }
    if (estimate.status != EstimateStatus::rejected) lead.estimated_value = estimate.amount;
    Result<Lead> stored = store_lead(context, std::move(lead));
    if (!stored) return stored.error();
    deal.lead = std::move(*stored);
  }
  if (deal.opportunity && estimate.status != EstimateStatus::rejected) {
    deal.opportunity->amount = estimate.amount;
    deal.opportunity->estimate = estimate.id;
    Result<Opportunity> stored = context.txn.opportunities().update(*deal.opportunity);
    if (!stored) return stored.error();
    deal.opportunity = std::move(*stored);
  }
  return {};
}

Interaction touch_of(const Json& arguments, const Estimate& estimate) {
  Interaction interaction;
  const std::string amount = to_short_text(estimate.amount);
  const std::optional<InteractionType> way = way_of(line(arguments, "way"));
  switch (estimate.status) {
    case EstimateStatus::sent:
      interaction.type = way.value_or(InteractionType::email_outbound);
      interaction.outcome = Outcome::sent_proposal;
      interaction.body = "Estimate of " + amount + " sent.";
      break;
    case EstimateStatus::accepted:
    case EstimateStatus::rejected: {
      const bool yes = estimate.status == EstimateStatus::accepted;
      interaction.type = way.value_or(InteractionType::note);
      if (interaction.type == InteractionType::email_outbound) interaction.type = InteractionType::email_inbound;
      interaction.inbound = true;
      interaction.outcome = yes ? Outcome::accepted_proposal : Outcome::rejected_proposal;
      interaction.body = "Estimate of " + amount + (yes ? " accepted." : " rejected.");
      break;
    }
    case EstimateStatus::draft:
      interaction.type = InteractionType::system;
      interaction.body = "Estimate of " + amount + " drafted.";
      break;
  }
  if (!estimate.note.empty()) interaction.body += " " + estimate.note;
  return interaction;
}

std::string offer_for(const Estimate& estimate, const Deal& deal) {
  if (estimate.status == EstimateStatus::accepted)
    return deal.opportunity ? "Shall I mark " + deal.ref() + " as won?"
                            : "Shall I convert " + deal.ref() + " to a job?";
  if (estimate.status == EstimateStatus::rejected)
    return "Shall I mark " + deal.ref() + " as lost? Then I need the reason.";
  return {};
}

Result<ToolOutcome> run_estimate(const Json& arguments, ToolContext& context) {
  Result<Price> price = read_price(arguments, context);
  if (!price) return price.error();
  const Result<Estimate> estimate = price->known ? context.txn.opportunities().update(price->estimate)
                                                 : context.txn.opportunities().insert(price->estimate);
  if (!estimate) return estimate.error();
  Deal deal = price->deal;
  if (Done done = store_deal(*price, *estimate, context, deal); !done) return done.error();
  const auto logged =
      log(context, deal.opportunity ? about(*deal.opportunity) : about(*deal.lead), touch_of(arguments, *estimate));
  if (!logged) return logged.error();

  ToolOutcome outcome;
  Json data{{"estimate", to_data(*estimate, context)}};
  outcome.touched = {ref_of(*estimate)};
  if (deal.lead) {
    data["lead"] = to_data(*deal.lead, context);
    outcome.touched.push_back(ref_of(*deal.lead));
  }
  if (deal.opportunity) {
    data["opportunity"] = to_data(*deal.opportunity, context);
    outcome.touched.push_back(ref_of(*deal.opportunity));
  }
  outcome.data = share(std::move(data));
  outcome.text = "Estimate " + ref_of(*estimate) + " of " + to_short_text(estimate->amount) + ", " +
                 std::string(name_of(estimate->status)) +
                 (estimate->status == EstimateStatus::sent ? " " + days_ago(estimate->sent_on, context.today) : "") +
                 ": " + deal.line(context) + ".";
  outcome.offer = offer_for(*estimate, deal);
  return outcome;
}

}  // namespace

Tools estimate_tools() {
  ToolSpec spec;
  spec.name = "record_estimate";
  spec.description =
      "A quote or estimate went out, was accepted or was rejected. The lead moves to estimate_sent and takes its "
      "value.";
  spec.arguments = share(closed_schema(
      {{"lead", text_of("The lead: a ref such as L-1042, or the person's name.", limits::kNameBytes)},
       {"opportunity", text_of("The deal: a ref such as O-7, or the person's name.", limits::kNameBytes)},
       {"estimate", text_of("One on file that was answered or changed: E-3.", limits::kNameBytes)},
       {"amount", money_of("The price.")},
       {"status", one_of("sent when left out.", {"draft", "sent", "accepted", "rejected"})},
       {"sent_on", text_of("The day it went out, 2026-03-05; today when left out.", 20)},
       {"way",
        one_of("How it went out, or how they answered; e-mail when left out.", {"email", "phone", "sms", "meeting"})},
       {"note", text_of("What belongs to it.", limits::kBodyBytes)}},
      {}));
  spec.effect = EffectClass::write;
  spec.undoable = true;
  Tools tools;
  tools.push_back(make_tool(std::move(spec), propose_estimate, run_estimate));
  return tools;
}

}  // namespace deskhand::tools
