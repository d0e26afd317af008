// Worker: the process that goes on with a run, by a name that no other process has, and what can be known about another one.
//
// Thread rule: immutable, thread-safe.
#pragma once

#include <string>
#include <string_view>

namespace deskhand {

class Worker {
 public:
  virtual ~Worker() = default;
  virtual const std::string& name() const = 0;
  // True when the worker of that name surely runs no more. False when it does, or when nobody can tell from here.
  virtual bool is_gone(std::string_view name) const = 0;
};

}  // namespace deskhand
