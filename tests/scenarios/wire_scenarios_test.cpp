// Every scenario once more with each real wire format between the loop and the model: a vendor on this machine answers
// what the embedded model would choose for the same request, in the vendor's own format, whole or streamed, and refuses
// what the vendor refuses. What holds with embedded must hold over the wire.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <tuple>

#include "app/eval/runner.h"
#include "base/json.h"
#include "model/embedded/embedded_model.h"
#include "tests/unit/model/wire_stage.h"

namespace deskhand::app::eval {
namespace {

// Asks embedded, has the vendor answer that, and asks the vendor.
class EchoedModel final : public Model {
 public:
  EchoedModel(test::Vendor vendor, bool stream) : stream_(stream), stage_(vendor) {
    auto made = embedded::make_embedded_model(std::string(DESKHAND_SOURCE_DIR) + "/prompts/embedded");
    EXPECT_TRUE(made);
    embedded_ = std::move(*made);
  }
  std::string_view name() const override { return stage_.model->name(); }

  Result<ModelReply> complete(const ModelRequest& request, std::chrono::steady_clock::time_point deadline,
                              std::stop_token stop) override {
    auto chosen = embedded_->complete(request, deadline, stop);
    if (!chosen) return chosen;
    test::VendorAnswer answer;
    answer.text = chosen->text;
    for (const ProposedCall& call : chosen->calls)
      answer.calls.push_back({"call_" + std::to_string(++count_), call.tool, call.arguments_text});
    answer.piece_bytes = 11;
    stage_.vendor.answer(answer);
    ModelRequest watched = request;
    if (stream_) watched.on_text = [](std::string_view) {};
    auto reply = stage_.model->complete(watched, stage_.clock.steady() + std::chrono::seconds(120), stop);
    if (!reply) {
      ADD_FAILURE() << reply.error().message << " " << reply.error().detail
                    << (stage_.vendor.broken().empty() ? "" : "; " + stage_.vendor.broken().front());
      return reply;
    }
    EXPECT_EQ(reply->text, answer.text);
    EXPECT_EQ(reply->calls.size(), chosen->calls.size());
    reply->model = chosen->model;  // whose words they are: what is kept from a stranger's prose is tested elsewhere
    return reply;
  }
  const model::WireStage& stage() const { return stage_; }

 private:
  const bool stream_;
  int count_ = 0;
  std::unique_ptr<Model> embedded_;
  model::WireStage stage_;
};

std::vector<Scenario> spoken_scenarios() {
  std::vector<std::string> files;
  for (const auto& entry :
       std::filesystem::recursive_directory_iterator(std::string(DESKHAND_SOURCE_DIR) + "/tests/scenarios"))
    // What owners say in so many ways is the embedded model's matter; every kind of call is among the others.
    if (entry.path().extension() == ".scenario" && entry.path().string().find("/talk/") == std::string::npos) files.push_back(entry.path().string());
  std::sort(files.begin(), files.end());
  std::vector<Scenario> scenarios;
  for (const std::string& file : files) {
    std::ifstream stream(file, std::ios::binary);
    auto read = parse_scenarios(std::string(std::istreambuf_iterator<char>(stream), {}), file);
    if (!read) continue;  // scenarios_test.cpp tells
    for (Scenario& scenario : *read)
      if (!scenario.scripted) scenarios.push_back(std::move(scenario));
  }
  return scenarios;
}

constexpr int kParts = 6;  // each a test of its own, so that several processors share them

class WireScenarios : public testing::TestWithParam<std::tuple<test::Vendor, int>> {};

TEST_P(WireScenarios, hold_over_the_wire) {
  const auto [vendor, part] = GetParam();
  int held = 0, asked = 0, place = 0;
  bool stream = vendor == test::Vendor::openai;
  for (const Scenario& scenario : spoken_scenarios()) {
    if (place++ % kParts != part) continue;
    if (!play(scenario, DESKHAND_SOURCE_DIR, {}).passed) continue;  // what embedded misunderstands is judged elsewhere
    EchoedModel model(vendor, stream);
    PlayOptions options;
    options.model = &model;
    const Verdict verdict = play(scenario, DESKHAND_SOURCE_DIR, options);
    for (const Failure& failure : verdict.failures)
      ADD_FAILURE() << scenario.file << ":" << failure.line << ": " << failure.what;
    for (const std::string& rule : model.stage().vendor.broken())
      ADD_FAILURE() << scenario.file << " " << scenario.name << ": " << rule;
    held += verdict.passed ? 1 : 0;
    asked += static_cast<int>(model.stage().vendor.received().size());
    stream = !stream;
  }
  EXPECT_GT(held, 100 / kParts);
  EXPECT_GT(asked, 300 / kParts);
}

INSTANTIATE_TEST_SUITE_P(Each, WireScenarios, testing::Combine(testing::Values(test::Vendor::openai, test::Vendor::anthropic), testing::Range(0, kParts)),
                         [](const testing::TestParamInfo<WireScenarios::ParamType>& info) {
                           const bool is_openai = std::get<0>(info.param) == test::Vendor::openai;
                           return std::string(is_openai ? "chat_completions" : "messages") + "_part_" + std::to_string(std::get<1>(info.param) + 1);
                         });

}  // namespace
}  // namespace deskhand::app::eval
