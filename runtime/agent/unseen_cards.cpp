// "Approve A-2" about a card that this conversation has not shown: the card is drawn and asked about. A yes reaches
// only what its writer has seen (design 1.3).
#include <algorithm>

#include "agent/agent.h"
#include "agent/turn.h"
#include "base/text.h"

namespace deskhand::agent {
namespace {

constexpr std::size_t kWordsBesideRefs = 4;    // "yes please, send A-2"; longer sentences are requests
constexpr std::size_t kCardsDrawnAtOnce = 10;  // more than one reads on a screen

// Refs of approvals when the text is about nothing else, in the order they stand.
std::vector<std::int64_t> cards_named(std::string_view text) {
  std::vector<std::int64_t> numbers;
  if (text.size() > kCardsDrawnAtOnce * 16 + 64) return numbers;
  std::string spaced(text);
  for (char& c : spaced)
    if (c == ',' || c == '.' || c == '!' || c == '?' || c == ':' || c == ';' || c == '\n' || c == '\t') c = ' ';
  std::size_t others = 0;
  for (const std::string& word : split(spaced, ' ')) {
    if (word.empty()) continue;
    const auto ref = parse_ref(word);
    if (!ref || ref->prefix != ref_prefix::kApproval) {
      ++others;
      continue;
    }
    if (std::find(numbers.begin(), numbers.end(), ref->number) == numbers.end()) numbers.push_back(ref->number);
  }
  if (others > kWordsBesideRefs || numbers.size() > kCardsDrawnAtOnce) numbers.clear();
  return numbers;
}

}  // namespace

Result<bool> Agent::draw_unseen_cards(Turn& turn, std::string_view text, const AnswerContext& context) {
  const std::vector<std::int64_t> numbers = cards_named(text);
  std::vector<std::string> refs;
  const Done done = store_.read(turn.org, [&](Txn& txn) -> Done {
    for (const std::int64_t number : numbers) {
      const std::string ref = Ref{ref_prefix::kApproval, number}.text();
      if (std::any_of(context.cards.begin(), context.cards.end(),
                      [&](const DeliveredCard& card) { return card.ref == ref; }))
        continue;
      auto approval = txn.approvals().find_by_ref(number);
      if (!approval && approval.error().code == Code::not_found) continue;
      if (!approval) return approval.error();
      if (approval->status != ApprovalStatus::pending) continue;
      turn.reply.cards.push_back(card_of(*approval));
      refs.push_back(ref);
    }
    return {};
  });
  if (!done) return done.error();
  if (refs.empty()) return false;
  ReplyRecord record;
  record.text = refs.size() == 1 ? "This is " + refs.front() + ", not shown here before. Answer it now."
                                 : "These were not shown here before: " + join(refs, ", ") + ". Answer them now.";
  if (auto committed = commit_reply(turn, record, refs); !committed) return committed.error();
  return true;
}

}  // namespace deskhand::agent
