#include "crm/lead.h"

#include "crm/name_table.h"

namespace deskhand {
namespace {

constexpr std::pair<LeadSource, std::string_view> kSources[] = {
    {LeadSource::phone_call, "phone_call"}, {LeadSource::email, "email"}, {LeadSource::web_form, "web_form"},
    {LeadSource::referral, "referral"},     {LeadSource::ad, "ad"},       {LeadSource::other, "other"}};
constexpr std::pair<DisqualifyReason, std::string_view> kDisqualifyReasons[] = {
    {DisqualifyReason::none, ""},
    {DisqualifyReason::budget, "budget"},
    {DisqualifyReason::timing, "timing"},
    {DisqualifyReason::outside_scope, "outside_scope"},
    {DisqualifyReason::no_response, "no_response"},
    {DisqualifyReason::other, "other"}};
constexpr std::pair<LostReason, std::string_view> kLostReasons[] = {
    {LostReason::none, ""},
    {LostReason::price, "price"},
    {LostReason::competition, "competition"},
    {LostReason::timing, "timing"},
    {LostReason::no_decision, "no_decision"},
    {LostReason::scope, "scope"},
    {LostReason::other, "other"}};
constexpr std::pair<EstimateStatus, std::string_view> kEstimateStatuses[] = {{EstimateStatus::draft, "draft"},
                                                                             {EstimateStatus::sent, "sent"},
                                                                             {EstimateStatus::accepted, "accepted"},
                                                                             {EstimateStatus::rejected, "rejected"}};
constexpr std::pair<AppointmentStatus, std::string_view> kAppointmentStatuses[] = {
    {AppointmentStatus::scheduled, "scheduled"},
    {AppointmentStatus::completed, "completed"},
    {AppointmentStatus::cancelled, "cancelled"},
    {AppointmentStatus::no_show, "no_show"}};
constexpr std::pair<HandoffTo, std::string_view> kHandoffs[] = {
    {HandoffTo::estimating, "estimating"}, {HandoffTo::scheduling, "scheduling"}, {HandoffTo::invoicing, "invoicing"}};

}  // namespace

std::string_view name_of(LeadSource source) { return name_in(kSources, source); }
std::optional<LeadSource> parse_lead_source(std::string_view name) { return value_in(kSources, name); }
std::string_view name_of(DisqualifyReason reason) { return name_in(kDisqualifyReasons, reason); }
std::optional<DisqualifyReason> parse_disqualify_reason(std::string_view name) { return value_in(kDisqualifyReasons, name); }
std::string_view name_of(LostReason reason) { return name_in(kLostReasons, reason); }
std::optional<LostReason> parse_lost_reason(std::string_view name) { return value_in(kLostReasons, name); }
std::string_view name_of(EstimateStatus status) { return name_in(kEstimateStatuses, status); }
std::optional<EstimateStatus> parse_estimate_status(std::string_view name) { return value_in(kEstimateStatuses, name); }
std::string_view name_of(AppointmentStatus status) { return name_in(kAppointmentStatuses, status); }
std::optional<AppointmentStatus> parse_appointment_status(std::string_view name) {
  return value_in(kAppointmentStatuses, name);
}
std::string_view name_of(HandoffTo to) { return name_in(kHandoffs, to); }
std::optional<HandoffTo> parse_handoff_to(std::string_view name) { return value_in(kHandoffs, name); }

}  // namespace deskhand
