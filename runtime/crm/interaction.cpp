#include "crm/interaction.h"

#include "base/text.h"
#include "crm/name_table.h"

namespace deskhand {
namespace {

constexpr std::pair<InteractionType, std::string_view> kTypes[] = {
    {InteractionType::phone_call, "phone_call"},         {InteractionType::email_inbound, "email_inbound"},
    {InteractionType::email_outbound, "email_outbound"}, {InteractionType::sms, "sms"},
    {InteractionType::meeting, "meeting"},               {InteractionType::note, "note"},
    {InteractionType::system, "system"}};
constexpr std::pair<Outcome, std::string_view> kOutcomes[] = {{Outcome::none, "none"},
                                                              {Outcome::left_voicemail, "left_voicemail"},
                                                              {Outcome::spoke, "spoke"},
                                                              {Outcome::no_show, "no_show"},
                                                              {Outcome::rescheduled, "rescheduled"},
                                                              {Outcome::sent_proposal, "sent_proposal"},
                                                              {Outcome::accepted_proposal, "accepted_proposal"},
                                                              {Outcome::rejected_proposal, "rejected_proposal"}};
constexpr std::pair<FollowUpStatus, std::string_view> kFollowUpStatuses[] = {{FollowUpStatus::none, "none"},
                                                                             {FollowUpStatus::pending, "pending"},
                                                                             {FollowUpStatus::completed, "completed"},
                                                                             {FollowUpStatus::canceled, "canceled"}};
constexpr std::size_t kSummaryLineBytes = 160;  // one line of a report

}  // namespace

std::string_view name_of(InteractionType type) { return name_in(kTypes, type); }
std::optional<InteractionType> parse_interaction_type(std::string_view name) { return value_in(kTypes, name); }
std::string_view name_of(Outcome outcome) { return name_in(kOutcomes, outcome); }
std::optional<Outcome> parse_outcome(std::string_view name) { return value_in(kOutcomes, name); }
std::string_view name_of(FollowUpStatus status) { return name_in(kFollowUpStatuses, status); }
std::optional<FollowUpStatus> parse_follow_up_status(std::string_view name) { return value_in(kFollowUpStatuses, name); }

bool counts_as_contact(const Interaction& interaction) {
  switch (interaction.type) {
    case InteractionType::email_outbound:
    case InteractionType::meeting: return true;
    case InteractionType::phone_call: return !interaction.inbound || interaction.outcome == Outcome::spoke;
    case InteractionType::sms: return !interaction.inbound;
    case InteractionType::email_inbound:
    case InteractionType::note:
    case InteractionType::system: return false;
  }
  return false;
}

std::string summary_line(const Interaction& interaction) {
  for (const std::string* text : {&interaction.summary, &interaction.subject, &interaction.body})
    if (!trim(*text).empty()) return shorten(printable_line(*text), kSummaryLineBytes);
  return std::string(name_of(interaction.type));
}

}  // namespace deskhand
