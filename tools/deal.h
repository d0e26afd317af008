// A lead and the opportunity it became, as one thing: "the Ruiz job" may be either.
//
// Thread rule: reads through the caller's Txn only. Codes: ambiguous, not_found, invalid_argument as tools/resolve.h.
#pragma once

#include <optional>
#include <string>

#include "base/json_fwd.h"
#include "crm/contact.h"
#include "crm/lead.h"
#include "tools/resolve.h"

namespace deskhand::tools {

struct Deal {
  std::optional<Lead> lead;                // empty: an opportunity that came from no lead
  std::optional<Opportunity> opportunity;  // empty: not converted yet
  std::optional<Contact> contact;          // empty: nobody known yet

  CanonicalState state() const;
  std::string title() const;                           // of the opportunity, else of the lead
  std::string ref() const;                             // O-7, else L-1042
  std::string line(const ToolContext& context) const;  // its opportunity_line or lead_line
  std::string who() const;                             // Ana Ruiz, else the title
};

// From the arguments "opportunity" and "lead"; words given as the one are tried as the other as well.
Result<Deal> resolve_deal(const Json& arguments, const ToolContext& context, Scope scope);
Result<Deal> deal_of(const ToolContext& context, Lead lead);
Result<Deal> deal_of(const ToolContext& context, Opportunity opportunity);
// The same arguments by refs: both, where there are both.
void put_refs(const Deal& deal, Json& arguments);
// Stamps, contact and lead of a proposal about this deal.
void put_subject(const Deal& deal, Proposal& proposal);
// The effect of moving it: of the opportunity when there is one, else of the lead.
MovesState move_of(const Deal& deal, CanonicalState to);

}  // namespace deskhand::tools
