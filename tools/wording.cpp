#include "tools/wording.h"

#include <map>

#include "base/text.h"
#include "ports/store/store.h"
#include "procedure/rules.h"
#include "tools/present.h"
#include "tools/script.h"

namespace deskhand::tools {
namespace {

constexpr std::string_view words_for(Saying saying) {
  switch (saying) {
    case Saying::contact_added:
      return "Added: [contact_name], [contact_phone]. They are on file as a new prospect. Is there a note to add, or a "
             "lead to open?";
    case Saying::inquiry_received:
      return "New inquiry from [contact_name] — [lead_title]. Phone: [contact_phone]. Came in via [lead_source]. Shall "
             "I draft an answer?";
    case Saying::lead_qualified:
      return "Lead qualified — moving to [lead_stage].";
    case Saying::opportunity_won:
      return "Opportunity won — [deal_name].";
    case Saying::quickbooks_question:
      return "Create [contact_name] in QuickBooks?";
    case Saying::reminder_offer:
      return "Shall I remind you to check back with [contact_name] in [reminder_count] [reminder_unit]?";
  }
  return {};
}

void put_fact(FactValues& facts, std::string_view name, std::string value) {
  if (!value.empty()) facts.insert_or_assign(std::string(name), printable_line(value));
}

}  // namespace

std::string filled(std::string_view wording, const FactValues& facts) {
  std::string text;
  while (!wording.empty()) {
    const std::size_t open = wording.find('[');
    const std::size_t close = open == std::string_view::npos ? open : wording.find(']', open);
    text += wording.substr(0, open);
    if (close == std::string_view::npos) {
      if (open != std::string_view::npos) text += wording.substr(open);
      break;
    }
    const auto value = facts.find(wording.substr(open + 1, close - open - 1));
    if (value != facts.end()) text += value->second;
    wording.remove_prefix(close + 1);
  }
  return text;
}

Said split_question(std::string_view wording) {
  wording = trim(wording);
  if (!wording.ends_with('?')) return {std::string(wording), ""};
  std::size_t begin = 0;
  for (std::size_t at = 0; at + 2 < wording.size(); ++at) {
    const bool ends = wording[at] == '\n' || ((wording[at] == '.' || wording[at] == '!' || wording[at] == '?') &&
                                              (wording[at + 1] == ' ' || wording[at + 1] == '\n'));
    if (ends) begin = at + 1;
  }
  return {std::string(trim(wording.substr(0, begin))), std::string(trim(wording.substr(begin)))};
}

FactValues facts_about(const ToolContext& context, const Contact* contact, const Lead* lead,
                       const Opportunity* opportunity) {
  namespace fact = procedure::fact;
  FactValues facts;
  put_fact(facts, fact::kToday, to_long_text(context.today));
  put_fact(facts, fact::kBusinessName, context.org.name);
  put_fact(facts, fact::kBusinessPhone, phone_text(context.org.phone, context.org));
  if (contact != nullptr) {
    put_fact(facts, fact::kContactName, contact->full_name());
    put_fact(facts, fact::kContactFirstName, contact->first_name.empty() ? contact->full_name() : contact->first_name);
    put_fact(facts, fact::kContactPhone, phone_of(*contact, context.org));
    put_fact(facts, fact::kContactEmail, contact->email());
    put_fact(facts, fact::kContactAddress, contact->address);
    put_fact(facts, fact::kContactSource, contact->source);
    put_fact(facts, fact::kContactSince, to_short_text(context.today));
    const auto company = context.txn.contacts().find_company(contact->company);
    if (!contact->company.empty() && company) put_fact(facts, fact::kCompanyName, company->name);
  }
  if (lead != nullptr) {
    put_fact(facts, fact::kLeadTitle, lead->title);
    put_fact(facts, fact::kJobDescription, lead->title);
    put_fact(facts, fact::kLeadRef, ref_of(*lead));
    put_fact(facts, fact::kLeadSource, spoken(name_of(lead->source)));
    put_fact(facts, fact::kLeadStage, spoken(name_of(lead->stage)));
    put_fact(facts, fact::kLeadStatus, spoken(name_of(lead->status)));
    put_fact(facts, fact::kLeadDescription, lead->description);
    put_fact(facts, fact::kLeadAssignee, name_of_user(context, lead->assignee));
    if (lead->estimated_value) put_fact(facts, fact::kLeadValue, to_short_text(*lead->estimated_value));
    put_fact(facts, fact::kReason, spoken(name_of(lead->disqualify_reason)));
    if (contact == nullptr) put_fact(facts, fact::kContactName, lead->title);
  }
  if (opportunity != nullptr) {
    put_fact(facts, fact::kDealName, opportunity->name);
    if (lead == nullptr) put_fact(facts, fact::kJobDescription, opportunity->name);
    if (opportunity->amount) put_fact(facts, fact::kDealAmount, to_short_text(*opportunity->amount));
    if (opportunity->lost_reason != LostReason::none)
      put_fact(facts, fact::kReason, spoken(name_of(opportunity->lost_reason)));
    if (contact == nullptr) put_fact(facts, fact::kContactName, opportunity->name);
  }
  return facts;
}

Wording plain_wording() {
  Wording wording;
  wording.say = [](Saying saying, const FactValues& facts) {
    const Said said = split_question(words_for(saying));
    return Said{filled(said.text, facts), filled(said.question, facts)};
  };
  return wording;
}

namespace {

using procedure::Template;
using procedure::TriggerRule;

struct SayingTemplate {
  std::string_view item;  // of the procedure's catalogue, for what its placeholders stand for
  Template statement, question;
};
using SayingTemplates = std::map<Saying, SayingTemplate>;

Template template_of_text(std::string_view text) {
  Template made;
  if (text.empty()) return made;
  for (std::string& row : split(text, '\n')) made.rows.push_back({std::move(row), 0});
  return made;
}

void take(SayingTemplates& templates, Saying saying, std::string_view item, const Template& message) {
  if (message.empty()) return;
  const Said parts = split_question(message.text());
  templates.insert_or_assign(saying,
                             SayingTemplate{item, template_of_text(parts.text), template_of_text(parts.question)});
}

void take_qualified(const TriggerRule& rule, Wording& wording) {
  wording.hands_to_estimating = rule.has(procedure::StepAction::hand_off_estimating);
  for (const std::string& value : rule.values("pipeline_stage")) {
    const auto stage = parse_lead_stage(value);
    if (!stage || *stage == LeadStage::inquiry) continue;
    wording.qualified_stage = *stage;
    break;
  }
  for (const std::string& value : rule.values("status"))
    if (const auto status = parse_lead_status(value); status == LeadStatus::working || status == LeadStatus::qualified)
      wording.qualified_status = *status;
}

void take_lost(const TriggerRule& rule, Wording& wording) {
  if (!rule.reminder || rule.reminder->count <= 0) return;
  wording.reminder_count = rule.reminder->count;
  wording.reminder_days = procedure::in_days(*rule.reminder);
  const std::string written = procedure::to_text(*rule.reminder);  // "6 months"
  wording.reminder_unit = written.substr(std::min(written.size(), written.find(' ') + 1));
}

}  // namespace

Wording wording_of(const procedure::Procedure& procedure) {
  Wording wording = plain_wording();
  SayingTemplates templates;
  if (const procedure::Request* request = procedure::find_request(procedure, "RQ1"))
    take(templates, Saying::contact_added, "RQ1", request->confirmation);
  if (const TriggerRule rule = procedure::trigger_rule(procedure, "EV1"); rule.is_active)
    take(templates, Saying::inquiry_received, "EV1", rule.owner_message);
  if (const TriggerRule rule = procedure::trigger_rule(procedure, "EV2"); rule.is_active) {
    take(templates, Saying::lead_qualified, "EV2", rule.log);
    take_qualified(rule, wording);
  }
  if (const TriggerRule rule = procedure::trigger_rule(procedure, "EV4"); rule.is_active) {
    take(templates, Saying::opportunity_won, "EV4", rule.log);
    take(templates, Saying::quickbooks_question, "EV4", rule.quickbooks_question);
    wording.hands_win_to_scheduling = rule.has(procedure::StepAction::hand_off_scheduling);
    wording.asks_quickbooks =
        rule.has(procedure::StepAction::ask_quickbooks) || rule.has(procedure::StepAction::hand_off_invoicing);
  }
  if (const TriggerRule rule = procedure::trigger_rule(procedure, "EV5"); rule.is_active) {
    take(templates, Saying::reminder_offer, "EV5", rule.reminder_question);
    take_lost(rule, wording);
  }
  wording.say = [plain = wording.say, templates = std::move(templates)](Saying saying, const FactValues& facts) {
    const auto own = templates.find(saying);
    if (own == templates.end()) return plain(saying, facts);
    return Said{fill_in(own->second.statement, own->second.item, facts).text,
                fill_in(own->second.question, own->second.item, facts).text};
  };
  return wording;
}

}  // namespace deskhand::tools
