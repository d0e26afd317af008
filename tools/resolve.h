// Who or what is meant: a ref ("L-1042", "l1042"), a UUID, or words ("Ana Ruiz", "the Ruiz lead", "Ana Ruiz's shower
// lead", a phone, an e-mail) become one record, or a question.
//
// Thread rule: reads through the caller's Txn only. Every search is bounded by limits::kCandidates and a few look-ups.
// Codes: ambiguous (the message lists up to limits::kCandidates), not_found (the message names the nearest),
// unavailable. Error::detail of ambiguous and not_found is JSON text [{"noun":"contact","ref":"C-12","label":"Ana Ruiz,
// (512) 555-0142"}]: what the message lists, for the toolbox to make a numbered list of; `choices_of` reads it back.
// Empty: nothing to list.
//
// A merged record answers as its survivor. An archived one is found by its ref, or by words when nobody else matches.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "crm/contact.h"
#include "crm/interaction.h"
#include "crm/lead.h"
#include "crm/message.h"
#include "ports/tool.h"

namespace deskhand::tools {

Result<Contact> resolve_contact(const ToolContext& context, std::string_view words);
Result<Company> resolve_company(const ToolContext& context, std::string_view words);

// Which leads and opportunities words may mean. A ref or a UUID reaches any. `open`: open ones only; when all are
// closed the error says which there is. `open_first`: a closed one when no open one fits. `closed`: closed ones only
// (to reopen).
enum class Scope { open, open_first, closed };
Result<Lead> resolve_lead(const ToolContext& context, std::string_view words, Scope scope);
Result<Opportunity> resolve_opportunity(const ToolContext& context, std::string_view words, Scope scope);

// By ref. `words` naming a person mean that person's only one that still waits (a pending follow-up, a scheduled visit,
// an estimate sent, a pending reminder, an open draft).
Result<Interaction> resolve_interaction(const ToolContext& context, std::string_view words);
Result<Appointment> resolve_appointment(const ToolContext& context, std::string_view words);
Result<Estimate> resolve_estimate(const ToolContext& context, std::string_view words);
Result<Reminder> resolve_reminder(const ToolContext& context, std::string_view words);
Result<Message> resolve_message(const ToolContext& context, std::string_view words);
// By name, login or "me" (the actor). Inactive people are left out.
Result<User> resolve_user(const ToolContext& context, std::string_view words);

// `code` is ambiguous or not_found; `choices` are listed in the message after `opening` and kept in detail.
Error error_with_choices(Code code, std::string opening, std::vector<Choice> choices);
std::vector<Choice> choices_of(const Error& error);

Choice choice_of(const ToolContext& context, const Contact& contact);
Choice choice_of(const ToolContext& context, const Company& company);
Choice choice_of(const ToolContext& context, const Lead& lead);
Choice choice_of(const ToolContext& context, const Opportunity& opportunity);

// True when the text names the record of that noun by ref or UUID, not by words.
bool is_ref_of(Noun noun, std::string_view words);

}  // namespace deskhand::tools
