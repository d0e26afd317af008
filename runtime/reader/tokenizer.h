// Text as words, numbers and marks, each with the bytes it stands on and a folded form that tables are compared with.
// "Dana's 2k (ana@ruiz.example)" is dana's · 2 · k · ( · ana · @ · ruiz · . · example · ).
//
// Thread rule: value types. A Tokens object refers to the text it was made from, which must outlive it.
// Bounds: reads limits::kBodyBytes; linear time. Letters and digits always part ("2k", "30th", "A5" are two tokens), an
// apostrophe inside a word does not ("O'Brien", "don't"), a hyphen does. Characters nobody can see are skipped.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "reader/reading.h"

namespace deskhand::reader {

enum class TokenKind { word, number, mark };
enum class Casing { none, lower, capital, upper, mixed };  // none: numbers, marks, scripts without case

struct Token {
  Span span;
  TokenKind kind = TokenKind::mark;
  Casing casing = Casing::none;
  bool glued = false;       // nothing stands between the token before and this one
  bool line_start = false;  // the first of its line
  bool possessive = false;  // ends in 's
  // Lower case without accents and apostrophes: "don't" → dont, "José" → jose. Marks: dashes and quotes of all kinds as
  // their ASCII sign, others as they are.
  std::string folded;
  // The folded word without its 's: "Dana's" → dana.
  std::string_view stem() const;
  bool is_word() const { return kind == TokenKind::word; }
  bool is_number() const { return kind == TokenKind::number; }
  bool is_capitalised() const {
    return casing == Casing::capital || casing == Casing::upper || casing == Casing::mixed;
  }
};

class Tokens {
 public:
  explicit Tokens(std::string_view text);

  std::string_view text() const { return text_; }
  std::size_t size() const { return tokens_.size(); }
  bool empty() const { return tokens_.empty(); }
  // An empty mark past the end, so that looking ahead needs no care.
  const Token& operator[](std::size_t index) const;
  // The folded form of a token, "" before the first and past the last.
  std::string_view word(std::size_t index) const;
  bool is(std::size_t index, std::string_view folded) const { return word(index) == folded; }
  bool is_number(std::size_t index) const { return index < size() && tokens_[index].is_number(); }
  bool is_word(std::size_t index) const { return index < size() && tokens_[index].is_word(); }
  // True when the token exists and follows the one before it without a space.
  bool is_glued(std::size_t index) const { return index < size() && tokens_[index].glued; }
  // Nothing before it on this line, or a full stop, "!" or "?", a colon, a bullet.
  bool starts_sentence(std::size_t index) const;
  // The bytes of tokens [first, end).
  Span span(std::size_t first, std::size_t end) const;
  std::string_view words(std::size_t first, std::size_t end) const { return words_of(text_, span(first, end)); }
  // The digits of a number token as a value; -1 for other tokens and for more than nine digits.
  long number(std::size_t index) const;
  // The first token at or after this byte.
  std::size_t at_byte(std::size_t byte) const;

 private:
  std::string_view text_;
  std::vector<Token> tokens_;
};

}  // namespace deskhand::reader
