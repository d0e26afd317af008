#include "model/failover.h"

#include "tests/unit/model/wire_stage.h"

using namespace deskhand;
using namespace deskhand::model;
using namespace std::chrono_literals;

namespace {

class PlayedModel final : public Model {
 public:
  PlayedModel(std::string name, int& asked) : name_(std::move(name)), asked_(asked) {}
  std::string_view name() const override { return name_; }
  bool takes(ModelPurpose purpose) const override { return purpose == ModelPurpose::turn || takes_more; }
  Result<ModelReply> complete(const ModelRequest&, std::chrono::steady_clock::time_point deadline, std::stop_token) override {
    ++asked_;
    until = deadline;
    if (error) return *error;
    ModelReply reply;
    reply.text = "from " + name_;
    reply.model = name_;
    return reply;
  }
  std::optional<Error> error;
  bool takes_more = false;
  std::chrono::steady_clock::time_point until;  // of the last question

 private:
  std::string name_;
  int& asked_;
};

class Failover : public testing::Test {
 protected:
  void SetUp() override {
    std::vector<std::unique_ptr<Model>> chain;
    for (const char* name : {"claude", "local", "embedded"}) {
      auto played = std::make_unique<PlayedModel>(name, asked[chain.size()]);
      models.push_back(played.get());
      chain.push_back(std::move(played));
    }
    model = std::move(*make_failover_model(std::move(chain), clock));
  }
  Result<ModelReply> ask() { return model->complete(request_of({person("x")}), clock.steady() + 100s, {}); }

  test::HandClock clock;
  int asked[3] = {};
  std::vector<PlayedModel*> models;
  std::unique_ptr<Model> model;
};

}  // namespace

TEST_F(Failover, asks_only_the_first_while_it_answers_and_says_nothing_of_it) {
  const auto reply = ask();
  ASSERT_TRUE(reply);
  EXPECT_EQ(reply->model, "claude");
  EXPECT_EQ(reply->notice, "");
  EXPECT_EQ(asked[1] + asked[2], 0);
  EXPECT_EQ(model->name(), "claude > local > embedded");
}

TEST_F(Failover, asks_for_other_work_only_those_that_take_it_and_gives_their_own_reason) {
  EXPECT_FALSE(model->takes(ModelPurpose::extract));
  models[0]->takes_more = true;
  EXPECT_TRUE(model->takes(ModelPurpose::extract));
  models[0]->error = make_error(Code::limit_exceeded, "claude was not asked: the limit of the day is reached.");
  ModelRequest request = request_of({person("x")});
  request.purpose = ModelPurpose::extract;
  const auto refused = model->complete(request, clock.steady() + 100s, {});
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, Code::limit_exceeded);
  EXPECT_EQ(asked[1] + asked[2], 0);
}

TEST_F(Failover, says_who_answered_instead_and_why) {
  models[0]->error = make_error(Code::unavailable, "claude is overloaded (HTTP 529), asked 4 times.");
  models[1]->error = make_error(Code::unavailable, "local could not be reached.");
  const auto reply = ask();
  ASSERT_TRUE(reply);
  EXPECT_EQ(reply->text, "from embedded");
  EXPECT_EQ(reply->notice, "Answered by embedded because claude is overloaded (HTTP 529), asked 4 times; local could not be reached.");
}

TEST_F(Failover, leaves_time_for_the_models_behind_one_that_hangs) {
  models[0]->error = models[1]->error = make_error(Code::unavailable, "gave no answer.");
  const auto begun = clock.steady();
  ASSERT_TRUE(ask());
  EXPECT_EQ(models[0]->until, begun + 50s);
  EXPECT_EQ(models[1]->until, begun + 70s);
  EXPECT_EQ(models[2]->until, begun + 100s);
}

TEST_F(Failover, lets_a_model_rest_that_could_not_be_reached_and_asks_it_again_later) {
  models[0]->error = make_error(Code::unavailable, "claude could not be reached.");
  ASSERT_TRUE(ask());
  const auto meanwhile = ask();
  ASSERT_TRUE(meanwhile);
  EXPECT_EQ(asked[0], 1);
  EXPECT_EQ(meanwhile->notice, "Answered by local because claude could not be reached.");
  clock.advance(std::chrono::seconds(limits::kModelRestSeconds));
  models[0]->error.reset();
  EXPECT_EQ(ask()->model, "claude");
  EXPECT_EQ(ask()->notice, "");
  EXPECT_EQ(asked[0], 3);
}

TEST_F(Failover, does_not_rest_a_model_for_one_request_it_would_not_take) {
  models[0]->error = make_error(Code::invalid_argument, "claude refused the request (HTTP 400).");
  EXPECT_EQ(ask()->model, "local");
  models[0]->error.reset();
  EXPECT_EQ(ask()->model, "claude");
}

TEST_F(Failover, goes_no_further_when_it_is_told_to_stop) {
  models[0]->error = make_error(Code::cancelled, "claude was stopped.");
  EXPECT_EQ(ask().error().code, Code::cancelled);
  EXPECT_EQ(asked[1], 0);
}

TEST_F(Failover, always_asks_the_last_one_and_gives_its_code_with_every_reason) {
  for (PlayedModel* played : models) played->error = make_error(Code::unavailable, std::string(played->name()) + " could not be reached.");
  for (int i = 1; i <= 2; ++i) {
    const auto reply = ask();
    ASSERT_FALSE(reply);
    EXPECT_EQ(reply.error().code, Code::unavailable);
    EXPECT_EQ(reply.error().message, "claude could not be reached; local could not be reached; embedded could not be reached.");
    EXPECT_EQ(asked[2], i);
  }
}

TEST_F(Failover, of_one_model_is_that_model_and_of_none_is_refused) {
  std::vector<std::unique_ptr<Model>> one;
  int count = 0;
  one.push_back(std::make_unique<PlayedModel>("embedded", count));
  EXPECT_EQ((*make_failover_model(std::move(one), clock))->name(), "embedded");
  EXPECT_EQ(make_failover_model({}, clock).error().code, Code::invalid_argument);
}

TEST(FailoverOverTheWire, reaches_the_model_that_needs_no_network) {
  WireStage stage(test::Vendor::openai);
  for (int i = 0; i < 4; ++i) stage.vendor.refuse(500, {}, "<html>oops</html>");
  std::vector<std::unique_ptr<Model>> chain;
  chain.push_back(std::move(stage.model));
  int count = 0;
  chain.push_back(std::make_unique<PlayedModel>("embedded", count));
  auto model = *make_failover_model(std::move(chain), stage.clock);
  const auto reply = model->complete(request_of({person("x")}), stage.clock.steady() + 120s, {});
  ASSERT_TRUE(reply);
  EXPECT_EQ(reply->notice, "Answered by embedded because gpt is out of order (HTTP 500), asked 4 times.");
}
