// What the tests of this folder share: reading fixtures, the names of the core schemas, small documents.
#pragma once

#include <fstream>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include "base/text.h"
#include "procedure/binding.h"
#include "procedure/load.h"
#include "procedure/procedure.h"

namespace deskhand::procedure::testing {

inline std::string source_path(std::string_view path) {
  return std::string(DESKHAND_SOURCE_DIR) + "/" + std::string(path);
}

inline Result<std::string> read_source(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) return make_error(Code::not_found, path + " does not exist");
  std::stringstream text;
  text << file.rdbuf();
  return text.str();
}

inline std::string fixture(std::string_view path) {
  auto text = read_source(source_path(path));
  return text ? *text : std::string();
}

inline std::string core_document() { return fixture("tests/fixtures/procedures/core_as_delivered.md"); }

// The fields and values that the core procedure lists (S2-C1, C2, L1, I1, O1, O2).
inline SchemaNames core_schema() {
  SchemaNames names;
  names.files = {"schemas/crm.json", "schemas/opportunity.json"};
  const auto add = [&](std::string_view noun, std::string_view field, std::string_view values = "") {
    SchemaField entry{std::string(noun), std::string(field), {}};
    if (!values.empty()) entry.values = split(values, ' ');
    names.fields.push_back(std::move(entry));
  };
  for (const auto* field : {"contact_id", "first_name", "last_name", "company_id", "phones", "emails", "address",
                            "tags", "quickbooks_customer_id", "notes", "updated_at"})
    add("contact", field);
  add("contact", "preferred_channel", "phone email sms");
  add("contact", "lifecycle_stage", "prospect customer past_customer");
  for (const auto* field :
       {"company_id", "name", "main_phone", "billing_address", "primary_contact_id", "quickbooks_customer_id"})
    add("company", field);
  add("company", "type", "business individual nonprofit government other");
  add("company", "status", "prospect active_customer inactive archived");
  for (const auto* field : {"lead_id", "title", "description", "contact_id", "estimated_value", "expected_close_date",
                            "owner", "converted_opportunity_id"})
    add("lead", field);
  add("lead", "source", "phone_call email web_form referral ad other");
  add("lead", "status", "new working qualified disqualified converted");
  add("lead", "disqualification_reason", "budget timing outside_scope no_response other");
  add("lead", "pipeline_stage", "inquiry needs_analysis estimate_sent follow_up scheduled_visit");
  for (const auto* field : {"interaction_id", "timestamp", "contact_id", "lead_id", "opportunity_id", "subject", "body",
                            "follow_up_date", "ai_summary"})
    add("interaction", field);
  add("interaction", "type", "phone_call email_inbound email_outbound sms meeting note system");
  add("interaction", "outcome",
      "none left_voicemail spoke no_show rescheduled sent_proposal accepted_proposal rejected_proposal");
  add("interaction", "follow_up_status", "none pending completed canceled");
  for (const auto* field : {"opportunity_id", "lead_id", "contact_id", "amount", "close_date"})
    add("opportunity", field);
  add("opportunity", "stage", "estimating scheduled won lost");
  add("opportunity", "lost_reason", "price competition timing no_decision scope other");
  return names;
}

inline Procedure parsed(std::string_view markdown, std::string file = "crm.md") {
  auto procedure = parse_procedure(markdown, std::move(file));
  return procedure ? std::move(*procedure) : Procedure{};
}

inline Binding bound(const Procedure& procedure) { return bind(procedure, core_catalogue(), core_schema()); }

// The errors and warnings as text, one a line.
inline std::string problems_of(const Binding& binding) {
  std::string text;
  for (const auto& problem : binding.problems)
    text += std::string(problem.severity == Severity::error ? "error: " : "warning: ") + to_text(problem) + "\n";
  return text;
}

// What a row of that kind and line is bound to; "none" when there is no such row.
inline std::string bound_to(const Binding& binding, std::string_view kind, int line) {
  for (const auto& row : binding.rows)
    if (row.kind == kind && row.place.line == line) return row.bound_to;
  return "none";
}

// A document with nothing but a header and one section.
inline std::string document(std::string_view section) {
  return "# Procedure: Test\n**Version:** 1\n**Requires:** schemas/crm.json\n\n" + std::string(section);
}

inline std::string edited(std::string text, std::string_view from, std::string_view to) {
  return replace_all(std::move(text), from, to);
}

}  // namespace deskhand::procedure::testing
