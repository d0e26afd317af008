// Interactions are the only history (S2-I1). Their content is never changed; follow-up state moves, a mistake is voided and
// stays readable.
//
// Thread rule: value types.
#pragma once

#include <optional>
#include <string>

#include "crm/record.h"

namespace deskhand {

enum class InteractionType { phone_call, email_inbound, email_outbound, sms, meeting, note, system };  // S2-I1b
enum class Outcome {  // S2-I1g
  none, left_voicemail, spoke, no_show, rescheduled, sent_proposal, accepted_proposal, rejected_proposal
};
enum class FollowUpStatus { none, pending, completed, canceled };  // S2-I1i
std::string_view name_of(InteractionType type);
std::string_view name_of(Outcome outcome);
std::string_view name_of(FollowUpStatus status);
std::optional<InteractionType> parse_interaction_type(std::string_view name);
std::optional<Outcome> parse_outcome(std::string_view name);
std::optional<FollowUpStatus> parse_follow_up_status(std::string_view name);

struct Interaction {
  InteractionId id;
  RecordHead head;
  InteractionType type = InteractionType::note;
  Instant at;
  ContactId contact;  // at least one of the three is set
  LeadId lead;
  OpportunityId opportunity;
  std::string subject, body;
  Outcome outcome = Outcome::none;
  std::optional<Day> follow_up;
  FollowUpStatus follow_up_status = FollowUpStatus::none;
  std::string follow_up_topic;  // what was promised: "call back about the heater"
  std::string summary;          // ai_summary; "" until there is one
  std::string summary_by;       // the model whose words it is; "" when a person or a rule wrote it
  std::string origin;           // message id of outside text, "" when a person of ours wrote it
  bool inbound = false;         // the customer spoke to us
  bool voided = false;          // taken back by undo; kept
};

// Whether this counts as our having been in touch with the customer (S0-D3): two-way or outbound, not a note or a
// system line.
bool counts_as_contact(const Interaction& interaction);
// summary, else subject, else the start of the body: one line for reports.
std::string summary_line(const Interaction& interaction);

struct Reminder {
  ReminderId id;
  RecordHead head;
  Day due;
  std::optional<int> due_minute;  // of that day, 0 to 1439, in the business's zone; none: any time
  std::string text;
  ContactId contact;
  LeadId lead;
  OpportunityId opportunity;
  FollowUpStatus status = FollowUpStatus::pending;
};

}  // namespace deskhand
