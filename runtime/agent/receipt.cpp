#include "agent/receipt.h"

#include <algorithm>

#include "agent/run_log.h"
#include "base/json.h"
#include "base/limits.h"
#include "base/text.h"

namespace deskhand::agent {
namespace {

constexpr std::string_view kEmbedded = "embedded";  // the name it gives itself; no provider can be called so
constexpr std::string_view kNothing = "Nothing was changed and nothing was sent.";

bool is_question(std::string_view sentence) { return !sentence.empty() && sentence.back() == '?'; }

bool stands_in(const std::vector<std::string>& lines, std::string_view sentence) {
  return std::any_of(lines.begin(), lines.end(), [&](const std::string& line) { return line.find(sentence) != std::string::npos; });
}

// The program says the same in its own lines: nothing is missing on the screen.
void drop_said(Prose& prose, const std::vector<std::string>& lines) {
  std::vector<std::string> missing;
  for (std::string& sentence : sentences_of(prose.withheld))
    if (!stands_in(lines, sentence)) missing.push_back(std::move(sentence));
  if (missing.empty()) prose.withheld.clear();
}

std::vector<std::string> unique(std::vector<std::string> lines) {
  std::vector<std::string> kept;
  for (std::string& line : lines)
    if (!line.empty() && std::find(kept.begin(), kept.end(), line) == kept.end()) kept.push_back(std::move(line));
  return kept;
}

}  // namespace

Prose judge_prose(std::string_view text, bool turn_has_writes, const ClaimLexicon& lexicon) {
  Prose prose;
  const std::string_view words = trim(text);
  if (words.empty()) return prose;
  prose.claim = lexicon.first_claim(words);
  if (!turn_has_writes && prose.claim.empty()) {
    prose.shown = words;
    prose.asks = is_question(words);
    return prose;
  }
  std::vector<std::string> shown, withheld;
  for (std::string& sentence : sentences_of(words)) {
    const bool passes = is_question(sentence) && !lexicon.claims(sentence);
    (passes ? shown : withheld).push_back(std::move(sentence));
  }
  prose.asks = !shown.empty();
  prose.shown = join(shown, "\n");
  prose.withheld = join(withheld, "\n");
  return prose;
}

bool prose_is_the_programs(const std::vector<Step>& steps) {
  for (auto step = steps.rbegin(); step != steps.rend(); ++step) {
    if (step->kind != StepKind::model_answered) continue;
    const auto payload = content_of(*step);
    return payload && (*payload)->value("model", "") == kEmbedded;
  }
  return false;
}

ComposedReply compose_reply(const TurnReceipts& receipts, const ClaimLexicon& lexicon, const ReplyFrame& frame) {
  const std::string_view halted = frame.halted;
  const bool has_cards = frame.has_cards;
  ComposedReply reply;
  if (frame.programs_prose && halted.empty()) {
    reply.prose.shown = trim(receipts.model_text);
    reply.prose.asks = is_question(reply.prose.shown);
  } else if (halted.empty()) {
    reply.prose = judge_prose(receipts.model_text, receipts.has_writes, lexicon);
  }
  if (trim(receipts.model_text).empty()) reply.prose.asks = is_question(trim(frame.shown));
  const bool said_nothing = receipts.model_text.empty() && frame.shown.empty();
  const bool reads_stand_in = !receipts.has_writes && !reply.prose.withheld.empty();
  const bool reads_follow = receipts.has_writes && !reply.prose.withheld.empty();
  bool did = false;
  for (const TurnReceipts::Told& told : receipts.told) {
    did = did || told.writes;
    if (told.writes || said_nothing || reads_stand_in || (reads_follow && told.after_last_write)) reply.before.push_back(told.text);
  }
  for (const std::string& failure : receipts.failures)
    if (reply.prose.shown.find(failure) == std::string::npos) reply.before.push_back(failure);
  reply.before = unique(std::move(reply.before));
  drop_said(reply.prose, reply.before);
  if (reads_stand_in) reply.after.emplace_back(kNothing);
  if (!reply.prose.shown.empty()) reply.after.push_back(reply.prose.shown);
  const bool offers = !has_cards && !receipts.offer.empty() && !reply.prose.asks && halted.empty();
  if (offers) reply.after.push_back(receipts.offer);
  if (!halted.empty()) reply.after.emplace_back(halted);
  if (reply.before.empty() && reply.after.empty() && !has_cards && frame.shown.empty()) reply.after.emplace_back(did ? "Done." : kNothing);
  reply.asked = reply.prose.asks || (!has_cards && !receipts.offer.empty());
  return reply;
}

}  // namespace deskhand::agent
