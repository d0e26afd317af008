// One way of saying something, as a line of a phrase file: words that must be there, words that may be, and slots.
//
//   log|record a [phone] call (with|to) {contact} [: {body}]
//   a|b  one of these words     [x|y z]  one of these or nothing     (x|y z)  one of these     <customer>  a word of that group
//   <part>  one of the pieces of that part
//   {role}  a slot              #  a number                          *  up to three words      : ,  that mark, which may be missing
//
// Thread rule: immutable after compile(). Matching takes a bounded number of steps whatever the text is.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "model/embedded/utterance.h"

namespace deskhand::embedded {

// What phrases are written with besides words: <groups> of single words, <parts> that are whole pieces of a phrase, and words
// that may stand for one another wherever one of them is written.
struct Grammar {
  std::map<std::string, std::vector<int>, std::less<>> groups;
  std::map<std::string, std::string, std::less<>> parts;               // name, its alternatives parted by bars
  std::map<std::string, std::vector<std::string>, std::less<>> alike;  // a folded word, those that are as good
};

struct Capture {
  std::string_view role;           // owned by the pattern
  std::size_t first = 0, end = 0;  // units
  bool operator==(const Capture&) const = default;
};

struct PatternMatch {
  std::size_t first = 0, end = 0;  // units
  std::vector<Capture> captures;
  double meaning = 0;              // summed weights of the words met
  double guessed = 0;              // of which from misspelt words
  std::size_t words = 0;           // words of the phrase met
  std::size_t noise = 0;           // words passed over because they change nothing
  bool is_denial = false;          // the pattern itself says "not"
  bool open_text = false;          // its last slot takes all that follows
};

// Where a slot that begins at a unit may end, the most likely end first; empty when nothing of its kind stands there.
// `limit` is the first unit out of reach.
using SlotEnds = std::function<std::vector<std::size_t>(std::string_view role, std::size_t first, std::size_t limit)>;

class Pattern {
 public:
  // invalid_argument: brackets that do not close, an unknown group, nothing to match.
  static Result<Pattern> compile(std::string_view line, const Grammar& grammar, Vocabulary& vocabulary);

  // The match that begins exactly at `first`, the first of the pattern's alternatives in the order written.
  bool match(const Utterance& utterance, std::size_t first, std::size_t limit, const SlotEnds& ends, PatternMatch& match) const;
  // False when a word that the pattern can not do without is missing. `present[word]` for every word of the message.
  bool may_match(const std::vector<bool>& present) const;
  const std::string& line() const { return line_; }
  bool begins_with_slot() const { return begins_with_slot_; }

 private:
  // There are thousands of phrases and all of them stay in memory: places and indexes are as small as a phrase's bound lets them.
  enum class Step : std::uint8_t { word, number, slot, gap, mark, split, done };
  struct Instruction {
    Step step = Step::done;
    std::uint16_t operand = 0;   // word: index of a set; slot: of roles_; mark: the character
    std::uint16_t next = 0, other = 0;
  };
  struct Attempt;
  class Compiler;

  void find_openings(std::size_t instruction, std::vector<bool>& seen);
  bool may_begin(const Utterance& utterance, std::size_t first) const;
  bool run(Attempt& attempt, std::size_t instruction, std::size_t unit) const;
  bool run_slot(Attempt& attempt, const Instruction& instruction, std::size_t unit) const;
  static bool is_text_role(std::string_view role);
  void keep_sets(const std::vector<std::vector<int>>& sets, const Vocabulary& vocabulary);
  // The words of which one must stand at a place.
  std::span<const int> set(std::size_t index) const {
    const std::size_t begin = index == 0 ? 0 : set_ends_[index - 1];
    return std::span(set_words_).subspan(begin, set_ends_[index] - begin);
  }

  std::string line_;
  std::vector<Instruction> program_;
  std::vector<int> set_words_;          // of all sets, one behind the other
  std::vector<std::uint32_t> set_ends_;
  std::vector<std::string> roles_;
  std::vector<bool> takes_is_;         // of each set: it holds "is" or "has"
  std::vector<std::uint16_t> required_;  // sets that every match meets
  std::vector<int> openings_;          // words a match can begin with, sorted; meaningless when it can begin with anything
  bool opens_with_anything_ = false;
  std::size_t start_ = 0;
  bool is_denial_ = false;
  bool begins_with_slot_ = false;
};

}  // namespace deskhand::embedded
