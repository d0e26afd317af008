#include "store/record_tables.h"

#include <algorithm>

namespace deskhand::store {
namespace {

constexpr std::string_view kHead[] = {"version", "updated_at"};
constexpr std::string_view kContactDerived[] = {"version", "updated_at", "last_contacted_at", "last_activity_at",
                                                "name_folded"};
constexpr std::string_view kPointDerived[] = {"version", "updated_at", "merged", "position"};
constexpr std::string_view kLeadDerived[] = {"version",          "updated_at",     "last_activity_at",
                                             "contacted",        "state",          "stage_entered_at",
                                             "sla_raised_on",    "nurture_status", "current_sequence",
                                             "next_nurture_step_on"};
// How far a lead has come counts on by itself and stops no undo.
constexpr std::string_view kEnrolmentDerived[] = {"version",          "updated_at",  "status",      "next_step", "next_step_on",
                                                  "seen_interaction", "proposal_id", "exit_reason", "ended_at"};

constexpr Reference kPointReferences[] = {{"contact_id", "contacts"}, {"separate_id", "approvals"}};
constexpr Reference kContactReferences[] = {{"company_id", "companies"}, {"root_id", "contacts"}};
constexpr Reference kCompanyReferences[] = {{"primary_contact_id", "contacts"}};
constexpr Reference kLeadReferences[] = {
    {"contact_id", "contacts"}, {"assignee_id", "users"}, {"opportunity_id", "opportunities"}};
constexpr Reference kOpportunityReferences[] = {
    {"lead_id", "leads"}, {"contact_id", "contacts"}, {"assignee_id", "users"}, {"estimate_id", "estimates"}};
constexpr Reference kSubjectReferences[] = {
    {"contact_id", "contacts"}, {"lead_id", "leads"}, {"opportunity_id", "opportunities"}};
constexpr Reference kApprovalReferences[] = {{"contact_id", "contacts"},
                                             {"lead_id", "leads"},
                                             {"message_id", "messages"},
                                             {"decided_by", "users"},
                                             {"replaces_id", "approvals"}};
constexpr Reference kMessageReferences[] = {{"contact_id", "contacts"},
                                            {"lead_id", "leads"},
                                            {"opportunity_id", "opportunities"},
                                            {"draft_root_id", "messages"}};
constexpr Reference kEnrolmentReferences[] = {{"lead_id", "leads"}, {"proposal_id", "messages"}};
constexpr Reference kGrantReferences[] = {{"approval_id", "approvals"}, {"granted_by", "users"}};
constexpr Reference kOutboxReferences[] = {{"grant_id", "grants"},
                                           {"approval_id", "approvals"},
                                           {"message_id", "messages"},
                                           {"contact_id", "contacts"},
                                           {"notice_to", "users"}};

constexpr Reference kRedactionReferences[] = {{"contact_id", "contacts"}, {"redacted_by", "users"}};

constexpr RecordTable kTables[] = {
    {"orgs", '?', kHead, {}, "", "", "", true},
    {"users", '?', kHead, {}, "active", "0", "active = 0", true},
    {"settings", '?', kHead, {}, "", "", "", true},
    {"companies", 'B', kHead, kCompanyReferences, "status", "archived", "status = 'archived'", true},
    {"contacts", 'C', kContactDerived, kContactReferences, "archived", "1", "archived = 1", true},
    {"contact_points", '?', kPointDerived, kPointReferences, "retired", "1", "retired = 1", true},
    {"leads", 'L', kLeadDerived, kLeadReferences, "archived", "1", "archived = 1", true},
    {"opportunities", 'O', kHead, kOpportunityReferences, "archived", "1", "archived = 1", true},
    {"estimates", 'E', kHead, kSubjectReferences, "voided", "1", "voided = 1", true},
    {"appointments", 'V', kHead, kSubjectReferences, "status", "cancelled", "status = 'cancelled'", true},
    {"handoffs", 'H', kHead, kSubjectReferences, "done", "1", "done = 1", true},
    {"interactions", 'I', kHead, kSubjectReferences, "voided", "1", "voided = 1", true},
    {"reminders", 'R', kHead, kSubjectReferences, "status", "canceled", "status = 'canceled'", true},
    {"stages", '?', kHead, {}, "", "", "", true},
    {"nurture_enrolments", '?', kEnrolmentDerived, kEnrolmentReferences, "status", "exited",
     "status IN ('completed', 'exited')", true},
    {"messages", 'M', kHead, kMessageReferences, "status", "discarded", "status IN ('discarded', 'superseded')", false},
    {"approvals", 'A', kHead, kApprovalReferences, "status", "superseded", "status NOT IN ('pending', 'approved')",
     false},
    {"grants", 'G', kHead, kGrantReferences, "", "", "", false},
    {"outbox", 'X', kHead, kOutboxReferences, "", "", "", false},
    {"redactions", '?', kHead, kRedactionReferences, "", "", "", false},
};

}  // namespace

std::span<const RecordTable> record_tables() { return kTables; }

const RecordTable* find_record_table(std::string_view name) {
  for (const RecordTable& table : kTables)
    if (table.name == name) return &table;
  return nullptr;
}

bool is_derived(const RecordTable& table, std::string_view column) {
  return std::find(table.derived.begin(), table.derived.end(), column) != table.derived.end();
}

}  // namespace deskhand::store
