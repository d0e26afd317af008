// Which of a model's words may be shown while they come. Words on a screen can not be taken back, so a sentence passes
// only when nothing that may follow could make the turn withhold it: the turn has proposed no change, and neither this
// sentence nor one before it claims or announces one. What has passed is part of the reply for good. docs/adr/0010 says
// why it is so.
//
// Thread rule: one thread. Ownership: keeps the function it is given; the lexicon must outlive it.
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>

#include "agent/claim_lexicon.h"

namespace deskhand::agent {

class ProseGate {
 public:
  ProseGate() = default;
  // `show` may be null: then nothing passes.
  ProseGate(std::function<void(std::string_view)> show, const ClaimLexicon& lexicon) : show_(std::move(show)), lexicon_(&lexicon) {}

  bool is_watched() const { return show_ != nullptr; }
  // An answer begins. `turn_has_changed`: a change was proposed in this turn; nothing passes any more.
  void begin(bool turn_has_changed);
  void take(std::string_view piece);
  // The answer broke off and begins anew. What passed stays; while the new words are the same, they are not shown
  // again.
  void restart();
  // The answer is whole. `text` is what the log holds of it; with calls, only what has passed before is kept.
  void end(std::string_view text, bool has_calls);

  const std::string& shown() const { return shown_; }  // of the whole turn
  // `text` of the last answer without its beginning that was shown.
  std::string_view rest_of(std::string_view text) const;

 private:
  void pass(std::size_t end);
  void show(std::string_view words);

  std::function<void(std::string_view)> show_;
  const ClaimLexicon* lexicon_ = nullptr;  // set where show_ is
  std::string shown_;
  std::string answer_;      // of the answer that comes now, as far as it has come
  std::size_t passed_ = 0;  // bytes of answer_ that are on the screen
  std::string
      passed_before_;  // of the same answer's earlier attempts: what the screen has and the new attempt may repeat
  bool is_open_ = false;
};

}  // namespace deskhand::agent
