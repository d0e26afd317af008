// The arguments of the tools that intake calls, built from what was read.
//
// Thread rule: pure functions.
#pragma once

#include "crm/lead.h"
#include "intake/plan.h"

namespace deskhand::intake {

// S2-EV1 in one call. `contact` is the record it belongs to, where that is known.
PlannedCall capture_call(const Customer& customer, const Intent& intent, LeadSource source,
                         const std::string& source_words, const Contact* contact, bool is_unlinked);
// `lead` may be null. Outbound: a mail that somebody of ours wrote in their own mail program.
PlannedCall log_call(const Contact* contact, const Lead* lead, const std::string& subject, const std::string& words,
                     std::optional<Outcome> outcome, bool is_outbound);
PlannedCall do_not_contact_call(const Contact& contact, const std::string& words);
// Phones and addresses that the customer gave and the record does not have, as a proposal. nullopt: nothing new.
std::optional<PlannedCall> proposal_call(const Contact& contact, const Customer& customer, bool says_so);
// A copy of our message, or an answer to it: it had left.
PlannedCall proof_call(const std::string& outbox_ref, const std::string& proof);
PlannedCall bounce_call(const std::string& outbox_ref, const std::string& reason);

// Each value with its place in the mail, for the record of the mail (design 5).
std::string extraction_text(const Customer& customer, const std::string& title, const Intent& intent);

// What the customer gave that stands on no record of theirs: "phone (512) 555-0142".
std::vector<std::string> news_about(const Contact& contact, const Customer& customer, const std::string& region);

}  // namespace deskhand::intake
