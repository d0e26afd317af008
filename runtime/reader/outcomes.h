// What came of a contact and what kind of contact it was: "left a vm" → left_voicemail, "Ana texted back" → sms,
// inbound.
//
// Thread rule: pure functions. Codes: S2-I1b and S2-I1g. Things still to be done ("send the quote", "call Ana") and
// things denied
// ("haven't spoken with her") are no outcome.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "crm/interaction.h"
#include "reader/reading.h"

namespace deskhand::reader {

std::vector<Reading<Outcome>> find_outcomes(std::string_view text);
// The outcome to log: the one the text gives, or of several the one that says most ("spoke with her, she accepted the
// quote" → accepted_proposal). nullopt when it contradicts itself.
std::optional<Reading<Outcome>> read_outcome(std::string_view text);

enum class ContactKind { call, email, text, meeting, note };
struct Contacting {
  ContactKind kind = ContactKind::call;
  std::optional<bool> inbound;  // the customer came to us; absent when the words do not say
  bool operator==(const Contacting&) const = default;
};
// nullopt for an e-mail without a direction.
std::optional<InteractionType> interaction_type(const Contacting& contacting);

std::vector<Reading<Contacting>> find_contactings(std::string_view text);

}  // namespace deskhand::reader
