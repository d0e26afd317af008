#include "crm/nurture.h"

#include "crm/name_table.h"

namespace deskhand {
namespace {

constexpr std::pair<NurtureStatus, std::string_view> kNurtureStatuses[] = {{NurtureStatus::not_enrolled, "not_enrolled"},
                                                                    {NurtureStatus::active, "active"},
                                                                    {NurtureStatus::paused, "paused"},
                                                                    {NurtureStatus::completed, "completed"},
                                                                    {NurtureStatus::exited, "exited"}};
constexpr std::pair<NurtureExit, std::string_view> kExits[] = {{NurtureExit::none, ""},
                                                               {NurtureExit::replied, "replied"},
                                                               {NurtureExit::stage_changed, "stage_changed"},
                                                               {NurtureExit::opted_out, "opted_out"},
                                                               {NurtureExit::closed, "closed"},
                                                               {NurtureExit::by_person, "by_person"}};
constexpr std::pair<NurtureExit, std::string_view> kSentences[] = {
    {NurtureExit::none, ""},
    {NurtureExit::replied, "the customer replied"},
    {NurtureExit::stage_changed, "the lead moved to another stage"},
    {NurtureExit::opted_out, "the customer is not to be contacted"},
    {NurtureExit::closed, "the lead is closed"},
    {NurtureExit::by_person, "it was taken out by hand"}};
constexpr std::pair<NurtureEvent, std::string_view> kEvents[] = {
    {NurtureEvent::enrolled, "enrolled"},  {NurtureEvent::proposed, "proposed"}, {NurtureEvent::held, "held"},
    {NurtureEvent::paused, "paused"},      {NurtureEvent::resumed, "resumed"},   {NurtureEvent::exited, "exited"},
    {NurtureEvent::completed, "completed"}};

}  // namespace

std::string_view name_of(NurtureStatus status) { return name_in(kNurtureStatuses, status); }
std::optional<NurtureStatus> parse_nurture_status(std::string_view name) { return value_in(kNurtureStatuses, name); }
bool is_open(NurtureStatus status) { return status == NurtureStatus::active || status == NurtureStatus::paused; }

std::string_view name_of(NurtureExit reason) { return name_in(kExits, reason); }
std::optional<NurtureExit> parse_nurture_exit(std::string_view name) { return value_in(kExits, name); }
std::string_view sentence_of(NurtureExit reason) { return name_in(kSentences, reason); }

std::string_view name_of(NurtureEvent event) { return name_in(kEvents, event); }
std::optional<NurtureEvent> parse_nurture_event(std::string_view name) { return value_in(kEvents, name); }

bool has_left_stage(const Enrolment& enrolment, CanonicalState state, LeadStatus status) {
  if (state == enrolment.entered_state) return false;
  const bool was_only_reached = enrolment.entered_state == CanonicalState::fresh && state == CanonicalState::engaged &&
                                status == enrolment.entered_status;
  return !was_only_reached;
}

}  // namespace deskhand
