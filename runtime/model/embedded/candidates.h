// Which requests a stretch of a message may be, each with a score from 0 to 100 and the match it comes from.
//
// A score is made of: how much the words met say (two words of substance are nearly certain), how much of the clause stays
// unexplained, whether a slot holds what it should, whether the sentence orders, tells or asks as the request does, and
// whether it is denied.
//
// Thread rule: a Candidates object belongs to one utterance and one thread.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "model/embedded/phrase_book.h"
#include "model/embedded/reference.h"
#include "model/embedded/utterance.h"

namespace deskhand::embedded {

struct Candidate {
  const RequestKind* kind = nullptr;
  std::string pattern;  // as written, for the explanation
  PatternMatch match;
  std::size_t begin = 0;  // where its clause begins, fillers included
  double score = 0;
  bool is_hedged = false;  // "I think", "might": told as possible, not as so
};

// At least this much for a request to be taken as meant; and so far apart for two to be told apart.
inline constexpr double kAccepted = 55;
inline constexpr double kMargin = 4;

class Candidates {
 public:
  Candidates(const PhraseBook& book, const std::vector<Saying>& more, const Utterance& utterance);

  // Requests that begin at `first` (words without meaning skipped), best first, each kind once.
  std::vector<Candidate> at(std::size_t first, std::size_t limit) const;
  // The same, beginning anywhere in [first, limit).
  std::vector<Candidate> within(std::size_t first, std::size_t limit) const;
  // The end of the cue that begins at `first`; `first` when none does.
  std::size_t cue_end(std::string_view cue, std::size_t first, std::size_t limit) const;
  // Where the request begins behind "ok, can you please".
  std::size_t skip_fillers(std::size_t first, std::size_t limit) const;
  bool has_cue(std::string_view cue, std::size_t first, std::size_t limit) const;
  // `limit` without what is only said at the end: "pls", "thanks", "when you get a chance". Never before `first` + 1.
  std::size_t trimmed_end(std::size_t first, std::size_t limit) const;
  // The value of a choice said exactly in [first, end); "" when none is.
  std::string choice_at(std::string_view choices, std::size_t first, std::size_t end) const;
  const Utterance& utterance() const { return utterance_; }
  // read_references of the utterance, read once for each place.
  const std::vector<ReferenceEnd>& references(std::size_t first, std::size_t limit) const;

 private:
  void collect(std::size_t begin, std::size_t first, std::size_t limit, std::vector<Candidate>& found) const;
  void try_saying(const Saying& saying, std::size_t begin, std::size_t first, std::size_t limit, std::vector<Candidate>& found) const;
  std::vector<std::size_t> slot_ends(std::string_view role, std::size_t first, std::size_t limit) const;
  std::vector<std::size_t> choice_ends(std::string_view choices, std::size_t first, std::size_t limit) const;
  double score(const Saying& saying, const PatternMatch& match, std::size_t begin, std::size_t limit) const;
  double mood_penalty(const RequestKind& kind, const PatternMatch& match, std::size_t begin, std::size_t limit) const;
  bool has_cue_outside_text(std::string_view cue, const RequestKind& kind, const PatternMatch& match, std::size_t begin, std::size_t limit) const;
  bool is_said_in_full(const PatternMatch& match, std::size_t begin, std::size_t limit) const;
  bool names_somebody(const Capture& capture) const;
  bool says_reason() const;
  bool ends_clause(const std::string& cue) const;
  bool is_unlike(const RequestKind& kind, const PatternMatch& match, std::size_t limit) const;
  bool is_hedged(const Candidate& candidate, std::size_t begin, std::size_t limit) const;
  double slot_penalty(const PatternMatch& match) const;
  double unexplained(const RequestKind& kind, const PatternMatch& match, std::size_t limit) const;

  const PhraseBook& book_;
  const std::vector<Saying>& more_;
  const Utterance& utterance_;
  std::vector<bool> present_;
  mutable std::map<std::pair<std::size_t, std::size_t>, std::vector<ReferenceEnd>> references_;  // by place and limit
  mutable std::optional<bool> says_reason_;
  mutable std::map<std::string, bool, std::less<>> ends_clause_;  // by cue
  SlotEnds ends_;
};

}  // namespace deskhand::embedded
