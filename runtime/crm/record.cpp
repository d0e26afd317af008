#include "crm/record.h"

#include <utility>

#include "crm/name_table.h"

namespace deskhand {
namespace {

constexpr std::pair<Noun, std::string_view> kNouns[] = {
    {Noun::contact, "contact"},         {Noun::contact_point, "contact_point"}, {Noun::company, "company"},
    {Noun::lead, "lead"},               {Noun::opportunity, "opportunity"},     {Noun::interaction, "interaction"},
    {Noun::message, "message"},         {Noun::approval, "approval"},           {Noun::grant, "grant"},
    {Noun::outbox, "outbox"},           {Noun::appointment, "appointment"},     {Noun::estimate, "estimate"},
    {Noun::reminder, "reminder"},       {Noun::handoff, "handoff"},             {Noun::user, "user"},
    {Noun::org, "org"}};

constexpr std::pair<Noun, char> kPrefixes[] = {
    {Noun::contact, ref_prefix::kContact},         {Noun::company, ref_prefix::kCompany},
    {Noun::lead, ref_prefix::kLead},               {Noun::opportunity, ref_prefix::kOpportunity},
    {Noun::interaction, ref_prefix::kInteraction}, {Noun::message, ref_prefix::kMessage},
    {Noun::approval, ref_prefix::kApproval},       {Noun::appointment, ref_prefix::kAppointment},
    {Noun::estimate, ref_prefix::kEstimate},       {Noun::reminder, ref_prefix::kReminder},
    {Noun::outbox, ref_prefix::kOutbox},           {Noun::grant, ref_prefix::kGrant},
    {Noun::handoff, ref_prefix::kHandoff}};

}  // namespace

std::string_view noun_name(Noun noun) { return name_in(kNouns, noun); }
std::optional<Noun> parse_noun(std::string_view name) { return value_in(kNouns, name); }

char ref_prefix_of(Noun noun) {
  for (const auto& [known, prefix] : kPrefixes)
    if (known == noun) return prefix;
  return '?';
}

std::optional<Noun> noun_of_prefix(char prefix) {
  for (const auto& [noun, known] : kPrefixes)
    if (known == prefix) return noun;
  return std::nullopt;
}

}  // namespace deskhand
