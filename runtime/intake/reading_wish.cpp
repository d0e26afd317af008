#include "intake/reading_wish.h"

#include "base/json.h"
#include "base/limits.h"
#include "base/text.h"
#include "intake/classify.h"
#include "intake/title.h"

namespace deskhand::intake {
namespace {

bool says_something_of_a_person(const InboundRecord& record) {
  if (record.action == IntakeAction::ignore || record.action == IntakeAction::duplicate) return false;
  return record.kind == name_of(MailKind::person) || record.kind == name_of(MailKind::lead_notice);
}

}  // namespace

Done wish_reading(const InboundRecord& record, Txn& txn) {
  if (!says_something_of_a_person(record)) return {};
  MailReading reading;
  reading.mail = record.id;
  reading.due_at = record.received_at;
  return txn.readings().insert(reading);
}

void summarise_by_rule(Plan& plan) {
  if (!plan.main || (plan.main->tool != "capture_inquiry" && plan.main->tool != "log_interaction")) return;
  const Json& given = *plan.main->arguments;
  const std::string words = given.value(plan.main->tool == "capture_inquiry" ? "description" : "body", "");
  std::string summary = first_sentences(words);
  if (summary.empty()) return;
  Json arguments = given;
  arguments["summary"] = std::move(summary);
  plan.main->arguments = std::make_shared<const Json>(std::move(arguments));
}

std::string first_sentences(std::string_view words) {
  std::string text;
  for (const std::string& sentence : sentences_without_greeting(words)) {
    if (!text.empty() && text.size() + sentence.size() + 1 > limits::kSummaryBytes) break;
    text += (text.empty() ? "" : " ") + sentence;
  }
  return shorten(printable_line(text), limits::kSummaryBytes);
}

}  // namespace deskhand::intake
