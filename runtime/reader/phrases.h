// Phrase patterns over tokens, for turning the many ways people say a thing into one code.
//
// A pattern is words with spaces between:
//   went with|for [a|an|another] * cheaper       "went with some other cheaper guy"
//   a|b   one of these words          [a|b]  may be left out        _   any one word
//   *     up to three tokens of the same sentence, as few as will do; *5 up to five        #   a number
// Words are compared folded (apostrophes gone), and words of five letters and more may be misspelt (spelling.h): then
// the match is only `likely`.
//
// Thread rule: immutable after construction. The patterns must outlive the set (literals do).
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "reader/reading.h"
#include "reader/spelling.h"
#include "reader/tokenizer.h"

namespace deskhand::reader {

struct PhraseMatch {
  std::size_t pattern = 0;         // index into the patterns given
  std::size_t first = 0, end = 0;  // tokens
  Certainty certainty = Certainty::sure;
};

class PhraseSet {
 public:
  explicit PhraseSet(const std::vector<std::string_view>& patterns);

  // Left to right, not overlapping; where several patterns start at one word the longest match wins, then the earlier
  // pattern.
  std::vector<PhraseMatch> find(const Tokens& tokens) const;
  std::optional<PhraseMatch> match_at(const Tokens& tokens, std::size_t index) const;

 private:
  enum class ElementKind { words, any_word, number, gap };
  struct Element {
    ElementKind kind = ElementKind::words;
    std::vector<std::string_view> words;  // sorted
    bool is_optional = false;
    std::size_t gap_max = 0;
  };
  struct Try {
    const Tokens& tokens;
    const std::vector<Element>& elements;
    bool guessed = false;
  };

  void add(std::string_view pattern);
  bool takes(const Element& element, const Tokens& tokens, std::size_t index, bool& guessed) const;
  std::size_t match_rest(Try& attempt, std::size_t element, std::size_t index) const;

  std::vector<std::vector<Element>> patterns_;
  std::map<std::string_view, std::vector<std::size_t>> by_first_word_;
  std::optional<SpellingIndex> spelling_;
};

// "it was not the price", "didn't go with a cheaper guy": a word of denial shortly before this token in its clause.
bool is_denied(const Tokens& tokens, std::size_t index);
// The sentence around this token asks ("did they go with somebody cheaper?") instead of telling.
bool is_asked(const Tokens& tokens, std::size_t index);

}  // namespace deskhand::reader
