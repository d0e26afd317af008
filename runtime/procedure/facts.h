// The facts that the handlers of the core procedure can put into a message, and the words an owner may use for each in
// a placeholder. Names are what handlers pass to render(); docs/formats/procedure.md lists them by item.
//
// Thread rule: pure functions.
#pragma once

#include <vector>

#include "procedure/catalogue.h"

namespace deskhand::procedure {

// Names of facts; FactValues uses them as keys.
namespace fact {
inline constexpr std::string_view kContactName = "contact_name";
inline constexpr std::string_view kContactFirstName = "contact_first_name";
inline constexpr std::string_view kContactPhone = "contact_phone";
inline constexpr std::string_view kContactEmail = "contact_email";
inline constexpr std::string_view kContactAddress = "contact_address";
inline constexpr std::string_view kContactSource = "contact_source";
inline constexpr std::string_view kContactSince = "contact_since";
inline constexpr std::string_view kCompanyName = "company_name";
inline constexpr std::string_view kLeadTitle = "lead_title";
inline constexpr std::string_view kLeadRef = "lead_ref";
inline constexpr std::string_view kLeadSource = "lead_source";
inline constexpr std::string_view kLeadStage = "lead_stage";
inline constexpr std::string_view kLeadStatus = "lead_status";
inline constexpr std::string_view kLeadValue = "lead_value";
inline constexpr std::string_view kLeadDescription = "lead_description";
inline constexpr std::string_view kLeadAssignee = "lead_assignee";
inline constexpr std::string_view kDaysQuiet = "days_quiet";
inline constexpr std::string_view kLastTouchSummary = "last_touch_summary";
inline constexpr std::string_view kLastTouchDate = "last_touch_date";
inline constexpr std::string_view kFollowUpTopic = "follow_up_topic";
inline constexpr std::string_view kFollowUpDate = "follow_up_date";
inline constexpr std::string_view kJobDescription = "job_description";
inline constexpr std::string_view kSuggestedTime = "suggested_time";
inline constexpr std::string_view kEstimateDate = "estimate_date";
inline constexpr std::string_view kEstimateAmount = "estimate_amount";
inline constexpr std::string_view kDealName = "deal_name";
inline constexpr std::string_view kDealAmount = "deal_amount";
inline constexpr std::string_view kReason = "reason";
inline constexpr std::string_view kReminderCount = "reminder_count";  // the number before "months" or "days"
inline constexpr std::string_view kReminderDate = "reminder_date";
inline constexpr std::string_view kToday = "today";
inline constexpr std::string_view kListCount = "list_count";
inline constexpr std::string_view kBusinessName = "business_name";
inline constexpr std::string_view kBusinessPhone = "business_phone";
inline constexpr std::string_view kOwnerName = "owner_name";
// The pipeline summary (T3, RQ3).
inline constexpr std::string_view kNewLeads = "new_leads_count";
inline constexpr std::string_view kInFollowUp = "in_follow_up_count";
inline constexpr std::string_view kInFollowUpAge = "in_follow_up_average_days";
inline constexpr std::string_view kProposalsOut = "proposals_out_count";
inline constexpr std::string_view kProposalsOutValue = "proposals_out_value";
inline constexpr std::string_view kWon = "won_count";
inline constexpr std::string_view kWonValue = "won_value";
inline constexpr std::string_view kLost = "lost_count";
inline constexpr std::string_view kLostValue = "lost_value";
inline constexpr std::string_view kOldestName = "oldest_name";
inline constexpr std::string_view kOldestTitle = "oldest_title";
inline constexpr std::string_view kOldestDays = "oldest_days";
inline constexpr std::string_view kOldestStage = "oldest_stage";
inline constexpr std::string_view kPipelineValue = "pipeline_value";
inline constexpr std::string_view kOpenLeads = "open_leads_count";
inline constexpr std::string_view kOverdue = "past_close_count";
inline constexpr std::string_view kAppointments = "visits_count";
// The win/loss summary (T4).
inline constexpr std::string_view kMonth = "month";
inline constexpr std::string_view kDisqualified = "disqualified_count";
inline constexpr std::string_view kWinRate = "win_rate";
inline constexpr std::string_view kAverageDaysToClose = "average_days_to_close";
inline constexpr std::string_view kTopSources = "top_sources";
inline constexpr std::string_view kOutcomes = "outcomes";
inline constexpr std::string_view kLostReasons = "lost_reasons";
}  // namespace fact

std::vector<FactForm> stale_lead_facts();   // T1
std::vector<FactForm> follow_up_facts();    // T2
std::vector<FactForm> pipeline_facts();     // T3, RQ3
std::vector<FactForm> win_loss_facts();     // T4
std::vector<FactForm> inquiry_facts();      // EV1
std::vector<FactForm> lead_facts();         // EV2, EV3, RQ4, RQ5, RQ6
std::vector<FactForm> opportunity_facts();  // EV4, EV5
std::vector<FactForm> person_facts();       // RQ1, RQ2, RQ7, RQ8
std::vector<FactForm> draft_facts();        // DR1 to DR3

}  // namespace deskhand::procedure
