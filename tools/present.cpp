#include "tools/present.h"

#include <cmath>

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

void put(Json& data, const char* name, std::string_view value) {
  if (!value.empty()) data[name] = value;
}
void put(Json& data, const char* name, const std::optional<Day>& value) {
  if (value) data[name] = to_iso(*value);
}
void put(Json& data, const char* name, const std::optional<Instant>& value) {
  if (value) data[name] = to_rfc3339(*value);
}

// Whole units as a JSON number: 2400, and 2400.5 only where there are cents.
Json amount_number(const Money& money) {
  std::int64_t unit = 1;
  for (int digit = 0; digit < minor_digits(money.currency); ++digit) unit *= 10;
  if (money.minor % unit == 0) return money.minor / unit;
  return static_cast<double>(money.minor) / static_cast<double>(unit);
}
void put(Json& data, const char* name, const std::optional<Money>& value) {
  if (!value) return;
  data[name] = amount_number(*value);
  data["currency"] = value->currency;
}

void put_custom(Json& data, const CustomFields& custom) {
  for (const auto& [name, stored] : custom) {
    Result<Json> value = parse_json(stored, limits::kCustomValueBytes);
    data[name] = value ? *value : Json(stored);
  }
}

std::string custom_text(const std::string& stored) {
  const Result<Json> value = parse_json(stored, limits::kCustomValueBytes);
  if (value && value->is_string()) return value->get<std::string>();
  return stored;
}

void put_head(Json& data, Noun noun, const RecordHead& head) {
  data["ref"] = ref(noun, head);
  data["created_at"] = to_rfc3339(head.created_at);
  data["updated_at"] = to_rfc3339(head.updated_at);
}

std::vector<std::string> points_of(const Contact& contact, PointKind kind) {
  std::vector<std::string> values;
  for (const ContactPoint& point : contact.points)
    if (point.kind == kind && !point.retired) values.push_back(point.normal);
  return values;
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

std::string interaction_line(const Interaction& interaction, const ToolContext& context) {
  const Result<Zone> zone = Zone::find(context.org.timezone);
  std::string text = to_short_text((zone ? *zone : Zone()).day_of(interaction.at)) + " · " + spoken(name_of(interaction.type));
  const std::string summary = summary_line(interaction);
  if (summary != name_of(interaction.type)) text += ": " + summary;
  if (interaction.follow_up && interaction.follow_up_status == FollowUpStatus::pending)
    text += " — follow up " + to_short_text(*interaction.follow_up);
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
  if (const Result<Company> company = context.txn.contacts().find_company(contact.company); !contact.company.empty() && company)
    add_line(card, "Company", name_with_ref(*company));
  std::string standing = spoken(name_of(contact.lifecycle));
  if (contact.archived) standing += ", archived";
  if (contact.do_not_contact) standing += ", do not contact";
  add_line(card, "Standing", standing);
  if (contact.preferred_channel != PreferredChannel::none) add_line(card, "Prefers", name_of(contact.preferred_channel));
  add_line(card, "Tags", join(contact.tags, ", "));
  add_line(card, "Interested in", join(contact.services_interested, ", "));
  add_line(card, "Heard of us", contact.source);
  add_line(card, "QuickBooks", contact.quickbooks_customer_id);
  for (const auto& [name, stored] : contact.custom) add_line(card, spoken(std::string_view(name).substr(2)), custom_text(stored));
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
  for (const auto& [name, stored] : company.custom) add_line(card, spoken(std::string_view(name).substr(2)), custom_text(stored));
  return card;
}

std::vector<std::string> lead_card(const Lead& lead, const ToolContext& context) {
  std::vector<std::string> card{lead_line(lead, context)};
  add_line(card, "Asked for", lead.description == lead.title ? std::string_view() : std::string_view(lead.description));
  add_line(card, "Came by", lead.source_words.empty() ? spoken(name_of(lead.source)) : lead.source_words);
  if (lead.expected_close) add_line(card, "Expected to close", to_short_text(*lead.expected_close));
  add_line(card, "Assigned to", name_of_user(context, lead.assignee));
  if (!lead.opportunity.empty()) add_line(card, "Became", ref_of_opportunity(context, lead.opportunity));
  add_line(card, "Reason", lead.reason_note);
  for (const auto& [name, stored] : lead.custom) add_line(card, spoken(std::string_view(name).substr(2)), custom_text(stored));
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

Json to_data(const Contact& contact, const ToolContext& context) {
  Json data = Json::object();
  put_head(data, Noun::contact, contact.head);
  data["contact_id"] = ref_of(contact);
  data["name"] = contact.full_name();
  put(data, "first_name", contact.first_name);
  put(data, "last_name", contact.last_name);
  put(data, "company_id", ref_of_company(context, contact.company));
  data["phones"] = points_of(contact, PointKind::phone);
  data["emails"] = points_of(contact, PointKind::email);
  put(data, "address", contact.address);
  put(data, "preferred_channel", name_of(contact.preferred_channel));
  data["lifecycle_stage"] = name_of(contact.lifecycle);
  data["tags"] = contact.tags;
  if (!contact.services_interested.empty()) data["services_interested"] = contact.services_interested;
  put(data, "notes", contact.notes);
  put(data, "source", contact.source);
  put(data, "quickbooks_customer_id", contact.quickbooks_customer_id);
  if (contact.do_not_contact) data["do_not_contact"] = true;
  put(data, "do_not_contact_reason", contact.do_not_contact_reason);
  if (contact.archived) data["archived"] = true;
  put(data, "merged_into", ref_of_contact(context, contact.root));
  put(data, "next_follow_up_date", contact.next_follow_up);
  put(data, "last_contacted_at", contact.last_contacted_at);
  put(data, "last_activity_at", contact.last_activity_at);
  put(data, "converted_at", contact.became_customer_at);
  put_custom(data, contact.custom);
  return data;
}

Json to_data(const Company& company, const ToolContext& context) {
  Json data = Json::object();
  put_head(data, Noun::company, company.head);
  data["company_id"] = ref_of(company);
  data["name"] = company.name;
  data["type"] = name_of(company.type);
  data["status"] = name_of(company.status);
  put(data, "main_phone", company.main_phone);
  put(data, "billing_address", company.billing_address);
  put(data, "primary_contact_id", ref_of_contact(context, company.primary_contact));
  put(data, "quickbooks_customer_id", company.quickbooks_customer_id);
  put_custom(data, company.custom);
  return data;
}

Json to_data(const Lead& lead, const ToolContext& context) {
  Json data = Json::object();
  put_head(data, Noun::lead, lead.head);
  data["lead_id"] = ref_of(lead);
  data["title"] = lead.title;
  put(data, "description", lead.description);
  put(data, "contact_id", ref_of_contact(context, lead.contact));
  put(data, "contact_name", name_of_contact(context, lead.contact));
  data["source"] = name_of(lead.source);
  put(data, "source_words", lead.source_words);
  data["status"] = name_of(lead.status);
  data["pipeline_stage"] = name_of(lead.stage);
  data["state"] = state_name(lead.state);
  put(data, "disqualification_reason", name_of(lead.disqualify_reason));
  put(data, "reason_note", lead.reason_note);
  put(data, "estimated_value", lead.estimated_value);
  put(data, "expected_close_date", lead.expected_close);
  put(data, "owner", name_of_user(context, lead.assignee));
  put(data, "converted_opportunity_id", ref_of_opportunity(context, lead.opportunity));
  if (lead.urgent) data["urgent"] = true;
  put(data, "qualified_at", lead.qualified_at);
  put(data, "handed_off_at", lead.handed_off_at);
  put(data, "won_at", lead.won_at);
  put(data, "closed_at", lead.closed_at);
  put(data, "last_activity_at", lead.last_activity_at);
  put_custom(data, lead.custom);
  return data;
}

Json to_data(const Opportunity& opportunity, const ToolContext& context) {
  Json data = Json::object();
  put_head(data, Noun::opportunity, opportunity.head);
  data["opportunity_id"] = ref_of(opportunity);
  data["name"] = opportunity.name;
  put(data, "lead_id", ref_of_lead(context, opportunity.lead));
  put(data, "contact_id", ref_of_contact(context, opportunity.contact));
  put(data, "contact_name", name_of_contact(context, opportunity.contact));
  data["stage"] = name_of(opportunity.stage);
  put(data, "amount", opportunity.amount);
  put(data, "close_date", opportunity.close_date);
  put(data, "expected_close_date", opportunity.expected_close);
  put(data, "lost_reason", name_of(opportunity.lost_reason));
  put(data, "reason_note", opportunity.reason_note);
  put(data, "owner", name_of_user(context, opportunity.assignee));
  if (!opportunity.estimate.empty() && !opportunity.lead.empty()) {
    if (const auto estimates = context.txn.opportunities().estimates_of(opportunity.lead))
      for (const Estimate& estimate : *estimates)
        if (estimate.id == opportunity.estimate) data["estimate_id"] = ref_of(estimate);
  }
  put_custom(data, opportunity.custom);
  return data;
}

Json to_data(const Interaction& interaction, const ToolContext& context) {
  Json data = Json::object();
  put_head(data, Noun::interaction, interaction.head);
  data["interaction_id"] = ref_of(interaction);
  data["type"] = name_of(interaction.type);
  data["timestamp"] = to_rfc3339(interaction.at);
  put(data, "contact_id", ref_of_contact(context, interaction.contact));
  put(data, "lead_id", ref_of_lead(context, interaction.lead));
  put(data, "opportunity_id", ref_of_opportunity(context, interaction.opportunity));
  put(data, "subject", interaction.subject);
  put(data, "body", interaction.body);
  data["outcome"] = name_of(interaction.outcome);
  put(data, "follow_up_date", interaction.follow_up);
  data["follow_up_status"] = name_of(interaction.follow_up_status);
  put(data, "follow_up_topic", interaction.follow_up_topic);
  put(data, "ai_summary", interaction.summary);
  if (interaction.inbound) data["inbound"] = true;
  if (interaction.voided) data["voided"] = true;
  return data;
}

Json to_data(const Estimate& estimate, const ToolContext& context) {
  Json data = Json::object();
  put_head(data, Noun::estimate, estimate.head);
  data["estimate_id"] = ref_of(estimate);
  put(data, "lead_id", ref_of_lead(context, estimate.lead));
  put(data, "opportunity_id", ref_of_opportunity(context, estimate.opportunity));
  put(data, "contact_id", ref_of_contact(context, estimate.contact));
  put(data, "amount", std::optional<Money>(estimate.amount));
  data["status"] = name_of(estimate.status);
  data["sent_on"] = to_iso(estimate.sent_on);
  put(data, "note", estimate.note);
  return data;
}

Json to_data(const Appointment& appointment, const ToolContext& context) {
  Json data = Json::object();
  put_head(data, Noun::appointment, appointment.head);
  data["appointment_id"] = ref_of(appointment);
  put(data, "contact_id", ref_of_contact(context, appointment.contact));
  put(data, "lead_id", ref_of_lead(context, appointment.lead));
  put(data, "opportunity_id", ref_of_opportunity(context, appointment.opportunity));
  put(data, "service", appointment.service);
  data["starts_at"] = to_rfc3339(appointment.starts_at);
  data["duration_minutes"] = appointment.duration_minutes;
  put(data, "address", appointment.address);
  data["status"] = name_of(appointment.status);
  put(data, "note", appointment.note);
  return data;
}

Json to_data(const Reminder& reminder, const ToolContext& context) {
  Json data = Json::object();
  put_head(data, Noun::reminder, reminder.head);
  data["reminder_id"] = ref_of(reminder);
  data["due"] = to_iso(reminder.due);
  put(data, "text", reminder.text);
  put(data, "contact_id", ref_of_contact(context, reminder.contact));
  put(data, "lead_id", ref_of_lead(context, reminder.lead));
  put(data, "opportunity_id", ref_of_opportunity(context, reminder.opportunity));
  data["status"] = name_of(reminder.status);
  return data;
}

Json to_data(const Handoff& handoff, const ToolContext& context) {
  Json data = Json::object();
  put_head(data, Noun::handoff, handoff.head);
  data["handoff_id"] = ref_of(handoff);
  data["to"] = name_of(handoff.to);
  put(data, "lead_id", ref_of_lead(context, handoff.lead));
  put(data, "opportunity_id", ref_of_opportunity(context, handoff.opportunity));
  put(data, "contact_id", ref_of_contact(context, handoff.contact));
  put(data, "what", handoff.what);
  data["done"] = handoff.done;
  return data;
}

Json to_data(const Message& message, const ToolContext& context) {
  Json data = Json::object();
  put_head(data, Noun::message, message.head);
  data["message_id"] = ref_of(message);
  data["channel"] = name_of(message.content.channel);
  data["inbound"] = message.inbound;
  put(data, "contact_id", ref_of_contact(context, message.contact));
  put(data, "lead_id", ref_of_lead(context, message.lead));
  put(data, "opportunity_id", ref_of_opportunity(context, message.opportunity));
  put(data, "to", message.content.to_address);
  put(data, "to_name", message.content.to_name);
  if (!message.content.cc.empty()) data["cc"] = message.content.cc;
  put(data, "subject", message.content.subject);
  put(data, "text", message.content.text);
  data["revision"] = message.revision;
  data["status"] = name_of(message.status);
  return data;
}

VersionStamp stamp_of(const Contact& contact) { return {Noun::contact, contact.id.text(), contact.head.version}; }
VersionStamp stamp_of(const Lead& lead) { return {Noun::lead, lead.id.text(), lead.head.version}; }
VersionStamp stamp_of(const Opportunity& opportunity) { return {Noun::opportunity, opportunity.id.text(), opportunity.head.version}; }
VersionStamp stamp_of(const Message& message) { return {Noun::message, message.id.text(), message.head.version}; }

}  // namespace deskhand::tools
