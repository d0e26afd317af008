// A model whose answers a scenario wrote down. An answer that is asked for and not there, or there and not asked for, fails
// the scenario.
//
// Thread rule: one thread.
#pragma once

#include <deque>

#include "ports/model.h"

namespace deskhand::app::eval {

class ScriptedModel final : public Model {
 public:
  std::string_view name() const override { return "scripted"; }
  Result<ModelReply> complete(const ModelRequest& request, std::chrono::steady_clock::time_point deadline, std::stop_token stop) override;

  void add_call(std::string tool, std::string arguments_text);
  void add_text(std::string text);
  void clear() { answers_.clear(); }
  const ModelRequest& last_request() const { return last_request_; }
  bool used_up() const { return answers_.empty(); }
  bool ran_dry() const { return ran_dry_; }

 private:
  std::deque<ModelReply> answers_;
  ModelRequest last_request_;
  bool ran_dry_ = false;
};

}  // namespace deskhand::app::eval
