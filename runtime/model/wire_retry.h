// When to ask a server again, and how long to wait before: as it asks, or doubling with jitter, within bounds.
//
// Thread rule: pure functions; a Waiter is thread-safe.
#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <stop_token>
#include <string_view>

#include "base/time.h"
#include "model/wire_answer.h"
#include "ports/http_client.h"
#include "ports/random.h"

namespace deskhand::model {

using Milliseconds = std::chrono::milliseconds;

// Waiting as something passed in, so that no test sleeps.
class Waiter {
 public:
  virtual ~Waiter() = default;
  // False when `stop` was requested before the time was over.
  virtual bool wait(Milliseconds time, std::stop_token stop) = 0;
};
std::unique_ptr<Waiter> make_waiter();  // really waits

// What became of a request that brought no answer to read: an end before it, or a status that says no.
WireFailure failure_of(const HttpAnswer& answer, Instant now);

// Retry-After in seconds or as an HTTP date, and retry-after-ms. Source: RFC 9110, 10.2.3.
std::optional<Milliseconds> retry_after_of(const HttpHead& head, Instant now);

// Before attempt `attempt` + 1, counted from 1. nullopt: the server asks for more than is waited.
std::optional<Milliseconds> backoff(int attempt, std::optional<Milliseconds> retry_after, Random& random);

}  // namespace deskhand::model
