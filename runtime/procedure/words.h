// Words of English prose as the readers of a procedure compare them: folded, with contractions opened and endings taken
// off, so that "Customers aren't deleted" and "never delete a customer" meet. Nothing here knows what a procedure is.
//
// Thread rule: pure functions and value types. Offsets are bytes of the text they were read from.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace deskhand::procedure {

struct Word {
  std::string text;       // lower case, ’ and possessive 's gone: "owner" of "Owner’s"
  std::size_t begin = 0;  // where it stands in the text
  std::size_t end = 0;
  bool is_capital = false;  // written with a capital first letter
  bool is_number = false;   // holds a digit
  bool starts_sentence = false;
};

// Letters and digits make words; hyphens part them, except "e-mail", which is "email". "don't" gives "do" and "not".
std::vector<Word> words_of(std::string_view text);

// The words, one space between them: how headings and placeholders are compared.
std::string folded(std::string_view text);

// A word without its ending: lead, leads, leading -> "lead"; sent -> "send"; won, wins, winning -> "won".
std::string stem(std::string_view word);

// The same without endings, for comparing phrases.
std::string stemmed(std::string_view text);

// What a text must hold. Groups parted by spaces, all of which must be met; a group is alternatives parted by '|'; an
// alternative is a word or words joined by '_' that stand side by side; a group that begins with '!' must not be met; a
// word that begins with '=' is met only in that form, the others in any. "new|incoming lead|inquiry !convert" is met by
// "An incoming inquiry".
class Pattern {
 public:
  Pattern(std::string_view text);  // NOLINT: implicit, so that tables of patterns read as text
  Pattern(const char* text) : Pattern(std::string_view(text)) {}  // NOLINT: the same

 private:
  friend class Stems;
  struct Phrase {
    std::vector<std::string> words;  // stems, or one word as it is
    bool is_exact = false;
  };
  struct Group {
    std::vector<Phrase> phrases;
    bool is_forbidden = false;
  };
  std::vector<Group> groups_;
};

// The words of a text without their endings, asked by patterns.
class Stems {
 public:
  explicit Stems(std::string_view text);
  // The number of groups met, 0 when one is missing or a forbidden one is there.
  int match(const Pattern& pattern) const;
  // The best of several patterns.
  int match_any(const std::vector<Pattern>& patterns) const;
  bool has(std::string_view alternatives) const;  // one group
  bool empty() const { return stems_.empty(); }

 private:
  bool has_phrase(const Pattern::Phrase& phrase) const;
  bool has_group(const Pattern::Group& group) const;
  std::vector<std::string> stems_;
  std::vector<std::string> words_;
};

// "3", "(3)", "three", "a dozen": 0 when it is not a number from 1 to 999.
int number_of(std::string_view word);

}  // namespace deskhand::procedure
