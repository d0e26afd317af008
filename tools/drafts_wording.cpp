#include "tools/drafts_wording.h"

#include <algorithm>

#include "base/json.h"
#include "base/limits.h"
#include "base/text.h"
#include "ports/store/store.h"
#include "procedure/facts.h"
#include "procedure/words.h"
#include "tools/appointments_time.h"
#include "tools/local_time.h"
#include "tools/people_lists.h"
#include "tools/present.h"

namespace deskhand::tools {
namespace {

namespace fact = procedure::fact;
using procedure::FactValues;
using procedure::Placeholder;
using procedure::Template;

constexpr std::size_t kProposalHistoryRows = 50;  // how far back the last word on a proposal is looked for
constexpr std::size_t kShownTitleBytes = 100;     // of a title inside a sentence or a subject line

std::string day_text(Day day, Day today) {
  return to_long_text(day) + (day.year() == today.year() ? "" : ", " + std::to_string(day.year()));
}

// --- what is on record -----------------------------------------------------------------------------------------------

bool speaks_of_proposal(const Interaction& interaction) {
  return interaction.outcome == Outcome::sent_proposal || interaction.outcome == Outcome::accepted_proposal ||
         interaction.outcome == Outcome::rejected_proposal;
}

// What was put on record last, for whichever day: somebody who logs today what was said last week knows what came of
// it.
const Interaction* last_recorded(const std::vector<Interaction>& history, bool (*fits)(const Interaction&)) {
  const Interaction* last = nullptr;
  for (const Interaction& interaction : history)
    if (fits(interaction) && (last == nullptr || interaction.head.ref_number > last->head.ref_number))
      last = &interaction;
  return last;
}

std::optional<Outcome> last_word_on_proposal(const std::vector<Interaction>& history) {
  const Interaction* last = last_recorded(history, speaks_of_proposal);
  return last == nullptr ? std::nullopt : std::optional(last->outcome);
}

// The day of the newest estimate; a later entry that says outright on which day it was sent goes before it.
std::optional<Day> proposal_day(const LeadStanding& standing, const ToolContext& context) {
  const Estimate* estimate = nullptr;
  for (const Estimate& one : standing.estimates)
    if (estimate == nullptr && one.status == EstimateStatus::sent) estimate = &one;
  const Interaction* entry = last_recorded(
      standing.history, [](const Interaction& interaction) { return interaction.outcome == Outcome::sent_proposal; });
  if (entry == nullptr) return estimate == nullptr ? std::nullopt : std::optional(estimate->sent_on);
  const Day day = local_day(entry->at, context);
  const bool outright = day != local_day(entry->head.created_at, context);
  if (estimate == nullptr || (outright && entry->head.created_at >= estimate->head.created_at)) return day;
  return estimate->sent_on;
}

std::optional<Money> proposal_amount(const Subject& subject, const LeadStanding& standing) {
  if (!standing.estimates.empty()) return standing.estimates.front().amount;
  if (subject.opportunity && subject.opportunity->amount) return subject.opportunity->amount;
  return subject.lead ? subject.lead->estimated_value : std::nullopt;
}

Result<std::string> suggested_time(const ToolContext& context) {
  const Zone zone = zone_of(context.org);
  const Instant from = zone.start_of(context.today);
  Result<std::vector<Appointment>> booked = context.txn.opportunities().appointments_between(
      from, from.plus_seconds((kHalfDaysAhead + 2) * kSecondsPerDay), limits::kPageRowsMax);
  if (!booked) return booked.error();
  const std::optional<HalfDay> half = next_free_half_day(context.org, zone, *booked, context.today);
  return half ? half_day_text(*half, context.today) : std::string();
}

// "Dear [name]" is answered with the whole name, "Hi [name]" with the first one.
bool greets_formally(const Template& wording) {
  return !wording.rows.empty() && starts_with_ignoring_case(trim(wording.rows.front().text), "dear ");
}

void add_custom(FactValues& values, std::string_view noun, const CustomFields& fields) {
  for (const auto& [name, stored] : fields) {
    const Result<Json> value = parse_json(stored, limits::kCustomValueBytes);
    if (!value || value->is_null() || value->is_structured()) continue;
    values[std::string(noun) + "." + name] =
        value->is_string() ? printable_line(value->get<std::string>()) : to_text(*value);
  }
}

void add_contact(FactValues& values, const Contact& contact, bool formal, const Org& org) {
  const bool named = !contact.first_name.empty() || !contact.last_name.empty();
  const std::string full = named ? printable_line(contact.full_name()) : std::string();
  const std::string first = contact.first_name.empty() ? full : printable_line(contact.first_name);
  values[std::string(fact::kContactName)] = formal ? full : first;
  values[std::string(fact::kContactFirstName)] = first;
  values[std::string(fact::kContactPhone)] = phone_of(contact, org);
  values[std::string(fact::kContactEmail)] = contact.email();
  values[std::string(fact::kContactAddress)] = printable_line(contact.address);
  add_custom(values, "contact", contact.custom);
}

Result<FactValues> facts_for(const Template& wording, const Subject& subject, const LeadStanding& standing,
                             const ToolContext& context) {
  FactValues values;
  if (subject.contact) add_contact(values, *subject.contact, greets_formally(wording), context.org);
  if (subject.lead) {
    values[std::string(fact::kLeadSource)] = spoken(name_of(subject.lead->source));
    add_custom(values, "lead", subject.lead->custom);
  }
  values[std::string(fact::kJobDescription)] = in_sentence(subject.job());
  if (const std::optional<Day> day = proposal_day(standing, context))
    values[std::string(fact::kEstimateDate)] = day_text(*day, context.today);
  if (const std::optional<Money> amount = proposal_amount(subject, standing))
    values[std::string(fact::kEstimateAmount)] = to_short_text(*amount);
  if (const Interaction* talk = last_talk(standing.history)) {
    values[std::string(fact::kLastTouchSummary)] = summary_line(*talk);
    values[std::string(fact::kLastTouchDate)] = day_text(local_day(talk->at, context), context.today);
  }
  values[std::string(fact::kToday)] = day_text(context.today, context.today);
  values[std::string(fact::kBusinessName)] = context.org.name;
  values[std::string(fact::kBusinessPhone)] = phone_text(context.org.phone, context.org);
  values[std::string(fact::kOwnerName)] = owner_name(context);
  Result<std::string> time = suggested_time(context);
  if (!time) return time.error();
  values[std::string(fact::kSuggestedTime)] = std::move(*time);
  return values;
}

// What the caller says a placeholder stands for, be it one that has a fact or one of the owner's own.
void put_fill(const Json& fill, const Template& wording, std::string_view item_id, FactValues& values) {
  if (!fill.is_object()) return;
  const procedure::CatalogueItem* item = procedure::core_catalogue().find(item_id);
  for (const auto& [key, value] : fill.items()) {
    if (!value.is_string()) continue;
    const std::string words = procedure::folded(key);
    const std::string said = squeeze(printable_line(value.get<std::string>()));
    if (words.empty() || said.empty()) continue;
    values["said." + words] = said;
    for (const Placeholder& placeholder : procedure::placeholders_of(wording)) {
      if (placeholder.words != words || item == nullptr) continue;
      if (const std::string name = procedure::fact_of(*item, wording, placeholder); !name.empty()) values[name] = said;
    }
  }
}

// --- what is missing -------------------------------------------------------------------------------------------------

std::string question_for(std::string_view name, const Placeholder& placeholder) {
  if (name == fact::kContactName || name == fact::kContactFirstName) return "what is the customer's name?";
  if (name == fact::kJobDescription) return "what is the job, in a few words?";
  if (name == fact::kSuggestedTime) return "which day and time shall I suggest?";
  if (name == fact::kEstimateDate) return "on which day was the estimate sent?";
  if (name == fact::kEstimateAmount) return "how much was the estimate?";
  if (name == fact::kContactAddress) return "what is the service address?";
  if (name == fact::kContactPhone) return "what is their phone number?";
  return "what shall stand for " + placeholder.as_written + "?";
}

Error ask_for(const std::vector<Placeholder>& open, const Template& wording, std::string_view item_id) {
  const procedure::CatalogueItem* item = procedure::core_catalogue().find(item_id);
  std::vector<std::string> questions, names;
  for (const Placeholder& placeholder : open) {
    const std::string name = item == nullptr ? std::string() : procedure::fact_of(*item, wording, placeholder);
    std::string question = question_for(name, placeholder);
    if (std::find(questions.begin(), questions.end(), question) == questions.end())
      questions.push_back(std::move(question));
    if (std::find(names.begin(), names.end(), placeholder.as_written) == names.end())
      names.push_back(placeholder.as_written);
  }
  return make_error(Code::invalid_argument, "Before I can draft this: " + join(questions, " And ") + " (" +
                                                join(names, ", ") + " can be given in fill.)");
}

bool is_lower_word(std::string_view word) {
  return std::none_of(word.begin(), word.end(),
                      [](char byte) { return (byte >= 'A' && byte <= 'Z') || (byte >= '0' && byte <= '9'); });
}

}  // namespace

Result<LeadStanding> standing_of(const ToolContext& context, const Subject& subject) {
  LeadStanding standing;
  if (!subject.lead) return standing;
  Result<std::vector<Interaction>> history = context.txn.interactions().of_lead(subject.lead->id, kProposalHistoryRows);
  if (!history) return history.error();
  standing.history = std::move(*history);
  Result<std::vector<Estimate>> estimates = context.txn.opportunities().estimates_of(subject.lead->id);
  if (!estimates) return estimates.error();
  standing.estimates = std::move(*estimates);
  std::erase_if(standing.estimates, [](const Estimate& estimate) { return estimate.status == EstimateStatus::draft; });
  if (!subject.contact) return standing;
  Result<std::vector<Appointment>> visits =
      context.txn.opportunities().appointments_of(subject.contact->id, kProposalHistoryRows);
  if (!visits) return visits.error();
  for (Appointment& visit : *visits) {
    const bool ours = visit.lead.empty() || visit.lead == subject.lead->id;
    const bool coming = visit.status == AppointmentStatus::scheduled && visit.starts_at >= context.now;
    if (ours && coming && (!standing.next_visit || visit.starts_at < standing.next_visit->starts_at))
      standing.next_visit = std::move(visit);
  }
  return standing;
}

std::optional<DraftStage> stage_of(const Subject& subject, const LeadStanding& standing, std::string& why) {
  if (standing.next_visit) {
    why = "a visit is booked already";
    return std::nullopt;
  }
  const std::optional<OpportunityStage> deal =
      subject.opportunity ? std::optional(subject.opportunity->stage) : std::nullopt;
  if (deal == OpportunityStage::won || deal == OpportunityStage::scheduled) return DraftStage::accepted;
  const std::optional<Outcome> word = last_word_on_proposal(standing.history);
  const std::optional<EstimateStatus> estimate =
      standing.estimates.empty() ? std::nullopt : std::optional(standing.estimates.front().status);
  if (estimate == EstimateStatus::accepted || word == Outcome::accepted_proposal) return DraftStage::accepted;
  if (estimate == EstimateStatus::rejected || (!estimate && word == Outcome::rejected_proposal)) {
    why = "the proposal was turned down";
    return std::nullopt;
  }
  const bool by_stage = subject.lead && subject.lead->stage == LeadStage::estimate_sent;
  if (estimate == EstimateStatus::sent || word == Outcome::sent_proposal || by_stage) return DraftStage::estimate_sent;
  return DraftStage::inquiry;
}

std::string in_sentence(std::string_view title) {
  std::string text = shorten(squeeze(printable_line(title)), kShownTitleBytes);
  while (!text.empty() && (text.back() == '.' || text.back() == '!')) text.pop_back();
  const std::vector<std::string> words = split(text, ' ');
  if (words.empty() || words.front().size() < 2 || text[0] < 'A' || text[0] > 'Z') return text;
  // "HVAC tune-up", "3M", "Kohler Faucet": a second capital means that the first is more than the start of a sentence.
  const bool alone = words.size() == 1 || is_lower_word(words[1]);
  if (!alone || !is_lower_word(std::string_view(words.front()).substr(1))) return text;
  text[0] = static_cast<char>(text[0] - 'A' + 'a');
  return text;
}

std::string subject_for(std::string_view title, std::optional<DraftStage> stage) {
  const std::string job = in_sentence(title);
  if (job.empty()) return "Your inquiry";
  if (stage == DraftStage::estimate_sent) return "Your estimate: " + job;
  if (stage == DraftStage::accepted) return "Next step: " + job;
  const std::string first = split(job, ' ').front();
  // A title that is half a sentence ("needs a new roof") does not go after "your".
  for (const std::string_view verb :
       {"needs", "wants", "need", "want", "asks", "asked", "looking", "is", "has", "would", "please", "can",
        "how",   "what",  "when", "my",   "our",  "your",  "the",     "a",  "an",  "i",     "we"})
    if (to_lower(first) == verb) return "About your inquiry: " + job;
  return "Your " + job;
}

Result<std::string> worded(const Template& wording, DraftStage stage, const Json& fill, const Subject& subject,
                           const LeadStanding& standing, const ToolContext& context) {
  const std::string_view item = item_id_of(stage);
  Result<FactValues> values = facts_for(wording, subject, standing, context);
  if (!values) return values.error();
  put_fill(fill, wording, item, *values);
  const procedure::Rendered rendered = fill_in(wording, item, *values);
  if (!rendered.open.empty()) return ask_for(rendered.open, wording, item);
  return rendered.text;
}

}  // namespace deskhand::tools
