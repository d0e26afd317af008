#include "model/wire_prices.h"

#include <algorithm>

namespace deskhand::model {
namespace {

constexpr std::int64_t kTokensMax = 1'000'000'000;
constexpr std::int64_t kPriceMicrosMax = 100'000'000'000;  // 100,000 of the currency for a million tokens
constexpr std::int64_t kMillion = 1'000'000;

__extension__ using Wide = __int128;  // tokens times price passes 64 bits

Wide cost(std::int64_t tokens, std::int64_t price) { return static_cast<Wide>(tokens) * std::clamp<std::int64_t>(price, 0, kPriceMicrosMax); }

}  // namespace

ModelUsage usage_of(TokenCounts counts, const ModelPrices& prices) {
  for (std::int64_t* count : {&counts.fresh_input, &counts.cached_input, &counts.cache_write, &counts.output})
    *count = std::clamp<std::int64_t>(*count, 0, kTokensMax);
  const Wide total = cost(counts.fresh_input, prices.input_micros) +
                     cost(counts.cached_input, prices.cached_input_micros.value_or(prices.input_micros)) +
                     cost(counts.cache_write, prices.cache_write_micros.value_or(prices.input_micros)) +
                     cost(counts.output, prices.output_micros);
  ModelUsage usage;
  usage.input_tokens = counts.fresh_input + counts.cached_input + counts.cache_write;
  usage.cached_tokens = counts.cached_input;
  usage.output_tokens = counts.output;
  usage.cost_micros = static_cast<std::int64_t>((total + kMillion - 1) / kMillion);
  return usage;
}

}  // namespace deskhand::model
