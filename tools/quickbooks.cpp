#include "tools/quickbooks.h"

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

std::string ref_text(const OutboxRow& row) { return Ref{ref_prefix::kOutbox, row.head.ref_number}.text(); }

// The creation of this customer that is on its way, waits for a connector, or may have happened.
Result<std::optional<OutboxRow>> under_way(const ToolContext& context, const Contact& contact) {
  for (const OutboxState state :
       {OutboxState::queued, OutboxState::attempting, OutboxState::not_configured, OutboxState::delivery_unknown}) {
    const auto rows = context.txn.outbox().list(state, limits::kPageRowsMax);
    if (!rows) return rows.error();
    for (const OutboxRow& row : *rows)
      if (row.kind == EffectKind::quickbooks_customer && row.contact == contact.id)
        return std::optional<OutboxRow>(row);
  }
  return std::optional<OutboxRow>();
}

Result<std::string> known_id(const ToolContext& context, const Contact& contact) {
  if (!contact.quickbooks_customer_id.empty() || contact.company.empty()) return contact.quickbooks_customer_id;
  const Result<Company> company = context.txn.contacts().find_company(contact.company);
  if (!company) return company.error();
  return company->quickbooks_customer_id;
}

Result<Contact> customer(const Json& arguments, const ToolContext& context) {
  Result<Contact> contact = resolve_contact(context, line(arguments, "contact"));
  if (!contact) return contact;
  const Result<std::string> id = known_id(context, *contact);
  if (!id) return id.error();
  if (!id->empty())
    return make_error(Code::conflict, name_with_ref(*contact) + " is in QuickBooks already as " + *id + ".");
  const Result<std::optional<OutboxRow>> row = under_way(context, *contact);
  if (!row) return row.error();
  if (*row)
    return make_error(Code::conflict, name_with_ref(*contact) + " is on the way to QuickBooks already (" +
                                          ref_text(**row) + ", " + spoken(name_of((*row)->state)) + ").");
  return contact;
}

Result<Proposal> propose_customer(const Json& arguments, const ToolContext& context, const Wording& wording) {
  const Result<Contact> contact = customer(arguments, context);
  if (!contact) return contact.error();
  const Said said = wording.say(Saying::quickbooks_question, facts_about(context, &*contact, nullptr, nullptr));
  Proposal proposal;
  proposal.effects = {CreatesQuickBooksCustomer{contact->id, contact->quickbooks_customer_id}};
  proposal.arguments = share({{"contact", ref_of(*contact)}});
  proposal.summary = said.question.empty() ? said.text : said.question;
  proposal.card_lines = {proposal.summary, "Name: " + contact->full_name()};
  if (const std::string phone = phone_of(*contact, context.org); !phone.empty())
    proposal.card_lines.push_back("Phone: " + phone);
  if (const std::string email = contact->email(); !email.empty()) proposal.card_lines.push_back("E-mail: " + email);
  if (!contact->address.empty()) proposal.card_lines.push_back("Address: " + contact->address);
  proposal.contact = contact->id;
  proposal.stamps = {stamp_of(*contact)};
  return proposal;
}

// The yes becomes a grant for exactly these bytes, and the row that may use it once.
Result<OutboxRow> queue_customer(ToolContext& context, const Contact& contact) {
  const Approval* approval = context.approval;
  if (approval == nullptr || approval->kind != ApprovalKind::create_quickbooks_customer)
    return make_error(Code::forbidden, "A customer is created in QuickBooks only after the owner's yes.");
  Grant grant;
  grant.approval = approval->id;
  grant.fingerprint = approval->fingerprint;
  grant.granted_by = approval->decided_by;
  grant.granted_at = context.now;
  grant.expires_at = context.now.plus_seconds(limits::kApprovalDays * kSecondsPerDay);
  Result<Grant> stored = context.txn.approvals().insert(std::move(grant));
  if (!stored) return stored.error();
  OutboxRow row;
  row.kind = EffectKind::quickbooks_customer;
  row.grant = stored->id;
  row.approval = approval->id;
  row.contact = contact.id;
  row.canonical = approval->canonical;
  row.fingerprint = approval->fingerprint;
  row.request_id = approval->id.text();
  row.not_before = context.now;
  row.expires_at = stored->expires_at;
  return context.txn.outbox().insert(std::move(row));
}

Result<ToolOutcome> run_customer(const Json& arguments, ToolContext& context) {
  const Result<Contact> contact = customer(arguments, context);
  if (!contact) return contact.error();
  const Result<OutboxRow> row = queue_customer(context, *contact);
  if (!row) return row.error();
  ToolOutcome outcome;
  outcome.text = "Approved: create " + name_with_ref(*contact) + " in QuickBooks (" + ref_text(*row) + ").";
  outcome.touched = {ref_of(*contact), ref_text(*row)};
  outcome.data = share({{"contact", ref_of(*contact)}, {"outbox", ref_text(*row)}, {"state", name_of(row->state)}});
  return outcome;
}

Result<Proposal> propose_record_id(const Json& arguments, const ToolContext& context) {
  const Result<Contact> contact = resolve_contact(context, line(arguments, "contact"));
  if (!contact) return contact.error();
  const std::string id = line(arguments, "quickbooks_customer_id");
  if (id.empty()) return make_error(Code::invalid_argument, "record_quickbooks_id: the QuickBooks id is missing.");
  if (!contact->quickbooks_customer_id.empty() && contact->quickbooks_customer_id != id)
    return make_error(Code::conflict, name_with_ref(*contact) + " is in QuickBooks already as " +
                                          contact->quickbooks_customer_id + ".");
  Json resolved = arguments;
  resolved["contact"] = ref_of(*contact);
  Proposal proposal;
  proposal.effects = {ChangesRecord{Noun::contact}};
  proposal.arguments = share(std::move(resolved));
  proposal.summary = "Note the QuickBooks id of " + name_with_ref(*contact);
  proposal.contact = contact->id;
  return proposal;
}

Result<ToolOutcome> run_record_id(const Json& arguments, ToolContext& context) {
  Result<Contact> contact = resolve_contact(context, line(arguments, "contact"));
  if (!contact) return contact.error();
  contact->quickbooks_customer_id = line(arguments, "quickbooks_customer_id");
  contact = context.txn.contacts().update(std::move(*contact));
  if (!contact) return contact.error();
  const auto logged = log_system(context, {contact->id, {}, {}}, "",
                                 "Created in QuickBooks as " + contact->quickbooks_customer_id + ".");
  if (!logged) return logged.error();
  ToolOutcome outcome;
  outcome.text = name_with_ref(*contact) + " is in QuickBooks as " + contact->quickbooks_customer_id + ".";
  outcome.touched = {ref_of(*contact)};
  outcome.data = share(to_data(*contact, context));
  return outcome;
}

}  // namespace

Result<bool> needs_quickbooks(const ToolContext& context, const Contact& contact) {
  const Result<std::string> id = known_id(context, contact);
  if (!id) return id.error();
  if (!id->empty()) return false;
  const Result<std::optional<OutboxRow>> row = under_way(context, contact);
  if (!row) return row.error();
  return !*row;
}

Tools quickbooks_tools(const Wording& wording) {
  const Json contact = text_of("The customer: a ref such as C-12, or a name.", limits::kNameBytes);
  Tools tools;
  ToolSpec create;
  create.name = "create_quickbooks_customer";
  create.description = "Create a customer in QuickBooks. The owner is always asked first.";
  create.arguments = share(closed_schema({{"contact", contact}}, {"contact"}));
  create.effect = EffectClass::money;
  tools.push_back(make_tool(
      std::move(create),
      [wording](const Json& arguments, const ToolContext& context) { return propose_customer(arguments, context, wording); },
      run_customer));
  ToolSpec record;
  record.name = "record_quickbooks_id";
  record.description = "Store the id that QuickBooks gave a customer.";
  record.arguments = share(closed_schema(
      {{"contact", contact}, {"quickbooks_customer_id", text_of("The id as QuickBooks gave it.", limits::kNameBytes)}},
      {"contact", "quickbooks_customer_id"}));
  record.effect = EffectClass::write;
  record.role = ToolRole::system;
  tools.push_back(make_tool(std::move(record), propose_record_id, run_record_id));
  return tools;
}

}  // namespace deskhand::tools
