#include "intake/mail_outcome.h"

#include "base/json.h"
#include "base/text.h"

namespace deskhand::intake {

OrderedJson to_json(const MailOutcome& outcome) {
  OrderedJson json = OrderedJson::object();
  json["file"] = outcome.file;
  json["message_id"] = outcome.message_id;
  json["action"] = name_of(outcome.action);
  json["is_inquiry"] = outcome.is_inquiry;
  json["contact"] = nullptr;
  if (outcome.contact)
    json["contact"] = {{"ref", outcome.contact->ref}, {"name", outcome.contact->name}, {"phones", outcome.contact->phones}, {"emails", outcome.contact->emails}};
  json["lead"] = nullptr;
  if (outcome.lead)
    json["lead"] = {{"ref", outcome.lead->ref}, {"title", outcome.lead->title}, {"source", outcome.lead->source}, {"urgent", outcome.lead->urgent}};
  json["interaction"] = nullptr;
  if (!outcome.interaction.empty()) json["interaction"] = outcome.interaction;
  json["notices"] = outcome.notices;
  json["kind"] = outcome.kind;
  json["reason"] = outcome.reason;
  json["flags"] = outcome.flags;
  if (!outcome.bounced.empty()) json["bounces"] = outcome.bounced;
  return json;
}

std::string to_line(const MailOutcome& outcome) {
  std::string line = outcome.file.empty() ? std::string("mail") : printable_line(outcome.file);
  const std::string lead = outcome.lead ? " " + outcome.lead->ref : std::string();
  const std::string contact = outcome.contact ? outcome.contact->name + " (" + outcome.contact->ref + ")" : std::string("somebody unknown");
  switch (outcome.action) {
    case IntakeAction::new_contact_and_lead:
    case IntakeAction::existing_contact_new_lead:
      return line + ": new lead" + lead + " for " + contact + (outcome.lead ? ": " + printable_line(outcome.lead->title) : "");
    case IntakeAction::log_on_existing_lead:
    case IntakeAction::log_on_existing_contact: return line + ": logged as " + outcome.interaction + " for " + contact + (lead.empty() ? "" : " on" + lead);
    case IntakeAction::ignore: return line + ": left alone, " + outcome.reason;
    case IntakeAction::duplicate: return line + ": here already";
    case IntakeAction::needs_reading: return line + ": waits to be read, " + outcome.reason;
  }
  return line;
}

}  // namespace deskhand::intake
