#include "model/embedded/embedded_model.h"

#include "base/limits.h"
#include "base/text.h"
#include "model/embedded/dialogue.h"
#include "model/embedded/phrase_book.h"

namespace deskhand::embedded {
namespace {

constexpr std::string_view kName = "embedded";

class EmbeddedModel final : public Model {
 public:
  explicit EmbeddedModel(std::unique_ptr<PhraseBook> book) : book_(std::move(book)) {}

  std::string_view name() const override { return kName; }

  Result<ModelReply> complete(const ModelRequest& request, std::chrono::steady_clock::time_point, std::stop_token stop) override {
    if (stop.stop_requested()) return make_error(Code::cancelled, "Stopped.");
    if (request.purpose != ModelPurpose::turn)
      return make_error(Code::unavailable, "embedded writes no " + std::string(name_of(request.purpose)) + ".");
    TurnOutcome outcome = Dialogue(*book_, request).answer();
    ModelReply reply;
    reply.text = std::move(outcome.text);
    reply.calls = std::move(outcome.calls);
    reply.stop = reply.calls.empty() ? StopReason::done : StopReason::calls;
    reply.model = std::string(kName);
    reply.explanation = std::move(outcome.explanation);
    return reply;
  }

 private:
  std::unique_ptr<PhraseBook> book_;
};

}  // namespace

Result<std::unique_ptr<Model>> make_embedded_model(const std::string& prompts_folder) {
  Result<PhraseFiles> files = read_phrase_folder(prompts_folder);
  if (!files) return files.error();
  Result<std::unique_ptr<PhraseBook>> book = PhraseBook::make(*files);
  if (!book) return book.error();
  return std::unique_ptr<Model>(std::make_unique<EmbeddedModel>(std::move(*book)));
}

}  // namespace deskhand::embedded
