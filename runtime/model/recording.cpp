#include "model/recording.h"

#include <array>

#include "base/hash.h"
#include "base/json.h"
#include "base/text.h"
#include "model/wire_conversation.h"
#include "model/wire_text.h"

namespace deskhand::model {
namespace {

constexpr std::array<std::string_view, 12> kKeyBeginnings = {"sk-",   "sk_",  "rk_",  "pk_",         "xoxb-", "xoxp-",
                                                             "xapp-", "AKIA", "ghp_", "github_pat_", "AIza",  "eyJ"};
constexpr std::size_t kKeyBytesMin = 20;  // shorter ones are words

bool is_word_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-' || c == '.';
}

bool looks_like_key(std::string_view word) {
  if (word.size() < kKeyBytesMin) return false;
  for (const std::string_view beginning : kKeyBeginnings)
    if (word.starts_with(beginning)) return true;
  return false;
}

Json reply_json(const ModelReply& reply) {
  Json calls = Json::array();
  for (const ProposedCall& call : reply.calls)
    calls.push_back({{"id", call.id}, {"tool", call.tool}, {"arguments", call.arguments_text}});
  return {{"text", reply.text},
          {"calls", calls},
          {"stop", static_cast<int>(reply.stop)},
          {"model", reply.model},
          {"notice", reply.notice},
          {"usage",
           {reply.usage.input_tokens, reply.usage.output_tokens, reply.usage.cached_tokens, reply.usage.cost_micros}}};
}

std::string text_in(const Json& object, const char* key) {
  return object.contains(key) && object[key].is_string() ? object[key].get<std::string>() : std::string();
}

ModelReply read_reply(const Json& json) {
  ModelReply reply;
  reply.text = text_in(json, "text");
  reply.model = text_in(json, "model");
  reply.notice = text_in(json, "notice");
  if (json.contains("calls") && json["calls"].is_array())
    for (const Json& call : json["calls"])
      reply.calls.push_back({text_in(call, "id"), text_in(call, "tool"), text_in(call, "arguments")});
  const int stop = json.contains("stop") && json["stop"].is_number_integer() ? json["stop"].get<int>() : 0;
  if (stop >= 0 && stop <= static_cast<int>(StopReason::refused)) reply.stop = static_cast<StopReason>(stop);
  if (json.contains("usage") && json["usage"].is_array() && json["usage"].size() == 4) {
    const auto count = [&](std::size_t at) {
      return json["usage"][at].is_number_integer() ? json["usage"][at].get<std::int64_t>() : 0;
    };
    reply.usage = {count(0), count(1), count(2), count(3)};
  }
  return reply;
}

class RecordingModel final : public Model {
 public:
  RecordingModel(Model& inner, std::vector<std::string> known_secrets, std::function<void(const Json&)> keep)
      : inner_(inner), known_secrets_(std::move(known_secrets)), keep_(std::move(keep)) {}
  std::string_view name() const override { return inner_.name(); }
  bool takes(ModelPurpose purpose) const override { return inner_.takes(purpose); }

  Result<ModelReply> complete(const ModelRequest& request, std::chrono::steady_clock::time_point deadline,
                              std::stop_token stop) override {
    Json exchange{{"asked", request_hash(request)}};
    if (request.purpose != ModelPurpose::turn) exchange["purpose"] = name_of(request.purpose);
    ModelRequest whole = request;
    whole.on_text = nullptr;  // nothing is shown before it has been looked through
    auto reply = inner_.complete(whole, deadline, std::move(stop));
    if (reply) {
      reply->text = without_secrets(reply->text, known_secrets_);
      for (ProposedCall& call : reply->calls)
        call.arguments_text = without_secrets(call.arguments_text, known_secrets_);
      reply->explanation.clear();
      exchange["reply"] = reply_json(*reply);
    } else {
      reply.error().message = without_secrets(reply.error().message, known_secrets_);
      exchange["error"] = {{"code", code_name(reply.error().code)}, {"message", reply.error().message}};
    }
    keep_(exchange);
    return reply;
  }

 private:
  Model& inner_;
  const std::vector<std::string> known_secrets_;
  const std::function<void(const Json&)> keep_;
};

}  // namespace

std::string request_hash(const ModelRequest& request) {
  std::string text = std::string(name_of(request.purpose)) + "\n" + system_text(request) + "\n";
  for (const OfferedTool& tool : request.tools)
    text += tool.name + "\n" + tool.description + "\n" + (tool.arguments ? to_text(*tool.arguments) : "") + "\n";
  for (const WireMessage& message : wire_conversation(request, CallIdForm::long_form)) {
    text += message.from_user ? "user\n" : "assistant\n";
    for (const WireResult& result : message.results)
      text += result.call_id + " " + result.tool + " " + result.text + "\n";
    text += message.text + "\n";
    for (const WireCall& call : message.calls) text += call.id + " " + call.tool + " " + call.arguments + "\n";
  }
  if (request.answer_form) text += to_text(*request.answer_form) + "\n";
  return sha256_hex(text + state_text(request));
}

std::string without_secrets(std::string_view text, const std::vector<std::string>& known) {
  std::string clean(text);
  for (const std::string& secret : known)
    if (!secret.empty()) clean = replace_all(std::move(clean), secret, "[secret]");
  std::string out;
  for (std::size_t at = 0; at < clean.size();) {
    std::size_t end = at;
    while (end < clean.size() && is_word_letter(clean[end])) ++end;
    if (end == at) {
      out += clean[at++];
      continue;
    }
    const std::string_view word = std::string_view(clean).substr(at, end - at);
    if (looks_like_key(word))
      out += "[secret]";
    else
      out += word;
    at = end;
  }
  return out;
}

std::unique_ptr<Model> make_recording_model(Model& inner, std::vector<std::string> known_secrets,
                                            std::function<void(const Json&)> keep) {
  return std::make_unique<RecordingModel>(inner, std::move(known_secrets), std::move(keep));
}

void ReplayedModel::add(const Json& exchange) { exchanges_.push_back(std::make_shared<const Json>(exchange)); }

// As the recorded one did: it is asked for such work exactly where it was asked then.
bool ReplayedModel::takes(ModelPurpose purpose) const {
  if (purpose == ModelPurpose::turn) return true;
  return !exchanges_.empty() && text_in(*exchanges_.front(), "purpose") == name_of(purpose);
}

Result<ModelReply> ReplayedModel::complete(const ModelRequest& request, std::chrono::steady_clock::time_point,
                                           std::stop_token) {
  ++count_;
  const auto differs = [&](const std::string& what) {
    if (difference_.empty()) difference_ = "request " + std::to_string(count_) + " " + what;
    return make_error(Code::conflict, "The recording was left: request " + std::to_string(count_) + " " + what + ".");
  };
  if (exchanges_.empty()) return differs("is not in it");
  const std::shared_ptr<const Json> exchange = exchanges_.front();
  exchanges_.pop_front();
  if (text_in(*exchange, "asked") != request_hash(request)) return differs("is another than the recorded one");
  if (exchange->contains("reply")) return read_reply((*exchange)["reply"]);
  Code code = Code::unavailable;
  std::string message = "The recorded model failed.";
  if (exchange->contains("error")) {
    message = text_in((*exchange)["error"], "message");
    for (const Code each : {Code::limit_exceeded, Code::cancelled, Code::invalid_argument})
      if (code_name(each) == text_in((*exchange)["error"], "code")) code = each;
  }
  return make_error(code, message);
}

}  // namespace deskhand::model
