// Conversations, runs, steps and the cards and lists as they were shown. Not records: they may be purged.
// Reached only through a Txn (one org). Codes: not_found; conflict (a step of that number exists); unavailable.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "crm/conversation.h"

namespace deskhand {

class ConversationStore {
 public:
  virtual ~ConversationStore() = default;
  // The latest conversation of that channel and user, or a new one.
  virtual Result<Conversation> open(std::string_view channel, const UserId& user, Instant now) = 0;
  virtual Result<Conversation> find(const ConversationId& id) const = 0;
  virtual Result<Run> insert(Run run) = 0;
  virtual Done update(const Run& run) = 0;  // state, model, end and lease
  // Takes a running run over from whoever `seen` says holds it: one conditional update, so that of two workers one gets true.
  virtual Result<bool> take_over(const Run& seen, std::string_view worker, Instant until) = 0;
  virtual Result<Run> find_run_by_ref(std::int64_t number) const = 0;
  virtual Result<Run> find_run(const RunId& id) const = 0;
  virtual Result<std::vector<Run>> recent_runs(std::size_t rows_max) const = 0;                      // newest first
  virtual Result<std::vector<Run>> unfinished_runs(std::size_t rows_max) const = 0;                  // oldest first
  virtual Done append(const Step& step) = 0;  // step.number must be the next one
  virtual Result<std::vector<Step>> steps_of(const RunId& run) const = 0;
  // The last steps of the conversation over all its runs, oldest first.
  virtual Result<std::vector<Step>> last_steps(const ConversationId& conversation, std::size_t rows_max) const = 0;

  virtual Result<std::int64_t> show(const CardCopy& card) = 0;   // returns its sequence
  virtual Result<std::int64_t> show(const ListCopy& list) = 0;
  virtual Result<std::vector<CardCopy>> cards_shown(const ConversationId& conversation, std::size_t rows_max) const = 0;  // newest first
  virtual Result<std::optional<ListCopy>> last_list(const ConversationId& conversation) const = 0;
};

}  // namespace deskhand
