// Executor: where blocking work runs. Production: a bounded pool of std::jthread; simulation: inline, in the order given.
// Thread-safe. The work must catch its own errors; it receives a stop token and should return soon after it is set.
#pragma once

#include <functional>
#include <stop_token>

#include "base/result.h"

namespace deskhand {

class Executor {
 public:
  virtual ~Executor() = default;
  // limit_exceeded when the queue is full; the work has then not been taken.
  virtual Done run(std::function<void(std::stop_token)> work) = 0;
};

}  // namespace deskhand
