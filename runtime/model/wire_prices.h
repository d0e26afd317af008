// What an answer costs. Prices are millionths of the price list's currency for a million tokens, so that $0.25 a million is
// 250'000 and no fraction is ever lost in a float.
//
// Thread rule: pure functions.
#pragma once

#include <cstdint>
#include <optional>

#include "ports/model.h"

namespace deskhand::model {

struct ModelPrices {  // for a million tokens each; 0: it costs nothing
  std::int64_t input_micros = 0;
  std::int64_t output_micros = 0;
  std::optional<std::int64_t> cached_input_micros;  // absent: as input
  std::optional<std::int64_t> cache_write_micros;   // absent: as input
};

// Apart from each other: a token is counted in one of the first three.
struct TokenCounts {
  std::int64_t fresh_input = 0, cached_input = 0, cache_write = 0, output = 0;
};

// Counts below zero count as zero, beyond a thousand million as that: they come from outside. The cost is rounded up.
ModelUsage usage_of(TokenCounts counts, const ModelPrices& prices);

}  // namespace deskhand::model
