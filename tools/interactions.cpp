#include "tools/interactions.h"

#include "base/limits.h"
#include "base/text.h"
#include "ports/store/store.h"
#include "tools/arguments.h"
#include "tools/follow_ups.h"
#include "tools/interactions_subject.h"
#include "tools/local_time.h"
#include "tools/present.h"
#include "tools/schema_parts.h"

namespace deskhand::tools {
namespace {

constexpr std::size_t kSubjectLineBytes = 120;  // one line of the morning list

struct Entry {
  Subject subject;
  Interaction interaction;
};

// An earlier day without a time of its own stands at its noon; a day to come has not happened.
Result<Instant> moment_of(const Json& arguments, const ToolContext& context) {
  Result<std::optional<Day>> date = day(arguments, "date", context.today);
  if (!date) return date.error();
  if (!*date || **date == context.today) return context.now;
  if (**date > context.today)
    return make_error(Code::invalid_argument,
                      "date " + to_iso(**date) + " is still to come; log it when it has happened, or book it");
  return zone_of(context.org).to_instant({**date, kNoon, 0});
}

bool came_from_them(InteractionType type, std::string_view direction) {
  if (type == InteractionType::email_inbound) return true;
  if (type == InteractionType::email_outbound) return false;
  return direction == "inbound";
}

std::string follow_up_topic_of(const Json& arguments, const Entry& entry) {
  std::string topic = line(arguments, "follow_up_topic");
  if (topic.empty()) topic = entry.interaction.subject;
  if (topic.empty()) topic = entry.subject.job();
  if (topic.empty()) topic = summary_line(entry.interaction);
  return shorten(topic, kSubjectLineBytes);
}

Done read_follow_up_date(const Json& arguments, const ToolContext& context, Entry& entry) {
  Result<std::optional<Day>> date = day(arguments, "follow_up_date", context.today);
  if (!date) return date.error();
  if (!*date) return {};
  if (**date < context.today)
    return make_error(Code::invalid_argument,
                      "follow_up_date " + to_iso(**date) + " is past; give today or a later day");
  entry.interaction.follow_up = *date;
  entry.interaction.follow_up_status = FollowUpStatus::pending;
  entry.interaction.follow_up_topic = follow_up_topic_of(arguments, entry);
  return {};
}

Result<Entry> read_entry(const Json& arguments, const ToolContext& context) {
  Entry entry;
  Result<Subject> subject = resolve_subject(arguments, context, Scope::open_first);
  if (!subject) return subject.error();
  if (subject->empty())
    return make_error(Code::invalid_argument, "Who was it with? Name a contact, a lead or an opportunity.");
  entry.subject = std::move(*subject);
  Interaction& interaction = entry.interaction;

  Result<std::optional<InteractionType>> type = choice(arguments, "type", parse_interaction_type);
  if (!type) return type.error();
  interaction.type = type->value_or(InteractionType::note);
  if (interaction.type == InteractionType::system)
    return make_error(Code::invalid_argument,
                      "type can't be \"system\": those lines are written by what the tools did");
  Result<std::optional<Outcome>> outcome = choice(arguments, "outcome", parse_outcome);
  if (!outcome) return outcome.error();
  interaction.outcome = outcome->value_or(Outcome::none);
  interaction.inbound = came_from_them(interaction.type, line(arguments, "direction"));
  interaction.subject = line(arguments, "subject");
  interaction.body = text(arguments, "body");
  interaction.summary = line(arguments, "summary");
  if (interaction.body.empty() && interaction.subject.empty() && interaction.outcome == Outcome::none)
    return make_error(Code::invalid_argument, "How did it go? Any next steps or follow-up needed? (body is empty)");

  Result<Instant> at = moment_of(arguments, context);
  if (!at) return at.error();
  interaction.at = *at;
  interaction.contact = entry.subject.contact_id();
  interaction.lead = entry.subject.lead_id();
  interaction.opportunity = entry.subject.opportunity_id();
  interaction.origin = context.origin;
  if (Done done = read_follow_up_date(arguments, context, entry); !done) return done.error();
  return entry;
}

Result<Proposal> propose_log_interaction(const Json& arguments, const ToolContext& context) {
  Result<Entry> entry = read_entry(arguments, context);
  if (!entry) return entry.error();
  Json resolved = arguments;
  put_refs(entry->subject, resolved);
  Proposal proposal;
  proposal.effects = {ChangesRecord{Noun::interaction, true}};
  proposal.arguments = share(std::move(resolved));
  proposal.summary = "Log a " + spoken(name_of(entry->interaction.type)) + " " + on_behalf_text(entry->subject);
  proposal.contact = entry->subject.contact_id();
  proposal.lead = entry->subject.lead_id();
  return proposal;
}

std::string kind_and_name(const Entry& entry) {
  const std::string name = entry.subject.name();
  const bool inbound = entry.interaction.inbound;
  switch (entry.interaction.type) {
    case InteractionType::phone_call:
      return "a phone call with " + name;
    case InteractionType::email_inbound:
      return "an e-mail from " + name;
    case InteractionType::email_outbound:
      return "an e-mail to " + name;
    case InteractionType::sms:
      return std::string("a text message ") + (inbound ? "from " : "to ") + name;
    case InteractionType::meeting:
      return "a meeting with " + name;
    case InteractionType::note:
      return "a note on " + name;
    case InteractionType::system:
      break;
  }
  return "an entry on " + name;
}

std::string logged_text(const Entry& entry) {
  const Interaction& interaction = entry.interaction;
  std::string said = "Logged " + kind_and_name(entry) + " (" + ref_of(interaction);
  if (entry.subject.lead) said += ", " + ref_of(*entry.subject.lead);
  said += ")";
  if (interaction.outcome != Outcome::none) said += ", " + spoken(name_of(interaction.outcome));
  if (!interaction.body.empty() || !interaction.subject.empty()) said += ": " + summary_line(interaction);
  if (said.find_last_of(".!?…") != said.size() - 1) said += '.';
  if (interaction.follow_up)
    said += " Follow-up on " + to_short_text(*interaction.follow_up) + ": " + interaction.follow_up_topic + ".";
  return said;
}

// What usually comes next. Only a question: nothing is moved by a note of what somebody said.
std::string next_question(const Entry& entry, const std::vector<Interaction>& due) {
  const Subject& subject = entry.subject;
  const std::string deal = subject.opportunity ? ref_of(*subject.opportunity) : std::string();
  const bool open_deal = subject.opportunity && subject.opportunity->stage != OpportunityStage::won &&
                         subject.opportunity->stage != OpportunityStage::lost;
  const bool open_lead = subject.lead && !subject.opportunity && !is_closed(subject.lead->state);
  switch (entry.interaction.outcome) {
    case Outcome::accepted_proposal:
      if (open_deal) return "Want me to mark " + deal + " as won?";
      if (open_lead) return "Want me to convert " + ref_of(*subject.lead) + " to a job?";
      break;
    case Outcome::rejected_proposal:
      if (open_deal) return "Want me to mark " + deal + " as lost?";
      if (open_lead) return "Want me to disqualify " + ref_of(*subject.lead) + "?";
      break;
    case Outcome::sent_proposal:
      if (open_lead && subject.lead->stage != LeadStage::estimate_sent)
        return "Want me to move " + ref_of(*subject.lead) + " to estimate sent?";
      break;
    default:
      break;
  }
  if (due.empty()) return {};
  return "Is the follow-up of " + to_short_text(*due.front().follow_up) + " (" + ref_of(due.front()) +
         ") done with that?";
}

// Follow-ups that were due and that this talk may have settled.
Result<std::vector<Interaction>> due_follow_ups(const Entry& entry, const ToolContext& context) {
  std::vector<Interaction> due;
  if (entry.interaction.contact.empty() || !counts_as_contact(entry.interaction)) return due;
  Result<std::vector<Interaction>> pending =
      context.txn.interactions().pending_follow_ups(entry.interaction.contact, limits::kPageRows);
  if (!pending) return pending.error();
  for (Interaction& waiting : *pending)
    if (waiting.id != entry.interaction.id && waiting.follow_up && *waiting.follow_up <= context.today)
      due.push_back(std::move(waiting));
  return due;
}

Result<ToolOutcome> run_log_interaction(const Json& arguments, ToolContext& context) {
  Result<Entry> entry = read_entry(arguments, context);
  if (!entry) return entry.error();
  Result<Interaction> stored = context.txn.interactions().insert(entry->interaction);
  if (!stored) return stored.error();
  entry->interaction = std::move(*stored);
  if (entry->interaction.follow_up)
    if (Done done = refresh_next_follow_up(context, entry->interaction.contact); !done) return done.error();
  Result<std::vector<Interaction>> due = due_follow_ups(*entry, context);
  if (!due) return due.error();

  ToolOutcome outcome;
  outcome.data = share(to_data(entry->interaction, context));
  outcome.text = logged_text(*entry);
  outcome.offer = next_question(*entry, *due);
  outcome.touched = {ref_of(entry->interaction)};
  if (const std::string about = entry->subject.main_ref(); !about.empty()) outcome.touched.push_back(about);
  return outcome;
}

Json interaction_type(const schema::RecordSchemas& records) {
  Json property = records.property("interaction", "type");
  Json& words = property["enum"];
  for (std::size_t at = 0; at < words.size(); ++at)
    if (words[at] == name_of(InteractionType::system)) words.erase(at--);
  property["description"] = "What kind of touch it was.";
  return property;
}

ToolSpec log_interaction_spec(const schema::RecordSchemas& records) {
  Json properties = subject_properties();
  properties["type"] = interaction_type(records);
  properties["direction"] =
      one_of("Who spoke first: inbound is the customer, outbound is us.", {"inbound", "outbound"});
  properties["date"] = date_of("The day it happened, when that was not today.");
  for (const char* field : {"subject", "body", "outcome", "follow_up_date"})
    properties[field] = records.property("interaction", field);
  properties["follow_up_topic"] = text_of("What is to be done on that day, in a few words.", limits::kSubjectBytes);
  properties["summary"] = text_of("What happened, in one line.", limits::kSubjectBytes);
  ToolSpec spec;
  spec.name = "log_interaction";
  spec.description =
      "Log a call, meeting, e-mail, text or note with a contact, a lead or a deal, and the follow-up date that was "
      "promised. "
      "Ask how it went and what comes next before calling it.";
  spec.arguments = share(closed_schema(std::move(properties), {"type"}));
  spec.effect = EffectClass::write;
  spec.undoable = true;
  return spec;
}

// --- summarise_interaction: by the reading of a mail, once ---------------------------------------------------------

Result<Proposal> propose_summary(const Json& arguments, const ToolContext& context) {
  const Result<Interaction> interaction = resolve_interaction(context, line(arguments, "interaction"));
  if (!interaction) return interaction.error();
  Json resolved = arguments;
  resolved["interaction"] = ref_of(*interaction);
  Proposal proposal;
  proposal.effects = {ChangesRecord{Noun::interaction}};
  proposal.arguments = share(std::move(resolved));
  proposal.summary = "Sum up " + ref_of(*interaction);
  proposal.contact = interaction->contact;
  proposal.lead = interaction->lead;
  return proposal;
}

Result<ToolOutcome> run_summary(const Json& arguments, ToolContext& context) {
  Result<Interaction> interaction = resolve_interaction(context, line(arguments, "interaction"));
  if (!interaction) return interaction.error();
  const std::string summary = line(arguments, "summary");
  if (summary.empty()) return make_error(Code::invalid_argument, "summarise_interaction: the summary is empty.");
  interaction = context.txn.interactions().set_summary(interaction->id, summary, line(arguments, "by"));
  if (!interaction) return interaction.error();
  ToolOutcome outcome;
  outcome.text = ref_of(*interaction) + ": " + summary;
  outcome.data = share(to_data(*interaction, context));
  outcome.touched = {ref_of(*interaction)};
  return outcome;
}

std::unique_ptr<Tool> make_summarise_interaction() {
  ToolSpec spec;
  spec.name = "summarise_interaction";
  spec.description = "Put one line on an interaction that has none: what was said in it.";
  spec.arguments = share(closed_schema({{"interaction", text_of("Its ref.", limits::kNameBytes)},
                                        {"summary", text_of("The line.", limits::kSummaryBytes)},
                                        {"by", text_of("The model whose words they are.", limits::kNameBytes)}},
                                       {"interaction", "summary"}));
  spec.effect = EffectClass::write;
  spec.role = ToolRole::system;
  return make_tool(std::move(spec), propose_summary, run_summary);
}

}  // namespace

Tools interaction_tools(const schema::RecordSchemas& records) {
  Tools tools;
  tools.push_back(make_summarise_interaction());
  tools.push_back(make_tool(log_interaction_spec(records), propose_log_interaction, run_log_interaction));
  return tools;
}

}  // namespace deskhand::tools
