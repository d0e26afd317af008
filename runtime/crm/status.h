// The words for "how far along": one fixed set of canonical states that the code keys on, and the vocabularies through
// which five kinds of screens and APIs read and write the same row (inventory 1b).
//
// Thread rule: value types and pure functions.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace deskhand {

enum class CanonicalState { fresh, engaged, qualified, booked, quoted, negotiating, won, lost, disqualified };
inline constexpr std::array kCanonicalStates{CanonicalState::fresh,  CanonicalState::engaged,     CanonicalState::qualified,
                                             CanonicalState::booked, CanonicalState::quoted,      CanonicalState::negotiating,
                                             CanonicalState::won,    CanonicalState::lost,        CanonicalState::disqualified};
std::string_view state_name(CanonicalState state);  // "new", "engaged", ...: the spelling in the store
std::optional<CanonicalState> parse_state(std::string_view name);
bool is_closed(CanonicalState state);

// S2-L1f and S2-L1i: the pair a lead holds as written.
enum class LeadStatus { fresh, working, qualified, disqualified, converted };
enum class LeadStage { inquiry, needs_analysis, estimate_sent, follow_up, scheduled_visit };
enum class OpportunityStage { estimating, scheduled, won, lost };  // S2-O1

std::string_view name_of(LeadStatus status);
std::string_view name_of(LeadStage stage);
std::string_view name_of(OpportunityStage stage);
std::optional<LeadStatus> parse_lead_status(std::string_view name);
std::optional<LeadStage> parse_lead_stage(std::string_view name);
std::optional<OpportunityStage> parse_opportunity_stage(std::string_view name);

// The canonical state of a lead: a total function of what is stored. `opportunity` is the stage of the opportunity the
// lead became, when it did.
CanonicalState canonical_state(LeadStatus status, LeadStage stage, bool contacted, std::optional<OpportunityStage> opportunity);

enum class Vocabulary { one_table /*S0*/, tenant /*S1*/, core /*S2*/, live /*S3*/, pipeline /*S4*/ };
// The word of `vocabulary` for that state, e.g. {live, quoted} is "qualified".
std::string_view alias_of(Vocabulary vocabulary, CanonicalState state);
// The states that share this word, default first; empty when the vocabulary has no such word.
std::vector<CanonicalState> states_of(Vocabulary vocabulary, std::string_view alias);
// Where writing the word moves a record that stands at `current`: nowhere when it already reads so (inventory 1b).
std::optional<CanonicalState> write_alias(Vocabulary vocabulary, std::string_view alias, CanonicalState current);

}  // namespace deskhand
