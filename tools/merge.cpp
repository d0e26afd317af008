#include "tools/merge.h"

#include "base/json.h"
#include "base/limits.h"
#include "base/text.h"
#include "ports/store/store.h"
#include "tools/arguments.h"
#include "tools/deals.h"
#include "tools/present.h"
#include "tools/resolve.h"
#include "tools/schema_parts.h"

namespace deskhand::tools {
namespace {

struct Pair {
  Contact survivor, loser;
};

Result<Pair> read_pair(const Json& arguments, const ToolContext& context) {
  Result<Contact> survivor = resolve_contact(context, line(arguments, "survivor"));
  if (!survivor) return survivor.error();
  Result<Contact> loser = resolve_contact(context, line(arguments, "loser"));
  if (!loser) return loser.error();
  if (survivor->id == loser->id)
    return make_error(Code::conflict, "Both names mean " + name_with_ref(*survivor) + "; it is one record already.");
  if (survivor->archived)
    return make_error(Code::conflict, name_with_ref(*survivor) + " is archived; restore it first, or keep " +
                                          name_with_ref(*loser) + " instead.");
  const bool two_accounts = !survivor->quickbooks_customer_id.empty() && !loser->quickbooks_customer_id.empty() &&
                            survivor->quickbooks_customer_id != loser->quickbooks_customer_id;
  if (two_accounts)
    return make_error(Code::conflict, name_with_ref(*survivor) + " and " + name_with_ref(*loser) +
                                          " are two customers in QuickBooks; merge them there first.");
  return Pair{std::move(*survivor), std::move(*loser)};
}

Done add_record(const Contact& contact, const ToolContext& context, std::vector<std::string>& card) {
  for (std::string& shown : contact_card(contact, context)) card.push_back(std::move(shown));
  const auto leads = leads_of(context, contact.id);
  if (!leads) return leads.error();
  const auto opportunities = opportunities_of(context, contact.id);
  if (!opportunities) return opportunities.error();
  card.push_back("History: " + count_of(leads->size(), "lead", "leads") + ", " +
                 count_of(opportunities->size(), "opportunity", "opportunities"));
  return {};
}

Result<Proposal> propose_merge(const Json& arguments, const ToolContext& context) {
  const Result<Pair> pair = read_pair(arguments, context);
  if (!pair) return pair.error();
  Proposal proposal;
  proposal.effects = {MergesContacts{pair->survivor.id, pair->loser.id}};
  proposal.arguments = share({{"survivor", ref_of(pair->survivor)}, {"loser", ref_of(pair->loser)}});
  proposal.summary = "Merge " + name_with_ref(pair->loser) + " into " + name_with_ref(pair->survivor);
  proposal.card_lines = {"This record stays:"};
  if (Done done = add_record(pair->survivor, context, proposal.card_lines); !done) return done.error();
  proposal.card_lines.push_back("This one becomes part of it:");
  if (Done done = add_record(pair->loser, context, proposal.card_lines); !done) return done.error();
  proposal.contact = pair->loser.id;
  proposal.stamps = {stamp_of(pair->survivor), stamp_of(pair->loser)};
  return proposal;
}

// Open cards of the loser speak of a record that is no longer there.
Done close_cards(ToolContext& context, const Pair& pair) {
  const Result<std::vector<Approval>> open = context.txn.approvals().pending_of_contact(pair.loser.id);
  if (!open) return open.error();
  for (const Approval& approval : *open) {
    const std::string note = name_with_ref(pair.loser) + " was merged into " + name_with_ref(pair.survivor) + ".";
    if (Done done = context.txn.approvals().close(approval.id, ApprovalStatus::superseded, note, context.now); !done)
      return done;
  }
  return {};
}

// What must hold for the person whichever record is read. Each is a call of its own, so that undoing the merge needs no
// look at what has happened to the survivor since.
std::vector<NextCall> carried_over(const Pair& pair) {
  std::vector<NextCall> next;
  const std::string survivor = ref_of(pair.survivor);
  if (pair.loser.do_not_contact && !pair.survivor.do_not_contact)
    next.push_back({"set_do_not_contact",
                    share({{"contact", survivor}, {"on", true}, {"reason", pair.loser.do_not_contact_reason}})});
  if (pair.survivor.quickbooks_customer_id.empty() && !pair.loser.quickbooks_customer_id.empty())
    next.push_back({"record_quickbooks_id",
                    share({{"contact", survivor}, {"quickbooks_customer_id", pair.loser.quickbooks_customer_id}})});
  if (pair.loser.lifecycle == Lifecycle::customer && pair.survivor.lifecycle != Lifecycle::customer)
    next.push_back({"update_contact", share({{"contact", survivor}, {"lifecycle_stage", "customer"}})});
  return next;
}

Result<ToolOutcome> run_merge(const Json& arguments, ToolContext& context) {
  Result<Pair> pair = read_pair(arguments, context);
  if (!pair) return pair.error();
  if (Done done = close_cards(context, *pair); !done) return done.error();
  Contact loser = pair->loser;
  loser.root = pair->survivor.id;
  const Result<Contact> stored = context.txn.contacts().update(std::move(loser));
  if (!stored) return stored.error();
  ToolOutcome outcome;
  outcome.text = "Merged: " + name_with_ref(pair->loser) + " is now part of " + name_with_ref(pair->survivor) +
                 ". Nothing was lost; undo takes it back.";
  outcome.touched = {ref_of(pair->survivor), ref_of(pair->loser)};
  outcome.next = carried_over(*pair);
  outcome.data = share({{"survivor", to_data(pair->survivor, context)}, {"loser", to_data(*stored, context)}});
  return outcome;
}

}  // namespace

std::unique_ptr<Tool> make_merge_contacts() {
  ToolSpec spec;
  spec.name = "merge_contacts";
  spec.description =
      "Two records are one person: the loser becomes part of the survivor, with all history. The owner is always "
      "asked; it can be taken back.";
  spec.arguments = share(
      closed_schema({{"survivor", text_of("The record that stays: a ref such as C-12, or a name.", limits::kNameBytes)},
                     {"loser", text_of("The record that becomes part of it.", limits::kNameBytes)}},
                    {"survivor", "loser"}));
  spec.effect = EffectClass::write;
  spec.undoable = true;
  return make_tool(std::move(spec), propose_merge, run_merge);
}

}  // namespace deskhand::tools
