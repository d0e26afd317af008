// create_lead, update_lead and assign_lead; see leads.h.
#include "tools/leads.h"

#include "base/json.h"
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

constexpr std::size_t kLeadTitleBytes = 80;

ToolOutcome lead_outcome(const Lead& lead, const ToolContext& context, std::string said) {
  ToolOutcome outcome;
  outcome.data = share(to_data(lead, context));
  outcome.text = std::move(said);
  outcome.touched = {ref_of(lead)};
  return outcome;
}

// What both making and changing a lead may say about it; each change told in a few words.
Result<std::vector<std::string>> apply_to_lead(const Json& arguments, const ToolContext& context, Lead& lead) {
  std::vector<std::string> told;
  if (const auto title = optional_line(arguments, "title"); title && !title->empty() && *title != lead.title)
    told.push_back("title " + (lead.title = *title));
  if (const auto description = optional_text(arguments, "description");
      description && *description != lead.description) {
    lead.description = *description;
    told.push_back(description->empty() ? "no description" : "description");
  }
  const auto source = choice(arguments, "source", parse_lead_source);
  if (!source) return source.error();
  if (*source && **source != lead.source) told.push_back("source " + spoken(name_of(lead.source = **source)));
  if (const auto words = optional_line(arguments, "source_words"); words && *words != lead.source_words)
    told.push_back("came by " + (lead.source_words = *words));
  if (given(arguments, "estimated_value")) {
    const auto value = money(arguments, "estimated_value", context.org);
    if (!value) return value.error();
    if (*value != lead.estimated_value) told.push_back(*value ? "value " + to_short_text(**value) : "no value");
    lead.estimated_value = *value;
  }
  if (given(arguments, "expected_close_date")) {
    const auto date = day(arguments, "expected_close_date", context.today);
    if (!date) return date.error();
    if (*date != lead.expected_close)
      told.push_back(*date ? "expected to close " + to_short_text(**date) : "no expected close");
    lead.expected_close = *date;
  }
  if (given(arguments, "urgent") && flag(arguments, "urgent") != lead.urgent) {
    lead.urgent = !lead.urgent;
    told.push_back(lead.urgent ? "urgent" : "not urgent");
  }
  if (const std::string words = line(arguments, "owner"); !words.empty()) {
    const Result<User> user = resolve_user(context, words);
    if (!user) return user.error();
    if (user->id != lead.assignee) told.push_back("assigned to " + user->name);
    lead.assignee = user->id;
  }
  if (const auto words = optional_line(arguments, "contact")) {
    ContactId wanted;
    std::string text = "no contact";
    if (!words->empty()) {
      const Result<Contact> contact = resolve_contact(context, *words);
      if (!contact) return contact.error();
      wanted = contact->id;
      text = "for " + name_with_ref(*contact);
    }
    if (wanted != lead.contact) told.push_back(text);
    lead.contact = wanted;
  }
  const CustomFields before = lead.custom;
  if (Done done = apply_custom_fields(arguments, lead.custom); !done) return done.error();
  for (const auto& [name, value] : lead.custom)
    if (const auto old = before.find(name); old == before.end() || old->second != value)
      told.push_back(spoken(std::string_view(name).substr(2)) + " " + value);
  if (lead.custom.size() < before.size()) told.push_back("a field less");
  return told;
}

Json by_refs(const Json& arguments, const ToolContext& context, const Lead& lead) {
  Json resolved = arguments;
  if (!line(arguments, "contact").empty()) resolved["contact"] = ref_of_contact(context, lead.contact);
  if (!line(arguments, "owner").empty()) resolved["owner"] = lead.assignee.text();
  return resolved;
}

Result<Lead> read_new(const Json& arguments, const ToolContext& context) {
  Lead lead;
  const auto told = apply_to_lead(arguments, context, lead);
  if (!told) return told.error();
  if (lead.title.empty()) lead.title = title_from(lead.description);
  if (lead.title.empty())
    return make_error(Code::invalid_argument,
                      "create_lead: ask for what the job is; a few words are enough for the title.");
  lead.origin = context.origin;
  return lead;
}

Result<Proposal> propose_create_lead(const Json& arguments, const ToolContext& context) {
  const Result<Lead> lead = read_new(arguments, context);
  if (!lead) return lead.error();
  Proposal proposal;
  proposal.effects = {ChangesRecord{Noun::lead, true}};
  proposal.arguments = share(by_refs(arguments, context, *lead));
  proposal.summary = "New lead " + lead->title;
  proposal.contact = lead->contact;
  return proposal;
}

Result<ToolOutcome> run_create_lead(const Json& arguments, ToolContext& context) {
  Result<Lead> lead = read_new(arguments, context);
  if (!lead) return lead.error();
  lead = context.txn.leads().insert(std::move(*lead));
  if (!lead) return lead.error();
  // Opening a lead is no touch with anybody; the first call or message will be its first interaction.
  return lead_outcome(*lead, context, "Opened lead " + lead_line(*lead, context) + ".");
}

Result<Proposal> propose_update_lead(const Json& arguments, const ToolContext& context) {
  Result<Lead> lead = resolve_lead(context, line(arguments, "lead"), Scope::open_first);
  if (!lead) return lead.error();
  const VersionStamp stamp = stamp_of(*lead);
  const auto told = apply_to_lead(arguments, context, *lead);
  if (!told) return told.error();
  Json resolved = by_refs(arguments, context, *lead);
  resolved["lead"] = ref_of(*lead);
  Proposal proposal;
  proposal.effects = {ChangesRecord{Noun::lead}};
  proposal.arguments = share(std::move(resolved));
  proposal.summary = "Change " + ref_of(*lead) + ": " + join(*told, ", ");
  proposal.lead = lead->id;
  proposal.contact = lead->contact;
  proposal.stamps = {stamp};
  return proposal;
}

Result<ToolOutcome> run_update_lead(const Json& arguments, ToolContext& context) {
  Result<Lead> lead = resolve_lead(context, line(arguments, "lead"), Scope::open_first);
  if (!lead) return lead.error();
  const auto told = apply_to_lead(arguments, context, *lead);
  if (!told) return told.error();
  if (told->empty()) {
    ToolOutcome unchanged = lead_outcome(*lead, context, ref_of(*lead) + " already reads so; nothing was changed.");
    unchanged.touched.clear();
    return unchanged;
  }
  if (!lead->opportunity.empty()) {
    // The deal is about the same person as the lead it grew out of.
    Result<Opportunity> opportunity = context.txn.opportunities().find(lead->opportunity);
    if (!opportunity) return opportunity.error();
    if (opportunity->contact != lead->contact) {
      opportunity->contact = lead->contact;
      opportunity = context.txn.opportunities().update(std::move(*opportunity));
      if (!opportunity) return opportunity.error();
    }
  }
  lead = context.txn.leads().update(std::move(*lead));
  if (!lead) return lead.error();
  return lead_outcome(*lead, context, "Updated " + lead_line(*lead, context) + ": " + join(*told, ", ") + ".");
}

std::unique_ptr<Tool> make_assign_lead(const Json& which) {
  ToolSpec spec;
  spec.name = "assign_lead";
  spec.description = "Say who on the team follows up a lead.";
  spec.arguments = share(closed_schema(
      {{"lead", which}, {"assignee", text_of("A person of the business: name, login or \"me\".", limits::kNameBytes)}},
      {"lead", "assignee"}));
  spec.effect = EffectClass::write;
  spec.undoable = true;
  const auto with_owner = [](const Json& arguments) {
    Json changed{{"lead", arguments.at("lead")}, {"owner", arguments.value("assignee", "")}};
    return changed;
  };
  const auto propose = [with_owner](const Json& arguments, const ToolContext& context) -> Result<Proposal> {
    if (line(arguments, "assignee").empty())
      return make_error(Code::invalid_argument, "assign_lead: say who follows it up.");
    Result<Proposal> proposal = propose_update_lead(with_owner(arguments), context);
    if (!proposal) return proposal;
    proposal->arguments =
        share({{"lead", proposal->arguments->at("lead")}, {"assignee", proposal->arguments->at("owner")}});
    return proposal;
  };
  return make_tool(std::move(spec), propose, [with_owner](const Json& arguments, ToolContext& context) {
    return run_update_lead(with_owner(arguments), context);
  });
}

}  // namespace

std::string title_from(std::string_view words) {
  words = trim(words);
  const std::string_view first = trim(words.substr(0, words.find('\n')));
  std::size_t end = first.size();
  for (const std::string_view stop : {". ", "! ", "? "})
    end = std::min(end, first.find(stop) == std::string_view::npos ? end : first.find(stop));
  std::string title = squeeze(printable_line(first.substr(0, end)));
  while (title.ends_with('.')) title.pop_back();
  return shorten(title, kLeadTitleBytes);
}

Tools lead_record_tools(const schema::RecordSchemas& records) {
  const Json which = text_of("The lead: a ref such as L-1042, or the person's name.", limits::kNameBytes);
  const Json person = {{"type", {"string", "null"}},
                       {"maxLength", limits::kNameBytes},
                       {"description", "Who asked: a ref such as C-12, or a name, phone or e-mail on file."}};
  Json extra = {{"contact", person},
                {"estimated_value", money_of("About how big the job is, in the business's currency.")},
                {"owner", text_of("Who follows it up: a name, a login or \"me\".", limits::kNameBytes)},
                {"source_words", text_of("How they came, in their own words.", limits::kNameBytes)},
                {"urgent", yes_or_no("true when it can't wait.")}};
  schema::ArgumentShape shape;
  shape.noun = "lead";
  shape.fields = {"title", "description", "source", "expected_close_date"};
  Tools tools;

  ToolSpec create;
  create.name = "create_lead";
  create.description =
      "Open a lead: one inquiry of one person. The person must be on file; for somebody new use capture_inquiry or "
      "create_contact first.";
  create.arguments = share(records.argument_schema(shape, extra));
  create.effect = EffectClass::write;
  create.undoable = true;
  tools.push_back(make_tool(std::move(create), propose_create_lead, run_create_lead));

  ToolSpec update;
  update.name = "update_lead";
  update.description =
      "Correct or complete a lead: title, description, value, expected close, source, whose it is. For status and "
      "stage use move_stage, qualify_lead or disqualify_lead.";
  shape.required = {"lead"};
  shape.clearable = true;
  extra["lead"] = which;
  update.arguments = share(records.argument_schema(shape, extra));
  update.effect = EffectClass::write;
  update.undoable = true;
  tools.push_back(make_tool(std::move(update), propose_update_lead, run_update_lead));
  tools.push_back(make_assign_lead(which));
  return tools;
}

Tools lead_tools(const schema::RecordSchemas& records, const Wording& wording) {
  Tools tools = lead_record_tools(records);
  tools.push_back(make_capture_inquiry(records, wording));
  for (std::unique_ptr<Tool>& tool : lead_lookup_tools(records)) tools.push_back(std::move(tool));
  return tools;
}

}  // namespace deskhand::tools
