// follow_up_material: the template of a lead's stage as the owner wrote it, and what is on record of that one inquiry. A model
// words a draft from it and from nothing else, so that no other customer's data can get into a draft. See drafts.h.
#include "base/limits.h"
#include "base/text.h"
#include "ports/store/store.h"
#include "tools/arguments.h"
#include "tools/drafts.h"
#include "tools/drafts_wording.h"
#include "tools/present.h"
#include "tools/resolve.h"
#include "tools/schema_parts.h"

namespace deskhand::tools {
namespace {

constexpr std::size_t kEntries = 5;        // the last ones; a follow-up answers what was said last
constexpr std::size_t kEntryBytes = 1'500;

// What the customer asked for and what was said since: their words and ours about this inquiry, no names, no addresses.
std::string words_on_record(const Subject& subject, const LeadStanding& standing) {
  std::string words = "Inquiry: " + printable_line(subject.lead->title) + "\n";
  if (!subject.lead->description.empty()) words += shorten(printable(subject.lead->description), kEntryBytes) + "\n";
  std::size_t entries = 0;
  for (const Interaction& entry : standing.history) {
    if (entry.type == InteractionType::system || entry.body == subject.lead->description) continue;
    if (++entries > kEntries) break;
    words += std::string(entry.inbound ? "They" : "We") + " (" + spoken(name_of(entry.type)) + "): " +
             shorten(printable(entry.body.empty() ? entry.subject : entry.body), kEntryBytes) + "\n";
  }
  return words;
}

Result<ToolOutcome> run_material(const Json& arguments, ToolContext& context, const Script& script) {
  Result<Subject> subject = lead_to_follow_up(arguments, context);
  if (!subject) return subject.error();
  Result<LeadStanding> standing = standing_of(context, *subject);
  if (!standing) return standing.error();
  std::string why;
  const std::optional<DraftStage> stage = stage_of(*subject, *standing, why);
  const auto wording = stage ? script.drafts.find(*stage) : script.drafts.end();
  if (wording == script.drafts.end())
    return make_error(Code::not_found, "The procedure has no wording for " + ref_of(*subject->lead) + ".");
  Json placeholders = Json::array();
  for (const procedure::Placeholder& placeholder : procedure::placeholders_of(wording->second))
    placeholders.push_back(placeholder.as_written);
  ToolOutcome outcome;
  outcome.data = share(Json{{"lead", ref_of(*subject->lead)},
                            {"title", printable_line(subject->lead->title)},
                            {"template", wording->second.text()},
                            {"placeholders", std::move(placeholders)},
                            {"words", words_on_record(*subject, *standing)}});
  outcome.text = "What a follow-up on " + ref_of(*subject->lead) + " is worded from.";
  return outcome;
}

}  // namespace

Result<Subject> lead_to_follow_up(const Json& arguments, const ToolContext& context) {
  Result<Lead> lead = resolve_lead(context, line(arguments, "lead"), Scope::open_first);
  if (!lead) return lead.error();
  if (lead->state == CanonicalState::lost || lead->state == CanonicalState::disqualified)
    return make_error(Code::conflict, ref_of(*lead) + " " + printable_line(lead->title) + " is " +
                                          status_text(*lead, context) +
                                          "; reopen it first, or write to the person with draft_message");
  Result<Subject> subject = resolve_subject(Json{{"lead", ref_of(*lead)}}, context, Scope::open_first);
  if (!subject) return subject;
  if (!subject->contact)
    return make_error(Code::invalid_argument,
                      ref_of(*lead) + " has no known contact yet; who is it, and how can they be reached?");
  return subject;
}

std::unique_ptr<Tool> make_follow_up_material(const SharedScript& script) {
  ToolSpec spec;
  spec.name = "follow_up_material";
  spec.description = "What the words of a follow-up on a lead are made from: its stage's template and its own record.";
  spec.arguments = share(closed_schema({{"lead", text_of("The lead's ref.", limits::kNameBytes)}}, {"lead"}));
  spec.effect = EffectClass::read;
  spec.role = ToolRole::system;
  return make_tool(std::move(spec), propose_read, [script](const Json& arguments, ToolContext& context) {
    return run_material(arguments, context, *script);
  });
}

}  // namespace deskhand::tools
