// The body of a Messages request, with two marks for the prompt cache: at the end of the system's words, behind which nothing
// of tools and system changes, and at the end of what has been said, before the state that changes every time.
//
// Thread rule: thread-safe.
#pragma once

#include <string>

#include "base/result.h"
#include "model/wire_tools.h"
#include "ports/model.h"

namespace deskhand::model::anthropic {

class RequestWriter {
 public:
  explicit RequestWriter(std::string model);
  // invalid_argument: a tool that can not be offered; limit_exceeded: too long.
  Result<std::string> write(const ModelRequest& request, bool stream) const;

 private:
  std::string model_;
  WireTools tools_;
  KeptJson system_;
};

}  // namespace deskhand::model::anthropic
