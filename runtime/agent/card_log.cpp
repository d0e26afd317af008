// The owner's answers to cards and to numbered lists in the run log, written before they are carried out, so that a crash between
// two of them loses none and repeats none.
#include <algorithm>
#include <array>

#include "agent/card_answer.h"
#include "agent/list_answer.h"
#include "agent/run_log.h"
#include "base/json.h"
#include "base/limits.h"

namespace deskhand::agent {
namespace {

constexpr std::array<std::pair<reader::Verdict, std::string_view>, 6> kVerdicts{{{reader::Verdict::yes, "yes"},
                                                                                 {reader::Verdict::no, "no"},
                                                                                 {reader::Verdict::later, "later"},
                                                                                 {reader::Verdict::edit, "edit"},
                                                                                 {reader::Verdict::done, "done"},
                                                                                 {reader::Verdict::draft, "draft"}}};

Error unreadable_answer(const Step& step) {
  return make_error(Code::corrupt, "An answer to a card or a list can not be read; please give it again.", "run " + step.run.text());
}

std::string_view name_of(CardVerdict verdict) {
  switch (verdict) {
    case CardVerdict::approve: return "approve";
    case CardVerdict::reject: return "reject";
    case CardVerdict::later: return "later";
    case CardVerdict::edit: return "edit";
  }
  return "reject";
}

std::optional<CardVerdict> parse_card_verdict(std::string_view name) {
  for (const CardVerdict verdict : {CardVerdict::approve, CardVerdict::reject, CardVerdict::later, CardVerdict::edit})
    if (name_of(verdict) == name) return verdict;
  return std::nullopt;
}

}  // namespace

std::string cards_answered(const std::vector<CardAction>& actions) {
  Json list = Json::array();
  for (const CardAction& action : actions) {
    Json one{{"approval", action.ref}, {"fingerprint", action.fingerprint}, {"verdict", name_of(action.verdict)}};
    if (!action.new_text.empty()) one["text"] = action.new_text;
    if (!action.replace_from.empty()) one["from"] = action.replace_from;
    if (!action.replace_to.empty()) one["to"] = action.replace_to;
    if (action.day) one["day"] = to_iso(*action.day);
    list.push_back(std::move(one));
  }
  return to_text(Json{{"v", kRunForm}, {"actions", std::move(list)}});
}

Result<std::vector<CardAction>> read_card_actions(const Step& step) {
  auto content = content_of(step);
  if (!content) return unreadable_answer(step);
  const Json& payload = **content;
  std::vector<CardAction> actions;
  for (const Json& one : payload.value("actions", Json::array())) {
    CardAction action;
    const auto verdict = parse_card_verdict(one.value("verdict", ""));
    if (!verdict) return unreadable_answer(step);
    action.verdict = *verdict;
    action.ref = one.value("approval", "");
    action.fingerprint = one.value("fingerprint", "");
    action.new_text = one.value("text", "");
    action.replace_from = one.value("from", "");
    action.replace_to = one.value("to", "");
    if (one.contains("day")) {
      auto day = parse_iso_day(one.value("day", ""));
      if (!day) return day.error();
      action.day = *day;
    }
    actions.push_back(std::move(action));
  }
  return actions;
}

std::string_view name_of(reader::Verdict verdict) {
  for (const auto& [known, name] : kVerdicts)
    if (known == verdict) return name;
  return "no";
}

std::string list_answered(const std::vector<ListAction>& actions) {
  Json list = Json::array();
  for (const ListAction& action : actions) {
    Json one{{"number", action.item.number},
             {"noun", noun_name(action.item.noun)},
             {"ref", action.item.ref},
             {"label", action.item.label},
             {"verdict", name_of(action.verdict)}};
    if (!action.fingerprint.empty()) one["fingerprint"] = action.fingerprint;
    if (action.day) one["day"] = to_iso(*action.day);
    list.push_back(std::move(one));
  }
  return to_text(Json{{"v", kRunForm}, {"list", std::move(list)}});
}

Result<std::vector<ListAction>> read_list_actions(const Step& step) {
  auto content = content_of(step);
  if (!content) return unreadable_answer(step);
  const Json& payload = **content;
  std::vector<ListAction> actions;
  for (const Json& one : payload.value("list", Json::array())) {
    ListAction action;
    const auto noun = parse_noun(one.value("noun", ""));
    const std::string verdict = one.value("verdict", "");
    const auto known =
        std::find_if(kVerdicts.begin(), kVerdicts.end(), [&](const auto& pair) { return pair.second == verdict; });
    if (!noun || known == kVerdicts.end()) return unreadable_answer(step);
    action.item = {one.value("number", 0), *noun, one.value("ref", ""), one.value("label", "")};
    action.verdict = known->first;
    action.fingerprint = one.value("fingerprint", "");
    if (one.contains("day")) {
      auto day = parse_iso_day(one.value("day", ""));
      if (!day) return day.error();
      action.day = *day;
    }
    actions.push_back(std::move(action));
  }
  return actions;
}

}  // namespace deskhand::agent
