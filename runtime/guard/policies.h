// The rules beside the five hard stops that no procedure has to mention: who may do what, what outside text may change, who
// must not be written to, and how much is too much.
//
// Thread rule: immutable. Ownership: the caller owns what it gets.
#pragma once

#include <memory>
#include <vector>

#include "ports/guard.h"

namespace deskhand::guard {

std::unique_ptr<Guard> roles();           // ROLES: settings, decisions, redaction and auto-send are acts of an authenticated person
std::unique_ptr<Guard> provenance();      // PROVENANCE: outside text changes an identity on file only as a proposal
std::unique_ptr<Guard> do_not_contact();  // DO-NOT-CONTACT: also archived, merged and vanished recipients
std::unique_ptr<Guard> rate();            // RATE: bounds on what a model or a form makes in an hour, and on open questions

// Hard stops first, then the policies: the list every action is judged by.
std::vector<std::unique_ptr<Guard>> all_guards();

}  // namespace deskhand::guard
