#include "model/failover.h"

#include <algorithm>
#include <mutex>
#include <optional>

#include "base/limits.h"
#include "base/text.h"

namespace deskhand::model {
namespace {

constexpr std::chrono::seconds kLeftForTheNext{30};  // for each model further down the chain, half of the time at most

using SteadyTime = std::chrono::steady_clock::time_point;

class FailoverModel final : public Model {
 public:
  FailoverModel(std::vector<std::unique_ptr<Model>> chain, const Clock& clock) : chain_(std::move(chain)), clock_(clock), rests_(chain_.size()) {
    std::vector<std::string> names;
    for (const auto& model : chain_) names.emplace_back(model->name());
    name_ = join(names, " > ");
  }

  std::string_view name() const override { return name_; }
  bool takes(ModelPurpose purpose) const override {
    return std::any_of(chain_.begin(), chain_.end(), [&](const auto& model) { return model->takes(purpose); });
  }

  Result<ModelReply> complete(const ModelRequest& request, SteadyTime deadline, std::stop_token stop) override {
    std::vector<std::string> reasons;
    const std::size_t last = last_that_takes(request.purpose);
    for (std::size_t at = 0;; ++at) {  // ends: the last that takes such work is always asked
      const bool is_last = at == last;
      if (!is_last && !chain_[at]->takes(request.purpose)) continue;  // one further down may
      if (!is_last) {
        if (auto resting = reason_to_rest(at)) {
          reasons.push_back(std::move(*resting));
          continue;
        }
      }
      const SteadyTime begun = clock_.steady();
      auto reply = chain_[at]->complete(request, share_of(at, last, begun, deadline), stop);
      if (reply) {
        note_success(at);
        if (!reasons.empty())
          reply->notice = "Answered by " + std::string(chain_[at]->name()) + " because " + join(reasons, "; ") + "." + (reply->notice.empty() ? "" : " " + reply->notice);
        return reply;
      }
      if (reply.error().code == Code::cancelled || stop.stop_requested()) return reply;
      if (!is_last && request.on_restart) request.on_restart();
      if (is_last) {
        Error error = reply.error();
        if (!reasons.empty()) error.message = join(reasons, "; ") + "; " + error.message;
        return error;
      }
      std::string reason = reply.error().message;
      while (!reason.empty() && reason.back() == '.') reason.pop_back();
      if (reply.error().code == Code::unavailable && begun < deadline) note_failure(at, reason);
      reasons.push_back(std::move(reason));
    }
  }

 private:
  struct Rest {
    SteadyTime until;
    std::string reason;
  };

  // One that hangs leaves something for those behind it.
  static SteadyTime share_of(std::size_t at, std::size_t last, SteadyTime now, SteadyTime deadline) {
    if (at >= last || now >= deadline) return deadline;
    return deadline - std::min<SteadyTime::duration>(kLeftForTheNext * static_cast<int>(last - at), (deadline - now) / 2);
  }

  std::size_t last_that_takes(ModelPurpose purpose) const {
    for (std::size_t at = chain_.size(); at-- > 0;)
      if (chain_[at]->takes(purpose)) return at;
    return chain_.size() - 1;
  }

  std::optional<std::string> reason_to_rest(std::size_t at) {
    const std::lock_guard lock(mutex_);
    if (!rests_[at] || clock_.steady() >= rests_[at]->until) return std::nullopt;
    return rests_[at]->reason;
  }

  void note_failure(std::size_t at, const std::string& reason) {
    const std::lock_guard lock(mutex_);
    rests_[at] = Rest{clock_.steady() + std::chrono::seconds(limits::kModelRestSeconds), reason};
  }

  void note_success(std::size_t at) {
    const std::lock_guard lock(mutex_);
    rests_[at].reset();
  }

  const std::vector<std::unique_ptr<Model>> chain_;
  const Clock& clock_;
  std::string name_;
  std::mutex mutex_;
  std::vector<std::optional<Rest>> rests_;  // guarded by mutex_; one for each model
};

}  // namespace

Result<std::unique_ptr<Model>> make_failover_model(std::vector<std::unique_ptr<Model>> chain, const Clock& clock) {
  if (chain.empty()) return make_error(Code::invalid_argument, "The chain of models is empty; name at least one, such as embedded.");
  if (chain.size() == 1) return std::move(chain.front());
  return std::unique_ptr<Model>(std::make_unique<FailoverModel>(std::move(chain), clock));
}

}  // namespace deskhand::model
