// Clock: wall time for records and business rules, steady time for waiting. Thread-safe. Never called from guard/ or from
// crm/: there time comes in as a value.
#pragma once

#include <chrono>

#include "base/time.h"

namespace deskhand {

class Clock {
 public:
  virtual ~Clock() = default;
  virtual Instant now() const = 0;  // may step backwards when somebody sets the machine's clock
  virtual std::chrono::steady_clock::time_point steady() const = 0;
};

}  // namespace deskhand
