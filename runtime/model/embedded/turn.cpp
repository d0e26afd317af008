#include "model/embedded/turn.h"

#include <algorithm>
#include <cctype>

#include "base/json.h"
#include "base/limits.h"
#include "base/text.h"
#include "model/embedded/roles.h"

namespace deskhand::embedded {
namespace {

constexpr std::size_t kRounds = 20;  // of calls in one turn; the loop outside has its own bound
constexpr std::size_t kErrorBytes = 1000;
constexpr std::size_t kTitleLetters = 4;  // of a word that tells two titles apart

// A tool's error for a person: without the tool's name before it and the argument's name behind it.
std::string spoken_error(const ModelMessage& result) {
  std::string text = shorten(printable(result.text), kErrorBytes);
  if (text.starts_with(result.tool + ": ")) text.erase(0, result.tool.size() + 2);
  if (const std::size_t aside = text.rfind(" ("); aside != std::string::npos && text.ends_with(" is empty)")) text.erase(aside);
  if (text.empty()) return "That did not work.";
  text[0] = static_cast<char>(std::toupper(static_cast<unsigned char>(text[0])));
  if (std::string_view(".!?").find(text.back()) == std::string_view::npos) text += '.';
  return text;
}

bool is_question(std::string_view text) {
  const std::string_view trimmed = trim(text);
  return !trimmed.empty() && trimmed.back() == '?';
}

}  // namespace

Turn::Turn(const Interpreter& interpreter, DialogueState before, const TurnMessages& messages, Scene scene, bool is_last)
    : interpreter_(interpreter), state_(std::move(before)), messages_(messages), scene_(std::move(scene)), is_last_(is_last) {}

TurnOutcome Turn::run() {
  TurnOutcome outcome;
  plan();
  outcome.explanation = Interpreter::explain(heard_);
  for (std::size_t round = 0; round < kRounds; ++round) {
    std::vector<ProposedCall> calls = next_calls();
    if (calls.empty()) break;
    if (next_message_ >= messages_.rest.size() && is_last_) {
      outcome.calls = std::move(calls);
      return outcome;
    }
    if (!replay(calls)) break;
  }
  close(outcome);
  return outcome;
}

std::vector<ProposedCall> Turn::next_calls() {
  std::vector<ProposedCall> calls;
  for (std::size_t index = 0; index < works_.size(); ++index) {
    if (works_[index].stage != Stage::waiting) continue;
    const Ready ready = prepare(index);
    if (ready == Ready::no) works_[index].stage = works_[index].stage == Stage::done ? Stage::done : Stage::stopped;
    if (ready != Ready::yes) continue;
    const OfferedTool* tool = find_tool(request(), works_[index].frame.kind->tool);
    ProposedCall call;
    call.id = "e" + std::to_string(state_.turn) + "_" + std::to_string(index);
    call.tool = works_[index].frame.kind->tool;
    call.arguments_text = arguments_text(works_[index].frame, ToolView(*tool));
    calls.push_back(std::move(call));
    works_[index].stage = Stage::called;
  }
  return calls;
}

// Goes over what became of these calls in the messages. False when the messages tell of something else.
bool Turn::replay(const std::vector<ProposedCall>& calls) {
  while (next_message_ < messages_.rest.size() && messages_.rest[next_message_]->speaker == Speaker::notice) ++next_message_;
  if (next_message_ >= messages_.rest.size()) return false;
  const ModelMessage& answer = *messages_.rest[next_message_++];
  if (answer.speaker != Speaker::model || answer.calls.empty()) return false;
  std::vector<const ModelMessage*> results;
  for (; next_message_ < messages_.rest.size() && messages_.rest[next_message_]->speaker != Speaker::model; ++next_message_)
    if (messages_.rest[next_message_]->speaker == Speaker::tool) results.push_back(messages_.rest[next_message_]);
  std::size_t place = 0;
  for (const ModelMessage* result : results) {
    state_.mentions.note(*result, state_.turn);
    if (!result->undo.empty()) state_.last_undo = result->undo;
    if (!result->parked.empty()) parked_ = true;
    if (result->ok) offer_ = result->offer;
  }
  note_subjects(answer, results);
  bool all_known = true;
  for (Work& work : works_) {
    if (work.stage != Stage::called) continue;
    const bool same = place < results.size() && results[place]->tool == work.frame.kind->tool;
    if (same) take_result(work, *results[place]);
    else work.stage = Stage::stopped;
    all_known = all_known && same;
    ++place;
  }
  return all_known && place == calls.size();
}

// Whom a call that went through was about has been spoken of, even when its result does not say so.
void Turn::note_subjects(const ModelMessage& answer, const std::vector<const ModelMessage*>& results) {
  for (const ProposedCall& call : answer.calls) {
    const auto result = std::find_if(results.begin(), results.end(), [&](const ModelMessage* each) { return each->call_id == call.id; });
    if (result == results.end() || !(*result)->ok) continue;
    const Result<Json> arguments = parse_json(call.arguments_text, limits::kToolArgumentsBytes);
    if (!arguments || !arguments->is_object()) continue;
    for (const char* name : {"contact", "lead", "opportunity"}) {
      const auto value = arguments->find(name);
      const auto ref = value != arguments->end() && value->is_string() ? parse_ref(value->get<std::string>()) : std::nullopt;
      const auto noun = ref ? noun_of_prefix(ref->prefix) : std::nullopt;
      if (noun) state_.mentions.note(Mention{*noun, ref->text(), "", "", state_.turn, true});
    }
  }
}

void Turn::take_result(Work& work, const ModelMessage& result) {
  work.result = &result;
  work.stage = Stage::done;
  if (result.ok) note_done(work);
  else take_failure(work, result);
}

// "Emailed Gareth his quote for the rehab package": of Gareth's two leads the one whose title the words hold. Null when none
// stands out.
const Choice* Turn::told_by_title(const std::vector<Choice>& choices) const {
  const Utterance& utterance = *heard_.utterance;
  const Choice* best = nullptr;
  std::size_t best_count = 0;
  bool is_tied = false;
  for (const Choice& choice : choices) {
    if (choice.noun != Noun::lead && choice.noun != Noun::opportunity) return nullptr;
    const std::string title = " " + fold_name(choice.label.substr(0, choice.label.find(" \u2014 "))) + " ";
    std::size_t count = 0;
    for (std::size_t at = 0; at < utterance.size(); ++at) {
      if (!utterance.is(at, UnitKind::word)) continue;
      const std::string_view word = utterance.tokens()[utterance[at].first].folded;
      if (word.size() >= kTitleLetters && !is_little_word(word) && title.find(" " + std::string(word) + " ") != std::string::npos) ++count;
    }
    if (count == 0 || count < best_count) continue;
    is_tied = count == best_count;
    best = &choice;
    best_count = count;
  }
  return is_tied ? nullptr : best;
}

void Turn::take_failure(Work& work, const ModelMessage& result) {
  work.stage = Stage::stopped;
  const auto index = static_cast<std::size_t>(&work - works_.data());
  if (result.code == "ambiguous" && !result.list.empty()) {
    std::string role;
    for (const auto& [name, filled] : work.frame.slots) {
      if (kind_of_role(name) != RoleKind::reference || !filled.ref.empty()) continue;
      if (role.empty() || result.text.find("\"" + filled.words + "\"") != std::string::npos) role = name;
    }
    if (role.empty())
      for (const Need& need : work.frame.kind->needs)
        if (role.empty() && kind_of_role(need.roles.front()) == RoleKind::reference) role = need.roles.front();
    if (role.empty()) role = "contact";
    if (const Choice* meant = told_by_title(result.list)) {
      Filled told = said(meant->label);
      told.ref = meant->ref;
      work.frame.slots.insert_or_assign(role, std::move(told));
      work.stage = Stage::waiting;
      work.result = nullptr;
      return;
    }
    const Filled* filled = work.frame.slot(role);
    const std::string opening = filled == nullptr || filled->words.empty() ? book().reply("which") : book().reply("which_named", {{"name", filled->words}});
    return ask_which(index, role, result.list, opening);
  }
  if (result.code == "not_found" && (take_unknown_person(work, result) || take_missing_lead(work, result))) return;
  if (result.code == "not_found" && retry_as_lead(work)) return;
  if (result.code == "invalid_argument") return take_missing(work, spoken_error(result));
  if (question_.is_open() && is_question(question_text_)) {
    lines_.push_back(spoken_error(result));
    return;
  }
  lines_.push_back(spoken_error(result));
  if (result.code != "not_found") return;
  // Another name may be given; the rest of the request stands.
  for (const auto& [role, filled] : work.frame.slots) {
    if (kind_of_role(role) != RoleKind::reference || question_.is_open()) continue;
    question_.about = Question::About::facts;
    question_.frames = frames_from(index);
    question_.roles = {role};
    question_.frames.front().slots.erase(role);
    break;
  }
}

// "The scar treatment" was won: no deal yet is called so, but a lead may be.
bool Turn::retry_as_lead(Work& work) {
  const OfferedTool* tool = find_tool(request(), work.frame.kind->tool);
  if (tool == nullptr || !ToolView(*tool).has("lead") || !ToolView(*tool).has("opportunity")) return false;
  for (auto& [role, filled] : work.frame.slots) {
    if ((role != "deal" && role != "opportunity") || !filled.reference || filled.reference->pointing != Pointing::words || filled.reference->noun == Noun::lead) continue;
    filled.reference->noun = Noun::lead;
    work.stage = Stage::waiting;
    work.result = nullptr;
    return true;
  }
  return false;
}

// A person without any inquiry: what is wanted needs one, so it is offered to open it first.
bool Turn::take_missing_lead(Work& work, const ModelMessage& result) {
  const RequestKind* opens = book().find("open_lead");
  if (question_.is_open() || opens == nullptr || find_tool(request(), opens->tool) == nullptr) return false;
  if (result.text.find(" has no lead yet") == std::string::npos) return false;
  const std::size_t open = result.text.find("(C-"), end = result.text.find(')', open == std::string::npos ? 0 : open);
  if (open == std::string::npos || end == std::string::npos || !parse_ref(result.text.substr(open + 1, end - open - 1))) return false;
  const auto index = static_cast<std::size_t>(&work - works_.data());
  Filled person = said(std::string(trim(result.text.substr(0, open))));
  person.ref = result.text.substr(open + 1, end - open - 1);
  Frame lead;
  lead.kind = opens;
  lead.slots.emplace("contact", person);
  question_.about = Question::About::offer;
  question_.options = {std::move(lead)};
  question_.frames = frames_from(index);
  for (const auto& [role, filled] : work.frame.slots)
    if (kind_of_role(role) == RoleKind::reference) question_.roles = {role};
  question_text_ = book().reply("open_one_first", {{"who", person.words}});
  return true;
}

// Somebody who is not on file: a new inquiry makes them known, any other request offers to add them first.
bool Turn::take_unknown_person(Work& work, const ModelMessage& result) {
  const auto index = static_cast<std::size_t>(&work - works_.data());
  const bool has_nearest = result.text.find("nearest") != std::string::npos || result.text.find("closed") != std::string::npos;
  if (work.frame.kind->name == "new_inquiry" && work.frame.slot("contact") != nullptr) {
    work.frame.slots.erase("contact");
    work.frame.declined.push_back("contact");
    if (has_nearest) lines_.push_back(spoken_error(result));
    work.stage = Stage::waiting;
    return true;
  }
  if (has_nearest || question_.is_open() || find_tool(request(), "create_contact") == nullptr) return false;
  const RequestKind* adds = book().find("add_customer");
  if (adds == nullptr || result.text.find("no contact") == std::string::npos) return false;
  if (work.frame.kind->mood == Mood::asks || work.frame.kind->tool == "archive_contact" || work.frame.kind->tool == "merge_contacts") return false;
  for (const auto& [role, filled] : work.frame.slots) {
    const bool is_person = kind_of_role(role) == RoleKind::reference && filled.ref.empty() && filled.reference && filled.reference->pointing == Pointing::words;
    if (!is_person || filled.reference->quality < 0.6) continue;
    Frame add;
    add.kind = adds;
    add.slots.emplace("name", filled_name(filled.reference->words));
    for (const char* point : {"phone", "email", "address", "source"})
      if (const Filled* known = work.frame.slot(point)) add.slots.emplace(point, *known);
    question_.about = Question::About::offer;
    question_.options = {std::move(add)};
    question_.frames = frames_from(index);
    question_.roles = {role};
    lines_.push_back(spoken_error(result));
    question_text_ = book().reply("add_them", {{"who", filled.reference->words}});
    return true;
  }
  return false;
}

// The tool wants more: its own question is asked, and what comes next goes into the same call.
void Turn::take_missing(Work& work, const std::string& error) {
  const auto index = static_cast<std::size_t>(&work - works_.data());
  std::vector<std::string> roles;
  const std::string folded = to_lower(error);
  const std::pair<std::string_view, std::string_view> kAsked[] = {
      {"phone", "phone"}, {"e-mail", "email"}, {"email", "email"}, {"address", "address"}, {"amount", "amount"}, {"worth", "amount"},
      {"reason", "reason"}, {"which day", "date"}, {"what time", "time"}, {"what they need", "title"}, {"how did it go", "body"}};
  for (const auto& [word, role] : kAsked)
    if (folded.find(word) != std::string::npos && work.frame.kind->takes_role(role)) roles.emplace_back(role);
  if (const std::size_t asks = error.find("ask for"); asks != std::string::npos) {
    std::string things(trim(std::string_view(error).substr(asks + 7)));
    while (!things.empty() && (things.front() == ':' || things.front() == ' ')) things.erase(0, 1);
    while (!things.empty() && things.back() == '.') things.pop_back();
    const bool is_one = things.find(',') == std::string::npos && things.find(" and ") == std::string::npos;
    lines_.push_back(book().reply(is_one ? "ask_more" : "ask_more_several", {{"things", things}}));
  } else {
    lines_.push_back(error);
  }
  if (roles.empty() || question_.is_open()) return;
  question_.about = Question::About::facts;
  question_.frames = frames_from(index);
  question_.roles = std::move(roles);
  for (const std::string& role : question_.roles) question_.frames.front().slots.erase(role);
}

// The question a tool left behind ("Want me to open a lead for them?"), when nothing of ours stands in its place.
void Turn::open_offer() {
  if (offer_.empty() || parked_ || question_.is_open()) return;
  if (!lines_.empty() && is_question(lines_.back())) return;
  question_.about = Question::About::offer;
  question_.options = interpreter_.read_offer(offer_, scene_);
  question_.turn = state_.turn;
}

void Turn::close(TurnOutcome& outcome) {
  if (!question_text_.empty()) lines_.push_back(question_text_);
  std::vector<std::string> lines;
  // What was looked up is not shown by itself once there are words of ours.
  if (!lines_.empty())
    for (const Work& work : works_)
      if (work.result != nullptr && work.result->ok && !work.result->text.empty()) {
        const OfferedTool* tool = find_tool(request(), work.frame.kind->tool);
        if (tool != nullptr && tool->effect == EffectClass::read) lines.push_back(work.result->text);
      }
  lines.insert(lines.end(), lines_.begin(), lines_.end());
  outcome.text = join(lines, "\n");
  question_.turn = state_.turn;
  if (!is_last_) {
    // A turn that ended otherwise than replayed (another model, other phrases) left no question of ours.
    std::string told;
    for (const ModelMessage* message : messages_.rest)
      if (message->speaker == Speaker::model && message->calls.empty()) told = message->text;
    for (; next_message_ < messages_.rest.size(); ++next_message_) state_.mentions.note(*messages_.rest[next_message_], state_.turn);
    if (trim(told) != trim(outcome.text)) question_ = Question();
  }
  open_offer();
  for (const Work& work : works_)
    if (work.stage != Stage::done) note_named(work.frame);
  // An older question that something else came in between may still be answered.
  if (state_.question.is_open()) state_.suspended = std::move(state_.question);
  state_.question = std::move(question_);
  ++state_.turn;
  outcome.state = std::move(state_);
}

}  // namespace deskhand::embedded
