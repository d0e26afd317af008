#include "agent/list_answer.h"

#include <algorithm>
#include <map>

#include "base/json.h"
#include "base/text.h"
#include "crm/list_line.h"

namespace deskhand::agent {
namespace {

using reader::Answer;
using reader::Target;
using reader::Verdict;

const ListItem* item_numbered(std::int64_t number, const std::vector<ListItem>& list) {
  for (const ListItem& item : list)
    if (item.number == number) return &item;
  return nullptr;
}

const ListItem* item_of_ref(const std::string& ref, const std::vector<ListItem>& list) {
  for (const ListItem& item : list)
    if (item.ref == ref) return &item;
  return nullptr;
}

bool holds_only_cards(const std::vector<ListItem>& list) {
  return std::all_of(list.begin(), list.end(), [](const ListItem& item) { return item.noun == Noun::approval; });
}

using Items = std::vector<const ListItem*>;

// The lines one target means; `question` when it means none of them. Refs of records that are not in the list are no
// answer to it.
struct Meant {
  Items items;
  bool is_no_line = false;
  std::string question;
};

void add_target(const Target& target, const std::vector<ListItem>& list, const Items& named_elsewhere, Meant& meant) {
  const auto take = [&](const ListItem* item) {
    if (std::find(meant.items.begin(), meant.items.end(), item) == meant.items.end()) meant.items.push_back(item);
  };
  switch (target.kind) {
    case Target::Kind::number: {
      const ListItem* item = item_numbered(target.number, list);
      if (item != nullptr)
        take(item);
      else
        meant.question = "There is no number " + std::to_string(target.number) + " in that list; it ends with " +
                         std::to_string(list.size()) + ".";
      return;
    }
    case Target::Kind::ref: {
      const ListItem* item = item_of_ref(target.ref.text(), list);
      if (item != nullptr)
        take(item);
      else
        meant.is_no_line = true;
      return;
    }
    case Target::Kind::all:
      for (const ListItem& item : list) take(&item);
      return;
    case Target::Kind::last:
      take(&list.back());
      return;
    case Target::Kind::other:
    case Target::Kind::rest: {
      if (named_elsewhere.empty()) meant.question = "The rest of what? Name the numbers.";
      for (const ListItem& item : list)
        if (std::find(named_elsewhere.begin(), named_elsewhere.end(), &item) == named_elsewhere.end()) take(&item);
      return;
    }
  }
}

Items named_by(const std::vector<Answer>& answers, const std::vector<ListItem>& list) {
  Meant all;
  for (const Answer& answer : answers)
    for (const Target& target : answer.targets)
      if (target.kind == Target::Kind::number || target.kind == Target::Kind::ref) add_target(target, list, {}, all);
  return all.items;
}

std::string day_of(const ListAction& action) { return action.day ? to_iso(*action.day) : std::string(); }

ListCall to_call(std::string tool, Json arguments) { return {std::move(tool), to_text(arguments), ""}; }
ListCall problem(std::string words) { return {"", "", std::move(words)}; }

ListCall draft_about(const ListAction& action, std::string_view lead) {
  if (lead.empty()) return problem(action.item.ref + " belongs to no lead; tell me what the message should say.");
  return to_call("draft_follow_up", {{"lead", lead}});
}

ListCall for_lead(const ListAction& action) {
  const std::string& lead = action.item.ref;
  const bool is_past_expected = action.item.label.starts_with(kPastExpectedLabel);
  switch (action.verdict) {
    case Verdict::yes:  // the line asked whether to draft
    case Verdict::draft:
      return draft_about(action, lead);
    case Verdict::later:
      if (is_past_expected) return to_call("update_lead", {{"lead", lead}, {"expected_close_date", day_of(action)}});
      return to_call("set_reminder", {{"lead", lead}, {"date", day_of(action)}});
    case Verdict::done:
      if (is_past_expected) return problem("Is " + lead + " won or lost?");
      return to_call("log_interaction", {{"lead", lead}, {"type", "note"}, {"body", "Dealt with, said of a numbered list."}});
    default:
      return {};
  }
}

ListCall for_promise(const ListAction& action, std::string_view about) {
  const std::string& ref = action.item.ref;
  switch (action.verdict) {
    case Verdict::done:
      return to_call("complete_follow_up", {{"follow_up", ref}});
    case Verdict::later:
      return to_call("set_follow_up", {{"follow_up", ref}, {"date", day_of(action)}});
    case Verdict::no:
      return to_call("cancel_follow_up", {{"follow_up", ref}});
    case Verdict::draft:
      return draft_about(action, about);
    default:
      return problem("What about " + std::to_string(action.item.number) + " (" + printable_line(action.item.label) +
                     "): done, later or draft?");
  }
}

ListCall for_deal(const ListAction& action, std::string_view about) {
  if (action.verdict == Verdict::draft || action.verdict == Verdict::yes) return draft_about(action, about);
  if (action.verdict == Verdict::later)
    return to_call("update_opportunity",
                   {{"opportunity", action.item.ref}, {"expected_close_date", day_of(action)}});
  if (action.verdict == Verdict::no) return {};
  return problem("Is " + action.item.ref + " won or lost?");
}

}  // namespace

ListAnswer read_list_answer(std::string_view text, const AnswerContext& context) {
  if (context.list.empty() || holds_only_cards(context.list)) return NotAnAnswer{};
  const std::vector<Answer> answers = reader::read_answer(
      text, {context.now, reader::Direction::future, reader::DayOrder::month_first, context.calendar});
  if (answers.empty()) return NotAnAnswer{};
  const Items named = named_by(answers, context.list);
  std::vector<ListAction> actions;
  std::map<int, Verdict> decided;
  for (const Answer& answer : answers) {
    if (answer.targets.empty() || answer.verdict == Verdict::edit) return NotAnAnswer{};
    Meant meant, left_out;
    for (const Target& target : answer.targets) add_target(target, context.list, named, meant);
    for (const Target& target : answer.except) add_target(target, context.list, named, left_out);
    if (meant.is_no_line) return NotAnAnswer{};
    if (!meant.question.empty()) return AskBack{meant.question};
    for (const ListItem* item : meant.items) {
      if (std::find(left_out.items.begin(), left_out.items.end(), item) != left_out.items.end()) continue;
      const auto [known, fresh] = decided.emplace(item->number, answer.verdict);
      if (!fresh && known->second != answer.verdict)
        return AskBack{"I read two different answers for " + std::to_string(item->number) + ". Which one holds?"};
      ListAction action{*item, answer.verdict, {}, {}};
      if (answer.later && answer.later->value.day) action.day = answer.later->value.day;
      if (answer.verdict == Verdict::later && !action.day && item->noun != Noun::approval)
        action.day = context.calendar.next_business_day(context.now.day);
      for (const DeliveredCard& card : context.cards)
        if (item->noun == Noun::approval && card.ref == item->ref) action.fingerprint = card.fingerprint;
      if (fresh) actions.push_back(std::move(action));
    }
  }
  if (actions.empty()) return NotAnAnswer{};
  return actions;
}

ListCall call_for(const ListAction& action, std::string_view about) {
  switch (action.item.noun) {
    case Noun::lead:
      return for_lead(action);
    case Noun::interaction:
    case Noun::reminder:
      return for_promise(action, about);
    case Noun::opportunity:
      return for_deal(action, about);
    case Noun::appointment:
      return problem("For the visit " + action.item.ref + ", tell me what happened or when it should be instead.");
    default:
      return problem("What should I do with " + action.item.ref + "?");
  }
}

}  // namespace deskhand::agent
