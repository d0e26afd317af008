// What taking in a mail leaves for the model that reads it later, or does itself where none will.
//
// Thread rule: pure but for writes through the caller's Txn.
#pragma once

#include "intake/plan.h"
#include "ports/store/store.h"

namespace deskhand::intake {

// In the transaction that settles the mail: a row that says it is to be read. Nothing for machines' mails and duplicates.
Done wish_reading(const InboundRecord& record, Txn& txn);

// The interaction gets the first sentences of the customer's words as its summary, in the call that logs it.
void summarise_by_rule(Plan& plan);
// Those sentences: without the greeting, at most limits::kSummaryBytes. "" when there are no words.
std::string first_sentences(std::string_view words);

}  // namespace deskhand::intake
