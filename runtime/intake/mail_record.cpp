#include "intake/mail_record.h"

#include "base/json.h"

namespace deskhand::intake {
namespace {

ContactSummary summary_of(const Contact& contact) {
  ContactSummary summary{Ref{ref_prefix::kContact, contact.head.ref_number}.text(), contact.full_name(), {}, {}};
  for (const ContactPoint& point : contact.points)
    if (!point.retired) (point.kind == PointKind::phone ? summary.phones : summary.emails).push_back(point.normal);
  return summary;
}

std::string text_in(const Json& data, const char* key) {
  return data.is_object() && data.contains(key) && data[key].is_string() ? data[key].get<std::string>() : std::string();
}

}  // namespace

Actor mail_actor() {
  Actor actor;
  actor.kind = ActorKind::system;
  actor.channel = "email";
  return actor;
}

Result<OwnIdentity> own_identity(Txn& txn, const std::vector<std::string>& more_addresses) {
  auto org = txn.org().get();
  if (!org) return org.error();
  auto users = txn.org().users();
  if (!users) return users.error();
  return OwnIdentity(*org, *users, more_addresses);
}

Done summarise(const InboundRecord& record, Txn& txn, MailOutcome& outcome) {
  if (!record.contact.empty()) {
    auto contact = txn.contacts().find_live(record.contact);
    if (!contact) return contact.error();
    outcome.contact = summary_of(*contact);
  }
  if (!record.lead.empty()) {
    auto lead = txn.leads().find(record.lead);
    if (!lead) return lead.error();
    outcome.lead = LeadSummary{Ref{ref_prefix::kLead, lead->head.ref_number}.text(), lead->title, std::string(name_of(lead->source)), lead->urgent};
  }
  return {};
}

MailOutcome outcome_of(const InboundRecord& record) {
  MailOutcome outcome;
  outcome.id = record.id;
  outcome.file = record.label;
  outcome.message_id = record.message_id;
  outcome.action = record.action;
  outcome.is_inquiry = record.is_inquiry;
  outcome.interaction = record.interaction;
  outcome.notices = record.notices;
  outcome.kind = record.kind;
  outcome.reason = record.reason;
  return outcome;
}

Done read_result(const toolbox::CallResult& result, Txn& txn, InboundRecord& record) {
  if (!result.data) return {};
  const Json& data = *result.data;
  const Json& interaction = data.contains("interaction") ? data["interaction"] : data;
  record.interaction = text_in(interaction, "interaction_id");
  if (const auto ref = parse_ref(text_in(interaction, "contact_id"))) {
    auto contact = txn.contacts().find_by_ref(ref->number);
    if (!contact) return contact.error();
    record.contact = contact->id;
  }
  if (const auto ref = parse_ref(text_in(interaction, "lead_id"))) {
    auto lead = txn.leads().find_by_ref(ref->number);
    if (!lead) return lead.error();
    record.lead = lead->id;
    if (record.contact.empty()) record.contact = lead->contact;
  }
  return {};
}

void note_parked(const toolbox::CallResult& result, std::vector<std::string>& notices) {
  for (const Approval& approval : result.parked)
    notices.push_back("Waits for your yes as " + Ref{ref_prefix::kApproval, approval.head.ref_number}.text() + ": " + approval.summary);
}

bool is_storage_trouble(const toolbox::CallResult& result) {
  return !result.ok && (result.code == Code::unavailable || result.code == Code::unknown_outcome || result.code == Code::corrupt);
}

}  // namespace deskhand::intake
