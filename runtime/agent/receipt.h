// What a person is shown of a turn. Lines that say something changed come only from rows of this run. Where a turn called a tool
// that changes things, or where the model's prose claims that something was done, that prose is withheld, told apart in the log,
// and the program's own lines stand in its place. A question of the model's that claims nothing is always shown.
//
// Thread rule: pure functions. Source: issue 5, point 8.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "agent/claim_lexicon.h"
#include "agent/run_log.h"

namespace deskhand::agent {

struct Prose {
  std::string shown, withheld;
  std::string claim;   // the words that gave it away; empty when the turn's kind alone did
  bool asks = false;   // what is shown ends in a question
};
Prose judge_prose(std::string_view text, bool turn_has_writes, const ClaimLexicon& lexicon);
// The embedded model's words are this program's own sentences, chosen by rules: they are shown as they are.
bool prose_is_the_programs(const std::vector<Step>& steps);

struct ComposedReply {
  std::vector<std::string> before;  // receipts and read results: above what deliveries report
  std::vector<std::string> after;   // the model's words, the offer, why the turn stopped
  Prose prose;
  bool asked = false;
};
struct ReplyFrame {
  std::string_view halted;        // why the turn stopped half way, or ""
  bool has_cards = false;         // cards are drawn below the text
  bool programs_prose = false;    // prose_is_the_programs()
  std::string_view shown;         // what a watching channel has seen of the model's words; the receipts' model_text is the rest
};
ComposedReply compose_reply(const TurnReceipts& receipts, const ClaimLexicon& lexicon, const ReplyFrame& frame);

}  // namespace deskhand::agent
