// Reads an owner's words as answers to open cards, before any model sees them. A wrong yes is the worst mistake this program can
// make: what is not clearly an answer is none, and what could mean two cards becomes a question.
//
// Thread rule: pure functions. Source: design 7, first paragraph.
#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "agent/run_log.h"
#include "crm/conversation.h"
#include "ports/channel.h"
#include "reader/dates.h"

namespace deskhand::agent {

// A card this conversation was shown before the message was sent, still pending, its bytes unchanged. Oldest first.
struct DeliveredCard {
  std::string ref, fingerprint, summary;
  std::string recipient;     // send_message: the name of whom it is for
  ApprovalKind kind{};
  MessageId message;
  std::string draft_text;    // send_message: the text an edit would change
  bool in_last_reply = false;
};

enum class CardVerdict { approve, reject, later, edit };
struct CardAction {
  std::string ref, fingerprint;
  CardVerdict verdict = CardVerdict::approve;
  std::optional<Day> day;            // later: ask again then
  std::string replace_from, replace_to;  // edit: "change Tuesday to Thursday"
  std::string new_text;                  // edit: "change it to: ..."
};

struct NotAnAnswer {};
struct AskBack { std::string question; };
using CardAnswer = std::variant<NotAnAnswer, AskBack, std::vector<CardAction>>;

struct AnswerContext {
  std::vector<DeliveredCard> cards;
  std::vector<ListItem> list;   // the latest numbered list delivered here
  bool last_reply_asked = false;  // a question other than a card's stands open
  LocalTime now;
  BusinessCalendar calendar;
};

// As a step of the run log, before they are carried out; run_log's decided() follows for each, in order.
std::string cards_answered(const std::vector<CardAction>& actions);
// corrupt: not such a step.
Result<std::vector<CardAction>> read_card_actions(const Step& step);

CardAnswer read_card_answer(std::string_view text, const AnswerContext& context);

}  // namespace deskhand::agent
