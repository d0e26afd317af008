// The conversation as the embedded model understands it, folded from its messages: what has been spoken of, what was asked and
// not answered yet, and what is still to be done in the turn at hand. Nothing is remembered between requests.
//
// Thread rule: a Dialogue belongs to one request and one thread.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "model/embedded/interpreter.h"
#include "model/embedded/mentions.h"

namespace deskhand::embedded {

// A question that stands open.
struct Question {
  enum class About {
    nothing,
    facts,    // `roles` of frames.front()
    which,    // one of `choices` for `roles.front()` of frames.front()
    request,  // one of `options`
    offer     // yes does options.front(); what else is said may be facts for frames.front()
  };
  About about = About::nothing;
  std::vector<Frame> frames;      // the one asked about, then those that wait behind it
  std::vector<std::string> roles;
  std::vector<Choice> choices;
  std::vector<Frame> options;
  int turn = 0;                   // in which it was asked
  bool is_open() const { return about != About::nothing; }
};

// The last change that went through, which a correction behind it is about.
struct DoneLast {
  Frame frame;
  std::shared_ptr<const Json> data;  // of its result
  int turn = -100;
};

// Words for somebody or something that no result gave a ref to: a request that failed or was left.
struct NamedOnly {
  Filled words;
  int turn = -100;
};

struct DialogueState {
  Mentions mentions;
  Question question;
  Question suspended;       // an older one that something else came in between
  DoneLast last;
  DoneLast looked_up;       // the last question that was answered
  NamedOnly named;
  std::string last_undo;    // U-7
  int turn = 0;
};

// What one turn comes to, as far as its messages go.
struct TurnOutcome {
  std::vector<ProposedCall> calls;  // the next ones, or
  std::string text;                 // the last words
  std::string explanation;
  DialogueState state;              // after the turn, when there are no more calls
};

// One turn: the person's message and what came after it in the same turn, oldest first.
struct TurnMessages {
  const ModelMessage* said = nullptr;
  std::vector<const ModelMessage*> rest;
};

class Dialogue {
 public:
  Dialogue(const PhraseBook& book, const ModelRequest& request) : interpreter_(book, request), request_(request) {}
  // Folds all turns and answers the last one.
  TurnOutcome answer();

 private:
  Scene scene_at(Instant at, bool is_last) const;

  Interpreter interpreter_;
  const ModelRequest& request_;
};

// The turns of a list of messages; messages before the first person's words are left out.
std::vector<TurnMessages> turns_of(const std::vector<ModelMessage>& messages);

}  // namespace deskhand::embedded
