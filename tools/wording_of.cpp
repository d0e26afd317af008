#include "tools/wording_of.h"

#include <map>

#include "base/text.h"
#include "procedure/rules.h"
#include "tools/script.h"

namespace deskhand::tools {
namespace {

struct Worded {
  procedure::Template message;
  std::string_view item;  // whose facts its placeholders stand for
};
using Sayings = std::map<Saying, Worded>;

int days_of(const procedure::Duration& duration) {
  constexpr int kMonthDays = 30;
  switch (duration.unit) {
    case procedure::DurationUnit::months: return duration.count * kMonthDays;
    case procedure::DurationUnit::weeks: return duration.count * 7;
    default: return duration.count;
  }
}

Said say(const Sayings& sayings, const Wording& plain, Saying saying, const FactValues& facts) {
  const auto worded = sayings.find(saying);
  if (worded == sayings.end() || worded->second.message.empty()) return plain.say(saying, facts);
  // The question is cut off before the facts go in, so that a name with a question mark can not move the cut.
  const Said parts = split_question(worded->second.message.text());
  const auto fill = [&](const std::string& words) {
    if (words.empty()) return words;
    return fill_in(procedure::template_of(words, worded->second.message.place), worded->second.item, facts).text;
  };
  return {fill(parts.text), fill(parts.question)};
}

}  // namespace

Wording wording_of(const procedure::Procedure& procedure) {
  using procedure::StepAction;
  Sayings sayings;
  if (const procedure::Request* add = procedure::find_request(procedure, "RQ1")) sayings[Saying::contact_added] = {add->confirmation, "RQ1"};
  const procedure::TriggerRule inquiry = procedure::trigger_rule(procedure, "EV1"), qualified = procedure::trigger_rule(procedure, "EV2"),
                               converted = procedure::trigger_rule(procedure, "EV3"), won = procedure::trigger_rule(procedure, "EV4"),
                               lost = procedure::trigger_rule(procedure, "EV5");
  sayings[Saying::inquiry_received] = {inquiry.owner_message, "EV1"};
  sayings[Saying::lead_qualified] = {qualified.log, "EV2"};
  sayings[Saying::opportunity_won] = {won.log, "EV4"};
  sayings[Saying::quickbooks_question] = {won.quickbooks_question, "EV4"};
  sayings[Saying::reminder_offer] = {lost.reminder_question, "EV5"};

  Wording wording = plain_wording();
  if (lost.reminder) wording.reminder_days = days_of(*lost.reminder);
  if (qualified.is_active) wording.hands_to_estimating = qualified.has(StepAction::hand_off_estimating) || converted.has(StepAction::hand_off_estimating);
  if (won.is_active || converted.is_active)
    wording.hands_to_scheduling = won.has(StepAction::hand_off_scheduling) || converted.has(StepAction::hand_off_scheduling);
  if (won.is_active) wording.asks_quickbooks = won.has(StepAction::ask_quickbooks) || won.has(StepAction::hand_off_invoicing);
  wording.say = [sayings = std::move(sayings), plain = plain_wording()](Saying saying, const FactValues& facts) {
    return say(sayings, plain, saying, facts);
  };
  return wording;
}

}  // namespace deskhand::tools
