// Random: the one source of ids and tokens. Thread-safe. In production cryptographic; in tests and simulation from one seed.
#pragma once

#include <cstdint>

namespace deskhand {

class Random {
 public:
  virtual ~Random() = default;
  virtual std::uint64_t next() = 0;
};

}  // namespace deskhand
