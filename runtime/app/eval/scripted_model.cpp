#include "app/eval/scripted_model.h"

namespace deskhand::app::eval {

Result<ModelReply> ScriptedModel::complete(const ModelRequest& request, std::chrono::steady_clock::time_point, std::stop_token) {
  last_request_ = request;
  if (!answers_.empty()) {
    ModelReply reply = std::move(answers_.front());
    answers_.pop_front();
    return reply;
  }
  // After its calls a script may leave the last word to the tools' own texts; with nothing called it must say something.
  const bool after_a_call = !request.messages.empty() && request.messages.back().speaker == Speaker::tool;
  ran_dry_ = ran_dry_ || !after_a_call;
  ModelReply reply;
  reply.model = "scripted";
  return reply;
}

void ScriptedModel::add_call(std::string tool, std::string arguments_text) {
  ModelReply reply;
  reply.model = "scripted";
  reply.stop = StopReason::calls;
  reply.calls.push_back({"", std::move(tool), std::move(arguments_text)});
  answers_.push_back(std::move(reply));
}

void ScriptedModel::add_text(std::string text) {
  ModelReply reply;
  reply.model = "scripted";
  reply.text = std::move(text);
  answers_.push_back(std::move(reply));
}

}  // namespace deskhand::app::eval
