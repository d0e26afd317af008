// Whom a call is about: the contact, lead and opportunity that its arguments name, brought together so that whatever is
// logged, promised or booked stands on all three records it belongs to.
//
// Thread rule: reads through the caller's Txn only.
// Codes: ambiguous, not_found (as tools/resolve.h); invalid_argument (the records named do not belong together).
#pragma once

#include <optional>
#include <string>

#include "base/json_fwd.h"
#include "tools/resolve.h"

namespace deskhand::tools {

struct Subject {
  std::optional<Contact> contact;
  std::optional<Lead> lead;
  std::optional<Opportunity> opportunity;

  bool empty() const { return !contact && !lead && !opportunity; }
  ContactId contact_id() const { return contact ? contact->id : ContactId(); }
  LeadId lead_id() const { return lead ? lead->id : LeadId(); }
  OpportunityId opportunity_id() const { return opportunity ? opportunity->id : OpportunityId(); }
  std::string name() const;      // Ana Ruiz; without a contact the title of the lead or deal; "" when nobody is meant
  std::string job() const;       // title of the lead, else name of the deal, else ""
  std::string main_ref() const;  // C-1, else L-3, else O-2, else ""
};

// Reads "contact", "lead" and "opportunity". A lead brings its contact and the deal it became, a deal its lead. A
// contact alone brings its lead when exactly one is open: a call with somebody who asked for one thing is about that
// thing, and the lead must not count as silent the day after.
Result<Subject> resolve_subject(const Json& arguments, const ToolContext& context, Scope scope);

// The same arguments by refs, so that they mean the same later.
void put_refs(const Subject& subject, Json& arguments);

// "for Ana Ruiz (C-1)", "for L-3 Leaking shower"; "" when nobody is meant.
std::string on_behalf_text(const Subject& subject);

}  // namespace deskhand::tools
