// Turn: which of several the person's words choose: lines of a numbered list, and answers to "which one?".
#include <algorithm>

#include "base/text.h"
#include "model/embedded/roles.h"
#include "model/embedded/turn.h"
#include "reader/answers.h"
#include "reader/lexicon.h"

namespace deskhand::embedded {
namespace {

constexpr double kClearInstead = 70;  // a request of its own in the place of an answer

}  // namespace

// Which lines of a numbered list the words choose: "2", "the second one", "C-12", "1 and 3", "Ruiz", "the one on Oak St".
std::vector<Choice> Turn::chosen(const std::vector<Choice>& choices) const {
  const Utterance& utterance = *heard_.utterance;
  std::vector<Choice> picked;
  const auto add = [&](std::size_t place) {
    if (place < choices.size()) picked.push_back(choices[place]);
  };
  // "Ferris. No, I meant Quill": what was taken back does not count.
  const std::size_t corrected = behind_correction();
  const std::size_t begin = heard_.candidates->skip_fillers(corrected, utterance.size());
  const std::string_view words = utterance.words(begin < utterance.size() ? begin : corrected, utterance.size());
  for (std::size_t at = corrected; at < utterance.size(); ++at) {
    if (!utterance.is(at, UnitKind::ref)) continue;
    const std::string ref = utterance.ref(at).text();
    for (std::size_t place = 0; place < choices.size(); ++place)
      if (choices[place].ref == ref) add(place);
  }
  if (!picked.empty()) return picked;
  for (const reader::Target& target : reader::read_choice(words)) {
    using Kind = reader::Target::Kind;
    if (target.kind == Kind::number && target.number >= 1) add(static_cast<std::size_t>(target.number) - 1);
    else if (target.kind == Kind::last && !choices.empty()) add(choices.size() - 1);
    else if (target.kind == Kind::all) picked = choices;
  }
  if (!picked.empty()) return picked;
  for (const ReferenceEnd& found : read_references(utterance, begin, utterance.size())) {
    if (found.reference.pointing != Pointing::nth) continue;
    add(found.reference.nth < 0 ? choices.size() - 1 : static_cast<std::size_t>(found.reference.nth) - 1);
    return picked;
  }
  return chosen_by_words(choices);
}

// The one line that holds words of the message no other line holds.
std::vector<Choice> Turn::chosen_by_words(const std::vector<Choice>& choices) const {
  const Utterance& utterance = *heard_.utterance;
  std::size_t best = 0, best_count = 0;
  bool is_tied = false;
  for (std::size_t place = 0; place < choices.size(); ++place) {
    // The parts of an e-mail address are words of their own: "the harbor one" is klee@harbor.example.
    const std::string label = " " + fold_name(replace_all(replace_all(choices[place].label, "@", " "), ".", " ")) + " ";
    std::size_t count = 0;
    for (std::size_t at = behind_correction(); at < utterance.size(); ++at) {
      const std::string_view word = utterance.is(at, UnitKind::mark) ? std::string_view() : utterance.tokens()[utterance[at].first].folded;
      if (word.size() < 2 || (is_little_word(word) && !utterance.is(at, UnitKind::number))) continue;
      if (label.find(" " + std::string(word) + " ") != std::string::npos) ++count;
      else if (word.size() > 4 && word.back() == 's' && label.find(" " + std::string(word.substr(0, word.size() - 1)) + " ") != std::string::npos) ++count;
      else if (utterance.is(at, UnitKind::number) && word.size() >= 3 && label.find(word) != std::string::npos) ++count;
    }
    if (count == 0) continue;
    is_tied = count == best_count;
    if (count > best_count) {
      best = place;
      best_count = count;
      is_tied = false;
    }
  }
  if (best_count == 0 || is_tied) return {};
  return {choices[best]};
}

bool Turn::answer_which(const Question& question) {
  if (question.frames.empty() || question.roles.empty()) return false;
  // A whole request that names one of the choices is no answer to "which?".
  if (!heard_.frames.empty() && heard_.frames.front().score >= kClearInstead && !heard_.frames.front().kind->tool.empty() &&
      (heard_.frames.front().kind->mood == Mood::asks || heard_.frames.front().kind == question.frames.front().kind) && !heard_.frames.front().slots.empty())
    return merge_repeat(question);
  std::vector<Choice> picked = chosen(question.choices);
  if (picked.empty() && heard_.utterance->folded(heard_.candidates->skip_fillers(0, heard_.utterance->size())) == "the" && question.choices.size() == 2) {
    // "The other one" of two: the one that was not spoken of last.
    for (const ReferenceEnd& found : read_references(*heard_.utterance, heard_.candidates->skip_fillers(0, heard_.utterance->size()), heard_.utterance->size())) {
      if (found.reference.pointing != Pointing::other_one) continue;
      const Meant meant = state_.mentions.resolve(found.reference, {question.choices.front().noun}, state_.turn);
      if (meant.is_one()) picked.push_back({meant.candidates.front().noun, meant.candidates.front().ref, meant.candidates.front().label});
    }
  }
  const std::string& role = question.roles.front();
  if (picked.empty() && breaks_out(question)) return merge_repeat(question);
  std::vector<Frame> frames;
  if (!picked.empty()) {
    for (const Choice& choice : picked) {
      Frame frame = question.frames.front();
      Filled filled = said(choice.label);
      filled.ref = choice.ref;
      // A lead chosen where a person was meant stands in its own place.
      frame.slots.insert_or_assign(role, std::move(filled));
      frames.push_back(std::move(frame));
    }
    // What else the answer says belongs to the request as well.
    SlotFiller filler(book(), *heard_.candidates, scene_);
    if (frames.size() == 1 && heard_.frames.empty()) filler.add(frames.front(), {}, 0, heard_.utterance->size());
  } else {
    Frame frame = question.frames.front();
    frame.slots.erase(role);
    SlotFiller filler(book(), *heard_.candidates, scene_);
    // "The husky one" says which of them and is nobody's name.
    const bool describes = heard_.utterance->folded(heard_.candidates->skip_fillers(0, heard_.utterance->size())) == "the";
    const std::vector<std::string> filled = describes ? std::vector<std::string>() : filler.add(frame, {role}, 0, heard_.utterance->size());
    if (filled.empty() || frame.slot(role) == nullptr) {
      if (!heard_.frames.empty()) return false;
      if (says_only("no")) {
        lines_.push_back(book().reply("left"));
        return true;
      }
      question_ = question;
      question_text_ = book().reply("which") + numbered(question.choices);
      return true;
    }
    frames.push_back(std::move(frame));
  }
  for (std::size_t at = 1; at < question.frames.size(); ++at) frames.push_back(question.frames[at]);
  start(std::move(frames));
  return true;
}

}  // namespace deskhand::embedded
