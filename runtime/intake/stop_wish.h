// Who does not want to be written to any more, told from those who only say how or when they want to be reached.
//
// Thread rule: pure functions. What is meant has to be mail, a list or contact in general: "remove me from your list" and "stop
// calling me" count, "remove my stump", "do not text, please phone" and "don't contact me before March" do not. In English, Spanish,
// German and French.
#pragma once

#include <vector>

#include "reader/phrases.h"
#include "reader/tokenizer.h"

namespace deskhand::intake {

struct StopWish {
  std::vector<reader::PhraseMatch> places;  // where it is said; none: it is not
  bool is_said() const { return !places.empty(); }
};

StopWish read_stop_wish(const reader::Tokens& tokens);

// Whether the text gives a telephone number in another sentence than the one that says stop: its writer may want to be called.
bool has_number_beside(const reader::Tokens& tokens, const StopWish& stop);

}  // namespace deskhand::intake
