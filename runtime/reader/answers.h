// Answers to open cards and numbered lists: "yes", "send it", "no", "2 ok, 3 later Friday", "change Tuesday to
// Thursday".
//
// Thread rule: pure functions.
//
// A yes releases something to a customer, so the whole message must be an answer and nothing else: one word that is not
// understood, a question mark, two verdicts that contradict each other, and there is no answer at all (the caller then
// treats the message as any other). "yes but change the price" is an edit, "send it tomorrow" is later, never yes.
// What an answer without a target refers to, and whether it may count at all, is for the caller (design 7): a bare yes
// only for the one card delivered in that conversation. Naming without a verdict ("2", "all of them") is no answer
// either; read_choice reads it where the caller has asked "which?".
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/ids.h"
#include "reader/dates.h"
#include "reader/reading.h"

namespace deskhand::reader {

enum class Verdict { yes, no, later, edit, done, draft };

struct Target {
  enum class Kind {
    number,  // of the latest numbered list; "the second" is 2
    ref,
    all,     // "all of them", "both"
    last,    // "the last one"
    other,   // "the other one": of two, the one not named
    rest     // "the rest": what the same message does not name
  };
  Kind kind = Kind::number;
  std::int64_t number = 0;
  Ref ref;
  bool operator==(const Target&) const = default;
};

struct Answer {
  std::vector<Target> targets;  // empty: none was named
  std::vector<Target> except;   // "all but 3"
  Verdict verdict = Verdict::no;
  std::optional<Reading<When>> later;  // of "later Friday"; absent when no day was said
  std::string instruction;             // of an edit, in the owner's words
  std::string remark;                  // why, behind a yes or no; read_remarked_answer only
  Span span;
};

// Each part of the message in its order; empty when the message is no answer or may be none.
std::vector<Answer> read_answer(std::string_view text, const DateContext& context);

// "No, she hasn't signed yet", "yes, he's her husband": one yes or no and a clause that says why. It is for the caller to say
// where a yes with words behind it counts; no customer should get a message by one. Empty for everything else.
std::optional<Answer> read_remarked_answer(std::string_view text, const DateContext& context);

// "2", "the second one", "1 and 3", "A-5", "the other one", "all of them": the whole text names and says no verdict.
std::vector<Target> read_choice(std::string_view text);

}  // namespace deskhand::reader
