// Turn: what the person's words want, as an answer to the open question or as requests of their own. See turn.h.
#include <algorithm>

#include "base/text.h"
#include "model/embedded/roles.h"
#include "model/embedded/turn.h"
#include "reader/answers.h"
#include "reader/lexicon.h"
#include "reader/reasons.h"

namespace deskhand::embedded {
namespace {

constexpr std::size_t kDoubtfulAnswer = 6;  // units of "the Ruiz lead I think?"
constexpr int kOfferTurns = 1;      // "yes" answers what was offered just before, nothing older
constexpr int kQuestionTurns = 4;   // a fact may come after some other business
constexpr double kClearOrder = 85;  // a request that breaks into the middle of a text
constexpr double kClear = 70;
constexpr std::size_t kBareAnswerWords = 5;  // "the kitchen sink and faucet"

bool is_text_question(const std::vector<std::string>& roles) {
  return !roles.empty() && kind_of_role(roles.front()) == RoleKind::text && roles.front() != "query" && roles.front() != "add_tags";
}

bool is_asked_role(const std::vector<std::string>& roles, const std::string& role) {
  return std::find(roles.begin(), roles.end(), role) != roles.end();
}

bool is_change_of_record(std::string_view tool) {
  static const reader::WordSet tools("update_contact update_lead convert_lead qualify_lead disqualify_lead archive_contact undo");
  return tools.has(tool);
}

bool opens_with_order(const Utterance& utterance) {
  static const reader::WordSet verbs("tag mark label flag untag convert qualify disqualify archive undo change update rename correct");
  return verbs.has(utterance.folded(0));
}

}  // namespace

// Where the cue at the beginning ends; 0 when the message does not begin with it.
std::size_t Turn::behind_cue(std::string_view cue) const {
  const Utterance& utterance = *heard_.utterance;
  std::size_t at = 0;
  while (at < utterance.size() && utterance.is(at, UnitKind::mark)) ++at;
  const std::size_t end = heard_.candidates->cue_end(cue, at, utterance.size());
  return end > at ? end : 0;
}

// The whole message is this cue, small words and marks aside.
bool Turn::says_only(std::string_view cue) const {
  const Utterance& utterance = *heard_.utterance;
  const Candidates& candidates = *heard_.candidates;
  bool any = false;
  for (std::size_t at = 0; at < utterance.size();) {
    if (utterance.is(at, UnitKind::mark)) {
      ++at;
      continue;
    }
    std::size_t end = candidates.cue_end(cue, at, utterance.size());
    if (end > at) any = true;
    if (end == at) end = candidates.cue_end("filler", at, utterance.size());
    if (end == at && (utterance.folded(at) == "it" || utterance.folded(at) == "that" || utterance.folded(at) == "thanks")) end = at + 1;
    if (end == at) return false;
    at = end;
  }
  return any;
}

void Turn::start(std::vector<Frame> frames) {
  for (Frame& frame : frames) works_.push_back({std::move(frame), Stage::waiting, nullptr});
}

void Turn::plan() {
  heard_ = interpreter_.hear(messages_.said == nullptr ? "" : messages_.said->text, scene_);
  if (heard_.utterance->size() == 0) {
    lines_.push_back(book().reply("not_understood"));
    return;
  }
  Question open = std::move(state_.question);
  state_.question = Question();
  const int age = state_.turn - open.turn;
  if (open.is_open() && age <= (open.about == Question::About::offer ? kOfferTurns : kQuestionTurns) && take_answer(open)) return;
  if (state_.suspended.is_open() && state_.turn - state_.suspended.turn > kQuestionTurns) state_.suspended = Question();
  const bool is_for_older = !heard_.frames.empty() && state_.suspended.about == Question::About::facts && !state_.suspended.frames.empty() &&
                            is_fact_for(heard_.frames.front(), state_.suspended.frames.front());
  if (state_.suspended.is_open() && (heard_.frames.empty() || is_for_older)) {
    const Question older = std::move(state_.suspended);
    state_.suspended = Question();
    if (older.about != Question::About::offer && take_answer(older)) return;
    state_.question = older;
  }
  take_requests();
}

bool Turn::take_answer(Question question) {
  if (leaves_it(question)) return heard_.frames.empty();
  switch (question.about) {
    case Question::About::facts:
      if (answer_facts(question)) return true;
      break;
    case Question::About::which:
      if (answer_which(question)) return true;
      break;
    case Question::About::request:
      if (answer_request(question)) return true;
      break;
    case Question::About::offer: return answer_offer(question);
    case Question::About::nothing: return false;
  }
  state_.question = std::move(question);  // something else came in between
  return false;
}

// "Never mind", "actually hold on, leave it as it is": the question is closed, and what was asked about has been spoken of.
bool Turn::leaves_it(const Question& question) {
  const Utterance& utterance = *heard_.utterance;
  const std::size_t begin = heard_.candidates->skip_fillers(0, utterance.size());
  std::size_t end = begin;
  for (const std::size_t from : {std::size_t{0}, begin}) end = std::max(end, heard_.candidates->cue_end("never_mind", from, utterance.size()));
  bool leaves = says_only("never_mind");
  if (!leaves && end > begin) leaves = end >= utterance.size() || utterance.is(end, UnitKind::mark);
  if (!leaves) return false;
  if (heard_.frames.empty()) lines_.push_back(book().reply("left"));
  for (const Frame& frame : question.frames) note_named(frame);
  state_.suspended = Question();
  return true;
}

// "Her mobile is ..." while somebody is being added is a fact of theirs and no correction of somebody on file.
bool Turn::is_fact_for(const Frame& heard, const Frame& pending) const {
  const auto& absorbed = pending.kind->absorbs;
  if (std::find(absorbed.begin(), absorbed.end(), heard.kind->name) == absorbed.end()) return false;
  const std::string subject = fold_name(subject_text(pending));
  for (const auto& [role, filled] : heard.slots) {
    if (kind_of_role(role) != RoleKind::reference) continue;
    if (filled.reference && filled.reference->pointing == Pointing::pronoun) return filled.reference->is_person;
    const std::string theirs = fold_name(filled.words);
    if (role == "company" || theirs.empty()) continue;
    return !subject.empty() && (subject.find(theirs) != std::string::npos || theirs.find(subject) != std::string::npos);
  }
  return true;
}

// "She never answers my calls", where a reason was asked for, is the reason and no call to log.
bool Turn::tells_reason(const Question& question, const Frame& heard) const {
  if (heard.kind->tool != "log_interaction" || !is_asked_role(question.roles, "reason")) return false;
  const bool names = std::any_of(heard.slots.begin(), heard.slots.end(), [](const auto& slot) {
    return kind_of_role(slot.first) == RoleKind::reference && slot.second.reference && slot.second.reference->pointing == Pointing::words;
  });
  const std::string_view text = heard_.utterance->text();
  return !names && (reader::read_lost_reason(text) || reader::read_disqualify_reason(text));
}

// Whether what was heard is a request of its own and no answer.
bool Turn::breaks_out(const Question& question) const {
  if (heard_.frames.empty()) return false;
  // "Who am I due to follow up with today?" answers nothing.
  if (heard_.utterance->folded(heard_.utterance->size() - 1) == "?" && heard_.frames.front().kind->mood == Mood::asks) return true;
  const Frame& frame = heard_.frames.front();
  const RequestKind& kind = *frame.kind;
  const Frame& pending = question.frames.front();
  const bool is_new_person = std::any_of(pending.kind->needs.begin(), pending.kind->needs.end(), [](const Need& need) { return need.roles.front() == "name"; });
  if (is_new_person && std::all_of(heard_.frames.begin(), heard_.frames.end(), [&](const Frame& each) { return is_fact_for(each, pending); })) return false;
  if (std::find(pending.kind->absorbs.begin(), pending.kind->absorbs.end(), kind.name) != pending.kind->absorbs.end() &&
      (kind.mood == Mood::tells || is_text_question(question.roles)))
    return false;
  if (tells_reason(question, frame)) return false;
  if (is_text_question(question.roles)) {
    // "Tag her vip" orders something and tells nothing of the call that was asked about.
    if (is_change_of_record(kind.tool) && opens_with_order(*heard_.utterance)) return true;
    if (kind.mood == Mood::asks) return frame.score >= kClear;
    return kind.mood == Mood::orders && frame.score >= kClearOrder;
  }
  // Words that hold what was asked are the answer, unless they clearly order or ask for something else.
  Frame trial = pending;
  SlotFiller filler(book(), *heard_.candidates, scene_);
  const std::vector<std::string> filled = filler.add(trial, question.roles, 0, heard_.utterance->size());
  const bool answers = std::any_of(filled.begin(), filled.end(), [&](const std::string& role) { return is_asked_role(question.roles, role); });
  // "Her address is 14 Harbor View", where the address was asked for: the request goes on with it.
  if (answers && is_fact_for(frame, pending)) return false;
  if (answers && kind.mood == Mood::tells && kind.name != "new_inquiry") return false;
  if (answers && frame.score < kClear) return false;
  if (!answers && kind.tool.empty() && kind.instead.empty() && frame.slots.empty() && kind.name != "abilities") return false;
  return true;
}

// The same request said again, with more: what was known before still holds.
bool Turn::merge_repeat(const Question& question) {
  if (heard_.frames.empty() || question.frames.empty() || heard_.frames.front().kind != question.frames.front().kind) return false;
  Frame& again = heard_.frames.front();
  const Frame& before = question.frames.front();
  bool is_other = false;
  for (const auto& [role, filled] : again.slots) {
    const Filled* known = before.slot(role);
    const bool names = kind_of_role(role) == RoleKind::reference || kind_of_role(role) == RoleKind::name;
    const bool points = filled.reference && filled.reference->pointing == Pointing::pronoun;
    if (known != nullptr && names && !points && fold_name(known->words) != fold_name(filled.words)) is_other = true;
  }
  if (is_other) return false;
  std::erase_if(again.slots, [&](const auto& slot) {
    return slot.second.reference && slot.second.reference->pointing == Pointing::pronoun && before.slot(slot.first) != nullptr;
  });
  for (const auto& [role, filled] : before.slots) again.slots.emplace(role, filled);
  start(std::move(heard_.frames));
  for (std::size_t at = 1; at < question.frames.size(); ++at) works_.push_back({question.frames[at], Stage::waiting, nullptr});
  return true;
}

// "Which lead?" - "banner ads": a few words that are no request are what it is called; the tool knows whether there is one.
bool Turn::take_bare_answer(const Question& question, Frame& frame) const {
  if (!heard_.frames.empty() || question.roles.empty() || kind_of_role(question.roles.front()) != RoleKind::reference) return false;
  const Utterance& utterance = *heard_.utterance;
  std::size_t first = heard_.candidates->skip_fillers(0, utterance.size()), end = utterance.size();
  while (end > first && utterance.is(end - 1, UnitKind::mark)) --end;
  if (first < end && utterance.folded(first) == "the") ++first;
  if (first >= end || end - first > kBareAnswerWords || is_little_word(utterance.folded(first))) return false;
  for (std::size_t at = first; at < end; ++at)
    if (!utterance.is(at, UnitKind::word) && !utterance.is(at, UnitKind::number)) return false;
  if (heard_.candidates->has_cue("question", first, end) || heard_.candidates->has_cue("none", first, end)) return false;
  Filled filled = said(std::string(utterance.words(first, end)));
  Reference reference;
  reference.unit = first;
  reference.words = filled.words;
  reference.quality = 0.5;
  filled.reference = std::move(reference);
  frame.slots.insert_or_assign(question.roles.front(), std::move(filled));
  return true;
}

bool Turn::answer_facts(const Question& question) {
  if (question.frames.empty()) return false;
  if (breaks_out(question)) return merge_repeat(question);
  // "Which lead?" is not answered by "do I have anybody on Cedar St?".
  const bool asks_for_record = std::any_of(question.roles.begin(), question.roles.end(), [](const std::string& role) { return kind_of_role(role) == RoleKind::reference; });
  if (asks_for_record && asks_something()) return false;
  Frame frame = question.frames.front();
  SlotFiller filler(book(), *heard_.candidates, scene_);
  const bool declines = says_only("none") || says_only("no");
  std::vector<std::string> filled;
  if (const std::size_t corrected = std::max(behind_correction(), behind_forgotten()); corrected > 0 && !declines && !is_text_question(question.roles)) {
    // "7 Willow Bend. No hang on, the house is 19 Willow Bend": what comes after counts, if it answers.
    Frame trial = frame;
    const std::vector<std::string> again = filler.add(trial, question.roles, corrected, heard_.utterance->size());
    filled = filler.add(frame, question.roles, 0, heard_.utterance->size());
    for (const std::string& role : again)
      if (const Filled* value = trial.slot(role); value != nullptr && is_asked_role(question.roles, role)) frame.slots.insert_or_assign(role, *value);
  } else if (!declines) {
    filled = filler.add(frame, question.roles, 0, heard_.utterance->size());
  }
  // A list of the last question may be answered by its number here as well.
  for (const std::string& role : question.roles)
    if (filled.empty() && kind_of_role(role) == RoleKind::reference && state_.mentions.list_turn() >= state_.turn - 2) {
      const std::vector<Choice> picked = chosen(state_.mentions.list());
      if (picked.size() != 1) continue;
      Filled one = said(picked.front().label);
      one.ref = picked.front().ref;
      frame.slots.insert_or_assign(role, std::move(one));
      filled.push_back(role);
    }
  if (filled.empty() && !declines && take_bare_answer(question, frame)) filled.push_back(question.roles.front());
  if (filled.empty()) {
    if (!heard_.frames.empty() && !declines && !heard_.frames.front().kind->tool.empty()) return false;
    if (declines || heard_.candidates->has_cue("none", 0, heard_.utterance->size()))
      for (const std::string& role : question.roles) frame.declined.push_back(role);
  }
  std::vector<Frame> frames = question.frames;
  frames.front() = std::move(frame);
  start(std::move(frames));
  return true;
}

// Where the words begin that hold after the last "no, I meant"; 0 when nothing is taken back or nothing follows.
std::size_t Turn::behind_correction() const {
  const Utterance& utterance = *heard_.utterance;
  std::size_t behind = 0;
  for (std::size_t at = 1; at < utterance.size(); ++at) {
    const std::size_t end = heard_.candidates->cue_end("correction", at, utterance.size());
    if (end > at && end < utterance.size()) behind = end;
  }
  return behind;
}

// Behind "forget Dave, ...": whom was meant at first does not count. 0 when nobody is to be forgotten.
std::size_t Turn::behind_forgotten() const {
  const Utterance& utterance = *heard_.utterance;
  for (std::size_t at = 0; at + 1 < utterance.size(); ++at) {
    if (utterance.folded(at) != "forget") continue;
    for (std::size_t mark = at + 1; mark + 1 < utterance.size(); ++mark)
      if (utterance.is(mark, UnitKind::mark)) return mark + 1;
  }
  return 0;
}

// Whether the message is a question of its own and no short answer with a doubt ("the Ruiz one?").
bool Turn::asks_something() const {
  const Utterance& utterance = *heard_.utterance;
  const std::size_t first = heard_.candidates->skip_fillers(0, utterance.size());
  if (heard_.candidates->cue_end("question", first, utterance.size()) > first) return true;
  return utterance.folded(utterance.size() - 1) == "?" && utterance.size() > kDoubtfulAnswer;
}

bool Turn::answer_request(const Question& question) {
  const Utterance& utterance = *heard_.utterance;
  std::optional<std::size_t> picked;
  for (std::size_t place = 0; place < question.options.size(); ++place)
    if (!heard_.frames.empty() && heard_.frames.front().kind == question.options[place].kind) picked = place;
  if (!picked) {
    std::vector<Choice> labels;
    for (std::size_t place = 0; place < question.options.size(); ++place)
      labels.push_back({Noun::approval, std::to_string(place), question.options[place].kind->label + " " + replace_all(question.options[place].kind->name, "_", " ")});
    const std::vector<Choice> found = chosen(labels);
    if (found.size() == 1) picked = static_cast<std::size_t>(std::stoul(found.front().ref));
  }
  if (!picked) {
    if (says_only("no")) {
      lines_.push_back(book().reply("left"));
      return true;
    }
    return false;
  }
  Frame frame = question.options[*picked];
  if (!heard_.frames.empty() && heard_.frames.front().kind == frame.kind)
    for (const auto& [role, filled] : heard_.frames.front().slots) frame.slots.insert_or_assign(role, filled);
  static_cast<void>(utterance);
  std::vector<Frame> frames{std::move(frame)};
  for (const Frame& waiting : question.frames) frames.push_back(waiting);
  start(std::move(frames));
  return true;
}

bool Turn::answer_offer(const Question& question) {
  const std::size_t size = heard_.utterance->size();
  const std::size_t yes = behind_cue("yes");
  const bool only_yes = says_only("yes");
  const bool has_request = !heard_.frames.empty() && !(heard_.frames.front().kind->tool.empty() && heard_.frames.front().kind->instead.empty());
  if (only_yes || (yes > 0 && !has_request)) {
    if (question.options.size() > 1) {
      question_.about = Question::About::request;
      question_.options = question.options;
      question_.frames = question.frames;
      question_text_ = book().reply("which_request", {{"first", question.options[0].kind->label}, {"second", question.options[1].kind->label}});
      return true;
    }
    if (question.options.empty()) return false;
    Frame frame = question.options.front();
    SlotFiller filler(book(), *heard_.candidates, scene_);
    std::vector<std::string> roles;
    for (const Need& need : frame.kind->needs)
      for (const std::string& role : need.roles) roles.push_back(role);
    if (!only_yes && yes < size) filler.add(frame, roles, yes, size);
    std::vector<Frame> frames{std::move(frame)};
    for (const Frame& waiting : question.frames) frames.push_back(waiting);
    // What waited for this person now means the one that is added first.
    if (frames.size() > 1 && !question.roles.empty()) {
      Filled added;
      added.from_frame = 0;
      frames[1].slots.insert_or_assign(question.roles.front(), std::move(added));
    }
    start(std::move(frames));
    return true;
  }
  if (says_only("no") || says_only("never_mind")) {
    lines_.push_back(book().reply("no_problem"));
    return true;
  }
  if (has_request) {
    // "Yes, open one: leaking shower" fills in what the offer left open; so does "yes, remind me in 90 days", however it is said.
    for (Frame& frame : heard_.frames)
      for (const Frame& option : question.options) {
        const bool is_same = option.kind == frame.kind || (yes > 0 && option.kind->tool == frame.kind->tool);
        if (!is_same) continue;
        for (const auto& [role, filled] : option.slots) frame.slots.emplace(role, filled);
        if (option.kind != frame.kind) frame.kind = option.kind;
      }
    return false;
  }
  if (question.frames.empty() || question.roles.empty()) return false;
  Question facts = question;
  facts.about = Question::About::facts;
  facts.frames.front().slots.erase(question.roles.front());
  return answer_facts(facts);
}

void Turn::take_requests() {
  const bool is_clear = !heard_.frames.empty() && heard_.frames.front().score >= kClear;
  if (!is_clear && answer_list()) return;
  // "Oops, should be $8,900" is about what was done just now, whatever else it might be.
  if (!is_clear && heard_.candidates->has_cue("correction", 0, heard_.utterance->size()) && amend_last()) return;
  if (!heard_.doubtful.empty() && heard_.frames.size() == 1) {
    question_.about = Question::About::request;
    question_.options = heard_.doubtful;
    question_text_ = book().reply("which_request", {{"first", heard_.doubtful[0].kind->label}, {"second", heard_.doubtful[1].kind->label}});
    return;
  }
  if (heard_.frames.empty()) return fall_back();
  if (offer_hedged()) return;
  start(heard_.frames);
}

// "I think Mendes went with somebody else", "maybe call Dana on Friday": nothing of it is done before the person says so.
bool Turn::offer_hedged() {
  const auto hedged = std::find_if(heard_.frames.begin(), heard_.frames.end(), [](const Frame& frame) { return frame.is_hedged; });
  if (hedged == heard_.frames.end()) return false;
  Frame offered = *hedged;
  offered.is_hedged = false;
  std::erase_if(heard_.frames, [](const Frame& frame) { return frame.is_hedged; });
  if (!heard_.frames.empty()) {
    start(heard_.frames);  // what was said plainly is done, what was only supposed is left
    return true;
  }
  question_.about = Question::About::offer;
  question_text_ = book().reply("should_i", {{"label", offered.kind->label}});
  question_.options = {std::move(offered)};
  return true;
}

// Words without a request: a line of the last list, a record's name, or nothing that is understood.
void Turn::fall_back() {
  if (says_only("never_mind")) {
    lines_.push_back(book().reply("left"));
    return;
  }
  for (const char* cue : {"yes", "no"})
    if (says_only(cue)) {
      lines_.push_back(book().reply("nothing_open", {{"answer", cue}}));
      return;
    }
  // A question changes nothing: "who am I due to call today?" moves no follow-up to today.
  const bool asks = heard_.utterance->folded(heard_.utterance->size() - 1) == "?" ||
                    heard_.candidates->cue_end("question", heard_.candidates->skip_fillers(0, heard_.utterance->size()), heard_.utterance->size()) > heard_.candidates->skip_fillers(0, heard_.utterance->size());
  if (repeats_a_question() || (!asks && (repeat_last() || amend_last())) || pick_of_list() || show_what_is_named() || offer_note()) return;
  if (!heard_.nearest) {
    lines_.push_back(book().reply("not_understood"));
    return;
  }
  lines_.push_back(book().reply("not_understood_near", {{"label", heard_.nearest->kind->label}}));
}

bool Turn::pick_of_list() {
  if (state_.mentions.list().empty() || state_.mentions.list_turn() < state_.turn - 2) return false;
  const std::string_view words = heard_.utterance->words(0, heard_.utterance->size());
  if (reader::read_choice(words).empty()) return false;
  std::vector<Frame> frames;
  for (const Choice& choice : chosen(state_.mentions.list())) {
    const RequestKind* kind = book().find(request_showing(choice.noun));
    if (kind == nullptr) continue;
    Frame frame;
    frame.kind = kind;
    Filled filled = said(choice.label);
    filled.ref = choice.ref;
    frame.slots.emplace(kind->needs.front().roles.front(), std::move(filled));
    frames.push_back(std::move(frame));
  }
  if (frames.empty()) return false;
  start(std::move(frames));
  return true;
}

// A sentence about somebody that asks for nothing known may be worth a note.
bool Turn::offer_note() {
  const Utterance& utterance = *heard_.utterance;
  const RequestKind* kind = book().find("log_note");
  if (kind == nullptr || find_tool(request(), kind->tool) == nullptr || question_.is_open()) return false;
  const std::size_t first = heard_.candidates->skip_fillers(0, utterance.size());
  if (heard_.candidates->cue_end("question", first, utterance.size()) > first || utterance.folded(utterance.size() - 1) == "?") return false;
  for (ReferenceEnd& found : read_references(utterance, first, utterance.size())) {
    if (found.reference.quality < 0.85 || (found.reference.pointing != Pointing::words && found.reference.pointing != Pointing::ref) || found.end + 1 >= utterance.size()) continue;
    Frame frame;
    frame.kind = kind;
    const std::string who = found.reference.words;
    Filled filled = said(who);
    filled.reference = std::move(found.reference);
    frame.slots.emplace("contact", std::move(filled));
    frame.slots.emplace("body", said(std::string(trim(utterance.text()))));
    question_.about = Question::About::offer;
    question_.options = {std::move(frame)};
    question_text_ = book().reply("note_it", {{"who", who}});
    return true;
  }
  return false;
}

bool Turn::show_what_is_named() {
  const Utterance& utterance = *heard_.utterance;
  std::size_t end = utterance.size();
  while (end > 0 && utterance.is(end - 1, UnitKind::mark)) --end;
  const std::size_t first = heard_.candidates->skip_fillers(0, end);
  const auto reference = read_reference(utterance, first, end);
  if (!reference || reference->quality < 0.6 || reference->pointing == Pointing::nth) return false;
  const bool is_ref = reference->pointing == Pointing::ref;
  const RequestKind* kind = is_ref && reference->noun ? book().find(request_showing(*reference->noun)) : nullptr;
  if (is_ref && kind == nullptr) return false;
  if (kind == nullptr) {
    const bool is_lead = reference->noun == Noun::lead || reference->noun == Noun::opportunity;
    kind = book().find(is_lead ? "show_lead" : reference->pointing == Pointing::words ? "find_customer" : "show_customer");
  }
  if (kind == nullptr || find_tool(request(), kind->tool) == nullptr) return false;
  Frame frame;
  frame.kind = kind;
  Filled filled = said(reference->words);
  if (kind->needs.front().roles.front() != "query") filled.reference = *reference;
  frame.slots.emplace(kind->needs.front().roles.front(), std::move(filled));
  start({std::move(frame)});
  return true;
}

}  // namespace deskhand::embedded
