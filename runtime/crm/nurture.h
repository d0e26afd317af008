// Sequences of follow-ups (S4-J1): an enrolment is one lead on its way through one sequence; an entry is what happened
// on that way and is never rewritten. What a sequence says stands in the procedure; the rows hold how far a lead has
// come (S1-N2).
//
// Thread rule: value types and pure functions.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/ids.h"
#include "base/time.h"
#include "crm/record.h"
#include "crm/status.h"

namespace deskhand {

using EnrolmentId = Id<struct EnrolmentNoun>;

// S1-L3a. A lead that was never enrolled has no row, which reads as not_enrolled.
enum class NurtureStatus { not_enrolled, active, paused, completed, exited };
std::string_view name_of(NurtureStatus status);
std::optional<NurtureStatus> parse_nurture_status(std::string_view name);
bool is_open(NurtureStatus status);  // active or paused

// Why a lead left its sequence before the end.
enum class NurtureExit { none, replied, stage_changed, opted_out, closed, by_person };
std::string_view name_of(NurtureExit reason);  // "" for none
std::optional<NurtureExit> parse_nurture_exit(std::string_view name);
std::string_view sentence_of(NurtureExit reason);  // "the customer replied"

struct Enrolment {
  EnrolmentId id;
  RecordHead head;
  LeadId lead;
  std::string sequence;  // its name, as the procedure writes it
  NurtureStatus status = NurtureStatus::active;
  int next_step = 1;                // the step it waits for; one more than the last when it is through
  std::optional<Day> next_step_on;  // absent while it is paused or over
  Day enrolled_on;
  bool by_itself = false;                                // entering a stage began it
  CanonicalState entered_state = CanonicalState::fresh;  // where the lead stood then
  LeadStatus entered_status = LeadStatus::fresh;
  std::int64_t seen_interaction = 0;  // number of the newest interaction then; a later one may be a reply
  MessageId proposal;                 // the last draft it proposed
  NurtureExit exit = NurtureExit::none;
  std::optional<Instant> ended_at;
};

// A change of stage, as an exit means it. That we have reached a new lead changes its canonical state and not its
// stage.
bool has_left_stage(const Enrolment& enrolment, CanonicalState state, LeadStatus status);

enum class NurtureEvent { enrolled, proposed, held, paused, resumed, exited, completed };
std::string_view name_of(NurtureEvent event);
std::optional<NurtureEvent> parse_nurture_event(std::string_view name);

struct NurtureEntry {
  std::string id;
  EnrolmentId enrolment;
  LeadId lead;
  std::string sequence;
  NurtureEvent event = NurtureEvent::enrolled;
  int step = 0;  // of proposed and held
  Instant at;
  Day day;
  MessageId message;  // of proposed
  std::string note;   // why it was held or left; "" else
  std::string procedure_version;
};

}  // namespace deskhand
