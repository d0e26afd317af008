// Names, phones, addresses in what somebody wrote about themselves; customer.h puts them together.
//
// Thread rule: pure functions.
#pragma once

#include "intake/customer.h"

namespace deskhand::intake {

// A display name as a person's: "Ruiz, Ana" and "Ana Ruiz via Forms" are Ana Ruiz; "" for a department, a device or an
// address.
std::string person_of_display_name(std::string_view display);
// The name under a letter: the first line of the signature that is one, "" when there is none.
FoundText name_in_signature(std::string_view signature);
// "My name is Ana Ruiz", "this is Ana Ruiz", "Ana Ruiz here".
FoundText name_in_text(std::string_view fresh);
// A name behind the last sentence: "… or call 503-555-0128. Regina Clay".
FoundText name_at_end(std::string_view fresh);
// The fuller of two that can be one person's ("Ana" and "Ana Ruiz"), else the first that is not empty.
const FoundText& fuller_name(const FoundText& first, const FoundText& second);
bool may_be_same_person(std::string_view left, std::string_view right);

// Numbers that are the writer's: not ours, not a fax, an order or an account, not "my tenant's".
std::vector<FoundPhone> own_phones(std::string_view masked, std::string_view writer_name, const OwnIdentity& own,
                                   bool is_signature);
// Addresses that the writer calls theirs, or that stand in their signature.
std::vector<FoundEmail> own_emails(std::string_view masked, const OwnIdentity& own, bool is_signature);
FoundText address_in(std::string_view masked, const OwnIdentity& own);
FoundText company_in_signature(std::string_view signature);

void add_phone(std::vector<FoundPhone>& onto, FoundPhone phone);
void add_email(std::vector<FoundEmail>& onto, FoundEmail email);

}  // namespace deskhand::intake
