#include "schema/core_fields.h"

#include "base/limits.h"

namespace deskhand::schema {
namespace {

using namespace limits;

constexpr std::string_view kCrmFile = "schemas/crm.json";
constexpr std::string_view kOpportunityFile = "schemas/opportunity.json";

constexpr CoreField kContact[] = {
    {"contact_id", "string", kNameBytes, "", "", true},
    {"first_name", "string", kNameBytes, "", ""},
    {"last_name", "string", kNameBytes, "", ""},
    {"company_id", "string|null", kNameBytes, "", ""},
    {"phones", "list", kPhoneBytes, "", ""},
    {"emails", "list", kEmailBytes, "email", ""},
    {"address", "string", kAddressBytes, "", ""},
    {"preferred_channel", "string", 0, "", "phone email sms"},
    {"lifecycle_stage", "string", 0, "", "prospect customer past_customer"},
    {"tags", "list", kTagBytes, "", ""},
    {"quickbooks_customer_id", "string", kNameBytes, "", ""},
    {"notes", "string", kBodyBytes, "", ""},
    {"updated_at", "string", 0, "date-time", ""},
};

constexpr CoreField kCompany[] = {
    {"company_id", "string", kNameBytes, "", "", true},
    {"name", "string", kNameBytes, "", "", true},
    {"type", "string", 0, "", "business individual nonprofit government other"},
    {"main_phone", "string", kPhoneBytes, "", ""},
    {"billing_address", "string", kAddressBytes, "", ""},
    {"primary_contact_id", "string", kNameBytes, "", ""},
    {"status", "string", 0, "", "prospect active_customer inactive archived"},
    {"quickbooks_customer_id", "string", kNameBytes, "", ""},
};

constexpr CoreField kLead[] = {
    {"lead_id", "string", kNameBytes, "", "", true},
    {"title", "string", kNameBytes, "", "", true},
    {"description", "string", kBodyBytes, "", ""},
    {"contact_id", "string", kNameBytes, "", ""},
    {"source", "string", 0, "", "phone_call email web_form referral ad other", true},
    {"status", "string", 0, "", "new working qualified disqualified converted", true},
    {"disqualification_reason", "string", 0, "", "budget timing outside_scope no_response other"},
    {"estimated_value", "number", 0, "", ""},
    {"pipeline_stage", "string", 0, "", "inquiry needs_analysis estimate_sent follow_up scheduled_visit", true},
    {"expected_close_date", "string", 0, "date", ""},
    {"owner", "string", kNameBytes, "", ""},
    {"converted_opportunity_id", "string", kNameBytes, "", ""},
};

constexpr CoreField kInteraction[] = {
    {"interaction_id", "string", kNameBytes, "", "", true},
    {"type", "string", 0, "", "phone_call email_inbound email_outbound sms meeting note system", true},
    {"timestamp", "string", 0, "date-time", "", true},
    {"contact_id", "string", kNameBytes, "", ""},
    {"lead_id", "string", kNameBytes, "", ""},
    {"opportunity_id", "string", kNameBytes, "", ""},
    {"subject", "string", kSubjectBytes, "", ""},
    {"body", "string", kBodyBytes, "", ""},
    {"outcome", "string", 0, "",
     "none left_voicemail spoke no_show rescheduled sent_proposal accepted_proposal rejected_proposal"},
    {"follow_up_date", "string", 0, "date", ""},
    {"follow_up_status", "string", 0, "", "none pending completed canceled"},
    {"ai_summary", "string", kBodyBytes, "", ""},
};

constexpr CoreField kOpportunity[] = {
    {"opportunity_id", "string", kNameBytes, "", "", true},
    {"name", "string", kNameBytes, "", ""},
    {"lead_id", "string", kNameBytes, "", ""},
    {"contact_id", "string", kNameBytes, "", ""},
    {"stage", "string", 0, "", "estimating scheduled won lost", true},
    {"amount", "number", 0, "", ""},
    {"close_date", "string", 0, "date", ""},
    {"expected_close_date", "string", 0, "date", ""},
    {"lost_reason", "string", 0, "", "price competition timing no_decision scope other"},
    {"owner", "string", kNameBytes, "", ""},
    {"estimate_id", "string", kNameBytes, "", ""},
};

constexpr CoreNoun kNouns[] = {
    {"contact", kCrmFile, kContact},
    {"company", kCrmFile, kCompany},
    {"lead", kCrmFile, kLead},
    {"interaction", kCrmFile, kInteraction},
    {"opportunity", kOpportunityFile, kOpportunity},
};

}  // namespace

std::span<const CoreNoun> core_nouns() { return kNouns; }

}  // namespace deskhand::schema
