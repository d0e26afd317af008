// The five hard stops of the core procedure (HS1 … HS5) as code. Procedures bind their hard-stop sentences to these by
// meaning (runtime/procedure); nothing can unbind them.
//
// Thread rule: immutable. Ownership: the caller owns what it gets. Source: S2-HS1 … S2-HS5, inventory 1.9.
#pragma once

#include <memory>
#include <string_view>
#include <vector>

#include "ports/guard.h"

namespace deskhand::guard {

std::unique_ptr<Guard> message_review();          // HS1: no message to a customer without the owner's yes to those bytes
std::unique_ptr<Guard> no_deletion();             // HS2: nothing is deleted
std::unique_ptr<Guard> no_duplicate_customer();   // HS3: a phone or e-mail on file makes a question, not a second record
std::unique_ptr<Guard> win_confirmation();        // HS4: nothing is won without a yes
std::unique_ptr<Guard> quickbooks_confirmation(); // HS5: no QuickBooks customer without a yes

// A question that the caller left open is a no: the stop says what was not looked up.
Stop missing_fact(std::string_view what);
// True when the action runs under a live yes of that kind, given for exactly what would happen now.
bool is_approved(const Facts& facts, ApprovalKind kind);

}  // namespace deskhand::guard
