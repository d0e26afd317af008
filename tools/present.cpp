#include "tools/present.h"

#include "base/json.h"
#include "base/limits.h"
#include "base/phone.h"
#include "base/text.h"
#include "ports/store/store.h"

namespace deskhand::tools {
namespace {

constexpr int kNearDays = 60;  // farther away a date says more than a count of days
constexpr std::size_t kCardNoteBytes = 600;

std::string ref(Noun noun, const RecordHead& head) { return Ref{ref_prefix_of(noun), head.ref_number}.text(); }

std::string custom_text(const std::string& stored) {
  const Result<Json> value = parse_json(stored, limits::kCustomValueBytes);
  if (value && value->is_string()) return value->get<std::string>();
  return stored;
}

void add_line(std::vector<std::string>& lines, std::string_view label, std::string_view value) {
  if (!value.empty()) lines.push_back(std::string(label) + ": " + shorten(printable_line(value), kCardNoteBytes));
}

std::string with_reason(std::string word, std::string_view reason) {
  if (!reason.empty()) word += " (" + spoken(reason) + ")";
  return word;
}

std::optional<Opportunity> opportunity_of(const ToolContext& context, const OpportunityId& id) {
  if (id.empty()) return std::nullopt;
  Result<Opportunity> found = context.txn.opportunities().find(id);
  if (!found) return std::nullopt;
  return std::move(*found);
}

}  // namespace

std::string ref_of(const Contact& contact) { return ref(Noun::contact, contact.head); }
std::string ref_of(const Company& company) { return ref(Noun::company, company.head); }
std::string ref_of(const Lead& lead) { return ref(Noun::lead, lead.head); }
std::string ref_of(const Opportunity& opportunity) { return ref(Noun::opportunity, opportunity.head); }
std::string ref_of(const Interaction& interaction) { return ref(Noun::interaction, interaction.head); }
std::string ref_of(const Estimate& estimate) { return ref(Noun::estimate, estimate.head); }
std::string ref_of(const Appointment& appointment) { return ref(Noun::appointment, appointment.head); }
std::string ref_of(const Reminder& reminder) { return ref(Noun::reminder, reminder.head); }
std::string due_text(const Reminder& reminder) {
  return to_short_text(reminder.due) + (reminder.due_minute ? ", " + to_clock_text(*reminder.due_minute) : "");
}
std::string ref_of(const Handoff& handoff) { return ref(Noun::handoff, handoff.head); }
std::string ref_of(const Message& message) { return ref(Noun::message, message.head); }
std::string ref_of(const Approval& approval) { return ref(Noun::approval, approval.head); }

std::string ref_of_contact(const ToolContext& context, const ContactId& id) {
  if (id.empty()) return {};
  const Result<Contact> found = context.txn.contacts().find_live(id);
  return found ? ref_of(*found) : std::string();
}

std::string ref_of_lead(const ToolContext& context, const LeadId& id) {
  if (id.empty()) return {};
  const Result<Lead> found = context.txn.leads().find(id);
  return found ? ref_of(*found) : std::string();
}

std::string ref_of_opportunity(const ToolContext& context, const OpportunityId& id) {
  const std::optional<Opportunity> found = opportunity_of(context, id);
  return found ? ref_of(*found) : std::string();
}

std::string ref_of_company(const ToolContext& context, const CompanyId& id) {
  if (id.empty()) return {};
  const Result<Company> found = context.txn.contacts().find_company(id);
  return found ? ref_of(*found) : std::string();
}

std::string name_of_contact(const ToolContext& context, const ContactId& id) {
  if (id.empty()) return {};
  const Result<Contact> found = context.txn.contacts().find_live(id);
  return found ? found->full_name() : std::string();
}

std::string name_of_user(const ToolContext& context, const UserId& id) {
  if (id.empty()) return {};
  const Result<User> found = context.txn.org().find_user(id);
  return found ? found->name : std::string();
}

std::string owner_name(const ToolContext& context) {
  const Result<std::vector<User>> users = context.txn.org().users();
  if (!users) return {};
  for (const User& user : *users)
    if (user.role == UserRole::owner && user.active) return user.name;
  return {};
}

std::string phone_text(std::string_view e164, const Org& org) {
  return e164.empty() ? std::string() : format_phone(e164, org.region);
}

std::string phone_of(const Contact& contact, const Org& org) { return phone_text(contact.phone(), org); }

std::string name_with_ref(const Contact& contact) { return contact.full_name() + " (" + ref_of(contact) + ")"; }
std::string name_with_ref(const Company& company) { return company.name + " (" + ref_of(company) + ")"; }

std::string contact_label(const Contact& contact, const Org& org) {
  std::string label = contact.full_name();
  const std::string phone = phone_of(contact, org);
  const std::string reach = phone.empty() ? contact.email() : phone;
  if (!reach.empty()) label += ", " + reach;
  if (contact.archived) label += " (archived)";
  return label;
}

std::string days_ago(Day day, Day today) {
  const int days = days_between(day, today);
  if (days == 0) return "today";
  if (days == 1) return "yesterday";
  if (days == -1) return "tomorrow";
  if (days > 1 && days <= kNearDays) return std::to_string(days) + " days ago";
  if (days < -1 && days >= -kNearDays) return "in " + std::to_string(-days) + " days";
  return "on " + std::string(month_name(day.month())).substr(0, 3) + " " + std::to_string(day.day_of_month()) + ", " +
         std::to_string(day.year());
}

std::string when_text(Instant instant, const ToolContext& context) {
  const Result<Zone> zone = Zone::find(context.org.timezone);
  const LocalTime local = (zone ? *zone : Zone()).to_local(instant);
  return to_short_text(local.day) + ", " + to_clock_text(local.minute_of_day);
}

std::string spoken(std::string_view name) { return replace_all(std::string(name), "_", " "); }

std::string as_name(std::string_view words) {
  return replace_all(replace_all(to_lower(squeeze(words)), " ", "_"), "-", "_");
}

std::string status_text(const Lead& lead, const ToolContext& context) {
  if (lead.status == LeadStatus::converted) {
    const std::optional<Opportunity> opportunity = opportunity_of(context, lead.opportunity);
    if (!opportunity) return "converted";
    if (opportunity->stage == OpportunityStage::won) return "won";
    if (opportunity->stage == OpportunityStage::lost) return with_reason("lost", name_of(opportunity->lost_reason));
    return "converted, " + spoken(name_of(opportunity->stage));
  }
  if (lead.status == LeadStatus::disqualified) return with_reason("disqualified", name_of(lead.disqualify_reason));
  std::string text(name_of(lead.status));
  if (lead.stage != LeadStage::inquiry) text += ", " + spoken(name_of(lead.stage));
  return text;
}

std::string lead_line(const Lead& lead, const ToolContext& context) {
  std::string text = ref_of(lead) + " " + printable_line(lead.title) + " — ";
  const std::string name = name_of_contact(context, lead.contact);
  text += (name.empty() ? "nobody known yet" : name) + ", " + status_text(lead, context);
  if (lead.estimated_value) text += ", " + to_short_text(*lead.estimated_value);
  if (lead.urgent) text += ", urgent";
  return text;
}

std::string opportunity_line(const Opportunity& opportunity, const ToolContext& context) {
  std::string text = ref_of(opportunity) + " " + printable_line(opportunity.name) + " — ";
  const std::string name = name_of_contact(context, opportunity.contact);
  text += (name.empty() ? "nobody known yet" : name) + ", ";
  text += opportunity.stage == OpportunityStage::lost ? with_reason("lost", name_of(opportunity.lost_reason))
                                                      : spoken(name_of(opportunity.stage));
  if (opportunity.amount) text += ", " + to_short_text(*opportunity.amount);
  return text;
}

std::vector<FiledAttachment> attachments_of(const Interaction& interaction, const ToolContext& context) {
  if (interaction.origin.empty()) return {};
  Result<std::vector<FiledAttachment>> files = context.txn.attachments().of_mail(interaction.origin);
  return files ? std::move(*files) : std::vector<FiledAttachment>{};
}

std::string interaction_line(const Interaction& interaction, const ToolContext& context) {
  const Result<Zone> zone = Zone::find(context.org.timezone);
  std::string text =
      to_short_text((zone ? *zone : Zone()).day_of(interaction.at)) + " · " + spoken(name_of(interaction.type));
  const std::string summary = summary_line(interaction);
  if (summary != name_of(interaction.type)) text += ": " + summary;
  if (!interaction.summary_by.empty()) text += " (summed up by " + printable_line(interaction.summary_by) + ")";
  if (interaction.follow_up && interaction.follow_up_status == FollowUpStatus::pending)
    text += " — follow up " + to_short_text(*interaction.follow_up);
  std::vector<std::string> files;
  for (const FiledAttachment& each : attachments_of(interaction, context))
    files.push_back(each.file.file_name.empty() ? "a file without a name" : printable_line(each.file.file_name));
  if (!files.empty()) text += " — attached: " + join(files, ", ");
  return text + " (" + ref_of(interaction) + ")";
}

std::vector<std::string> contact_card(const Contact& contact, const ToolContext& context) {
  std::vector<std::string> card{name_with_ref(contact)};
  for (const ContactPoint& point : contact.points) {
    if (point.retired) continue;
    const bool is_phone = point.kind == PointKind::phone;
    add_line(card, is_phone ? "Phone" : "E-mail", is_phone ? phone_text(point.normal, context.org) : point.normal);
  }
  add_line(card, "Address", contact.address);
  if (const Result<Company> company = context.txn.contacts().find_company(contact.company);
      !contact.company.empty() && company)
    add_line(card, "Company", name_with_ref(*company));
  std::string standing = spoken(name_of(contact.lifecycle));
  if (contact.archived) standing += ", archived";
  if (contact.do_not_contact) standing += ", do not contact";
  add_line(card, "Standing", standing);
  if (contact.preferred_channel != PreferredChannel::none)
    add_line(card, "Prefers", name_of(contact.preferred_channel));
  add_line(card, "Tags", join(contact.tags, ", "));
  add_line(card, "Interested in", join(contact.services_interested, ", "));
  add_line(card, "Heard of us", contact.source);
  add_line(card, "QuickBooks", contact.quickbooks_customer_id);
  for (const auto& [name, stored] : contact.custom)
    add_line(card, spoken(std::string_view(name).substr(2)), custom_text(stored));
  add_line(card, "Notes", contact.notes);
  return card;
}

std::vector<std::string> company_card(const Company& company, const ToolContext& context) {
  std::vector<std::string> card{name_with_ref(company)};
  add_line(card, "Type", name_of(company.type));
  add_line(card, "Standing", spoken(name_of(company.status)));
  add_line(card, "Phone", phone_text(company.main_phone, context.org));
  add_line(card, "Billing address", company.billing_address);
  add_line(card, "Primary contact", name_of_contact(context, company.primary_contact));
  add_line(card, "QuickBooks", company.quickbooks_customer_id);
  for (const auto& [name, stored] : company.custom)
    add_line(card, spoken(std::string_view(name).substr(2)), custom_text(stored));
  return card;
}

std::vector<std::string> lead_card(const Lead& lead, const ToolContext& context) {
  std::vector<std::string> card{lead_line(lead, context)};
  add_line(card, "Asked for", lead.description == lead.title ? std::string_view() : std::string_view(lead.description));
  add_line(card, "Came by", lead.source_words.empty() ? spoken(name_of(lead.source)) : lead.source_words);
  if (lead.expected_close) add_line(card, "Expected to close", to_short_text(*lead.expected_close));
  add_line(card, "Assigned to", name_of_user(context, lead.assignee));
  if (!lead.current_sequence.empty())
    add_line(card, "Sequence",
             printable_line(lead.current_sequence) + ", " + std::string(name_of(lead.nurture_status)) +
                 (lead.next_nurture_step_on ? ", next step " + to_short_text(*lead.next_nurture_step_on) : ""));
  if (!lead.opportunity.empty()) add_line(card, "Became", ref_of_opportunity(context, lead.opportunity));
  add_line(card, "Reason", lead.reason_note);
  for (const auto& [name, stored] : lead.custom)
    add_line(card, spoken(std::string_view(name).substr(2)), custom_text(stored));
  return card;
}

std::vector<std::string> opportunity_card(const Opportunity& opportunity, const ToolContext& context) {
  std::vector<std::string> card{opportunity_line(opportunity, context)};
  if (!opportunity.lead.empty()) add_line(card, "From lead", ref_of_lead(context, opportunity.lead));
  if (opportunity.expected_close) add_line(card, "Expected to close", to_short_text(*opportunity.expected_close));
  if (opportunity.close_date) add_line(card, "Closed", to_short_text(*opportunity.close_date));
  add_line(card, "Assigned to", name_of_user(context, opportunity.assignee));
  add_line(card, "Reason", opportunity.reason_note);
  for (const auto& [name, stored] : opportunity.custom)
    add_line(card, spoken(std::string_view(name).substr(2)), custom_text(stored));
  return card;
}

VersionStamp stamp_of(const Contact& contact) { return {Noun::contact, contact.id.text(), contact.head.version}; }
VersionStamp stamp_of(const Lead& lead) { return {Noun::lead, lead.id.text(), lead.head.version}; }
VersionStamp stamp_of(const Opportunity& opportunity) {
  return {Noun::opportunity, opportunity.id.text(), opportunity.head.version};
}
VersionStamp stamp_of(const Message& message) { return {Noun::message, message.id.text(), message.head.version}; }

}  // namespace deskhand::tools
