// The words that occur in the phrase files, each with a number, so that a pattern compares numbers. A word of a message that
// is none of them may be a misspelling of one.
//
// Thread rule: immutable once seal() was called; lookups may then come from any thread.
#pragma once

#include <deque>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "reader/spelling.h"

namespace deskhand::embedded {

class Vocabulary {
 public:
  struct Known {
    int word = -1;         // -1: not one of ours
    bool guessed = false;  // it was spelt differently
    bool shorthand = false;  // "txt" for text: an agreed spelling and no guess
  };

  Vocabulary() = default;
  // Adds to another's words without changing it; `base` must outlive this one.
  explicit Vocabulary(const Vocabulary& base) : base_(&base) {}

  // Folded as reader/tokenizer.h folds.
  int add(std::string_view folded);
  // "txt" stands for `word` from now on, unless it is a word of its own.
  void add_shorthand(std::string_view folded, int word);
  // A word that changes nothing where it stands: just, already, really.
  void mark_noise(int word);
  bool is_noise(int word) const;
  void seal();
  Known know(std::string_view folded) const;
  std::string_view text(int word) const;  // "" for -1
  std::size_t size() const { return words_.size() + (base_ == nullptr ? 0 : base_->size()); }

 private:
  Known know_as_written(std::string_view folded) const;

  const Vocabulary* base_ = nullptr;
  std::deque<std::string> words_;
  std::unordered_map<std::string_view, int> by_text_;
  std::map<std::string, int, std::less<>> shorthand_;
  std::vector<bool> noise_;  // by word
  std::optional<reader::SpellingIndex> spelling_;
};

// Lower case without accents and apostrophes: don't -> dont.
std::string fold_word(std::string_view word);
// "she's" is she, is; "i'll" is i, will. Both are "" for words that stand for themselves. Of those that are words without their
// apostrophe as well (well, were, shed) only the written apostrophe tells.
struct Contraction {
  std::string_view first, second;
};
Contraction contraction_of(std::string_view folded, bool has_apostrophe);
// A phrase with its contractions written out.
std::string expand_contractions(std::string_view phrase);
// Words that carry no request of their own: the, to, with, is.
bool is_little_word(std::string_view folded);

}  // namespace deskhand::embedded
