#include "model/wire_retry.h"

#include "model/openai/capabilities.h"
#include "tests/unit/model/wire_stage.h"

using namespace deskhand;
using namespace deskhand::model;
using std::chrono::milliseconds;

namespace {

std::int64_t wait_of(std::string name, std::string value) {
  const auto wait = retry_after_of({429, {{std::move(name), std::move(value)}}}, *parse_rfc3339("2026-10-21T07:28:00Z"));
  return wait ? wait->count() : -1;
}

class SequenceRandom final : public Random {
 public:
  std::uint64_t next() override { return value; }
  std::uint64_t value = 0;
};

}  // namespace

TEST(RetryAfter, is_read_in_every_form_and_ignored_in_any_other) {
  EXPECT_EQ(wait_of("retry-after", "7"), 7000);
  EXPECT_EQ(wait_of("retry-after", "0"), 0);
  EXPECT_EQ(wait_of("retry-after", "1.5"), 1500);
  EXPECT_EQ(wait_of("retry-after-ms", "250"), 250);
  EXPECT_EQ(wait_of("retry-after", "Wed, 21 Oct 2026 07:28:30 GMT"), 30'000);
  EXPECT_EQ(wait_of("retry-after", "Wed, 21 Oct 2026 07:00:00 GMT"), 0);
  for (const char* bad : {"", "-1", "soon", "1e99", "nan", "7 s", "Wed, 21 Foo 2026 07:28:30 GMT", "Wed, 21 Oct 2026 07:28:30 CET", "Wed, 99 Oct 2026 07:28:30 GMT"}) EXPECT_EQ(wait_of("retry-after", bad), -1) << bad;
}

TEST(Backoff, doubles_with_jitter_up_to_its_bound) {
  SequenceRandom random;
  for (int attempt = 1; attempt <= 40; ++attempt) {
    random.value = 0;
    const auto least = backoff(attempt, std::nullopt, random)->count();
    random.value = 999;
    const auto most = backoff(attempt, std::nullopt, random)->count();
    EXPECT_GE(least, limits::kModelBackoffMs / 2);
    EXPECT_LT(least, most);
    EXPECT_LE(most, limits::kModelBackoffMaxMs);
  }
}

TEST(Backoff, waits_at_least_as_long_as_the_server_asks_unless_that_is_too_long) {
  SequenceRandom random;
  random.value = 999;
  const auto wait = backoff(1, milliseconds(4000), random);
  ASSERT_TRUE(wait);
  EXPECT_GE(wait->count(), 4000);
  EXPECT_LE(wait->count(), 5100);
  EXPECT_FALSE(backoff(1, milliseconds(limits::kModelRetryAfterMaxMs + 1), random));
}

TEST(Waiter, ends_at_once_when_it_is_told_to_stop) {
  std::stop_source stop;
  stop.request_stop();
  EXPECT_FALSE(make_waiter()->wait(std::chrono::hours(1), stop.get_token()));
  EXPECT_TRUE(make_waiter()->wait(milliseconds(0), {}));
}

TEST(Prices, are_counted_in_millionths_and_rounded_up) {
  const ModelPrices prices{.input_micros = 250'000, .output_micros = 2'000'000, .cached_input_micros = 25'000, .cache_write_micros = std::nullopt};
  const ModelUsage usage = usage_of({.fresh_input = 1000, .cached_input = 10'000, .cache_write = 4, .output = 3}, prices);
  EXPECT_EQ(usage.input_tokens, 11'004);
  EXPECT_EQ(usage.cached_tokens, 10'000);
  EXPECT_EQ(usage.cost_micros, 250 + 250 + 1 + 6);
  EXPECT_EQ(usage_of({.fresh_input = 1, .cached_input = 0, .cache_write = 0, .output = 0}, {.input_micros = 1, .output_micros = 0, .cached_input_micros = {}, .cache_write_micros = {}}).cost_micros, 1);
  EXPECT_EQ(usage_of({}, prices).cost_micros, 0);
}

TEST(Prices, stay_within_their_bounds_with_absurd_counts) {
  constexpr std::int64_t kMost = std::numeric_limits<std::int64_t>::max();
  const ModelUsage usage = usage_of({kMost, -5, kMost, kMost}, {.input_micros = kMost, .output_micros = kMost, .cached_input_micros = -1, .cache_write_micros = kMost});
  EXPECT_GT(usage.cost_micros, 0);
  EXPECT_EQ(usage.cached_tokens, 0);
  EXPECT_LE(usage.output_tokens, 1'000'000'000);
}

TEST(Capabilities, are_known_by_name_by_address_and_by_model) {
  const auto server_of = [](const char* url) { return std::string(openai::capabilities_of("", url, "m")->server); };
  EXPECT_EQ(server_of("https://api.openai.com/v1"), "openai");
  EXPECT_EQ(server_of("http://localhost:11434/v1"), "ollama");
  EXPECT_EQ(server_of("https://openrouter.ai/api/v1"), "openrouter");
  EXPECT_EQ(server_of("https://api.mistral.ai/v1"), "mistral");
  EXPECT_EQ(server_of("https://models.example.com/v1"), "generic");
  EXPECT_FALSE(openai::capabilities_of("skynet", "", "m"));
  EXPECT_EQ(openai::capabilities_of("openai", "", "o3-mini")->system_role, "developer");
  EXPECT_EQ(openai::capabilities_of("openai", "", "gpt-5")->system_role, "system");
  EXPECT_EQ(openai::capabilities_of("vllm", "", "mistralai/Mistral-7B-Instruct")->call_ids, CallIdForm::nine_letters);
  EXPECT_EQ(openai::capabilities_of("vllm", "", "Qwen/Qwen3-8B")->call_ids, CallIdForm::long_form);
}
