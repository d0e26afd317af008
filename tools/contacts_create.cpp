// create_contact: S2-RQ1, under S2-HS3. See contacts.h.
#include <algorithm>

#include "base/limits.h"
#include "base/text.h"
#include "ports/store/store.h"
#include "tools/arguments.h"
#include "tools/contacts.h"
#include "tools/present.h"
#include "tools/resolve.h"
#include "tools/schema_parts.h"
#include "tools/words.h"

namespace deskhand::tools {
namespace {

Result<Contact> read_contact(const Json& arguments, const ToolContext& context) {
  Contact contact;
  if (const std::optional<PersonName> name = person_name(arguments)) {
    contact.first_name = name->first;
    contact.last_name = name->last;
  }
  Result<std::vector<ContactPoint>> points = contact_points(arguments, context.org, context.origin);
  if (!points) return points.error();
  contact.points = std::move(*points);
  if (contact.first_name.empty() && contact.last_name.empty() && contact.points.empty())
    return make_error(Code::invalid_argument, "create_contact: ask for the customer's name and phone number.");
  contact.address = line(arguments, "address");
  contact.notes = text(arguments, "notes");
  contact.source = line(arguments, "source");
  contact.tags = lines(arguments, "tags", limits::kTags);
  contact.services_interested = lines(arguments, "services_interested", limits::kTags);
  const auto channel = choice(arguments, "preferred_channel", parse_preferred_channel);
  if (!channel) return channel.error();
  contact.preferred_channel = channel->value_or(PreferredChannel::none);
  const auto lifecycle = choice(arguments, "lifecycle_stage", parse_lifecycle);
  if (!lifecycle) return lifecycle.error();
  contact.lifecycle = lifecycle->value_or(Lifecycle::prospect);
  if (const std::string company = line(arguments, "company"); !company.empty()) {
    const Result<Company> found = resolve_company(context, company);
    if (!found) return found.error();
    contact.company = found->id;
  }
  if (Done done = apply_custom_fields(arguments, contact.custom); !done) return done.error();
  return contact;
}

// What the owner decides on: the person to be made beside those who hold the same phone or e-mail already.
void describe_match(const Contact& contact, const std::vector<Contact>& holders, const ToolContext& context,
                    Proposal& proposal) {
  proposal.summary = "Separate customer " + contact.full_name() + ", although " + name_with_ref(holders.front()) +
                     " has the same phone or e-mail";
  proposal.card_lines = {"Create a second customer:",
                         contact.full_name() + ", " + points_text(contact.points, context.org)};
  if (!contact.address.empty()) proposal.card_lines.push_back("Address: " + contact.address);
  proposal.card_lines.push_back("Already on file with the same phone or e-mail:");
  for (const Contact& holder : holders) {
    for (std::string& shown : contact_card(holder, context)) proposal.card_lines.push_back(std::move(shown));
    proposal.stamps.push_back(stamp_of(holder));
  }
  proposal.card_lines.push_back(
      "Yes keeps them as separate people. If it is the same person, say no; what is new can be added to " +
      ref_of(holders.front()) + ".");
  proposal.contact = holders.front().id;
}

Result<Proposal> propose_create_contact(const Json& arguments, const ToolContext& context) {
  const Result<Contact> contact = read_contact(arguments, context);
  if (!contact) return contact.error();
  const Result<std::vector<Contact>> holders = holders_of(context, contact->points);
  if (!holders) return holders.error();
  Json resolved = arguments;
  if (!contact->company.empty()) resolved["company"] = ref_of_company(context, contact->company);
  Proposal proposal;
  proposal.effects = {CreatesContact{contact->points}};
  proposal.arguments = share(std::move(resolved));
  proposal.summary = "New customer " + contact->full_name();
  if (!holders->empty()) describe_match(*contact, *holders, context, proposal);
  return proposal;
}

// A name is no identity, but two of one name are worth a word.
Result<std::string> namesakes(const ToolContext& context, const Contact& contact) {
  if (contact.first_name.empty() || contact.last_name.empty()) return std::string();
  const Result<std::vector<Contact>> found =
      context.txn.contacts().search(contact.full_name(), false, limits::kCandidates);
  if (!found) return found.error();
  for (const Contact& other : *found)
    if (other.id != contact.id && words_of(other.full_name()) == words_of(contact.full_name()))
      return " There is another " + contact_label(other, context.org) + " (" + ref_of(other) + ").";
  return std::string();
}

Result<ToolOutcome> run_create_contact(const Json& arguments, ToolContext& context, const Wording& wording) {
  Result<Contact> contact = read_contact(arguments, context);
  if (!contact) return contact.error();
  if (context.approval != nullptr && context.approval->kind == ApprovalKind::create_separate_contact) {
    for (ContactPoint& point : contact->points) {
      const Result<std::vector<Contact>> holders = holders_of(context, {point});
      if (!holders) return holders.error();
      if (!holders->empty()) point.separate = context.approval->id;
    }
  }
  contact = context.txn.contacts().insert(std::move(*contact));
  if (!contact) return contact.error();
  const Result<std::string> others = namesakes(context, *contact);
  if (!others) return others.error();

  ToolOutcome outcome;
  outcome.data = share(to_data(*contact, context));
  outcome.touched = {ref_of(*contact)};
  std::string phone = phone_of(*contact, context.org);
  if (phone.empty()) phone = contact->email().empty() ? "no phone yet" : contact->email();
  FactValues facts = facts_about(context, &*contact, nullptr, nullptr);
  facts.insert_or_assign(std::string(procedure::fact::kContactPhone), phone);
  const Said said = wording.say(Saying::contact_added, facts);
  outcome.text = contact->lifecycle == Lifecycle::prospect
                     ? said.text + " (" + ref_of(*contact) + ")"
                     : "Added: " + contact->full_name() + ", " + phone + ", as a " +
                           spoken(name_of(contact->lifecycle)) + " (" + ref_of(*contact) + ").";
  outcome.text += *others;
  outcome.offer = said.question;
  return outcome;
}

}  // namespace

std::unique_ptr<Tool> make_create_contact(const schema::RecordSchemas& records, const Wording& wording) {
  ToolSpec spec;
  spec.name = "create_contact";
  spec.description =
      "Add a customer. Ask for name, phone, e-mail if they have one, service address and how they heard of the "
      "business. If the phone or e-mail is on file already, the owner is asked.";
  schema::ArgumentShape shape;
  shape.noun = "contact";
  shape.fields = {"first_name",        "last_name",       "phones", "emails", "address",
                  "preferred_channel", "lifecycle_stage", "tags",   "notes"};
  spec.arguments = share(records.argument_schema(
      shape, {{"name", text_of("The whole name, where it is not known in parts.", limits::kNameBytes)},
              {"phone", text_of("A single phone number.", limits::kPhoneBytes)},
              {"email", text_of("A single e-mail address.", limits::kEmailBytes)},
              {"company", text_of("The company they belong to: a ref such as B-3 or its name; it must be on file.",
                                  limits::kNameBytes)},
              {"services_interested", list_of("What they may want.", limits::kTags, limits::kTagBytes)},
              {"source", text_of("How they heard of the business.", limits::kNameBytes)}}));
  spec.effect = EffectClass::write;
  spec.undoable = true;
  return make_tool(std::move(spec), propose_create_contact,
                   [wording](const Json& arguments, ToolContext& context) { return run_create_contact(arguments, context, wording); });
}

}  // namespace deskhand::tools
