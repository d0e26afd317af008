// Reads an owner's words as answers to the numbered list shown last: "1,3 draft; 2 later Fri; 4 done". The same reader
// of answers as for cards; a line that is a card is answered as a card. What could mean two things becomes a question.
//
// Thread rule: pure functions. Source: design 7, first paragraph; S2-T1, S2-T2.
#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "agent/card_answer.h"
#include "base/json_fwd.h"
#include "reader/answers.h"

namespace deskhand::agent {

struct ListAction {
  ListItem item;
  reader::Verdict verdict = reader::Verdict::done;
  std::optional<Day> day;   // of "later", always set there: the next business day when none was said
  std::string fingerprint;  // of an approval's card that was before the person's eyes; "" otherwise
};
using ListAnswer = std::variant<NotAnAnswer, AskBack, std::vector<ListAction>>;

// The word the run log has for a verdict.
std::string_view name_of(reader::Verdict verdict);

// As a step of the run log, before they are carried out; one step "decided" follows for each, in order.
std::string list_answered(const std::vector<ListAction>& actions);
// Empty when the step holds answers to cards instead. corrupt: it can not be read.
Result<std::vector<ListAction>> read_list_actions(const Step& step);

// NotAnAnswer as well when the list holds nothing but cards: read_card_answer() has those.
ListAnswer read_list_answer(std::string_view text, const AnswerContext& context);

// The call that carries an action out, from what the log holds of it and nothing else: the same after a crash; `about` is the lead that a follow-up or reminder belongs to, "" when it has
// none. A problem instead says, for the person, what is missing. Neither: there is nothing to do.
struct ListCall {
  std::string tool, arguments_text, problem;
};
ListCall call_for(const ListAction& action, std::string_view about);

}  // namespace deskhand::agent
