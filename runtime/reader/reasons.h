// Why a deal was lost or an inquiry dropped, from plain words: "went with a cheaper guy" → price, "ghosted us" →
// no_response.
//
// Thread rule: pure functions. Nothing is guessed: words that name two unlike reasons, deny one ("it wasn't the price")
// or ask give none, and the owner is asked. Price beats competition where both are said, because a cheaper competitor
// is a price.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "crm/lead.h"
#include "reader/reading.h"

namespace deskhand::reader {

// One list for both closings (inventory 1b, Reasons); each closing has its own code for it or says `other`.
enum class Reason { price, competition, timing, no_response, no_decision, scope, other };
LostReason lost_reason(Reason reason);              // S2-O2
DisqualifyReason disqualify_reason(Reason reason);  // S2-L1g

std::vector<Reading<Reason>> find_reasons(std::string_view text);
// The one reason the text gives, nullopt when there is none or no one.
std::optional<Reading<LostReason>> read_lost_reason(std::string_view text);
std::optional<Reading<DisqualifyReason>> read_disqualify_reason(std::string_view text);

}  // namespace deskhand::reader
