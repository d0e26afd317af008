// What handlers ask of a procedure: the rule of each schedule, trigger, request and draft as values, with the defaults
// that hold where the document says nothing. A rule whose item is absent is not active; its handler does nothing of its
// own accord.
//
// Thread rule: pure functions; pointers live as long as the procedure they came from.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "procedure/procedure.h"

namespace deskhand::procedure {

// T1. `threshold` is in business days or in days.
struct StaleLeadRule {
  bool is_active = false;
  When when;
  Duration threshold{3, DurationUnit::business_days, 0, 0};
  bool has_threshold = false;  // the document says it
  Duration again_after{5, DurationUnit::business_days, 0, 0};  // a lead still quiet is named again after this
  std::vector<std::string> statuses{"new", "working"};
  Template message;
  Place place;
};
StaleLeadRule stale_lead_rule(const Procedure& procedure);

// T2.
struct FollowUpRule {
  bool is_active = false;
  When when;
  Template message;
  ListTemplate list;  // the message taken apart
  Place place;
};
FollowUpRule follow_up_rule(const Procedure& procedure);

// T3 and T4. An empty message: the report has its own form.
struct ReportRule {
  bool is_active = false;
  When when;
  Template message;
  Place place;
};
ReportRule pipeline_rule(const Procedure& procedure);  // Monday unless the words say otherwise
ReportRule win_loss_rule(const Procedure& procedure);  // the first day of the month unless the words say otherwise

// EV1 to EV5. Steps are in the order of the document, the inner ones after their outer one.
struct TriggerRule {
  bool is_active = false;
  std::vector<const Step*> steps;
  Template log;                      // what to log, in quotation marks
  Template owner_message;            // EV1
  Template quickbooks_question;      // EV4
  Template reminder_question;        // EV5
  std::optional<Duration> reminder;  // EV5; a literal number in the message comes before one in the step
  std::vector<std::string> reasons;  // EV5
  Place place;

  bool has(StepAction action) const;
  // The values a field is set to, in order; empty when the procedure does not set it or says so in prose only.
  std::vector<std::string> values(std::string_view field) const;
  bool sets(std::string_view field) const;
};
TriggerRule trigger_rule(const Procedure& procedure, std::string_view id);

const Request* find_request(const Procedure& procedure, std::string_view id);     // nullptr: not in the document
const Template* draft_template(const Procedure& procedure, std::string_view id);  // DR1 to DR3; nullptr likewise

// S2-P4: whether these words of the owner, or this event, load the procedure. Words are compared without their endings.
bool is_activated_by(const Procedure& procedure, std::string_view words);
bool is_activated_by(const Procedure& procedure, ActivationEvent event);

}  // namespace deskhand::procedure
