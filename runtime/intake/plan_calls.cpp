#include "intake/plan_calls.h"

#include <algorithm>

#include "base/json.h"
#include "base/limits.h"
#include "base/text.h"
#include "intake/title.h"

namespace deskhand::intake {
namespace {

constexpr std::size_t kReasonBytes = 200;

PlannedCall call_of(std::string tool, Json arguments) {
  return {std::move(tool), std::make_shared<const Json>(std::move(arguments))};
}

std::string ref_text(char prefix, const RecordHead& head) { return Ref{prefix, head.ref_number}.text(); }

std::string body_text(const std::string& words) {
  return std::string(prefix_utf8(printable(words), limits::kBodyBytes / 4));
}

bool has_point(const Contact& contact, PointKind kind, const std::string& normal) {
  return std::any_of(contact.points.begin(), contact.points.end(), [&](const ContactPoint& point) {
    return point.kind == kind && point.normal == normal && !point.retired;
  });
}

Json source_json(const Source& source) {
  return {{"place", name_of(source.place)},
          {"begin", source.span.begin},
          {"end", source.span.end},
          {"words", shorten(printable_line(source.words), kReasonBytes)}};
}

std::string description_of(const Customer& customer) {
  std::string text;
  if (!customer.service.empty()) text = "Service: " + printable_line(customer.service);
  const std::string words = body_text(customer.words);
  if (!words.empty()) text += (text.empty() ? "" : "\n") + words;
  if (text.empty()) text = printable_line(customer.subject);
  return text;
}

}  // namespace

PlannedCall capture_call(const Customer& customer, const Intent& intent, LeadSource source,
                         const std::string& source_words, const Contact* contact, bool is_unlinked) {
  Json arguments{
      {"title", brief_title(customer)}, {"description", description_of(customer)}, {"source", name_of(source)}};
  if (arguments["title"] == "") arguments["title"] = "Inquiry by e-mail";
  if (!customer.name.empty()) arguments["name"] = std::string(prefix_utf8(customer.name.value, limits::kNameBytes));
  Json phones = Json::array(), emails = Json::array();
  for (const FoundPhone& each : customer.phones)
    if (each.phone.as_typed.size() <= limits::kPhoneBytes)
      phones.push_back(each.phone.as_typed.find_first_of("0123456789") == std::string::npos ? each.phone.e164
                                                                                            : each.phone.as_typed);
  for (const FoundEmail& each : customer.emails) emails.push_back(each.email.as_typed);
  if (!phones.empty()) arguments["phones"] = std::move(phones);
  if (!emails.empty()) arguments["emails"] = std::move(emails);
  if (!customer.address.empty()) arguments["address"] = customer.address.value;
  const std::string words = source_words.empty() ? customer.heard_from.value : source_words;
  if (!words.empty()) arguments["source_words"] = std::string(prefix_utf8(printable_line(words), limits::kNameBytes));
  if (customer.says_urgent || intent.is_urgent) arguments["urgent"] = true;
  if (contact != nullptr) arguments["contact"] = ref_text(ref_prefix::kContact, contact->head);
  if (is_unlinked) arguments["unlinked"] = true;
  return call_of("capture_inquiry", std::move(arguments));
}

PlannedCall log_call(const Contact* contact, const Lead* lead, const std::string& subject, const std::string& words,
                     std::optional<Outcome> outcome, bool is_outbound) {
  Json arguments{{"type", is_outbound ? "email_outbound" : "email_inbound"},
                 {"direction", is_outbound ? "outbound" : "inbound"}};
  if (contact != nullptr) arguments["contact"] = ref_text(ref_prefix::kContact, contact->head);
  if (lead != nullptr) arguments["lead"] = ref_text(ref_prefix::kLead, lead->head);
  const std::string line = std::string(prefix_utf8(squeeze(printable_line(subject)), limits::kSubjectBytes / 4));
  const std::string body = body_text(words);
  if (!line.empty()) arguments["subject"] = line;
  arguments["body"] = body.empty() ? (line.empty() ? std::string("(no text)") : line) : body;
  if (outcome) arguments["outcome"] = name_of(*outcome);
  return call_of("log_interaction", std::move(arguments));
}

PlannedCall do_not_contact_call(const Contact& contact, const std::string& words) {
  return call_of("set_do_not_contact",
                 {{"contact", ref_text(ref_prefix::kContact, contact.head)},
                  {"on", true},
                  {"reason", "Asked by e-mail: " + shorten(printable_line(words), kReasonBytes)}});
}

std::optional<PlannedCall> proposal_call(const Contact& contact, const Customer& customer, bool says_so) {
  Json arguments{{"contact", ref_text(ref_prefix::kContact, contact.head)}};
  const bool wants_phone = says_so || contact.phone().empty(), wants_email = says_so || contact.email().empty();
  for (const FoundPhone& each : customer.phones)
    if (wants_phone && !arguments.contains("add_phone") && !has_point(contact, PointKind::phone, each.phone.e164))
      arguments["add_phone"] = each.phone.e164;
  for (const FoundEmail& each : customer.emails)
    if (wants_email && !arguments.contains("add_email") && !has_point(contact, PointKind::email, each.email.folded))
      arguments["add_email"] = each.email.as_typed;
  if (says_so && !customer.address.empty() && fold_name(customer.address.value) != fold_name(contact.address))
    arguments["address"] = customer.address.value;
  if (arguments.size() == 1) return std::nullopt;
  return call_of("update_contact", std::move(arguments));
}

PlannedCall proof_call(const std::string& outbox_ref, const std::string& proof) {
  return {"record_delivery",
          std::make_shared<const Json>(Json{{"outbox", outbox_ref}, {"state", "sent"}, {"result", proof}})};
}

PlannedCall bounce_call(const std::string& outbox_ref, const std::string& reason) {
  return call_of("record_bounce", {{"outbox", outbox_ref}, {"reason", shorten(printable_line(reason), kReasonBytes)}});
}

std::string extraction_text(const Customer& customer, const std::string& title, const Intent& intent) {
  Json json{{"v", 1}, {"request_signs", intent.request_signs}};
  const auto put = [&](const char* key, const FoundText& found) {
    if (found.empty()) return;
    json[key] = source_json(found.source);
    json[key]["value"] = shorten(printable_line(found.value), limits::kAddressBytes);
  };
  put("name", customer.name);
  put("company", customer.company);
  put("address", customer.address);
  put("heard_from", customer.heard_from);
  for (const FoundPhone& each : customer.phones) {
    Json phone = source_json(each.source);
    phone["value"] = each.phone.e164;
    json["phones"].push_back(std::move(phone));
  }
  for (const FoundEmail& each : customer.emails) {
    Json email = source_json(each.source);
    email["value"] = each.email.folded;
    json["emails"].push_back(std::move(email));
  }
  if (!title.empty()) json["title"] = title;
  return to_text(json);
}

std::vector<std::string> news_about(const Contact& contact, const Customer& customer, const std::string& region) {
  std::vector<std::string> news;
  for (const FoundPhone& each : customer.phones)
    if (!has_point(contact, PointKind::phone, each.phone.e164))
      news.push_back("phone " + format_phone(each.phone.e164, region));
  for (const FoundEmail& each : customer.emails)
    if (!has_point(contact, PointKind::email, each.email.folded)) news.push_back("e-mail " + each.email.folded);
  return news;
}

}  // namespace deskhand::intake
