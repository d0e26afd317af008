#include "model/anthropic/anthropic_model.h"

#include "model/anthropic/answer.h"
#include "model/anthropic/request.h"

namespace deskhand::model {
namespace {

class AnthropicDialect final : public Dialect {
 public:
  AnthropicDialect(std::string model, bool base_names_version) : writer_(std::move(model)), base_names_version_(base_names_version) {}

  bool can_stream() const override { return true; }
  std::string path() const override { return base_names_version_ ? "/messages" : "/v1/messages"; }
  std::vector<HttpHeader> headers(const Secret& key) const override {
    std::vector<HttpHeader> headers{{"Content-Type", "application/json"}, {"Accept", "application/json, text/event-stream"}, {"anthropic-version", "2023-06-01"}};
    if (!key.empty()) headers.push_back({"x-api-key", key.reveal()});
    return headers;
  }
  Result<std::string> body(const ModelRequest& request, bool stream) const override { return writer_.write(request, stream); }
  std::unique_ptr<AnswerFormat> answer_format() const override { return anthropic::make_answer_format(); }

 private:
  anthropic::RequestWriter writer_;
  bool base_names_version_;
};

}  // namespace

Result<std::unique_ptr<Model>> make_anthropic_model(WireOptions options, WirePorts ports) {
  if (auto done = check_options(options, "https://api.anthropic.com"); !done) return done.error();
  const std::string& url = options.base_url;
  const bool names_version = url.size() > 3 && url.compare(url.size() - 3, 3, "/v1") == 0;
  auto dialect = std::make_unique<AnthropicDialect>(options.model, names_version);
  return std::unique_ptr<Model>(std::make_unique<WireModel>(std::move(options), std::move(dialect), ports));
}

}  // namespace deskhand::model
