// Turn: answers to the lines of a list: "1 done, 2 later Friday", "1 and 3 yes", "draft 2". See turn.h.
#include <algorithm>

#include "base/text.h"
#include "model/embedded/roles.h"
#include "model/embedded/turn.h"
#include "reader/answers.h"

namespace deskhand::embedded {
namespace {

constexpr int kListTurns = 2;  // a list may be answered while it is still on the screen

// What a verdict does with a line: the request, and its role for the line.
std::string_view request_for(reader::Verdict verdict) {
  switch (verdict) {
    case reader::Verdict::yes:
    case reader::Verdict::draft: return "follow_up";
    case reader::Verdict::done: return "promise_done";
    case reader::Verdict::later: return "move_promise";
    case reader::Verdict::no:
    case reader::Verdict::edit: break;
  }
  return {};
}

}  // namespace

std::vector<Choice> Turn::lines_meant(const reader::Answer& answer, const std::vector<reader::Answer>& all) const {
  using Kind = reader::Target::Kind;
  const std::vector<Choice>& list = state_.mentions.list();
  std::vector<bool> meant(list.size(), false);
  const auto mark = [&](const reader::Target& target, std::vector<bool>& marks, bool value) {
    for (std::size_t place = 0; place < list.size(); ++place) {
      const bool is_it = target.kind == Kind::all || (target.kind == Kind::number && target.number == static_cast<std::int64_t>(place) + 1) ||
                         (target.kind == Kind::last && place + 1 == list.size()) || (target.kind == Kind::ref && target.ref.text() == list[place].ref);
      if (is_it) marks[place] = value;
    }
  };
  for (const reader::Target& target : answer.targets) {
    if (target.kind == Kind::rest || target.kind == Kind::other) {
      std::vector<bool> named(list.size(), false);
      for (const reader::Answer& each : all)
        for (const reader::Target& other : each.targets) mark(other, named, true);
      for (std::size_t place = 0; place < list.size(); ++place) meant[place] = !named[place];
    } else {
      mark(target, meant, true);
    }
  }
  for (const reader::Target& target : answer.except) mark(target, meant, false);
  std::vector<Choice> lines;
  for (std::size_t place = 0; place < list.size(); ++place)
    if (meant[place]) lines.push_back(list[place]);
  return lines;
}

bool Turn::answer_list() {
  if (state_.mentions.list().empty() || state_.mentions.list_turn() < state_.turn - kListTurns) return false;
  const reader::DateContext context{scene_.now, reader::Direction::future, reader::day_order_of(scene_.region), scene_.calendar};
  const std::vector<reader::Answer> answers = reader::read_answer(heard_.utterance->text(), context);
  std::vector<Frame> frames;
  bool any = false;
  for (const reader::Answer& answer : answers) {
    if (answer.targets.empty() || answer.verdict == reader::Verdict::edit) return false;
    any = true;
    for (const Choice& line : lines_meant(answer, answers)) {
      std::string_view name = request_for(answer.verdict);
      // A lead is put off by a follow-up of its own, whether one was set or not.
      if (answer.verdict == reader::Verdict::later && line.noun == Noun::lead) name = "promise";
      const RequestKind* kind = name.empty() ? nullptr : book().find(name);
      if (kind == nullptr || kind->needs.empty() || find_tool(request(), kind->tool) == nullptr) continue;
      Frame frame;
      frame.kind = kind;
      Filled subject = said(line.label);
      subject.ref = line.ref;
      frame.slots.emplace(kind->needs.front().roles.front(), std::move(subject));
      if (answer.later && answer.later->value.day) {
        Filled day = said(std::string(reader::words_of(heard_.utterance->text(), answer.later->span)));
        day.day = answer.later->value.day;
        frame.slots.emplace("follow_up_date", std::move(day));
      }
      frames.push_back(std::move(frame));
    }
  }
  if (!any) return false;
  if (frames.empty()) lines_.push_back(book().reply("no_problem"));
  start(std::move(frames));
  return true;
}

}  // namespace deskhand::embedded
