// The data half of present.h: records as JSON under the names of the schemas.
#include "base/json.h"
#include "base/limits.h"
#include "base/text.h"
#include "ports/store/store.h"
#include "tools/present.h"

namespace deskhand::tools {
namespace {

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

void put_head(Json& data, Noun noun, const RecordHead& head) {
  data["ref"] = Ref{ref_prefix_of(noun), head.ref_number}.text();
  data["created_at"] = to_rfc3339(head.created_at);
  data["updated_at"] = to_rfc3339(head.updated_at);
}

std::vector<std::string> points_of(const Contact& contact, PointKind kind) {
  std::vector<std::string> values;
  for (const ContactPoint& point : contact.points)
    if (point.kind == kind && !point.retired) values.push_back(point.normal);
  return values;
}

constexpr std::size_t kBriefBytes = 300;

}  // namespace

Json brief(Json data) {
  for (const char* name : {"body", "description", "notes", "note", "reason_note", "text"})
    if (data.contains(name) && data[name].is_string()) data[name] = shorten(data[name].get<std::string>(), kBriefBytes);
  return data;
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
  put(data, "stage_entered_at", lead.stage_entered_at);
  put(data, "sla_raised_on", lead.sla_raised_on);
  data["nurture_status"] = name_of(lead.nurture_status);
  put(data, "current_sequence", lead.current_sequence);
  put(data, "next_nurture_step_on", lead.next_nurture_step_on);
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
  for (const FiledAttachment& each : attachments_of(interaction, context))
    data["attachments"].push_back({{"file_name", each.file.file_name}, {"media_type", each.file.media_type},
                                   {"bytes", each.file.bytes}, {"sha256", each.file.sha256}});
  put(data, "ai_summary_by", interaction.summary_by);
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
  if (reminder.due_minute) data["time"] = to_iso_clock(*reminder.due_minute);
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

}  // namespace deskhand::tools
