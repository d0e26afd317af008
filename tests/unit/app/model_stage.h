// The whole program on a model over the network whose vendor is on this machine: a fresh business in a folder of its
// own, a clock that moves only when told, waiting that takes no time, and embedded as the last of the chain, as
// configuration makes it.
#pragma once

#include <unistd.h>

#include <filesystem>

#include "app/runtime.h"
#include "app/system_ports.h"
#include "base/text.h"
#include "model/embedded/embedded_model.h"
#include "model/failover.h"
#include "tests/unit/model/wire_stage.h"

namespace deskhand::app {

struct Way {
  test::Vendor vendor;
  bool stream;
};

inline std::string way_name(const testing::TestParamInfo<Way>& info) {
  return std::string(info.param.vendor == test::Vendor::openai ? "openai" : "anthropic") +
         (info.param.stream ? "_streamed" : "_whole");
}

class ModelStage {
 public:
  explicit ModelStage(Way way, ModelLimits limits = {}, std::vector<std::string> more_procedures = {})
      : stream(way.stream), wire(way.vendor), limits_(limits), more_procedures_(std::move(more_procedures)) {
    folder_ =
        (std::filesystem::is_directory("/dev/shm") ? "/dev/shm" : std::filesystem::temp_directory_path().string()) +
        std::string("/deskhand-turn-XXXXXX");
    EXPECT_NE(::mkdtemp(folder_.data()), nullptr);
    std::vector<std::unique_ptr<Model>> models;
    models.push_back(std::move(wire.model));
    auto embedded = embedded::make_embedded_model(std::string(DESKHAND_SOURCE_DIR) + "/prompts/embedded");
    EXPECT_TRUE(embedded);
    models.push_back(std::move(*embedded));
    auto made = model::make_failover_model(std::move(models), wire.clock);
    EXPECT_TRUE(made);
    chain = std::move(*made);
    open();
  }
  ~ModelStage() {
    runtime.reset();
    std::error_code ignored;
    std::filesystem::remove_all(folder_, ignored);
  }

  void open() {
    runtime.reset();
    RuntimeOptions options;
    options.config.org.name = "Oak Street Plumbing";
    options.config.org.timezone = "America/Chicago";
    options.config.org.owner_name = "Pat";
    options.config.org.email = "office@business.example";
    options.config.synchronous_full = false;
    options.config.model_limits = limits_;
    options.config.procedures.insert(options.config.procedures.end(), more_procedures_.begin(), more_procedures_.end());
    options.data = folder_;
    options.share = DESKHAND_SOURCE_DIR;
    options.clock = &wire.clock;
    options.random = &random;
    options.model = chain.get();
    auto opened = Runtime::open(std::move(options));
    ASSERT_TRUE(opened) << opened.error().message;
    runtime = std::move(*opened);
    auto talk = runtime->agent().open(runtime->org().id, runtime->actor("terminal"), "terminal");
    ASSERT_TRUE(talk);
    conversation = *talk;
  }

  TurnReply say(const std::string& text) {
    wire.clock.advance(std::chrono::seconds(1));
    PersonMessage message{runtime->org().id, runtime->actor("terminal"), conversation, text, wire.clock.now(), {}};
    message.watch.stop = wire.stop.get_token();
    shown.clear();
    if (stream) message.watch.on_text = [this](std::string_view words) { shown += words; };
    auto reply = runtime->agent().say(message);
    EXPECT_TRUE(reply) << (reply ? "" : reply.error().message);
    if (!reply) return {};
    // What was shown begins the reply, byte for byte, and is what the reply says it is.
    EXPECT_EQ(reply->text.substr(0, reply->shown_bytes), shown);
    return std::move(*reply);
  }

  std::size_t contacts() {
    std::size_t count = 0;
    EXPECT_TRUE(runtime->store().read(runtime->org().id, [&](Txn& txn) -> Done {
      auto page = txn.contacts().list({});
      if (!page) return page.error();
      count = page->size();
      return {};
    }));
    return count;
  }
  std::vector<SpendLine> spent(SpendBy by) {
    std::vector<SpendLine> lines;
    EXPECT_TRUE(runtime->store().read(runtime->org().id, [&](Txn& txn) -> Done {
      auto sums = txn.spending().sums(by, *make_day(2020, 1, 1), 50);
      if (!sums) return sums.error();
      lines = std::move(*sums);
      return {};
    }));
    return lines;
  }
  // Every step committed, every run ended, the log's chain whole.
  void expect_record_intact() {
    auto verified = runtime->system().verify(runtime->org().id);
    ASSERT_TRUE(verified);
    EXPECT_TRUE(verified->findings.empty());
    EXPECT_TRUE(runtime->store().read(runtime->org().id, [&](Txn& txn) -> Done {
      auto runs = txn.conversations().recent_runs(50);
      if (!runs) return runs.error();
      for (const Run& run : *runs) EXPECT_NE(run.state, RunState::running);
      return {};
    }));
  }

  const bool stream;
  model::WireStage wire;
  SeededRandom random{7};
  std::unique_ptr<Model> chain;
  std::unique_ptr<Runtime> runtime;
  ConversationId conversation;
  std::string shown;

 private:
  ModelLimits limits_;
  std::vector<std::string> more_procedures_;
  std::string folder_;
};

}  // namespace deskhand::app
