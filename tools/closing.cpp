#include "tools/closing.h"

#include "base/limits.h"
#include "base/text.h"
#include "ports/store/store.h"
#include "tools/arguments.h"
#include "tools/conversion.h"
#include "tools/deals.h"
#include "tools/present.h"
#include "tools/qualifying.h"
#include "tools/quickbooks.h"
#include "tools/schema_parts.h"

namespace deskhand::tools {
namespace {

const std::vector<std::string> kLostReasons{"price", "competition", "timing", "no_decision", "scope", "other"};

Result<Deal> open_deal(const Json& arguments, const ToolContext& context, std::string_view deed) {
  Result<Deal> deal = resolve_deal(arguments, context, Scope::open);
  if (!deal) return deal;
  const CanonicalState state = deal->state();
  if (is_closed(state))
    return make_error(Code::conflict, deal->ref() + " is " + std::string(state_name(state)) +
                                          " already; reopen it before it is " + std::string(deed) + ".");
  return deal;
}

// What a win needs to know and to write, from arguments and rows.
struct Win {
  Deal deal;
  std::optional<Money> amount;
  std::optional<Completion> completion;  // when there is a contact
};

Result<Win> read_win(const Json& arguments, const ToolContext& context) {
  Result<Deal> deal = open_deal(arguments, context, "won");
  if (!deal) return deal.error();
  Win win;
  Result<std::optional<Money>> amount = amount_of(arguments, context, *deal);
  if (!amount) return amount.error();
  win.amount = std::move(*amount);
  std::vector<std::string> missing;
  if (deal->contact) {
    Result<Completion> completion = complete_contact(arguments, context, *deal->contact);
    if (!completion) return completion.error();
    missing = completion->missing;
    win.completion = std::move(*completion);
  } else {
    missing.push_back("who the customer is");
  }
  // A converted deal has passed these questions; one that was never converted passes them here.
  if (!deal->opportunity) {
    if (!win.amount) missing.insert(missing.begin(), "the amount");
    if (!missing.empty()) return missing_error(*deal, "won", missing);
  }
  win.deal = std::move(*deal);
  return win;
}

// S2-EV4.5 for the person and, where there is one, for their company.
Result<Contact> make_customer(ToolContext& context, Contact contact) {
  contact.lifecycle = Lifecycle::customer;
  if (!contact.became_customer_at) contact.became_customer_at = context.now;
  if (!contact.company.empty()) {
    Result<Company> company = context.txn.contacts().find_company(contact.company);
    if (!company) return company.error();
    if (company->status != CompanyStatus::active_customer) {
      company->status = CompanyStatus::active_customer;
      company = context.txn.contacts().update(std::move(*company));
      if (!company) return company.error();
    }
  }
  return context.txn.contacts().update(std::move(contact));
}

Done settle_won(ToolContext& context, Deal& deal, const std::optional<Money>& amount) {
  Opportunity opportunity = *deal.opportunity;
  opportunity.stage = OpportunityStage::won;
  opportunity.close_date = context.today;
  if (amount) opportunity.amount = amount;
  Result<Opportunity> stored = context.txn.opportunities().update(std::move(opportunity));
  if (!stored) return stored.error();
  deal.opportunity = std::move(*stored);
  if (!deal.lead) return {};
  Result<Lead> lead = store_lead(context, *deal.lead, OpportunityStage::won);
  if (!lead) return lead.error();
  deal.lead = std::move(*lead);
  return {};
}

std::string reason_in(const Json& arguments) {
  const std::string word = line(arguments, "reason");
  return word.empty() ? line(arguments, "lost_reason") : word;
}

}  // namespace

Result<Proposal> propose_win(const Json& arguments, const ToolContext& context) {
  const Result<Win> win = read_win(arguments, context);
  if (!win) return win.error();
  const Deal& deal = win->deal;
  Json resolved = arguments;
  put_refs(deal, resolved);
  Proposal proposal;
  proposal.effects = {move_of(deal, CanonicalState::won)};
  if (!deal.opportunity) proposal.effects.push_back(ChangesRecord{Noun::opportunity, true});
  proposal.arguments = share(std::move(resolved));
  proposal.summary = "Mark as won: " + printable_line(deal.title()) + " — " + deal.who();
  proposal.card_lines = {
      std::string(deal.opportunity ? "Mark as won: " : "Convert to an opportunity and mark it as won: ") +
      deal.line(context)};
  proposal.card_lines.push_back("Amount: " + (win->amount ? to_short_text(*win->amount) : "not known"));
  if (deal.contact) {
    proposal.card_lines.push_back("Customer: " + contact_label(*deal.contact, context.org) + " (" +
                                  ref_of(*deal.contact) + ")");
    if (!win->completion->contact.address.empty())
      proposal.card_lines.push_back("Address: " + win->completion->contact.address);
    put_effects(*win->completion, context, proposal);
  }
  proposal.card_lines.push_back("Then they count as a customer, and scheduling hears that the job is ready to book.");
  put_subject(deal, proposal);
  return proposal;
}

Result<ToolOutcome> run_win(const Json& arguments, ToolContext& context, const Wording& wording) {
  Result<Win> win = read_win(arguments, context);
  if (!win) return win.error();
  Deal deal = std::move(win->deal);
  std::optional<Contact> customer;
  if (win->completion) {
    Result<Contact> made = make_customer(context, std::move(win->completion->contact));
    if (!made) return made.error();
    customer = std::move(*made);
  }
  if (!deal.opportunity) {
    Result<Deal> converted = convert(context, deal, OpportunityStage::scheduled, "", win->amount);
    if (!converted) return converted.error();
    deal = std::move(*converted);
  }
  if (Done done = settle_won(context, deal, win->amount); !done) return done.error();
  const FactValues facts =
      facts_about(context, customer ? &*customer : nullptr, deal.lead ? &*deal.lead : nullptr, &*deal.opportunity);
  const auto logged =
      log_system(context, about(*deal.opportunity), "", wording.say(Saying::opportunity_won, facts).text);
  if (!logged) return logged.error();

  ToolOutcome outcome = outcome_of(deal, context, "Won: " + opportunity_line(*deal.opportunity, context) + ".");
  if (customer) {
    outcome.text += " " + name_with_ref(*customer) + " is now a customer.";
    outcome.touched.push_back(ref_of(*customer));
  }
  if (wording.hands_win_to_scheduling) {
    const auto handoff = hand_off(context, HandoffTo::scheduling, about(*deal.opportunity),
                                  "Job is ready to book: " + deal.opportunity->name);
    if (!handoff) return handoff.error();
    outcome.text += " " + text_of(*handoff);
  }
  if (!customer || !wording.asks_quickbooks) return outcome;
  const Result<bool> needed = needs_quickbooks(context, *customer);
  if (!needed) return needed.error();
  if (*needed) outcome.next.push_back({"create_quickbooks_customer", share({{"contact", ref_of(*customer)}})});
  return outcome;
}

Result<Proposal> propose_lose(const Json& arguments, const ToolContext& context) {
  const Result<Deal> deal = open_deal(arguments, context, "lost");
  if (!deal) return deal.error();
  const std::string opening = "Mark " + deal->ref() + " " + printable_line(deal->title()) + " as lost";
  const std::string word = reason_in(arguments);
  if (word.empty()) return ask_reason(opening, kLostReasons);
  const std::optional<LostReason> reason = read_lost_reason(word);
  if (!reason) return ask_reason(opening + ": \"" + shorten(word, 60) + "\" is no reason on the list", kLostReasons);
  Json resolved = arguments;
  put_refs(*deal, resolved);
  Proposal proposal;
  proposal.effects = {move_of(*deal, CanonicalState::lost)};
  if (!deal->opportunity) proposal.effects.push_back(ChangesRecord{Noun::opportunity, true});
  proposal.arguments = share(std::move(resolved));
  proposal.summary = opening + ": " + spoken(name_of(*reason));
  proposal.card_lines = {"Mark as lost: " + deal->line(context), "Reason: " + spoken(name_of(*reason))};
  if (const std::string note = line(arguments, "note"); !note.empty()) proposal.card_lines.push_back("Note: " + note);
  put_subject(*deal, proposal);
  return proposal;
}

Result<ToolOutcome> run_lose(const Json& arguments, ToolContext& context, const Wording& wording) {
  Result<Deal> found = open_deal(arguments, context, "lost");
  if (!found) return found.error();
  Deal deal = std::move(*found);
  const std::optional<LostReason> reason = read_lost_reason(reason_in(arguments));
  if (!reason) return ask_reason("Mark " + deal.ref() + " as lost", kLostReasons);
  const std::string note = text(arguments, "note");
  if (!deal.opportunity) {
    const Result<std::optional<Money>> amount = amount_of(Json::object(), context, deal);
    if (!amount) return amount.error();
    Result<Deal> converted = convert(context, deal, OpportunityStage::estimating, "", *amount);
    if (!converted) return converted.error();
    deal = std::move(*converted);
  }
  deal.opportunity->stage = OpportunityStage::lost;
  deal.opportunity->close_date = context.today;
  deal.opportunity->lost_reason = *reason;
  deal.opportunity->reason_note = note;
  Result<Opportunity> stored = context.txn.opportunities().update(std::move(*deal.opportunity));
  if (!stored) return stored.error();
  deal.opportunity = std::move(*stored);
  if (deal.lead) {
    Result<Lead> lead = store_lead(context, std::move(*deal.lead), OpportunityStage::lost);
    if (!lead) return lead.error();
    deal.lead = std::move(*lead);
  }
  std::string history = "Opportunity lost — " + deal.opportunity->name + ". Reason: " + spoken(name_of(*reason)) + ".";
  if (!note.empty()) history += " " + note;
  const auto logged = log_system(context, about(*deal.opportunity), "", std::move(history));
  if (!logged) return logged.error();

  ToolOutcome outcome =
      outcome_of(deal, context, "Lost: " + opportunity_line(*deal.opportunity, context) + ". The history stays.");
  FactValues facts = facts_about(context, deal.contact ? &*deal.contact : nullptr, deal.lead ? &*deal.lead : nullptr,
                                 &*deal.opportunity);
  facts.insert_or_assign(std::string(procedure::fact::kReminderCount), std::to_string(wording.reminder_count));
  facts.insert_or_assign("reminder_unit", wording.reminder_unit);
  facts.insert_or_assign(std::string(procedure::fact::kReminderDate),
                         to_short_text(context.today.plus_days(wording.reminder_days)));
  const Said said = wording.say(Saying::reminder_offer, facts);
  outcome.offer = said.question.empty() ? said.text : said.question;
  return outcome;
}

Tools closing_tools(const schema::RecordSchemas& records, const Wording& wording) {
  const Json opportunity = text_of("The deal: a ref such as O-7, or the person's name.", limits::kNameBytes);
  const Json lead = text_of("The lead it is, or was: a ref such as L-1042, or the person's name.", limits::kNameBytes);
  Tools tools;

  ToolSpec win;
  win.name = "win_opportunity";
  win.description =
      "A deal is won. The owner is always asked first. Takes an opportunity, or a lead that was not converted yet: "
      "then ask for the amount and the address before.";
  Json properties = completion_properties();
  properties["opportunity"] = opportunity;
  properties["lead"] = lead;
  properties["amount"] = money_of("What the job is worth, where the record does not say or says otherwise.");
  win.arguments = share(closed_schema(std::move(properties), {}));
  win.effect = EffectClass::write;
  win.undoable = true;
  tools.push_back(make_tool(std::move(win), propose_win, [wording](const Json& arguments, ToolContext& context) {
    return run_win(arguments, context, wording);
  }));

  ToolSpec lose;
  lose.name = "lose_opportunity";
  lose.description =
      "A deal or a lead is lost, with the reason (ask for it). Nothing is deleted; reopen_lead takes it up again.";
  lose.arguments = share(closed_schema({{"opportunity", opportunity},
                                        {"lead", lead},
                                        {"reason", records.property("opportunity", "lost_reason")},
                                        {"note", text_of("The reason in more words.", limits::kBodyBytes)}},
                                       {}));
  lose.effect = EffectClass::write;
  lose.undoable = true;
  tools.push_back(make_tool(std::move(lose), propose_lose, [wording](const Json& arguments, ToolContext& context) {
    return run_lose(arguments, context, wording);
  }));
  return tools;
}

}  // namespace deskhand::tools
