#include "app/system_ports.h"

#include <openssl/rand.h>

#include <cstdlib>

namespace deskhand::app {

Instant SystemClock::now() const {
  return {std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::system_clock::now().time_since_epoch()).count()};
}

std::uint64_t SystemRandom::next() {
  std::uint64_t value = 0;
  // Ids and tokens made without randomness would be worse than a stop; the generator does not fail on a working system.
  if (RAND_bytes(reinterpret_cast<unsigned char*>(&value), sizeof value) != 1) std::abort();
  return value;
}

std::uint64_t SeededRandom::next() {
  const std::lock_guard lock(mutex_);
  state_ += 0x9E3779B97F4A7C15ULL;
  std::uint64_t z = state_;
  z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ULL;
  z = (z ^ (z >> 27)) * 0x94D049BB133111EBULL;
  return z ^ (z >> 31);
}

}  // namespace deskhand::app
