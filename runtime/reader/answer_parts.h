// The parts an answer is made of: targets, verdicts and edit instructions, each starting at one token. Inside of
// answers.cpp.
//
// Thread rule: pure functions over tokens.
#pragma once

#include <optional>
#include <vector>

#include "reader/answers.h"
#include "reader/tokenizer.h"

namespace deskhand::reader {

// Numbers up to this are lines of a list; a longer list is never delivered (limits::kPageRowsMax).
inline constexpr std::int64_t kListNumberMax = 200;

struct TargetsAt {
  std::vector<Target> targets, except;
  std::size_t end = 0;  // token after them
};
// "2", "1 and 3", "1-3", "#2", "A-5", "all but 3", "the first", "both", "the rest".
std::optional<TargetsAt> read_targets(const Tokens& tokens, std::size_t index);

enum class Strength { strong, weak, praise };  // send it · ok · perfect
struct VerdictAt {
  Verdict verdict = Verdict::no;
  Strength strength = Strength::strong;
  bool sends = false;      // "send it", behind which a day means later
  bool names_all = false;  // "none of them"
  std::optional<Reading<When>> later;
  bool is_impossible = false;  // "later Feb 30"
  std::size_t end = 0;
};
// One verdict, with the day behind a "later".
std::optional<VerdictAt> read_verdict(const Tokens& tokens, const DateContext& context, std::size_t index);

// "please", "now", "thanks": 0 when there is none. `thanks` is set when it thanks.
std::size_t skip_filler(const Tokens& tokens, std::size_t index, bool& thanks);

// Whether an edit instruction starts here: "change Tuesday to Thursday", "make it shorter", "shorter please". A
// `trusted` place (behind "yes but", behind a target) takes objects that are fields of a record as well.
bool starts_edit(const Tokens& tokens, std::size_t index, bool trusted);
// "can you", "could you please": polite words before an edit.
std::size_t skip_request(const Tokens& tokens, std::size_t index);

}  // namespace deskhand::reader
