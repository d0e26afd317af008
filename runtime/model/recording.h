// What a model was asked and what it answered, so that a conversation can be played again without it. A request is kept
// as the hash of everything a model would see of it; playing it again proves that the program asks for the same, byte
// for byte.
//
// Thread rule: one thread. The inner model must outlive the recording one. Nothing here holds a key: what looks like
// one is taken out of answers before anybody sees them.
#pragma once

#include <deque>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/json_fwd.h"
#include "base/result.h"
#include "ports/model.h"

namespace deskhand::model {

// SHA-256 of the request as text: purpose, system, tools, conversation and state.
std::string request_hash(const ModelRequest& request);

// What looks like a key of a common service, and each of `known`, replaced by "[secret]".
std::string without_secrets(std::string_view text, const std::vector<std::string>& known);

// Passes everything on, and hands each exchange to `keep` as one JSON object: {"asked", "reply"} or {"asked", "error"}.
std::unique_ptr<Model> make_recording_model(Model& inner, std::vector<std::string> known_secrets,
                                            std::function<void(const Json&)> keep);

// Answers from such objects, in order. A request whose hash differs, or one too many, is conflict and is counted.
class ReplayedModel final : public Model {
 public:
  void add(const Json& exchange);
  std::string_view name() const override { return "replayed"; }
  bool takes(ModelPurpose purpose) const override;
  Result<ModelReply> complete(const ModelRequest& request, std::chrono::steady_clock::time_point deadline,
                              std::stop_token stop) override;
  const std::string& difference() const { return difference_; }  // the first one, "" when there was none
  std::size_t left() const { return exchanges_.size(); }

 private:
  std::deque<std::shared_ptr<const Json>> exchanges_;
  std::size_t count_ = 0;
  std::string difference_;
};

}  // namespace deskhand::model
