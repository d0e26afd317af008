// capture_inquiry: the whole of S2-EV1 in one call. Somebody asks for something; whoever they are, it is on file
// afterwards, and the owner hears of it in the procedure's words. See leads.h.
#include <algorithm>

#include "base/json.h"
#include "base/limits.h"
#include "base/text.h"
#include "ports/store/store.h"
#include "tools/arguments.h"
#include "tools/contacts.h"
#include "tools/deals.h"
#include "tools/leads.h"
#include "tools/present.h"
#include "tools/resolve.h"
#include "tools/schema_parts.h"
#include "tools/words.h"

namespace deskhand::tools {
namespace {

struct Inquiry {
  PersonName name;
  std::vector<ContactPoint> points;
  std::optional<Contact> known;   // on file already: the inquiry is linked to them
  bool creates_contact = false;   // nobody is, and something is known to make a record of
  std::vector<Contact> possible;  // several share what they gave, and nobody is here to be asked
  Lead lead;
  std::string summary;            // of the first touch
};

bool nobody_to_ask(const Actor& actor) {
  return actor.kind == ActorKind::system || actor.kind == ActorKind::public_form;
}

std::string called(const Inquiry& inquiry) {
  if (inquiry.known) return inquiry.known->full_name();
  std::string name = inquiry.name.first;
  if (!name.empty() && !inquiry.name.last.empty()) name += ' ';
  name += inquiry.name.last;
  if (!name.empty()) return name;
  return inquiry.points.empty() ? "somebody unknown" : inquiry.points.front().as_typed;
}

// S2-EV1.1. One match links, several ask, none makes a record. A name alone is no match: people share names.
Done match(const Json& arguments, const ToolContext& context, Inquiry& inquiry) {
  if (flag(arguments, "unlinked")) {
    const Result<std::vector<Contact>> holders = holders_of(context, inquiry.points);
    if (!holders) return holders.error();
    inquiry.possible = *holders;
    return {};
  }
  if (const std::string words = line(arguments, "contact"); !words.empty()) {
    Result<Contact> contact = resolve_contact(context, words);
    if (!contact) return contact.error();
    inquiry.known = std::move(*contact);
    return {};
  }
  Result<std::vector<Contact>> holders = holders_of(context, inquiry.points);
  if (!holders) return holders.error();
  if (holders->size() == 1) {
    inquiry.known = std::move(holders->front());
  } else if (holders->size() > 1 && nobody_to_ask(context.actor)) {
    inquiry.possible = std::move(*holders);
  } else if (holders->size() > 1) {
    std::vector<Choice> choices;
    for (const Contact& contact : *holders) choices.push_back(choice_of(context, contact));
    return error_with_choices(Code::ambiguous, "What they gave is on several records: ", std::move(choices));
  } else {
    inquiry.creates_contact = !inquiry.points.empty() || !inquiry.name.first.empty() || !inquiry.name.last.empty();
  }
  return {};
}

Done read_lead(const Json& arguments, const ToolContext& context, Lead& lead) {
  lead.description = text(arguments, "description");
  lead.title = line(arguments, "title");
  if (lead.title.empty()) lead.title = title_from(lead.description);
  if (lead.title.empty())
    return make_error(Code::invalid_argument, "capture_inquiry: ask for what they need; a few words are enough.");
  const auto source = choice(arguments, "source", parse_lead_source);
  if (!source) return source.error();
  lead.source = source->value_or(LeadSource::other);
  lead.source_words = line(arguments, "source_words");
  lead.urgent = flag(arguments, "urgent");
  lead.origin = context.origin;
  const auto value = money(arguments, "estimated_value", context.org);
  if (!value) return value.error();
  lead.estimated_value = *value;
  return apply_custom_fields(arguments, lead.custom);
}

Result<Inquiry> read_inquiry(const Json& arguments, const ToolContext& context) {
  Inquiry inquiry;
  inquiry.name = person_name(arguments).value_or(PersonName());
  inquiry.summary = line(arguments, "summary");
  Result<std::vector<ContactPoint>> points = contact_points(arguments, context.org, context.origin);
  if (!points) return points.error();
  inquiry.points = std::move(*points);
  if (context.actor.kind == ActorKind::public_form && inquiry.points.empty())
    return make_error(Code::invalid_argument,
                      "Leave a phone number or an e-mail address, so that somebody can answer.");
  if (Done done = read_lead(arguments, context, inquiry.lead); !done) return done.error();
  if (Done done = match(arguments, context, inquiry); !done) return done.error();
  return inquiry;
}

Result<Proposal> propose_capture(const Json& arguments, const ToolContext& context) {
  const Result<Inquiry> inquiry = read_inquiry(arguments, context);
  if (!inquiry) return inquiry.error();
  Json resolved = arguments;
  Proposal proposal;
  proposal.effects = {ChangesRecord{Noun::lead, true}};
  if (inquiry->creates_contact) proposal.effects.push_back(CreatesContact{inquiry->points});
  if (inquiry->known) {
    resolved["contact"] = ref_of(*inquiry->known);
    proposal.contact = inquiry->known->id;
  } else if (!inquiry->creates_contact) {
    resolved["unlinked"] = true;
  }
  proposal.arguments = share(std::move(resolved));
  proposal.summary = "Inquiry from " + called(*inquiry) + ": " + inquiry->lead.title;
  return proposal;
}

Result<Contact> make_contact(const Json& arguments, ToolContext& context, const Inquiry& inquiry) {
  Contact contact;
  contact.first_name = inquiry.name.first;
  contact.last_name = inquiry.name.last;
  contact.points = inquiry.points;
  contact.address = line(arguments, "address");
  contact.source = inquiry.lead.source_words;
  const auto channel = choice(arguments, "preferred_channel", parse_preferred_channel);
  if (!channel) return channel.error();
  contact.preferred_channel = channel->value_or(PreferredChannel::none);
  return context.txn.contacts().insert(std::move(contact));
}

// S2-EV1.3: the channel it came by. A form, a referral and an advertisement have no type of their own and are noted.
Interaction first_touch(const ToolContext& context, const Inquiry& inquiry) {
  Interaction interaction;
  switch (inquiry.lead.source) {
    case LeadSource::phone_call:
      interaction.type = InteractionType::phone_call;
      break;
    case LeadSource::email:
      interaction.type = InteractionType::email_inbound;
      break;
    case LeadSource::web_form:
    case LeadSource::referral:
    case LeadSource::ad:
    case LeadSource::other:
      interaction.type = InteractionType::note;
      break;
  }
  interaction.inbound = true;
  interaction.subject = inquiry.lead.title;
  interaction.body = inquiry.lead.description.empty() ? inquiry.lead.title : inquiry.lead.description;
  interaction.summary = inquiry.summary;
  interaction.origin = context.origin;
  return interaction;
}

// What they gave that their record does not have. It is told and not written: a stranger may say anything about
// anybody.
std::string news_about(const Inquiry& inquiry, const ToolContext& context) {
  if (!inquiry.known) return {};
  std::vector<ContactPoint> news;
  for (const ContactPoint& point : inquiry.points) {
    const bool on_file = std::any_of(
        inquiry.known->points.begin(), inquiry.known->points.end(),
        [&](const ContactPoint& own) { return own.kind == point.kind && own.normal == point.normal && !own.retired; });
    if (!on_file) news.push_back(point);
  }
  std::string said;
  if (!news.empty()) said += " They gave " + points_text(news, context.org) + ", which is not on their record.";
  const std::string name = inquiry.name.first + " " + inquiry.name.last;
  if (!words_of(name).empty() && !all_equal(words_of(name), words_of(inquiry.known->full_name())))
    said += " They gave the name " + squeeze(name) + ".";
  return said;
}

std::string link_text(const Inquiry& inquiry, const Lead& lead, const std::optional<Contact>& contact,
                      const ToolContext& context) {
  if (!contact) {
    std::string said = "On file as " + ref_of(lead) + ", linked to nobody yet.";
    std::vector<std::string> people;
    for (const Contact& possible : inquiry.possible)
      people.push_back(contact_label(possible, context.org) + " (" + ref_of(possible) + ")");
    if (!people.empty()) said += " What they gave is on " + join(people, " and ") + "; say whose it is.";
    return said;
  }
  if (!inquiry.known) return "On file as " + ref_of(lead) + ", with a new contact " + ref_of(*contact) + ".";
  return "On file as " + ref_of(lead) + " for " + name_with_ref(*contact) + ", who is " +
         (contact->archived ? "archived" : "known already") + "." + news_about(inquiry, context);
}

Json notice_of(const Inquiry& inquiry, const Lead& lead, const std::string& phone, const Said& said,
               const ToolContext& context) {
  Json notice{{"name", called(inquiry)},
              {"title", lead.title},
              {"phone", phone},
              {"source", spoken(name_of(lead.source))},
              {"text", said.text}};
  if (!said.question.empty()) notice["question"] = said.question;
  for (const Contact& possible : inquiry.possible)
    notice["possible_contacts"].push_back({{"ref", ref_of(possible)}, {"name", contact_label(possible, context.org)}});
  return notice;
}

Result<ToolOutcome> run_capture(const Json& arguments, ToolContext& context, const Wording& wording) {
  Result<Inquiry> inquiry = read_inquiry(arguments, context);
  if (!inquiry) return inquiry.error();
  std::optional<Contact> contact = inquiry->known;
  if (inquiry->creates_contact) {
    Result<Contact> made = make_contact(arguments, context, *inquiry);
    if (!made) return made.error();
    contact = std::move(*made);
  }
  Lead lead = inquiry->lead;
  if (contact) lead.contact = contact->id;
  // Who it was must not be lost where no record says it.
  if (!contact && (!inquiry->points.empty() || !inquiry->name.first.empty())) {
    lead.description += (lead.description.empty() ? "" : "\n") + ("From " + called(*inquiry));
    if (!inquiry->points.empty()) lead.description += ", " + points_text(inquiry->points, context.org);
  }
  Result<Lead> stored = context.txn.leads().insert(std::move(lead));
  if (!stored) return stored.error();
  const auto logged = log(context, about(*stored), first_touch(context, *inquiry));
  if (!logged) return logged.error();

  std::string phone = contact ? phone_of(*contact, context.org) : std::string();
  for (const ContactPoint& point : inquiry->points)
    if (point.kind == PointKind::phone) {
      phone = phone_text(point.normal, context.org);
      break;
    }
  FactValues facts = facts_about(context, contact ? &*contact : nullptr, &*stored, nullptr);
  facts.insert_or_assign(std::string(procedure::fact::kContactName), called(*inquiry));
  facts.insert_or_assign(std::string(procedure::fact::kContactPhone), phone.empty() ? "none given" : phone);
  const Said said = wording.say(Saying::inquiry_received, facts);

  ToolOutcome outcome;
  outcome.text = said.text + " " + link_text(*inquiry, *stored, contact, context);
  outcome.offer = said.question;
  outcome.touched = {ref_of(*stored)};
  Json data{{"lead", to_data(*stored, context)},
            {"contact_is_new", inquiry->creates_contact},
            {"interaction", to_data(*logged, context)},
            {"notice", notice_of(*inquiry, *stored, phone, said, context)}};
  if (contact) {
    outcome.touched.push_back(ref_of(*contact));
    data["contact"] = to_data(*contact, context);
  }
  outcome.data = share(std::move(data));
  return outcome;
}

}  // namespace

std::unique_ptr<Tool> make_capture_inquiry(const schema::RecordSchemas& records, const Wording& wording) {
  ToolSpec spec;
  spec.name = "capture_inquiry";
  spec.description =
      "Somebody new or known asks for work: finds or makes the contact by phone or e-mail, opens the lead, logs the "
      "first touch and words the notice to the owner, all in one call.";
  schema::ArgumentShape shape;
  shape.noun = "lead";
  shape.fields = {"title", "description", "source"};
  spec.arguments = share(records.argument_schema(
      shape,
      {{"name", text_of("Who asks, as they said it.", limits::kNameBytes)},
       {"first_name", records.property("contact", "first_name")},
       {"last_name", records.property("contact", "last_name")},
       {"phone", text_of("Their phone number.", limits::kPhoneBytes)},
       {"phones", records.property("contact", "phones")},
       {"email", text_of("Their e-mail address.", limits::kEmailBytes)},
       {"emails", records.property("contact", "emails")},
       {"address", records.property("contact", "address")},
       {"preferred_channel", records.property("contact", "preferred_channel")},
       {"contact", text_of("Who it is, when that is known: a ref such as C-12 or a name on file.", limits::kNameBytes)},
       {"source_words", text_of("How they heard of the business.", limits::kNameBytes)},
       {"estimated_value", money_of("About how big the job is.")},
       {"urgent", yes_or_no("true when it can't wait.")},
       {"summary", text_of("What they said, in one line.", limits::kSubjectBytes)},
       {"unlinked", yes_or_no("true to keep the inquiry without saying whose it is.")}}));
  spec.effect = EffectClass::write;
  spec.undoable = true;
  return make_tool(std::move(spec), propose_capture,
                   [wording](const Json& arguments, ToolContext& context) { return run_capture(arguments, context, wording); });
}

}  // namespace deskhand::tools
