// Conversations, runs and steps in SQL; ports/store/conversation_store.h says what each method promises. Not records:
// no audit, no refusal of deletion.
//
// Thread rule: part of a Txn.
#pragma once

#include "ports/store/conversation_store.h"
#include "store/session.h"

namespace deskhand::store {

class SqlConversationStore final : public ConversationStore {
 public:
  explicit SqlConversationStore(Session& session) : session_(session) {}

  Result<Conversation> open(std::string_view channel, const UserId& user, Instant now) override;
  Result<Conversation> find(const ConversationId& id) const override;
  Result<Run> insert(Run run) override;
  Done update(const Run& run) override;
  Result<bool> take_over(const Run& seen, std::string_view worker, Instant until) override;
  Result<Run> find_run_by_ref(std::int64_t number) const override;
  Result<Run> find_run(const RunId& id) const override;
  Result<std::vector<Run>> recent_runs(std::size_t rows_max) const override;
  Result<std::vector<Run>> unfinished_runs(std::size_t rows_max) const override;
  Done append(const Step& step) override;
  Result<std::vector<Step>> steps_of(const RunId& run) const override;
  Result<std::vector<Step>> last_steps(const ConversationId& conversation, std::size_t rows_max) const override;

  Result<std::int64_t> show(const CardCopy& card) override;
  Result<std::int64_t> show(const ListCopy& list) override;
  Result<std::vector<CardCopy>> cards_shown(const ConversationId& conversation, std::size_t rows_max) const override;
  Result<std::optional<ListCopy>> last_list(const ConversationId& conversation) const override;

 private:
  Result<std::int64_t> next_sequence(const ConversationId& conversation);

  Session& session_;
};

}  // namespace deskhand::store
