#include "tools/interactions_subject.h"

#include "base/json.h"
#include "base/text.h"
#include "ports/store/store.h"
#include "tools/arguments.h"
#include "tools/present.h"

namespace deskhand::tools {
namespace {

// What each of the three arguments says; a lead's ref given as the contact is taken for what it is.
struct Spoken {
  std::string contact, lead, opportunity;
};

Spoken spoken_in(const Json& arguments) {
  Spoken words{line(arguments, "contact"), line(arguments, "lead"), line(arguments, "opportunity")};
  if (words.contact.empty()) return words;
  if (words.lead.empty() && is_ref_of(Noun::lead, words.contact)) words.lead = std::exchange(words.contact, "");
  if (words.opportunity.empty() && is_ref_of(Noun::opportunity, words.contact))
    words.opportunity = std::exchange(words.contact, "");
  return words;
}

Error not_together(const std::string& left, const std::string& right) {
  return make_error(Code::invalid_argument, left + " does not belong to " + right + "; name one of them only");
}

Done bring_opportunity(const ToolContext& context, const OpportunityId& id, Subject& subject) {
  if (id.empty()) return {};
  if (subject.opportunity) {
    if (subject.opportunity->id == id) return {};
    return not_together(ref_of(*subject.opportunity), ref_of(*subject.lead));
  }
  Result<Opportunity> found = context.txn.opportunities().find(id);
  if (!found) return found.error();
  subject.opportunity = std::move(*found);
  return {};
}

Done bring_lead(const ToolContext& context, const LeadId& id, Subject& subject) {
  if (id.empty()) return {};
  if (subject.lead) {
    if (subject.lead->id == id) return {};
    return not_together(ref_of(*subject.opportunity), ref_of(*subject.lead));
  }
  Result<Lead> found = context.txn.leads().find(id);
  if (!found) return found.error();
  subject.lead = std::move(*found);
  return {};
}

Done bring_contact(const ToolContext& context, const ContactId& id, const std::string& of, Subject& subject) {
  if (id.empty()) return {};
  Result<Contact> found = context.txn.contacts().find_live(id);
  if (!found) return found.error();
  if (subject.contact && subject.contact->id != found->id) return not_together(of, name_with_ref(*subject.contact));
  subject.contact = std::move(*found);
  return {};
}

Done bring_only_open_lead(const ToolContext& context, Subject& subject) {
  LeadFilter filter;
  filter.contact = subject.contact->id;
  filter.open_only = true;
  filter.rows_max = 2;
  Result<std::vector<Lead>> leads = context.txn.leads().list(filter);
  if (!leads) return leads.error();
  if (leads->size() != 1) return {};
  subject.lead = std::move(leads->front());
  return bring_opportunity(context, subject.lead->opportunity, subject);
}

}  // namespace

std::string Subject::name() const { return contact ? contact->full_name() : job(); }

std::string Subject::job() const {
  if (lead) return printable_line(lead->title);
  return opportunity ? printable_line(opportunity->name) : std::string();
}

std::string Subject::main_ref() const {
  if (contact) return ref_of(*contact);
  if (lead) return ref_of(*lead);
  return opportunity ? ref_of(*opportunity) : std::string();
}

Result<Subject> resolve_subject(const Json& arguments, const ToolContext& context, Scope scope) {
  const Spoken words = spoken_in(arguments);
  Subject subject;
  if (!words.contact.empty()) {
    Result<Contact> contact = resolve_contact(context, words.contact);
    if (!contact) return contact.error();
    subject.contact = std::move(*contact);
  }
  if (!words.lead.empty()) {
    Result<Lead> lead = resolve_lead(context, words.lead, scope);
    if (!lead) return lead.error();
    subject.lead = std::move(*lead);
  }
  if (!words.opportunity.empty()) {
    Result<Opportunity> opportunity = resolve_opportunity(context, words.opportunity, scope);
    if (!opportunity) return opportunity.error();
    subject.opportunity = std::move(*opportunity);
  }
  if (subject.opportunity)
    if (Done done = bring_lead(context, subject.opportunity->lead, subject); !done) return done.error();
  if (subject.lead) {
    if (Done done = bring_opportunity(context, subject.lead->opportunity, subject); !done) return done.error();
    if (Done done = bring_contact(context, subject.lead->contact, ref_of(*subject.lead), subject); !done)
      return done.error();
  }
  if (subject.opportunity)
    if (Done done = bring_contact(context, subject.opportunity->contact, ref_of(*subject.opportunity), subject); !done)
      return done.error();
  if (subject.contact && !subject.lead && !subject.opportunity)
    if (Done done = bring_only_open_lead(context, subject); !done) return done.error();
  return subject;
}

void put_refs(const Subject& subject, Json& arguments) {
  if (subject.contact) arguments["contact"] = ref_of(*subject.contact);
  if (subject.lead) arguments["lead"] = ref_of(*subject.lead);
  if (subject.opportunity) arguments["opportunity"] = ref_of(*subject.opportunity);
}

std::string on_behalf_text(const Subject& subject) {
  if (subject.contact) return "for " + name_with_ref(*subject.contact);
  if (subject.lead) return "for " + ref_of(*subject.lead) + " " + printable_line(subject.lead->title);
  if (subject.opportunity)
    return "for " + ref_of(*subject.opportunity) + " " + printable_line(subject.opportunity->name);
  return {};
}

}  // namespace deskhand::tools
