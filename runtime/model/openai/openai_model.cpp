#include "model/openai/openai_model.h"

#include "base/text.h"
#include "model/openai/answer.h"
#include "model/openai/capabilities.h"
#include "model/openai/request.h"

namespace deskhand::model {
namespace {

class OpenaiDialect final : public Dialect {
 public:
  OpenaiDialect(std::string model, const openai::Capabilities& capabilities) : writer_(std::move(model), capabilities), can_stream_(capabilities.streaming) {}

  bool can_stream() const override { return can_stream_; }
  std::string path() const override { return "/chat/completions"; }
  std::vector<HttpHeader> headers(const Secret& key) const override {
    std::vector<HttpHeader> headers{{"Content-Type", "application/json"}, {"Accept", "application/json, text/event-stream"}};
    if (!key.empty()) headers.push_back({"Authorization", "Bearer " + key.reveal()});
    return headers;
  }
  Result<std::string> body(const ModelRequest& request, bool stream) const override { return writer_.write(request, stream); }
  std::unique_ptr<AnswerFormat> answer_format() const override { return openai::make_answer_format(); }

 private:
  openai::RequestWriter writer_;
  bool can_stream_;
};

}  // namespace

Result<std::unique_ptr<Model>> make_openai_model(OpenaiOptions options, WirePorts ports) {
  if (auto done = check_options(options.wire, "https://api.openai.com/v1"); !done) return done.error();
  const auto capabilities = openai::capabilities_of(options.server, options.wire.base_url, options.wire.model);
  if (!capabilities)
    return make_error(Code::invalid_argument, "The provider " + options.wire.name + " names a server nobody knows, \"" + printable_line(options.server) +
                                                  "\"; known: " + join(openai::server_names(), ", ") + ".");
  auto dialect = std::make_unique<OpenaiDialect>(options.wire.model, *capabilities);
  return std::unique_ptr<Model>(std::make_unique<WireModel>(std::move(options.wire), std::move(dialect), ports));
}

}  // namespace deskhand::model
