// Turn: what is said right behind something done and goes on with it: "sorry, it's 0119", "make that Monday instead", "and the
// other one on Friday". See turn.h.
#include <algorithm>

#include "base/json.h"
#include "base/text.h"
#include "model/embedded/roles.h"
#include "model/embedded/turn.h"
#include "reader/lexicon.h"

namespace deskhand::embedded {
namespace {

constexpr int kFollowOnTurns = 2;       // a correction comes at once or after one other thing
constexpr double kLikelyName = 0.7;     // "rosa beck" in small letters; the words before it leave little else
constexpr std::size_t kStrayWords = 4;  // beside the value, of a fact that is added without "sorry" or "make that"

}  // namespace

// What a call did is what a correction behind it is about.
void Turn::note_done(const Work& work) {
  const OfferedTool* tool = find_tool(request(), work.frame.kind->tool);
  if (tool == nullptr) return;
  DoneLast& last = tool->effect == EffectClass::read ? state_.looked_up : state_.last;
  last.frame = work.frame;
  last.data = work.result->data;
  last.turn = state_.turn;
}

// The record of what was done last that a role of another request means.
std::string Turn::ref_of_last(const RequestKind& kind, const std::string& role) const {
  const OfferedTool* tool = find_tool(request(), kind.tool);
  if (tool == nullptr) return {};
  const std::vector<Noun> wanted = ToolView(*tool).nouns_for(role);
  const auto is_wanted = [&](const std::string& text, Noun noun) {
    const auto ref = parse_ref(text);
    return ref && noun_of_prefix(ref->prefix) == noun;
  };
  std::vector<const Json*> records;
  if (state_.last.data != nullptr && state_.last.data->is_object()) {
    records.push_back(state_.last.data.get());
    for (const auto& [key, value] : state_.last.data->items())
      if (value.is_object()) records.push_back(&value);
  }
  for (const Noun noun : wanted) {
    for (const Json* record : records)
      for (const char* key : {"ref", "contact_id", "lead_id", "opportunity_id", "interaction_id", "appointment_id"})
        if (const std::string ref = text_at(*record, key); is_wanted(ref, noun)) return ref;
    for (const auto& [name, filled] : state_.last.frame.slots)
      if (is_wanted(filled.ref, noun)) return filled.ref;
  }
  return {};
}

// Words beside the values that no request knows; many of them tell of something else.
std::size_t Turn::stray_words() const {
  const Utterance& utterance = *heard_.utterance;
  std::size_t count = 0;
  for (std::size_t at = 0; at < utterance.size(); ++at) {
    std::size_t end = at;
    for (const char* cue : {"correction", "none", "filler", "yes", "no"}) end = std::max(end, heard_.candidates->cue_end(cue, at, utterance.size()));
    if (end > at) at = end - 1;
    else if (utterance.is(at, UnitKind::word) && !is_little_word(utterance.folded(at))) ++count;
  }
  return count;
}

bool Turn::amend_last() {
  if (state_.last.frame.kind == nullptr || state_.last.turn < state_.turn - kFollowOnTurns) return false;
  const Utterance& utterance = *heard_.utterance;
  const bool corrects = heard_.candidates->has_cue("correction", 0, utterance.size());
  for (const Amendment& amendment : state_.last.frame.kind->amends) {
    const RequestKind* kind = book().find(amendment.request);
    if (kind == nullptr || kind->needs.empty() || find_tool(request(), kind->tool) == nullptr) continue;
    Frame frame;
    frame.kind = kind;
    SlotFiller filler(book(), *heard_.candidates, scene_);
    std::vector<std::string> asked;
    const bool renames = std::find(amendment.roles.begin(), amendment.roles.end(), "name") != amendment.roles.end();
    if (renames && corrects) asked.emplace_back("new_name");
    const std::vector<std::string> filled = filler.add(frame, asked, 0, utterance.size());
    const bool fits = std::any_of(filled.begin(), filled.end(), [&](const std::string& role) {
      return std::find(amendment.roles.begin(), amendment.roles.end(), role) != amendment.roles.end() || (renames && role == "new_name");
    });
    if (!fits || (!corrects && stray_words() > kStrayWords)) continue;
    const std::string& role = kind->needs.front().roles.front();
    const std::string ref = ref_of_last(*kind, role);
    if (ref.empty()) continue;
    Filled subject = said(state_.mentions.label_of(ref));
    subject.ref = ref;
    frame.slots.insert_or_assign(role, std::move(subject));
    start({std::move(frame)});
    return true;
  }
  return false;
}

// "And the other one to scheduled visit", "same for Ana", "and on Bo?": the last request for somebody else.
bool Turn::repeat_last() {
  const DoneLast& newest = state_.looked_up.turn > state_.last.turn ? state_.looked_up : state_.last;
  return newest.frame.kind != nullptr && newest.turn >= state_.turn - kFollowOnTurns && repeat(newest.frame);
}

// Asking again changes nothing, so a question may do it.
bool Turn::repeats_a_question() { return state_.looked_up.turn > state_.last.turn && repeat_last(); }

bool Turn::repeat(const Frame& before) {
  static const reader::WordSet openers("on with for to about from of");
  const Utterance& utterance = *heard_.utterance;
  const RequestKind& kind = *before.kind;
  std::string role;
  for (const auto& [name, filled] : before.slots)
    if (kind_of_role(name) == RoleKind::reference && role.empty()) role = name;
  if (role.empty() || kind.takes_role("other")) return false;
  std::size_t at = 0;
  while (utterance.is(at, UnitKind::mark)) ++at;
  const std::size_t likewise = heard_.candidates->cue_end("likewise", at, utterance.size());
  if (likewise == at) return false;
  at = likewise;
  if (utterance.folded(at - 1) == "the") --at;  // "same for the phone system lead"
  if (utterance.folded(at) == ",") ++at;
  if (openers.has(utterance.folded(at))) ++at;
  for (ReferenceEnd& found : read_references(utterance, at, utterance.size())) {
    if (found.reference.quality < kLikelyName || found.reference.pointing == Pointing::unsaid || found.reference.pointing == Pointing::pronoun) continue;
    Frame frame;
    frame.kind = &kind;
    for (const auto& [name, filled] : before.slots)
      if (kind_of_role(name) != RoleKind::reference) frame.slots.emplace(name, filled);
    Filled subject = said(found.reference.words);
    subject.reference = std::move(found.reference);
    frame.slots.insert_or_assign(role, std::move(subject));
    std::vector<std::string> asked;
    if (frame.slots.erase("stage") > 0) asked.emplace_back("stage");
    SlotFiller filler(book(), *heard_.candidates, scene_);
    if (found.end < utterance.size()) filler.add(frame, asked, found.end, utterance.size());
    for (const auto& [name, filled] : before.slots)
      if (kind_of_role(name) != RoleKind::reference) frame.slots.emplace(name, filled);
    start({std::move(frame)});
    return true;
  }
  return false;
}

// What was left or failed has been spoken of, though no record of it is known: "it" may mean it.
void Turn::note_named(const Frame& frame) {
  for (const auto& [role, filled] : frame.slots) {
    const bool names = kind_of_role(role) == RoleKind::reference && filled.ref.empty() && filled.reference && filled.reference->pointing == Pointing::words;
    if (names && filled.reference->quality >= 0.5) state_.named = {filled, state_.turn};
    else if (kind_of_role(role) == RoleKind::reference && !filled.ref.empty())
      if (const auto ref = parse_ref(filled.ref); ref && noun_of_prefix(ref->prefix))
        state_.mentions.note(Mention{*noun_of_prefix(ref->prefix), filled.ref, filled.words, "", state_.turn, true});
  }
}

}  // namespace deskhand::embedded
