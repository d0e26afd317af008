// The limits on what models may use: which of them is the tightest now.
#include <algorithm>

#include "agent/agent.h"
#include "base/money.h"

namespace deskhand::agent {
namespace {

void tighten(std::optional<SpendLimit>& limit, const std::optional<std::int64_t>& cap, std::int64_t spent,
             const std::string& words) {
  if (!cap) return;
  const std::int64_t left = std::max<std::int64_t>(0, *cap - spent);
  if (!limit || left < limit->left) limit = SpendLimit{left, words};
}

std::string money_words(const std::optional<std::int64_t>& micros, const std::string& currency) {
  constexpr std::int64_t kMicrosPerCent = 10'000;
  return micros ? to_text(Money{*micros / kMicrosPerCent, currency}) : "";
}

}  // namespace

void set_limits(const SpendCaps& caps, const SpendingStore::Standing& spent, ModelRequest& request) {
  const auto cost = [&](const std::optional<std::int64_t>& cap, const SpendSum& sum, const char* scope) {
    tighten(request.cost_micros, cap, sum.cost_micros, "the limit of " + money_words(cap, caps.currency) + " " + scope);
  };
  const auto tokens = [&](const std::optional<std::int64_t>& cap, const SpendSum& sum, const char* scope) {
    tighten(request.tokens, cap, sum.tokens(), "the limit of " + std::to_string(cap.value_or(0)) + " tokens " + scope);
  };
  cost(caps.turn_cost_micros, spent.run, "a turn");
  cost(caps.conversation_cost_micros, spent.conversation, "a conversation");
  cost(caps.day_cost_micros, spent.day, "a day");
  tokens(caps.turn_tokens, spent.run, "a turn");
  tokens(caps.conversation_tokens, spent.conversation, "a conversation");
  tokens(caps.day_tokens, spent.day, "a day");
}

void WastedAnswers::watch(ModelRequest& request) {
  request.on_wasted = [this](const std::string& model, const ModelUsage& usage) { answers_.emplace_back(model, usage); };
}

Done WastedAnswers::keep(Store& store, const OrgId& org, const ModelSpend& about) {
  if (answers_.empty()) return {};
  const Done done = store.write(org, [&](Txn& txn) -> Done {
    for (const auto& [model, usage] : answers_) {
      ModelSpend spend = about;
      spend.model = model;
      spend.sum = {1, usage.input_tokens, usage.cached_tokens, usage.output_tokens, usage.cost_micros};
      if (auto kept = txn.spending().insert(spend); !kept) return kept;
    }
    return {};
  });
  if (done) answers_.clear();
  return done;
}

}  // namespace deskhand::agent
