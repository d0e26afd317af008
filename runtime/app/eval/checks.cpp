#include "app/eval/checks.h"

#include <algorithm>
#include <functional>
#include <map>

#include "base/json.h"
#include "base/limits.h"
#include "base/text.h"

namespace deskhand::app::eval {
namespace {

constexpr std::size_t kShown = 300;

Error failed(const std::string& what) { return make_error(Code::conflict, what); }
std::string in_quotes(const std::string& text) { return "\"" + shorten(replace_all(text, "\n", " / "), kShown) + "\""; }

bool holds(const std::string& text, const std::string& words) {
  return to_lower(squeeze(text)).find(to_lower(squeeze(words))) != std::string::npos;
}

bool is_subset(const Json& wanted, const Json& there) {
  if (wanted.is_object()) {
    if (!there.is_object()) return false;
    for (auto item = wanted.begin(); item != wanted.end(); ++item)
      if (!there.contains(item.key()) || !is_subset(item.value(), there[item.key()])) return false;
    return true;
  }
  if (wanted.is_array() && there.is_array())
    return std::all_of(wanted.begin(), wanted.end(), [&](const Json& item) {
      return std::any_of(there.begin(), there.end(), [&](const Json& one) { return is_subset(item, one); });
    });
  if (wanted.is_string() && there.is_string()) return equal_ignoring_case(wanted.get<std::string>(), there.get<std::string>());
  return wanted == there;
}

bool writes(const toolbox::Toolbox& toolbox, const std::string& tool) {
  const ToolSpec* spec = toolbox.find(tool);
  return spec == nullptr || spec->effect != EffectClass::read;
}

std::string calls_text(const Happened& happened) {
  std::vector<std::string> names;
  for (const HappenedCall& call : happened.calls) names.push_back(call.tool + (call.ok ? "" : " (" + call.code + ")") + (call.arguments ? " " + to_text(*call.arguments) : ""));
  return names.empty() ? "nothing" : join(names, "; ");
}

// --- about what happened ---------------------------------------------------------------------------------------------

Done check_called(const ScenarioLine& line, const Happened& happened) {
  const std::size_t space = line.value.find_first_of(" \n");
  const std::string tool = line.value.substr(0, space);
  Json wanted = Json::object();
  if (space != std::string::npos) {
    auto parsed = parse_json(trim(std::string_view(line.value).substr(space)), limits::kToolArgumentsBytes);
    if (!parsed) return make_error(Code::invalid_argument, parsed.error().message);
    wanted = std::move(*parsed);
  }
  for (const HappenedCall& call : happened.calls)
    if (call.tool == tool && call.ok && (wanted.empty() || (call.arguments && is_subset(wanted, *call.arguments)))) return {};
  return failed("expected a call of " + line.value + "; called: " + calls_text(happened) + "; reply: " + in_quotes(happened.text));
}

Done check_reply(const ScenarioLine& line, const Happened& happened) {
  const std::string all = happened.everything();
  if (line.keyword == "reply has" && !holds(all, line.value)) return failed("the reply lacks " + in_quotes(line.value) + ": " + in_quotes(all));
  if (line.keyword == "reply lacks" && holds(all, line.value)) return failed("the reply has " + in_quotes(line.value) + ": " + in_quotes(all));
  if (line.keyword != "reply asks") return {};
  const bool changed = std::any_of(happened.calls.begin(), happened.calls.end(), [](const HappenedCall& call) { return call.ok && call.writes; });
  if (happened.text.find('?') == std::string::npos) return failed("the reply asks nothing: " + in_quotes(all) + "; called: " + calls_text(happened));
  if (changed) return failed("the reply asks, but something was changed: " + calls_text(happened));
  if (!line.value.empty() && !holds(all, line.value)) return failed("the question lacks " + in_quotes(line.value) + ": " + in_quotes(all));
  return {};
}

Done check_cards(const ScenarioLine& line, const Happened& happened) {
  if (line.keyword == "no card") return happened.cards.empty() ? Done{} : Done{failed("there is a card: " + in_quotes(happened.cards.front().summary))};
  if (line.keyword == "cards")
    return std::to_string(happened.cards.size()) == line.value ? Done{} : Done{failed("there are " + std::to_string(happened.cards.size()) + " cards; reply: " + in_quotes(happened.text))};
  std::vector<std::string> kinds;
  for (const Card& card : happened.cards) {
    if (line.keyword == "card" && name_of(card.kind) == line.value) return {};
    if (line.keyword == "card has" && holds(card.body, line.value)) return {};
    kinds.push_back(std::string(name_of(card.kind)) + ": " + card.body);
  }
  return failed("no card with " + in_quotes(line.value) + "; cards: " + in_quotes(join(kinds, " | ")) + "; reply: " + in_quotes(happened.text) + "; called: " + calls_text(happened));
}

Done check_calls(const ScenarioLine& line, const Happened& happened) {
  for (const HappenedCall& call : happened.calls) {
    if (line.keyword == "not called" && call.tool == line.value && call.ok) return failed(call.tool + " was called");
    if (line.keyword == "nothing called") return failed("called: " + calls_text(happened));
    if (line.keyword == "nothing changed" && call.ok && call.writes) return failed("called: " + calls_text(happened));
    if (line.keyword == "refused" && !call.ok && call.code == "forbidden" && (line.value.empty() || call.rule == line.value)) return {};
    if (line.keyword == "failed" && !call.ok && (line.value.empty() || call.code == line.value)) return {};
  }
  if (line.keyword == "refused" || line.keyword == "failed") return failed("nothing was " + line.keyword + "; called: " + calls_text(happened));
  return {};
}

// --- about the record ------------------------------------------------------------------------------------------------

std::string shown(const Json& value) { return value.is_string() ? value.get<std::string>() : to_text(value); }

bool value_fits(const Json& there, const std::string& wanted) {
  if (there.is_array()) return wanted == "nothing" ? there.empty() : std::any_of(there.begin(), there.end(), [&](const Json& item) { return value_fits(item, wanted); });
  if (there.is_null() || there == "") return wanted == "nothing";
  const std::string text = shown(there);
  if (equal_ignoring_case(text, wanted)) return true;
  if (there.is_number()) {  // 2400 and $2,400 and 2400.00
    const std::string digits = replace_all(replace_all(wanted, "$", ""), ",", "");
    char* end = nullptr;
    const double number = std::strtod(digits.c_str(), &end);
    return end != digits.c_str() && *end == '\0' && number == there.get<double>();
  }
  if (there.is_object()) return std::any_of(there.begin(), there.end(), [&](const Json& item) { return value_fits(item, wanted); });
  return false;
}

// "a = b, c = d": a comma separates only where another field follows it.
std::vector<std::string> split_fields(const std::string& value) {
  std::vector<std::string> fields;
  for (const std::string& part : split(value, ',')) {
    const bool begins = part.find(" = ") != std::string::npos || part.find(" lacks ") != std::string::npos || part.find(" has ") != std::string::npos;
    if (begins || fields.empty()) fields.emplace_back(trim(part));
    else fields.back() += "," + part;
  }
  return fields;
}

Done check_fields(const ScenarioLine& line, Stage& stage) {
  const std::string tool = "show_" + line.keyword;
  const toolbox::CallResult result = stage.call(tool, to_text(Json{{line.keyword, line.subject}}), false);
  if (!result.ok) return failed(line.keyword + " " + line.subject + ": " + result.error);
  for (const std::string& field : split_fields(line.value)) {
    std::string_view verb = " = ";
    for (const std::string_view other : {" lacks ", " has "})
      if (field.find(" = ") == std::string::npos && field.find(other) != std::string::npos) verb = other;
    const std::size_t middle = field.find(verb);
    if (middle == std::string::npos) return make_error(Code::invalid_argument, "write: field = value, not " + in_quotes(field));
    const std::string name(trim(std::string_view(field).substr(0, middle)));
    const std::string wanted(trim(std::string_view(field).substr(middle + verb.size())));
    const Json there = result.data && result.data->contains(name) ? (*result.data)[name] : Json();
    const bool fits = verb == " has " ? holds(shown(there), wanted) : value_fits(there, wanted);
    if (fits == (verb == " lacks ")) return failed(line.keyword + " " + line.subject + ": " + name + " is " + in_quotes(shown(there)) + ", expected " + std::string(trim(verb)) + " " + in_quotes(wanted));
  }
  return {};
}

Result<std::int64_t> count_of_noun(const std::string& noun, Stage& stage) {
  std::int64_t count = -1;
  const Done done = stage.runtime().store().read(stage.runtime().org().id, [&](Txn& txn) -> Done {
    if (noun == "contacts") {
      ContactFilter filter;
      filter.rows_max = 1000;
      auto rows = txn.contacts().list(filter);
      if (!rows) return rows.error();
      count = static_cast<std::int64_t>(rows->size());
    } else if (noun == "leads") {
      auto rows = txn.leads().count({});
      if (!rows) return rows.error();
      count = *rows;
    } else if (noun == "opportunities") {
      OpportunityFilter filter;
      filter.rows_max = 1000;
      auto rows = txn.opportunities().list(filter);
      if (!rows) return rows.error();
      count = static_cast<std::int64_t>(rows->size());
    } else if (noun == "approvals") {
      auto rows = txn.approvals().count_pending();
      if (!rows) return rows.error();
      count = *rows;
    } else if (noun == "reminders") {
      auto rows = txn.interactions().reminders_due(Day{200'000}, 1000);
      if (!rows) return rows.error();
      count = static_cast<std::int64_t>(rows->size());
    } else if (noun == "interactions") {
      ContactFilter filter;
      filter.rows_max = 1000;
      auto contacts = txn.contacts().list(filter);
      if (!contacts) return contacts.error();
      count = 0;
      for (const Contact& contact : *contacts) {
        auto rows = txn.interactions().of_contact(contact.id, 1000);
        if (!rows) return rows.error();
        count += std::count_if(rows->begin(), rows->end(), [](const Interaction& row) { return row.type != InteractionType::system; });
      }
    }
    return {};
  });
  if (!done) return done.error();
  if (count < 0) return make_error(Code::invalid_argument, "count knows contacts, leads, opportunities, interactions, approvals and reminders");
  return count;
}

Done check_count(const ScenarioLine& line, Stage& stage) {
  auto count = count_of_noun(line.subject, stage);
  if (!count) return count.error();
  return std::to_string(*count) == line.value ? Done{} : Done{failed("there are " + std::to_string(*count) + " " + line.subject + ", expected " + line.value)};
}

Done check_timeline(const ScenarioLine& line, Stage& stage) {
  const toolbox::CallResult result = stage.call("show_timeline", to_text(Json{{"contact", line.subject}}), false);
  if (!result.ok) return failed("timeline of " + line.subject + ": " + result.error);
  const std::string all = result.text + (result.data ? to_text(*result.data) : "");
  const bool there = holds(all, line.value);
  if (there == (line.keyword == "timeline has")) return {};
  return failed("the timeline of " + line.subject + (there ? " has " : " lacks ") + in_quotes(line.value) + ": " + in_quotes(result.text));
}

Done check_sent(const ScenarioLine& line, const Happened& happened, Stage& stage) {
  const std::vector<std::string> mails = stage.sent();
  const std::size_t to_customers = stage.sent_to_customers();
  const std::size_t count = to_customers - std::min(happened.sent_at_start, to_customers);
  if (line.value == "nothing") return count == 0 ? Done{} : Done{failed(std::to_string(count) + " messages left: " + in_quotes(mails.back()))};
  if (!line.value.empty() && line.value.find_first_not_of("0123456789") == std::string::npos)
    return std::to_string(count) == line.value ? Done{} : Done{failed(std::to_string(count) + " messages left, expected " + line.value + "; reply: " + in_quotes(happened.text))};
  const std::size_t has = line.value.find(" has ");
  const std::string address(trim(std::string_view(line.value).substr(0, has)));
  const std::string words = has == std::string::npos ? "" : line.value.substr(has + 5);
  for (const std::string& mail : mails)
    if (holds(mail, address) && holds(mail, words)) return {};
  return failed("no such message left; reply: " + in_quotes(happened.text) + (mails.empty() ? "" : "; the last one: " + in_quotes(mails.back())));
}

Done check_verified(Stage& stage) {
  auto verified = stage.runtime().system().verify(stage.runtime().org().id);
  if (!verified) return verified.error();
  if (verified->findings.empty()) return {};
  return failed(verified->findings.front().where + ": " + verified->findings.front().what);
}

}  // namespace

void Happened::take(TurnReply reply, const toolbox::Toolbox& toolbox) {
  text = std::move(reply.text);
  cards = std::move(reply.cards);
  calls.clear();
  for (CallReport& call : reply.calls) {
    HappenedCall one;
    one.tool = call.tool;
    one.code = call.error_code;
    one.arguments = call.arguments;
    one.ok = call.ok;
    one.writes = writes(toolbox, call.tool);
    calls.push_back(std::move(one));
  }
}

void Happened::take(const std::string& tool, toolbox::CallResult result, const toolbox::Toolbox& toolbox) {
  text = result.ok ? result.text + (result.offer.empty() ? "" : "\n" + result.offer) : result.error;
  cards.clear();
  for (const Approval& approval : result.parked) {
    Card card;
    card.ref = Ref{ref_prefix::kApproval, approval.head.ref_number}.text();
    card.kind = approval.kind;
    card.summary = approval.summary;
    card.body = approval.card;
    cards.push_back(std::move(card));
  }
  calls = {{tool, result.ok ? "" : std::string(code_name(result.code)), result.rule_id, result.arguments, result.ok, writes(toolbox, tool)}};
}

std::string Happened::everything() const {
  std::string all = text;
  for (const Card& card : cards) all += "\n" + card.summary + "\n" + card.body + "\n" + card.question;
  return all;
}

Done check(const ScenarioLine& line, const Happened& happened, Stage& stage) {
  const std::string& word = line.keyword;
  if (word == "called") return check_called(line, happened);
  if (word.starts_with("reply")) return check_reply(line, happened);
  if (word == "card" || word == "no card" || word == "cards" || word == "card has") return check_cards(line, happened);
  if (word == "not called" || word == "nothing called" || word == "nothing changed" || word == "refused" || word == "failed") return check_calls(line, happened);
  if (word == "contact" || word == "lead" || word == "opportunity" || word == "company") return check_fields(line, stage);
  if (word == "count") return check_count(line, stage);
  if (word.starts_with("timeline")) return check_timeline(line, stage);
  if (word == "sent") return check_sent(line, happened, stage);
  if (word == "verified") return check_verified(stage);
  return make_error(Code::invalid_argument, "\"" + word + "\" can not be checked");
}

}  // namespace deskhand::app::eval
