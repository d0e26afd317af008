// Which known word a misspelling means: "tomorow" → tomorrow, "tuesady" → tuesday. It would rather not know than turn a
// name into a word: the first letter must agree, and so must the last unless letters only changed places.
//
// Thread rule: immutable after construction. Words are folded (tokenizer.h) and must outlive the index.
#pragma once

#include <string_view>
#include <vector>

namespace deskhand::reader {

class SpellingIndex {
 public:
  // Words under five letters are never guessed and may be left in.
  explicit SpellingIndex(const std::vector<std::string_view>& words);

  // The known word itself, or the one it must mean: one edit away, two for words of eight letters and more. "" when
  // there is none, when two are equally near, and for common English words and given names that are not in the index.
  std::string_view correct(std::string_view folded) const;

 private:
  std::vector<std::string_view> words_;  // sorted, so that words of one first letter stand together
};

}  // namespace deskhand::reader
