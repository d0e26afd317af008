#include "app/eval/givens.h"

#include <functional>

#include "base/json.h"
#include "base/text.h"

namespace deskhand::app::eval {
namespace {

struct Part {
  std::string key, value;
};

// "phone 512-555-0142" with "phone" known; longer keys are tried first by being listed first.
Result<Part> split_part(const std::string& text, const std::vector<std::string>& keys) {
  for (const std::string& key : keys) {
    if (!starts_with_ignoring_case(text, key)) continue;
    if (text.size() > key.size() && text[key.size()] != ' ') continue;
    return Part{key, std::string(trim(std::string_view(text).substr(key.size())))};
  }
  return make_error(Code::invalid_argument, "\"" + text + "\" begins with none of: " + join(keys, ", "));
}

std::vector<std::string> parts_of(const std::string& value) {
  std::vector<std::string> parts;
  for (const std::string& part : split(value, ';'))
    if (!trim(part).empty()) parts.emplace_back(trim(part));
  return parts;
}

void append(Json& list, const std::string& value) { list.push_back(value); }

Result<std::vector<GivenCall>> contact_calls(const ScenarioLine& line) {
  const std::vector<std::string> parts = parts_of(line.value);
  if (parts.empty()) return make_error(Code::invalid_argument, "a contact needs a name");
  Json create{{"name", parts.front()}};
  std::vector<GivenCall> after;
  for (std::size_t i = 1; i < parts.size(); ++i) {
    auto part = split_part(parts[i], {"do not contact", "lifecycle", "phone", "email", "address", "company", "tag", "note", "service", "source", "prefers"});
    if (!part) return part.error();
    const std::string& value = part->value;
    if (part->key == "phone") append(create["phones"], value);
    else if (part->key == "email") append(create["emails"], value);
    else if (part->key == "tag") append(create["tags"], value);
    else if (part->key == "service") append(create["services_interested"], value);
    else if (part->key == "note") create["notes"] = value;
    else if (part->key == "lifecycle") create["lifecycle_stage"] = value;
    else if (part->key == "prefers") create["preferred_channel"] = value;
    else if (part->key == "company") {
      after.insert(after.begin(), {"create_company", to_text(Json{{"name", value}}), ""});
      create["company"] = value;
    } else if (part->key == "do not contact") after.push_back({"set_do_not_contact", to_text(Json{{"contact", parts.front()}, {"on", true}}), ""});
    else create[part->key] = value;
  }
  std::vector<GivenCall> calls;
  for (const GivenCall& call : after)
    if (call.tool == "create_company") calls.push_back(call);
  calls.push_back({"create_contact", to_text(create), ""});
  for (const GivenCall& call : after)
    if (call.tool != "create_company") calls.push_back(call);
  return calls;
}

Result<std::vector<GivenCall>> lead_calls(const ScenarioLine& line) {
  const std::vector<std::string> parts = parts_of(line.value);
  if (parts.empty()) return make_error(Code::invalid_argument, "a lead needs a title");
  Json create{{"title", parts.front()}};
  std::string at, stage, status;
  for (std::size_t i = 1; i < parts.size(); ++i) {
    auto part = split_part(parts[i], {"for", "value", "source", "stage", "status", "close", "says", "on"});
    if (!part) return part.error();
    const std::string& value = part->value;
    if (part->key == "for") create["contact"] = value;
    else if (part->key == "value") create["estimated_value"] = value;
    else if (part->key == "close") create["expected_close_date"] = value;
    else if (part->key == "says") create["description"] = value;
    else if (part->key == "on") at = value;
    else if (part->key == "source") create["source"] = value;
    else (part->key == "stage" ? stage : status) = value;
  }
  std::vector<GivenCall> calls{{"create_lead", to_text(create), at}};
  // An estimate that went out on a day is recorded with it; a bare stage says where the lead stands and nothing of when.
  if (stage == "estimate_sent" && create.contains("estimated_value") && !at.empty())
    calls.push_back({"record_estimate", to_text(Json{{"lead", parts.front()}, {"amount", create["estimated_value"]}}), at});
  else if (!stage.empty() && stage != "inquiry")
    calls.push_back({"move_stage", to_text(Json{{"lead", parts.front()}, {"stage", stage}}), at});
  else if (!status.empty() && status != "new")
    calls.push_back({"move_stage", status == "disqualified" ? to_text(Json{{"lead", parts.front()}, {"stage", status}, {"reason", "other"}})
                                                            : to_text(Json{{"lead", parts.front()}, {"stage", status}}), at});
  return calls;
}

Result<std::vector<GivenCall>> interaction_calls(const ScenarioLine& line) {
  const std::vector<std::string> parts = parts_of(line.value);
  if (parts.empty()) return make_error(Code::invalid_argument, "an interaction needs a type, such as phone_call");
  Json log{{"type", parts.front()}};
  std::string at;
  for (std::size_t i = 1; i < parts.size(); ++i) {
    auto part = split_part(parts[i], {"follow up", "with", "lead", "outcome", "says", "subject", "topic", "inbound", "outbound", "on"});
    if (!part) return part.error();
    const std::string& value = part->value;
    if (part->key == "with") log["contact"] = value;
    else if (part->key == "lead") log["lead"] = value;
    else if (part->key == "outcome") log["outcome"] = value;
    else if (part->key == "says") log["body"] = value;
    else if (part->key == "subject") log["subject"] = value;
    else if (part->key == "topic") log["follow_up_topic"] = value;
    else if (part->key == "follow up") log["follow_up_date"] = value;
    else if (part->key == "on") at = value;
    else log["direction"] = part->key;
  }
  return std::vector<GivenCall>{{"log_interaction", to_text(log), at}};
}

}  // namespace

Result<std::vector<GivenCall>> given_calls(const ScenarioLine& line) {
  if (line.keyword == "given contact") return contact_calls(line);
  if (line.keyword == "given lead") return lead_calls(line);
  if (line.keyword == "given interaction") return interaction_calls(line);
  const std::size_t space = line.value.find_first_of(" \n");
  const std::string arguments = space == std::string::npos ? "{}" : std::string(trim(std::string_view(line.value).substr(space)));
  return std::vector<GivenCall>{{line.value.substr(0, space), arguments, ""}};
}

}  // namespace deskhand::app::eval
