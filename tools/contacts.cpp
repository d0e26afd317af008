#include "tools/contacts.h"

#include <algorithm>

#include "base/limits.h"
#include "base/text.h"
#include "ports/store/store.h"
#include "tools/arguments.h"
#include "tools/deals.h"
#include "tools/present.h"
#include "tools/resolve.h"
#include "tools/schema_parts.h"

namespace deskhand::tools {
namespace {

constexpr std::string_view kWhom = "The person: a ref such as C-12, or a name, phone or e-mail.";

Json whom_and(Json properties) {
  properties["contact"] = text_of(kWhom, limits::kNameBytes);
  return closed_schema(std::move(properties), {"contact"});
}

Result<std::pair<Contact, Proposal>> propose_on(const Json& arguments, const ToolContext& context) {
  Result<Contact> contact = resolve_contact(context, line(arguments, "contact"));
  if (!contact) return contact.error();
  Json resolved = arguments;
  resolved["contact"] = ref_of(*contact);
  Proposal proposal;
  proposal.arguments = share(std::move(resolved));
  proposal.contact = contact->id;
  proposal.stamps = {stamp_of(*contact)};
  return std::pair(std::move(*contact), std::move(proposal));
}

ToolOutcome contact_outcome(const Contact& contact, const ToolContext& context, std::string text) {
  ToolOutcome outcome;
  outcome.data = share(to_data(contact, context));
  outcome.text = std::move(text);
  outcome.touched = {ref_of(contact)};
  return outcome;
}

std::unique_ptr<Tool> make_archive_contact() {
  ToolSpec spec;
  spec.name = "archive_contact";
  spec.description =
      "Put a contact away: out of lists and searches, with all history kept. Nothing is deleted; restore_contact "
      "brings it back.";
  spec.arguments = share(whom_and({{"reason", text_of("Why, in the owner's words.", limits::kSubjectBytes)}}));
  spec.effect = EffectClass::write;
  spec.undoable = true;
  const auto propose = [](const Json& arguments, const ToolContext& context) -> Result<Proposal> {
    auto found = propose_on(arguments, context);
    if (!found) return found.error();
    auto& [contact, proposal] = *found;
    if (contact.archived) return make_error(Code::conflict, name_with_ref(contact) + " is archived already.");
    proposal.effects = {ArchivesContact{contact.id}};
    proposal.summary = "Archive " + name_with_ref(contact);
    proposal.card_lines = contact_card(contact, context);
    return std::move(proposal);
  };
  const auto run = [](const Json& arguments, ToolContext& context) -> Result<ToolOutcome> {
    Result<Contact> contact = resolve_contact(context, line(arguments, "contact"));
    if (!contact) return contact.error();
    contact->archived = true;
    contact = context.txn.contacts().update(std::move(*contact));
    if (!contact) return contact.error();
    const std::string reason = line(arguments, "reason");
    if (!reason.empty()) {
      const auto logged = log_system(context, {contact->id, {}, {}}, "Archived", reason);
      if (!logged) return logged.error();
    }
    std::string text = "Archived: " + name_with_ref(*contact) + ". The history stays.";
    const Result<std::vector<Lead>> leads = leads_of(context, contact->id);
    if (!leads) return leads.error();
    const auto open = std::count_if(leads->begin(), leads->end(), [](const Lead& lead) { return is_open(lead); });
    if (open > 0) text += " " + count_of(static_cast<std::size_t>(open), "lead stays", "leads stay") + " open.";
    return contact_outcome(*contact, context, std::move(text));
  };
  return make_tool(std::move(spec), propose, run);
}

std::unique_ptr<Tool> make_restore_contact() {
  ToolSpec spec;
  spec.name = "restore_contact";
  spec.description = "Bring an archived contact back into lists and searches.";
  spec.arguments = share(whom_and(Json::object()));
  spec.effect = EffectClass::write;
  spec.undoable = true;
  const auto propose = [](const Json& arguments, const ToolContext& context) -> Result<Proposal> {
    auto found = propose_on(arguments, context);
    if (!found) return found.error();
    auto& [contact, proposal] = *found;
    if (!contact.archived) return make_error(Code::conflict, name_with_ref(contact) + " is not archived.");
    proposal.effects = {ChangesRecord{Noun::contact}};
    proposal.summary = "Restore " + name_with_ref(contact);
    return std::move(proposal);
  };
  const auto run = [](const Json& arguments, ToolContext& context) -> Result<ToolOutcome> {
    Result<Contact> contact = resolve_contact(context, line(arguments, "contact"));
    if (!contact) return contact.error();
    contact->archived = false;
    contact = context.txn.contacts().update(std::move(*contact));
    if (!contact) return contact.error();
    return contact_outcome(*contact, context,
                           "Restored: " + contact_label(*contact, context.org) + " (" + ref_of(*contact) + ").");
  };
  return make_tool(std::move(spec), propose, run);
}

std::unique_ptr<Tool> make_set_do_not_contact() {
  ToolSpec spec;
  spec.name = "set_do_not_contact";
  spec.description =
      "Mark that a person must not be written to, or take the mark away again. While it stands no message to them can "
      "be drafted or sent.";
  spec.arguments = share(whom_and({{"on", yes_or_no("true (when left out) sets the mark, false takes it away.")},
                                   {"reason", text_of("Why, in their or the owner's words.", limits::kSubjectBytes)}}));
  spec.effect = EffectClass::write;
  spec.undoable = true;
  const auto propose = [](const Json& arguments, const ToolContext& context) -> Result<Proposal> {
    auto found = propose_on(arguments, context);
    if (!found) return found.error();
    auto& [contact, proposal] = *found;
    const bool on = flag(arguments, "on", true);
    // A stranger's mail may ask not to be written to; it can not lift the mark.
    if (!on && !context.origin.empty())
      return make_error(Code::forbidden, "Only a person of the business lifts the mark \"do not contact\".");
    proposal.effects = {ChangesRecord{Noun::contact}};
    proposal.summary = (on ? "Do not contact " : "Allow contacting ") + name_with_ref(contact);
    return std::move(proposal);
  };
  const auto run = [](const Json& arguments, ToolContext& context) -> Result<ToolOutcome> {
    Result<Contact> contact = resolve_contact(context, line(arguments, "contact"));
    if (!contact) return contact.error();
    const bool on = flag(arguments, "on", true);
    contact->do_not_contact = on;
    contact->do_not_contact_reason = on ? line(arguments, "reason") : std::string();
    contact = context.txn.contacts().update(std::move(*contact));
    if (!contact) return contact.error();
    return contact_outcome(
        *contact, context,
        on ? name_with_ref(*contact) + " is marked do not contact; nothing will be drafted or sent to them."
           : name_with_ref(*contact) + " may be contacted again.");
  };
  return make_tool(std::move(spec), propose, run);
}

}  // namespace

Result<std::vector<Contact>> holders_of(const ToolContext& context, const std::vector<ContactPoint>& points) {
  std::vector<Contact> holders;
  for (const ContactPoint& point : points) {
    const Result<std::vector<Contact>> found = context.txn.contacts().find_by_point(point.kind, point.normal);
    if (!found) return found.error();
    for (const Contact& contact : *found) {
      Result<Contact> live = context.txn.contacts().find_live(contact.id);
      if (!live) return live.error();
      if (std::none_of(holders.begin(), holders.end(), [&](const Contact& known) { return known.id == live->id; }))
        holders.push_back(std::move(*live));
    }
  }
  return holders;
}

std::string points_text(const std::vector<ContactPoint>& points, const Org& org) {
  std::vector<std::string> texts;
  for (const ContactPoint& point : points)
    texts.push_back(point.kind == PointKind::phone ? "phone " + phone_text(point.normal, org)
                                                   : "e-mail " + point.normal);
  return join(texts, ", ");
}

Tools contact_standing_tools() {
  Tools tools;
  tools.push_back(make_archive_contact());
  tools.push_back(make_restore_contact());
  tools.push_back(make_set_do_not_contact());
  return tools;
}

Tools contact_tools(const schema::RecordSchemas& records, const Wording& wording) {
  Tools tools = contact_lookup_tools();
  tools.push_back(make_create_contact(records, wording));
  tools.push_back(make_update_contact(records));
  for (std::unique_ptr<Tool>& tool : contact_standing_tools()) tools.push_back(std::move(tool));
  return tools;
}

}  // namespace deskhand::tools
