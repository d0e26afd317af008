// A lead is one inquiry (S2-L1, S1-L1, S4-L1); an opportunity is the deal it became (S2-O1). Conversion links them and
// copies nothing.
//
// Thread rule: value types.
#pragma once

#include <optional>
#include <string>

#include "base/money.h"
#include "crm/nurture.h"
#include "crm/record.h"
#include "crm/status.h"

namespace deskhand {

enum class LeadSource { phone_call, email, web_form, referral, ad, other };               // S2-L1e
enum class DisqualifyReason { none, budget, timing, outside_scope, no_response, other };  // S2-L1g
enum class LostReason { none, price, competition, timing, no_decision, scope, other };    // S2-O2
std::string_view name_of(LeadSource source);
std::string_view name_of(DisqualifyReason reason);  // "" for none
std::string_view name_of(LostReason reason);        // "" for none
std::optional<LeadSource> parse_lead_source(std::string_view name);
std::optional<DisqualifyReason> parse_disqualify_reason(std::string_view name);
std::optional<LostReason> parse_lost_reason(std::string_view name);

struct Lead {
  LeadId id;
  RecordHead head;
  std::string title, description;
  ContactId contact;  // empty when nobody is known yet
  LeadSource source = LeadSource::other;
  std::string source_words;  // how the owner or the form said it; "website", "Dana's sister"
  LeadStatus status = LeadStatus::fresh;
  LeadStage stage = LeadStage::inquiry;
  CanonicalState state = CanonicalState::fresh;  // canonical_state() of the rest; stored so that it can be asked for
  bool contacted = false;                        // somebody of ours has reached them at least once
  DisqualifyReason disqualify_reason = DisqualifyReason::none;
  std::string reason_note;
  std::optional<Money> estimated_value;
  std::optional<Day> expected_close;
  UserId assignee;
  OpportunityId opportunity;  // the one it was converted to
  bool urgent = false;
  std::string origin;  // message id the title and description were read from, or ""
  std::optional<Instant> qualified_at, handed_off_at, won_at, closed_at;
  std::optional<Instant> last_activity_at;
  // Kept by the store alone: since when it stands in its stage, when that took longer than the stage allows, and how
  // far it is in a sequence (S1-L3).
  std::optional<Instant> stage_entered_at;  // absent on rows from before this was kept
  std::optional<Day> sla_raised_on;
  NurtureStatus nurture_status = NurtureStatus::not_enrolled;
  std::string current_sequence;  // "" when it walks through none
  std::optional<Day> next_nurture_step_on;
  CustomFields custom;
};

struct Opportunity {
  OpportunityId id;
  RecordHead head;
  std::string name;
  LeadId lead;
  ContactId contact;
  OpportunityStage stage = OpportunityStage::estimating;
  std::optional<Money> amount;
  std::optional<Day> close_date, expected_close;
  LostReason lost_reason = LostReason::none;
  std::string reason_note;
  UserId assignee;
  EstimateId estimate;
  CustomFields custom;
};

enum class EstimateStatus { draft, sent, accepted, rejected };
std::string_view name_of(EstimateStatus status);
std::optional<EstimateStatus> parse_estimate_status(std::string_view name);

struct Estimate {
  EstimateId id;
  RecordHead head;
  LeadId lead;
  OpportunityId opportunity;
  ContactId contact;
  Money amount;
  EstimateStatus status = EstimateStatus::sent;
  Day sent_on;
  std::string note;
};

enum class AppointmentStatus { scheduled, completed, cancelled, no_show };
std::string_view name_of(AppointmentStatus status);
std::optional<AppointmentStatus> parse_appointment_status(std::string_view name);

struct Appointment {
  AppointmentId id;
  RecordHead head;
  ContactId contact;
  LeadId lead;
  OpportunityId opportunity;
  std::string service;
  Instant starts_at;
  int duration_minutes = 60;
  std::string address;
  AppointmentStatus status = AppointmentStatus::scheduled;
  std::string note;
};

// Work passed to another module of the business: an estimate to make, a visit to book, a customer to bill (S2-X1).
enum class HandoffTo { estimating, scheduling, invoicing };
std::string_view name_of(HandoffTo to);
std::optional<HandoffTo> parse_handoff_to(std::string_view name);

struct Handoff {
  HandoffId id;
  RecordHead head;
  HandoffTo to = HandoffTo::estimating;
  LeadId lead;
  OpportunityId opportunity;
  ContactId contact;
  std::string what;  // one line for the person who takes it up
  bool done = false;
};

}  // namespace deskhand
