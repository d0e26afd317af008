// The run log: how steps are written as JSON and read back. A turn's state and the model's view of a conversation are both
// folded from it, so that a restart loses nothing.
//
// Thread rule: value types and pure functions. The form of each payload carries "v"; older forms must keep loading
// (tests/fixtures/run_log).
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "agent/turn_state.h"
#include "base/json_fwd.h"
#include "base/result.h"
#include "crm/conversation.h"
#include "ports/model.h"
#include "toolbox/toolbox.h"

namespace deskhand::agent {

// A step's payload as JSON, an object. corrupt when it is none.
Result<std::shared_ptr<const Json>> content_of(const Step& step);
// Keeps it in the step, so that whoever folds the same steps again does not read them again. What can not be read stays unread.
void keep_content(Step& step);

std::string person_said(std::string_view text);
inline constexpr std::size_t kPromptHash = 16;  // hexadecimal characters kept of a prompt's hash
// `prompt_hash`: of the stable part of what the model was sent.
std::string model_answered(const ModelReply& reply, std::string_view prompt_hash, std::int64_t took_ms);
std::string tool_called(const ProposedCall& call, const toolbox::CallResult& result, EffectClass effect);
struct ReplyRecord {
  std::string text;
  std::vector<std::string> cards;  // refs drawn in it
  std::vector<Choice> list;        // numbered in it
  std::string withheld, claim;     // what the model said and nobody was shown, and the words that gave it away
  bool asked = false;              // it ends in a question of the model's or a tool's, which a bare "yes" may answer
};
std::string replied(const ReplyRecord& reply);
std::string decided(std::string_view verdict, std::string_view approval_ref, const toolbox::CallResult& result);
// An answer that called no tool: what it is about, what the person is told, and the card that is to be drawn ("" for none).
std::string left_open(std::string_view verdict, std::string_view ref, std::string_view text, std::string_view card);
// An answer of a model in quarantine: no part of a conversation, so it is noted and no model reads it again.
struct QuarantinedLog {
  std::string purpose, about, prompt_hash;
  std::int64_t took_ms = 0;
  std::string refused;  // why the answer could not be used; "" when it has its form
};
std::string quarantined_answered(const ModelReply& reply, const QuarantinedLog& log);
// The draft that a model in quarantine worded about that lead earlier in these steps.
std::optional<std::string> worded_before(const std::vector<Step>& steps, std::string_view lead);
// A run that a later process went on with.
std::string resumed();
// Why a run ended without a reply.
std::string gave_up(std::string_view why);

// The turn as far as its steps go. corrupt when a payload can not be read.
Result<TurnState> fold_turn(const std::vector<Step>& steps);
// What the person is shown of the turn's calls: texts of tools, in order; the last list and offer.
struct TurnReceipts {
  struct Told {
    std::string text;
    bool writes = false, after_last_write = false;
  };
  std::vector<Told> told;               // what tools said that did what they were asked, in order
  std::vector<std::string> failures;    // why a change was not made, unless the same tool made it later
  bool has_writes = false;              // a tool that changes things was called, whether it did or not
  std::string picked_error;             // why the tool failed that a person picked themself
  std::vector<Choice> list;
  std::string offer, model_text, undo_ref;
  std::vector<std::string> parked;  // refs, in order
  std::vector<std::string> touched;
};
// What became of the cards that this run answers.
struct AnswerReceipts {
  std::vector<std::string> lines, parked;
  std::string offer, undo_ref;
  std::size_t count = 0;    // answers carried out
  bool released = false;    // one of them may have put something into the outbox
};
Result<AnswerReceipts> fold_answers(const std::vector<Step>& steps);
Result<TurnReceipts> fold_receipts(const std::vector<Step>& steps);
// The conversation as a model reads it, oldest first.
Result<std::vector<ModelMessage>> fold_messages(const std::vector<Step>& steps);
// Records mentioned, most recent first, each once.
Result<std::vector<FocusRecord>> fold_focus(const std::vector<Step>& steps, std::size_t records_max);
// The last reply before the steps' end; an empty record when there was none.
Result<ReplyRecord> last_reply(const std::vector<Step>& steps);

}  // namespace deskhand::agent
